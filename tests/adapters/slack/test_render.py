"""Cards as Block Kit: snapshots, limits, and data that stays data."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion

from adapters.slack import limits
from adapters.slack.markup import escape, mark_text, rich_element, text_object
from adapters.slack.render import render_answer, render_message, render_view_blocks
from bot.chat.card import Actions, Bar, Button, Card, Column, Fact, Facts, Line, Note, Picture, Quote, Style, Table
from bot.chat.chart import WeekBars
from bot.chat.text import Bold, Code, Link, Mention, Timestamp
from tests.adapters.cards import every_block
from tests.servers.slack.blocks import MESSAGE, VIEW, faults_of
from tests.servers.slack.reading import read

AT = datetime(2026, 1, 6, 8, 30, tzinfo=UTC)
WEEK = WeekBars("This week", (60, 0, 0, 0, 0, 0, 0), 600)


def test_every_block(snapshot: SnapshotAssertion) -> None:
    assert render_message(every_block()) == snapshot


def test_every_block_in_a_view(snapshot: SnapshotAssertion) -> None:
    assert render_view_blocks(every_block()) == snapshot


def test_a_check_in(snapshot: SnapshotAssertion) -> None:
    card = Card(
        "Checked in",
        (
            Line((Bold("2 h 30"), " of Statistics logged.")),
            Bar(450, 600, "7 h 30 of 10 h"),
            Line(("2 h 30 to go: 50 min a day for 3 days.",)),
            Facts((Fact("Streak", ("4 weeks",)), Fact("Weeks", ("41 kept, of 46",)))),
            Note(("Days follow UTC until you say otherwise: ", Code("/timezone"), ".")),
            Actions((Button("Undo", "undo", {"checkin": "1"}), Button("Edit", "edit", style=Style.PRIMARY))),
        ),
    )
    assert render_message(card) == snapshot


@pytest.mark.parametrize("size", [1, 2, 4, 8])
def test_nothing_is_too_large(size: int) -> None:
    card = every_block(size)
    assert faults_of(render_message(card)["blocks"], MESSAGE) == []
    assert faults_of(render_view_blocks(card), VIEW) == []
    assert len(render_message(card)["text"]) <= 5 * limits.FALLBACK_LENGTH


def test_too_many_blocks_end_with_a_sign() -> None:
    card = Card("", tuple(Note((f"note {number}",)) for number in range(120)))
    blocks = render_message(card)["blocks"]
    assert len(blocks) == limits.BLOCK_COUNT
    assert read(blocks).parts[-1] == "…"


def test_a_long_table_ends_with_a_sign_and_a_second_one_is_text() -> None:
    table = Table((Column("#"), Column("Name")), tuple((str(at), "") for at in range(120)), marked=0)
    blocks = render_message(Card("", (table, table)))["blocks"]
    assert blocks[0]["type"] == "table"
    assert blocks[0]["rows"][-1][0]["text"] == "…"
    assert blocks[0]["rows"][1][0]["type"] == "rich_text"
    assert blocks[1]["elements"][0]["type"] == "rich_text_preformatted"
    wide = Table(tuple(Column(str(at)) for at in range(21)), (("x",) * 21,))
    assert faults_of(render_message(Card("", (wide, Table((), ()))))["blocks"], MESSAGE) == []


def test_a_chart_is_its_words_until_it_is_uploaded() -> None:
    card = Card("", (Picture(WEEK, "1 h on Monday"),))
    assert render_message(card)["blocks"][0]["type"] == "context"
    image = render_message(card, {WEEK: "F1"})["blocks"][0]
    assert image == {"type": "image", "slack_file": {"id": "F1"}, "alt_text": "1 h on Monday"}


@pytest.mark.parametrize(
    ("card", "notice"),
    [
        (Card("Results", (Line(("Together 87 h.",)),)), "Results"),
        (Card("", (Line((Bold("Ada"), " studied 2 h.")), Line(("More",)))), "Ada studied 2 h."),
        (Card("", (Line(("Ada studied 2 h: a < b.",)),), notice="Ada & Bo"), "Ada &amp; Bo"),
        (Card("", (Note(("one\ntwo",)),)), "one"),
    ],
)
def test_a_push_notice_is_the_first_line_or_what_the_card_says(card: Card, notice: str) -> None:
    assert render_message(card)["text"] == notice


def test_a_picture_stands_before_facts_and_tables() -> None:
    facts, table = Facts((Fact("Streak", ("3 weeks",)),)), Table((Column("Week"),), (("1",),))
    card = Card(
        "Progress", (Line(("7 h",)), facts, Quote("x"), table, Picture(WEEK, "1 h on Monday"), Note(("small",)))
    )
    kinds = [block["type"] for block in render_message(card, {WEEK: "F1"})["blocks"]]
    assert kinds == ["header", "rich_text", "image", "section", "rich_text", "table", "context"]


def test_an_answer_names_people_and_notifies_nobody() -> None:
    mention = Mention("U123", "Bob")
    card = Card(
        "", (Line((mention, " is in")), Note((mention,)), Facts((Fact("Partner", (mention,)),)), Quote("<@U1>"))
    )
    assert read(render_message(card)["blocks"]).pings == {"U123"}
    reading = read(blocks=render_answer(card)["blocks"], text=render_answer(card)["text"])
    assert reading.pings == set()
    assert reading.text.count("@Bob") == 3


def test_buttons_are_told_apart() -> None:
    same = Button("Join", "group join")
    blocks = render_message(Card("", (Actions((same, same)), Actions((same,)))))["blocks"]
    assert faults_of(blocks, MESSAGE) == []
    too_long = Button("Never", "checkin", {"learned": "x" * 200})
    assert render_message(Card("", (Actions((too_long,)),)))["blocks"][0]["type"] == "context"


@pytest.mark.parametrize("data", ["*Ada*", "_x_", "~x~", "`x`", ":tada:", "> x", "a|b"])
def test_what_mrkdwn_would_read_is_not_put_into_it(data: str) -> None:
    assert mark_text((data, Code("/x"))) is None
    assert mark_text((Code(data), " x")) is None
    assert text_object((Bold("Name"), "\n", data), 2000) == {
        "type": "plain_text",
        "text": f"Name\n{data}",
        "emoji": False,
    }


@pytest.mark.parametrize("text", [("x", Bold("y")), (Bold("y"), "x"), (Bold(" y"),), (Code("a\nb"),), (Bold(""),)])
def test_marks_need_room(text: tuple[str | Bold | Code, ...]) -> None:
    assert mark_text(text) is None


def test_mrkdwn_is_escaped_once() -> None:
    assert mark_text((Bold("a & b"), " ", Link("x < y", "https://example.org/?a=1&b=2"))) == (
        "*a &amp; b* <https://example.org/?a=1&amp;b=2|x &lt; y>"
    )
    assert mark_text((Mention("U123", "Bob"), " ", Timestamp(AT, "UTC"))) == (
        "<@U123> <!date^1767688200^{date_short_pretty} {time}|Tue 6 Jan 08:30>"
    )
    assert escape("<!channel> &amp;") == "&lt;!channel&gt; &amp;amp;"


def test_what_is_no_user_and_no_web_address_is_text() -> None:
    assert rich_element(Mention("!channel", "Bob")) == {"type": "text", "text": "@Bob"}
    assert rich_element(Link("x", "javascript:alert(1)")) == {"type": "text", "text": "x (javascript:alert(1))"}
    assert mark_text((Mention("x", "Bob"),)) is None
    assert mark_text((Link("x", "javascript:alert(1)"),)) is None
    assert rich_element(Timestamp(AT, "Europe/Berlin")) == {
        "type": "date",
        "timestamp": 1767688200,
        "format": "{date_short_pretty} {time}",
        "fallback": "Tue 6 Jan 09:30",
    }


def test_a_note_that_mrkdwn_cannot_say_is_rich_text() -> None:
    [block] = render_message(Card("", (Note(("*Ada* says ", Code("/x"))),)))["blocks"]
    assert block["type"] == "rich_text"


def test_facts_without_a_label_or_a_value() -> None:
    [block] = render_message(Card("", (Facts((Fact("", ("x",)), Fact("y", ("",)))),)))["blocks"]
    assert [field["text"] for field in block["fields"]] == ["x", "*y*\n…"]


DATA = st.text(st.sampled_from("*_~`<>&@!:|#\n aé\x00\u202e") | st.characters(), max_size=60)


@given(DATA, DATA)
def test_data_pings_nobody_and_is_refused_by_nobody(one: str, other: str) -> None:
    card = Card(
        one,
        (
            Line((one, Bold(other), Code(one), Link(other, "https://example.org/"))),
            Note((one, Code(other))),
            Quote(one),
            Facts((Fact(one, (other,)),)),
            Bar(1, 2, one),
            Table((Column(one),), ((other,),), marked=0),
            Picture(WEEK, one),
            Actions((Button(one, "x"),)),
        ),
    )
    message = render_message(card)
    assert faults_of(message["blocks"], MESSAGE) == []
    assert faults_of(render_view_blocks(card), VIEW) == []
    assert read(message["blocks"], message["text"]).pings == set()
    assert message["text"]


@given(st.text(st.characters(exclude_categories=("C", "Z")), min_size=1))
def test_plain_words_come_through_as_they_are(words: str) -> None:
    message = render_message(Card("", (Line((words,)), Facts((Fact("x", (words,)),)))))
    reading = read(message["blocks"])
    shown = words.translate({ord("\u2060"): None})
    assert shown in reading.parts[0]
    assert shown in reading.parts[1]


def test_the_fallback_is_never_empty() -> None:
    assert render_message(Card(""))["text"] == "…"
    assert render_message(Card("", (Line(("x" * 9000,)),)))["text"][-1] == "…"


def test_what_is_too_long_in_all_loses_its_end_but_not_its_buttons() -> None:
    pages = tuple(Quote(f"{number} " + "word " * 180) for number in range(20))
    card = Card("Journal", (*pages, Facts((Fact("Notes", ("20",)),)), Actions((Button("More", "journal"),))))
    blocks = render_message(card)["blocks"]
    assert faults_of(blocks, MESSAGE) == []
    assert [block["type"] for block in blocks] == ["header", "rich_text", "context", "actions"]
    assert 10 < len(blocks[1]["elements"]) < 20
    assert len(render_view_blocks(card)) == 4


def test_a_paragraph_that_finds_no_room_at_all_is_left_out() -> None:
    facts = tuple(Fact("x", ("word " * 400,)) for _ in range(7))
    blocks = render_message(Card("", (Facts(facts[:5]), Facts(facts[5:]), Line(("word " * 500,)))))["blocks"]
    assert [block["type"] for block in blocks] == ["section", "context"]


def test_a_table_has_so_many_letters() -> None:
    rows = tuple((str(at), "word " * 20) for at in range(80))
    [table] = render_message(Card("", (Table((Column("#"), Column("Words")), rows),)))["blocks"]
    assert faults_of([table], MESSAGE) == []
    assert table["rows"][-1] == [{"type": "raw_text", "text": "…"}] * 2
    assert len(table["rows"]) > 50
