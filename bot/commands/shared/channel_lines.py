"""The lines that channels see of check-ins: posting them, joining them, and correcting them when a check-in changes."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from bot.chat.card import Card
from bot.chat.delivery import ChannelAddress, Delivery
from bot.context import Context
from bot.domain.channel_line import (
    LINES_BEFORE_ASKING,
    LineContent,
    PostedLine,
    line_content,
    line_to_join,
    week_so_far,
)
from bot.domain.checkin import DAYS_BACK, Checkin
from bot.domain.group import Group, Lines, Member
from bot.domain.milestone import Milestone
from bot.domain.notice import Notice
from bot.domain.progress import Progress
from bot.domain.week import DAYS_A_WEEK, Week, first_instant
from bot.store import areas, checkins, lines, notices, outbox, revisions, weekly_cards
from bot.store.groups import Membership
from bot.store.revisions import Revised
from bot.views import organiser_notices
from bot.views.channel_line import channel_line

LINE_EXPIRES = timedelta(hours=12)
CORRECTION_EXPIRES = timedelta(days=2)
WEEK_REACHES = timedelta(days=DAYS_BACK + DAYS_A_WEEK + 2)
"""All check-ins of one week are made within this time, in whatever zones."""
LONGEST_LINE = timedelta(hours=25)
"""From the first check-in of a line to the last that joins it: a day, which a clock that is set back lengthens."""


def post_lines(
    context: Context,
    memberships: Iterable[Membership],
    checkin: Checkin,
    progress: Progress,
    milestones: Sequence[Milestone],
) -> None:
    """Show a new check-in to the channels of those groups that see a line of each, or a card a week."""
    for group, member in memberships:
        if member.is_hidden or member.has_left or group.asleep:
            continue
        if group.lines is Lines.EACH:
            _Channel(context, group, member, progress).post(checkin, milestones)
        elif group.lines is Lines.CARD:
            _arm_card(context, group, Week.of(checkin.entry.day), progress.current)


def _arm_card(context: Context, group: Group, week: Week, current: Week) -> None:
    """Let the card of a week be drawn; it appears with the first check-in of its own week alone."""
    if week == current or weekly_cards.is_posted(context.tx, group.id, week):
        weekly_cards.arm(context.tx, group.id, week, context.now)


def correct_lines(context: Context, checkin: Checkin, days: Collection[date], progress: Progress) -> list[Group]:
    """Let the lines of a changed check-in, and those after it, say what is true now; `progress` is that after it.

    `days` are those that it was and is for. Return the groups in whose channels its line stays as it is, since its
    message is known no longer.
    """
    first, last = checkin.created_at - LONGEST_LINE, checkin.created_at + WEEK_REACHES
    unknown = []
    for group, member in context.own_groups():
        if group.lines is Lines.CARD:
            for week in {Week.of(day) for day in days}:
                _arm_card(context, group, week, progress.current)
        own = lines.list_of_person(context.tx, group.id, context.person.id, first, last)
        line = next((line for line in own if checkin.id in line.checkin_ids), None)
        if line is None:
            continue
        later = [other for other in own if other.posted_at >= line.posted_at]
        is_seen = not (member.is_hidden or group.asleep)
        if not is_seen or _Channel(context, group, member, progress).redraw(later)[0] is Revised.UNKNOWN:
            unknown.append(group)
    return unknown


@dataclass(frozen=True)
class _Channel:
    """The speaker's lines in the channel of one group."""

    context: Context
    group: Group
    member: Member
    progress: Progress

    def post(self, checkin: Checkin, milestones: Sequence[Milestone]) -> None:
        """Post a line, or let the last one say this check-in too."""
        context, now = self.context, self.context.now
        day_began = first_instant(context.today, context.person.zone)
        since, groups_day = min(day_began, now - LONGEST_LINE), now.astimezone(self.group.zone).date()
        own, of_today = lines.find_recent(
            context.tx,
            self.group.id,
            context.person.id,
            since,
            first_instant(groups_day, self.group.zone),
            LINES_BEFORE_ASKING,
        )
        joined = line_to_join(own, day_began, now)
        if joined is not None and self._join(joined, checkin, milestones):
            return
        key = _line_key(self.group, checkin)
        line = PostedLine(key, context.person.id, now, (checkin.id,), tuple(milestones))
        card = self._draw(line, self._new_content(line, checkin))
        to = ChannelAddress(self.group.platform, self.group.team, self.group.channel, name=self.group.name)
        outbox.enqueue(context.tx, Delivery(key, to, card, now, now + LINE_EXPIRES), group_id=self.group.id)
        lines.add(context.tx, self.group.id, checkin, line)
        if of_today >= LINES_BEFORE_ASKING:  # more than are pleasant: the organisers may like the weekly card better
            notice = organiser_notices.many_lines(self.group)
            notices.tell_once(context.tx, self.group, Notice.MANY_LINES, notice, now)

    def redraw(self, own: Sequence[PostedLine]) -> list[Revised]:
        """Draw lines anew, oldest first; return what became of each."""
        context = self.context
        contents = self._contents(own)
        until = context.now + CORRECTION_EXPIRES
        return [
            revisions.revise(context.tx, line.key, self._draw(line, content), context.now, until)
            for line, content in zip(own, contents, strict=True)
        ]

    def _join(self, joined: PostedLine, checkin: Checkin, milestones: Sequence[Milestone]) -> bool:
        """Put a check-in into a line that was posted. Return False where that stands nowhere, or in a channel left."""
        if outbox.find_channel(self.context.tx, joined.key) != self.group.channel:
            return False
        line = joined._replace(
            checkin_ids=(*joined.checkin_ids, checkin.id), milestones=(*joined.milestones, *milestones)
        )
        if self.redraw([line]) != [Revised.DONE]:
            return False
        lines.add(self.context.tx, self.group.id, checkin, line._replace(milestones=tuple(milestones)))
        return True

    def _new_content(self, line: PostedLine, checkin: Checkin) -> LineContent:
        """Return the content of a new line; nothing is read for one of the current week."""
        progress, week = self.progress, Week.of(checkin.entry.day)
        if week != progress.current:
            return self._contents([line])[0]
        so_far = week_so_far(progress, week, progress.minutes + progress.uncounted, progress.minutes)
        counted = checkin.entry.minutes if checkin.counted_week == week else 0
        return LineContent((self._as_seen(checkin).entry,), so_far, counted)

    def _contents(self, own: Sequence[PostedLine]) -> list[LineContent]:
        tx, person, since = self.context.tx, self.context.person, own[0].posted_at - WEEK_REACHES
        made = [self._as_seen(checkin) for checkin in checkins.list_made_since(tx, person.id, since)]
        return [line_content(line, made, self.progress) for line in own]

    def _draw(self, line: PostedLine, content: LineContent) -> Card:
        person = self.context.person
        return channel_line(self.member.name, content, line.milestones, person.today(line.posted_at))

    def _as_seen(self, checkin: Checkin) -> Checkin:
        """Leave out what this channel is not shown: a note of elsewhere or taken off, and an area that it has not."""
        entry = checkin.entry
        if checkin.group_id == self.group.id:
            return replace(checkin, entry=replace(entry, learned=None)) if checkin.is_note_off else checkin
        is_known = entry.area is not None and entry.area in self._areas
        return replace(checkin, entry=replace(entry, area=entry.area if is_known else None, learned=None))

    @cached_property
    def _areas(self) -> tuple[str, ...]:
        return areas.list_names(self.context.tx, self.group.id)


def _line_key(group: Group, checkin: Checkin) -> str:
    """Return a key that never comes again: an id may, after an erase or a restore, but not with the same instant."""
    return f"line/{group.id}/{checkin.id}/{checkin.created_at:%Y-%m-%dT%H:%M:%S}"
