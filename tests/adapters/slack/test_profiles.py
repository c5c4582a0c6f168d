"""Who a member is: from the profile, refreshed, and never in a command's way."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from adapters.slack import limits
from adapters.slack.profiles import Profiles, read_user
from bot.chat.events import Event, MemberGone, ProfileChanged
from bot.chat.request import Server, User
from tests.adapters.fake_core import FakeCore
from tests.adapters.slack.conftest import ADA, BOB, TEAM, TIMING, Site, serving
from tests.servers.slack import faults

PROFILE = {"id": ADA, "name": "ada", "tz": "Europe/Berlin", "profile": {"display_name": "Ada", "real_name": "Ada L"}}


class Known:
    """Profiles with a clock moved by hand and a Slack that answers as told."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.fetch_count = 0
        self.answers: list[Mapping[str, Any] | Exception] = []
        self.events: list[Event] = []
        self.profiles = Profiles(self.fetch, self.report, monotonic=lambda: self.seconds, timeout=0.2)

    async def fetch(self, _team: str, _user: str) -> Mapping[str, Any]:
        self.fetch_count += 1
        answer = self.answers.pop(0) if self.answers else PROFILE
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def report(self, event: Event) -> None:
        self.events.append(event)


@pytest.fixture
def known() -> Known:
    return Known()


async def test_it_is_asked_once_for_ten_minutes(known: Known) -> None:
    first = await asyncio.gather(*(known.profiles.get(TEAM, ADA) for _ in range(10)))
    assert {user.name for user in first} == {"Ada"}
    known.seconds = limits.PROFILE_LIFETIME_SECONDS - 1
    await known.profiles.get(TEAM, ADA)
    assert known.fetch_count == 1
    known.seconds = limits.PROFILE_LIFETIME_SECONDS
    await known.profiles.get(TEAM, ADA)
    assert known.fetch_count == 2
    assert known.events == []


async def test_a_change_that_is_found_is_told(known: Known) -> None:
    await known.profiles.get(TEAM, ADA)
    known.seconds = limits.PROFILE_LIFETIME_SECONDS
    known.answers = [{**PROFILE, "tz": "Asia/Tokyo"}]
    assert (await known.profiles.get(TEAM, ADA)).zone == "Asia/Tokyo"
    [event] = known.events
    assert isinstance(event, ProfileChanged)
    assert event.user.zone == "Asia/Tokyo"


async def test_without_an_answer_the_old_one_counts(known: Known) -> None:
    await known.profiles.get(TEAM, ADA)
    known.seconds = limits.PROFILE_LIFETIME_SECONDS
    known.answers = [RuntimeError("down")]
    assert (await known.profiles.get(TEAM, ADA)).zone == "Europe/Berlin"


async def test_a_made_up_profile_has_no_rights_and_is_made_good(known: Known) -> None:
    known.answers = [RuntimeError("down")]
    made_up = await known.profiles.get(TEAM, ADA, "ada")
    assert made_up == User("slack", TEAM, ADA, "ada")
    await known.profiles.get(TEAM, ADA)
    assert [type(event) for event in known.events] == [ProfileChanged]


async def test_a_slow_profile_does_not_hold_up(known: Known) -> None:
    gate = asyncio.Event()

    async def slow(_team: str, _user: str) -> Mapping[str, Any]:
        await gate.wait()
        return PROFILE

    profiles = Profiles(slow, known.report, monotonic=lambda: known.seconds, timeout=0.01)
    assert (await profiles.get(TEAM, ADA, "ada")).zone is None
    gate.set()
    assert (await profiles.get(TEAM, ADA)).zone == "Europe/Berlin"
    assert len(known.events) == 1
    await profiles.close()


async def test_a_team_that_left_is_forgotten(known: Known) -> None:
    await known.profiles.get(TEAM, ADA)
    known.profiles.forget_team(TEAM)
    await known.profiles.get(TEAM, ADA)
    assert known.fetch_count == 2


@pytest.mark.parametrize(
    ("more", "may_organise", "may_start"),
    [
        ({}, False, True),
        ({"is_admin": True}, True, True),
        ({"is_owner": True}, True, True),
        ({"is_restricted": True}, False, False),
        ({"is_ultra_restricted": True}, False, False),
        ({"is_bot": True}, False, False),
        ({"is_stranger": True, "is_admin": True}, False, False),
        ({"deleted": True}, False, False),
    ],
)
def test_rights(more: dict[str, bool], may_organise: bool, may_start: bool) -> None:
    user = read_user(TEAM, {**PROFILE, **more})
    assert (user.may_organise, user.may_start) == (may_organise, may_start)


@pytest.mark.parametrize("zone", [None, "", "Mars/Olympus", "../etc/passwd"])
def test_a_zone_that_is_none_is_none(zone: str | None) -> None:
    assert read_user(TEAM, {**PROFILE, "tz": zone}).zone is None


def test_names_fall_back() -> None:
    assert read_user(TEAM, {"id": ADA, "profile": {"display_name": " ", "real_name": "Ada L"}}).name == "Ada L"
    assert read_user(TEAM, {"id": ADA, "name": "ada"}).name == "ada"
    assert read_user(TEAM, {"id": ADA}).name == ADA


async def test_a_failing_profile_does_not_fail_the_command(site: Site, core: FakeCore) -> None:
    site.slack.api.faults["users.info"].append(faults.status(503))
    assert await site.member().slash("/checkin 2h") is not None
    assert core.last.user == User("slack", TEAM, ADA, "uada")


async def test_a_hanging_profile_does_not_either(core: FakeCore) -> None:
    gate = asyncio.Event()
    async with serving(core, timing=replace(TIMING, profile_timeout=0.01)) as site:
        site.slack.api.faults["users.info"].append(faults.slow(gate))
        assert await site.member().slash("/checkin 2h") is not None
        assert core.last.user.zone is None
        gate.set()


async def test_user_change_is_handed_on(site: Site, core: FakeCore) -> None:
    ada = site.member()
    changed = {**site.slack.world.workspaces[TEAM].users[ADA], "tz": "Asia/Tokyo"}
    await ada.event({"type": "user_change", "user": changed})
    [event] = core.events
    assert isinstance(event, ProfileChanged)
    assert event.user.zone == "Asia/Tokyo"
    await ada.slash("/checkin 2h")
    assert core.last.user.zone == "Asia/Tokyo"
    assert site.slack.api.called("users.info") == []


async def test_who_was_deactivated_is_gone(site: Site, core: FakeCore) -> None:
    user = {**site.slack.world.workspaces[TEAM].users[BOB], "deleted": True}
    await site.member().event({"type": "user_change", "user": user})
    [event] = core.events
    assert isinstance(event, MemberGone)
    assert event.where == Server("slack", TEAM)
