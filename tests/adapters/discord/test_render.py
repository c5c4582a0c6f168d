"""Cards as Discord is sent them; the snapshots are to be read."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs
from msgspec.structs import replace
from syrupy.assertion import SnapshotAssertion

from adapters.discord.bodies import answer_body
from adapters.discord.buttons import render_rows
from adapters.discord.files import File
from adapters.discord.layouts import Layout, Rendered, picture_name, render
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
    Menu,
    Note,
    Picture,
    Quote,
    Style,
    Table,
    Tone,
)
from bot.chat.chart import Heatmap, WeekBars
from bot.chat.text import Bold, Code, Mention, Timestamp
from tests.adapters.cards import HOSTILE, every_block
from tests.servers.discord.strict import answer_faults

CHECKED_IN = Card(
    "Checked in",
    (
        Line((Bold("2 h 30"), " of Statistics logged.")),
        Bar(450, 600, "7 h 30 of 10 h"),
        Line(("2 h 30 to go: 50 min a day for 3 days.",)),
        Facts((Fact("Streak", ("3 weeks",)), Fact("Weeks", ("41 of 43 weeks kept · 3 away",)))),
        Line(("🎉 Milestone: 100 hours.",)),
        Note(("Days follow UTC until you say otherwise: ", Code("/timezone"), ".")),
        Actions((Button("Undo", "undo", {"checkin": "7"}), Button("Edit", "edit", {"checkin": "7"}, opens_form=True))),
    ),
    Tone.PROUD,
)
BOARD = Table(
    (Column("#", Align.RIGHT), Column("Name"), Column("Share", Align.RIGHT), Column("Streak", Align.RIGHT)),
    (
        ("1", "Ada *the* first", "100 % of 10 h", "12"),
        ("1", "Bo", "100 % of 8 h", "3"),
        ("3", "Chloé", "70 % of 10 h", "0"),
        ("…", "…", "", ""),
        ("17", "Dmitri", "5 % of 10 h", "0"),
    ),
    marked=4,
)
WEEKS = Table(
    (Column("Week"), Column("Time", Align.RIGHT), Column("State")),
    (("2026-W01", "10 h", "kept"), ("2026-W02", "7 h 30", "open"), ("東京", "1 h", "`x`")),
    marked=1,
)
CARDS = {
    "check-in": CHECKED_IN,
    "board": Card("Leaderboard · This week", (Line((Bold("Together 87 h of 120 h."),)), BOARD)),
    "weeks": Card("History", (WEEKS, Note(("Late entries change hours only.",)))),
    "wide": Card("", (Table((Column("A"), Column("B")), (("x" * 30, "y" * 30), ("", ""))),)),
    "nudge": Card(
        "Thursday",
        (
            Line((Mention("42", "Ada"), " and ", Mention("7", "Bo"), ": nothing yet this week.")),
            Note(("It ends ", Timestamp(datetime(2026, 1, 11, tzinfo=UTC), "UTC"), ".")),
            Quote("Tue and Thu\n\nin the *library*"),
            Actions((Button("Check in", "checkin", style=Style.PRIMARY), Button("Stop these", "x", {}, Style.DANGER))),
        ),
        Tone.WARN,
    ),
    "picture": Card("History", (Picture(Heatmap("Weeks", date(2026, 1, 5), (60,) * 7), "seven days of 1 h"),)),
    "empty": Card(""),
    "hostile": Card(HOSTILE, (Line((HOSTILE,)), Quote(HOSTILE), Note((HOSTILE,))), Tone.WRONG),
}


def payload(rendered: Rendered) -> dict[str, Any]:
    return {
        "content": rendered.content,
        "embeds": list(rendered.embeds),
        "parts": list(rendered.parts),
        "rows": list(rendered.rows),
    }


@pytest.mark.parametrize("name", CARDS)
def test_cards(name: str, snapshot: SnapshotAssertion) -> None:
    assert payload(render(CARDS[name], Layout.TEXT)) == snapshot


@pytest.mark.parametrize("name", CARDS)
def test_cards_that_their_reader_alone_sees(name: str, snapshot: SnapshotAssertion) -> None:
    assert payload(render(CARDS[name], Layout.PARTS)) == snapshot


@pytest.mark.parametrize("layout", Layout)
def test_pictures_are_attached_and_described(layout: Layout, snapshot: SnapshotAssertion) -> None:
    bars = Picture(WeekBars("Week", (60,) * 7, 600), "1 h a day")
    card = Card("Two", (Line(("first",)), *CARDS["picture"].blocks, bars, Line(("last",))))
    assert len(render(card, layout, with_pictures=True).pictures) == 2
    assert payload(render(card, layout, with_pictures=True)) == snapshot


@pytest.mark.parametrize("size", [1, 2, 3, 5, 9])
@pytest.mark.parametrize("layout", Layout)
@pytest.mark.parametrize("is_framed", [True, False])
def test_every_block_fits_whatever_its_size(size: int, layout: Layout, is_framed: bool) -> None:
    rendered = render(structs.replace(every_block(size), is_framed=is_framed), layout)
    assert list(answer_faults(answer_body(rendered, is_private=True), len(rendered.files))) == []


texts = st.one_of(
    st.text(max_size=40), st.sampled_from([HOSTILE, "x" * 3000, "*" * 3000, "", "\n", "@everyone " * 300])
)
spans = st.one_of(texts, texts.map(Bold), texts.map(Code), st.just(Mention("42", "Ada")))
lines = st.lists(spans, max_size=4).map(tuple)
cells = st.lists(st.tuples(texts, texts), max_size=40).map(tuple)
blocks: st.SearchStrategy[Block] = st.one_of(
    lines.map(Line),
    lines.map(Note),
    texts.map(Quote),
    st.builds(Bar, st.integers(-5, 900), st.integers(0, 600), texts),
    st.lists(st.builds(Fact, texts, lines), max_size=30).map(lambda facts: Facts(tuple(facts))),
    st.builds(Table, st.just((Column("#"), Column("Name"))), cells, st.none() | st.integers(0, 3)),
    st.builds(Picture, st.just(WeekBars("Week", (1,) * 7, 600)), texts),
    st.lists(st.builds(Button, texts, st.just("progress"), st.just({"page": "1"})), max_size=9).map(
        lambda buttons: Actions(tuple(buttons))
    ),
)


@given(
    st.builds(Card, texts, st.lists(blocks, max_size=8).map(tuple), st.sampled_from(Tone), st.booleans(), texts),
    st.sampled_from(Layout),
)
def test_any_card_fits(card: Card, layout: Layout) -> None:
    rendered = render(card, layout, with_pictures=True)
    files = tuple(File(picture_name(at), "image/png", b"") for at, _ in enumerate(rendered.pictures))
    full = replace(rendered, files=files).under("What stands here may be cut.").with_file(File("a.zip", "a/zip", b""))
    assert list(answer_faults(answer_body(full, is_private=True), len(full.files))) == []


def test_lists_to_pick_from_have_an_id_each() -> None:
    menus = (Menu(label, (Button("Ada", "progress", {"member": label}),)) for label in ("one", "another", "a third"))
    rows = render_rows([Actions((Button("Older", "journal", {"page": "1"}),)), *menus])
    ids = [part["custom_id"] for row in rows for part in row["components"]]
    assert len(set(ids)) == len(ids) == 4
