"""Settings that can wait: each as data, offered once the bot is there, and by its name at any time."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.adapter.setup import Question
from bot.config import LISTEN, SERVERS, SQLITE, Settings
from bot.domain.zones import read_zone
from bot.errors import Misconfigured, Refused, SchemaMismatch, TenHoursError
from bot.location import ServerDatabase
from bot.store import migrate
from bot.verbs import copy
from bot.verbs.setup.conversation import Conversation
from bot.verbs.setup.installation import Installation, shown


@dataclass(frozen=True, slots=True)
class LaterStep:
    """Settings that belong together: what they are for, and a question for each with its section."""

    name: str
    label: str
    questions: tuple[tuple[str, Question], ...]
    try_settings: Callable[[Settings], None] = lambda _settings: None
    """Tries what all settings would be then; raises a `TenHoursError` with what to do."""
    prepare: Callable[[Settings, Settings, Conversation], Awaitable[None]] | None = None
    """Does what is to be done before all settings change from the first to the second; raises a `TenHoursError`."""

    def is_known(self, installation: Installation) -> bool:
        """Return True if this version of the program has all of the settings."""
        return all(installation.has((section, question.key)) for section, question in self.questions)

    def state(self, installation: Installation) -> str:
        """Return how it is set now."""
        values = [shown_value(installation.value_of((section, question.key))) for section, question in self.questions]
        return ", ".join(value for value in values if value) or "off"


def shown_value(value: object) -> str:
    """Return a value as it is shown: a URL without its password."""
    return str(ServerDatabase(str(value)))


def read_hours(typed: str) -> str:
    """Return hours a week. Raises `Refused` for what is no number; the bounds are those of the settings."""
    if not re.fullmatch(r"\d+(\.\d+)?", typed.strip()):
        raise Refused("Type the hours a week as a number, such as 10.")
    return typed.strip()


def read_listen(typed: str) -> str:
    """Return an address to listen on. Raises `Refused` for what is none."""
    if not LISTEN.fullmatch(typed.strip()):
        raise Refused("Type a host and a port, such as 127.0.0.1:8080.")
    return typed.strip()


def read_web_address(typed: str) -> str:
    """Return an https address. Raises `Refused` for what is none."""
    address = typed.strip().rstrip("/")
    if not re.fullmatch(r"https://[\w.-]+(:\d+)?(/\S*)?", address):
        raise Refused("Type an address that begins with https://, such as https://bot.example.org.")
    return address


def read_database(typed: str) -> str:
    """Return the URL of a database. Raises `Refused` for what is none."""
    url = typed.strip()
    if not url.startswith((*SERVERS, SQLITE)):
        raise Refused("Type an address such as postgresql://tenhours@localhost/tenhours.")
    return url


def try_database(settings: Settings) -> None:
    """Connect to the database. Raises `TenHoursError` where that fails, or it is another program's."""
    revision = migrate.read_revision(settings.database.location)
    if revision is not None and revision != migrate.head():
        raise SchemaMismatch(f"{settings.database.location} is of another version of the program: at {revision}.")


async def offer_to_copy(before: Settings, after: Settings, talk: Conversation) -> None:
    """Offer to bring along what is in the database so far, where the other one is empty, and of the other kind."""
    source, target = before.database.location, after.database.location
    if isinstance(source, ServerDatabase) is isinstance(target, ServerDatabase):
        return
    revisions = [await asyncio.to_thread(migrate.read_revision, location) for location in (source, target)]
    if revisions[0] is None or revisions[1] is not None:
        return
    if await talk.confirm(f"Copy everything from {source} there?"):
        talk.say(await copy.copy(before, after.database.url, is_forced=False))


def read_zone_name(typed: str) -> str:
    """Return the name of a time zone. Raises `Refused` for what is none."""
    return str(read_zone(typed))


LATER = (
    LaterStep(
        "zone",
        "the time zone of new groups",
        (
            (
                "group",
                Question(
                    "time_zone",
                    "The time zone",
                    ("A place such as Europe/Berlin. Each group and each member can choose another.",),
                    read_zone_name,
                ),
            ),
        ),
    ),
    LaterStep(
        "goal",
        "the weekly goal of new groups",
        (("group", Question("goal_hours", "Hours a week", ("From 1 to 100.",), read_hours)),),
    ),
    LaterStep(
        "pages",
        "personal pages in the browser",
        (
            (
                "web",
                Question(
                    "public_url",
                    "The address of the pages",
                    ("Members reach their pages by an https address of yours, which a proxy leads to this program.",),
                    read_web_address,
                ),
            ),
            (
                "web",
                Question(
                    "listen",
                    "Where to listen",
                    ("The host and port to which the proxy leads, such as 127.0.0.1:8090.",),
                    read_listen,
                ),
            ),
        ),
    ),
    LaterStep(
        "database",
        "PostgreSQL instead of a file",
        (
            (
                "database",
                Question(
                    "url",
                    "The database",
                    (
                        "Create an empty database, and a user who owns it.",
                        "Best leave the password out of the address: PostgreSQL reads it from ~/.pgpass.",
                        "An address with a password goes into a file of its own, which only you can read.",
                        "What is in the database of today can be copied there next, while the bot is stopped.",
                    ),
                    read_database,
                ),
            ),
        ),
        try_database,
        offer_to_copy,
    ),
    LaterStep(
        "health",
        "health and metrics for a monitor",
        (
            (
                "health",
                Question(
                    "listen",
                    "Where to listen",
                    ("/healthz and /metrics are served there, for example on 127.0.0.1:8080. Keep it to yourself.",),
                    read_listen,
                ),
            ),
        ),
    ),
)


async def change(step: LaterStep, installation: Installation, talk: Conversation) -> None:
    """Ask for the settings of a step, and save them together once they are confirmed."""
    values: dict[tuple[str, str], str] = {}
    for section, question in step.questions:
        variable = installation.variable_of((section, question.key))
        if variable:
            raise Misconfigured(f"{variable} sets it: change it there.")
        talk.say("", *question.steps)
        while (section, question.key) not in values:
            try:
                is_secret = installation.is_secret((section, question.key))
                typed = await talk.ask((section, question.key), question.asks, is_secret=is_secret)
                wanted = {**values, (section, question.key): question.read(typed)}
                if question is step.questions[-1][1]:
                    await asyncio.to_thread(step.try_settings, installation.settings_with(wanted))
                values = wanted
            except TenHoursError as error:
                talk.refuse(error)
    if step.prepare is not None:
        await step.prepare(installation.settings, installation.settings_with(values), talk)
    if await talk.confirm("Save it?"):
        files = installation.save(values)
        talk.say(f"Saved in {' and '.join(map(shown, files))}. It holds from the next start on.")
