"""A group's own cards: how it began, its settings, its posts by the clock, its areas and organisers."""

from dataclasses import dataclass
from datetime import datetime

from bot.chat.card import Actions, Block, Button, Card, Fact, Facts, Line, Note, Style, Tone
from bot.chat.text import Bold, Code, Text, Timestamp
from bot.domain import schedule as moments
from bot.domain.duration import say
from bot.domain.group import MOST_AREAS, Group, Lines
from bot.domain.reminder import RULES, ReminderKind
from bot.domain.scheduled import GroupSchedule
from bot.views import words
from bot.views.welcome import agreement

POSTS = {"results": ReminderKind.RESULTS, "lastcall": ReminderKind.GROUP_CALL, "digest": ReminderKind.DIGEST}
"""What members call the posts that a group can move."""

NAMES = {ReminderKind.RESULTS: "Results", ReminderKind.GROUP_CALL: "Last call", ReminderKind.DIGEST: "Daily digest"}
SEES = {
    Lines.EACH: "a line for each check-in",
    Lines.DIGEST: "one digest a day",
    Lines.OFF: "nothing of check-ins",
}
JOIN = Button("Join", "group join", style=Style.PRIMARY)


@dataclass(frozen=True, slots=True)
class GroupOverview:
    """All that the settings card shows; `skipped` are key, reason and instant of posts that were left out,
    `dropped` of those that the platform did not take."""

    group: Group
    posts: list[GroupSchedule]
    areas: tuple[str, ...]
    organisers: list[str]
    members: int
    skipped: list[tuple[str, str, datetime]]
    dropped: list[tuple[str, str, datetime]]


def started(group: Group, posts: list[GroupSchedule], organiser: str) -> Card:
    """For all in the channel: what was begun, what happens next, and *Join*."""
    coming = [
        Line((Bold(NAMES[post.kind]), ": ", *_says_when(group, post))) for post in posts if post.is_on and post.moment
    ]
    blocks: list[Block] = [
        Line(agreement(group.goal)),
        Line(("What happens next: ", Bold("join"), ", then ", Code("/checkin 45m"), " whenever you have studied.")),
        *coming,
        Note((f"{organiser} is the organiser: ", Code("/group settings"), " changes all of this.")),
        Actions((JOIN, words.CHECK_IN)),
    ]
    return Card(f"{group.name} has begun", tuple(blocks), Tone.PROUD)


def there_is_one(group: Group, *, is_member: bool) -> Card:
    """A second start."""
    if is_member:
        return Card("", (Line((f"There is a group here already: {group.name}, and you are in it.",)),), Tone.WARN)
    return Card("", (Line((f"There is a group here already: {group.name}.",)), Actions((JOIN,))), Tone.WARN)


def woken(group: Group) -> Card:
    """A group that slept, since nothing could be posted to it."""
    return words.done(f"{group.name} is awake again, with all that it had. Its posts go on as before.")


def settings(found: GroupOverview, said: list[str], here: dict[str, str]) -> Card:
    """The settings as they are, after what has just been changed."""
    group = found.group
    facts = (
        Fact("Time zone", (group.zone_name,)),
        Fact("Goal for new members", (f"{say(group.goal)} a week",)),
        Fact("The channel sees", (SEES[group.lines],)),
        Fact("Members", (str(found.members),)),
        Fact("Organisers", (", ".join(found.organisers) or "nobody named",)),
        Fact("Areas", (", ".join(found.areas),)),
    )
    blocks: list[Block] = [Line((sentence,)) for sentence in said]
    if group.asleep:
        blocks.append(Line((f"Asleep, nothing is posted here: {group.asleep}.",)))
    blocks += [Facts(facts), Facts(tuple(_post_fact(group, found.posts, kind) for kind in POSTS.values()))]
    blocks += [Note(_says_missing("Skipped", group, *skipped)) for skipped in found.skipped]
    blocks += [Note(_says_missing("Not posted", group, *dropped)) for dropped in found.dropped]
    blocks.append(
        Actions(
            (
                Button("Change…", "set group", here, Style.PRIMARY, opens_form=True),
                Button("Posts", "group schedule", here),
                Button("Areas", "group areas", here),
                Button("Organisers", "group organisers", here),
                Button("Members", "group members", here),
            )
        )
    )
    return Card(group.name, tuple(blocks), Tone.GOOD if said else Tone.NEUTRAL)


