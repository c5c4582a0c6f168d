"""Logging a stretch of study, however it was told: typed, by form, or by the timer."""

from datetime import timedelta

from bot.chat.card import Card
from bot.chat.delivery import Address, Delivery
from bot.chat.text import Text
from bot.commands.greeting import greet
from bot.commands.membership import enter
from bot.commands.options import TIME
from bot.commands.sharing import share_offer
from bot.commands.turn import Turn, about
from bot.domain.checkin import Checkin, Entry, Source, check_total
from bot.domain.group import Group, Lines, Member
from bot.domain.milestone import Milestone
from bot.domain.streak import Judged
from bot.domain.week import Week
from bot.store import areas, checkins, keeping, outbox, people, standing, totals
from bot.store.standing import Standing
from bot.views import checkin as view

LINE_EXPIRES = timedelta(hours=12)


def log(turn: Turn, entry: Entry, source: Source) -> Card:
    """Count the entry, join the group here if the person is new to it, tell the channels, and say where they stand."""
    with about(TIME):
        check_total(totals.of_day(turn.tx, turn.person.id, entry.day), entry.minutes, entry.day, turn.today)
    joined = join_by_checking_in(turn)
    group_id = turn.group.id if turn.group is not None else None
    books = standing.books(turn.tx, turn.person)
    checkin, books, focus = checkins.add(turn.tx, books, entry, source, group_id, turn.now)
    now = keeping.keep_added(turn.tx, books, turn.now)
    milestones = greet(turn, now)
    _tell_channels(turn, turn.own_groups() if joined else turn.places, checkin, now, milestones)
    notes = [*_joined_note(joined), *_freeze_notes(turn, now)]
    card = view.logged(checkin, now, _judged(turn, now, Week.of(entry.day)), milestones, notes, focus)
    return card.plus(*share_offer(turn, checkin))


def join_by_checking_in(turn: Turn) -> Group | None:
    """Make someone who is new to the channel's group a member; the group if that happened."""
    if turn.group is None or turn.member is not None:
        return None
    enter(turn, turn.group)
    return turn.group


def _judged(turn: Turn, now: Standing, week: Week) -> Judged | None:
    """The week as it stands now, also one that has closed; None before the person's first."""
    person = now.books.person
    if person.first_week is None or week < person.first_week:
        return None
    return now.judged(week) or next(each for each in standing.history(turn.tx, person, turn.now) if each.week == week)


def _tell_channels(
    turn: Turn, places: list[tuple[Group, Member]], checkin: Checkin, now: Standing, milestones: list[Milestone]
) -> None:
    for group, member in places:
        if group.lines is not Lines.EACH or member.is_hidden or member.has_left or group.asleep:
            continue
        is_here = turn.group is not None and group.id == turn.group.id
        knows_area = is_here or checkin.entry.area in areas.names(turn.tx, group.id)
        card = view.line(checkin, now, milestones, with_area=knows_area, with_learned=is_here)
        to = Address(group.platform, group.team, channel=group.channel, name=group.name)
        delivery = Delivery(_line_key(group, checkin), to, card, turn.now, turn.now + LINE_EXPIRES)
        outbox.owe(turn.tx, delivery, group_id=group.id)


def _line_key(group: Group, checkin: Checkin) -> str:
    """Ids come back after an erase or a restore; together with the instant they never do."""
    return f"line/{group.id}/{checkin.id}/{checkin.created_at:%Y-%m-%dT%H:%M:%S}"


def _joined_note(group: Group | None) -> list[Text]:
    return [(f"You have joined {group.name} by this check-in.",)] if group else []


def _freeze_notes(turn: Turn, now: Standing) -> list[Text]:
    """What has been spent since the person was told last."""
    spent = now.tally.spent - now.books.person.freezes_told
    if spent <= 0:
        return []
    people.set_freezes_told(turn.tx, now.books.person.id, now.tally.spent)
    return [view.freeze_note(spent, now.tally.held)]
