"""`group areas`: what a group studies; one that is retired stays with all that was logged under it."""

from collections.abc import Callable

from bot.chat.card import Card
from bot.chat.command import Given, Option, OptionKind, Reading, Spec
from bot.chat.request import Answer, Reply
from bot.commands.shared.group_options import GROUP, empty_for_organisers, form_behind
from bot.commands.shared.handler import Command, about
from bot.commands.shared.options import read_area
from bot.context import Context
from bot.domain.area import add_area, read_new_area, remove_area, rename_area
from bot.domain.group import AREA_LIMIT, Group
from bot.errors import Refused
from bot.store import areas
from bot.views import group as view


def _read_new(text: str, _reading: Reading) -> str:
    return read_new_area(text)


ADD = Option("add", OptionKind.TEXT, "an area to add", _read_new, hint="Compilers", longest=AREA_LIMIT, is_verb=True)
REMOVE = Option(
    "remove", OptionKind.AREA, "an area to retire", read_area, hint="DevOps", longest=AREA_LIMIT, is_verb=True
)
RENAME = Option(
    "rename", OptionKind.AREA, "an area to rename", read_area, hint="Statistics", longest=AREA_LIMIT, is_verb=True
)
TO = Option("to", OptionKind.TEXT, "its new name", _read_new, hint="Probability", longest=AREA_LIMIT)

SPEC = Spec(
    "group areas",
    "see and change the areas of study",
    (ADD, REMOVE, RENAME, TO, GROUP),
    group="Groups",
    examples=("/group areas add: Compilers", "/group areas rename: Statistics to: Probability"),
)


def run(context: Context, given: Given) -> Answer:
    """Show them, or change them: what is renamed first, then what goes, then what comes."""
    group = context.organised_group()
    before = areas.names(context.tx, group.id)
    retired = areas.retired(context.tx, group.id)
    wanted, moved = before, dict[str, str]()
    old, new, gone, more = given[RENAME], given[TO], given[REMOVE], given[ADD]
    if (old is None) != (new is None):
        with about(RENAME if old is None else TO):
            raise Refused("Renaming takes two names: the old one and the new one.", SPEC.examples[1])
    if old is not None and new is not None:
        wanted = _changed(TO, lambda: rename_area(wanted, old, new, retired))
        moved = {old: wanted[before.index(old)]}
    if gone is not None and gone != old:
        wanted = _changed(REMOVE, lambda: remove_area(wanted, gone))
    if more is not None:
        wanted = _changed(ADD, lambda: add_area(wanted, more, retired))
    return Reply(_kept(context, group, before, wanted, moved))


def _changed(option: Option[str], change: Callable[[], tuple[str, ...]]) -> tuple[str, ...]:
    with about(option):
        return change()


def _kept(
    context: Context, group: Group, before: tuple[str, ...], wanted: tuple[str, ...], moved: dict[str, str]
) -> Card:
    """Keep what is wanted; `moved` says under which name the time of a renamed area is shown from now on."""
    if wanted != before:
        areas.use(context.tx, group.id, wanted, context.now)
    moved = {old: new for old, new in moved.items() if old not in wanted}
    for old, new in moved.items():
        areas.rename(context.tx, group.id, old, new)
    changed = view.AreaChanges(
        [area for area in before if area not in wanted and area not in moved],
        [area for area in wanted if area not in before and area not in moved.values()],
        moved,
    )
    return view.areas(group, wanted, changed, context.here(group))


COMMAND = Command(SPEC, run)
FORM = form_behind(COMMAND, "set areas", empty_for_organisers, title="Change the areas")
