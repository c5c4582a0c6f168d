"""`tenhours check` on a PostgreSQL server: what it says of the server, and what of it an ordinary user may see."""

from collections.abc import Iterator
from contextlib import closing

import psycopg
import pytest

from bot.checkup import server as checkup
from bot.checkup.line import Level, Line
from bot.location import ServerDatabase
from bot.store import migrate, server_inspection
from bot.store.postgres import open_snapshot
from bot.store.server_inspection import ServerState
from tests.servers.postgres import server as servers
from tests.servers.postgres.server import Server
from tests.waiting import eventually

pytestmark = [pytest.mark.sqlite, pytest.mark.slow]  # a server of one's own, with a replica


@pytest.fixture(scope="module")
def primary() -> Iterator[Server]:
    try:
        with servers.running() as server:
            migrate.migrate(ServerDatabase(server.url()))
            with psycopg.connect(server.url(), autocommit=True) as connection:
                connection.execute("CREATE ROLE ordinary LOGIN")
                connection.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO ordinary")
            yield server
    except servers.Missing as missing:
        pytest.skip(f"no PostgreSQL: {missing}")


def location_of(server: Server, user: str = servers.USER) -> ServerDatabase:
    return ServerDatabase(server.url().replace(f"//{servers.USER}@", f"//{user}@"))


def look(server: Server, user: str = servers.USER) -> dict[str, Line]:
    lines, is_filled = checkup.look(location_of(server, user))
    assert is_filled
    return {line.subject: line for line in lines}


def test_a_server_at_rest_is_well_for_everybody(primary: Server) -> None:
    for user in (servers.USER, "ordinary"):
        lines = look(primary, user)
        assert set(lines) == {"schema", "database"}
        assert {line.level for line in lines.values()} == {Level.WELL}
        assert "PostgreSQL" in lines["database"].words
        assert "MiB" in lines["database"].words


async def test_replicas_are_told_and_how_far_behind_only_where_that_is_shown(primary: Server) -> None:
    with servers.following(primary) as replica:

        async def is_followed() -> bool:
            with psycopg.connect(primary.url()) as connection:
                row = connection.execute("SELECT count(replay_lsn) FROM pg_stat_replication").fetchone()
            return row == (1,)

        await eventually(is_followed, 60)
        told = look(primary)["replication"]
        assert (told.level, told.words) == (Level.WELL, "1 replica, at most 0.0 MiB behind")
        told = look(primary, "ordinary")["replication"]
        assert told.words == "1 replica; how far behind is only shown to a member of pg_monitor"
        on_replica = look(replica)
        assert on_replica["database"].level is Level.WRONG
        assert "takes no writes" in on_replica["database"].words
        assert "replication" not in on_replica


def test_a_transaction_that_stays_open_is_told(primary: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server_inspection, "LONG_TRANSACTION_SECONDS", 0)
    with closing(psycopg.connect(primary.url())) as idle:
        idle.execute("SELECT 1")
        told = look(primary)["transactions"]
        assert told.level is Level.WARNING
        assert "open for long" in told.words
        with open_snapshot(location_of(primary)) as tx:
            assert server_inspection.find_longest_transaction(tx) > 0


def test_connections_are_counted_whoever_asks(primary: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(psycopg.connect(primary.url())), closing(psycopg.connect(primary.url())):
        for user in (servers.USER, "ordinary"):
            with open_snapshot(location_of(primary, user)) as tx:
                state = server_inspection.find_state(tx)
            assert state.connections >= 3
            assert state.most_connections == int(servers.SETTINGS["max_connections"]) - 3
    full = ServerState("18.1", 1 << 20, is_standby=False, connections=197, most_connections=197)
    monkeypatch.setattr(server_inspection, "find_state", lambda _tx: full)
    told = look(primary)["database"]
    assert told.level is Level.WARNING
    assert told.words.endswith("0 free connections")


def test_tables_of_dead_rows_are_named(primary: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server_inspection, "BLOATED_ROWS", 10)
    with psycopg.connect(primary.url(), autocommit=True) as connection:
        connection.execute(
            "INSERT INTO memory (key, value, kept_at) SELECT n::text, '', 0 FROM generate_series(1, 100) n"
        )
        connection.execute("DELETE FROM memory")
        connection.execute("SELECT pg_stat_force_next_flush()")
    told = look(primary)["dead rows"]
    assert told.level is Level.WARNING
    assert "memory (100)" in told.words
