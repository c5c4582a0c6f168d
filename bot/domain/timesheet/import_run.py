"""A run of an import, as it is listed and can be taken back."""

from dataclasses import dataclass
from datetime import datetime

EARLIER = "earlier imports"
"""The source of the one run that holds what was brought in before runs were kept."""


@dataclass(frozen=True, slots=True)
class ImportRun:
    """An import of one file: `number` counts the person's own from 1; `entries` and `minutes` are what it holds now."""

    id: int
    number: int
    file: str
    source: str
    made_at: datetime
    entries: int
    minutes: int
