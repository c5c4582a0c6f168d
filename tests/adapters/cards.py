"""Cards and forms with everything in them, well-meant and hostile, for every adapter to show."""

from datetime import UTC, date, datetime, timedelta

from bot.chat.card import (
    Actions,
    Align,
    Bar,
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
    Style,
    Table,
    Tone,
)
from bot.chat.chart import BoardBars, BoardRow, Heatmap, WeekBars
from bot.chat.delivery import Address, Delivery
from bot.chat.form import Choice, Field, FieldKind, Form
from bot.chat.text import Bold, Code, Link, Timestamp
from tests.adapters.fake_core import NOW

HOSTILE = (
    "<!channel> <@U123> <#C1|x> @everyone @here <@&99> *bold* _it_ ~no~ `code` ```fence "
    "[link](https://evil.example) <https://evil.example|click> || "
    "\x1b[31mred\x1b[0m [bold red]rich[/] \u202egnp.exe &amp; & < > \\ # - 1. chain rule"
)

CHECK_IN = Button("Check in", "checkin", {"time": "2h", "day": "2026-01-04"}, Style.PRIMARY)
AREAS = (Choice("Mathematics", "maths"), Choice("Statistics", "stats"))
FORM = Form(
    "checkin",
    "Check in",
    (
        Field("time", "Time", hint="2h30, 90 min", is_required=True, longest=64),
        Field(
            "area", "Area", FieldKind.CHOICE, choices=(Choice("Mathematics", "maths"), Choice("Statistics", "stats"))
        ),
        Field("learned", "Learned", FieldKind.LONG, value="chain rule", longest=1000),
    ),
    carried={"day": "2026-01-04"},
    submit="Check in",
)
WRONG = "I read “10x” as no time."


def delivery(to: Address, card: Card, key: str = "results/7/2026-W01") -> Delivery:
    return Delivery(key, to, card, NOW, NOW + timedelta(hours=12))


def every_block(size: int = 1) -> Card:
    """Return a card with every block, span and chart; `size` makes it longer and wider than any platform takes."""
    long = "word " * (200 * (size - 1)) + "end"
    text = ("plain ", Bold("bold"), " ", Code("/checkin 2h"), " ", Link("manual", "https://example.org/"), " ", long)
    rows = tuple((str(rank), f"Member {rank}", "7 h 30") for rank in range(1, 3 + 60 * (size - 1)))
    board = tuple(BoardRow(rank, f"Member {rank}", 450, 600) for rank in range(1, 4))
    return Card(
        "Every block " + "title " * (100 * (size - 1)),
        (
            Line(text),
            Note(("small print ", Timestamp(datetime(2026, 1, 6, tzinfo=UTC), "Europe/Berlin"))),
            Quote("their own\nwords " + long),
            Facts(tuple(Fact(f"Label {at}", (f"value {at}",)) for at in range(1, 4 + 30 * (size - 1)))),
            Bar(450, 600, "7 h 30 of 10 h " + long[: 50 * size]),
            Table((Column("#", Align.RIGHT), Column("Name"), Column("Time", Align.RIGHT)), rows, marked=1),
            Picture(Heatmap("Weeks", date(2025, 12, 1), tuple(range(0, 35 * 6, 6))), "five weeks " + long),
            Picture(WeekBars("This week", (60, 0, 120, 0, 0, 30, 0), 600), "3 h 30 on three days"),
            Picture(BoardBars("Board", "this week", board), "all at 75 %"),
            Actions(
                (
                    CHECK_IN,
                    Button("Away", "pause", {}, Style.DANGER, opens_form=True),
                    *(
                        Button(f"Button {at} " + long[:100], "progress", {"at": str(at)})
                        for at in range(30 * (size - 1))
                    ),
                )
            ),
            Menu(
                "Period " + long[:200],
                tuple(
                    Button(f"Period {at} " + long[:20], "board", {"of": str(at)}) for at in range(2 + 30 * (size - 1))
                ),
                chosen=1,
            ),
            Links((LinkButton("Manual " + long[:100], "https://example.org/manual"),)),
        ),
        Tone.PROUD,
    )


def letters(text: str) -> str:
    """Return the letters alone: platforms may show signs in their own way, but no word may vanish."""
    return "".join(letter for letter in text if letter.isalnum())
