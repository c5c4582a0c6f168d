"""The bot's work: when it ticked last, what waits, what was given up, and what can never happen."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from bot.chat.codec import decode_address
from bot.checkup.line import Line, ago, counted, stamp, warning, well, wrong
from bot.delivery.after_restore import RESTORED_REASON
from bot.delivery.missed import MISSED_REASON
from bot.delivery.personal_posts import WEEK_OVER_REASON
from bot.domain.reminder import ReminderKind
from bot.domain.schedule import Moment
from bot.store import erasures, heap, heartbeat, inspection, unsettled
from bot.store.tx import Tx

TICK, DUE, NEXT, SCHEDULES, GIVEN_UP, GROUPS = (
    "last tick",
    "posts due",
    "next post",
    "schedules",
    "posts given up",
    "groups",
)
ERASING = "erasing"
REPEATED = "posts repeated"
READING = (
    "let the bot read its channels (Read Message History on Discord, the history scopes on Slack), or leave such posts "
    'out with [delivery] unsure = "drop"'
)
WAKING = "fix that and it wakes by itself; if its channel is gone, /group move takes it to another one"
STOP_TOLERANCE = timedelta(hours=1)
"""So long a stop may be a restart or some work on the machine; then members miss the bot."""

SILENT_AFTER = timedelta(minutes=3)
LATE_AFTER = timedelta(minutes=10)
ERASED_WITHIN = timedelta(days=1)
REWRITTEN_WITHIN = timedelta(days=8)
"""Time in which a server's table has its turn, where posts are due each night; others wait a day more each."""

LOOKS_BACK = timedelta(days=7)
MAX_REASONS = 3
MAX_WAITING = 3
MOST_GROUPS = 20
MOST_KEYS = 10
CONSOLE = "console"
NAMES = {
    ReminderKind.GROUP_CALL.value: "the group's last call",
    ReminderKind.LAST_CALL.value: "a personal last call",
    ReminderKind.FRESH_START.value: "a fresh start",
    ReminderKind.WEEKLY_CARD.value: "the weekly card",
    ReminderKind.RESULTS.value: "results",
    ReminderKind.DIGEST.value: "the digest",
    ReminderKind.NUDGE.value: "a nudge",
    ReminderKind.ASKED.value: "a reminder that someone asked for",
    "snoozed": "a snoozed reminder",
    "line": "the line of a check-in",
    "notice": "a notice to organisers",
    "asleep": "a notice to organisers",
    "notposted": "a notice to organisers",
    "unsure": "a notice to organisers",
    "welcome": "the welcome",
    "started": "the news of a new group",
    "moved": "the news of a move",
    "focus": "a finished focus",
}
"""Posts by the beginnings of their keys."""

REFUSED = "a platform's refusal says what is missing: a permission, or an invitation to the channel"
ADVICE = {
    RESTORED_REASON: "nothing, unless a channel misses one of these: then post it by hand",
    MISSED_REASON: "keep the bot running, and posts come on time",
    WEEK_OVER_REASON: "keep the bot running, and posts come on time",
}
"""What to do, by the reason for which something was left out."""


def is_running(tx: Tx, now: datetime) -> bool:
    """Return True if a process serves this database now."""
    last = heartbeat.find_last(tx)
    return last is not None and not last.is_stopped and now - last.at <= SILENT_AFTER


def look(tx: Tx, now: datetime, served: Sequence[str]) -> list[Line]:
    """Tell what the tables tell; `served` are the platforms that the configuration names."""
    is_served = is_running(tx, now)
    return [
        _tick(heartbeat.find_last(tx), now, is_needed=bool(served)),
        *_failures(tx, now),
        _due(tx, now, is_served=is_served),
        *_next(tx),
        *_schedules(tx, now, is_served=is_served),
        _given_up(tx, now),
        *_repeated(tx, now),
        *_erasing(tx, now, is_served=is_served),
        *_groups(tx, served),
    ]


