"""Cards as plain text: what is read aloud, notified and piped into scripts."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.card import (
    Actions,
    Align,
    Bar,
    Block,
    Button,
    Card,
    Column,
    Fact,
    Facts,
    Line,
    LinkButton,
    Links,
    Menu,
    Note,
    Picture,
    Quote,
    Table,
)
from bot.chat.chart import Heatmap
from bot.chat.form import Choice, Field, FieldKind, Form
from bot.chat.plain import (
    display_width,
    draw_blocks,
    plain,
    plain_block,
    plain_form,
    plain_span,
    plain_table,
    plain_text,
)
from bot.chat.text import Bold, Code, Link, Mention, Span, Timestamp

NIGHT = datetime(2026, 3, 8, 23, 5, tzinfo=UTC)
BOARD = (Column("#", Align.RIGHT), Column("Name"), Column("Hours", Align.RIGHT))


@pytest.mark.parametrize(
    ("span", "words"),
    [
        ("*as it is* <b>", "*as it is* <b>"),
        (Bold("kept"), "kept"),
        (Code("/checkin 2h"), "/checkin 2h"),
        (Link("the guide", "https://a.org"), "the guide (https://a.org)"),
        (Mention("U1", "Ada"), "@Ada"),
        (Timestamp(NIGHT, "UTC"), "Sun 8 Mar 23:05"),
        (Timestamp(NIGHT, "Asia/Tokyo"), "Mon 9 Mar 08:05"),
    ],
)
def test_a_span_is_the_words_that_it_shows(span: Span, words: str) -> None:
    assert plain_span(span) == words
    assert plain_text(("(", span, ")")) == f"({words})"


@pytest.mark.parametrize(
    ("block", "lines"),
    [
        (Line(("You have ", Bold("2 h"), " to go.")), "You have 2 h to go."),
        (Note(("Late.",)), "Late."),
        (Quote("one\n\ntwo"), "> one\n> \n> two"),
        (Facts((Fact("Streak", ("3 weeks",)), Fact("Freezes", (Bold("1"),)))), "Streak: 3 weeks\nFreezes: 1"),
        (Bar(450, 600, "7 h 30 of 10 h"), "7 h 30 of 10 h ▰▰▰▰▰▰▰▱▱▱"),
        (Picture(Heatmap("Year", date(2026, 1, 5), (0,)), "A quiet year."), "A quiet year."),
        (Actions((Button("Check in", "checkin"), Button("Stop", "reminders"))), "[Check in] [Stop]"),
        (Menu("Period", (Button("This week", "leaderboard"),), 0), "Period: [This week]"),
        (Menu("Which?", (Button("This week", "leaderboard"),)), "Which? [This week]"),
        (Links((LinkButton("The guide", "https://a.org"),)), "[The guide] (https://a.org)"),
        (Table((Column("Name"),), (("Ada",),)), "Name\nAda"),
    ],
)
def test_a_block_is_lines_of_text(block: Block, lines: str) -> None:
    assert plain_block(block) == lines


def test_a_card_is_read_from_top_to_bottom() -> None:
    card = Card("Checked in", (Line(("2 h 30.",)), Quote(""), Note(()), Actions((Button("Undo", "undo"),))))
    assert plain(card) == "Checked in\n2 h 30.\n[Undo]"


def test_a_card_without_a_title_begins_with_its_first_block() -> None:
    assert plain(Card("", (Line(("Done.",)),))) == "Done."
    assert plain(Card("")) == ""


def test_a_table_keeps_its_columns_apart() -> None:
    table = Table(BOARD, (("1", "Ada", "10 h"), ("10", "Bo", "7 h 30"), ("", "Someone long", "0 min")))
    assert plain_table(table).split("\n") == [
        " #  Name           Hours",
        " 1  Ada             10 h",
        "10  Bo            7 h 30",
        "    Someone long   0 min",
    ]


def test_a_table_stands_straight_whatever_the_script() -> None:
    names = ("Ada", "山田太郎", "한국", "🦊 Fox", "Zoe\u0308", "ｗｉｄｅ", "a\u200db")
    lines = plain_table(Table(BOARD, tuple(("1", name, "x") for name in names))).split("\n")
    assert lines[2] == "1  山田太郎      x"
    assert {display_width(line) for line in lines} == {18}


@pytest.mark.parametrize(
    ("text", "columns"),
    [("", 0), ("Ada", 3), ("山田", 4), ("🦊", 2), ("é", 1), ("e\u0301", 1), ("ﾊﾝ", 2), ("\u200b", 0), ("±", 1)],
)
def test_wide_letters_take_two_columns_and_marks_none(text: str, columns: int) -> None:
    assert display_width(text) == columns


def test_a_table_without_rows_is_its_heading() -> None:
    assert plain_table(Table(BOARD, ())) == "#  Name  Hours"


def test_a_table_without_columns_is_nothing() -> None:
    assert plain(Card("Board", (Table((), ()),))) == "Board"


CELLS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=12)


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=6))
def test_any_table_has_a_line_for_each_row_and_no_cell_is_lost(rows: list[tuple[str, str, str]]) -> None:
    heading, *lines = plain_table(Table(BOARD, tuple(rows))).split("\n")
    assert heading.split() == ["#", "Name", "Hours"]
    for line, row in zip(lines, rows, strict=True):
        assert "".join(line.split()) == "".join("".join(row).split())


@pytest.mark.parametrize(
    ("done", "goal", "filled"),
    [(-3, 600, 0), (0, 600, 0), (59, 600, 0), (60, 600, 1), (599, 600, 9), (600, 600, 10), (9000, 600, 10), (0, 0, 10)],
)
def test_each_of_the_ten_blocks_is_a_tenth_of_the_goal(done: int, goal: int, filled: int) -> None:
    assert draw_blocks(done, goal) == "▰" * filled + "▱" * (10 - filled)


@given(st.integers(0, 10_000), st.integers(0, 6000))
def test_all_ten_blocks_are_filled_only_when_the_goal_is_reached(done: int, goal: int) -> None:
    blocks = draw_blocks(done, goal)
    assert len(blocks) == 10
    assert blocks.count("▰") <= draw_blocks(done + 60, goal).count("▰")
    assert (blocks.count("▱") == 0) == (done >= goal)


def test_a_form_shows_what_is_asked_what_stands_there_and_what_was_wrong() -> None:
    choices = (Choice("Each one", "each"), Choice("Never", "off"))
    form = Form(
        "checkin",
        "Check in",
        (
            Field("time", "How long", hint="2h30", description="It counts."),
            Field("area", "About what", FieldKind.CHOICE, choices=choices),
            Field("day", "When", value="someday", hint="today", error=("I can't read that.",)),
            Field("learned", "What you learned", FieldKind.LONG),
        ),
    )
    assert plain_form(form).split("\n") == [
        "Check in",
        "time: …  (2h30)  It counts.",
        "area: …  (each | off)",
        "day: someday  (I can't read that.)",
        "learned: …",
    ]
