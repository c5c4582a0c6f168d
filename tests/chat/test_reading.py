"""The grammar of text commands: told in lines that people type, and tried with lines that nobody should."""

from datetime import date
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.chat.command import Option, OptionKind, Reading, Spec
from bot.chat.reading.commands import find_command, unknown_command
from bot.chat.reading.split import MAX_LINE_CHARACTERS, Unclear, split_words
from bot.chat.reading.values import WrongOptions, read_options, spread
from bot.domain.day import read_day
from bot.domain.duration import read_duration
from bot.domain.names import read_text
from bot.errors import Refused

AREAS = ("Mathematics", "Statistics", "Machine Learning")
READING = Reading(date(2026, 1, 8), AREAS)


def read_area(text: str, reading: Reading) -> str:
    for area in reading.areas:
        if area.casefold() == text.casefold():
            return area
    raise Refused(f"There is no area {text[:20]!r}.", reading.areas[0])


def read_number(text: str, _: Reading) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 9):
        raise Refused("That is no number.", "12")
    return int(text)


TIME = Option("time", OptionKind.DURATION, "how long", lambda text, _: read_duration(text), is_required=True)
AREA = Option("area", OptionKind.AREA, "about what", read_area)
LEARNED = Option("learned", OptionKind.LONG, "what", lambda text, _: read_text(text, 1000, "note", multiline=True))
DAY = Option("day", OptionKind.DAY, "when", lambda text, reading: read_day(text, reading.today))
TWICE = Option("twice", OptionKind.TEXT, "", lambda text, _: text, is_hidden=True)
WHICH = Option("checkin", OptionKind.NUMBER, "which", read_number, is_in_form=False)
SEARCH = Option("search", OptionKind.TEXT, "for what", lambda text, _: text)

CHECKIN = Spec("checkin", "log", (TIME, AREA, LEARNED, DAY, TWICE), examples=("/checkin 45m",))
EDIT = Spec("edit", "change", (WHICH, TIME, DAY))
JOURNAL = Spec("journal", "read", (SEARCH, AREA))
STREAK = Spec("streak", "why", also="freeze row")
START = Spec("timer start", "begin", (AREA,))
STOP = Spec("timer stop", "end", also="done")
GUIDE = Spec("guide", "help")
WAVE = Spec("timer wave", "sent by a button", is_button_only=True)
SPECS = {spec.name: spec for spec in (CHECKIN, EDIT, JOURNAL, STREAK, WAVE, START, STOP, GUIDE)}


def split(line: str) -> dict[str, str]:
    spec, rest = find_command(line, SPECS)
    return split_words(spec, rest, READING)


def understand(line: str) -> None:
    spec, rest = find_command(line, SPECS)
    raw = split_words(spec, rest, READING)
    assert set(raw) <= {option.name for option in spec.visible}
    read_options(spec, raw, READING)


def refusal(line: str) -> Refused:
    with pytest.raises(Refused) as refused:
        understand(line)
    return refused.value


@pytest.mark.parametrize(
    ("line", "raw"),
    [
        (
            "checkin 2h30 statistics learned: central limit theorem day: yesterday",
            {"time": "2h30", "area": "statistics", "learned": "central limit theorem", "day": "yesterday"},
        ),
        ("checkin 90 min statistics", {"time": "90 min", "area": "statistics"}),
        ("checkin", {}),
        ("checkin 2h", {"time": "2h"}),
        ("  CheckIn   2h  ", {"time": "2h"}),
        ("checkin 1h 30m", {"time": "1h 30m"}),
        (
            "checkin 2 hours and 15 minutes machine learning",
            {"time": "2 hours and 15 minutes", "area": "machine learning"},
        ),
        ("checkin half an hour", {"time": "half an hour"}),
        ("checkin 20 statistics", {"time": "20", "area": "statistics"}),
        # an option that can read none of the words is passed over
        ("checkin 2h yesterday", {"time": "2h", "day": "yesterday"}),
        ("checkin statistics", {"area": "statistics"}),
        ("edit 12 2h mon", {"checkin": "12", "time": "2h", "day": "mon"}),
        ("edit 2h", {"time": "2h"}),
        # free text takes all that is left once it is its turn
        ("checkin 2h statistics the chain rule", {"time": "2h", "area": "statistics", "learned": "the chain rule"}),
        ("journal gradient descent", {"search": "gradient descent"}),
        # names, in any order and case, with and without a space
        ("checkin day: mon time: 2h", {"day": "mon", "time": "2h"}),
        ("checkin Time:2h AREA:statistics", {"time": "2h", "area": "statistics"}),
        ("checkin learned: svd", {"learned": "svd"}),
        ("checkin learned: day: mon", {"learned": "", "day": "mon"}),
        ("edit 12 time: 1:30", {"checkin": "12", "time": "1:30"}),
        ("journal gradient area: statistics", {"search": "gradient", "area": "statistics"}),
        ("timer start statistics", {"area": "statistics"}),
        ("TIMER  start", {}),
        # words before the first name pass over an option that is named
        ("checkin 2h chain rule area: statistics", {"time": "2h", "learned": "chain rule", "area": "statistics"}),
        (
            "checkin 2h statistics yesterday learned: svd",
            {"time": "2h", "area": "statistics", "day": "yesterday", "learned": "svd"},
        ),
    ],
)
def test_a_line_is_understood(line: str, raw: dict[str, str]) -> None:
    assert split(line) == raw


