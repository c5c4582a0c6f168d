"""Cards of an import, before and after it: the same words in a chat and on the command line."""

from collections.abc import Iterable, Mapping, Sequence

from bot.chat.card import Actions, Align, Block, Button, Card, Column, Line, Note, Table, Tone
from bot.chat.text import Bold
from bot.domain.duration import say
from bot.domain.names import cut, quoted
from bot.domain.timesheet.answers import About, Question
from bot.domain.timesheet.choice import NO_PROJECT, ProjectTotal
from bot.domain.timesheet.import_run import EARLIER, ImportRun
from bot.domain.timesheet.outcome import ImportOutcome, NewSession, Reason
from bot.domain.timesheet.plan import Plan
from bot.domain.timesheet.sessions import to_minutes
from bot.domain.timesheet.titles import Unit
from bot.domain.week import Week
from bot.views import words

MAX_PROJECTS = 12
MAX_REASONS = 6
MAX_RUNS = 10
MAX_NAME_CHARACTERS = 40
MAX_UNUSED = 6
COLUMNS = (Column("project"), Column("entries", Align.RIGHT), Column("time", Align.RIGHT))
SAMPLE_COLUMNS = (Column("day"), Column("time", Align.RIGHT), Column("project"), Column("area"), Column("note"))
RUN_COLUMNS = (Column("#"), Column("file"), Column("when"), Column("entries", Align.RIGHT), Column("time", Align.RIGHT))
RULE = "Imported time counts as hours, never for weeks, streaks or boards."
NOTHING_WRITTEN = "Nothing was written: this was a dry run."


def preview(
    name: str,
    plan: Plan,
    outcome: ImportOutcome,
    buttons: Sequence[Button] = (),
    *,
    most_projects: int = MAX_PROJECTS,
    is_detailed: bool = False,
) -> Card:
    """Show how a file is read and what would come in, before anything is written."""
    first = f"To bring in: {_say_sum(outcome)}." if outcome.sessions else _say_nothing(outcome)
    blocks: list[Block] = [Line((first,)), *say_samples(outcome.samples)]
    blocks.append(Note((f"A {plan.table.kind}. {_say_columns(plan)}",)))
    projects = outcome.projects.totals()
    if len(projects) > 1 or (projects and projects[0].name != NO_PROJECT):
        blocks.append(_projects(projects, most_projects))
    blocks += [*_say_left_out(outcome), *_say_beside(plan, outcome)]
    if is_detailed and outcome.weeks:
        blocks.append(_weeks(outcome.weeks))
    blocks += [Note((RULE,))] if outcome.sessions else []
    blocks += [Actions(tuple(buttons))] if buttons else []
    return Card(f"What is in {name}" if name else "What is in the file", tuple(blocks))


def imported(plan: Plan, outcome: ImportOutcome, buttons: Sequence[Button] = ()) -> Card:
    """Say what has come in, what was here already, and what was left out, with the reason."""
    actions = [Actions(tuple(buttons))] if buttons else []
    if not outcome.sessions:
        return Card("", (Line((_say_nothing(outcome),)), *_say_left_out(outcome), *_say_beside(plan, outcome)))
    blocks: list[Block] = [Line((Bold("Imported: "), f"{_say_sum(outcome)}."))]
    return Card(
        "",
        (*blocks, *_say_left_out(outcome), *_say_beside(plan, outcome), Note((RULE,)), *actions),
        Tone.GOOD,
    )


def ask(question: Question, samples: Sequence[NewSession], buttons: Sequence[Button], count: int) -> Card:
    """Ask what a file leaves open, with three rows as the likeliest reading would store them."""
    more = f" ({words.plural(count - 1, 'question')} after this one.)" if count > 1 else ""
    blocks: list[Block] = [Line((question.text + more,))]
    if samples and question.about is not About.TWINS:
        blocks += [Note((f"As I would read it{_say_proposed(question)}:",)), *say_samples(samples)]
    return Card("Before I bring anything in", (*blocks, Actions(tuple(buttons))), Tone.WARN)


