"""In a channel that two workspaces share, whoever runs the other one runs nothing here."""

from collections.abc import AsyncIterator

import pytest

from adapters.slack.profiles import read_user
from bot.clock import StillClock
from bot.context import Defaults
from bot.dispatch.dispatcher import Dispatcher
from bot.store.database import Store
from tests.adapters.slack.conftest import CHANNEL, TEAM, Site, serving
from tests.talk import MONDAY_MORNING

FOREIGN = "UFOR"


@pytest.fixture
async def site(store: Store) -> AsyncIterator[Site]:
    async with serving(Dispatcher(store, StillClock(MONDAY_MORNING), Defaults(600, "UTC"))) as site:
        team = site.slack.world.workspaces[TEAM]
        team.add_user(FOREIGN, "Foreign", is_admin=True, is_owner=True, team_id="T9")
        team.channels[CHANNEL].add(FOREIGN)
        team.channels["C2"].add(FOREIGN)
        yield site


async def test_an_admin_of_another_workspace_organises_nothing(site: Site, store: Store) -> None:
    await site.member().slash("/tenhours group start")
    await site.member().fill(name="Owls")
    foreign = site.member(FOREIGN)
    for line in (
        "/tenhours group settings goal: 3h",
        "/tenhours group organisers add: foreign",
        "/tenhours group members remove: ada",
        "/tenhours group end",
    ):
        ack = await foreign.slash(line)
        assert ack is not None
        assert "Only organisers of Owls" in str(ack), line
    await site.member(FOREIGN, "C2").slash("/tenhours group start name: Mine")
    assert await store.read(lambda tx: [row[0] for row in tx.all("SELECT name FROM groups")]) == ["Owls"]
    [(goal,)] = await store.read(lambda tx: [tuple(row) for row in tx.all("SELECT goal FROM groups")])
    assert goal == 600


@pytest.mark.parametrize(
    ("more", "may"),
    [
        ({}, True),
        ({"team_id": TEAM}, True),
        ({"team_id": "T9"}, False),
        ({"team_id": "T9", "enterprise_user": {"teams": ["T9", TEAM]}}, True),
        ({"team_id": "T9", "enterprise_user": {"teams": ["T9"]}}, False),
        ({"is_stranger": True}, False),
    ],
)
def test_rights_hold_in_the_workspace_that_gave_them(more: dict[str, object], may: bool) -> None:
    user = read_user(TEAM, {"id": "U1", "name": "x", "is_admin": True, **more})
    assert (user.may_organise, user.may_start) == (may, may)
