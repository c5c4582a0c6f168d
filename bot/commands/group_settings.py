"""`group settings`: a group's name and zone, the goal of new members, and what the channel sees of check-ins."""

from dataclasses import replace

from bot.chat.card import Card
from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Reply
from bot.commands import zoning
from bot.commands.group_options import GOAL, GROUP, NAME, REPLACE, ZONE, form_behind
from bot.commands.options import choice
from bot.commands.turn import Command, Turn
from bot.domain.duration import say
from bot.domain.group import Group, Lines
from bot.domain.person import ZoneSource
from bot.domain.reminder import RULES, Kind
from bot.domain.schedule import Moment
from bot.store import areas, dropped, groups, organisers, schedules, skipped
from bot.views import group as view

LINES = choice(
    "lines",
    "what the channel sees of check-ins",
    *(each.value for each in Lines),
    also={"each": "all, every, on, yes", "digest": "daily, a digest", "off": "none, nothing, no, never"},
)

SPEC = Spec(
    "group settings",
    "see and change the group's settings",
    (NAME, ZONE, GOAL, LINES, GROUP, REPLACE),
    group="Groups",
    examples=("/group settings", "/group settings lines: digest"),
    also="settings config",
)


def run(turn: Turn, given: Given) -> Answer:
    """Show them, or change what is given."""
    group = turn.organised_group()
    lines = given[LINES]
    wanted = replace(
        group,
        name=given[NAME] or group.name,
        zone_name=given[ZONE] or group.zone_name,
        goal=given[GOAL] or group.goal,
        lines=Lines(lines) if lines else group.lines,
    )
    if wanted != group:
        change(turn, group, wanted)
    return Reply(_card(turn, wanted, _said(group, wanted)), in_place=given[REPLACE] is not None)


def change(turn: Turn, group: Group, wanted: Group) -> None:
    """Keep the changed settings; posts, and members whose zone is the group's, follow a new zone."""
    groups.update(turn.tx, wanted)
    if wanted.lines is not group.lines:
        arm_digest(turn, wanted)
    if wanted.zone_name != group.zone_name:
        schedules.rearm_group(turn.tx, wanted, turn.now)
        _take_members_along(turn, wanted)


def arm_digest(turn: Turn, group: Group, moment: Moment | None = None) -> None:
    """Let the daily digest come, at `moment` or as before, if that is what the channel sees; else let it rest."""
    old = schedules.find(turn.tx, Kind.DIGEST, group_id=group.id)
    if moment is None:
        moment = Moment.of_key(old.moment) if old and old.moment else RULES[Kind.DIGEST].moment
    schedules.arm_group(turn.tx, group, Kind.DIGEST, moment, turn.now, is_on=group.lines is Lines.DIGEST)


def prefill(turn: Turn, _raw: dict[str, str]) -> dict[str, str]:
    """The settings as they are."""
    group = turn.organised_group()
    return {"name": group.name, "zone": group.zone_name, "goal": say(group.goal), "lines": group.lines.value}


def _take_members_along(turn: Turn, group: Group) -> None:
    for person, _ in groups.members(turn.tx, group.id):
        first = groups.of_person(turn.tx, person.id)[0][0]
        if person.zone_source is ZoneSource.GROUP and first.id == group.id:
            zoning.move(turn.tx, person, group.zone_name, ZoneSource.GROUP, turn.now)


def _said(group: Group, wanted: Group) -> list[str]:
    pairs = (
        ("Name", group.name, wanted.name),
        ("Zone", group.zone_name, wanted.zone_name),
        ("Goal for new members", say(group.goal), say(wanted.goal)),
        ("Check-ins in the channel", group.lines.value, wanted.lines.value),
    )
    return [f"{what}: {new} (was {old})." for what, old, new in pairs if old != new]


def _card(turn: Turn, group: Group, said: list[str]) -> Card:
    found = view.Settings(
        group,
        schedules.of_group(turn.tx, group.id),
        areas.names(turn.tx, group.id),
        [person.name for person in organisers.of_group(turn.tx, group.id)],
        groups.size(turn.tx, group.id),
        skipped.newest(turn.tx, group.id),
        dropped.newest_of_group(turn.tx, group.id),
    )
    return view.settings(found, said, turn.here(group))


COMMAND = Command(SPEC, run)
FORM = form_behind(COMMAND, "set group", prefill, title="Group settings")
