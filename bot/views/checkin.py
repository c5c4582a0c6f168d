"""The answer to a check-in."""

from datetime import date

from bot.chat.card import Actions, Block, Button, Card, Fact, Facts, Line, Note, Style, Tone
from bot.chat.text import Bold, Text
from bot.domain.checkin import Checkin, Entry
from bot.domain.day import say_day
from bot.domain.duration import say
from bot.domain.focus import Focus
from bot.domain.horizon import season
from bot.domain.milestone import Milestone
from bot.domain.progress import Progress
from bot.domain.streak import Judged, Tally, WeekState
from bot.domain.week import Week
from bot.views import weeks, words
from bot.views.focus import say_focus
from bot.views.horizon import new_season


def logged(
    checkin: Checkin,
    progress: Progress,
    judged: Judged | None,
    milestones: list[Milestone],
    notes: list[Text],
    focus: Focus | None,
) -> Card:
    """Confirm a check-in: its entry, the week's bar, what is left, streak, focus and milestones.

    `judged` is its week, None before the person's first.
    """
    person = progress.person
    today = person.today(checkin.created_at)
    blocks: list[Block] = [
        Line(_entry_words(checkin.entry, today)),
        *_week_blocks(checkin, progress, judged, today),
        *words.say_milestones(milestones),
        *_greet_season(checkin, progress),
        _facts(checkin, progress, focus),
        *(Note(text) for text in notes),
    ]
    zone = words.zone_note(person)
    undo = Button("Undo", "undo", {"checkin": str(checkin.number)})
    change = () if zone is None else (words.CHANGE_ZONE,)
    blocks += [*([zone] if zone else []), Actions((undo, edit_button(checkin), *change))]
    is_kept = judged is not None and judged.state is WeekState.KEPT
    return Card("Checked in", tuple(blocks), Tone.PROUD if milestones or is_kept else Tone.GOOD)


def edit_button(checkin: Checkin) -> Button:
    """Return the button that opens the form of one check-in."""
    return Button("Edit", "edit", {"checkin": str(checkin.number)}, opens_form=True)


def ask_twice(entry: Entry, before: Checkin, options: dict[str, str]) -> Card:
    """Ask “You logged the same a moment ago: count both?”."""
    return words.question(
        "",
        (f"You logged the same a moment ago ({say(entry.minutes)}): count both?",),
        Button("Count both", "checkin", {**options, "twice": str(before.number)}),
        Button("Just once", "checkin", {"time": f"{entry.minutes}m", "twice": "no"}, Style.PRIMARY),
    )


def freeze_note(spent: int, tally: Tally) -> Text:
    """Say, once, that freezes have been spent, and where the streak has ended since, that it has."""
    left = f"{tally.held or 'none'} left."
    if tally.missed_run or (tally.came_back and tally.streak == 1):
        saved = "A freeze saved a short week" if spent == 1 else f"{spent} freezes saved short weeks"
        return (f"❄️ {saved}; a week after that was missed, and the streak ended. {left.capitalize()}",)
    if spent == 1:
        return (f"❄️ A freeze carried your streak over a short week; {left}",)
    return (f"❄️ {spent} freezes carried your streak over short weeks; {left}",)


def _entry_words(entry: Entry, today: date) -> Text:
    area = f" of {entry.area}" if entry.area else ""
    when = "" if entry.day == today else f" for {say_day(entry.day, today)}"
    return (Bold(say(entry.minutes)), f"{area} logged{when}.")


def _week_blocks(checkin: Checkin, progress: Progress, judged: Judged | None, today: date) -> list[Block]:
    week = Week.of(checkin.entry.day)
    if judged is None:
        first = progress.person.first_week
        return [Line((f"It counts as hours alone: your weeks begin with {first}.",))]
    blocks: list[Block]
    if week == progress.current:
        blocks = [weeks.week_bar(progress), Line((weeks.say_left(progress, checkin.created_at),))]
    elif judged.state is WeekState.OPEN and (last_week := weeks.say_last_week(progress, checkin.created_at)):
        blocks = [Line((last_week,))]
    else:
        facts, state = judged.facts, weeks.STATES[judged.state]
        text = f"The week of {words.say_week(week, today)}: {say(facts.minutes)} of {say(facts.goal)}, {state}."
        blocks = [Line((text,))]
    if checkin.is_late:
        blocks.append(Note(("Late: that week has closed, so its hours change and its state stays.",)))
    elif judged.is_comeback and judged.facts.counted - checkin.entry.minutes < judged.facts.goal:
        blocks.append(Line(("A comeback! This is your first kept week after a missed one.",)))
    return blocks


def _greet_season(checkin: Checkin, progress: Progress) -> list[Line]:
    """Greet a new season with the first check-in of its first week."""
    first = progress.person.first_week
    is_first_of_week = Week.of(checkin.entry.day) == progress.current and progress.minutes == checkin.entry.minutes
    if first is None or first > progress.current or not is_first_of_week:
        return []
    current = season(first, progress.current)
    return [new_season(current)] if current.is_new else []


def _facts(checkin: Checkin, progress: Progress, focus: Focus | None) -> Facts:
    of_focus = [say_focus(focus, progress.person, checkin.created_at)] if focus else []
    return Facts(
        (
            Fact("Streak", (weeks.say_own_streak(progress, checkin.created_at),)),
            Fact("Weeks", (weeks.say_kept(progress.tally),)),
            *of_focus,
        )
    )
