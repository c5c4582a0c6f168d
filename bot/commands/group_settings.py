"""`group settings`: a group's name and zone, the goal of new members, and what the channel sees of check-ins."""

from dataclasses import replace

from bot.chat.card import Card
from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Reply
from bot.commands.shared.change_group import change_group
from bot.commands.shared.group_options import GOAL, GROUP, NAME, REPLACE, ZONE, by_name, form_command
from bot.commands.shared.handler import Command
from bot.commands.shared.options import choice_option
from bot.context import Context
from bot.domain.duration import say
from bot.domain.group import Group, Lines
from bot.store import areas, groups, organisers, outbox, schedules
from bot.views import group as view

LINES = choice_option(
    "lines",
    "what the channel sees of check-ins",
    *(lines.value for lines in Lines),
    labels={
        "each": "A line for each check-in",
        "card": "One card a week",
        "digest": "A digest each day",
        "off": "Nothing",
    },
    question="What does the channel see of check-ins?",
    description="Hidden members stay unseen in any case.",
    synonyms={
        "each": "all, every, on, yes",
        "card": "weekly card, a card, weekly",
        "digest": "daily, a digest",
        "off": "none, nothing, no, never",
    },
)

SPEC = Spec(
    "group settings",
    "see and change the group's settings",
    (NAME, by_name(ZONE), by_name(GOAL), by_name(LINES), GROUP, REPLACE),
    group="Groups",
    examples=("/group settings", "/group settings lines: digest"),
    also="settings config",
)


def run(context: Context, given: Given) -> Answer:
    """Show them, or change what is given."""
    group = context.require_organised_group()
    lines = given[LINES]
    changed = replace(
        group,
        name=given[NAME] or group.name,
        zone_name=given[ZONE] or group.zone_name,
        goal=given[GOAL] or group.goal,
        lines=Lines(lines) if lines else group.lines,
    )
    if changed != group:
        change_group(context, group, changed)
    return Reply(_card(context, changed, _say_changes(group, changed)), in_place=given[REPLACE] is not None)


def prefill(context: Context, _raw: dict[str, str]) -> dict[str, str]:
    """Return the settings as they are."""
    group = context.require_organised_group()
    return {"name": group.name, "zone": group.zone_name, "goal": say(group.goal), "lines": group.lines.value}


def _say_changes(group: Group, changed: Group) -> list[str]:
    settings = (
        ("Name", group.name, changed.name),
        ("Zone", group.zone_name, changed.zone_name),
        ("Goal for new members", say(group.goal), say(changed.goal)),
        ("Check-ins in the channel", group.lines.value, changed.lines.value),
    )
    return [f"{name}: {new} (was {old})." for name, old, new in settings if old != new]


def _card(context: Context, group: Group, changes: list[str]) -> Card:
    overview = view.GroupOverview(
        group,
        schedules.list_of_group(context.tx, group.id),
        areas.list_names(context.tx, group.id),
        organisers.list_names(context.tx, group, with_hidden=True),
        groups.count_members(context.tx, group.id),
        outbox.list_newest_skipped(context.tx, group.id),
        outbox.list_newest_dropped_of_group(context.tx, group.id),
    )
    return view.settings(overview, changes, context.group_options(group))


COMMAND = Command(SPEC, run)
FORM = form_command(COMMAND, "set group", prefill, title="Group settings")
