"""`tenhours check`, `discord invite` and `discord sync`: short visits, and what they say when they fail."""

from urllib.parse import parse_qs, urlsplit

import pytest

from adapters.discord import create
from adapters.discord.settings import DiscordSettings
from adapters.discord.verbs import VERBS
from bot.errors import Misconfigured, TenHoursError
from tests.adapters.fake_core import SPECS, FakeCore
from tests.servers.discord.server import DiscordServer
from tests.servers.discord.world import APPLICATION, TOKEN

SETTINGS = DiscordSettings(TOKEN)
INVITE, SYNC = VERBS


async def test_the_invitation(server: DiscordServer) -> None:
    query = parse_qs(urlsplit(await INVITE.run(SETTINGS, SPECS)).query)
    assert query["client_id"] == [str(APPLICATION)]
    assert query["scope"] == ["bot applications.commands"]
    assert int(query["permissions"][0]) & 8 == 0


async def test_sync_registers_whatever_was_before(server: DiscordServer) -> None:
    for _ in range(2):
        assert "6 commands" in await SYNC.run(SETTINGS, SPECS)
    assert server.syncs == 2


async def test_verbs_fail_with_a_sentence(server: DiscordServer) -> None:
    with pytest.raises(Misconfigured, match="empty"):
        await INVITE.run(DiscordSettings(" "), SPECS)
    with pytest.raises(Misconfigured, match="token"):
        await INVITE.run(DiscordSettings("wrong"), SPECS)
    server.faults.add("GET /oauth2/", 503)
    with pytest.raises(TenHoursError, match="did not answer"):
        await SYNC.run(SETTINGS, SPECS)


async def test_check_finds_all_well(server: DiscordServer) -> None:
    server.world.add_server("Study hall")
    findings = await create(SETTINGS, FakeCore()).check()
    assert all(finding.is_well for finding in findings)
    assert [finding.subject for finding in findings][-1] == "discord server Study hall"


async def test_check_says_what_to_do(server: DiscordServer) -> None:
    server.world.add_server("Study hall", everyone="1024")
    server.endpoint_url = "https://example.org/interactions"
    findings = await create(SETTINGS, FakeCore()).check()
    troubles = [finding for finding in findings if not finding.is_well]
    assert len(troubles) == 2
    assert "Send Messages" in troubles[1].words
    assert all(finding.what_to_do for finding in troubles)


async def test_check_of_a_wrong_token_and_of_an_outage(server: DiscordServer) -> None:
    [wrong] = await create(DiscordSettings("wrong"), FakeCore()).check()
    assert (wrong.subject, wrong.is_well) == ("discord token", False)
    server.faults.add("GET /users/@me", 503)
    [outage] = await create(SETTINGS, FakeCore()).check()
    assert (outage.subject, outage.is_well) == ("discord", False)
