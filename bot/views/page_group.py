"""A group's page: the week together, who studied, last week's results, what people learned, and what comes next."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from msgspec.structs import replace

from bot.chat.card import Actions, Bar, Block, Button, Card, Fact, Facts, Line, Note, Quote, Style
from bot.chat.page import Section
from bot.chat.text import Bold, Text
from bot.domain.duration import say, say_hours
from bot.domain.group import Group
from bot.domain.leaderboard import NEAR_MINUTES, LeaderboardPage, Total
from bot.domain.names import cut
from bot.domain.reminder import ReminderKind
from bot.domain.results import SharedNote, WeekResults
from bot.domain.week import Week
from bot.views import results, words
from bot.views.group import NAMES, VISIBLE
from bot.views.group_total import say_total
from bot.views.leaderboard import Board, leaderboard
from bot.views.posts import IN_THIS_WEEK, say_dates

MAX_QUOTE_CHARACTERS = 280


@dataclass(frozen=True, slots=True)
class GroupDetails:
    """All that the page is made of; `today` and `week` are those of the group, `here` the options that name it.

    `results` are those of last week (None: all rest), `page` has everybody who has studied. `organisers` are their
    names (None: the reader is none of them). `coming` are the instants of the next posts.
    """

    group: Group
    today: date
    week: Week
    total: Total
    board: Board
    results: WeekResults | None
    notes: Sequence[SharedNote]
    coming: Sequence[tuple[datetime, ReminderKind]]
    intending: int
    members: int
    organisers: Sequence[str] | None
    is_hidden: bool
    here: dict[str, str]

    @property
    def page(self) -> LeaderboardPage:
        """The rows of those who have studied."""
        return self.board.page


def group(details: GroupDetails) -> tuple[Section, ...]:
    """Return the sections from top to bottom."""
    return tuple(_sections(details))


def _sections(details: GroupDetails) -> Iterator[Section]:
    yield Section("together", _together(details))
    yield Section("studied", _studied(details))
    if details.results is not None:
        card = results.results(details.results)
        yield Section("results", replace(card, title=f"Results of last week · {say_dates(details.results.week)}"))
    if details.notes:
        yield Section("learned", _learned(details.notes))
    if details.coming and not details.group.asleep:
        yield Section("next", _next(details))
    if details.organisers is not None:
        yield Section("organisers", _organisers(details, details.organisers))


def _together(details: GroupDetails) -> Card:
    """Show the week of all: hours of the goal, who kept it and who is close."""
    total = details.total
    blocks: list[Block] = []
    if not total.minutes:
        blocks.append(Line((Bold("Nothing yet"),)))
        blocks.append(Line(("The first check-in opens the week.",)))
    elif not total.goal:
        blocks.append(Line((Bold(say_hours(total.minutes)), " together")))
    else:
        blocks.append(Bar(total.counted, total.goal, f"{say_hours(total.minutes)} of {say_hours(total.goal)}"))
        blocks.append(Line(_say_doing(total)))
    label = f"I'm in this week · {details.intending}" if details.intending else IN_THIS_WEEK.label
    in_it = Button(label, IN_THIS_WEEK.command, details.here, opens_form=True)
    blocks.append(Actions((replace(words.CHECK_IN, style=Style.PRIMARY), in_it)))
    return Card(f"This week, together · {say_dates(details.week)}", tuple(blocks))


def _say_doing(total: Total) -> Text:
    """Return “**6 have kept the week**, 11 more are within 2 hours. 41 have studied.”."""
    have = "has" if total.kept == 1 else "have"
    within = words.plural(NEAR_MINUTES // 60, "hour")
    are = "is" if total.near == 1 else "are"
    near = f", {total.near:,} more {are} within {within}" if total.kept and total.near else ""
    if not total.kept and total.near:
        return (Bold(f"{total.near:,} {are} within {within}"), f" of their goal. {_say_studied(total)}")
    if not total.kept:
        return (_say_studied(total),)
    return (Bold(f"{total.kept:,} {have} kept the week"), f"{near}. {_say_studied(total)}")


def _say_studied(total: Total) -> str:
    count = total.kept + total.studied
    return f"{count:,} {'has' if count == 1 else 'have'} studied."


def _studied(details: GroupDetails) -> Card:
    board = leaderboard(details.board, ())
    others = tuple(
        Button(label, "leaderboard", {"period": period, "by": "share", **details.here})
        for label, period in (("Last week", "last week"), ("This month", "this month"), ("All time", "all time"))
    )
    hidden = (Note((f"You're hidden in {details.group.name}, so only you see this page's numbers of yours.",)),)
    remarks = hidden if details.is_hidden else ()
    blocks = tuple(block for block in board.blocks if not details.is_hidden or not isinstance(block, Note))
    return Card("Who has studied · bars end at each one's goal", (*blocks, *remarks, Actions(others)))


def _learned(notes: Sequence[SharedNote]) -> Card:
    blocks: list[Block] = []
    for note in notes:
        area = f" · {note.area}" if note.area else ""
        blocks += [Quote(cut(note.words, MAX_QUOTE_CHARACTERS)), Note((f"{note.name}{area}",))]
    return Card("What people learned · offered to all", tuple(blocks))


def _next(details: GroupDetails) -> Card:
    """Show what is posted next, in the group's time."""
    zone = details.group.zone
    facts = tuple(Fact(NAMES[kind], (_say_moment(due.astimezone(zone)),)) for due, kind in sorted(details.coming))
    note = Note((f"Times are the group's: {words.say_clock(details.group.zone_name)}.",))
    return Card("Next in the channel", (Facts(facts), note))


def _say_moment(due: datetime) -> str:
    return f"{due:%A} {due.day} {due:%b}, {due.hour}:{due:%M}"


def _organisers(details: GroupDetails, names: Sequence[str]) -> Card:
    """Show organisers what they have set, and lead to the settings."""
    group = details.group
    facts = (
        Fact("The channel sees", (VISIBLE[group.lines],)),
        Fact("Goal for new members", (f"{say(group.goal)} a week",)),
        Fact("Members", (f"{details.members:,}",)),
        Fact("Organisers", (", ".join(names) or "nobody named",)),
    )
    buttons = (
        Button("Settings", "group settings", details.here),
        Button("Members", "group members", details.here),
        Button("Notes", "group notes", details.here),
    )
    return Card("For organisers", (Facts(facts), Actions(buttons)))


def total_words(total: Total) -> str:
    """Return the group's week in one sentence, for places that show no page."""
    return f"{say_total(total, is_open=True)}."
