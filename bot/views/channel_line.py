"""The line that a channel sees of somebody's check-ins: one small sentence; names and notes are plain text."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.chat.card import Card, Line, Note
from bot.chat.plain import plain_text
from bot.chat.text import Bold, Text
from bot.domain.channel_line import LineContent, WeekSoFar
from bot.domain.checkin import Entry
from bot.domain.duration import say
from bot.domain.group import Group
from bot.domain.milestone import Milestone, MilestoneKind
from bot.domain.names import cut
from bot.domain.week import DAYS_A_WEEK, Week

MAX_NOTE_CHARACTERS = 200


def channel_line(name: str, content: LineContent, milestones: tuple[Milestone, ...], posted_on: date) -> Card:
    """Show what somebody has studied; `posted_on` is their date when the line came, by which its days are said.

    Of the entries others see what stands in them: areas and notes that are not for this channel are left out before.
    No push notice quotes a note.
    """
    if not content.entries:
        return Card("", (Line(_say_what_is_left(name, content.so_far, posted_on)),))
    line = _say(name, content, milestones, posted_on)
    if not _notes(content.entries):
        return Card("", (Line(line),))
    untold = tuple(replace(entry, learned=None) for entry in content.entries)
    notice = plain_text(_say(name, content._replace(entries=untold), milestones, posted_on))
    return Card("", (Line(line),), notice=notice)


def with_lines_that_stay(card: Card, groups: Sequence[Group]) -> Card:
    """Return a copy that says, before its buttons, in which channels the line of a changed check-in stays as it is."""
    if not groups:
        return card
    names = " and ".join(group.name for group in groups)
    return card.above_controls(Note((f"The line in {names} is too old to change, so it stays as it is.",)))


def _say(name: str, content: LineContent, milestones: tuple[Milestone, ...], posted_on: date) -> Text:
    if content.keeps_week:
        return (Bold(name), *_kept_parts(content, milestones, posted_on))
    marks = (f" 🎉 {say_milestone(mark)}." for mark in milestones)
    return (Bold(name), *_studied_parts(content, posted_on), *marks)


def _studied_parts(content: LineContent, posted_on: date) -> list[str]:
    """Return “ studied 2 h 30 of Statistics yesterday: chain rule. 7 h 30 this week.”."""
    entries = content.entries
    areas, days = {entry.area for entry in entries}, {entry.day for entry in entries}
    [area] = areas if len(areas) == 1 else [None]
    of_area = f" of {area}" if area else ""
    when = _say_when(entries[0].day, posted_on) if len(days) == 1 else ""
    note = _notes(entries)
    is_of_one_week = all(Week.of(day) == content.so_far.week for day in days)
    total = _say_total(content.so_far, posted_on) if is_of_one_week else ""
    studied = f" studied {say(sum(entry.minutes for entry in entries))}{of_area}{when}"
    return [studied, f": {_end(note)}" if note else ".", f" {total}." if total else ""]


def _kept_parts(content: LineContent, milestones: tuple[Milestone, ...], posted_on: date) -> list[str]:
    """Return “ kept the week ✓ 10 h 30 · 5 weeks in a row · chain rule”; a milestone stands in the streak's place."""
    so_far = content.so_far
    name = {0: "the week", 1: "last week"}.get(so_far.week.weeks_to(Week.of(posted_on)), f"the week of {so_far.week}")
    is_told = any(mark.kind is MilestoneKind.STREAK for mark in milestones) or so_far.streak < 2
    parts = [
        say(so_far.minutes),
        "" if is_told else f"{so_far.streak} weeks in a row",
        *(f"🎉 {say_milestone(mark)}" for mark in milestones),
        _notes(content.entries),
    ]
    return [f" kept {name} ✓ {' · '.join(part for part in parts if part)}"]


def _say_what_is_left(name: str, so_far: WeekSoFar, posted_on: date) -> Text:
    """Say how a line stands whose check-ins were all taken back."""
    total = _say_total(so_far, posted_on)
    return (Bold(name), f": {total}") if total else (Bold(name), " took a check-in back.")


def _say_total(so_far: WeekSoFar, posted_on: date) -> str:
    """Return “7 h 30 this week”, with a ✓ once it is kept; “” where the line has nothing to say of it."""
    which = {0: "this week", 1: "last week"}.get(so_far.week.weeks_to(Week.of(posted_on)))
    if which is None or not so_far.minutes:
        return ""
    return f"{say(so_far.minutes)} {which}{' ✓' if so_far.is_kept else ''}"


def _say_when(day: date, posted_on: date) -> str:
    """Return “ yesterday”, “ on Sunday”, “ on 23 Dec”; “” for the day on which the line came."""
    days = (posted_on - day).days
    if not days:
        return ""
    if days == 1:
        return " yesterday"
    return f" on {day:%A}" if 0 < days < DAYS_A_WEEK else f" on {day.day} {day:%b}"


def _notes(entries: tuple[Entry, ...]) -> str:
    notes = dict.fromkeys(" ".join(entry.learned.split()) for entry in entries if entry.learned)
    return cut("; ".join(notes), MAX_NOTE_CHARACTERS)


def _end(note: str) -> str:
    """Return the note as the end of a sentence."""
    return note if note[-1] in ".!?…" else f"{note}."


def say_milestone(mark: Milestone) -> str:
    """Return `12 weeks in a row`, `1,040 hours in all`."""
    return f"{mark.value} weeks in a row" if mark.kind is MilestoneKind.STREAK else f"{mark.value:,} hours in all"
