"""`guide` as a conversation, and the list that it is made from."""

from datetime import date

import pytest

from bot.chat.command import Reading, Spec
from bot.chat.reading.commands import find_command
from bot.chat.reading.split import split_words
from bot.chat.reading.values import read_options
from bot.commands.registry import COMMANDS, SPECS
from bot.domain.group import AREAS
from tests.talk import Talk

TYPED = [spec for spec in SPECS.values() if not spec.is_button_only]
EXAMPLES = [(spec, example) for spec in TYPED for example in spec.examples]


async def test_it_opens_with_the_promise_and_four_commands(talk: Talk) -> None:
    heard = await talk("ada", "/guide")
    lines = heard.splitlines()
    assert lines[1].startswith("Study 10 hours from Monday to Sunday and log them by the end of Tuesday")
    assert [line.split()[0].rstrip(":") for line in lines if line.startswith("/")] == [
        "/checkin",
        "/progress",
        "/leaderboard",
        "/pause",
    ]
    assert not heard.is_public


async def test_it_says_what_does_not_count_and_who_can_read(talk: Talk) -> None:
    heard = await talk("ada", "/guide")
    assert "hours at work don't" in heard
    assert "whoever runs this bot can read its database" in heard


async def test_every_command_is_found_by_its_subject_and_no_button(talk: Talk) -> None:
    subjects = list(dict.fromkeys(spec.group for spec in TYPED))
    heard = await talk("ada", "/guide")
    assert heard.labels == ["Check in", *subjects]
    pages = {}
    for subject in subjects:
        pages[subject] = await talk.press("ada", subject)
        assert pages[subject].is_in_place
        assert "How it works" in await talk.press("ada", "Back")
    for command in COMMANDS:
        listed = [subject for subject, page in pages.items() if f"\n/{command.spec.name}:" in page]
        assert listed == ([] if command.spec.is_button_only else [command.spec.group]), command.spec.name


async def test_a_subject_that_there_is_no_more_is_a_sentence(talk: Talk) -> None:
    assert (await talk.command("ada", "guide", subject="Witchcraft")).is_wrong


async def test_the_promise_names_the_goal_of_the_group(talk: Talk) -> None:
    await talk.start_group("small", goal=270)
    assert "Study 4 h 30 from Monday to Sunday" in await talk("ada", "/guide", channel="small")


async def test_one_command_with_options_and_examples(talk: Talk) -> None:
    assert await talk("ada", "/guide pause") == (
        "/pause\n"
        "Be away without breaking your streak.\n"
        "Options\n"
        "until: the last day away (for 2 weeks)\n"
        "from: the first day away, if you like (tomorrow)\n"
        "reason: why, for yourself alone, if you like (holidays)\n"
        "For example: /pause next week · /pause fri to mon · /pause sun from: tomorrow reason: holidays"
    )


@pytest.mark.parametrize("spec", TYPED, ids=lambda spec: spec.name)
async def test_every_command_has_its_page(talk: Talk, spec: Spec) -> None:
    assert (await talk("ada", f"/guide /{spec.name.upper()}")).card.title == f"/{spec.name}"


async def test_a_first_word_shows_all_that_begin_with_it(talk: Talk) -> None:
    heard = await talk("ada", "/guide timer")
    assert "/timer start" in heard
    assert "/timer stop" in heard


async def test_of_an_unknown_command_what_is_spelt_much_like_it_is_offered(talk: Talk) -> None:
    heard = await talk("ada", "/guide chekin")
    assert heard == "There's no command “chekin”. Did you mean /checkin?\n[/checkin]"
    assert (await talk.press("ada", "/checkin")).startswith("/checkin\nLog what you studied.")
    heard = await talk("ada", "/guide nothing of that kind")
    assert heard.is_wrong
    assert heard == "There's no command “nothing of that kind”.\nTry: /guide"


async def test_button_only_commands_are_left_out(talk: Talk) -> None:
    assert "There's no command “timed”." in await talk("ada", "/guide timed")


def test_names_are_unique() -> None:
    assert len(SPECS) == len(COMMANDS)


@pytest.mark.parametrize(("spec", "example"), EXAMPLES, ids=lambda value: value if isinstance(value, str) else "")
def test_every_example_can_be_typed(spec: Spec, example: str) -> None:
    reading = Reading(date(2026, 11, 23), AREAS)
    named, rest = find_command(example.removeprefix("/"), SPECS)
    assert named is spec
    read_options(spec, split_words(spec, rest, reading), reading)


@pytest.mark.parametrize("spec", TYPED, ids=lambda spec: spec.name)
def test_a_form_has_at_most_five_fields_and_every_typed_command_a_heading(spec: Spec) -> None:
    asked_together = [option for option in spec.form_fields if (spec.name, option.name) != ("group start", "channel")]
    assert len(asked_together) <= 5
    assert spec.group
