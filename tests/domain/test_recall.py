"""The ladder of notes that come back, against a model that lives through it day by day."""

from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.recall import (
    DONE,
    NEVER,
    NoteRef,
    RecallMark,
    RecallNote,
    RecallSource,
    becomes_quiet,
    choose,
    choose_next,
    keep,
    keepable,
    new_note,
    next_look,
)
from bot.domain.week import Week

MONDAY = date(2026, 1, 5)
DAY = timedelta(days=1)


def note_of(number: int, day: date = MONDAY, about: str | None = "Statistics", length: int = 10) -> RecallNote:
    return new_note(NoteRef(RecallSource.CHECKIN, number), day, about, length, "")


def on(days: int) -> date:
    return MONDAY + timedelta(days=days)


@pytest.mark.parametrize(
    ("days", "step", "due"),
    [(0, 0, 7), (7, 0, 7), (13, 0, 7), (14, 1, 28), (34, 1, 28), (35, 2, 84), (91, 3, 182), (188, 3, 182), (189, 4, 0)],
)
def test_a_note_that_nobody_asks_about_moves_on_by_itself(days: int, step: int, due: int) -> None:
    moved = note_of(1).moved_on(on(days))
    assert moved.step == step
    assert moved.due_on == (NEVER if step == DONE else on(due))


def test_the_answers() -> None:
    asked = note_of(1).asked(on(8))
    assert (asked.entered, asked.asked_on, asked.is_due(on(8))) == (Week(on(7)), on(8), False)
    yes = asked.answered(RecallMark.YES, on(8))
    assert (yes.step, yes.due_on) == (1, on(28))
    partly = yes.answered(RecallMark.PARTLY, on(30))
    assert (partly.step, partly.due_on) == (1, on(58))
    forgotten = partly.answered(RecallMark.NO, on(58))
    assert (forgotten.step, forgotten.due_on) == (0, on(65))


def test_a_good_answer_before_it_is_due_changes_nothing_but_a_bad_one_does() -> None:
    note = note_of(1)._replace(entered=Week(on(7)))
    for mark in (RecallMark.YES, RecallMark.PARTLY):
        assert note.answered(mark, on(3)) == note._replace(answered_on=on(3))
    assert note.answered(RecallMark.NO, on(3)).due_on == on(10)


def test_the_last_yes_ends_it() -> None:
    note = note_of(1)._replace(step=3, entered=Week(on(7)))
    assert not note.answered(RecallMark.YES, on(182)).is_on_ladder


def test_the_longest_of_an_area_not_recalled_lately_enters() -> None:
    known = note_of(1, on(-30), "Statistics")._replace(entered=Week(on(-21)), since=on(-30), step=1, asked_on=on(-2))
    short, long = note_of(2, MONDAY, "DevOps", 20), note_of(3, on(1), "DevOps", 30)
    longest = note_of(4, on(1), "Statistics", 90)
    notes = [known, short, long, longest]
    assert choose(notes, on(7)) is None, "the short one gives way, and the long one isn't due yet"
    chosen = choose(notes, on(8))
    assert chosen is not None
    assert chosen.ref.number == 3


def test_one_enters_a_week() -> None:
    first, second = note_of(1, MONDAY), note_of(2, on(-3))
    entered = note_of(3, on(-21))._replace(entered=Week(on(7)), step=DONE)
    assert choose([first, second], on(7)) is not None
    assert choose([first, second, entered], on(7)) is None


def test_one_a_day() -> None:
    due = note_of(1)._replace(entered=Week(on(7)))
    asked = note_of(2, on(-23))._replace(entered=Week(on(-14)), step=1, asked_on=on(7))
    assert choose([due, asked], on(7)) is None
    assert choose([due, asked], on(8)) == due


def test_what_somebody_keeps_comes_in_the_place_of_the_longest() -> None:
    short, long = note_of(1, length=5), note_of(2, length=500)
    kept = keep(short, on(2))
    assert kept.entered == Week(on(7))
    assert choose([kept, long], on(7)) == kept
    assert keep(note_of(3, on(-13)), MONDAY).entered == Week(MONDAY)


def test_what_is_old_or_has_left_begins_anew_when_it_is_kept() -> None:
    for note in (note_of(1, on(-15)), note_of(1)._replace(step=DONE, entered=Week(on(-70)), asked_on=on(-60))):
        kept = keep(note, MONDAY)
        assert (kept.day, kept.about, kept.length) == (note.day, note.about, note.length)
        assert (kept.since, kept.step, kept.entered, kept.asked_on) == (MONDAY, 0, Week(on(7)), None)


def test_opening_one_takes_what_is_due_then_what_comes_next() -> None:
    due = note_of(1)._replace(entered=Week(on(7)), asked_on=on(7))
    coming = note_of(2, on(-20))._replace(entered=Week(on(-14)), step=1)
    new, fresh = note_of(3, on(7)), note_of(5, on(8), length=500)
    left = note_of(4)._replace(step=DONE, entered=Week(on(-70)))
    notes = [new, left, coming, due]
    assert choose_next([fresh], on(8)) is None
    opened: list[int] = []
    while (note := choose_next(notes, on(8))) is not None:
        opened.append(note.ref.number)
        notes = [each.answered(RecallMark.YES, on(8)) if each.ref == note.ref else each for each in notes]
    assert opened == [1, 2, 3]


