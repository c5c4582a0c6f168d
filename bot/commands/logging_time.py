"""Logging a stretch of study, however it was told: typed, by form, or by the timer."""

from datetime import timedelta

from bot.chat.card import Card
from bot.chat.delivery import Address, Delivery
from bot.chat.text import Text
from bot.commands.membership import enter
from bot.commands.options import TIME
from bot.commands.turn import Turn, about
from bot.domain.checkin import Checkin, Entry, Source, check_total
from bot.domain.group import Group, Lines
from bot.domain.milestone import Milestone, reached
from bot.domain.person import Person
from bot.domain.week import Week
from bot.store import checkins, outbox, people, personal, standing
from bot.store.standing import Standing
from bot.views import checkin as view
from bot.views import words

LINE_EXPIRES = timedelta(hours=12)


def log(turn: Turn, entry: Entry, source: Source) -> Card:
    """Count the entry, join the group here if the person is new to it, tell the channels, and say where they stand."""
    with about(TIME):
        check_total(checkins.day_total(turn.tx, turn.person.id, entry.day), entry.minutes, entry.day, turn.today)
    joined = join_by_checking_in(turn)
    group_id = turn.group.id if turn.group is not None else None
    checkin = checkins.add(turn.tx, standing.books(turn.tx, turn.person), entry, source, group_id, turn.now)
    person = people.get(turn.tx, turn.person.id)
    checkins.count(turn.tx, standing.books(turn.tx, person), entry, 1, turn.now)
    now = standing.refresh(turn.tx, people.get(turn.tx, person.id), turn.now)
    milestones = personal.reach(turn.tx, person.id, reached(now.tally.streak, now.books.person.total_minutes), turn.now)
    _tell_channels(turn, checkin, now, milestones)
    notes = [*_joined_note(joined), *_freeze_notes(turn, now), *_zone_notes(person)]
    return view.logged(checkin, now, now.judged(Week.of(entry.day)), milestones, notes)


def join_by_checking_in(turn: Turn) -> Group | None:
    """Make someone who is new to the channel's group a member; the group if that happened."""
    if turn.group is None or turn.member is not None:
        return None
    enter(turn, turn.group)
    return turn.group


def _tell_channels(turn: Turn, checkin: Checkin, now: Standing, milestones: list[Milestone]) -> None:
    for group, member in turn.own_groups():
        if group.lines is not Lines.EACH or member.is_hidden or group.asleep:
            continue
        is_here = turn.group is not None and group.id == turn.group.id
        card = view.line(now.books.person.name, checkin, now.minutes, milestones, with_learned=is_here)
        to = Address(group.platform, group.team, channel=group.channel, name=group.name)
        delivery = Delivery(f"line/{group.id}/{checkin.id}", to, card, turn.now, turn.now + LINE_EXPIRES)
        outbox.owe(turn.tx, delivery, group_id=group.id)


def _joined_note(group: Group | None) -> list[Text]:
    return [(f"You have joined {group.name} by this check-in.",)] if group else []


def _freeze_notes(turn: Turn, now: Standing) -> list[Text]:
    if now.tally.spent <= now.books.person.freezes_told:
        return []
    people.set_freezes_told(turn.tx, now.books.person.id, now.tally.spent)
    return [view.freeze_note(now.tally)]


def _zone_notes(person: Person) -> list[Text]:
    note = words.zone_note(person)
    return [note.text] if note else []
