"""The progress of a person as one card; of somebody else it says only what the group may see."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.chat.card import Actions, Block, Button, Card, Line, Menu, Picture, Tone
from bot.chat.chart import WeekBars
from bot.chat.plain import plain_block
from bot.chat.text import Bold
from bot.domain.coverage import AreaTime
from bot.domain.day import say_day
from bot.domain.duration import say, say_in_full
from bot.domain.focus import Focus
from bot.domain.freeze_news import FreezeNews
from bot.domain.names import capitalize
from bot.domain.pause import Pause
from bot.domain.progress import Progress
from bot.views import extras, weeks, words
from bot.views.extras import Extra
from bot.views.focus import say_focus_briefly
from bot.views.freeze_news import say_freeze_news
from bot.views.horizon import say_next_briefly
from bot.views.this_week import say_standings, this_week

MAX_AREAS = 3
MOST_OWN_BUTTONS = 2
"""Buttons beside *Post it here* and the list of ways on."""
BACK = Button("I'm back", "resume")
MORE = Menu(
    "Show more",
    (
        Button("Streak", "streak"),
        Button("Weeks", "history"),
        Button("Areas", "areas"),
        Button("Road", "horizon"),
        Button("Journal", "journal"),
        Button("Focus", "focus list"),
    ),
)
"""The ways on from one's own card."""


@dataclass(frozen=True, slots=True)
class ProgressDetails:
    """The details of one's own card: minutes of this week's seven days, and totals by area, the largest first.

    `name` is the one by which those who read it know the person, `freezes` are spent ones that they do not know of yet,
    `partner` is a word on a study partner.
    """

    name: str
    progress: Progress
    at: datetime
    today: date
    days: tuple[int, ...]
    areas: list[AreaTime]
    focus: Focus | None
    away: Pause | None
    freezes: FreezeNews | None = None
    partner: Extra | None = None


def own(details: ProgressDetails, actions: tuple[Button, ...], *, is_public: bool) -> Card:
    """Show this week, streak, weeks kept, focus, areas and road, with a picture of the days; each leads on.

    News of a freeze, told once, take the place of what lasts.
    """
    progress = details.progress
    is_new = progress.person.first_week is None and not progress.person.total_minutes
    if is_new and details.away is None and not is_public:
        return nothing_yet(details.partner)
    title = f"{details.name}'s progress" if is_public else "Your progress"
    blocks: list[Block] = [*this_week(progress, details.at), *_picture(details)]
    buttons = [words.CHECK_IN] if not is_public else []
    if details.freezes is not None:
        blocks.append(Line((say_freeze_news(details.freezes, progress),)))
    if details.freezes is None or progress.last_open is None:
        blocks += say_standings(progress)
    if not is_public:
        short = progress.last_open
        if short is not None:
            blocks.append(Line((extras.say_last_week(progress, details.at),)))
            buttons.append(extras.log_for(short.week))
    if details.away is not None:
        blocks.append(Line((f"Away until {say_day(details.away.until_day, details.today)}.",)))
        buttons += [BACK] if not is_public else []
    if details.partner is not None:
        blocks.append(Line(details.partner.text))
        buttons = [*buttons, details.partner.button][-MOST_OWN_BUTTONS:] if details.partner.button else buttons
    heading = f"{title} · {progress.current}"
    blocks += _as_many_as_fit(heading, blocks, _long_run(details) if details.freezes is None else [])
    if not is_public:
        blocks += [Actions((*buttons, *actions)), MORE]
    return Card(heading, tuple(blocks), _tone(progress))


def nothing_yet(partner: Extra | None = None) -> Card:
    """Say what will stand here, and how it begins; with a word on a study partner, where there is one."""
    begins = "Your week, streak and hours will stand here. They begin with your first check-in."
    word = (Line(partner.text),) if partner else ()
    answer = (partner.button,) if partner and partner.button else ()
    return Card("", (Line((begins,)), *word, Actions((words.CHECK_IN, *answer))))


def other(name: str, progress: Progress, *, is_away: bool) -> Card:
    """Show of somebody else this week, streak and weeks kept, and that they are away, never why; nothing more."""
    so_far = weeks.week_bar(progress) if progress.minutes else Line(("Nothing logged yet this week.",))
    away = (Line((f"{name} is away this week.",)),) if is_away else ()
    streak = weeks.say_shown_streak(progress)
    parts = [f"Streak {streak}"] if streak else ["No streak yet"] if progress.tally.weeks else []
    lasting = capitalize(" · ".join([*parts, weeks.say_kept(progress.tally)]))
    return Card(f"{name}'s progress · {progress.current}", (so_far, *away, Line((lasting,))), _tone(progress))


def _long_run(details: ProgressDetails) -> list[Line]:
    """Return the focus, all hours on the road, and the largest areas, each in a line."""
    progress = details.progress
    total = progress.person.total_minutes
    lines = [(Bold("Focus"), f": {say_focus_briefly(details.focus)}")] if details.focus else []
    if total:
        lines.append((Bold("In all"), f": {say_next_briefly(total, progress.goal)}"))
    if details.areas:
        lines.append((Bold("Areas in all"), f": {_say_areas(details.areas, total)}"))
    return [Line(line) for line in lines]


def _say_areas(areas: list[AreaTime], total: int) -> str:
    """Return `Statistics 11 h, Mathematics 2 h 30, other 1 h`."""
    largest = [f"{time.area} {say(time.minutes)}" for time in areas[:MAX_AREAS]]
    rest = total - sum(time.minutes for time in areas[:MAX_AREAS])
    return ", ".join([*largest, *([f"other {say(rest)}"] if rest > 0 else [])])


def _as_many_as_fit(title: str, blocks: list[Block], wanted: list[Line]) -> list[Line]:
    """Return the lines for which a card of 60 words has room; what is left out, its list leads to."""
    texts = [plain_block(block) for block in blocks if not isinstance(block, Picture)]
    count = words.count_words(" ".join([title, *texts]))
    fitting = []
    for line in wanted:
        if count + (more := words.count_words(plain_block(line))) <= words.MOST_WORDS:
            fitting.append(line)
            count += more
    return fitting


def _picture(details: ProgressDetails) -> list[Picture]:
    """Return the picture of the week's days; none of nothing."""
    if not any(details.days):
        return []
    week, goal = details.progress.current, details.progress.goal
    days = [
        f"{day:%A} {say_in_full(minutes)}" for day, minutes in zip(week.days(), details.days, strict=True) if minutes
    ]
    alt = f"Study by day: {', '.join(days)}; the goal is {say_in_full(goal)}."
    return [Picture(WeekBars(str(week), details.days, goal, details.today.weekday()), alt)]


def _tone(progress: Progress) -> Tone:
    return Tone.PROUD if progress.minutes >= progress.goal else Tone.NEUTRAL
