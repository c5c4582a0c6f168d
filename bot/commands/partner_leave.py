"""`partner leave`: stop studying together, at any time; asks once, and nobody reads who it was."""

from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Reply, Via
from bot.commands.shared.handler import Command
from bot.commands.shared.options import hidden_option, parse_number
from bot.context import Context
from bot.domain.partner import Ending, Partner
from bot.errors import Refused
from bot.store import partners
from bot.views import partner as view

FROM = hidden_option("from")
"""The id of the partnership that is meant."""

SPEC = Spec(
    "partner leave",
    "stop studying with your partner",
    (FROM,),
    group="Study partners",
    examples=("/partner leave",),
)


def run(context: Context, given: Given) -> Answer:
    """Ask, or end the pairs of the partnership that is meant."""
    together = partners.list_partners(context.tx, context.person.id)
    if not together:
        raise Refused("You have no study partner.", "/partner match")
    by_partnership: dict[int, list[Partner]] = {}
    for partner in together:
        by_partnership.setdefault(partner.pair.partnership_id, []).append(partner)
    meant = by_partnership.get(parse_number(given[FROM] or "") or 0)
    if meant is None:
        asked = [([partner.name for partner in group], number) for number, group in by_partnership.items()]
        return Reply(view.ask_leave(asked))
    partners.part(context.tx, [partner.pair for partner in meant], context.person.id, Ending.LEFT, context.now)
    return Reply(view.left([partner.name for partner in meant]), in_place=context.request.via is Via.BUTTON)


COMMAND = Command(SPEC, run)
