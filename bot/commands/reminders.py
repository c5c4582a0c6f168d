"""`reminders`: a person's own: directly, named in a channel, or none at all, which is how it begins."""

from dataclasses import replace

from bot.chat.card import Card
from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Reply
from bot.commands.group_options import GROUP, REPLACE, When, form_behind, when
from bot.commands.options import choice
from bot.commands.turn import Command, Turn
from bot.domain.group import Group
from bot.domain.reminder import PERSON_KINDS, RULES, How, Kind
from bot.domain.schedule import Moment
from bot.store import groups, personal, schedules
from bot.store.personal import Reminders
from bot.views import reminders as view

HOW = choice(
    "how",
    "where you want them",
    *(how.value for how in How),
    also={"direct": "on, yes, dm, dms, directly, private, privately", "off": "no, none, never, nowhere, stop"},
)
NUDGE = when("nudge", Kind.NUDGE, "when nothing is logged yet")
LAST_CALL = when("lastcall", Kind.LAST_CALL, "when a little is missing")

SPEC = Spec(
    "reminders",
    "your own reminders: direct, in the channel, or off",
    (HOW, NUDGE, LAST_CALL, GROUP, REPLACE),
    group="Settings",
    examples=("/reminders direct", "/reminders nudge: wed 19:00 lastcall: off"),
    also="remind notify notifications",
)


def run(turn: Turn, given: Given) -> Answer:
    """Show what is set, or set it."""
    how = given[HOW]
    if how is not None:
        _choose(turn, How(how))
    moved = {Kind.NUDGE: given[NUDGE], Kind.LAST_CALL: given[LAST_CALL]}
    if how is not None or any(moved.values()):
        for kind in PERSON_KINDS:
            _arm(turn, kind, moved.get(kind))
    is_changed = how is not None or any(moved.values())
    return Reply(_card(turn, is_changed=is_changed), in_place=given[REPLACE] is not None)


def prefill(turn: Turn, _raw: dict[str, str]) -> dict[str, str]:
    """What is set now."""
    chosen = personal.reminders(turn.tx, turn.person.id)
    found = {rule.kind: rule for rule in schedules.of_person(turn.tx, turn.person.id)}

    def said(kind: Kind) -> str:
        rule = found.get(kind)
        if rule is None or rule.moment is None:
            return RULES[kind].moment.key
        return rule.moment if rule.is_on else "off"

    how = chosen.how if chosen else How.OFF
    return {"how": how.value, "nudge": said(Kind.NUDGE), "lastcall": said(Kind.LAST_CALL)}


def _choose(turn: Turn, how: How) -> None:
    """Remember the identity through which it was chosen: that is where a direct reminder goes."""
    user = turn.request.user
    group_id = turn.own_group().id if how is How.CHANNEL else None
    before = personal.reminders(turn.tx, turn.person.id)
    chosen = Reminders(how, group_id, user.platform, user.team, user.id, before.fresh_run if before else None)
    if how is How.OFF and before is not None:
        chosen = replace(before, how=How.OFF, group_id=None)
    personal.set_reminders(turn.tx, turn.person.id, chosen)


def _arm(turn: Turn, kind: Kind, said: When | None) -> None:
    old = schedules.find(turn.tx, kind, person_id=turn.person.id)
    before = Moment.of_key(old.moment) if old and old.moment else RULES[kind].moment
    moment = said.moment if said and said.moment else before
    is_on = said.is_on if said else old is None or old.is_on
    schedules.arm_person(turn.tx, turn.person, kind, moment, turn.now, is_on=is_on)


def _card(turn: Turn, *, is_changed: bool) -> Card:
    chosen = personal.reminders(turn.tx, turn.person.id)
    group = groups.get(turn.tx, chosen.group_id) if chosen and chosen.group_id is not None else None
    found = view.Set(
        chosen.how if chosen else How.OFF,
        group,
        chosen.platform if chosen else turn.request.user.platform,
        {rule.kind: rule for rule in schedules.of_person(turn.tx, turn.person.id)},
        turn.person,
        _is_hidden(turn, group),
    )
    return view.reminders(found, is_changed=is_changed)


def _is_hidden(turn: Turn, group: Group | None) -> bool:
    member = groups.member(turn.tx, group.id, turn.person.id) if group else None
    return member is not None and member.is_hidden


COMMAND = Command(SPEC, run)
FORM = form_behind(COMMAND, "set reminders", prefill, title="Your reminders")
