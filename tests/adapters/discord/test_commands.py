"""The command tree: every command, nothing that Discord refuses, nothing required."""

import subprocess
import sys

import pytest
from syrupy.assertion import SnapshotAssertion

from adapters.discord import limits
from adapters.discord.commands import ALONE, digest, render_commands, spec_name
from bot.chat.command import Option, OptionKind, Reading, Spec
from bot.chat.form import Choice
from bot.commands.registry import SPECS
from tests.adapters import fake_core
from tests.servers.discord.strict import tree_faults
from tests.servers.discord.world import Json


def text(name: str, kind: OptionKind = OptionKind.TEXT, **more: object) -> Option[str]:
    def read(typed: str, _reading: Reading) -> str:
        return typed

    return Option(name, kind, f"the {name}", read, **more)  # type: ignore[arg-type]


def typed(commands: list[Json]) -> list[Json]:
    """Return the commands that people type: the others stand in a menu."""
    return [command for command in commands if command["type"] == 1]


def names(commands: list[Json]) -> list[str]:
    registered = []
    for command in typed(commands):
        subs = [option["name"] for option in command["options"] if option["type"] == 1]
        registered += [f"{command['name']} {sub}" for sub in subs] or [command["name"]]
    return registered


def leaves_of(command: Json) -> dict[str, Json]:
    subs = {f"{command['name']} {option['name']}": option for option in command["options"] if option["type"] == 1}
    return subs or {command["name"]: command}


def test_all_that_people_type_is_registered() -> None:
    registered = names(render_commands(SPECS.values()))
    assert sorted(registered) == sorted(name for name, spec in SPECS.items() if not spec.is_button_only)


def test_every_option_that_people_type_is_there_and_every_list_to_choose_from() -> None:
    commands = typed(render_commands(SPECS.values()))
    leaves = {name: leaf for command in commands for name, leaf in leaves_of(command).items()}
    for spec in SPECS.values():
        if not spec.is_button_only:
            registered = {option["name"]: option for option in leaves[spec.name]["options"]}
            assert list(registered) == [option.name for option in spec.visible], spec.name
            chosen = {option.name: len(option.choices) for option in spec.visible if option.choices}
            assert {name: len(registered[name].get("choices", [])) for name in chosen} == chosen, spec.name


def test_the_menu_of_a_message_has_a_command_where_check_ins_are_there() -> None:
    *_, menu = render_commands(SPECS.values())
    assert (menu["type"], menu["name"]) == (3, "Log this")
    assert menu["contexts"] == [0, 1]
    assert typed(render_commands([Spec("goal", "show it")])) == render_commands([Spec("goal", "show it")])


def test_discord_takes_the_tree() -> None:
    assert list(tree_faults(render_commands(SPECS.values()))) == []


def test_nothing_is_required_and_all_work_in_servers_and_direct_messages() -> None:
    commands = typed(render_commands(SPECS.values()))
    leaves = [leaf for command in commands for leaf in command["options"]]
    options = [option for leaf in leaves for option in (leaf["options"] if leaf["type"] == 1 else [leaf])]
    assert options
    assert not any(option["required"] for option in options)
    assert all(command["contexts"] == [0, 1] and command["integration_types"] == [0] for command in commands)
    assert not any("default_member_permissions" in command for command in commands)


def test_the_tree(snapshot: SnapshotAssertion) -> None:
    assert render_commands(fake_core.SPECS) == snapshot


def test_odd_definitions_are_cut_to_what_discord_takes() -> None:
    many = tuple(Choice("c" * 200, f"v{at}") for at in range(30))
    spec = Spec(
        "odd",
        "s" * 300,
        (
            text("many", OptionKind.CHOICE, choices=many),
            text("few", OptionKind.CHOICE, choices=many[:2]),
            text("Upper"),
            text("long", OptionKind.LONG, longest=9000),
            text("count", OptionKind.NUMBER),
            text("whom", OptionKind.MEMBER),
            *(text(f"o{at}") for at in range(30)),
        ),
    )
    [command] = render_commands([spec, Spec("three words here", "no"), Spec("press", "no", is_button_only=True)])
    assert list(tree_faults([command])) == []
    kinds = {option["name"]: option["type"] for option in command["options"]}
    assert (kinds["count"], kinds["whom"], kinds["long"]) == (10, 6, 3)
    assert "Upper" not in kinds
    assert len(kinds) == limits.OPTIONS


def test_a_word_that_is_a_command_and_begins_others() -> None:
    specs = [Spec("goal", "show it"), Spec("goal set", "set it")]
    assert names(render_commands(specs)) == [f"goal {ALONE}", "goal set"]
    known = [spec.name for spec in specs]
    assert spec_name("goal", ALONE, known) == "goal"
    assert spec_name("goal", "set", known) == "goal set"
    assert spec_name("group", ALONE, ["group show"]) == "group show"
    assert spec_name("goal", None, known) == "goal"


def test_the_digest_tells_trees_and_applications_apart() -> None:
    commands = render_commands(fake_core.SPECS)
    assert digest(commands, 1) == digest(render_commands(fake_core.SPECS), 1)
    assert len({digest(commands, 1), digest(commands, 2), digest(commands[:-1], 1)}) == 3


@pytest.mark.parametrize("module", ["adapters.discord", "adapters.discord.verbs"])
def test_naming_the_adapter_does_not_load_the_library(module: str) -> None:
    program = f"import sys, {module}; sys.exit('discord' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
