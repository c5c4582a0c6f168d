"""A note that a member wrote in the channel of a group (product rules, "Organisers")."""

from datetime import date
from typing import NamedTuple


class GroupNote(NamedTuple):
    """What was learned, by the name that the group has for its writer; `number` is the writer's own of the check-in.

    `is_off` says that an organiser took it off: it is shown to the group no more, and its writer keeps it.
    """

    checkin_id: int
    person_id: int
    number: int
    name: str
    day: date
    learned: str
    is_off: bool