def _tick(last: heartbeat.LastBeat | None, now: datetime, *, is_needed: bool) -> Line:
    if last is None:
        words = "none yet; `tenhours run` hasn't used this database so far"
        return warning(TICK, words, "type `tenhours run`") if is_needed else well(TICK, words)
    if last.is_stopped:
        words, what_to_do = f"the bot was stopped on {stamp(last.at)}", "start it again with `tenhours run`"
        if not is_needed:
            return well(TICK, words)
        return (warning if now - last.at < STOP_TOLERANCE else wrong)(TICK, words, what_to_do)
    if now - last.at > SILENT_AFTER:
        words = f"{ago(now - last.at)} ago; the bot isn't running, or it hangs"
        return wrong(TICK, words, "start it again with `tenhours run`; its log says what happened")
    return well(TICK, f"{ago(now - last.at)} ago")


def _failures(tx: Tx, now: datetime) -> list[Line]:
    """Return a line for each platform that the running program does not serve, though it serves another."""
    what_to_do = "mend it and start the bot again; until then it is tried anew by itself, ever more rarely"
    return [
        wrong(platform, f"the running bot does not serve it: {reason.rstrip('.')}", what_to_do)
        for platform, reason in heartbeat.list_failures(tx, now - SILENT_AFTER)
    ]


def _due(tx: Tx, now: datetime, *, is_served: bool) -> Line:
    backlog = inspection.find_backlog(tx, now)
    if backlog.oldest is None:
        return well(DUE, "none are waiting")
    words = f"{counted(backlog.posts, 'post')} waiting, the oldest for {ago(now - backlog.oldest)}"
    oldest = [_tell_post(post, has_reason=True) for post in unsettled.list_waiting(tx, now, MAX_WAITING)]
    words = f"{words}: {'; '.join(oldest)}" if oldest else words
    if now - backlog.oldest <= LATE_AFTER:
        return well(DUE, words)
    if is_served:
        return warning(DUE, words, "see the lines about the platforms, and the log, for the reason")
    return warning(DUE, words, "start the bot; it sends those that are still useful")


def _next(tx: Tx) -> list[Line]:
    """Return a line for each group with the post that comes next, at most of `MOST_GROUPS`."""
    return [
        well(NEXT, f"{post.group} ({post.platform}): {_name(post.kind)} on {_local(post)}")
        for post in unsettled.list_next(tx, MOST_GROUPS)
    ]


def _local(post: unsettled.NextPost) -> str:
    """Return when a post is due as its group's clocks show it; in UTC where its zone is not known any more."""
    zone = post.zone if _is_zone(post.zone) else "UTC"
    due = post.due_at.astimezone(ZoneInfo(zone))
    return f"{due:%A} {due.day} {due:%B, %H:%M} ({zone})"


def _tell_post(post: unsettled.UnsettledPost, *, has_reason: bool = False) -> str:
    """Return “a nudge to Ada”, “results in Study hall”, with the reason why it did not go out where that is asked."""
    reason = f" ({post.reason})" if has_reason and post.reason else ""
    return f"{_name(post.key.partition('/')[0])}{_place(post)}{reason}"


def _place(post: unsettled.UnsettledPost) -> str:
    if post.person:
        return f" to {post.person}"
    try:
        name = post.group or decode_address(post.address).name
    except msgspec.DecodeError:  # of an occurrence that was left out, or of another version
        name = ""
    return f" in {name}" if name else ""


def _schedules(tx: Tx, now: datetime, *, is_served: bool) -> list[Line]:
    """Return a line for each reason why something cannot fire; one where all can."""
    lines = [_unreadable(moment) for moment in inspection.list_moments(tx) if not _is_moment(moment)]
    lines += [_unknown(zone) for zone in inspection.list_zones(tx) if not _is_zone(zone)]
    lines += [_never_due(kind, group) for kind, group in inspection.list_never_due(tx)]
    number, oldest = inspection.count_overdue(tx, now - LATE_AFTER)
    if is_served and oldest is not None:
        words = f"{counted(number, 'schedule')} overdue, the oldest by {ago(now - oldest)}"
        lines.append(wrong(SCHEDULES, words, "look for “tick failed” in the log"))
    return lines or [well(SCHEDULES, "all of them can fire")]


def _unreadable(moment: str) -> Line:
    words = f"“{moment[:30]}” isn't a weekday and a time, so whatever waits for it never comes"
    return wrong(SCHEDULES, words, "set the time again with /group schedule or /reminders")