def schedule(group: Group, posts: list[GroupSchedule], said: str, here: dict[str, str]) -> Card:
    """When each post comes next, with a switch for each."""
    blocks: list[Block] = [Line((said,))] if said else []
    blocks.append(Facts(tuple(_post_fact(group, posts, kind) for kind in POSTS.values())))
    blocks.append(Note((f"Times are those of {group.zone_name}.",)))
    on = {post.kind for post in posts if post.is_on}
    switches = tuple(
        Button(
            f"{NAMES[kind]} {'off' if kind in on else 'on'}",
            "group schedule",
            {"post": post, "when": "off" if kind in on else "on", "replace": "yes", **here},
        )
        for post, kind in POSTS.items()
    )
    move = Button("Move…", "set schedule", here, Style.PRIMARY, opens_form=True)
    blocks.append(Actions((move, *switches)))
    return Card(f"Posts of {group.name}", tuple(blocks), Tone.GOOD if said else Tone.NEUTRAL)


def say_change(kind: ReminderKind, post: GroupSchedule | None) -> str:
    """What has become of a post."""
    if post is None or not post.is_on or post.moment is None:
        return f"{NAMES[kind]}: off."
    return f"{NAMES[kind]}: {_say_moment(post.moment)}."


@dataclass(frozen=True, slots=True)
class AreaChanges:
    """What has just become of a group's areas: retired, taken into use, and renamed (old name to new name)."""

    gone: list[str]
    new: list[str]
    renamed: dict[str, str]


def areas(group: Group, names: tuple[str, ...], changed: AreaChanges, here: dict[str, str]) -> Card:
    """The areas in their order, after what has just been changed."""
    said = [
        f"{old} is {new} now; what was logged there stands under the new name." for old, new in changed.renamed.items()
    ]
    if changed.new:
        said.append(f"New: {', '.join(changed.new)}.")
    if changed.gone:
        said.append(f"Retired: {', '.join(changed.gone)}. What was logged there stays as it is.")
    blocks: list[Block] = [Line((sentence,)) for sentence in said]
    blocks.append(Line((", ".join(names),)))
    blocks.append(Note((f"{len(names)} of at most {MOST_AREAS}.",)))
    blocks.append(Actions((Button("Change…", "set areas", here, Style.PRIMARY, opens_form=True),)))
    return Card(f"Areas of {group.name}", tuple(blocks), Tone.GOOD if said else Tone.NEUTRAL)


def organisers(group: Group, names: list[str], said: list[str], here: dict[str, str], *, may_change: bool) -> Card:
    """Who runs the group."""
    blocks: list[Block] = [Line((sentence,)) for sentence in said]
    blocks.append(Line((", ".join(names) or "Nobody is named; whoever manages the server can still run it.",)))
    if may_change:
        blocks.append(Actions((Button("Change…", "set organisers", here, Style.PRIMARY, opens_form=True),)))
    return Card(f"Organisers of {group.name}", tuple(blocks), Tone.GOOD if said else Tone.NEUTRAL)


def _post_fact(group: Group, posts: list[GroupSchedule], kind: ReminderKind) -> Fact:
    post = next((post for post in posts if post.kind is kind), None)
    if post is None or not post.is_on or post.moment is None:
        return Fact(NAMES[kind], ("off",))
    return Fact(NAMES[kind], _says_when(group, post))


def _says_when(group: Group, post: GroupSchedule) -> Text:
    said = _say_moment(post.moment or RULES[post.kind].moment.key)
    if post.due_at is None or group.asleep:
        return (said,)
    return (f"{said}, next ", Timestamp(post.due_at, group.zone_name))


def _say_moment(key: str) -> str:
    moment = moments.Moment.of_key(key)
    return f"daily at {moment.at:%H:%M}" if moment.weekday is None else f"{moment}"


def _says_missing(what: str, group: Group, key: str, reason: str, due_at: datetime) -> Text:
    kind = key.partition("/")[0]
    name = NAMES[ReminderKind(kind)] if kind in {each.value for each in NAMES} else "A post"
    return (f"{what}: {name} of ", Timestamp(due_at, group.zone_name), f" ({reason}).")