def runs(imports: Sequence[ImportRun], buttons: Sequence[Button]) -> Card:
    """Show what was imported, run by run, the newest first."""
    rows = tuple(
        (
            str(run.number),
            cut(_name_of(run), MAX_NAME_CHARACTERS),
            f"{run.made_at:%Y-%m-%d}",
            f"{run.entries:,}",
            say(run.minutes),
        )
        for run in imports[:MAX_RUNS]
    )
    more = f" Shown are the newest {MAX_RUNS}." if len(imports) > MAX_RUNS else ""
    text = f"{words.plural(len(imports), 'import')}, each of which can be taken back whole.{more}"
    return Card("Your imports", (Line((text,)), Table(RUN_COLUMNS, rows), Actions(tuple(buttons))))


def ask_to_take_back(run: ImportRun, buttons: Sequence[Button]) -> Card:
    """Ask before an import is taken back."""
    text = f"Take back {quoted(_name_of(run))} with its {_say_entries(run.entries)}, {say(run.minutes)}?"
    return words.question("", (text, " It can be brought in again from its file."), *buttons)


def taken_back(run: ImportRun) -> Card:
    """Say what was taken back."""
    return words.done(f"Taken back: {quoted(_name_of(run))}, {_say_entries(run.entries)}, {say(run.minutes)}.")


def areas_set(run: ImportRun, changed: int) -> Card:
    """Say how many entries have another area now."""
    if not changed:
        return words.done(f"Nothing changed: the areas of {quoted(_name_of(run))} were like that already.")
    return words.done(
        f"{_say_entries(changed)} of {quoted(_name_of(run))} {'has' if changed == 1 else 'have'} a new area."
    )


def say_projects(projects: Sequence[ProjectTotal]) -> Card:
    """Show projects with their entries and time."""
    return Card("", (_projects(projects, MAX_PROJECTS),))


def _name_of(run: ImportRun) -> str:
    return run.file or (EARLIER if run.source == EARLIER else run.source)


def _say_proposed(question: Question) -> str:
    return f" ({question.proposed})" if question.proposed and question.about is not About.COLUMN else ""


def say_samples(samples: Sequence[NewSession]) -> list[Block]:
    """Return a table of the first sessions as they will be stored; columns in which nothing stands are left out."""
    rows = [
        (
            day.isoformat(),
            say(minutes),
            "" if session.project == NO_PROJECT else cut(session.project, MAX_NAME_CHARACTERS),
            session.area or "",
            cut(session.learned or "", MAX_NAME_CHARACTERS),
        )
        for session in samples
        for day, minutes in session.parts
    ]
    if not rows:
        return []
    filled = [at for at in range(len(SAMPLE_COLUMNS)) if any(row[at] for row in rows)]
    columns = tuple(SAMPLE_COLUMNS[at] for at in filled)
    return [Table(columns, tuple(tuple(row[at] for at in filled) for row in rows[:3]))]


def _say_columns(plan: Plan) -> str:
    """Say which column means what, and which are not read."""
    columns, titles = plan.columns, plan.table.titles
    named = plan.table.has_titles

    def title(at: int) -> str:
        return quoted(titles[at]) if named else f"column {at + 1}"

    units = {
        Unit.DAYS: "days",
        Unit.HOURS: "hours",
        Unit.MINUTES: "minutes",
        Unit.SECONDS: "seconds",
        Unit.MILLISECONDS: "milliseconds",
    }
    unit = f" in {units[plan.unit.number]}" if plan.unit.number is not None and columns.length >= 0 else ""
    parts = [("day", title(columns.day))]
    if columns.has_length:
        length = " and ".join(title(at) for at in (columns.length, *(at for at, _ in columns.parts)) if at >= 0)
        parts.append(("time", f"{length}{unit}"))
    elif columns.has_span:
        without = f" without {title(columns.pause)}" if columns.pause >= 0 else ""
        parts.append(("time", f"{title(columns.start)} to {title(columns.end)}{without}"))
    if columns.project >= 0:
        parts.append(("project", title(columns.project)))
    if columns.notes:
        parts.append(("note", " or ".join(title(at) for at in columns.notes)))
    text = f"Read as {', '.join(f'{meaning} {name}' for meaning, name in parts)}."
    unused = plan.unused_titles()
    if unused:
        more = f" and {len(unused) - MAX_UNUSED} more" if len(unused) > MAX_UNUSED else ""
        text += f" Not read: {', '.join(quoted(name) for name in unused[:MAX_UNUSED])}{more}."
    return text


