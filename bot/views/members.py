"""The members of a group, as its organisers see them, and answers to a member who leaves, hides or shows again."""

from dataclasses import dataclass
from datetime import date

from bot.chat.card import Actions, Block, Button, Card, Column, Line, Note, Style, Table, Tone
from bot.chat.text import Code
from bot.domain.day import say_day
from bot.domain.group import Group
from bot.views import words


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One member, as organisers see them: the last check-in by its day, in the zone of who asks."""

    name: str
    last_day: date | None
    is_resting: bool
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class MembersPage:
    """One page of the members; `number` and `last` count from 0."""

    group: Group
    rows: list[MemberRow]
    members: int
    number: int
    last: int


def members(page: MembersPage, today: date, news: str, here: dict[str, str]) -> Card:
    """Show names, last check-ins and who rests; of hidden members only that they are hidden.

    `news` says what has just been changed.
    """
    blocks: list[Block] = [Line((news,))] if news else []
    if page.rows:
        columns = (Column("Member"), Column("Last check-in"), Column(""))
        blocks.append(Table(columns, tuple(_row(row, today) for row in page.rows)))
    more = [("Previous", page.number - 1)] * (page.number > 0) + [("Next", page.number + 1)] * (page.number < page.last)
    turns = [Button(label, "group members", {"page": str(number), "replace": "yes", **here}) for label, number in more]
    remove = Button("Remove…", "set members", here, Style.DANGER, opens_form=True)
    blocks += [Note(("Resting: four weeks without a check-in, until the next one.",)), Actions((*turns, remove))]
    title = f"{page.group.name}: {words.plural(page.members, 'member')}"
    return Card(title, tuple(blocks), Tone.GOOD if news else Tone.NEUTRAL)


def left(group: Group, *, had_reminders: bool, is_without_organiser: bool) -> Card:
    """Confirm that a member has left, and say what that means."""
    blocks: list[Line | Note] = [Line(("What you logged stays yours, and counts wherever else you are.",))]
    if had_reminders:
        blocks.append(Line(("Your reminders came in its channel, so they are off now: ", Code("/reminders"), ".")))
    if is_without_organiser:
        blocks.append(Note(("It has no organiser now; whoever manages the server can still name one.",)))
    blocks.append(Note(("Come back whenever you like: ", Code("/group join"), ".")))
    return words.done(f"You have left {group.name}. It sees nothing of you from now on.", *blocks)


def hidden(group: Group) -> Card:
    """Confirm that a member is left out of all that others see."""
    what = "no board, total, line, milestone or progress shows you, and your answers stay private"
    note = Note((Code("/group show"), " undoes it."))
    return words.done(f"You are hidden in {group.name}: {what}. Your weeks and streak go on as ever.", note)


def shown(group: Group) -> Card:
    """Confirm that a member is seen again."""
    return words.done(f"{group.name} sees you again.")


def _row(row: MemberRow, today: date) -> tuple[str, str, str]:
    if row.is_hidden:
        return row.name, "", "hidden"
    day = say_day(row.last_day, today) if row.last_day else "none yet"
    return row.name, day, "resting" if row.is_resting else ""
