"""A plan of how a file is read: which column means what, in which unit and order of dates, and whose rows.

What a file says for certain is in it silently; what would be a guess is a question, and nothing is brought in before
it is answered (product rules, "Import").
"""

from dataclasses import dataclass, replace
from datetime import date, tzinfo

from bot.domain.names import quoted
from bot.domain.timesheet.answers import About, Answers, Question
from bot.domain.timesheet.columns import ColumnFinder, Columns, apply_said
from bot.domain.timesheet.lengths import ClockKind, LengthUnit
from bot.domain.timesheet.order import DateOrder
from bot.domain.timesheet.ranges import part_ranges
from bot.domain.timesheet.shapes import DATED, MEASURED, ColumnShape, Shape, shapes_of
from bot.domain.timesheet.survey import SHORT_CLOCK_HOURS, LengthEvidence, OrderEvidence, Survey
from bot.domain.timesheet.table import SheetKind, Table
from bot.domain.timesheet.titles import Unit
from bot.domain.timesheet.which_column import ask_about_names, ask_which_day
from bot.domain.timesheet.which_length import LengthFinder
from bot.errors import Refused

SAMPLE_ROWS = 400
MOST_NAMED = 8
MINUTES_A_DAY = 1440
HOURS_A_DAY = 24
LIKELY_HOURS = 12
"""Bare numbers up to this mean hours where people type them, too (product rules, "Check-in")."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How a table is read. Rows can be read by it even while `questions` are open: by what is proposed."""

    table: Table
    columns: Columns
    unit: LengthUnit
    order: DateOrder | None
    year: int | None
    member: str | None
    zone: tzinfo
    today: date
    questions: tuple[Question, ...] = ()
    pause_unit: Unit = Unit.MINUTES

    @property
    def is_readable(self) -> bool:
        """True if rows can be read, be it by a guess."""
        columns = self.columns
        return columns.day >= 0 and (columns.has_length or columns.has_span)

    def unused_titles(self) -> list[str]:
        """Return the titles of columns that are not read."""
        used = self.columns.used()
        titles = self.table.titles if self.table.has_titles else ()
        return [title.strip() for at, title in enumerate(titles) if at not in used and title.strip()]


def make_plan(table: Table, answers: Answers, zone: tzinfo, today: date) -> Plan:
    """Return the plan of a table. Raises `Refused` if nothing in it can be a day or a length."""
    table = part_ranges(table)
    sample = table.sample(SAMPLE_ROWS)
    shapes = shapes_of(sample, len(table.titles))
    titles = table.titles if table.has_titles else tuple("" for _ in table.titles)
    finder = ColumnFinder(titles, shapes)
    columns = finder.find() if table.has_titles else Columns()
    columns = apply_said(columns, answers.columns, table.titles, table.has_titles)
    if not table.has_titles and (columns.day < 0 or not (columns.has_length or columns.has_span)):
        return _ask_for_titles(table, shapes, answers, zone, today)
    if columns.day < 0:
        named = ", ".join(quoted(title) for title in table.titles[:MOST_NAMED])
        raise Refused(
            f"No column there has a day; there are {named}. A summary has none: export the detailed report.",
            "Date,Duration,Description",
        )
    unit: Unit | None = None
    questions: list[Question] = []
    if columns.length >= 0:
        unit = finder.titles[columns.length].unit
    elif not columns.parts and not {"start", "end"} <= answers.columns.keys():
        found = LengthFinder(finder, columns, sample).find()
        columns, unit = found.columns, found.unit
        columns = replace(columns, notes=tuple(at for at in columns.notes if at not in (columns.length, columns.start)))
        questions += _one(found.question)
        if columns.project in (columns.length, columns.start):
            columns = replace(columns, project=-1)
    if "day" not in answers.columns:
        questions += _one(ask_which_day(finder, columns, sample))
    if not {"member", "note"} & answers.columns.keys():
        questions += _one(ask_about_names(finder, columns, sample))
    has_breaks = columns.has_span and not columns.has_length
    pause, pause_unit = finder.find_pause(sample) if has_breaks else (-1, Unit.MINUTES)
    columns = replace(columns, pause=pause)
    if table.kind is SheetKind.ACTIVITYWATCH:
        unit = unit or Unit.SECONDS
    times = (at for at in (columns.start, columns.end, columns.end_day) if at >= 0 and shapes[at].is_mostly(*DATED))
    survey = Survey(table, columns, {columns.day, *times})
    order, asked = _find_order(survey.order, answers)
    questions += asked
    year, asked = _find_year(survey.order, answers, today)
    questions += asked
    if columns.length >= 0 and answers.clock is None and finder.titles[columns.length].clock:
        answers = replace(answers, unit=answers.unit or finder.titles[columns.length].clock)
    length_unit, asked = _find_unit(survey.length, unit, answers, _title_of(table, columns.length))
    questions += asked
    questions += _ask_whose(survey, answers)
    return Plan(table, columns, length_unit, order, year, answers.member, zone, today, tuple(questions), pause_unit)


