"""`horizon`: hours so far on the road of two to five years, and when it may lead where."""

from bot.chat.card import Actions
from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Audience, Reply
from bot.commands.options import EVERYONE
from bot.commands.showing import audience, may_show
from bot.commands.turn import Command, Turn
from bot.domain.horizon import pace, season
from bot.domain.week import Week
from bot.store import standing, totals
from bot.store.standing import Standing
from bot.views import horizon as view
from bot.views import words
from bot.views.horizon import Road

SPEC = Spec(
    "horizon",
    "your hours on the road of two to five years, your pace, and your season",
    (EVERYONE,),
    group="The long road",
    is_read_only=True,
    examples=("/horizon",),
    also="season seasons road",
)


def run(turn: Turn, given: Given) -> Answer:
    """The road as it lies today."""
    now = standing.standing(turn.tx, turn.person, turn.now)
    weeks = totals.by_week(turn.tx, turn.person, now.current)
    if not sum(weeks):
        return Reply(view.nothing_yet(now.goal))
    shown_to = audience(turn, given)
    share = (Actions((words.show_everyone("horizon", {}),)),) if may_show(turn) else ()
    is_public = shown_to is Audience.PUBLIC
    return Reply(view.horizon(_road(turn, now, weeks), () if is_public else share, is_public=is_public), shown_to)


def _road(turn: Turn, now: Standing, weeks: list[int]) -> Road:
    first = turn.person.first_week
    ended = max(0, first.weeks_to(now.current)) if first is not None else 0
    whole = ([0] * ended + weeks[:-1])[-ended:] if ended else []
    return Road(
        turn.person.name,
        turn.today,
        weeks,
        now.goal,
        ended,
        pace(whole),
        season(first, max(first, Week.of(turn.today))) if first is not None else None,
        now.tally,
    )


COMMAND = Command(SPEC, run)
