"""A group's areas: 1 to 25 names that differ, in an order of their own (product rules, "Words")."""

from bot.domain.group import AREA_LIMIT, MOST_AREAS
from bot.domain.names import quoted, read_text
from bot.errors import Refused


def read_new_area(text: str) -> str:
    """Return the name of a new area; raises Refused if it is empty or longer than 80 characters."""
    return read_text(text, AREA_LIMIT, "area", required=True)


def add_area(areas: tuple[str, ...], name: str, retired: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return the areas with one more at the end; a retired one comes back as it was spelled.

    Raises Refused if the name is there already, or 25 areas are.
    """
    _check_new(areas, name)
    if len(areas) >= MOST_AREAS:
        raise Refused(f"There are {MOST_AREAS} areas already, and more don't fit. Remove one first.")
    return (*areas, _spelled(name, retired))


def remove_area(areas: tuple[str, ...], name: str) -> tuple[str, ...]:
    """Return the areas without one of them; raises Refused for the last one."""
    if len(areas) == 1:
        raise Refused(f"{quoted(name)} is the only area. Add another one before you remove it.")
    return tuple(area for area in areas if area != name)


def rename_area(areas: tuple[str, ...], old: str, new: str, retired: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return the areas with `new` in the place of `old`; raises Refused if another area has that name."""
    _check_new(tuple(area for area in areas if area != old), new)
    spelled = new if new.casefold() == old.casefold() else _spelled(new, retired)
    return tuple(spelled if area == old else area for area in areas)


def _check_new(areas: tuple[str, ...], name: str) -> None:
    if name.casefold() in (area.casefold() for area in areas):
        raise Refused(f"There is an area {quoted(name)} already.")


def _spelled(name: str, retired: tuple[str, ...]) -> str:
    return next((area for area in retired if area.casefold() == name.casefold()), name)
