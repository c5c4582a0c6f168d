"""`group schedule`: when the group's own posts come; each can be moved or switched off."""

from dataclasses import replace

from bot.chat.command import Given, Option, OptionKind, Reading, Spec
from bot.chat.request import Answer, Reply
from bot.commands.shared.change_group import arm_digest, change_group, find_moment
from bot.commands.shared.group_options import GROUP, REPLACE, PostTime, form_command, read_post_time
from bot.commands.shared.handler import Command, about
from bot.commands.shared.options import choice_option
from bot.context import Context
from bot.domain.group import Group, Lines
from bot.domain.reminder import RULES, ReminderKind
from bot.errors import Refused
from bot.store import schedules
from bot.views import group as view

EXAMPLE = "/group schedule results sun 18:00"


def _read_time(text: str, _reading: Reading) -> str:
    """Return the words of a time; what they leave out is known once the post is. Raises `Refused` for no time."""
    try:
        read_post_time(text, RULES[ReminderKind.RESULTS].moment)
    except Refused as refused:
        try:
            read_post_time(text, RULES[ReminderKind.DIGEST].moment)
        except Refused:
            raise refused from None
    return text


POST = choice_option(
    "post",
    "which post",
    *view.POSTS,
    labels={post: view.NAMES[kind] for post, kind in view.POSTS.items()},
    synonyms={"lastcall": "last call", "digest": "daily digest"},
    question="Which post?",
)
WHEN = Option(
    "when",
    OptionKind.MOMENT,
    "when it comes, on, or off",
    _read_time,
    hint="sun 15:00",
    longest=64,
    question="When should it come?",
    description="By the group's clock. “off” switches it off, “on” on again.",
)

SPEC = Spec(
    "group schedule",
    "see, move or switch off the group's posts",
    (POST, WHEN, GROUP, REPLACE),
    group="Groups",
    examples=("/group schedule", EXAMPLE, "/group schedule lastcall off"),
)


def run(context: Context, given: Given) -> Answer:
    """Show when each post comes, or change one."""
    group = context.require_organised_group()
    post, time = given[POST], given[WHEN]
    confirmation = ""
    if time is not None and post is None:
        with about(POST):
            raise Refused(f"Which post? There are {', '.join(view.POSTS)}.", EXAMPLE)
    if post is not None and time is None:
        with about(WHEN):
            raise Refused(f"When should {post} come? Say a time, on or off.", EXAMPLE)
    if post is not None and time is not None:
        group, confirmation = _change(context, group, view.POSTS[post], time)
    posts = schedules.list_of_group(context.tx, group.id)
    card = view.schedule(group, posts, confirmation, context.group_options(group))
    return Reply(card, in_place=given[REPLACE] is not None)


def prefill(context: Context, raw: dict[str, str]) -> dict[str, str]:
    """Return the post that is named, else the first one, and when it comes now."""
    group = context.require_organised_group()
    named = raw.get("post", "")
    post = named if named in view.POSTS else "results"
    return {"post": post, "when": find_moment(context, group, view.POSTS[post]).key}


def _change(context: Context, group: Group, kind: ReminderKind, time: str) -> tuple[Group, str]:
    moment = find_moment(context, group, kind)
    with about(WHEN):
        post_time = read_post_time(time, moment)
    if kind is ReminderKind.DIGEST:
        group = _change_digest(context, group, post_time)
    else:
        schedules.arm_group(context.tx, group, kind, post_time.moment or moment, context.now, is_on=post_time.is_on)
    return group, view.say_change(kind, schedules.find_of_group(context.tx, kind, group.id))


def _change_digest(context: Context, group: Group, post_time: PostTime) -> Group:
    """Switch what the channel sees of check-ins to the digest, or away from it: both are one setting."""
    lines = Lines.DIGEST if post_time.is_on else Lines.OFF if group.lines is Lines.DIGEST else group.lines
    changed = replace(group, lines=lines)
    change_group(context, group, changed)
    arm_digest(context, changed, post_time.moment or find_moment(context, changed, ReminderKind.DIGEST))
    return changed


COMMAND = Command(SPEC, run)
FORM = form_command(COMMAND, "set schedule", prefill, title="Move a post")
