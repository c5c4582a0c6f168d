"""The command line: arguments and settings are read, and handed over. Every error is a sentence and an exit status."""

import argparse
import gc
import getpass
import os
import sys
from collections.abc import Callable, Coroutine
from importlib.metadata import version
from pathlib import Path
from typing import Any, NoReturn

from bot import config, event_loop, log, standard_streams
from bot.adapter.installed import installed
from bot.adapter.plugin import MemoryVerb, Plugin, Verb
from bot.config import Plugins, Settings
from bot.errors import EXIT_CONFIG, Misconfigured, Refused, TenHoursError
from bot.verbs import import_arguments
from bot.who import list_ways

PROGRAM = "tenhours"
SHELLS = ("bash", "zsh", "fish", "tcsh")

Action = Callable[[argparse.Namespace, Settings], Coroutine[Any, Any, None]]


class Parser(argparse.ArgumentParser):
    """A parser whose errors are one sentence, as all others of the program."""

    def error(self, message: str) -> NoReturn:
        """Print the error and where to read on, and end with argparse's status."""
        self.exit(2, f"{PROGRAM}: {message.rstrip('.')}. `{self.prog} --help` shows how to use it.\n")


def main(argv: list[str] | None = None) -> NoReturn:
    """Run the program, and end it with a status: never with a traceback for what a person can cause."""
    gc.disable()  # until the program is open: nearly all that start-up makes lives as long as the program
    standard_streams.prepare()
    try:
        plugins = installed()
        arguments = make_parser(plugins).parse_args(argv)
        settings = _load_settings(arguments, plugins)
        _start_logging(arguments, settings)
        is_serving = arguments.action is _run and bool(settings.adapters())
        event_loop.run(arguments.action(arguments, settings), is_fast=is_serving)
        sys.stdout.flush()
    except Misconfigured as error:
        _fail(*error.sentences, status=EXIT_CONFIG)
    except TenHoursError as error:
        example = f" For example: {error.example}" if isinstance(error, Refused) and error.example else ""
        _fail(f"{error}{example}")
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        standard_streams.discard_output()
        sys.exit(141)
    except OSError as error:
        standard_streams.discard_output()
        _fail(standard_streams.sentence_of(error))
    sys.exit(0)


def make_parser(plugins: Plugins) -> argparse.ArgumentParser:
    """Return the whole command line with the verbs of all adapters; shell completion is made from it too."""
    people = list_ways("NAME", plugins)
    program = Parser(PROGRAM, description="Study ten hours a week, together.")
    program.add_argument("--version", action="version", version=f"{PROGRAM} {version(PROGRAM)}")
    _add_config(program, default=None)
    verbs = program.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_setup(verbs, plugins)
    _add_force(_add(verbs, "run", "serve every platform that the configuration names", _run))
    chat = _add(verbs, "chat", "talk to the bot in this terminal, or pipe lines into it", _chat)
    who = "who you are; lines like “@bo …” speak as anyone, so this is for one person you trust"
    chat.add_argument("--as", dest="who", metavar="NAME", help=who)
    _add_time(chat)
    chat.add_argument("--json", action="store_true", help="print one JSON object a line for every answer and post")
    _add_force(chat)
    demo = _add(verbs, "demo", "watch a sample group for a few weeks, then join in", _demo)
    demo.add_argument("--zone", default="UTC", metavar="ZONE", help="everyone's time zone (default: UTC)")
    export = _add(verbs, "export", "print everything kept about a person, as JSON", _export)
    export.add_argument("--as", dest="who", metavar="WHO", required=True, help=people)
    _add_time(export)
    dashboard = _add(verbs, "dashboard", "print a link that opens somebody's page, once", _dashboard)
    dashboard.add_argument("--as", dest="who", metavar="WHO", required=True, help=people)
    importing = _add(verbs, "import", "bring in history from a time tracker or a table", _import)
    import_arguments.add(importing, people)
    _add_force(importing)
    _add(verbs, "migrate", "update the database to this version's schema", _migrate)
    backup = _add(verbs, "backup", "copy the database, even while it's in use", _backup)
    backup.add_argument("file", type=Path, metavar="FILE", help="the new file; it must not exist yet")
    restore = _add(verbs, "restore", "put a copy in the database's place, while the bot is stopped", _restore)
    restore.add_argument("file", type=Path, metavar="FILE", help="a daily copy, or one made by `tenhours backup`")
    copy = _add(verbs, "copy", "move the database to a PostgreSQL server, or from there to a file", _copy)
    copy.add_argument("url", metavar="URL", help="an empty database: postgresql://user@host/name or sqlite:///new.db")
    _add_force(copy)
    check = _add(verbs, "check", "check settings, database, clock and platforms, and say what to do", _check)
    check.add_argument("--json", action="store_true", help="print one JSON object, for scripts")
    check.add_argument("--settings", action="store_true", help="check only the settings and tokens, before a reload")
    check.add_argument("--local", action="store_true", help="check only this machine, without asking the platforms")
    check.add_argument("--full", action="store_true", help="check every page and index of the database")
    check.add_argument("--strict", action="store_true", help="exit with status 2 if there are warnings")
    _add_platform_verbs(verbs, plugins)
    completion = _add(verbs, "completion", "print a completion script for your shell", _completion)
    completion.add_argument("shell", choices=SHELLS)
    return program


