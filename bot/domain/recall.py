"""Recall: a note of one's own comes back after 1, 4, 12 and 26 weeks, to be explained once more without looking.

A note is on the ladder, or may enter it: from each week that was written in one may, the longest of the area that was
recalled least lately, and one enters a week. Its *own week* is the seven days from the one on which its step is due;
if they pass, it moves on to the next step, unsaid (product rules, "Commands").
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from bot.domain.week import DAYS_A_WEEK, Week

STEPS_WEEKS = (1, 4, 12, 26)
DONE = len(STEPS_WEEKS)
"""The step of a note that has left the ladder."""

OWN_WEEK = timedelta(days=DAYS_A_WEEK - 1)
LOOKS_BACK = timedelta(weeks=6)
"""Notes written so long ago or later may enter: beyond their own week at the second step, and the rest of its week."""

STAYS = timedelta(weeks=STEPS_WEEKS[-1] + 1)
"""The time after which a note has left the ladder in any case, from the day on which it began."""

KEEPABLE_FOR = timedelta(weeks=2)
"""The time after which a note can be chosen no more."""

QUIET = timedelta(weeks=4)
"""The time for which two *Not now* in a row keep recall quiet."""

MOST_DIGITS = 12
"""Digits of the number of a note."""

NEVER = date.max
"""The next look where recall is switched off."""


class RecallMark(StrEnum):
    """An answer to “can you still explain it?”."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class RecallSource(StrEnum):
    """The origin of a note; the value is the letter by which a button names it."""

    CHECKIN = "c"
    FOCUS = "f"


class NoteRef(NamedTuple):
    """One of a person's own notes: that of a check-in, or the explanation of a focus, by its number."""

    source: RecallSource
    number: int

    def __str__(self) -> str:
        """Return `c12` or `f3`, as a button names it."""
        return f"{self.source}{self.number}"

    @classmethod
    def parse(cls, text: str) -> "NoteRef | None":
        """Return what a button names; None for anything else: it may be forged."""
        source, number = text[:1], text[1:]
        is_one = source in tuple(RecallSource) and number.isascii() and number.isdigit() and len(number) <= MOST_DIGITS
        return cls(RecallSource(source), int(number)) if is_one else None


class RecallNote(NamedTuple):
    """A note, written on `day` about an area or a focus (None: neither), and where it stands on the ladder.

    `entered` is the week in which it entered (None: it has not); the steps count from `since`. `asked_on` and
    `answered_on` are the days on which it was asked about, and answered, last.
    """

    ref: NoteRef
    day: date
    about: str | None
    length: int
    beginning: str
    since: date
    step: int = 0
    entered: Week | None = None
    asked_on: date | None = None
    answered_on: date | None = None

    @property
    def due_on(self) -> date:
        """The day on which its step is due; far in the future once it has left."""
        return NEVER if self.step >= DONE else self.since + timedelta(weeks=STEPS_WEEKS[self.step])

    @property
    def is_on_ladder(self) -> bool:
        """True until it has left."""
        return self.step < DONE

    def moved_on(self, today: date) -> "RecallNote":
        """Return the note at `today`: steps whose own week is over are passed."""
        note = self
        while note.is_on_ladder and today > note.due_on + OWN_WEEK:
            note = note._replace(step=note.step + 1)
        return note

    def is_due(self, today: date) -> bool:
        """Return True in its own week, unless it was asked about in it; `moved_on` comes first."""
        return self.due_on <= today and (self.asked_on is None or self.asked_on < self.due_on)

    def asked(self, today: date) -> "RecallNote":
        """Return the note once it is asked about on `today`; one that was not on the ladder enters it."""
        return self._replace(entered=self.entered or _entering_week(self, today), asked_on=today)

    def answered(self, mark: RecallMark, today: date) -> "RecallNote":
        """Return the note after an answer: on, the same step again, or back to one week; `moved_on` comes first.

        Before it is due a good answer changes nothing, so that practising at once is no short cut.
        """
        note = self._replace(answered_on=today, entered=self.entered or _entering_week(self, today))
        if mark is RecallMark.NO:
            return note._replace(step=0, since=today)
        if today < self.due_on:
            return note
        if mark is RecallMark.YES:
            return note._replace(step=self.step + 1)
        return note._replace(since=today)