@pytest.mark.parametrize(
    ("line", "raw"),
    [
        ("checkin 2h learned: see https://a.org/x?y:z", {"time": "2h", "learned": "see https://a.org/x?y:z"}),
        ("checkin 2h learned: note: x", {"time": "2h", "learned": "note: x"}),
        ("checkin 2h learned: a day:b? no, x:day: y", {"time": "2h", "learned": "a", "day": "b? no, x:day: y"}),
        ("checkin 2h learned: one learned: two", {"time": "2h", "learned": "one learned: two"}),
        ("checkin 2h learned: it twice: no", {"time": "2h", "learned": "it twice: no"}),
        ("checkin 2h learned: time: a river", {"time": "2h", "learned": "time: a river"}),
        (
            "checkin 2h statistics learned: the area: under the curve day: mon",
            {"time": "2h", "area": "statistics", "learned": "the area: under the curve", "day": "mon"},
        ),
        (
            "checkin 2h statistics area: under a curve",
            {"time": "2h", "area": "statistics", "learned": "area: under a curve"},
        ),
        (
            "checkin 2h yesterday learned: one day: another",
            {"time": "2h", "day": "yesterday", "learned": "one day: another"},
        ),
    ],
)
def test_a_name_counts_only_for_an_option_not_yet_given(line: str, raw: dict[str, str]) -> None:
    assert split(line) == raw


def test_new_lines_survive_in_a_value_that_is_given_by_name() -> None:
    raw = split("checkin 2h\nlearned: first\n\n- second\nday: mon")
    assert raw == {"time": "2h", "learned": "first\n\n- second", "day": "mon"}
    assert read_options(CHECKIN, raw, READING)[LEARNED] == "first\n\n- second"


@pytest.mark.parametrize(
    ("line", "wrong", "sentence"),
    [
        ("checkin foo", "time", "I can't read “foo” as a time."),
        ("checkin 2h calculus", "area", "There is no area 'calculus'."),
        ("checkin 2h day: someday", "day", "I can't read “someday” as a day."),
        ("checkin 10x statistics", "time", "I can't read “10x” as a time."),
        ("checkin 25h statistics", "time", "I read “25h” as 25 hours, but a day has 24."),
        ("edit foo", "time", "I can't read “foo” as a time."),
    ],
)
def test_words_that_no_option_can_read_are_refused_by_the_one_whose_turn_it_is(
    line: str, wrong: str, sentence: str
) -> None:
    refused = refusal(line)
    assert isinstance(refused, WrongOptions)
    assert list(refused.wrong) == [wrong]
    assert refused.sentence == sentence


@pytest.mark.parametrize(
    ("line", "raw"),
    [
        ("checkin 2h chain rule", {"time": "2h", "learned": "chain rule"}),
        ("checkin time: 2h statistics", {"time": "2h", "area": "statistics"}),
        ("checkin day: mon 2h statistics", {"time": "2h", "area": "statistics", "day": "mon"}),
        ("checkin 2h mon chain rule", {"time": "2h", "day": "mon", "learned": "chain rule"}),
        ("checkin chain rule 2h mon", {"time": "2h", "day": "mon", "learned": "chain rule"}),
        ("checkin 2h statistics yesterday", {"time": "2h", "area": "statistics", "day": "yesterday"}),
        ("checkin yesterday 2h statistics", {"time": "2h", "area": "statistics", "day": "yesterday"}),
        ("checkin 2h 2 days ago", {"time": "2h", "day": "2 days ago"}),
        ("checkin 2h 30 statistics", {"time": "2h 30", "area": "statistics"}),
        ("checkin 2 hours of statistics, yesterday", {"time": "2 hours", "area": "statistics", "day": "yesterday"}),
        ("checkin 2h - statistics - bayes", {"time": "2h", "area": "statistics", "learned": "bayes"}),
        ("checkin 2h learned chain rule", {"time": "2h", "learned": "chain rule"}),
        ("checkin 2h learned : svd", {"time": "2h", "learned": "svd"}),
        ("checkin 2h “exam on monday”", {"time": "2h", "learned": "exam on monday"}),
        ("checkin chain rule", {"learned": "chain rule"}),
        ("checkin area: french yesterday 2h", {"time": "2h", "day": "yesterday", "area": "french"}),
    ],
)
def test_words_find_their_places_in_any_order(line: str, raw: dict[str, str]) -> None:
    assert split(line) == raw