def _projects(projects: Sequence[ProjectTotal], most: int) -> Table:
    rows = [
        (cut(project.name, MAX_NAME_CHARACTERS), f"{project.entries:,}", say(project.minutes)) for project in projects
    ]
    rest = projects[most:]
    if rest:
        entries, minutes = sum(project.entries for project in rest), sum(project.minutes for project in rest)
        rows = [*rows[:most], (f"{len(rest):,} more", f"{entries:,}", say(minutes))]
    return Table(COLUMNS, tuple(rows))


def _weeks(weeks: Mapping[Week, int]) -> Table:
    rows = tuple((f"{week} {week.sunday.year}", say(minutes)) for week, minutes in sorted(weeks.items()))
    return Table((Column("week"), Column("time", Align.RIGHT)), rows)


def _say_entries(count: int) -> str:
    return words.plural(count, "entry", "entries")


def _say_sum(outcome: ImportOutcome) -> str:
    return f"{_say_entries(outcome.entries)}, {say(outcome.minutes)}, from {outcome.first} to {outcome.last}"


def _say_nothing(outcome: ImportOutcome) -> str:
    if outcome.known:
        return f"Nothing new: {_say_entries(outcome.known)} of it {'is' if outcome.known == 1 else 'are'} here already."
    return "There is nothing in it to bring in."


def _say_left_out(outcome: ImportOutcome) -> list[Block]:
    blocks: list[Block] = []
    if outcome.known and outcome.sessions:
        known = f"{_say_entries(outcome.known)} {'was' if outcome.known == 1 else 'were'} here already."
        blocks.append(Note((known,)))
    if outcome.replaced:
        blocks.append(Note((f"{_say_entries(outcome.replaced)} of them in the place of one with another length.",)))
    reasons = sorted(outcome.left_out.items(), key=lambda item: -item[1].rows)
    if reasons:
        told = [say_reason(text, reason) for text, reason in reasons[:MAX_REASONS]]
        more = sum(reason.rows for _, reason in reasons[MAX_REASONS:])
        told += [f"{words.plural(more, 'row')} for other reasons"] if more else []
        blocks.append(Note((f"Left out: {'; '.join(told)}.",)))
    return blocks


def say_reason(text: str, reason: Reason) -> str:
    """Say why rows were left out, how many, their hours as far as they are known, and which."""
    hours = f", {say(to_minutes(reason.ms))}" if to_minutes(reason.ms) else ""
    rows = ", ".join(f"row {row.number}{': ' + row.detail if row.detail else ''}" for row in reason.examples)
    more = " …" if reason.rows > len(reason.examples) else ""
    return f"{words.plural(reason.rows, 'row')} {text}{hours} ({rows}{more})"


def _say_beside(plan: Plan, outcome: ImportOutcome) -> Iterable[Block]:
    overlap = outcome.find_overlap()
    if overlap is not None:
        are = "entry overlaps" if overlap.sessions == 1 else "entries overlap"
        yield Note(
            (f"{overlap.sessions:,} {are} with another, by {say(overlap.minutes)} in all, first on {overlap.day}.",)
        )
    yield from (Note((note,)) for note in plan.table.notes)