def _one(question: Question | None) -> list[Question]:
    return [] if question is None else [question]


def _title_of(table: Table, at: int) -> str:
    if at < 0:
        return ""
    return table.titles[at].strip() if table.has_titles else f"column {at + 1}"


def _find_order(evidence: OrderEvidence, answers: Answers) -> tuple[DateOrder | None, list[Question]]:
    if answers.order is not None or not evidence.count:
        return answers.order, []
    possible = evidence.possible
    if not possible:
        first, *_, last = [evidence.examples[order] for order in DateOrder if order in evidence.examples] or ["", ""]
        text = f"The dates are at odds: {first} and {last} cannot have the same order. Which comes first, day or month?"
        return evidence.likeliest, [_order_question(text, tuple(DateOrder)[:2], evidence.likeliest)]
    if len(possible) == 1 or not evidence.open_example:
        return possible[0], []
    what = "the day, the month or the year" if DateOrder.YEAR_FIRST in possible else "the day or the month"
    text = f"Dates such as {evidence.open_example} can be read both ways. What comes first in them, {what}?"
    return possible[0], [_order_question(text, tuple(possible), possible[-1] if len(possible) == 3 else possible[0])]


def _order_question(text: str, choices: tuple[DateOrder, ...], proposed: DateOrder) -> Question:
    return Question(About.ORDER, text, tuple(order.replace(" ", "-") for order in choices), proposed.replace(" ", "-"))


def _find_year(evidence: OrderEvidence, answers: Answers, today: date) -> tuple[int | None, list[Question]]:
    if answers.year is not None or not evidence.yearless_example:
        return answers.year, []
    years = (today.year, today.year - 1)
    text = f"Dates such as {quoted(evidence.yearless_example)} have no year. Which year is it?"
    return today.year, [Question(About.YEAR, text, tuple(map(str, years)), str(today.year))]


def _find_unit(
    evidence: LengthEvidence, unit: Unit | None, answers: Answers, title: str
) -> tuple[LengthUnit, list[Question]]:
    """Return what lengths are read by, and what has to be asked about their unit."""
    number, questions = _find_number_unit(evidence, answers.number_unit or unit, answers, title)
    clock = answers.clock or ClockKind.HOURS
    is_open = (
        evidence.short_clocks and not evidence.has_long_clocks and evidence.largest_clock_hours >= SHORT_CLOCK_HOURS
    )
    if answers.clock is None and is_open:
        text = f"Is {' or '.join(evidence.short_clocks)} in {quoted(title)} hours and minutes, or minutes and seconds?"
        questions.append(Question(About.UNIT, text, ("hh:mm", "mm:ss"), "mm:ss"))
        clock = ClockKind.MINUTES
    is_open_to_clocks = answers.number_unit is None and answers.clock is not ClockKind.MINUTES
    has_clock_dots = evidence.may_have_clock_dots and number is Unit.HOURS and is_open_to_clocks
    return LengthUnit(number, clock, evidence.has_decimal_dots, has_clock_dots), questions


def _find_number_unit(
    evidence: LengthEvidence, unit: Unit | None, answers: Answers, title: str
) -> tuple[Unit | None, list[Question]]:
    """Return the unit of bare numbers, None where there are none, and what has to be asked about it."""
    may_be_hours = unit in (None, Unit.HOURS) and answers.number_unit is None
    if may_be_hours and evidence.may_have_clock_dots:
        return Unit.HOURS, [] if answers.clock is not None else [_ask_about_dots(evidence, title)]
    if may_be_hours and evidence.are_parts_of_days:
        return Unit.DAYS, [_ask_about_days(evidence, title)]
    if unit is not None or not evidence.numbers:
        return unit, []
    number, question = _unit_by_size(evidence, title)
    return number, _one(question)


def _ask_about_dots(evidence: LengthEvidence, title: str) -> Question:
    examples = " and ".join(evidence.numbers)
    text = f"Are the numbers of {quoted(title)}, such as {examples}, hours with decimals, or hours and minutes?"
    return Question(About.UNIT, text, ("hours", "hh:mm"), "hh:mm")


