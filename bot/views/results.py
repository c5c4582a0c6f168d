"""The results of a group's week: together, who kept it, what they reached, and that there is still time to log."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from msgspec.structs import replace

from bot.chat.card import Actions, Block, Card, Line, Note, Quote, Style, Tone
from bot.chat.chart import GroupWeek
from bot.chat.text import Bold
from bot.domain.leaderboard import Keeper
from bot.domain.milestone import MilestoneKind
from bot.domain.names import cut
from bot.domain.results import Named, Partners, Quoted, Reached, WeekResults
from bot.views import pictures, words
from bot.views.channel_line import say_milestone
from bot.views.group import JOIN_TOO
from bot.views.group_total import say_total
from bot.views.posts import CHECK_IN_TOO, IN_THIS_WEEK, say_dates

MAX_QUOTE_CHARACTERS = 140


def results(details: WeekResults) -> Card:
    """Say who kept the week, with the group's total and its picture; one line where nobody studied."""
    total, title = details.total, f"Results · {say_dates(details.week)}"
    if not total.minutes:
        saved = f" · {total.saved} saved" if total.saved else ""
        return Card("", (Line((Bold(title), f": a quiet week{saved}.")),))
    chart = GroupWeek(
        say_dates(details.week), total.minutes, total.counted, total.goal, total.kept, total.studied, details.weeks
    )
    blocks: list[Block] = [Line((Bold(f"{say_total(total)}."),)), pictures.group_week(chart)]
    blocks += [Line((line,)) for line in _say_names(details.named)]
    blocks += _say_partners(details.partners)
    blocks += _quote(details.quote)
    if details.intending:
        blocks.append(Line((f"{details.intending} {'is' if details.intending == 1 else 'are'} in this week.",)))
    if details.is_open:
        blocks.append(Note(("Forgot something? Log it by the end of Tuesday, your own time.",)))
    join_in = replace(IN_THIS_WEEK, options={"week": details.week.plus(1).monday.isoformat()}, style=Style.PRIMARY)
    blocks.append(Actions((join_in, CHECK_IN_TOO, JOIN_TOO)))
    return Card(title, tuple(blocks), Tone.PROUD if total.kept else Tone.NEUTRAL)


def _say_names(named: Named) -> list[str]:
    """Return a line each for milestones, for who is back, and for who else kept the week."""
    streaks = [each for each in named.reached if each.milestone.kind is MilestoneKind.STREAK]
    hours = [each for each in named.reached if each.milestone.kind is MilestoneKind.HOURS]
    lines = [f"🎉 {_say_reached(marks)}" for marks in (streaks, hours) if marks]
    if named.back:
        lines.append(f"Back again: {_list(keeper.name for keeper in named.back)}")
    if named.kept:
        more = f" and {named.others} more" if named.others else ""
        kept = "Also kept it" if streaks or named.back else "Kept it"
        lines.append(f"{kept}: {', '.join(map(_say_keeper, named.kept))}{more}")
    return lines


def _say_partners(pairs: Sequence[Partners]) -> list[Line]:
    """Return “Partners: Ada and Bo, 3 weeks · Cy and Di, 2 weeks”."""
    parts = [f"{' and '.join(pair.names)}, {words.plural(pair.weeks, 'week')}" for pair in pairs]
    return [Line((f"Partners: {' · '.join(parts)}",))] if parts else []


def _say_reached(reached: Sequence[Reached]) -> str:
    """Return “26 weeks in a row: Priya · 12 weeks in a row: Mei, Tomás”."""
    marks = groupby(reached, key=lambda each: each.milestone)
    return " · ".join(f"{say_milestone(mark)}: {_list(each.name for each in same)}" for mark, same in marks)


def _say_keeper(keeper: Keeper) -> str:
    return f"{keeper.name} ({words.plural(keeper.streak, 'week')})" if keeper.streak > 1 else keeper.name


def _quote(quote: Quoted | None) -> tuple[Block, ...]:
    if quote is None:
        return ()
    return Quote(cut(" ".join(quote.words.split()), MAX_QUOTE_CHARACTERS)), Note((quote.name,))


def _list(names: Iterable[str]) -> str:
    return ", ".join(names)
