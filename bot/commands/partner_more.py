"""*More* on the card of a partner: hours or days, a line in the results, a block."""

from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Reply, Via
from bot.commands.shared.handler import Command
from bot.commands.shared.options import hidden_option
from bot.context import Context
from bot.domain.partner import Ending, PartnerSettings
from bot.store import partner_invitations, partner_settings, partners
from bot.views import partner as view

CHOICE = hidden_option("choice")
BLOCK = "block "
"""The beginning of a choice that goes on with the id of a partner."""

SPEC = Spec("partner more", "what else there is to your study partner", (CHOICE,), is_button_only=True)


def run(context: Context, given: Given) -> Answer:
    """Show the choices, after changing one."""
    together = partners.list_partners(context.tx, context.person.id)
    if not together:
        return Reply(view.nobody())
    choice = given[CHOICE] or ""
    in_place = context.request.via is Via.BUTTON and bool(choice)
    meant = next((one for one in together if choice == f"{BLOCK}{one.person_id}"), None)
    if meant is not None:
        partner_invitations.block(context.tx, context.person.id, meant.person_id, context.now)
        partners.part(context.tx, [meant.pair], context.person.id, Ending.BLOCKED, context.now)
        return Reply(view.blocked(meant.name), in_place=in_place)
    settings = _changed(partner_settings.find(context.tx, context.person.id), choice)
    if choice:
        partner_settings.save(context.tx, context.person.id, settings)
    return Reply(view.more([(one.name, one.person_id) for one in together], settings), in_place=in_place)


def _changed(settings: PartnerSettings, choice: str) -> PartnerSettings:
    match choice:
        case "days" | "hours":
            return settings._replace(shows_days=choice == "days")
        case "results" | "quiet":
            return settings._replace(in_results=choice == "results")
        case _:
            return settings


COMMAND = Command(SPEC, run)
