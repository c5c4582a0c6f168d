"""The members of a group, as its organisers see them, and answers to a member who leaves, hides or shows again."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from bot.chat.card import Actions, Block, Button, Card, Column, Line, Note, Table, Tone
from bot.chat.text import Code, Text
from bot.domain.day import say_day
from bot.domain.group import Group
from bot.views import words


class MemberRow(Struct, frozen=True):
    """One member, as organisers see them: the last check-in by its day, in the zone of who asks."""

    name: str
    last_day: date | None
    is_resting: bool
    is_hidden: bool
    is_away: bool = False


class MembersPage(Struct, frozen=True):
    """One page of the members; `number` and `last` count from 0. `kept_out` are the names of those who were removed."""

    group: Group
    rows: list[MemberRow]
    members: int
    number: int
    last: int
    kept_out: list[str]


def members(page: MembersPage, today: date, news: str, here: dict[str, str]) -> Card:
    """Show names, last check-ins, who rests and who is away; of hidden members only that they are hidden.

    `news` says what has just been changed.
    """
    blocks: list[Block] = [Line((news,))] if news else []
    if page.rows:
        columns = (Column("Member"), Column("Last check-in"), Column(""))
        blocks.append(Table(columns, tuple(_row(row, today) for row in page.rows)))
    more = [("Previous", page.number - 1)] * (page.number > 0) + [("Next", page.number + 1)] * (page.number < page.last)
    turns = [Button(label, "group members", {"page": str(number), "replace": "yes", **here}) for label, number in more]
    change = Button("Remove or let in…", "set members", here, opens_form=True)
    if page.kept_out:
        blocks.append(Line((f"Out until you let them in: {', '.join(page.kept_out)}.",)))
    if any(row.is_resting and not row.is_hidden for row in page.rows):
        blocks.append(Note(("Resting means four weeks without a check-in. The next one ends it.",)))
    blocks.append(Actions((*turns, Button("Notes", "group notes", here), change)))
    title = f"{page.group.name}: {words.plural(page.members, 'member')}"
    return Card(title, tuple(blocks), Tone.GOOD if news else Tone.NEUTRAL)


def left(group: Group, *, had_reminders: bool, is_without_organiser: bool) -> Card:
    """Confirm that a member has left, and say what that means."""
    blocks: list[Line | Note] = []
    if had_reminders:
        blocks.append(_say_reminders_off())
    if is_without_organiser:
        blocks.append(Line(("It has no organiser now. Whoever manages the server can name one.",)))
    blocks.append(Note(("Come back whenever you like: ", Code("/group join"), ".")))
    return words.done(f"You've left {group.name}. It no longer sees you; lines already posted stay.", *blocks)


def removed(group: Group, *, had_reminders: bool) -> Card:
    """Tell somebody that an organiser has removed them."""
    text = f"An organiser took you out of {group.name}. Your hours and streak are yours."
    return Card("", (Line((text,)), *((_say_reminders_off(),) if had_reminders else ())))


def let_in(group: Group) -> Card:
    """Tell somebody who was removed that they may come back."""
    text: Text = (f"An organiser lets you back into {group.name}: type ", Code("/group join"), " in its channel.")
    return Card("", (Line(text),), Tone.GOOD)


def say_removed(name: str) -> str:
    """Confirm to an organiser that a member is out."""
    return f"{name} is out, and can only come back when an organiser lets them in. Their hours and streak stay theirs."


def say_let_in(name: str) -> str:
    """Confirm to an organiser that somebody may join again."""
    return f"{name} can join again."


def hidden(group: Group, partners: Sequence[str] = ()) -> Card:
    """Confirm that a member is left out of all that others see; `partners` are those whom they chose to be seen by."""
    what = "It sees nothing of you, and your answers stay private. Your weeks and streak go on."
    note = Note((Code("/group show"), " undoes it. Lines already posted stay."))
    blocks: list[Line | Note] = [note]
    if partners:
        still = f"{words.join_names(list(partners))} still sees your week as your study partner, until you leave: "
        blocks.insert(0, Line((still, Code("/partner leave"), ".")))
    return words.done(f"You're hidden in {group.name}. {what}", *blocks)


def shown(group: Group) -> Card:
    """Confirm that a member is seen again."""
    return words.done(f"{group.name} sees you again.")


def _row(row: MemberRow, today: date) -> tuple[str, str, str]:
    if row.is_hidden:
        return row.name, "", "hidden"
    day = say_day(row.last_day, today) if row.last_day else "none yet"
    return row.name, day, "resting" if row.is_resting else "away" if row.is_away else ""


def _say_reminders_off() -> Line:
    return Line(("Your reminders came in its channel, so they're off now: ", Code("/reminders"), "."))
