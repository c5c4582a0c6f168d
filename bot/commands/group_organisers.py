"""`group organisers`: who runs the group; never the last one is removed."""

from dataclasses import replace

from bot.chat.card import Card
from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Reply
from bot.commands.group_options import GROUP, empty_for_organisers, form_behind
from bot.commands.options import MEMBER
from bot.commands.turn import Command, Turn, about
from bot.commands.whom import member_meant
from bot.domain.group import Group
from bot.errors import Refused
from bot.store import organisers
from bot.views import group as view

ADD = replace(MEMBER, name="add", summary="a member to make an organiser", is_verb=True)
REMOVE = replace(MEMBER, name="remove", summary="an organiser to make a member like others", is_verb=True)

SPEC = Spec(
    "group organisers",
    "see and name the group's organisers",
    (ADD, REMOVE, GROUP),
    group="Groups",
    examples=("/group organisers", "/group organisers add: @ada"),
)


def run(turn: Turn, given: Given) -> Answer:
    """Show them to everyone here; organisers may name others, and take a place away."""
    if not given[ADD] and not given[REMOVE]:
        return Reply(_card(turn, turn.the_group(), []))
    group = turn.organised_group()
    said = []
    if (name := given[ADD]) is not None:
        with about(ADD):
            said.append(_add(turn, group, name))
    if (name := given[REMOVE]) is not None:
        with about(REMOVE):
            said.append(_remove(turn, group, name))
    return Reply(_card(turn, group, said))


def _add(turn: Turn, group: Group, name: str) -> str:
    person = member_meant(turn, group, name)
    if not organisers.add(turn.tx, group.id, person.id):
        raise Refused(f"{person.name} is an organiser already.")
    return f"{person.name} is an organiser now."


def _remove(turn: Turn, group: Group, name: str) -> str:
    person = member_meant(turn, group, name)
    if not organisers.includes(turn.tx, group.id, person.id):
        raise Refused(f"{person.name} is no organiser of {group.name}.")
    if len(organisers.of_group(turn.tx, group.id)) == 1:
        raise Refused(f"{person.name} is the only organiser; name another one first.", "/group organisers add: @ada")
    organisers.remove(turn.tx, group.id, person.id)
    return f"{person.name} is no organiser any more."


def _card(turn: Turn, group: Group, said: list[str]) -> Card:
    names = [person.name for person in organisers.of_group(turn.tx, group.id)]
    return view.organisers(group, names, said, turn.here(group), may_change=turn.may_organise(group))


COMMAND = Command(SPEC, run)
FORM = form_behind(COMMAND, "set organisers", empty_for_organisers, title="Change the organisers")
