"""A group's own cards: how it began, its settings, its posts by the clock, its areas and organisers."""

from datetime import datetime

from msgspec import Struct

from bot.chat.card import Actions, Block, Button, Card, Fact, Facts, Line, Menu, Note, Style, Tone
from bot.chat.text import Bold, Text, Timestamp
from bot.domain import schedule as moments
from bot.domain.duration import say
from bot.domain.group import MOST_AREAS, Group, Lines
from bot.domain.names import capitalize
from bot.domain.reminder import RULES, ReminderKind
from bot.domain.scheduled import GroupSchedule
from bot.views import words

POSTS = {"results": ReminderKind.RESULTS, "lastcall": ReminderKind.GROUP_CALL, "digest": ReminderKind.DIGEST}
"""The posts that a group can move, by the words that members have for them."""

NAMES = {ReminderKind.RESULTS: "Results", ReminderKind.GROUP_CALL: "Last call", ReminderKind.DIGEST: "Daily digest"}
VISIBLE = {
    Lines.EACH: "a line for each check-in",
    Lines.CARD: "one card a week",
    Lines.DIGEST: "one digest a day",
    Lines.OFF: "nothing of check-ins",
}
NO_NAMES = "No organiser shows their name here."
JOIN = Button("Join", "group join", style=Style.PRIMARY)
JOIN_TOO = Button("Join", "group join")
"""*Join* on a card that emphasises another button."""


class GroupOverview(Struct, frozen=True):
    """All that the settings card shows.

    `skipped` has key, reason and due instant of posts that were left out, `dropped` of those that the platform did not
    take.
    """

    group: Group
    posts: list[GroupSchedule]
    areas: tuple[str, ...]
    organisers: list[str]
    members: int
    skipped: list[tuple[str, str, datetime]]
    dropped: list[tuple[str, str, datetime]]


def started(group: Group, posts: list[GroupSchedule]) -> Card:
    """Announce a new group to the channel: the promise, when it posts, and *Join*."""
    coming = [
        f"{NAMES[post.kind].lower()} {words.say_moment(moments.Moment.of_key(post.moment))}"
        for post in posts
        if post.is_on and post.moment
    ]
    times = capitalize(f"{', '.join(coming)} ({words.say_clock(group.zone_name)}).")
    blocks: list[Block] = [
        Line(("The study group ", Bold(group.name), " is open.")),
        Line((words.promise(group.goal),)),
        *([Line((times,))] if coming else []),
        Actions((JOIN, words.plain(words.CHECK_IN))),
    ]
    return Card("", tuple(blocks), Tone.PROUD)


def ask_large(channel_name: str, people: int, options: dict[str, str]) -> Card:
    """Ask once whether a group is to start where many people are, and say what they will see."""
    here = f"#{channel_name.lstrip('#')} has {people:,} people. Start a group there? "
    sees = "They'd see one card a week, results and the last call, and each of them can join."
    return words.question("", (here + sees,), Button("Start the group", "group start", options, Style.PRIMARY))


def started_elsewhere(group: Group, channel_name: str) -> Card:
    """Confirm to who started a group from outside its channel that it is open there."""
    open_in = Line((Bold(group.name), f" is open in #{channel_name}. Everyone there can join."))
    join = Button("Join", "group join", {"group": str(group.id)}, Style.PRIMARY)
    return Card("", (open_in, Actions((join,))), Tone.GOOD)


def there_is_one(group: Group, *, is_member: bool) -> Card:
    """Say that the channel has a group already."""
    if is_member:
        return Card("", (Line((f"There's already a group here: {group.name}, and you are in it.",)),), Tone.WARN)
    return Card("", (Line((f"There's already a group here: {group.name}.",)), Actions((JOIN,))), Tone.WARN)


def ask_end(group: Group, members: int, here: dict[str, str]) -> Card:
    """Ask an organiser once whether the group is to end."""
    text = (
        f"End {group.name} for its {words.plural(members, 'member')}? Its posts stop, and everyone keeps their hours, "
    )
    return words.question(
        "",
        (f"{text}streak and journal.",),
        Button("End the group", "group end", {"sure": str(group.id), **here}, Style.DANGER),
    )


def ended(group: Group) -> Card:
    """Tell the channel that its group has ended."""
    return Card("", (Line((Bold(group.name), " has ended. Your hours, streaks and journals stay yours.")),))


def moved(group: Group, channel_name: str, *, is_new: bool) -> Card:
    """Tell a channel where its group meets now; the new one (`is_new`) has the ways into it."""
    line = Line((Bold(group.name), f" now meets in #{channel_name.lstrip('#')}."))
    return Card("", (line, Actions((JOIN, words.plain(words.CHECK_IN)))) if is_new else (line,))


def woken(group: Group) -> Card:
    """Confirm that a group that slept, since nothing could be posted to it, is awake."""
    return words.done(f"{group.name} is awake again, with everything it had. Its posts go on as before.")