def _unknown(zone: str) -> Line:
    words = f"the time zone {zone[:60]} doesn't exist any more, so nobody in it gets reminders"
    return wrong(SCHEDULES, words, "choose another one with /timezone or /group settings, or upgrade the zone data")


def _never_due(kind: str, group: str) -> Line:
    words = f"{_name(kind)} of {group}: switched on, but never due"
    return wrong(SCHEDULES, words, "switch it off and on again with /group schedule")


def _given_up(tx: Tx, now: datetime) -> Line:
    given_up, missed = inspection.count_given_up_since(tx, now - LOOKS_BACK)
    if not given_up + missed:
        return well(GIVEN_UP, f"none in the last {LOOKS_BACK.days} days")
    newest = [
        *(unsettled.list_dropped(tx, now - LOOKS_BACK, MOST_KEYS) if given_up else []),
        *(unsettled.list_skipped(tx, now - LOOKS_BACK, MOST_KEYS) if missed else []),
    ]
    names: dict[str, dict[str, None]] = {}
    for post in newest:
        names.setdefault(post.reason, {})[_tell_post(post)] = None
    reasons = list(names.items())[:MAX_REASONS]
    listed = "; ".join(f"{', '.join(kinds)} ({reason})" for reason, kinds in reasons)
    words = f"{given_up} dropped and {missed} skipped in the last {LOOKS_BACK.days} days. The newest: {listed}"
    advice = dict.fromkeys(ADVICE.get(reason, REFUSED) for reason, _ in reasons)
    return warning(GIVEN_UP, words, "; ".join(advice))


def _name(kind: str) -> str:
    return NAMES.get(kind, kind)


def _repeated(tx: Tx, now: datetime) -> list[Line]:
    """Return a line where posts may have arrived twice: the connection broke, and nobody could look."""
    number = inspection.count_repeated_since(tx, now - LOOKS_BACK)
    if not number:
        return []
    words = f"{counted(number, 'post')} in the last {LOOKS_BACK.days} days may be there twice: nobody could look"
    return [warning(REPEATED, words, READING)]


def _erasing(tx: Tx, now: datetime, *, is_served: bool) -> list[Line]:
    """Return a line while what somebody erased is still in the file; members were told that it goes within a day."""
    oldest = erasures.find_oldest(tx)
    if oldest is None:
        return _rewriting(tx, now)
    words = f"what someone erased {ago(now - oldest)} ago is still leaving the file"
    if now - oldest <= ERASED_WITHIN:
        return [well(ERASING, words)]
    what_to_do = "look for “the rest of an erase waits” in the log" if is_served else "start the bot; it goes on"
    return [warning(ERASING, words, what_to_do)]


def _rewriting(tx: Tx, now: datetime) -> list[Line]:
    """Return a line while a server's tables are still to be rewritten: all small ones a night, and a large one."""
    debts = heap.list_debts(tx)
    if not debts:
        return []
    late = now - debts[0].since
    words = (
        f"{counted(len(debts), 'table')} to be rewritten at night, so that nothing of what was erased stays in files"
    )
    if late <= REWRITTEN_WITHIN + len(debts) * timedelta(days=1):
        return [well(ERASING, words)]
    return [warning(ERASING, words, "look for “the files keep what was erased for longer” in the log")]


def _groups(tx: Tx, served: Sequence[str]) -> list[Line]:
    lines = [
        warning(GROUPS, f"{name} ({platform}) is asleep: {reason}", WAKING)
        for platform, name, reason in inspection.list_sleeping_groups(tx)
    ]
    awake = inspection.count_awake_groups(tx)
    for platform, number in awake.items():
        if platform not in (*served, CONSOLE):
            words = f"{counted(number, 'group')} on {platform}, which isn't set up"
            lines.append(warning(GROUPS, words, f"set the tokens of [{platform}]"))
    return lines or [well(GROUPS, f"{counted(sum(awake.values()), 'group')}, none of them asleep")]


def _is_moment(moment: str) -> bool:
    try:
        Moment.of_key(moment)
    except Exception:  # noqa: BLE001 - whatever it is that cannot be read, the line says so
        return False
    return True


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
