"""What a group's areas may be: a few names that differ, at least one, in an order of their own."""

from bot.domain.group import AREA_LIMIT, MOST_AREAS
from bot.domain.names import quoted, read_text
from bot.errors import Refused


def read_new_area(text: str) -> str:
    """The name of a new area, or `Refused` where it is empty or longer than 80 characters."""
    return read_text(text, AREA_LIMIT, "area", required=True)


def add_area(areas: tuple[str, ...], name: str, retired: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The areas with one more at the end; a retired one comes back as it was spelled.

    Raises Refused where it is there already, or 25 are.
    """
    _check_new(areas, name)
    if len(areas) >= MOST_AREAS:
        raise Refused(f"There are {MOST_AREAS} areas already, which is as many as fit; remove one first.")
    return (*areas, _spelled(name, retired))


def remove_area(areas: tuple[str, ...], name: str) -> tuple[str, ...]:
    """The areas without one of them; `Refused` for the last one."""
    if len(areas) == 1:
        raise Refused(f"{quoted(name)} is the only area; add another one before you remove it.")
    return tuple(area for area in areas if area != name)


def rename_area(areas: tuple[str, ...], old: str, new: str, retired: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The areas with another name in the place of one of them; `Refused` where another one has that name."""
    _check_new(tuple(area for area in areas if area != old), new)
    fresh = new if new.casefold() == old.casefold() else _spelled(new, retired)
    return tuple(fresh if area == old else area for area in areas)


def _check_new(areas: tuple[str, ...], name: str) -> None:
    if name.casefold() in (area.casefold() for area in areas):
        raise Refused(f"There is an area {quoted(name)} already.")


def _spelled(name: str, retired: tuple[str, ...]) -> str:
    return next((area for area in retired if area.casefold() == name.casefold()), name)
