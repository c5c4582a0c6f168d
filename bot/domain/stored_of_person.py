"""The summary of a person's stored data, as the question before an erase shows it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StoredOfPerson:
    """Numbers of stored things, and the names of groups that would be left without an organiser."""

    checkins: int
    focuses: int
    groups: int
    orphaned: tuple[str, ...]
