"""The long road as a card: hours so far, the pace, dates at which the next marks may come, and the season."""

from datetime import date, timedelta
from itertools import accumulate

from msgspec import Struct

from bot.chat.card import Actions, Align, Bar, Block, Card, Column, Fact, Facts, Line, Note, Picture, Table
from bot.chat.chart import Cumulative, Mark, Reach
from bot.chat.text import Bold
from bot.domain.duration import HOUR, round_total, say, say_hours, say_total, say_total_in_full
from bot.domain.horizon import (
    PACE_WEEKS,
    SEASON_WEEKS,
    Pace,
    Season,
    Stage,
    forecast,
    next_stage,
    road_marks,
    stages,
    weeks_sooner,
)
from bot.domain.streak import Tally
from bot.domain.week import DAYS_A_WEEK, Week
from bot.views import weeks, words
from bot.views.spans import say_span, say_when

YEARS = {2: "two years", 3: "three years", 4: "four years", 5: "five years"}
MAX_POINTS = 260
"""Points of the line: five years of weeks."""
COLUMNS = (Column("Mark"), Column("Hours", Align.RIGHT), Column("Done", Align.RIGHT), Column("When"))
NOTHING_DONE = "0 %"


class Road(Struct, frozen=True):
    """The details of the card: minutes of every week up to the current one, oldest first, and this week's goal.

    `whole_weeks` counts those that have ended since the first check-in; before it there is no season.
    """

    today: date
    weeks: list[int]
    goal: int
    whole_weeks: int
    pace: Pace | None
    season: Season | None
    tally: Tally

    @property
    def total(self) -> int:
        """All minutes, imported ones included."""
        return sum(self.weeks)

    @property
    def starts(self) -> Week:
        """The oldest week with any time."""
        return Week.of(self.today).plus(1 - len(self.weeks))


def horizon(road: Road) -> Card:
    """Show hours against the marks, pace, season, weeks kept, and the picture."""
    following = next_stage(road.total, road.goal)
    blocks: list[Block] = [*_say_so_far(road, following)]
    if road.season is not None and road.season.is_new:
        blocks.append(new_season(road.season))
    blocks.append(Facts(tuple(_facts(road, following))))
    blocks += [_table(road, following), *_notes(road), _picture(road), Actions((words.CHECK_IN,))]
    return Card("Your road", tuple(blocks))


def nothing_yet(goal: int) -> Card:
    """Say that there are no hours at all."""
    first, *_, last = stages(goal)
    text = (
        f"Your road begins with your first check-in. At {say(goal)} a week, {YEARS[first.years]} are "
        f"{say_hours(first.minutes)} and {YEARS[last.years]} {say_hours(last.minutes)}."
    )
    return Card("", (Line((text,)), Actions((words.CHECK_IN,))))


def say_next(total: int, goal: int) -> str:
    """Return `87 h of 1,040 h, two years at 10 h a week`."""
    following = next_stage(total, goal)
    if following is None:
        last = stages(goal)[-1]
        return f"{say_total(total)}, past the {say_hours(last.minutes)} of {YEARS[last.years]} at {say(goal)} a week"
    return f"{say_total(total)} of {_say_stage(following, goal)}"


def say_next_briefly(total: int, goal: int) -> str:
    """Return `87 h on the road to 1,040 h`."""
    following = next_stage(total, goal)
    return say_total(total) + (f" on the road to {say_hours(following.minutes)}" if following is not None else "")


def new_season(season: Season) -> Line:
    """Greet a season that has just begun."""
    return Line((Bold(f"Season {season.number} begins"), f": {SEASON_WEEKS} fresh weeks, from this one on."))


def _say_so_far(road: Road, following: Stage | None) -> list[Block]:
    begun = f"{road.starts.monday:%B %Y}"
    if following is None:
        return [Line((Bold(say_total(road.total)), f" since {begun}. {_say_beyond(road)}"))]
    left = say(following.minutes - round_total(road.total))
    text = f" since {begun}, {left} more to {_say_stage(following, road.goal)}."
    done = f"{say_total(road.total)} of {say_hours(following.minutes)}"
    return [Line((Bold(say_total(road.total)), text)), Bar(road.total, following.minutes, done)]


def _say_beyond(road: Road) -> str:
    last = stages(road.goal)[-1]
    return f"All marks are behind you, the {say_hours(last.minutes)} of {YEARS[last.years]} too."


def _facts(road: Road, following: Stage | None) -> list[Fact]:
    facts = [Fact("Pace", (_say_pace(road.pace),))] if road.pace is not None else []
    more = _say_one_hour_more(road, following) if following is not None else ""
    if more:
        facts.append(Fact("With one hour more a week", (more,)))
    facts.append(Fact("Weeks", (weeks.say_kept(road.tally),)))
    if road.season is not None:
        facts.append(Fact("Season", (_say_season(road, road.season),)))
    return facts


