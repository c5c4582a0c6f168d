"""The server restarts under load, in order or as in a crash: who asks then tries again, and nothing comes twice."""

import asyncio
import signal
from collections.abc import Iterator

import pytest

from bot.location import Location, ServerDatabase
from bot.store import migrate
from tests.crash.platforms import OnFar
from tests.crash.study import PATIENCE, Study, ended
from tests.crash.town import Town
from tests.crash.trio import beside, list_holders, until
from tests.servers.postgres import server as servers
from tests.servers.postgres.server import Server

KEEPS = {"fsync": "off", "synchronous_commit": "on"}
"""Settings of a server that keeps what it promises when it is stopped, though not when the machine is."""

DONE_BETWEEN = 30
"""Answers, posts and edits between two restarts."""


@pytest.fixture
def own_server() -> Iterator[Server]:
    """A server that a test may stop."""
    try:
        with servers.running(**KEEPS) as server:
            yield server
    except servers.Missing as missing:
        pytest.skip(f"no PostgreSQL: {missing}")


@pytest.fixture
def location(own_server: Server) -> Location:
    location = ServerDatabase(own_server.url())
    migrate.require_head(location)
    return location


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGINT, pytest.param(signal.SIGQUIT, marks=pytest.mark.overnight)])
async def test_a_server_that_restarts_under_load_loses_nothing_and_posts_go_on(
    town: Town, far: OnFar, own_server: Server, how: signal.Signals
) -> None:
    study, first = Study(far.far), await town.start()
    await first.until(lambda: bool(list_holders(town)))
    runs = [first, *await beside(town)]
    studying = asyncio.create_task(study.go_on())
    for _ in range(3):
        done = far.far.done + DONE_BETWEEN
        await until(town, lambda: far.far.done >= done)  # noqa: B023
        await asyncio.to_thread(own_server.stop, how)
        said = len(far.far.answers)
        await until(town, lambda: len(far.far.answers) > said)  # noqa: B023
        await asyncio.to_thread(own_server.start, **KEEPS)
    done = far.far.done + DONE_BETWEEN
    await until(town, lambda: far.far.done >= done)
    await ended(studying)
    await until(town, lambda: not far.far.unanswered and town.is_quiet(), PATIENCE)
    assert not any(run.is_dead for run in runs), town.output
    assert [await run.stop() for run in runs] == [0, 0, 0]
    assert study.count()["Not saved"] > 0
    study.check(town)
