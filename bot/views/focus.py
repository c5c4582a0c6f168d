"""The focus: where it stands in a few words, its start and its end, and the list of all there have been."""

from datetime import datetime

from bot.chat.card import Actions, Block, Button, Card, Fact, Line, Note, Quote, Style, Tone
from bot.chat.text import Bold, Code, Link, Text
from bot.domain.duration import HOUR, say, say_hours
from bot.domain.focus import Focus, FocusOutcome
from bot.domain.person import Person
from bot.views import words

EXACT_BELOW = 10 * HOUR

START = Button("Start a focus", "focus start", style=Style.PRIMARY, opens_form=True)
FINISH = Button("Finish it", "focus finish", opens_form=True)


def say_effort(focus: Focus, person: Person, now: datetime) -> str:
    """`week 7, 46 h of about 80 h` while it runs, `7 weeks, 46 h of about 80 h` once it has ended."""
    weeks = focus.weeks(person.zone, now)
    lasted = f"week {weeks}" if focus.outcome is None else words.plural(weeks, "week")
    estimate = focus.plan.estimate
    of = f" of about {say(estimate)}" if estimate else ""
    spent = say(focus.minutes) if focus.minutes < EXACT_BELOW else say_hours(focus.minutes)
    return f"{lasted}, {spent}{of}"


def say_focus(focus: Focus, person: Person, now: datetime) -> Fact:
    """The focus on somebody's card."""
    return Fact("Focus", (Bold(focus.title), f" · {say_effort(focus, person, now)}"))


def started(focus: Focus, goal: int, aside: Focus | None) -> Card:
    """What it is, and how long it may take at the goal."""
    blocks: list[Block] = []
    if aside is not None:
        blocks.append(Note((f"“{aside.title}” is set aside with {say(aside.minutes)}; its hours stay.",)))
    blocks.append(Line(("From now on your check-ins belong to ", Bold(focus.title), ".")))
    estimate = focus.plan.estimate
    if estimate:
        weeks = words.plural(-(-estimate // goal), "week")
        blocks.append(Line((f"About {say(estimate)}: {weeks} at {say(goal)} a week.",)))
    blocks += _done(focus)
    blocks.append(Note(("When it is done: ", Code("/focus finish"), ".")))
    return Card("Your focus", (*blocks, Actions((words.CHECK_IN,))), Tone.GOOD)


def occupied(running: Focus, person: Person, now: datetime, wanted: dict[str, str]) -> Card:
    """One thing at a time: what is to become of the one that runs? `wanted` is what was typed of the new one."""
    plan = {name: wanted[name] for name in ("title", "hours", "done") if wanted.get(name)}
    focus = {"focus": str(running.number)}
    then = {f"next_{name}": text for name, text in plan.items()} if "title" in plan else {}
    finish = Button("Finish it", "focus finish", {**focus, **then}, Style.PRIMARY, opens_form=True)
    aside = Button("Set it aside", "focus start", {**plan, **focus}, opens_form="title" not in plan)
    said: Text = ("Your focus is ", Bold(running.title), f" ({say_effort(running, person, now)}). One thing at a time:")
    return words.question("", (*said, " is it done, or do you set it aside?"), finish, aside)


def finished(focus: Focus, person: Person, now: datetime, waiting: dict[str, str], *, may_tell: bool) -> Card:
    """What it took, what was understood, and the way on; `waiting` is the focus that was about to start."""
    blocks: list[Block] = [*_end(focus, person, now), Note(("It is kept in your journal.",))]
    following = Button("Start the next one", "focus start", waiting, Style.PRIMARY, opens_form=not waiting)
    tell = (Button("Tell the group", "tell", {"focus": str(focus.number)}),) if may_tell else ()
    if waiting:
        blocks.append(Line(("Next: ", Bold(waiting["title"]), ".")))
    return Card(f"Finished: {focus.title}", (*blocks, Actions((following, *tell))), Tone.PROUD)


def announcement(focus: Focus, person: Person, now: datetime) -> Card:
    """What the group sees of a finished focus."""
    line = Line((Bold(person.name), " has finished ", Bold(focus.title), "."))
    return Card("", (line, *_end(focus, person, now)), Tone.PROUD)


def none_yet() -> Card:
    """An invitation."""
    blocks = (
        Line(("You have no focus yet. Pick one thing, stick with it to the end, then begin again.",)),
        Line(("For example: ", Code("/focus start Linear algebra hours: 80"))),
        Actions((START,)),
    )
    return Card("Your focus", blocks)


def focus_list(
    shown: list[Focus],
    counts: dict[FocusOutcome | None, int],
    person: Person,
    now: datetime,
    actions: tuple[Actions, ...],
    *,
    is_public: bool,
) -> Card:
    """The list, newest first, each with how it ended."""
    title = f"{person.name}'s focus" if is_public else "Your focus"
    lines = [Line(_row(focus, person, now)) for focus in shown]
    running = next((focus for focus in shown if focus.outcome is None), None)
    done = _done(running) if running is not None and not is_public else []
    said = [f"{counts[outcome]} {outcome}" for outcome in FocusOutcome if outcome in counts]
    total = [Note((f"{', '.join(said)}.",))] if said else []
    return Card(title, (*lines[:1], *done, *lines[1:], *total, *actions))


def _row(focus: Focus, person: Person, now: datetime) -> Text:
    began = _say_date(focus.started_at, person)
    ended = _say_date(focus.ended_at, person) if focus.ended_at else ""
    span = began if ended == began else f"{began} to {ended}"
    when = f"{focus.outcome}, {span}" if ended else f"now, since {began}"
    return (Bold(focus.title), f" · {when} · {say_effort(focus, person, now)}")


def _say_date(at: datetime, person: Person) -> str:
    day = at.astimezone(person.zone).date()
    return f"{day.day} {day:%b %Y}"


def _end(focus: Focus, person: Person, now: datetime) -> list[Block]:
    link: Text = (" ", Link("See it", focus.link)) if focus.link else ()
    effort = Line((f"{say_effort(focus, person, now)}.", *link))
    return [effort, Quote(focus.explanation)] if focus.explanation else [effort]


def _done(focus: Focus) -> list[Block]:
    return [Line(("Done means: ", focus.plan.done))] if focus.plan.done else []
