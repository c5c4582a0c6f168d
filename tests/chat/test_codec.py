"""The codec: whatever is stored comes back as it was."""

from datetime import UTC, date, datetime
from typing import TypeVar, get_args

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec import DecodeError

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
    Note,
    Picture,
    Quote,
    Style,
    Table,
    Tone,
)
from bot.chat.chart import (
    AreaBars,
    AreaRow,
    BoardBars,
    BoardRow,
    Chart,
    Cumulative,
    GroupWeek,
    Heatmap,
    HeatmapWeek,
    Mark,
    Reach,
    WeekBars,
    WeekKept,
    WeekSign,
)
from bot.chat.codec import decode_address, decode_answer, decode_card, encode, encode_address
from bot.chat.delivery import Address, ChannelAddress, UserAddress
from bot.chat.form import Choice, Field, FieldKind, Form
from bot.chat.request import Answer, Ask, Audience, Reply
from bot.chat.text import Bold, Code, Link, Mention, Span, Timestamp

T = TypeVar("T")


def several(items: st.SearchStrategy[T]) -> st.SearchStrategy[tuple[T, ...]]:
    return st.lists(items, max_size=3).map(tuple)


WORDS = st.text(max_size=12)
FLAGS = st.booleans()
NUMBERS = st.integers(-(2**63), 2**63 - 1)
OPTIONS = st.dictionaries(WORDS, WORDS, max_size=3)
INSTANTS = st.datetimes(timezones=st.just(UTC))

SPANS: st.SearchStrategy[Span] = st.one_of(
    WORDS,
    st.builds(Bold, WORDS),
    st.builds(Code, WORDS),
    st.builds(Link, WORDS, WORDS),
    st.builds(Mention, WORDS, WORDS),
    st.builds(Timestamp, INSTANTS, WORDS),
)
TEXTS = several(SPANS)
BUTTONS = st.builds(Button, WORDS, WORDS, OPTIONS, st.sampled_from(Style), FLAGS)
MAYBE = st.none() | NUMBERS
HEATMAP_WEEKS = st.builds(HeatmapWeek, st.none() | st.sampled_from(get_args(WeekSign)), NUMBERS, NUMBERS)
MARKS = st.builds(Mark, NUMBERS, WORDS)
REACHES = st.builds(Reach, st.dates(), st.dates(), WORDS)
CHARTS: st.SearchStrategy[Chart] = st.one_of(
    st.builds(Heatmap, WORDS, st.dates(), several(NUMBERS), WORDS, several(HEATMAP_WEEKS), st.none() | st.dates()),
    st.builds(WeekBars, WORDS, several(NUMBERS), NUMBERS, MAYBE),
    st.builds(WeekKept, WORDS, several(NUMBERS), NUMBERS, NUMBERS),
    st.builds(GroupWeek, WORDS, NUMBERS, NUMBERS, NUMBERS, NUMBERS, NUMBERS, several(NUMBERS)),
    st.builds(BoardBars, WORDS, WORDS, several(st.builds(BoardRow, NUMBERS, WORDS, NUMBERS, NUMBERS)), MAYBE, MAYBE),
    st.builds(Cumulative, WORDS, WORDS, st.dates(), NUMBERS, several(NUMBERS), several(MARKS), st.none() | REACHES),
    st.builds(AreaBars, WORDS, WORDS, several(st.builds(AreaRow, WORDS, NUMBERS, st.none() | NUMBERS))),
)
COLUMNS = st.builds(Column, WORDS, st.sampled_from(Align))
BLOCKS: st.SearchStrategy[Block] = st.one_of(
    st.builds(Line, TEXTS),
    st.builds(Note, TEXTS),
    st.builds(Quote, WORDS),
    st.builds(Facts, several(st.builds(Fact, WORDS, TEXTS))),
    st.builds(Bar, NUMBERS, NUMBERS, WORDS),
    st.builds(Table, several(COLUMNS), several(several(WORDS)), st.none() | NUMBERS),
    st.builds(Picture, CHARTS, WORDS),
    st.builds(Actions, several(BUTTONS)),
    st.builds(Links, several(st.builds(LinkButton, WORDS, WORDS))),
)
CARDS = st.builds(Card, WORDS, several(BLOCKS), st.sampled_from(Tone))
CHOICES = several(st.builds(Choice, WORDS, WORDS))
FIELDS = st.builds(Field, WORDS, WORDS, st.sampled_from(FieldKind), WORDS, WORDS, CHOICES, FLAGS, NUMBERS, TEXTS)
FORMS = st.builds(Form, WORDS, WORDS, several(FIELDS), OPTIONS, WORDS)
ANSWERS: st.SearchStrategy[Answer] = st.one_of(
    st.builds(Reply, CARDS, st.sampled_from(Audience), FLAGS, FLAGS), st.builds(Ask, FORMS)
)


