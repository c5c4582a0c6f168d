"""Logs to standard error, as lines to read or as JSON; secrets are cut out wherever they stand."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

SHAPES = re.compile(
    r"xox[abeprs]-[\w-]{10,}|xapp-[\w-]{10,}|[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}"
    r"|(?i:(?:bot|bearer)\s+)[\w.-]{20,}"
)
"""Slack's and Discord's tokens, and authorisation headers."""


def configure(level: str, style: str) -> None:
    """Send all logging through one handler; `style` is console or json."""
    import structlog  # noqa: PLC0415 - only where something is to be logged for long

    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last: list[Any] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta]
    if style == "json":
        last += [structlog.processors.format_exc_info, hide_secrets, structlog.processors.JSONRenderer()]
    else:
        last += [hide_secrets, structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())]
    handler = logging.StreamHandler()
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(processors=last, foreign_pre_chain=shared))
    handler.addFilter(without_secrets)
    logging.basicConfig(handlers=[handler], level=level.upper(), force=True)
    for noisy in ("apscheduler", "aiosqlite", "alembic"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def hide_secrets(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Replace whatever has the shape of a token in any value of an event."""
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = SHAPES.sub("[secret]", value)
    return event


def without_secrets(record: logging.LogRecord) -> bool:
    """Cut secrets out of a record's own words and of its traceback."""
    record.msg = SHAPES.sub("[secret]", record.getMessage())
    record.args = ()
    if record.exc_info and not record.exc_text:
        record.exc_text = SHAPES.sub("[secret]", logging.Formatter().formatException(record.exc_info))
        record.exc_info = None
        record.msg = f"{record.msg}\n{record.exc_text}"
        record.exc_text = None
    return True