def _ask_about_days(evidence: LengthEvidence, title: str) -> Question:
    examples = " and ".join(evidence.numbers)
    text = f"In which unit is {quoted(title)}, with numbers such as {examples}: parts of a day, or hours?"
    return Question(About.UNIT, text, ("days", "hours"), "days")


def _unit_by_size(evidence: LengthEvidence, title: str) -> tuple[Unit, Question | None]:
    """Return the unit of bare numbers by their size: certain only where no other could be meant."""
    if evidence.largest > MINUTES_A_DAY:
        return Unit.SECONDS, None
    if evidence.has_fraction and evidence.are_quarters and evidence.largest <= LIKELY_HOURS:
        return Unit.HOURS, None
    is_hours = evidence.largest <= LIKELY_HOURS
    choices = ("hours", "minutes") if evidence.largest <= HOURS_A_DAY else ("minutes", "seconds")
    proposed = "hours" if is_hours else "minutes"
    examples = " and ".join(evidence.numbers)
    text = f"In which unit is {quoted(title)}, with numbers such as {examples}: {' or '.join(choices)}?"
    return (Unit.HOURS if is_hours else Unit.MINUTES), Question(About.UNIT, text, choices, proposed)


def _ask_whose(survey: Survey, answers: Answers) -> list[Question]:
    names = [_shown_name(name) for name in sorted(survey.members, key=lambda name: -survey.members[name])]
    if answers.member is not None:
        folded = answers.member.casefold()
        if not any(matches_member(name, folded) for name in survey.members):
            listed = ", ".join(quoted(name) for name in names[:MOST_NAMED])
            raise Refused(
                f"Nothing in that file is of {quoted(answers.member)}; there are {listed or 'no names in it'}."
            )
        return []
    if len(names) < 2:
        return []
    listed = ", ".join(quoted(name) for name in names[:MOST_NAMED])
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return [
        Question(
            About.MEMBER,
            f"That file holds the time of {len(names)} people: {listed}{more}. Whose is yours?",
            tuple(names),
        )
    ]


def matches_member(cells: tuple[str, ...], folded: str) -> bool:
    """Return True if a row with these cells is of the member with that name, in case-folded letters."""
    return any(cell.casefold() == folded for cell in cells) or " ".join(cells).strip().casefold() == folded


def _shown_name(cells: tuple[str, ...]) -> str:
    """Return the name as it is shown: first and last name together, else the first that is there."""
    return next((cell for cell in cells if " " in cell), "") or (
        " ".join(cells).strip() if len(cells) == 2 else next(filter(None, cells))
    )


def _ask_for_titles(table: Table, shapes: list[ColumnShape], answers: Answers, zone: tzinfo, today: date) -> Plan:
    """Return a plan that asks what the columns of a table without titles mean, with what their values propose."""
    places = range(len(shapes))
    day = next((at for at in places if shapes[at].filled and shapes[at].is_mostly(*DATED)), -1)
    if day < 0:
        raise Refused("There are no titles in that file, and no column that has a day.", "Date,Duration,Description")
    said = {meaning: int(at) - 1 for meaning, at in answers.columns.items() if at.isdigit()}
    taken = {day, *said.values()}
    length = next(
        (at for at in places if at not in taken and shapes[at].is_mostly(*MEASURED) and shapes[at].filled), -1
    )
    words = [at for at in places if at not in (day, length) and shapes[at].is_mostly(Shape.TEXT) and shapes[at].filled]
    proposal = {
        "day": day,
        **({"length": length} if length >= 0 else {}),
        **dict(zip(("project", "note"), words, strict=False)),
    }
    proposed = {**proposal, **said}
    columns = Columns(day, length=proposed.get("length", -1), project=proposed.get("project", -1))
    columns = replace(columns, notes=(proposed["note"],) if "note" in proposed else ())
    listed = ", ".join(f"{at + 1} the {meaning}" for meaning, at in proposed.items())
    text = f"The table has no titles. Of its {len(shapes)} columns I would take {listed}. What does each column mean?"
    choices = tuple(f"{meaning}={at + 1}" for meaning, at in proposed.items())
    question = Question(About.COLUMN, text, choices, ",".join(choices) if length >= 0 else None)
    unit = LengthUnit(answers.number_unit, answers.clock or ClockKind.HOURS, has_decimal_dots=True)
    return Plan(table, columns, unit, answers.order, answers.year, answers.member, zone, today, (question,))
