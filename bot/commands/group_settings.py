"""`group settings`: a group's name and zone, the goal of new members, and what the channel sees of check-ins."""

from dataclasses import replace

from bot.chat.card import Card
from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Reply
from bot.commands.shared.group_options import GOAL, GROUP, NAME, REPLACE, ZONE, form_behind
from bot.commands.shared.handler import Command
from bot.commands.shared.options import choice
from bot.context import Context
from bot.domain.duration import say
from bot.domain.group import Group, Lines
from bot.domain.person import ZoneSource
from bot.domain.reminder import RULES, ReminderKind
from bot.domain.schedule import Moment
from bot.store import areas, groups, organisers, outbox, schedules, time_zones
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


def run(context: Context, given: Given) -> Answer:
    """Show them, or change what is given."""
    group = context.organised_group()
    lines = given[LINES]
    wanted = replace(
        group,
        name=given[NAME] or group.name,
        zone_name=given[ZONE] or group.zone_name,
        goal=given[GOAL] or group.goal,
        lines=Lines(lines) if lines else group.lines,
    )
    if wanted != group:
        change(context, group, wanted)
    return Reply(_card(context, wanted, _said(group, wanted)), in_place=given[REPLACE] is not None)


def change(context: Context, group: Group, wanted: Group) -> None:
    """Keep the changed settings; posts, and members whose zone is the group's, follow a new zone."""
    groups.update(context.tx, wanted)
    if wanted.lines is not group.lines:
        arm_digest(context, wanted)
    if wanted.zone_name != group.zone_name:
        schedules.rearm_group(context.tx, wanted, context.now)
        _take_members_along(context, wanted)


def arm_digest(context: Context, group: Group, moment: Moment | None = None) -> None:
    """Let the daily digest come, at `moment` or as before, if that is what the channel sees; else let it rest."""
    old = schedules.find_of_group(context.tx, ReminderKind.DIGEST, group.id)
    if moment is None:
        moment = Moment.of_key(old.moment) if old and old.moment else RULES[ReminderKind.DIGEST].moment
    schedules.arm_group(context.tx, group, ReminderKind.DIGEST, moment, context.now, is_on=group.lines is Lines.DIGEST)


def prefill(context: Context, _raw: dict[str, str]) -> dict[str, str]:
    """The settings as they are."""
    group = context.organised_group()
    return {"name": group.name, "zone": group.zone_name, "goal": say(group.goal), "lines": group.lines.value}


def _take_members_along(context: Context, group: Group) -> None:
    for person, _ in groups.members(context.tx, group.id):
        first = groups.of_person(context.tx, person.id)[0][0]
        if person.zone_source is ZoneSource.GROUP and first.id == group.id:
            time_zones.move(context.tx, person, group.zone_name, ZoneSource.GROUP, context.now)


def _said(group: Group, wanted: Group) -> list[str]:
    pairs = (
        ("Name", group.name, wanted.name),
        ("Zone", group.zone_name, wanted.zone_name),
        ("Goal for new members", say(group.goal), say(wanted.goal)),
        ("Check-ins in the channel", group.lines.value, wanted.lines.value),
    )
    return [f"{what}: {new} (was {old})." for what, old, new in pairs if old != new]


def _card(context: Context, group: Group, said: list[str]) -> Card:
    found = view.GroupOverview(
        group,
        schedules.of_group(context.tx, group.id),
        areas.names(context.tx, group.id),
        [person.name for person in organisers.of_group(context.tx, group.id)],
        groups.size(context.tx, group.id),
        outbox.newest_skipped(context.tx, group.id),
        outbox.newest_dropped_of_group(context.tx, group.id),
    )
    return view.settings(found, said, context.here(group))


COMMAND = Command(SPEC, run)
FORM = form_behind(COMMAND, "set group", prefill, title="Group settings")
