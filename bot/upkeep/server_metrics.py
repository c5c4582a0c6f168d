"""What a PostgreSQL server tells of itself, for the metrics: asked for once a minute, whoever looks meanwhile."""

import asyncio
import logging

from bot.clock import Sleep
from bot.errors import NotSaved
from bot.store import server_inspection
from bot.store.database import Store
from bot.store.tx import Tx
from bot.upkeep.metric import Metric, one

log = logging.getLogger(__name__)
LOOK_INTERVAL_SECONDS = 60.0


class ServerMetrics:
    """The server's last answers; none before the first one, and after one that it did not give."""

    def __init__(self, store: Store, *, sleep: Sleep = asyncio.sleep) -> None:
        self._store = store
        self._sleep = sleep
        self.latest: list[Metric] = []

    async def run(self) -> None:
        """Ask once a minute until cancelled."""
        while True:
            await self.look()
            await self._sleep(LOOK_INTERVAL_SECONDS)

    async def look(self) -> None:
        """Ask now."""
        try:
            self.latest = await self._store.read(measure)
        except NotSaved as error:
            self.latest = []
            log.warning("the database tells nothing of itself", extra={"error": str(error)})


def measure(tx: Tx) -> list[Metric]:
    """Return the server's metrics."""
    state, replication = server_inspection.find_state(tx), server_inspection.find_replication(tx)
    dead, longest = server_inspection.count_dead_rows(tx), server_inspection.find_longest_transaction(tx)
    most = state.most_connections
    metrics = [
        one("tenhours_database_size_bytes", "gauge", "Size of the database.", state.size),
        one("tenhours_database_connections", "gauge", "Connections of anybody to the server.", state.connections),
        one("tenhours_database_connections_max", "gauge", "Connections that the server takes.", most),
        one("tenhours_database_dead_rows", "gauge", "Rows that wait for a vacuum.", dead),
        one("tenhours_database_longest_transaction_seconds", "gauge", "Age of the oldest open transaction.", longest),
        one("tenhours_database_replicas", "gauge", "Replicas that are connected.", replication.replicas),
    ]
    if replication.bytes_behind is not None:
        behind = replication.bytes_behind
        help_ = "Changes that the last replica has not made yet."
        metrics.append(one("tenhours_database_replication_lag_bytes", "gauge", help_, behind))
    return metrics