@pytest.mark.parametrize(
    ("line", "readings"),
    [
        (
            "checkin 2h statistics exam on monday",
            [
                {"time": "2h", "area": "statistics", "day": "on monday", "learned": "exam"},
                {"time": "2h", "area": "statistics", "learned": "exam on monday"},
            ],
        ),
        (
            "checkin 2h statistics chain rule mathematics",
            [
                {"time": "2h", "area": "statistics", "learned": "chain rule mathematics"},
                {"time": "2h", "area": "mathematics", "learned": "statistics chain rule"},
            ],
        ),
        (
            "checkin 2h statistics 1h mathematics",
            [
                {"time": "2h", "area": "statistics", "learned": "1h mathematics"},
                {"time": "1h", "area": "mathematics", "learned": "2h statistics"},
            ],
        ),
    ],
)
def test_a_line_with_several_readings_is_asked_about(line: str, readings: list[dict[str, str]]) -> None:
    spec, rest = find_command(line, SPECS)
    with pytest.raises(Unclear) as unclear:
        split_words(spec, rest, READING)
    assert sorted(unclear.value.readings, key=str) == sorted(readings, key=str)


def test_an_option_of_a_platform_is_parted_as_a_line_is() -> None:
    assert spread(CHECKIN, {"time": "2h statistics yesterday"}, READING) == {
        "time": "2h",
        "area": "statistics",
        "day": "yesterday",
    }
    assert spread(CHECKIN, {"time": "2h chain rule"}, READING) == {"time": "2h chain rule"}
    assert spread(CHECKIN, {"time": "2h mon", "day": "tue"}, READING) == {"time": "2h mon", "day": "tue"}


@pytest.mark.parametrize(
    ("line", "sentence", "fits"),
    [
        ("streak now", "/streak has no place for “now”.", "/streak"),
        ("streak \u202e\x1b[31m" + "x" * 99, f"/streak has no place for “[31m{'x' * 35}…”.", "/streak"),
        (
            "checkin learned: " + "x" * MAX_LINE_CHARACTERS,
            f"That line has {MAX_LINE_CHARACTERS + 9:,} characters; {MAX_LINE_CHARACTERS:,} fit.",
            "/checkin 45m",
        ),
    ],
)
def test_what_has_no_place_is_refused_with_an_example_that_has(line: str, sentence: str, fits: str) -> None:
    refused = refusal(line)
    assert refused.sentence == sentence
    assert refused.example == fits
    split(fits[1:])


@pytest.mark.parametrize(
    ("line", "sentence", "nearest"),
    [
        ("chekin 2h", "There is no command “/chekin”.", "/checkin"),
        ("check", "There is no command “/check”.", "/checkin"),
        ("strek", "There is no command “/strek”.", "/streak"),
        ("jurnal gradient descent", "There is no command “/jurnal”.", "/journal"),
        ("timerstart", "There is no command “/timerstart”.", "/timer start"),
        ("timr stop", "There is no command “/timr”.", "/timer stop"),
        ("checkin2h", "There is no command “/checkin2h”.", "/checkin"),
        ("qqqq", "There is no command “/qqqq”.", "/guide"),
        ("freeze now", "There is no command “/freeze”.", "/streak"),
        ("done", "There is no command “/done”.", "/timer stop"),
        ("stop", "There is no command “/stop”.", "/timer stop"),
        ("timer done", "After /timer comes one of start, stop, not “done”.", "/timer stop"),
        ("timer", "/timer needs one more word: start, stop.", "/timer start"),
        ("Timer", "/timer needs one more word: start, stop.", "/timer start"),
        ("timer stpo now", "After /timer comes one of start, stop, not “stpo”.", "/timer stop"),
        ("timer wav", "After /timer comes one of start, stop, not “wav”.", "/timer start"),
        ("timer zzz", "After /timer comes one of start, stop, not “zzz”.", "/timer start"),
        ("", "A command begins with a word.", "/guide"),
        (" \n ", "A command begins with a word.", "/guide"),
        ("\u200b\x00", "A command begins with a word.", "/guide"),
        ("\u202egaol" + "x" * 99, f"There is no command “/gaol{'x' * 34}…”.", "/guide"),
    ],
)
def test_an_unknown_command_proposes_the_nearest(line: str, sentence: str, nearest: str) -> None:
    refused = refusal(line)
    assert refused.sentence == sentence
    assert refused.example == nearest
    find_command(nearest[1:], SPECS)


