"""The answer to a check-in, and the line that the channel sees of it."""

from bot.chat.card import Actions, Block, Button, Card, Fact, Facts, Line, Note, Style, Tone
from bot.chat.text import Bold, Text
from bot.domain.checkin import Checkin, Entry
from bot.domain.day import say_day
from bot.domain.duration import Unclear, say
from bot.domain.milestone import Milestone
from bot.domain.names import cut
from bot.domain.streak import Judged, State, Tally
from bot.domain.week import Week
from bot.store.standing import Standing
from bot.views import words

LINE_LEARNED = 200


def logged(
    checkin: Checkin,
    standing: Standing,
    judged: Judged | None,
    milestones: list[Milestone],
    notes: list[Text],
) -> Card:
    """What was logged, the week's bar, what is left and the pace a day, the streak, any milestone."""
    today = standing.books.person.today(checkin.created_at)
    blocks: list[Block] = [
        Line(_entry_words(checkin.entry, today == checkin.entry.day, say_day(checkin.entry.day, today)))
    ]
    blocks += _week_blocks(standing, checkin, judged, today)
    blocks += words.say_milestones(milestones)
    blocks += [Note(text) for text in notes]
    blocks.append(Actions((Button("Undo", "undo", {"checkin": str(checkin.number)}), edit_button(checkin))))
    is_kept = judged is not None and judged.state is State.KEPT
    return Card("Checked in", tuple(blocks), Tone.PROUD if milestones or is_kept else Tone.GOOD)


def edit_button(checkin: Checkin) -> Button:
    """Opens the form of one check-in."""
    return Button("Edit", "edit", {"checkin": str(checkin.number)}, opens_form=True)


def line(name: str, checkin: Checkin, week_minutes: int, milestones: list[Milestone], *, with_learned: bool) -> Card:
    """“Ada · 2 h 30 · chain rule · 7 h 30 this week”; names and notes are plain text."""
    entry = checkin.entry
    learned = [cut(" ".join(entry.learned.split()), LINE_LEARNED)] if with_learned and entry.learned else []
    area = [entry.area] if entry.area else []
    parts = [say(entry.minutes), *area, *learned, f"{say(week_minutes)} this week"]
    parts += [f"🎉 {milestone}" for milestone in milestones]
    return Card("", (Line((Bold(name), " · " + " · ".join(parts))),))


def ask_unit(unclear: Unclear, options: dict[str, str]) -> Card:
    """“20 hours or 20 minutes?”"""
    rest = {name: text for name, text in options.items() if name != "time"}
    return words.question(
        "",
        (f"{unclear.number} hours or {unclear.number} minutes?",),
        Button(f"{unclear.number} hours", "checkin", {**rest, "time": f"{unclear.hours}m"}),
        Button(f"{unclear.number} minutes", "checkin", {**rest, "time": f"{unclear.minutes}m"}, Style.PRIMARY),
    )


def ask_twice(entry: Entry, before: Checkin, options: dict[str, str]) -> Card:
    """“You logged the same a moment ago: count both?”"""
    return words.question(
        "",
        (f"You logged the same a moment ago ({say(entry.minutes)}): count both?",),
        Button("Count both", "checkin", {**options, "twice": str(before.number)}),
        Button("Just once", "checkin", {"time": say(entry.minutes), "twice": "no"}, Style.PRIMARY),
    )


def freeze_note(tally: Tally) -> Text:
    """Told once when a freeze has been spent."""
    return ("❄️ A freeze carried your streak over a short week; ", f"{tally.held} left.")


def comeback() -> Line:
    """The first kept week after a missed one."""
    return Line(("A comeback: this is your first kept week after a missed one.",))


def _entry_words(entry: Entry, is_today: bool, day: str) -> Text:
    area = f" of {entry.area}" if entry.area else ""
    when = "" if is_today else f" for {day}"
    return (Bold(say(entry.minutes)), f"{area} logged{when}.")


def _week_blocks(standing: Standing, checkin: Checkin, judged: Judged | None, today: object) -> list[Block]:
    week = Week.of(checkin.entry.day)
    person_today = standing.books.person.today(checkin.created_at)
    blocks: list[Block] = []
    if week == standing.current:
        left = words.say_left(standing.minutes, standing.goal, week, person_today)
        blocks += [words.week_bar(standing.minutes, standing.goal), Line((left,))]
    elif judged is not None:
        text = f"Week {week}: {say(judged.facts.minutes)} of {say(judged.facts.goal)}, {judged.state}."
        blocks.append(Line((text,)))
    else:
        blocks.append(Line((f"It counts as hours: your weeks begin with {standing.books.person.first_week}.",)))
    if checkin.is_late:
        blocks.append(Note(("Late: that week has closed, so its hours change and its state stays.",)))
    if judged is not None and judged.is_comeback:
        blocks.append(comeback())
    facts = Facts(
        (
            Fact("Streak", (words.say_streak(standing.tally.streak),)),
            Fact("Weeks", (words.say_kept(standing.tally),)),
        )
    )
    return [*blocks, facts]