def _add_setup(verbs: Any, plugins: Plugins) -> None:
    from bot.verbs.setup.names import THINGS  # noqa: PLC0415 - only the names, without what does it

    verb = _add(verbs, "setup", "lead you from nothing to a bot that runs, one step at a time", _setup)
    things = (*(name for name, plugin in plugins.items() if plugin.setup is not None), *THINGS)
    verb.add_argument(
        "what",
        metavar="WHAT",
        nargs="?",
        default="",
        choices=("", *things),
        help=f"change one thing: {', '.join(things)} (default: whatever is missing)",
    )
    verb.add_argument(
        "--answers",
        type=Path,
        metavar="FILE",
        help="take the answers from a file in the shape of config.toml, “-” for standard input, and ask nothing",
    )
    verb.add_argument(
        "--save", action="store_true", help="save what the environment sets (TENHOURS_…), and ask nothing"
    )
    verb.add_argument("--test-in", metavar="CHANNEL", default="", help="post a test message in this channel")
    verb.add_argument(
        "--wait", type=float, metavar="SECONDS", help="how long to wait until the bot is invited somewhere"
    )


def _add(verbs: Any, name: str, summary: str, action: Action) -> argparse.ArgumentParser:
    description = f"{summary[0].upper()}{summary[1:]}."
    verb: argparse.ArgumentParser = verbs.add_parser(name, help=summary, description=description)
    verb.set_defaults(action=action)
    _add_config(verb, default=argparse.SUPPRESS)
    return verb


def _add_config(verb: argparse.ArgumentParser, default: object) -> None:
    verb.add_argument(
        "--config", type=Path, metavar="FILE", default=default, help="the settings file to read (default: config.toml)"
    )


def _add_force(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--force", action="store_true", help="go on with this database, although `tenhours copy` has moved it elsewhere"
    )


