"""A stranger tries every command, option, button, draft and completion with the ids and names of a group not theirs."""

from collections.abc import Iterator
from itertools import count

import msgspec
import pytest

from bot.chat.button_id import draft_name
from bot.chat.codec import encode
from bot.chat.command import Option, OptionKind, Reading, Spec
from bot.chat.request import Channel, NamedChannel, Reply, Via
from bot.commands.registry import SPECS
from bot.views.trouble import our_fault
from tests.talk import HOME, MONDAY_MORNING, Heard, Talk

SECRETS = ("Alpha hall", "Ada", "Alchemy", "the secret of gold", "transmutation", "for my daughter", "mornings in bed")
SEEN_IN_THE_CHANNEL = ("Alpha hall", "Alchemy")
"""The words that stand on the group's open forms: whoever is in its channel may log time there, and is in it then."""
VALUES = {
    OptionKind.DURATION: "1h",
    OptionKind.DAY: "today",
    OptionKind.TEXT: "harmless",
    OptionKind.LONG: "harmless",
    OptionKind.NUMBER: "1",
    OptionKind.AREA: "Mathematics",
    OptionKind.ZONE: "Europe/Berlin",
    OptionKind.MEMBER: "Ada",
    OptionKind.CHECKIN: "#1",
    OptionKind.MOMENT: "sun 15:00",
    OptionKind.PERIOD: "2026",
    OptionKind.FILE: "export.csv",
    OptionKind.CHANNEL: "#alpha",
}
"""Values of the options that anyone may use; the hidden ones carry ids."""
WAYS = (Via.SLASH, Via.BUTTON, Via.FORM)
PLACES = ("beta", None)
TABLES = (
    "people",
    "goals",
    "pauses",
    "checkins",
    "focuses",
    "reminders",
    "timers",
    "members",
    "groups",
    "areas",
    "intentions",
)
OF_ALPHA = "group_id IN (SELECT id FROM groups WHERE name = 'Alpha hall')"
CONDITIONS = {"people": "id = 1", "groups": "name = 'Alpha hall'", "members": OF_ALPHA, "areas": OF_ALPHA}
"""Which rows are of Ada and her group, where these are not found by the person's id."""


@pytest.fixture
async def towns(talk: Talk) -> Talk:
    """Start Ada's group, full of secrets, in one channel, and Eve's in another."""
    await talk.start_group("alpha", name="Alpha hall", members=["ada", "al"])
    await talk.start_group("beta", name="Beta hall", members=["eve"])
    talk.managers = {"ada"}
    talk.channels = {"#alpha": NamedChannel(Channel("console", "", "alpha", "alpha"))}
    for words in (
        "/group organisers add: ada",
        "/group areas add: Alchemy",
        "/checkin 1h alchemy learned: the secret of gold",
        "/focus start title: transmutation",
        "/checkin 2h learned: the secret of gold, again",
        "/reminders how: direct",
        "/timer start alchemy",
    ):
        assert not (await talk("ada", words, channel="alpha")).is_wrong
    for command, options in (("in", {"plan": "mornings in bed"}), ("why", {"why": "for my daughter"})):
        assert not (await talk.command("ada", command, channel="alpha", **options)).is_wrong
    assert not await talk.rows("SELECT id FROM drafts")
    await talk("ada", f"/checkin 20 learned: the secret of gold {'x' * 100}", channel="alpha")
    await talk.core.draft(talk.user("ada"), "checkin", {"learned": "the secret of gold"})
    talk.managers = {"eve"}
    return talk


def tries(spec: Spec, group: int) -> Iterator[dict[str, str]]:
    """Yield options that would reach into the other group, in one way after the other."""
    everything = {option.name: value(option, group) for option in spec.options}
    yield {}
    yield {"group": str(group)}
    yield everything
    yield {**everything, "group": str(group)}
    yield {option.name: value(option, group) for option in spec.options if option.is_hidden}
    yield {option.name: value(option, group) for option in spec.visible}
    for option in spec.options:
        yield {option.name: value(option, group)}


def value(option: Option[object], group: int) -> str:
    if option.is_hidden:
        return str(group) if option.name == "group" else "1"
    if option.offer is not None:
        return option.offer(Reading(MONDAY_MORNING.date(), at=MONDAY_MORNING))[0].value
    return option.choices[0].value if option.choices else VALUES[option.kind]


def leaks(heard: Heard) -> list[str]:
    answer = encode(heard.answer)
    return [secret for secret in SECRETS if secret in answer]


