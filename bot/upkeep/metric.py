"""A quantity that is measured."""

from collections.abc import Mapping
from dataclasses import dataclass

Sample = tuple[Mapping[str, str], float]


@dataclass(frozen=True, slots=True)
class Metric:
    """A quantity that is measured, with a sample for each set of labels."""

    name: str
    kind: str
    help: str
    samples: tuple[Sample, ...]


def one(name: str, kind: str, help_: str, value: float, **labels: str) -> Metric:
    """Return a metric with a single sample."""
    return Metric(name, kind, help_, ((labels, value),))