def settings(overview: GroupOverview, news: list[str], here: dict[str, str]) -> Card:
    """Show the settings as they are; `news` says what has just been changed."""
    group = overview.group
    facts = (
        Fact("Time zone", (group.zone_name,)),
        Fact("Goal for new members", (f"{say(group.goal)} a week",)),
        Fact("The channel sees", (VISIBLE[group.lines],)),
        Fact("Members", (str(overview.members),)),
        Fact("Organisers", (", ".join(overview.organisers) or "nobody named",)),
        Fact("Areas", (", ".join(overview.areas),)),
    )
    blocks: list[Block] = [Line((sentence,)) for sentence in news]
    if group.asleep:
        reason = group.asleep.rstrip(".")
        blocks.append(Line((f"I can't post to the channel: {reason}. It goes on by itself as soon as I can.",)))
    blocks += [Facts(facts), Facts(tuple(_post_fact(group, overview.posts, kind) for kind in POSTS.values()))]
    blocks += [Note(_say_missing("Skipped", group, *skipped)) for skipped in overview.skipped]
    blocks += [Note(_say_missing("Not posted", group, *dropped)) for dropped in overview.dropped]
    blocks.append(Actions((Button("Change…", "set group", here, Style.PRIMARY, opens_form=True),)))
    blocks.append(
        Menu(
            "More settings",
            (
                Button("Posts", "group schedule", here),
                Button("Areas", "group areas", here),
                Button("Organisers", "group organisers", here),
                Button("Members", "group members", here),
            ),
        )
    )
    return Card(group.name, tuple(blocks), Tone.GOOD if news else Tone.NEUTRAL)


def schedule(group: Group, posts: list[GroupSchedule], news: str, here: dict[str, str]) -> Card:
    """Show when each post comes next, with a switch for each; `news` says what has just been changed."""
    blocks: list[Block] = [Line((news,))] if news else []
    blocks.append(Facts(tuple(_post_fact(group, posts, kind) for kind in POSTS.values())))
    blocks.append(Note((f"Times are {words.say_clock(group.zone_name)}.",)))
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
    return Card(f"Posts of {group.name}", tuple(blocks), Tone.GOOD if news else Tone.NEUTRAL)


def say_change(kind: ReminderKind, post: GroupSchedule | None) -> str:
    """Say when a post comes from now on, or that it is off."""
    if post is None or not post.is_on or post.moment is None:
        return f"{NAMES[kind]}: off."
    return f"{NAMES[kind]}: {_say_moment(post.moment)}."


class AreaChanges(Struct, frozen=True):
    """Changes of a group's areas: retired, taken into use, and renamed (old name to new name)."""

    gone: list[str]
    new: list[str]
    renamed: dict[str, str]


def areas(group: Group, names: tuple[str, ...], changed: AreaChanges, here: dict[str, str]) -> Card:
    """Show the areas in their order, and what has just been changed."""
    news = [
        f"{old} is {new} now; what was logged there stands under the new name." for old, new in changed.renamed.items()
    ]
    if changed.new:
        news.append(f"New: {', '.join(changed.new)}.")
    if changed.gone:
        news.append(f"Retired: {', '.join(changed.gone)}. What was logged there stays as it is.")
    blocks: list[Block] = [Line((sentence,)) for sentence in news]
    blocks.append(Line((", ".join(names),)))
    blocks.append(Note((f"{len(names)} of at most {MOST_AREAS}.",)))
    blocks.append(Actions((Button("Change…", "set areas", here, Style.PRIMARY, opens_form=True),)))
    return Card(f"Areas of {group.name}", tuple(blocks), Tone.GOOD if news else Tone.NEUTRAL)


def organisers(group: Group, names: list[str], news: list[str], here: dict[str, str], *, may_change: bool) -> Card:
    """Show who runs the group; `news` says what has just been changed."""
    blocks: list[Block] = [Line((sentence,)) for sentence in news]
    nobody = "Nobody is named. Whoever manages the server can still run it."
    blocks.append(Line((", ".join(names) or (nobody if may_change else NO_NAMES),)))
    if may_change:
        blocks.append(Actions((Button("Change…", "set organisers", here, Style.PRIMARY, opens_form=True),)))
    return Card(f"Organisers of {group.name}", tuple(blocks), Tone.GOOD if news else Tone.NEUTRAL)


def _post_fact(group: Group, posts: list[GroupSchedule], kind: ReminderKind) -> Fact:
    post = next((post for post in posts if post.kind is kind), None)
    if post is None or not post.is_on or post.moment is None:
        return Fact(NAMES[kind], ("off",))
    return Fact(NAMES[kind], _say_when(group, post))


def _say_when(group: Group, post: GroupSchedule) -> Text:
    moment = _say_moment(post.moment or RULES[post.kind].moment.key)
    if post.due_at is None or group.asleep:
        return (moment,)
    return (f"{moment}, next ", Timestamp(post.due_at, group.zone_name))


def _say_moment(key: str) -> str:
    moment = moments.Moment.of_key(key)
    return f"daily at {moment.at:%H:%M}" if moment.weekday is None else f"{moment}"


def _say_missing(what: str, group: Group, key: str, reason: str, due_at: datetime) -> Text:
    kind = key.partition("/")[0]
    name = NAMES[ReminderKind(kind)] if kind in {named.value for named in NAMES} else "A post"
    return (f"{what}: {name} of ", Timestamp(due_at, group.zone_name), f" ({reason}).")
