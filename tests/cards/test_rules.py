"""The rules for cards find what breaks them and nothing else; and the adapters' own cards obey them."""

from collections.abc import Iterator

import pytest

from adapters.discord import forms as discord_forms
from adapters.discord import handler as discord_handler
from adapters.slack import files as slack_files
from adapters.slack import home as slack_home
from adapters.slack import outgoing as slack_outgoing
from adapters.slack import presence as slack_presence
from bot.chat.card import (
    Actions,
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
    Style,
    Table,
    Tone,
)
from bot.chat.chart import WeekBars
from bot.chat.form import Field, Form
from bot.chat.request import Channel, CommandRequest, TextRequest, User
from tests.cards.rules import faults
from tests.cards.watch import name_of

CHECK_IN = Button("Check in", "checkin", style=Style.PRIMARY)
JOIN = Button("Join", "group join")
ERASE = Button("Erase everything", "mydata erase", {"sure": "yes"}, Style.DANGER)
WEEKS = Table(tuple(Column(str(at)) for at in range(6)), (("1",) * 6,))
WEEK_BARS = WeekBars("5–11 Jan", (150, 0, 0, 0, 0, 0, 0), 600, 2)
GOOD = Card(
    "Week kept ✓ 🎉",
    (
        Line(("2 h 30 of Statistics, ", "7 h 30 to go.")),
        Bar(150, 600, "2 h 30 of 10 h"),
        Picture(WEEK_BARS, "Monday 2 hours 30 minutes."),
        Quote("please look below, below, below, below, below; please look below"),
        Actions((CHECK_IN, JOIN)),
        Menu("Period", tuple(Button(f"Week {at}", "history", {"weeks": str(at)}) for at in range(25))),
        Links((LinkButton("Manual", "https://example.org"),)),
    ),
    Tone.PROUD,
)


def rules(name: str, *blocks: Block, title: str = "") -> list[str]:
    return [rule for rule, _ in faults(name, Card(title, blocks))]


def test_a_good_card_breaks_no_rule() -> None:
    assert list(faults("checkin", GOOD)) == []


@pytest.mark.parametrize(
    ("rule", "blocks"),
    [
        ("words", (Line(tuple(f"word{at} " for at in range(61))),)),
        ("buttons", (Actions((CHECK_IN, JOIN, JOIN)), Actions((JOIN, JOIN)))),
        ("buttons", (Actions((CHECK_IN, JOIN, JOIN)), Menu("Period", (JOIN,)), Links((LinkButton("x", "y"),)))),
        ("emphasis", (Actions((CHECK_IN, CHECK_IN)),)),
        ("danger", (Actions((ERASE,)),)),
        ("columns", (WEEKS,)),
        ("repeats", (Line(("You have 7 h 30 of 10 h.",)), Note(("Still 7 h 30 of 10 h to see",)))),
        ("label", (Actions((Button("x" * 35, "goal"),)),)),
        ("emoji in a label", (Actions((Button("🎉 Join", "group join"),)),)),
        ("emoji in a label", (Menu("Period", (Button("🎉", "group join"),)),)),
        ("menu", (Menu("Period", (JOIN, JOIN)),)),
        ("place", (Line(("See the picture below.",)),)),
        ("begging", (Facts((Fact("Sorry", ("that went wrong",)),)),)),
        ("synonym", (Line(("Last week was frozen.",)),)),
        ("synonym", (Table((Column("State"),), (("first",),)),)),
        ("words of a picture", (Picture(WEEK_BARS, "Monday 2 h 30."),)),
        ("words of a picture", (Picture(WEEK_BARS, " "),)),
        ("words of a bar", (Bar(150, 600, "2 h of 10 h 30"),)),
        ("words of a bar", (Bar(150, 600, "a quarter"),)),
    ],
)
def test_what_breaks_a_rule_is_found(rule: str, blocks: tuple[Block, ...]) -> None:
    assert rules("checkin", *blocks) == [rule]


def test_what_somebody_typed_is_theirs() -> None:
    quoted = Line(("I can't read “please, please, please, please, please, please see below” as a time.",))
    assert rules("checkin", quoted) == []


def test_an_emoji_in_a_title_is_for_what_is_celebrated() -> None:
    assert rules("checkin", title="Kept 🎉") == ["emoji in the title"]
    assert rules("checkin", title="Kept ✓") == []


def test_a_card_that_was_asked_for_in_detail_may_have_more_words() -> None:
    long = Line(("many words " * 50,))
    assert [rules(name, long) for name in ("history", "checkin")] == [[], ["words", "repeats"]]


def test_danger_is_for_what_destroys() -> None:
    assert rules("mydata erase", Actions((ERASE,))) == []
    assert rules("mydata erase", Actions((ERASE, CHECK_IN))) == ["emphasis"]


def test_a_request_is_named_after_its_command() -> None:
    user, channel = User("console", "", "ada", "Ada"), Channel("console", "", "console")
    assert name_of(TextRequest("1", user, channel, "Group start name: x")) == "group start"
    assert name_of(CommandRequest("1", user, channel, "checkin")) == "checkin"
    assert name_of(CommandRequest("1", user, channel, "~41")) == "a draft"


def own_cards() -> Iterator[Card]:
    """Yield the cards that adapters say by themselves, without asking the core."""
    form = Form("checkin", "Check in", (Field("time", "How long?"),))
    wrong = Form("checkin", "Check in", (Field("time", "How long?", error=("I can't read “10x”.",)),))
    yield from (discord_forms.offer_card(one, "~~41") for one in (form, wrong))
    yield from (discord_handler.FAULT.card, discord_handler.FORGOTTEN_FORM.card, slack_home.EMPTY_HOME)
    yield slack_outgoing.NO_FILES.card
    notes = (slack_outgoing.NOT_CONFIRMED, slack_outgoing.TOO_LATE, slack_presence.INVITE, discord_handler.EARLIER)
    files = (slack_files.SENT, slack_files.NOT_SENT, slack_files.MAY_NOT_SEND)
    yield from (Card("", (note,)) for note in (*notes, *files))


@pytest.mark.parametrize("card", [*own_cards()])
def test_the_cards_of_adapters_obey_the_rules(card: Card) -> None:
    assert list(faults("adapter", card)) == []
