"""Commands are named as they are typed on Slack, and nothing that anybody wrote is touched."""

import pytest
from msgspec.structs import replace

from adapters.slack.commands import BUILT_IN
from adapters.slack.wording import plain_words, translate_card, translate_command
from bot.chat.card import Actions, Button, Card, Fact, Facts, Line, Note, Quote, Tone
from bot.chat.text import Bold, Code, Text
from bot.commands.registry import SPECS
from tests.adapters.slack.conftest import Site
from tests.servers.slack.reading import read


@pytest.mark.parametrize(
    ("command", "on_slack"),
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
def test_a_command_to_type(command: str, on_slack: str) -> None:
    assert translate_command(command) == on_slack


def test_no_command_begins_like_one_of_slacks() -> None:
    assert not {name.split()[0] for name, spec in SPECS.items() if not spec.is_button_only} & BUILT_IN


@pytest.mark.parametrize(
    ("text", "on_slack"),
    [
        ((Code("/streak"), " has no place for “/goal x”."), "/tenhours streak has no place for “/goal x”."),
        (("After ", Code("/group"), " comes one of join, leave."), "After /tenhours group comes one of join, leave."),
        (("Not /goal. For example: ", Code("/checkin 2h")), "Not /goal. For example: /checkin 2h"),
        (("1/2 hours and https://example.org/goal",), "1/2 hours and https://example.org/goal"),
    ],
)
def test_words_to_type_in_a_sentence_about_wrong_input(text: Text, on_slack: str) -> None:
    assert plain_words(text) == on_slack


def test_a_card() -> None:
    own = (Quote("/goal 8"), Actions((Button("/goal", "goal"),)))
    card = Card("/streak", (Line(("/goal ", Code("/goal 8"), Bold("/goal"))), Note((Code("/guide"),)), *own))
    translated = translate_card(card)
    assert translated.title == "/tenhours streak"
    assert translated.blocks == (
        Line(("/goal ", Code("/tenhours goal 8"), Bold("/goal"))),
        Note((Code("/tenhours guide"),)),
        *own,
    )
    assert translate_card(replace(card, tone=Tone.WRONG)).blocks == translated.blocks
    facts = Facts((Fact("/goal", (Code("/goal"),)),))
    assert translate_card(Card("/goal is my title", (facts,))) == Card(
        "/goal is my title", (Facts((Fact("/goal", (Code("/tenhours goal"),)),)),)
    )


async def test_what_the_guide_says_can_be_typed(real: Site) -> None:
    ada = real.member()
    await ada.slash("/tenhours guide")
    first = read(real.slack.world.seen_by(ada.id)[-1].blocks).text
    pages = [first]
    for first_word in ("focus", "timer", "mydata", "group"):
        await ada.slash(f"/tenhours guide {first_word}")
        pages.append(read(real.slack.world.seen_by(ada.id)[-1].blocks).text)
    lines = [line.partition(":")[0] for page in pages for line in page.splitlines() if line.startswith("/")]
    assert len(lines) > 15
    for line in lines:
        await ada.slash(f"{line} help" if line.startswith("/tenhours") else f"{line.split()[0]} help")
        assert "There is no command" not in ada.texts()[-1]