def test_the_next_look_is_when_something_is_due_and_a_week_ahead_at_most() -> None:
    assert next_look([], MONDAY) == on(7)
    assert next_look([note_of(1, on(-3))], MONDAY) == on(4)
    assert next_look([note_of(1)._replace(entered=Week(on(7)), asked_on=on(8))], on(8)) == on(15)


def test_notes_that_can_be_kept_are_new_and_of_the_last_two_weeks() -> None:
    known, old = note_of(1)._replace(entered=Week(on(7))), note_of(2, on(-15))
    new, newer = note_of(3, on(-14)), note_of(4, MONDAY)
    assert keepable([known, old, new, newer], MONDAY) == [newer, new]


@pytest.mark.parametrize(("refused_on", "is_quiet"), [(None, False), (MONDAY, False), (MONDAY - DAY, True)])
def test_two_refusals_in_a_row_on_two_days_make_it_quiet(refused_on: date | None, is_quiet: bool) -> None:
    assert becomes_quiet(refused_on, MONDAY) is is_quiet


@pytest.mark.parametrize("text", ["", "c", "x1", "c-1", "c1x", "f" + "1" * 13, "c²"])
def test_a_forged_note_is_none(text: str) -> None:
    assert NoteRef.parse(text) is None


def test_a_note_is_named_by_its_letter_and_number() -> None:
    assert [str(NoteRef(source, 12)) for source in RecallSource] == ["c12", "f12"]


@given(st.sampled_from(RecallSource), st.integers(0, 10**12 - 1))
def test_a_note_is_named_by_a_button(source: RecallSource, number: int) -> None:
    assert NoteRef.parse(str(NoteRef(source, number))) == NoteRef(source, number)


MARKS = st.one_of(st.none(), st.sampled_from(RecallMark))


class Model:
    """One note, day by day: its step, the day from which it counts, and if it was asked about in its own week."""

    def __init__(self) -> None:
        self.due, self.step, self.since, self.is_asked = on(7), 0, MONDAY, False

    def live(self, today: date, mark: RecallMark | None) -> bool:
        """Return True if the note is asked about today, and take the answer, if one is given."""
        if self.step < 4 and today == self.due + 7 * DAY:
            self._go(self.step + 1)
        is_now = self.step < 4 and self.due <= today and not self.is_asked
        if is_now:
            self.is_asked = True
            if mark is RecallMark.YES:
                self._go(self.step + 1)
            elif mark is not None:
                self.since = today
                self._go(self.step if mark is RecallMark.PARTLY else 0)
        return is_now

    def _go(self, step: int) -> None:
        self.step, self.is_asked = step, False
        self.due = self.since + timedelta(weeks=[1, 4, 12, 26, 10_000][step])


@given(st.lists(st.tuples(st.integers(1, 40), MARKS), max_size=40))
def test_a_note_lives_as_the_model_does(visits: list[tuple[int, RecallMark | None]]) -> None:
    model, note, today = Model(), note_of(1), MONDAY
    for gap, mark in visits:
        for _ in range(gap - 1):
            today += DAY
            if model.step < 4 and today == model.due + 7 * DAY:
                model._go(model.step + 1)
        today += DAY
        is_asked = model.live(today, mark)
        chosen = choose([note], today)
        assert (chosen is not None) is is_asked
        if chosen is not None:
            note = chosen.asked(today)
            note = note.answered(mark, today) if mark is not None else note


NOTES = st.lists(
    st.tuples(st.integers(0, 60), st.sampled_from(["Statistics", "DevOps", None]), st.integers(1, 50)), max_size=25
)


def written(notes: Iterable[tuple[int, str | None, int]]) -> list[RecallNote]:
    return [note_of(number, on(days), about, length) for number, (days, about, length) in enumerate(notes)]


@given(NOTES, st.lists(MARKS, min_size=120, max_size=120))
def test_over_months_one_is_asked_a_day_one_enters_a_week_and_no_look_comes_late(
    notes: list[tuple[int, str | None, int]], marks: list[RecallMark | None]
) -> None:
    known, look_on, entered = written(notes), MONDAY, list[Week]()
    for days, mark in enumerate(marks):
        today = on(days)
        visible = [note for note in known if note.day <= today]
        chosen = choose(visible, today)
        if today < look_on:
            assert chosen is None, "a note is due before the next look"
            continue
        if chosen is not None:
            is_new = chosen.entered is None
            after = chosen.asked(today)
            assert after.entered is not None
            entered += [after.entered] if is_new else []
            rivals = [note for note in visible if Week.of(note.day) == Week.of(chosen.day) and note.entered is None]
            if is_new:
                assert after.entered == Week.of(today)
                assert all(note.length <= chosen.length for note in rivals if note.about == chosen.about)
            assert choose([after if note.ref == chosen.ref else note for note in visible], today) is None
            after = after.answered(mark, today) if mark is not None else after
            known = [after if note.ref == chosen.ref else note for note in known]
        visible = [note for note in known if note.day <= today]
        look_on = next_look(visible, today)
        assert today < look_on <= today + 7 * DAY
    assert len(entered) == len(set(entered))
