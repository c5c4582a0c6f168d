"""`group areas`: what a group studies; one that is retired stays with all that was logged under it."""

from msgspec.structs import replace

from bot.chat.card import Card
from bot.chat.command import Given, Option, OptionKind, Reading, Spec
from bot.chat.request import Answer, Reply
from bot.commands.shared.group_options import GROUP, form_command, prefill_for_organisers
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


ADD = Option(
    "add",
    OptionKind.TEXT,
    "an area to add",
    _read_new,
    hint="Compilers",
    longest=AREA_LIMIT,
    is_verb=True,
    question="Which area is new?",
    description="Members can pick it from now on.",
)
REMOVE = Option(
    "remove",
    OptionKind.AREA,
    "an area to retire",
    read_area,
    hint="DevOps",
    longest=AREA_LIMIT,
    question="Which area goes?",
    description="What was logged there stays as it is.",
    is_verb=True,
    is_named=True,
)
RENAME = replace(
    REMOVE,
    name="rename",
    summary="an area to rename",
    hint="Statistics",
    question="Which area gets a new name?",
    description="Its hours come along.",
)
TO = Option(
    "to",
    OptionKind.TEXT,
    "its new name",
    _read_new,
    hint="Probability",
    longest=AREA_LIMIT,
    question="What's its new name?",
)

SPEC = Spec(
    "group areas",
    "see and change the areas of study",
    (ADD, REMOVE, RENAME, TO, GROUP),
    group="Groups",
    examples=("/group areas add: Compilers", "/group areas rename: Statistics to: Probability"),
)


def run(context: Context, given: Given) -> Answer:
    """Show them, or change them: what is renamed first, then what goes, then what comes."""
    group = context.require_organised_group()
    names = old_names = areas.list_names(context.tx, group.id)
    retired = areas.list_retired(context.tx, group.id)
    renamed = dict[str, str]()
    old, new, gone, added = given[RENAME], given[TO], given[REMOVE], given[ADD]
    if (old is None) != (new is None):
        with about(RENAME if old is None else TO):
            raise Refused("Renaming takes two names: the old one and the new one.", SPEC.examples[1])
    if old is not None and new is not None:
        with about(TO):
            names = rename_area(names, old, new, retired)
        renamed[old] = names[old_names.index(old)]
    if gone is not None and gone != old:
        with about(REMOVE):
            names = remove_area(names, gone)
    if added is not None:
        with about(ADD):
            names = add_area(names, added, retired)
    return Reply(_save(context, group, old_names, names, renamed))


def _save(
    context: Context, group: Group, old_names: tuple[str, ...], names: tuple[str, ...], renamed: dict[str, str]
) -> Card:
    """Save the names; `renamed` gives, by a former name, the one under which its time is shown from now on."""
    if names != old_names:
        areas.use(context.tx, group.id, names, context.now)
    renamed = {old: new for old, new in renamed.items() if old not in names}
    for old, new in renamed.items():
        areas.rename(context.tx, group.id, old, new)
    changes = view.AreaChanges(
        [area for area in old_names if area not in names and area not in renamed],
        [area for area in names if area not in old_names and area not in renamed.values()],
        renamed,
    )
    return view.areas(group, names, changes, context.group_options(group))


COMMAND = Command(SPEC, run)
FORM = form_command(COMMAND, "set areas", prefill_for_organisers, title="Change the areas")
