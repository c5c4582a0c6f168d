"""What is stored of a person, as the question before an erase tells it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StoredOfPerson:
    """Numbers of what is stored, and the names of groups that would be left without an organiser."""

    checkins: int
    focuses: int
    groups: int
    orphaned: tuple[str, ...]