def _say_pace(pace: Pace) -> str:
    if pace.mean == 0:
        return f"nothing in the last {PACE_WEEKS} weeks"
    slow, fast = say(round(pace.slow)), say(round(pace.fast))
    mean = f"{say(round(pace.mean))} a week over the last {PACE_WEEKS} weeks"
    return mean if slow == fast else f"{mean}; {slow} in the slower half, {fast} in the better half"


def _say_one_hour_more(road: Road, following: Stage) -> str:
    missing = following.minutes - road.total
    sooner = weeks_sooner(missing, road.goal if road.pace is None else road.pace.mean)
    if sooner is None:
        return ""
    base = f" than at {say(road.goal)}" if road.pace is None else ""
    return f"{say_hours(following.minutes)} about {say_span(sooner)} sooner{base}"


def _say_season(road: Road, season: Season) -> str:
    minutes = sum(road.weeks[-season.week :])
    return f"{season.number}, week {season.week} of {SEASON_WEEKS}, {say(minutes)} in it"


def _table(road: Road, following: Stage | None) -> Table:
    marks = stages(road.goal)
    rows = [_row(road, stage) for stage in marks]
    has_done = any(done != NOTHING_DONE for _, _, done, _ in rows)
    shown = [at for at, is_shown in enumerate((True, True, has_done, road.pace is not None)) if is_shown]
    cells = tuple(tuple(row[at] for at in shown) for row in rows)
    return Table(tuple(COLUMNS[at] for at in shown), cells, marks.index(following) if following is not None else None)


def _row(road: Road, stage: Stage) -> tuple[str, str, str, str]:
    done = min(100, road.total * 100 // stage.minutes)
    return (f"{stage.years} years", say_hours(stage.minutes), f"{done} %", _say_when(road, stage))


def _say_when(road: Road, stage: Stage) -> str:
    if road.total >= stage.minutes:
        return "reached"
    if road.pace is None or road.pace.mean == 0:
        return "–"
    return say_when(forecast(stage.minutes - road.total, road.pace, road.today), road.today)


def _notes(road: Road) -> list[Note]:
    if road.season is None:
        return [Note(("All of it is imported: pace, weeks and seasons begin with your first check-in.",))]
    if road.pace is None:
        missing = PACE_WEEKS - road.whole_weeks
        return [Note((f"Dates come after {PACE_WEEKS} whole weeks: {missing} to go.",))]
    if road.pace.mean == 0:
        return [Note(("No date is in sight. One check-in and the road goes on.",))]
    half = PACE_WEEKS // 2
    return [Note((f"Each span is from your pace in the better {half} weeks to that in the slower {half}.",))]


def _picture(road: Road) -> Picture:
    """Draw a line that begins at nothing on the first Monday; a long one has fewer points."""
    points = [0, *accumulate(road.weeks)]
    step = -(-len(road.weeks) // MAX_POINTS)
    shown = points[::-step][::-1]
    starts = road.starts.monday + timedelta(days=DAYS_A_WEEK * (len(points) - 1 - (len(shown) - 1) * step))
    marks = tuple(Mark(minutes, f"{years} years" if years else "") for minutes, years in road_marks(road.goal))
    following = next((mark.minutes for mark in marks if mark.minutes > road.total), None)
    title = f"{say_total(road.total)} on the road"
    reach = _reach(road, following) if following is not None else None
    chart = Cumulative(title, _subtitle(road), starts, DAYS_A_WEEK * step, tuple(shown), marks, reach)
    way = f", on the way to {say_total_in_full(following)}" if following is not None else ""
    return Picture(chart, f"{say_total_in_full(road.total)} since {road.starts.monday:%B %Y}{way}.")


def _reach(road: Road, minutes: int) -> Reach | None:
    """Return when so many minutes may be reached; None where no such span is known or in sight."""
    if road.pace is None:
        return None
    span = forecast(minutes - road.total, road.pace, road.today)
    return Reach(span.early, span.late, say_when(span, road.today)) if span.early and span.late else None


def _subtitle(road: Road) -> str:
    begun = f"since {road.starts.monday.day} {road.starts.monday:%B %Y}"
    if road.pace is None or road.pace.mean < HOUR:
        return begun
    return f"{begun} · lately {say(round(road.pace.mean))} a week"


def _say_stage(stage: Stage, goal: int) -> str:
    return f"{say_hours(stage.minutes)}, {YEARS[stage.years]} at {say(goal)} a week"
