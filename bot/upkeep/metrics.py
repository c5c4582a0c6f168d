"""What can be measured of the running program, in Prometheus' text format.

The format is lines of `name{label="value"} number`; a dozen of them need no library in a process that should stay
small. The tests read them with Prometheus' own parser.
"""

import logging
from collections.abc import Iterable, Mapping
from datetime import datetime
from importlib import metadata

from bot.app import App
from bot.errors import NotSaved
from bot.store import inspection
from bot.store.tx import Tx
from bot.upkeep.metric import Metric, one

log = logging.getLogger(__name__)
MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"


async def measure(app: App) -> list[Metric]:
    """Measure everything, on one snapshot of the database; of that nothing where it cannot be read."""
    now = app.clock.now()
    try:
        stored = await app.store.read(lambda tx: _stored(tx, now))
    except NotSaved as error:
        log.warning("metrics of the database are left out", extra={"error": str(error)})
        stored = []
    return [
        one("tenhours_info", "gauge", "The program's version.", 1, version=metadata.version("tenhours")),
        *stored,
        *_ticking(app),
        *_platforms(app),
    ]


def text(metrics: Iterable[Metric]) -> str:
    """Return the metrics as Prometheus reads them."""
    lines = []
    for metric in metrics:
        lines += [f"# HELP {metric.name} {metric.help}", f"# TYPE {metric.name} {metric.kind}"]
        lines += [f"{metric.name}{_labels(labels)} {value:.10g}" for labels, value in metric.samples]
    return "\n".join(lines) + "\n"


def _stored(tx: Tx, now: datetime) -> list[Metric]:
    oldest = inspection.find_backlog(tx, now).oldest
    lag = 0.0 if oldest is None else (now - oldest).total_seconds()
    states = tuple(({"state": state.value}, float(number)) for state, number in inspection.count_posts(tx).items())
    return [
        one("tenhours_checkins_total", "counter", "Check-ins made.", inspection.count_checkins(tx)),
        Metric("tenhours_deliveries", "gauge", "Posts of the last thirty days by state.", states),
        one("tenhours_delivery_lag_seconds", "gauge", "How long the oldest post that is due has waited.", lag),
    ]


def _ticking(app: App) -> list[Metric]:
    age = app.delivery.tick_age
    if age is None:
        return []
    return [one("tenhours_last_tick_age_seconds", "gauge", "Seconds since the planner last did something.", age)]


def _platforms(app: App) -> list[Metric]:
    platforms = [({"platform": name}, health) for name, health in app.health().items()]
    ready = tuple((labels, float(health.is_ready)) for labels, health in platforms)
    ages = tuple((labels, health.age) for labels, health in platforms if health.age is not None)
    return [
        Metric("tenhours_platform_ready", "gauge", "1 while this process serves the platform.", ready),
        Metric("tenhours_gateway_age_seconds", "gauge", "Seconds since the connection last proved alive.", ages),
    ]


def _labels(labels: Mapping[str, str]) -> str:
    if not labels:
        return ""
    escaped = (
        (name, value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")) for name, value in labels.items()
    )
    return "{" + ",".join(f'{name}="{value}"' for name, value in escaped) + "}"
