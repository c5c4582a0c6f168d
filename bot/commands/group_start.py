"""`group start`: this channel's group; the form comes filled in and can be sent unchanged."""

from dataclasses import replace

from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Audience, Reply
from bot.commands.group_options import GOAL, NAME, ZONE, When, when
from bot.commands.membership import enter
from bot.commands.options import hidden
from bot.commands.turn import Answered, Command, Turn
from bot.domain.duration import say
from bot.domain.group import NAME_LIMIT, Group
from bot.domain.names import clean, cut
from bot.domain.reminder import RULES, Kind
from bot.errors import NotAllowed, Refused
from bot.store import groups, organisers, schedules
from bot.views import group as view

LAST_CALL = when("lastcall", Kind.GROUP_CALL, "last call of the week, in the channel")
RESULTS = when("results", Kind.RESULTS, "results of the week, in the channel")
ABSENT = hidden("absent")
"""Filled in by an adapter that sets a group up for others: who starts it is its organiser, and joins like anyone."""
NAMELESS = "Study group"

SPEC = Spec(
    "group start",
    "start a study group in this channel",
    (NAME, ZONE, GOAL, LAST_CALL, RESULTS, ABSENT),
    group="Groups",
    title="Start a group here",
    submit="Start",
    shows_form=True,
    examples=("/group start", "/group start name: Night owls zone: Europe/Berlin goal: 10"),
)


def run(turn: Turn, given: Given) -> Answer:
    """Start it, with the one who starts it as its organiser and, unless they are absent, its first member."""
    _check(turn)
    goal = given[GOAL]
    group = groups.add(
        turn.tx,
        turn.request.channel,
        given[NAME] or _name(turn),
        given[ZONE] or _zone(turn),
        turn.defaults.goal if goal is None else goal,
        turn.now,
    )
    organisers.add(turn.tx, group.id, turn.person.id)
    for kind, said in ((Kind.RESULTS, given[RESULTS]), (Kind.GROUP_CALL, given[LAST_CALL])):
        _arm(turn, group, kind, said)
    schedules.spare(turn.tx, group, Kind.RESULTS, turn.now)
    if given[ABSENT] is None:
        enter(turn, group)
    posts = schedules.of_group(turn.tx, group.id)
    return Reply(view.started(group, posts, turn.person.name), Audience.PUBLIC)


def prefill(turn: Turn, _raw: dict[str, str]) -> dict[str, str]:
    """What the group will be if the form is sent as it is."""
    _check(turn)
    return {
        "name": _name(turn),
        "zone": _zone(turn),
        "goal": say(turn.defaults.goal),
        "lastcall": RULES[Kind.GROUP_CALL].moment.key,
        "results": RULES[Kind.RESULTS].moment.key,
    }


def _check(turn: Turn) -> None:
    channel = turn.request.channel
    if channel.is_direct:
        raise Refused("A group lives in a channel, and this is a direct message. Say it in the channel that is meant.")
    group = groups.find(turn.tx, channel)
    if group is not None:
        raise Answered(_there_is_one(turn, group))
    if not turn.request.user.may_start:
        raise NotAllowed("Only someone who may manage this channel (on Slack, any full member) can start a group here.")


def _there_is_one(turn: Turn, group: Group) -> Answer:
    if group.asleep and (turn.request.user.may_start or turn.may_organise(group)):
        awake = replace(group, asleep=None)
        groups.update(turn.tx, awake)
        schedules.rearm_group(turn.tx, awake, turn.now)
        return Reply(view.woken(awake))
    member = groups.member(turn.tx, group.id, turn.person.id)
    return Reply(view.there_is_one(group, is_member=member is not None and not member.has_left), is_wrong=True)


def _arm(turn: Turn, group: Group, kind: Kind, said: When | None) -> None:
    moment = (said.moment if said else None) or RULES[kind].moment
    schedules.arm_group(turn.tx, group, kind, moment, turn.now, is_on=said is None or said.is_on)


def _name(turn: Turn) -> str:
    return cut(clean(turn.request.channel.name.lstrip("#"), NAME_LIMIT), NAME_LIMIT) or NAMELESS


def _zone(turn: Turn) -> str:
    return turn.person.zone_name if turn.person.is_zone_chosen else turn.defaults.zone


COMMAND = Command(SPEC, run, prefill)