def test_a_name_that_came_without_a_line_is_answered_alike() -> None:
    refused = unknown_command("timer strat", "timer strat", SPECS)
    assert refused.sentence == "After /timer comes one of start, stop, not “strat”."
    assert refused.example == "/timer start"


def test_a_command_of_two_words_is_found_before_one_of_its_first_word() -> None:
    timer = Spec("timer", "show")
    specs = {"timer": timer, "timer start": START}
    assert find_command("timer start statistics\nnow", specs) == (START, "statistics\nnow")
    assert find_command("timer  statistics", specs) == (timer, "statistics")
    assert find_command("timer", specs) == (timer, "")


def test_all_wrong_options_are_named_in_the_order_of_the_command() -> None:
    with pytest.raises(WrongOptions) as refused:
        read_options(CHECKIN, {"day": "nay", "time": "x", "area": "statistics"}, READING)
    assert list(refused.value.wrong) == ["time", "day"]
    assert refused.value.sentence == refused.value.wrong["time"].sentence
    assert refused.value.example == refused.value.wrong["time"].example


def test_empty_options_are_as_if_not_given() -> None:
    options = read_options(CHECKIN, {"time": " 2h ", "area": "  ", "learned": ""}, READING)
    assert options[TIME] == 120
    assert options[AREA] is options[LEARNED] is None
    assert options.raw == {"time": " 2h "}
    assert not read_options(CHECKIN, {"area": " "}, READING)


@pytest.mark.parametrize("text", ["\u200b", "\u2800", "\u3164", "\u200d", "\ufe0f", "\x1b", " \u200b\n"])
def test_what_nobody_can_see_is_as_if_not_given(text: str) -> None:
    assert read_options(CHECKIN, {"learned": text}, READING)[LEARNED] is None


def test_options_that_the_command_does_not_have_are_not_read() -> None:
    options = read_options(STREAK, {"time": "nonsense"}, READING)
    assert options[TIME] is None


PIECES = st.sampled_from(
    "2h 30 min statistics machine learning yesterday mon chain # https://a.b x: time: area: learned: day: DAY:mon"
    " twice: note: checkin: : :: \n \u202e".split(" ")
)
TYPED = st.lists(PIECES, max_size=20).map(" ".join) | st.text(max_size=200)
COMMANDS = st.sampled_from([*SPECS, "", "chekin", "timer", "timer x", "\x00"])


@given(COMMANDS, TYPED)
@example("checkin", "2h learned: a area:")
def test_any_line_is_read_or_refused_in_a_harmless_sentence(command: str, typed: str) -> None:
    try:
        understand(f"{command} {typed}")
    except Refused as refused:
        assert len(refused.sentence) <= 200
        assert refused.example.isprintable()


@given(st.sampled_from([TIME, AREA, DAY]), st.sampled_from(["2h", "statistics", "mon", "x"]))
def test_what_is_named_is_what_is_given(option: Option[Any], value: str) -> None:
    assert split_words(CHECKIN, f"{option.name}: {value}", READING) == {option.name: value}


HOSTILE = {
    "numbers": "1 " * 6000,
    "names": "area: " * 2000,
    "hidden names": "twice: " * 1700,
    "a name and words": "time: " + "x " * 5000,
    "words and a name": "x " * 5000 + "time: 2h",
    "names given before": "2h statistics " + "area: time: " * 950,
    "colons": ":" * 12_000,
    "letters": "a" * 12_000,
    "white space": "2h" + " " * 11_000 + "x",
    "new lines": "learned:" + "\n" * 11_000,
    "every name again": "time: area: learned: day: " * 450,
}


@pytest.mark.parametrize("line", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_line_costs_few_readings_of_few_words(line: str) -> None:
    read: list[str] = []

    def watched(option: Option[Any]) -> Option[Any]:
        def reader(text: str, reading: Reading) -> object:
            read.append(text)
            return option.read(text, reading)

        return Option(option.name, option.kind, option.summary, reader, is_hidden=option.is_hidden)

    spec = Spec("checkin", "log", tuple(watched(option) for option in CHECKIN.options))
    split_words(spec, line, READING)
    assert len(read) <= 12 * len(spec.options) ** 3
    assert all(len(text.split()) <= 12 for text in read)
