"""Commands are named as they are typed on Slack, and nothing that anybody wrote is touched."""

import pytest
from msgspec.structs import replace

from adapters.slack.commands import BUILT_IN
from adapters.slack.wording import here, typed, words
from bot.chat.card import Actions, Button, Card, Fact, Facts, Line, Note, Quote, Tone
from bot.chat.text import Bold, Code, Text
from bot.commands.registry import SPECS
from tests.adapters.slack.conftest import Site
from tests.servers.slack.reading import read


@pytest.mark.parametrize(
    ("said", "here"),
    [
        ("/streak", "/tenhours streak"),
        ("/group start name: Owls", "/tenhours group start name: Owls"),
        ("/checkin 45m", "/checkin 45m"),
        ("/leaderboard last week", "/leaderboard last week"),
        ("/invite @tenhours", "/invite @tenhours"),
        ("/tenhours goal 8", "/tenhours goal 8"),
        ("time", "time"),
        ("/tmp/x", "/tmp/x"),
        ("/", "/"),
    ],
)
def test_a_command_to_type(said: str, here: str) -> None:
    assert typed(said) == here


def test_no_command_begins_like_one_of_slacks() -> None:
    assert not {name.split()[0] for name in SPECS} & BUILT_IN


@pytest.mark.parametrize(
    ("said", "here"),
    [
        ((Code("/streak"), " has no place for “/goal x”."), "/tenhours streak has no place for “/goal x”."),
        (("After ", Code("/group"), " comes one of join, leave."), "After /tenhours group comes one of join, leave."),
        (("Not /goal. For example: ", Code("/checkin 2h")), "Not /goal. For example: /checkin 2h"),
        (("1/2 hours and https://example.org/goal",), "1/2 hours and https://example.org/goal"),
    ],
)
def test_words_to_type_in_a_sentence_about_wrong_input(said: Text, here: str) -> None:
    assert words(said) == here


def test_a_card() -> None:
    own = (Quote("/goal 8"), Actions((Button("/goal", "goal"),)))
    card = Card("/streak", (Line(("/goal ", Code("/goal 8"), Bold("/goal"))), Note((Code("/guide"),)), *own))
    said = here(card)
    assert said.title == "/tenhours streak"
    assert said.blocks == (
        Line(("/goal ", Code("/tenhours goal 8"), Bold("/goal"))),
        Note((Code("/tenhours guide"),)),
        *own,
    )
    assert here(replace(card, tone=Tone.WRONG)).blocks == said.blocks
    facts = Facts((Fact("/goal", (Code("/goal"),)),))
    assert here(Card("/goal is my title", (facts,))) == Card(
        "/goal is my title", (Facts((Fact("/goal", (Code("/tenhours goal"),)),)),)
    )


async def test_what_the_guide_says_can_be_typed(real: Site) -> None:
    ada = real.member()
    await ada.slash("/tenhours guide")
    said = read(real.slack.world.seen_by(ada.id)[-1].blocks).text
    lines = [line.partition(":")[0] for line in said.splitlines() if line.startswith("/")]
    assert len(lines) > 20
    for line in lines:
        await ada.slash(f"{line} help" if line.startswith("/tenhours") else f"{line.split()[0]} help")
        assert "There is no command" not in ada.texts()[-1]
