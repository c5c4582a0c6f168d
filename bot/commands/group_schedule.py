"""`group schedule`: when the group's own posts come; each can be moved or switched off."""

from dataclasses import replace

from bot.chat.command import Given, Option, OptionKind, Reading, Spec
from bot.chat.request import Answer, Reply
from bot.commands.group_settings import arm_digest, change
from bot.commands.shared.group_options import GROUP, REPLACE, When, form_behind, read_when
from bot.commands.shared.handler import Command, about
from bot.commands.shared.options import choice
from bot.context import Context
from bot.domain.group import Group, Lines
from bot.domain.names import read_text
from bot.domain.reminder import RULES, ReminderKind
from bot.domain.schedule import Moment
from bot.errors import Refused
from bot.store import schedules
from bot.views import group as view

EXAMPLE = "/group schedule results sun 18:00"


def _read_words(text: str, _reading: Reading) -> str:
    return read_text(text, 64, "time", required=True)


POST = choice("post", "which post", *view.POSTS, also={"lastcall": "last call", "digest": "daily digest"})
WHEN = Option("when", OptionKind.MOMENT, "when it comes", _read_words, hint="sun 15:00, on or off", longest=64)

SPEC = Spec(
    "group schedule",
    "see, move or switch off the group's posts",
    (POST, WHEN, GROUP, REPLACE),
    group="Groups",
    examples=("/group schedule", EXAMPLE, "/group schedule lastcall off"),
)


def run(context: Context, given: Given) -> Answer:
    """Show when each post comes, or change one."""
    group = context.organised_group()
    post, words = given[POST], given[WHEN]
    said = ""
    if words is not None and post is None:
        with about(POST):
            raise Refused(f"Which post? There are {', '.join(view.POSTS)}.", EXAMPLE)
    if post is not None and words is None:
        with about(WHEN):
            raise Refused(f"When should {post} come? Say a time, on or off.", EXAMPLE)
    if post is not None and words is not None:
        group, said = _change(context, group, view.POSTS[post], words)
    posts = schedules.of_group(context.tx, group.id)
    return Reply(view.schedule(group, posts, said, context.here(group)), in_place=given[REPLACE] is not None)


def prefill(context: Context, raw: dict[str, str]) -> dict[str, str]:
    """The first post, and when it comes now."""
    group = context.organised_group()
    post = raw.get("post") if raw.get("post") in view.POSTS else "results"
    return {"post": str(post), "when": _moment(context, group, view.POSTS[str(post)]).key}


def _change(context: Context, group: Group, kind: ReminderKind, words: str) -> tuple[Group, str]:
    with about(WHEN):
        wanted = read_when(words, _moment(context, group, kind))
    if kind is ReminderKind.DIGEST:
        group = _change_digest(context, group, wanted)
    else:
        moment = wanted.moment or _moment(context, group, kind)
        schedules.arm_group(context.tx, group, kind, moment, context.now, is_on=wanted.is_on)
    return group, view.say_change(kind, schedules.find_of_group(context.tx, kind, group.id))


def _change_digest(context: Context, group: Group, wanted: When) -> Group:
    """The digest is what the channel sees of check-ins, or it is not: both are one setting."""
    lines = Lines.DIGEST if wanted.is_on else Lines.OFF if group.lines is Lines.DIGEST else group.lines
    changed = replace(group, lines=lines)
    change(context, group, changed)
    arm_digest(context, changed, wanted.moment)
    return changed


def _moment(context: Context, group: Group, kind: ReminderKind) -> Moment:
    found = schedules.find_of_group(context.tx, kind, group.id)
    return Moment.of_key(found.moment) if found and found.moment else RULES[kind].moment


COMMAND = Command(SPEC, run)
FORM = form_behind(COMMAND, "set schedule", prefill, title="Move a post")