@given(CARDS)
def test_every_card_comes_back_as_it_was(card: Card) -> None:
    assert decode_card(encode(card)) == card


@given(ANSWERS)
def test_every_answer_comes_back_as_it_was(answer: Answer) -> None:
    assert decode_answer(encode(answer)) == answer


@given(st.builds(ChannelAddress, WORDS, WORDS, WORDS, WORDS) | st.builds(UserAddress, WORDS, WORDS, WORDS, WORDS))
@example(ChannelAddress("discord", "1", "2", "Study hall"))
@example(UserAddress("slack", "T1", "U7", "Ada"))
def test_every_address_comes_back_as_it_was(address: Address) -> None:
    assert decode_address(encode_address(address)) == address


@pytest.mark.parametrize(
    ("address", "stored"),
    [
        (
            ChannelAddress("discord", "1", "2", "Hall"),
            '{"platform":"discord","team":"1","channel":"2","user":null,"name":"Hall"}',
        ),
        (
            UserAddress("slack", "T1", "U7", "Ada"),
            '{"platform":"slack","team":"T1","channel":null,"user":"U7","name":"Ada"}',
        ),
    ],
)
def test_an_address_has_one_shape_in_the_database(address: Address, stored: str) -> None:
    assert encode_address(address) == stored


@pytest.mark.parametrize(
    ("stored", "chart"),
    [
        (
            '{"type":"heatmap","title":"1 week","starts":"2026-01-05","minutes":[60]}',
            Heatmap("1 week", date(2026, 1, 5), (60,)),
        ),
        ('{"type":"week_bars","title":"5–11 Jan","minutes":[60],"goal":600}', WeekBars("5–11 Jan", (60,), 600)),
        (
            '{"type":"board_bars","title":"Hall","subtitle":"","rows":[{"rank":1,"name":"Ada","minutes":5,"goal":6}]}',
            BoardBars("Hall", "", (BoardRow(1, "Ada", 5, 6),)),
        ),
        (
            '{"type":"cumulative","title":"","subtitle":"","starts":"2026-01-05","step":7,"minutes":[0],"marks":[]}',
            Cumulative("", "", date(2026, 1, 5), 7, (0,), ()),
        ),
    ],
)
def test_a_chart_that_was_stored_before_can_be_read(stored: str, chart: Chart) -> None:
    text = f'{{"title":"","blocks":[{{"type":"picture","chart":{stored},"alt":"x"}}]}}'
    assert decode_card(text) == Card("", (Picture(chart, "x"),))
    assert stored in encode(Card("", (Picture(chart, "x"),)))


def test_a_card_is_readable_where_it_is_stored() -> None:
    night = Timestamp(datetime(2026, 3, 8, 23, 5, tzinfo=UTC), "UTC")
    card = Card("Rückblick", (Line(("seit ", night)), Picture(Heatmap("Jahr", date(2026, 1, 5), (60,)), "60 min")))
    assert encode(card) == (
        '{"title":"Rückblick","blocks":['
        '{"type":"line","text":["seit ",{"type":"moment","at":"2026-03-08T23:05:00Z","zone":"UTC"}]},'
        '{"type":"picture","chart":{"type":"heatmap","title":"Jahr","starts":"2026-01-05","minutes":[60]},'
        '"alt":"60 min"}'
        '],"tone":"neutral","is_framed":false,"notice":""}'
    )


def test_a_card_that_was_stored_before_it_could_hold_more_is_still_read() -> None:
    assert decode_card('{"title": "Old"}') == Card("Old")
    assert decode_answer('{"type": "reply", "card": {"title": "Old"}, "gone": 1}') == Reply(Card("Old"))


@pytest.mark.parametrize("stored", ["", "{}", "[]", '{"title": 1}', '{"title": "x", "blocks": [{"type": "song"}]}'])
def test_what_is_no_card_is_not_taken_for_one(stored: str) -> None:
    with pytest.raises(DecodeError):
        decode_card(stored)
