"""Schedules: one rule for each kind and owner, due again at the right instant, and nothing twice in a local week."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.request import Channel, User
from bot.domain.group import Group
from bot.domain.person import Person, ZoneSource
from bot.domain.reminder import ReminderChoice, ReminderKind, ReminderRoute
from bot.domain.schedule import Moment
from bot.domain.scheduled import RecurringSchedule, WeekClosing
from bot.domain.week import Week
from bot.store import groups, outbox, people, reminders, schedules
from bot.store.database import Store
from bot.store.tx import Tx

NOW = datetime(2026, 1, 7, 12, tzinfo=UTC)
THURSDAY = Moment(3, time(18))


def group(tx: Tx, channel: str = "owls", zone: str = "UTC") -> Group:
    return groups.add(tx, Channel("slack", "T", channel), channel, zone, 600, NOW)


def person(tx: Tx, name: str = "Ada", zone: str = "UTC") -> Person:
    return people.add(tx, User("slack", "T", name.lower(), name), name, zone, ZoneSource.GROUP, NOW)


def choose(tx: Tx, who: Person, how: ReminderRoute, group_id: int | None = None) -> None:
    reminders.save_choice(tx, who.id, ReminderChoice(how, group_id, "slack", "T", who.name.lower(), None))


def due_at(tx: Tx, kind: ReminderKind, *, group_id: int = 0, person_id: int = 0) -> datetime | None:
    rule: RecurringSchedule | None = (
        schedules.find_of_group(tx, kind, group_id) if group_id else schedules.find_of_person(tx, kind, person_id)
    )
    assert rule is not None
    return rule.due_at


async def test_a_rule_is_held_once_for_each_owner(store: Store) -> None:
    def unit(tx: Tx) -> None:
        owls, larks, ada = group(tx), group(tx, "larks"), person(tx)
        choose(tx, ada, ReminderRoute.CHANNEL, owls.id)
        for moment in (THURSDAY, Moment(4, time(9))):
            schedules.arm_group(tx, owls, ReminderKind.RESULTS, moment, NOW)
            schedules.arm_person(tx, ada, ReminderKind.NUDGE, moment, NOW)
        schedules.arm_group(tx, larks, ReminderKind.RESULTS, THURSDAY, NOW)
        assert [(rule.kind, rule.moment) for rule in schedules.list_of_group(tx, owls.id)] == [
            (ReminderKind.RESULTS, "fri 09:00")
        ]
        assert [rule.moment for rule in schedules.list_of_group(tx, larks.id)] == ["thu 18:00"]
        [nudge] = schedules.list_of_person(tx, ada.id)
        assert (nudge.moment, nudge.group_id) == ("fri 09:00", owls.id)
        choose(tx, ada, ReminderRoute.DIRECT)
        schedules.rearm_person(tx, ada, NOW)
        [nudge] = schedules.list_of_person(tx, ada.id)
        assert (nudge.moment, nudge.group_id) == ("fri 09:00", None)

    await store.write(unit)


async def test_a_rule_is_due_in_its_owners_zone(store: Store) -> None:
    def unit(tx: Tx) -> None:
        tokyo, ada = group(tx, zone="Asia/Tokyo"), person(tx, zone="America/New_York")
        choose(tx, ada, ReminderRoute.DIRECT)
        schedules.arm_group(tx, tokyo, ReminderKind.GROUP_CALL, THURSDAY, NOW)
        schedules.arm_person(tx, ada, ReminderKind.NUDGE, THURSDAY, NOW)
        assert due_at(tx, ReminderKind.GROUP_CALL, group_id=tokyo.id) == datetime(2026, 1, 8, 9, tzinfo=UTC)
        assert due_at(tx, ReminderKind.NUDGE, person_id=ada.id) == datetime(2026, 1, 8, 23, tzinfo=UTC)

    await store.write(unit)


async def test_nothing_is_due_for_who_wants_no_reminders(store: Store) -> None:
    def unit(tx: Tx) -> None:
        ada = person(tx)
        schedules.arm_person(tx, ada, ReminderKind.NUDGE, THURSDAY, NOW)
        assert due_at(tx, ReminderKind.NUDGE, person_id=ada.id) is None
        for how, is_due in ((ReminderRoute.DIRECT, True), (ReminderRoute.OFF, False), (ReminderRoute.DIRECT, True)):
            choose(tx, ada, how)
            schedules.rearm_person(tx, ada, NOW)
            assert (due_at(tx, ReminderKind.NUDGE, person_id=ada.id) is not None) is is_due
        schedules.arm_person(tx, ada, ReminderKind.NUDGE, THURSDAY, NOW, is_on=False)
        schedules.rearm_person(tx, ada, NOW)
        assert due_at(tx, ReminderKind.NUDGE, person_id=ada.id) is None

    await store.write(unit)


async def test_a_rule_that_is_off_stays_off_when_reckoned_again(store: Store) -> None:
    def unit(tx: Tx) -> None:
        owls = group(tx)
        schedules.arm_group(tx, owls, ReminderKind.RESULTS, THURSDAY, NOW, is_on=False)
        schedules.rearm_group(tx, owls, NOW)
        assert due_at(tx, ReminderKind.RESULTS, group_id=owls.id) is None
        assert schedules.find_next_due(tx) is None

    await store.write(unit)


ZONES = st.sampled_from(["UTC", "Asia/Tokyo", "America/New_York", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
MOMENTS = st.builds(Moment, st.integers(0, 6), st.builds(time, st.integers(0, 23), st.sampled_from([0, 30])))


@given(st.lists(st.tuples(ZONES, MOMENTS, st.integers(1, 200)), min_size=1, max_size=8))
async def test_whatever_changes_nobody_is_reminded_twice_in_a_local_week(
    store: Store, changes: list[tuple[str, Moment, int]]
) -> None:
    def unit(tx: Tx) -> list[date]:
        days: list[date] = []
        now = NOW
        ada = people.add(tx, User("slack", "T", "x", "X"), "X", "UTC", ZoneSource.GROUP, NOW)
        choose(tx, ada, ReminderRoute.DIRECT)
        schedules.arm_person(tx, ada, ReminderKind.NUDGE, THURSDAY, now)
        for zone, moment, hours in changes:
            until = now + timedelta(hours=hours)
            while (at := due_at(tx, ReminderKind.NUDGE, person_id=ada.id)) is not None and at <= until:
                rule = schedules.find_of_person(tx, ReminderKind.NUDGE, ada.id)
                assert rule is not None
                day = at.astimezone(ZoneInfo(people.get(tx, ada.id).zone_name)).date()
                days.append(day)
                tx.run("UPDATE schedules SET done_day = :day WHERE id = :id", day=day.isoformat(), id=rule.id)
                schedules.rearm_person(tx, people.get(tx, ada.id), at)
            now = until
            people.set_zone(tx, ada.id, zone, None, now=now)
            schedules.rearm_person(tx, people.get(tx, ada.id), now)
            schedules.arm_person(tx, people.get(tx, ada.id), ReminderKind.NUDGE, moment, now)
        tx.run("DELETE FROM identities")
        return days

    days = await store.write(unit)
    assert len({Week.of(day) for day in days}) == len(days)


async def test_a_spared_week_has_no_occurrence(store: Store) -> None:
    def unit(tx: Tx) -> None:
        owls = group(tx)
        schedules.arm_group(tx, owls, ReminderKind.RESULTS, THURSDAY, NOW)
        schedules.skip_week(tx, owls, ReminderKind.RESULTS, NOW)
        assert due_at(tx, ReminderKind.RESULTS, group_id=owls.id) == datetime(2026, 1, 15, 18, tzinfo=UTC)
        schedules.rearm_group(tx, owls, NOW)
        assert due_at(tx, ReminderKind.RESULTS, group_id=owls.id) == datetime(2026, 1, 15, 18, tzinfo=UTC)

    await store.write(unit)


async def test_a_snooze_is_known_after_it_is_over_and_older_ones_are_forgotten(store: Store) -> None:
    def unit(tx: Tx) -> None:
        ada, bo = person(tx), person(tx, "Bo")
        week, later = Week.of(NOW.date()), NOW + timedelta(hours=3)
        assert schedules.snooze(tx, ada.id, ReminderKind.NUDGE, week, later)
        assert not schedules.snooze(tx, ada.id, ReminderKind.NUDGE, week, later)
        assert schedules.snooze(tx, bo.id, ReminderKind.NUDGE, week, later)
        assert schedules.snooze(tx, ada.id, ReminderKind.LAST_CALL, week, later)
        for schedule in schedules.list_due(tx, later, 10):
            schedules.finish(tx, [schedule.id])
        assert schedules.list_due(tx, later, 10) == []
        assert not schedules.snooze(tx, ada.id, ReminderKind.NUDGE, week, later)
        assert schedules.snooze(tx, ada.id, ReminderKind.NUDGE, week.plus(1), later)
        rows = tx.all("SELECT person_id, payload FROM schedules ORDER BY person_id, payload")
        assert [tuple(row) for row in rows] == [
            (ada.id, "lastcall 2026-01-05"),
            (ada.id, "nudge 2026-01-12"),
            (bo.id, "nudge 2026-01-05"),
        ]
        assert schedules.list_of_person(tx, ada.id) == []

    await store.write(unit)


def closings(tx: Tx, hours: int, limit: int) -> list[int]:
    due = schedules.list_due(tx, NOW + timedelta(hours=hours), limit)
    return [schedule.group_id for schedule in due if isinstance(schedule, WeekClosing)]


async def test_what_is_due_comes_earliest_first(store: Store) -> None:
    def unit(tx: Tx) -> None:
        for hours, channel in ((2, "a"), (1, "b"), (3, "c")):
            place = group(tx, channel)
            at = NOW + timedelta(hours=hours)
            schedules.save(tx, ReminderKind.CLOSING, group_id=place.id, moment=None, payload="2026-01-05", due_at=at)
        assert schedules.find_next_due(tx) == NOW + timedelta(hours=1)
        assert closings(tx, 2, 10) == [2, 1]
        assert closings(tx, 9, 2) == [2, 1]
        schedules.delete(tx, [2])
        assert closings(tx, 9, 10) == [1, 3]

    await store.write(unit)


async def test_skipped_occurrences_are_a_groups_own(store: Store) -> None:
    def unit(tx: Tx) -> None:
        owls, larks = group(tx), group(tx, "larks")
        for place in (owls, owls, larks):
            outbox.skip(tx, f"results/{place.id}/2026-W01", place.id, "too late", NOW, NOW)
        outbox.skip(tx, "nudge/0/1/2026-01-01", None, "too late", NOW, NOW)
        assert outbox.list_newest_skipped(tx, owls.id) == [("results/1/2026-W01", "too late", NOW)]
        assert len(outbox.list_newest_skipped(tx)) == 3

    await store.write(unit)


@pytest.mark.sqlite
async def test_finding_a_rule_never_scans_all_of_its_kind(store: Store) -> None:
    def unit(tx: Tx) -> list[str]:
        plans = []
        for where in (schedules.OF_GROUP, schedules.OF_PERSON):
            rows = tx.all(
                f"EXPLAIN QUERY PLAN SELECT 1 FROM schedules WHERE {where}", kind="nudge", group=1, person=1, payload=""
            )
            plans += [str(row[3]) for row in rows]
        return plans

    for plan in await store.read(unit):
        assert plan.startswith("SEARCH")
        assert "group_id=?" in plan or "person_id=?" in plan
