"""From an opened file to what it comes to: the plan, the questions that are open, and the sessions to store."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, tzinfo

from bot.chat.command import Reading
from bot.commands.shared.options import read_area
from bot.domain.names import quoted
from bot.domain.timesheet.answers import MEANINGS, About, Answers, Question, Twins
from bot.domain.timesheet.choice import (
    ALL_OTHERS,
    Chooser,
    ImportChoice,
    ProjectChoice,
    ProjectLine,
    match_projects,
    sum_by_project,
)
from bot.domain.timesheet.known import KnownSessions
from bot.domain.timesheet.order import DateOrder
from bot.domain.timesheet.outcome import Importer, ImportOutcome
from bot.domain.timesheet.plan import Plan, make_plan
from bot.domain.timesheet.sessions import read_sessions
from bot.domain.timesheet.table import Table
from bot.errors import Refused
from bot.views.importing import say_reason


@dataclass(frozen=True, slots=True)
class FileOwner:
    """The facts about a person that must be known before their file can be read."""

    today: date
    zone: tzinfo
    areas: tuple[str, ...]

    @property
    def reading(self) -> Reading:
        """What words are read with."""
        return Reading(self.today, self.areas)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a person chose, as they typed it: an area for all, and lines of projects."""

    area: str = ""
    projects: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class PlannedImport:
    """A plan and a choice: all that is needed to go through the file, as often as it takes."""

    plan: Plan
    choice: ImportChoice

    def importer(self, known: KnownSessions, day_totals: dict[str, int], twins: Twins | None) -> Importer:
        """Return what goes through the file once, beside what is known."""
        return Importer(self.plan, Chooser(self.choice), known, dict(day_totals), twins)

    def look(self, known: KnownSessions, day_totals: dict[str, int], twins: Twins | None) -> ImportOutcome:
        """Return what it would come to; nothing is stored."""
        importer = self.importer(known, day_totals, twins)
        for _ in importer.go_through():
            pass
        return importer.outcome


def plan_import(table: Table, answers: Answers, chosen: Chosen, owner: FileOwner) -> PlannedImport:
    """Return the plan of a file with what is chosen of it. Raises `Refused` where that cannot be."""
    plan = make_plan(table, answers, owner.zone, owner.today)
    area = read_area(chosen.area, owner.reading) if chosen.area else None
    lines = [ProjectLine(line) for line in chosen.projects if line.strip()]
    projects = _choose_projects(plan, lines, owner) if lines and plan.is_readable else None
    return PlannedImport(plan, ImportChoice(owner.areas, area, projects))


def accept_proposals(answers: Answers, questions: Sequence[Question]) -> Answers:
    """Return the answers with what the questions propose."""
    for question in questions:
        if question.proposed is not None:
            answers = with_answer(answers, question.about, question.proposed)
    return answers


def with_answer(answers: Answers, about: About, said: str) -> Answers:
    """Return the answers with one more, as it is typed. Raises `Refused` for one that cannot be read."""
    match about:
        case About.UNIT:
            return replace(answers, unit=said)
        case About.ORDER:
            return replace(answers, order=DateOrder(said.replace("-", " ")))
        case About.YEAR:
            return replace(answers, year=int(said))
        case About.MEMBER:
            return replace(answers, member=said)
        case About.COLUMN:
            return replace(answers, columns={**answers.columns, **read_columns(said.split(","))})
        case About.TWINS:
            return replace(answers, twins=Twins(said))


def read_columns(lines: Sequence[str]) -> dict[str, str]:
    """Read "meaning=title" or "meaning=number" lines. Raises `Refused` for any other."""
    columns = {}
    for line in lines:
        meaning, equals, title = line.partition("=")
        name = meaning.strip().casefold()
        if not line.strip():
            continue
        if not equals or name not in MEANINGS or not title.strip():
            raise Refused(
                f"I can't read {quoted(line)}: a column is said as one of {', '.join(MEANINGS)}.", "length=Worked"
            )
        columns[name] = title.strip()
    return columns


def ask_about_twins(outcome: ImportOutcome) -> Question | None:
    """Return the question about sessions that are nearly ones that are here; None if there are none."""
    if not outcome.twin_count:
        return None
    first = outcome.twins[0]
    text = (
        f"{outcome.twin_count:,} of its entries differ a little from ones that are here: on {first.day} "
        f"{first.minutes} min instead of {first.known_minutes} min. "
        "Put the new ones in their place, keep both, or leave them out?"
    )
    return Question(About.TWINS, text, tuple(Twins), Twins.REPLACE)


def require_readable(outcome: ImportOutcome) -> None:
    """Raise `Refused`, with the reasons, if no row of a file could be read."""
    if outcome.has_read_any:
        return
    if not outcome.left_out:
        raise Refused("There is no row with a duration in that file.", "2026-01-05,1:30,Statistics")
    reasons = "; ".join(say_reason(text, reason) for text, reason in outcome.left_out.items())
    raise Refused(f"No row of that file can be brought in: {reasons}.")


def _choose_projects(plan: Plan, lines: Sequence[ProjectLine], owner: FileOwner) -> ProjectChoice:
    chosen = match_projects(lines, sum_by_project(read_sessions(plan)()))
    areas = {
        name.casefold(): read_area(area, owner.reading) if area else None for name, area in chosen if name != ALL_OTHERS
    }
    return ProjectChoice(areas, others=any(name.casefold() == ALL_OTHERS for name, _ in chosen))