def new_note(ref: NoteRef, day: date, about: str | None, length: int, beginning: str) -> RecallNote:
    """Return a note that has not entered the ladder: its steps count from the day on which it was written."""
    return RecallNote(ref, day, about, length, beginning, day)


def choose(notes: Iterable[RecallNote], today: date) -> RecallNote | None:
    """Return the note to ask about on `today`, of those on the ladder and those that may enter; None for none.

    One a day at most. The one that is due longest comes first, and those on the ladder before a new one.
    """
    now = [note.moved_on(today) for note in notes]
    if any(note.asked_on is not None and note.asked_on >= today for note in now):
        return None
    known = [note for note in now if note.entered is not None and note.is_due(today)]
    return min(known or _entering(now, today), key=_order, default=None)


def choose_next(notes: Iterable[RecallNote], today: date) -> RecallNote | None:
    """Return the note to open when somebody asks for one: what is due, else what comes next; None for none.

    Those that were answered on that day are through for it, and what was written on it is fresh yet.
    """
    now = [note.moved_on(today) for note in notes]
    known = [note for note in now if note.entered is not None and note.is_on_ladder]
    all_notes = (*known, *_best_of_weeks(now, today))
    waiting = [note for note in all_notes if note.answered_on != today and note.day < today]
    return min(waiting, key=_order, default=None)


def next_look(notes: Sequence[RecallNote], today: date) -> date:
    """Return the next day on which a note may have to be asked about, a week ahead at most: what is new is due then."""
    days = [today + timedelta(days=ahead) for ahead in range(1, DAYS_A_WEEK + 1)]
    return next((day for day in days if choose(notes, day) is not None), days[-1])


def keepable(notes: Iterable[RecallNote], today: date) -> list[RecallNote]:
    """Return the notes of the last two weeks that have not entered, newest first: those that can still be chosen."""
    new = [note for note in notes if note.entered is None and today - note.day <= KEEPABLE_FOR]
    return sorted(new, key=lambda note: (note.day, note.ref), reverse=True)


def keep(note: RecallNote, today: date) -> RecallNote:
    """Return a note that its writer keeps: it enters in the week in which it is due first.

    One that is too old to be chosen so, or was on the ladder and left it, begins anew on `today`.
    """
    if note.entered is not None or today - note.day > KEEPABLE_FOR:
        note = new_note(note.ref, today, note.about, note.length, note.beginning)._replace(day=note.day)
    note = note.moved_on(today)
    return note._replace(entered=_entering_week(note, today))


def becomes_quiet(refused_on: date | None, today: date) -> bool:
    """Return True if a *Not now* on `today` is the second in a row; pressed again on the day of the first it is not."""
    return refused_on is not None and refused_on < today


def _entering_week(note: RecallNote, today: date) -> Week:
    return Week.of(max(note.since + timedelta(weeks=STEPS_WEEKS[0]), today))


def _entering(notes: list[RecallNote], today: date) -> list[RecallNote]:
    """Return those that may enter today: none once one has entered this week."""
    if any(note.entered == Week.of(today) for note in notes):
        return []
    return [note for note in _best_of_weeks(notes, today) if note.is_due(today)]


def _best_of_weeks(notes: list[RecallNote], today: date) -> list[RecallNote]:
    """Return the new note of each week that has none on the ladder: the longest of the area recalled least lately."""
    recalled: dict[str | None, date] = {}
    for note in notes:
        last = max(note.asked_on or date.min, note.answered_on or date.min)
        recalled[note.about] = max(recalled.get(note.about, date.min), last)
    taken = {Week.of(note.day) for note in notes if note.entered is not None}
    taken_to_enter = {note.entered for note in notes}
    best: dict[Week, RecallNote] = {}
    for note in notes:
        week = Week.of(note.day)
        is_free = week not in taken and _entering_week(note, today) not in taken_to_enter
        if note.entered is None and note.is_on_ladder and is_free:
            rival = best.get(week)
            if rival is None or _merit(note, recalled) > _merit(rival, recalled):
                best[week] = note
    return list(best.values())


def _merit(note: RecallNote, recalled: dict[str | None, date]) -> tuple[int, int, NoteRef]:
    """Return what decides between new notes of one week: an area not recalled lately, then length."""
    return (-recalled[note.about].toordinal(), note.length, note.ref)


def _order(note: RecallNote) -> tuple[date, int, NoteRef]:
    return (note.due_on, -note.length, note.ref)