def _add_time(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--clock", metavar="TIME", help="stop the clock at this local time, such as 2026-01-05T09:00")
    verb.add_argument("--zone", metavar="ZONE", help="everyone's time zone (default: UTC)")


def _add_platform_verbs(verbs: Any, plugins: Plugins) -> None:
    """Add `discord invite`, `slack manifest` and all others that the installed adapters bring."""
    for name, plugin in plugins.items():
        if plugin.verbs:
            summary = f"what an installation on {name.capitalize()} needs: "
            summary += ", ".join(verb.name for verb in plugin.verbs)
            platform = verbs.add_parser(name, help=summary, description=f"{summary[0].upper()}{summary[1:]}.")
            _add_config(platform, default=argparse.SUPPRESS)
            platform_verbs = platform.add_subparsers(title="commands", metavar="COMMAND", required=True)
            for verb in plugin.verbs:
                parser = _add(platform_verbs, verb.name, verb.summary, _platform_verb)
                parser.set_defaults(platform=name, plugin=plugin, verb=verb)


def _load_settings(arguments: argparse.Namespace, plugins: Plugins) -> Settings:
    """Return the settings; `check` and `setup` read them by themselves, since a wrong one is something to tell of."""
    return Settings() if arguments.action in (_check, _setup) else config.load(arguments.config, os.environ, plugins)


def _start_logging(arguments: argparse.Namespace, settings: Settings) -> None:
    if arguments.action is _run:
        log.configure(settings.log.level, settings.log.format, settings.secrets())
    else:
        is_telling = arguments.action in (_check, _setup)  # it says itself what it finds
        log.configure_plain("critical" if is_telling else "warning", settings.secrets())


async def _setup(arguments: argparse.Namespace, _settings: Settings) -> None:
    from bot.verbs.setup import begin  # noqa: PLC0415
    from bot.verbs.setup.run import SetupOptions  # noqa: PLC0415

    plugins = installed()
    answers = begin.answers_of_environment(os.environ, plugins) if arguments.save else {}
    options = SetupOptions(arguments.what, answers, arguments.test_in, arguments.wait)
    sys.exit(await begin.begin(arguments.config, os.environ, plugins, arguments.answers, options))


async def _run(arguments: argparse.Namespace, settings: Settings) -> None:
    from bot.verbs import run  # noqa: PLC0415

    if settings.adapters():
        plugins = installed()
        await _stay(arguments, settings)
        await run.serve(settings, lambda: config.load(arguments.config, os.environ, plugins))
        return
    if not sys.stdin.isatty():
        raise Misconfigured(
            "No platform is set up. Type `tenhours setup`, which leads you there, or try it here with `tenhours chat`."
        )
    arguments.who, arguments.clock, arguments.zone, arguments.json = None, None, None, False
    await _chat(arguments, settings)


async def _chat(arguments: argparse.Namespace, settings: Settings) -> None:
    from bot import terminal  # noqa: PLC0415

    speaker = arguments.who or _login_name()
    await _stay(arguments, settings)
    await terminal.chat(settings, speaker, arguments.clock, arguments.zone, as_json=arguments.json)


async def _stay(arguments: argparse.Namespace, settings: Settings) -> None:
    """With --force, take away the mark by which a database is known that `copy` has moved elsewhere."""
    if arguments.force:
        import asyncio  # noqa: PLC0415

        from bot.store import moved  # noqa: PLC0415

        await asyncio.to_thread(moved.require_here, settings.database.location, is_forced=True)


async def _demo(arguments: argparse.Namespace, settings: Settings) -> None:
    from bot import terminal  # noqa: PLC0415

    await terminal.demo(settings, arguments.zone)


async def _export(arguments: argparse.Namespace, settings: Settings) -> None:
    from bot import terminal  # noqa: PLC0415

    text = await terminal.export(settings, arguments.who, arguments.clock, arguments.zone)
    standard_streams.write_utf8()
    sys.stdout.write(text + "\n")


async def _dashboard(arguments: argparse.Namespace, settings: Settings) -> None:
    from bot.verbs import dashboard  # noqa: PLC0415

    sys.stdout.write(await dashboard.make_link(settings, arguments.who) + "\n")


async def _import(arguments: argparse.Namespace, settings: Settings) -> None:
    await _stay(arguments, settings)
    if arguments.take_back is not None:
        from bot.verbs import take_back  # noqa: PLC0415

        name = arguments.file.name if arguments.file else None
        sys.stdout.write(await take_back.take_back(settings, arguments.who, arguments.take_back, name) + "\n")
        return
    from bot.commands.shared.import_plan import read_columns  # noqa: PLC0415
    from bot.domain.timesheet.answers import Answers, Twins  # noqa: PLC0415
    from bot.domain.timesheet.order import DateOrder  # noqa: PLC0415
    from bot.verbs import importing  # noqa: PLC0415

    if arguments.file is None:
        raise TenHoursError("Which file? Type `tenhours import FILE --as WHO`.")
    answers = Answers(
        arguments.unit,
        DateOrder(arguments.dates.replace("-", " ")) if arguments.dates else None,
        arguments.year,
        arguments.member,
        read_columns(arguments.column),
        Twins(arguments.twins) if arguments.twins else None,
    )
    options = importing.ImportOptions(
        arguments.file, arguments.who, arguments.area, arguments.project, answers, arguments.dry_run, arguments.yes
    )
    try:
        sys.stdout.write(await importing.import_file(settings, options) + "\n")
    except importing.Stopped as stopped:
        sys.stderr.write(f"{PROGRAM}: {stopped}\n")
        sys.exit(130)


async def _migrate(_arguments: argparse.Namespace, settings: Settings) -> None:
    from bot.verbs import database  # noqa: PLC0415

    await database.migrate(settings)


async def _backup(arguments: argparse.Namespace, settings: Settings) -> None:
    from bot.verbs import database  # noqa: PLC0415

    await database.backup(settings, arguments.file)


async def _restore(arguments: argparse.Namespace, settings: Settings) -> None:
    from bot.verbs import database  # noqa: PLC0415

    await database.restore(settings, arguments.file)


async def _copy(arguments: argparse.Namespace, settings: Settings) -> None:
    from bot.verbs import copy  # noqa: PLC0415

    try:
        sys.stdout.write(await copy.copy(settings, arguments.url, is_forced=arguments.force) + "\n")
    except copy.Stopped as stopped:
        sys.stderr.write(f"{PROGRAM}: {stopped}\n")
        sys.exit(130)


async def _check(arguments: argparse.Namespace, _settings: Settings) -> None:
    from bot.checkup.report import Look  # noqa: PLC0415
    from bot.verbs import check  # noqa: PLC0415

    look = Look(
        arguments.config,
        os.environ,
        is_local=arguments.local,
        is_thorough=arguments.full,
        is_of_settings=arguments.settings,
    )
    sys.exit(await check.check(look, as_json=arguments.json, is_strict=arguments.strict))


async def _platform_verb(arguments: argparse.Namespace, settings: Settings) -> None:
    from bot.commands.registry import list_specs  # noqa: PLC0415

    name: str = arguments.platform
    plugin: Plugin[Any] = arguments.plugin
    verb: Verb[Any] | MemoryVerb[Any] = arguments.verb
    section = settings.section(name, plugin.settings)
    if isinstance(verb, MemoryVerb):
        from bot import app  # noqa: PLC0415
        from bot.clock import SystemClock  # noqa: PLC0415

        async with app.opened(settings, SystemClock()) as program:
            told = await verb.run(section, program.core.memory)
    else:
        told = await verb.run(section, tuple(list_specs(has_pages=bool(settings.pages_url)).values()))
    sys.stdout.write(told + "\n")


async def _completion(arguments: argparse.Namespace, _settings: Settings) -> None:
    from bot.verbs import completion  # noqa: PLC0415

    sys.stdout.write(completion.script(make_parser(installed()), arguments.shell) + "\n")


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "me"


def _fail(*sentences: str, status: int = 1) -> NoReturn:
    sys.stderr.write("".join(f"{PROGRAM}: {sentence}\n" for sentence in sentences))
    sys.exit(status)
