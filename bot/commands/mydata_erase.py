"""`mydata erase`: asks once, says what will go and what remains elsewhere, then does it all in one transaction."""

from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Reply, Via
from bot.commands.shared.handler import Command
from bot.commands.shared.options import hidden_option
from bot.context import Context
from bot.domain.partner import Ending
from bot.store import erasing, partners, redraws
from bot.views import mydata as view

SURE = hidden_option("sure")
"""The person who was asked, so that nobody erases themselves by somebody else's button."""

SPEC = Spec(
    "mydata erase",
    "erase everything the bot keeps about you",
    (SURE,),
    group="Your data",
    is_for_known=True,
    also="delete forget remove",
)


def run(context: Context, given: Given) -> Answer:
    """Ask, or do it."""
    counts = erasing.summarize(context.tx, context.person.id)
    person_id = str(context.person.id)
    if given[SURE] != person_id:
        return Reply(view.ask(counts, person_id))
    own_groups = [group for group, _ in context.own_groups()]
    pairs = partners.list_pairs(context.tx, context.person.id)
    partners.part(context.tx, pairs, context.person.id, Ending.LEFT, context.now)
    erasing.erase(context.tx, context.person, Reply(view.erased_since()), context.now)
    context.has_erased = True
    redraws.arm(context.tx, own_groups, context.now)
    return Reply(view.erased(counts), in_place=context.request.via is Via.BUTTON)


COMMAND = Command(SPEC, run)
