"""Clocks: the guarded one waits before it believes a jump ahead, whatever anybody does to the system's."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import clock
from bot.clock import BELIEVED_AFTER_SECONDS, JUMP, GuardedClock, SteadyClock, StillClock, SystemClock

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
DAYS = timedelta(days=3)


class Machine:
    """A machine whose time passes as it is told, and whose wall clock is wrong by `ahead`."""

    boot = "this one"

    def __init__(self) -> None:
        self.passed = timedelta()
        self.ahead = timedelta()
        self.guarded = GuardedClock(self, self)

    def now(self) -> datetime:
        return START + self.passed + self.ahead

    def seconds(self) -> float:
        return 5000.0 + self.passed.total_seconds()

    def wait(self, seconds: float) -> timedelta:
        """Let time pass. Return by how much the guarded clock is ahead of the time that has really passed."""
        self.passed += timedelta(seconds=seconds)
        return self.guarded.now() - (START + self.passed)


def test_a_jump_ahead_of_some_seconds_is_never_seen() -> None:
    machine = Machine()
    machine.ahead = DAYS
    assert {machine.wait(5) for _ in range(6)} == {timedelta()}
    machine.ahead = timedelta()
    assert machine.wait(1) == timedelta()
    machine.ahead = DAYS
    assert machine.wait(29) == timedelta()


def test_a_jump_ahead_that_lasts_is_believed() -> None:
    machine = Machine()
    machine.ahead = DAYS
    assert [machine.wait(15) for _ in range(4)] == [timedelta(), timedelta(), DAYS, DAYS]


def test_one_that_changes_by_more_than_a_minute_is_another_one() -> None:
    machine = Machine()
    for days in range(1, 10):
        machine.ahead = timedelta(days=days)
        assert machine.wait(20) == timedelta()


def test_at_the_start_the_clock_is_believed_as_it_is() -> None:
    machine = Machine()
    machine.ahead = DAYS
    machine.guarded = GuardedClock(machine, machine)
    assert machine.wait(0) == DAYS


def test_a_long_sleep_of_the_machine_is_no_jump() -> None:
    machine = Machine()
    assert machine.wait(86_400 * 30) == timedelta()


@pytest.mark.parametrize("ahead", [JUMP, timedelta(seconds=-1), timedelta(hours=-1), timedelta(days=-400)])
def test_small_corrections_and_those_back_are_believed_at_once(ahead: timedelta) -> None:
    machine = Machine()
    machine.ahead = ahead
    assert machine.wait(1) == ahead


LEADS = [timedelta(), timedelta(seconds=40), timedelta(hours=2), DAYS, -DAYS]


@given(st.lists(st.tuples(st.floats(0, 20), st.sampled_from(LEADS)), max_size=40))
def test_it_goes_ahead_only_after_the_clock_has_shown_the_same_for_half_a_minute(
    steps: list[tuple[float, timedelta]],
) -> None:
    machine, lead = Machine(), timedelta()
    shown = [(machine.seconds(), timedelta())]
    for seconds, ahead in steps:
        machine.ahead = ahead
        before, lead = lead, machine.wait(seconds)
        shown.append((machine.seconds(), ahead))
        if lead - before > JUMP:
            since = machine.seconds() - BELIEVED_AFTER_SECONDS
            lasted = [abs(other - ahead) <= JUMP for at, other in shown if at > since]
            assert all(lasted)
            assert lead == ahead


def test_whoever_replaces_the_systems_clock_is_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    guarded = GuardedClock()
    machine = StillClock(START)
    monkeypatch.setattr(SystemClock, "now", lambda _: machine.now())
    assert guarded.now() == START


def test_the_steady_clock_goes_on_and_names_its_stretch() -> None:
    steady = SteadyClock()
    assert steady.seconds() <= steady.seconds()
    assert steady.boot == SteadyClock().boot


def test_where_a_system_counts_no_sleep_and_names_no_start(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in clock.COUNTS:
        monkeypatch.delattr(f"time.{name}", raising=False)
    monkeypatch.setattr(clock, "BOOT_FILES", (tmp_path / "boot_id", tmp_path / "time"))
    steady = SteadyClock()
    assert steady.boot == ""
    assert steady.seconds() > 0


def test_a_container_with_a_count_of_its_own_has_a_name_of_its_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    boot_id, space = tmp_path / "boot_id", tmp_path / "time"
    boot_id.write_text("a-b-c\n")
    monkeypatch.setattr(clock, "BOOT_FILES", (boot_id, space))
    assert SteadyClock().boot == "a-b-c"
    space.symlink_to("time:[4026]")
    assert SteadyClock().boot == "a-b-c time:[4026]"
