"""A person's own page: the sections of all that they would rather look at than ask for card by card."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from msgspec.structs import replace

from bot.chat.card import Actions, Bar, Block, Button, Card, Fact, Facts, Line, Note, Picture
from bot.chat.chart import Heatmap, WeekBars
from bot.chat.form import Choice, Field, FieldKind, Form
from bot.chat.page import Section
from bot.chat.text import Bold
from bot.domain.checkin import DAYS_BACK
from bot.domain.coverage import AreaTime, NeglectedArea
from bot.domain.duration import say, say_in_full
from bot.domain.focus import Focus
from bot.domain.horizon import stages
from bot.domain.journal_entry import JournalEntry, JournalQuery
from bot.domain.period import ALL
from bot.domain.progress import Progress
from bot.domain.streak import FREEZE_EVERY_WEEKS, FREEZES_AT_MOST, WeekOutcome
from bot.domain.week import DAYS_A_WEEK, Week
from bot.views import areas, extras, focus, history, horizon, journal, partner, weeks, words
from bot.views.history import PastWeek
from bot.views.horizon import Road
from bot.views.journal import JournalPage
from bot.views.posts import say_dates
from bot.views.this_week import this_week

STREAK_WEEKS = 13
"""The last weeks beside the streak: a quarter of a year, this one with them."""
QUICK_TIMES = ("15 min", "30 min", "1 h", "2 h")
MOST_BUTTONS = 4
"""Of a card: those of an invitation have its own way to want none."""

CHECK_IN_FIELDS = ("time", "day", "area", "learned")
FREEZES_HELD = ("You hold no freeze now.", "You hold one freeze: it saves a short week.", "You hold two freezes.")


@dataclass(frozen=True, slots=True)
class MeDetails:
    """All that the page is made of; `past` are the weeks of a year, `days` this week's minutes by day.

    `unanswered` names what *Set me up* has still to ask, `groups` are those that the person is in. `partner` and
    `recall` are the cards of both, None where there is nothing to show.
    """

    progress: Progress
    at: datetime
    today: date
    groups: Sequence[str]
    form: Form
    days: tuple[int, ...]
    past: list[PastWeek[WeekOutcome]]
    year: Picture | None
    road: Road | None
    areas: list[AreaTime]
    waiting: NeglectedArea | None
    focus: Focus | None
    notes: list[JournalEntry]
    unanswered: frozenset[str]
    partner: Card | None
    recall: Card | None

    @property
    def is_new(self) -> bool:
        """True until the first week of the person has ended."""
        return self.progress.person.first_week in (None, self.progress.current)


def me(details: MeDetails) -> tuple[Section, ...]:
    """Return the sections from top to bottom; what has nothing to show yet is named in the last one."""
    return tuple(_sections(details))


def _sections(details: MeDetails) -> Iterator[Section]:
    progress = details.progress
    yield Section("week", _week(details))
    yield Section("checkin", _quick(details), _with_days(details.form, details.today))
    if details.unanswered and details.is_new:
        yield Section("steps", _steps(details))
    yield Section("streak", _streak(details))
    yield Section("focus", _focus(details))
    if details.partner is not None:
        yield Section("partner", _partner(details.partner))
    if details.year is not None:
        yield Section("year", _year(details.year))
    if details.road is not None:
        yield Section("road", horizon.horizon(details.road))
    if any(time.minutes for time in details.areas):
        card = areas.areas(progress.person, details.areas, details.waiting, Week.of(details.today))
        yield Section("areas", card)
    if details.notes:
        page = JournalPage(JournalQuery(progress.person, ALL), details.notes, 0, None, details.today)
        yield Section("journal", journal.journal(page, ()))
    if details.recall is not None:
        yield Section("recall", details.recall)
    later = tuple(_say_later(details))
    if later:
        yield Section("later", Card("What will stand here", (Facts(later),)))


def _week(details: MeDetails) -> Card:
    """Show this week: what is done, what is left, each day, and until when it can be logged."""
    progress = details.progress
    is_practice = details.is_new and not progress.is_before_first_week
    title = "Your practice week" if is_practice else "This week"
    blocks = _practice_week(progress) if is_practice else this_week(progress, details.at)
    if any(details.days):
        blocks.append(_days(details))
    if progress.current.sunday != details.today and not progress.is_kept and not progress.is_before_first_week:
        until = weeks.say_until(progress.record.deadline(progress.current), details.at)
        blocks.append(Note((f"The week ends on Sunday night. You can log it {until}.",)))
    last_week = weeks.say_last_week(progress, details.at)
    if progress.last_open is not None and last_week is not None:
        blocks += [Line((last_week,)), Actions((extras.log_for(progress.last_open.week),))]
    return Card(f"{title} · {say_dates(progress.current)}", tuple(blocks))


def _practice_week(progress: Progress) -> list[Block]:
    """Show the week that cannot break anything."""
    if progress.is_kept:
        return [weeks.week_bar(progress), Line(("Kept, and it's only your first week ✓ Your streak has begun.",))]
    so_far: Block = weeks.week_bar(progress) if progress.minutes else Line((Bold("Nothing yet"),))
    reach = f"Reach {say(progress.goal)} by Sunday and your streak begins. If not, nothing is lost."
    return [so_far, Line((reach,))]


def _days(details: MeDetails) -> Picture:
    progress = details.progress
    days = zip(progress.current.days(), details.days, strict=True)
    by_day = ", ".join(f"{day:%A} {say_in_full(minutes)}" for day, minutes in days if minutes)
    chart = WeekBars(str(progress.current), details.days, progress.goal, details.today.weekday())
    return Picture(chart, f"By day: {by_day}.")


def _quick(details: MeDetails) -> Card:
    """Offer times to log by one press, and the ways to change what was logged."""
    buttons = tuple(Button(time, "checkin", {"time": time}) for time in QUICK_TIMES)
    changes = (Button("Edit the newest", "edit", opens_form=True), Button("Undo one…", "undo", {"another": "yes"}))
    has_any = details.progress.person.first_week is not None
    return Card("Check in: one press logs it", (Actions(buttons), *((Actions(changes),) if has_any else ())))


def _with_days(form: Form, today: date) -> Form:
    """Return the form of a check-in with the days that can be logged to pick from; what is long comes last."""
    fields = {field.name: _with_choices(field, today) if field.name == "day" else field for field in form.fields}
    names = [name for name in CHECK_IN_FIELDS if name in fields]
    return replace(form, fields=tuple(fields[name] for name in [*names, *(fields.keys() - set(names))]))


def _with_choices(field: Field, today: date) -> Field:
    days = [today - timedelta(days=ago) for ago in range(DAYS_BACK + 1)]
    choices = tuple(Choice(_name_day(day, today), day.isoformat()) for day in days)
    return replace(field, kind=FieldKind.CHOICE, choices=choices, value=today.isoformat(), hint="", description="")


def _name_day(day: date, today: date) -> str:
    """Return `Today, Wed`, `Yesterday, Tue`, `Mon 23 Nov`."""
    near = {0: "Today", 1: "Yesterday"}.get((today - day).days)
    return f"{near}, {day:%a}" if near else f"{day:%a} {day.day} {day:%b}"


def _steps(details: MeDetails) -> Card:
    """Offer what has not been answered yet."""
    person = details.progress.person
    local = details.at.astimezone(person.zone)
    known = {
        "zone": Fact("What time is it for you?", (f"{words.say_clock(person.zone_name)} for now, {local:%H:%M}",)),
        "remind": Fact("Remind me?", ("Off until you turn it on",)),
        "why": Fact("Why are you doing this?", ("Only you see it",)),
    }
    facts = tuple(fact for name, fact in known.items() if name in details.unanswered)
    button = Button("Set me up", "set up", opens_form=True)
    return Card("Make it yours · 2 minutes", (Facts(facts), Actions((button,))))


def _streak(details: MeDetails) -> Card:
    """Show the streak with its last weeks, what never breaks, and what the next kept week brings."""
    progress, tally = details.progress, details.progress.tally
    if details.is_new and not progress.is_kept:
        freeze = "This is your practice week. You begin with one freeze: it saves a short week automatically."
        return Card("Streak · starts with your first kept week", (*_last_weeks(details), Line((freeze,))))
    condition = progress.condition
    streak = condition.streak if condition else tally.streak
    longest = f" · longest {tally.longest}" if tally.longest > streak else ""
    in_a_row = " week" if streak == 1 else " weeks in a row"
    begins = "begins a new streak" if tally.kept else "begins your streak"
    now = (Bold(f"{streak}"), in_a_row) if streak else (f"The next week that you keep {begins}.",)
    blocks: list[Block] = [Line(now), *_last_weeks(details), Line((weeks.say_kept(tally),))]
    if condition is not None:
        blocks.append(Note((f"Streak {weeks.say_own_streak(progress, details.at)}.",)))
    else:
        blocks.append(Note((_say_next_kept(progress),)))
    see = Button("Week by week", "streak")
    return Card(f"Streak{longest}", (*blocks, Actions((see, Button("All weeks", "history")))))


def _say_next_kept(progress: Progress) -> str:
    """Say what keeping this week brings; once it is kept, and in a week away, what is held."""
    tally = progress.tally
    held = FREEZES_HELD[min(tally.held, len(FREEZES_HELD) - 1)]
    if progress.is_kept:
        return f"This week is kept ✓ {held}"
    if progress.is_away:
        return f"This week is away, so nothing can break. {held}"
    following = tally.streak + 1
    earns = following % FREEZE_EVERY_WEEKS == 0 and tally.held < FREEZES_AT_MOST
    more = ", which also earns you a freeze" if earns else ""
    return f"Keep this week and your streak is {following}{more}. {held}"


def _last_weeks(details: MeDetails) -> tuple[Picture, ...]:
    """Return the signs of the last weeks, with words that say the same."""
    shown = [past for past in details.past if past.judged is not None][-STREAK_WEEKS:]
    if not shown:
        return ()
    signs = tuple(history.sign_of(past) for past in shown)
    said = ", ".join(f"{past.week} {weeks.STATES[past.judged.state]}" for past in shown if past.judged is not None)
    stretch = words.plural(len(shown), "week")
    drawn = details.year.chart if details.year is not None else None
    minutes = drawn.minutes[-len(shown) * DAYS_A_WEEK :] if isinstance(drawn, Heatmap) else ()
    chart = Heatmap(stretch, shown[0].week.monday, minutes, "", signs, details.today)
    return (Picture(chart, f"The last {stretch}: {said}." if len(shown) > 1 else f"{said}."),)


def _focus(details: MeDetails) -> Card:
    """Show the focus with what it took so far, or invite to one."""
    current = details.focus
    if current is None:
        invite = Line(("Pick one thing, stick with it to the end, then begin again.",))
        return Card("Focus", (invite, Actions((words.plain(focus.START),))))
    week = current.weeks(details.progress.person.zone, details.at)
    blocks: list[Block] = [Line((Bold(current.title),))]
    estimate = current.plan.estimate
    if estimate and current.minutes:
        blocks.append(Bar(current.minutes, estimate, f"{say(current.minutes)} of {say(estimate)}"))
    elif current.minutes:
        blocks.append(Line((f"{say(current.minutes)} so far.",)))
    if current.plan.done:
        blocks.append(Line(("Done means: ", current.plan.done)))
    return Card(f"Focus · week {week}", (*blocks, Actions((focus.FINISH, Button("All of them", "focus list")))))


def _partner(card: Card) -> Card:
    """Return the card of partners as a part of the page, on which one thing else is emphasised."""
    blocks: list[Block] = [block for block in card.blocks if not isinstance(block, Actions)]
    buttons = [words.plain(button) for block in card.blocks if isinstance(block, Actions) for button in block.buttons]
    if len(buttons) < MOST_BUTTONS:
        buttons.append(partner.INVITES)
    return Card(card.title or "Study partner", (*blocks, Actions(tuple(buttons))))


def _year(picture: Picture) -> Card:
    chart = picture.chart
    aside = f" · {chart.subtitle}" if isinstance(chart, Heatmap) and chart.subtitle else ""
    return Card(f"Your days{aside}", (picture,))


def _say_later(details: MeDetails) -> Iterator[Fact]:
    """Yield what will stand on the page and has nothing to show yet."""
    if details.year is None:
        yield Fact("The year", ("Every day that you study, from your first check-in on.",))
    if details.road is None:
        marks = say(stages(details.progress.goal)[0].minutes)
        yield Fact("The road", (f"Your hours on the way to {marks} and beyond, and a date after 12 full weeks.",))
    if not any(time.minutes for time in details.areas):
        yield Fact("Areas", ("Where your hours go, once a check-in names what it was about.",))
    if not details.notes:
        yield Fact("Journal", ("What you learned, in your own words, ready to be searched.",))