async def read_alpha(talk: Talk) -> bytes:
    """Return all that is stored of Ada and her group."""
    rows = [
        await talk.rows(f"SELECT * FROM {table} WHERE {CONDITIONS.get(table, 'person_id = 1')}") for table in TABLES
    ]
    return msgspec.json.encode(rows)


@pytest.mark.parametrize("name", sorted(SPECS))
async def test_no_command_reaches_into_a_group_that_is_not_ones_own(towns: Talk, name: str) -> None:
    [(group,)] = await towns.rows("SELECT id FROM groups WHERE name = 'Alpha hall'")
    before = await read_alpha(towns)
    for options in tries(SPECS[name], int(str(group))):
        for channel in PLACES:
            for via in WAYS:
                request = towns.request("eve", channel, "", via, command=name, options=options)
                heard = Heard.of(await towns.core.handle(request))
                leaked = {secret for secret in leaks(heard) if secret not in options.values()}
                assert not leaked, (options, channel, via, heard)
    assert await read_alpha(towns) == before


@pytest.mark.parametrize("name", sorted(SPECS))
async def test_a_stranger_in_the_groups_own_channel_reads_nothing_of_its_members(towns: Talk, name: str) -> None:
    [(group,)] = await towns.rows("SELECT id FROM groups WHERE name = 'Alpha hall'")
    towns.managers = set()
    of_ada = "SELECT * FROM checkins WHERE person_id = 1", "SELECT * FROM people WHERE id = 1"
    before = [await towns.rows(sql) for sql in of_ada]
    strangers = count()
    for options in tries(SPECS[name], int(str(group))):
        for via in WAYS:
            stranger = f"stranger {next(strangers)}"  # who logs time in the channel is none any more
            request = towns.request(stranger, "alpha", "", via, command=name, options=options)
            heard = Heard.of(await towns.core.handle(request))
            leaked = {secret for secret in leaks(heard) if secret not in {*options.values(), *SEEN_IN_THE_CHANNEL}}
            assert not leaked, (options, via, heard)
    assert [await towns.rows(sql) for sql in of_ada] == before


async def test_no_draft_of_another_is_opened(towns: Talk) -> None:
    drafts = await towns.rows("SELECT id FROM drafts")
    assert len(drafts) > 1
    before = await read_alpha(towns)
    for (number,) in drafts:
        for via in WAYS:
            heard = await towns.command("eve", draft_name(int(str(number))), channel="beta")
            assert not leaks(heard), heard
            request = towns.request("eve", "beta", "", via, command=draft_name(int(str(number))))
            assert not leaks(Heard.of(await towns.core.handle(request)))
    assert await read_alpha(towns) == before


@pytest.mark.parametrize("kind", [kind for kind in OptionKind if kind.is_suggested])
async def test_no_completion_tells_of_another_group(towns: Talk, kind: OptionKind) -> None:
    completed = [(spec.name, option.name) for spec in SPECS.values() for option in spec.options if option.kind is kind]
    assert completed
    for command, option in completed:
        for channel in PLACES:
            for typed in ("", "a", "al", "1", "the secret"):
                request = towns.request("eve", channel, "", Via.SLASH, command=command, options={"group": "1"})
                choices = await towns.core.suggest(request, option, typed)
                assert not [choice for choice in choices if any(secret in choice.label for secret in SECRETS)]


async def test_nobody_becomes_an_organiser_by_asking(towns: Talk) -> None:
    towns.managers = set()
    for words in (
        "/group settings goal: 3h",
        "/group schedule results: off",
        "/group areas add: Astrology",
        "/group organisers add: eve",
        "/group members remove: ada",
    ):
        for who, channel in (("al", "alpha"), ("eve", "alpha"), ("stranger", "alpha")):
            assert (await towns(who, words, channel=channel)).is_wrong, (who, words)


@pytest.mark.parametrize(
    "number", ["9" * 30, "9" * 5000, "-1", "²", "٣"], ids=["30", "5000", "minus", "power", "script"]
)
async def test_numbers_that_no_button_has_are_answered_in_words(talk: Talk, number: str) -> None:
    await talk("ada", "/checkin 1h learned: a secret")
    await talk("ada", "/timer start")
    fault = encode(our_fault())
    for spec in SPECS.values():
        for option in spec.options:
            request = talk.request("ada", HOME, "", Via.BUTTON, command=spec.name, options={option.name: number})
            answer = await talk.core.handle(request)
            assert not isinstance(answer, Reply) or encode(answer.card) != fault, (spec.name, option.name)
