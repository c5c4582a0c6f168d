"""A timer that runs while somebody studies."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Timer:
    """A stretch of study that is running."""

    started_at: datetime
    area: str | None
