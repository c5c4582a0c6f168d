"""The focus: its effort in a few words, its start and its end, and the list of all there have been."""

from datetime import datetime

from bot.chat.card import Actions, Block, Button, Card, Fact, Line, Note, Quote, Style, Tone
from bot.chat.text import Bold, Code, Link, Text
from bot.domain.duration import HOUR, say, say_total
from bot.domain.focus import Focus, FocusOutcome
from bot.domain.person import Person
from bot.views import words

START = Button("Start a focus", "focus start", style=Style.PRIMARY, opens_form=True)
FINISH = Button("Finish it", "focus finish", opens_form=True)


def say_effort(focus: Focus, person: Person, now: datetime) -> str:
    """Return `week 7, 46 h of about 80 h` while it runs, `7 weeks, 46 h of about 80 h` once it has ended."""
    weeks = focus.weeks(person.zone, now)
    lasted = f"week {weeks}" if focus.outcome is None else words.plural(weeks, "week")
    estimate = focus.plan.estimate
    planned = f" of about {say(estimate)}" if estimate else ""
    spent = say_total(focus.minutes) if focus.minutes else "nothing logged"
    return f"{lasted}, {spent}{planned if focus.minutes else ''}"


def say_focus_briefly(focus: Focus) -> str:
    """Return `Deep Learning, part I · 40 of about 60 h`."""
    spent = say_total(focus.minutes)
    estimate = focus.plan.estimate
    if not estimate:
        return f"{focus.title} · {spent}"
    bare = spent.removesuffix(" h") if estimate % HOUR == 0 else spent
    return f"{focus.title} · {bare} of about {say(estimate)}"


def say_focus(focus: Focus, person: Person, now: datetime) -> Fact:
    """Return the focus as one fact of a person's card."""
    return Fact("Focus", (Bold(focus.title), f" · {say_effort(focus, person, now)}"))


def started(focus: Focus, goal: int, aside: Focus | None) -> Card:
    """Confirm a new focus and say how long it may take at the goal; `aside` is the one set aside for it."""
    blocks: list[Block] = []
    if aside is not None:
        blocks.append(Note((f"“{aside.title}” is set aside with {say(aside.minutes)}; its hours stay.",)))
    blocks.append(Line(("From now on your check-ins count toward ", Bold(focus.title), ".")))
    estimate = focus.plan.estimate
    if estimate:
        weeks = words.plural(-(-estimate // goal), "week")
        blocks.append(Line((f"About {say(estimate)}: {weeks} at {say(goal)} a week.",)))
    blocks += _done(focus)
    blocks.append(Note(("When you're done: ", Code("/focus finish"), ".")))
    return Card("Your focus", (*blocks, Actions((words.CHECK_IN,))), Tone.GOOD)


def occupied(running: Focus, person: Person, now: datetime, wanted: dict[str, str]) -> Card:
    """Ask what is to become of the focus that runs; `wanted` has the options typed of the new one."""
    plan = {name: wanted[name] for name in ("title", "hours", "done") if wanted.get(name)}
    current = {"focus": str(running.number)}
    then = {f"next_{name}": text for name, text in plan.items()} if "title" in plan else {}
    finish = Button("Finish it", "focus finish", {**current, **then}, Style.PRIMARY, opens_form=True)
    aside = Button("Set it aside", "focus start", {**plan, **current}, opens_form="title" not in plan)
    text: Text = ("Your focus is ", Bold(running.title), f" ({say_effort(running, person, now)}). One thing at a time:")
    return words.question("", (*text, " is it done, or will you set it aside?"), finish, aside)


def finished(focus: Focus, person: Person, now: datetime, waiting: dict[str, str], *, may_tell: bool) -> Card:
    """Show the effort and the explanation of a finished focus; `waiting` has the options of the one to start next."""
    blocks: list[Block] = [*_end(focus, person, now), Note(("It's in your journal now.",))]
    following = Button("Start the next one", "focus start", waiting, Style.PRIMARY, opens_form=not waiting)
    tell = (Button("Tell the group", "tell", {"focus": str(focus.number)}),) if may_tell else ()
    if waiting:
        blocks.append(Line(("Next: ", Bold(waiting["title"]), ".")))
    return Card(f"Finished: {focus.title}", (*blocks, Actions((following, *tell))), Tone.PROUD)


def announcement(name: str, focus: Focus, person: Person, now: datetime) -> Card:
    """Show a finished focus to a group that knows the person by `name`."""
    line = Line((Bold(name), " has finished ", Bold(focus.title), "."))
    return Card("", (line, *_end(focus, person, now)), Tone.PROUD)


def none_yet() -> Card:
    """Invite to start a first focus."""
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
    actions: Actions,
) -> Card:
    """List focuses, newest first, each with its outcome; `counts` are those of all."""
    lines = [Line(_row(focus, person, now)) for focus in shown]
    running = next((focus for focus in shown if focus.outcome is None), None)
    done = _done(running) if running is not None else []
    sums = [f"{counts[outcome]} {outcome}" for outcome in FocusOutcome if outcome in counts]
    total = [Note((f"{', '.join(sums)}.",))] if sums else []
    return Card("Your focus", (*lines[:1], *done, *lines[1:], *total, actions))


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
