"""The adapter as a whole: its settings, what it is made of, and who serves it."""

import asyncio
import subprocess
import sys

import pytest

from adapters.discord.settings import DiscordSettings
from adapters.slack.settings import SlackSettings
from adapters.web import PLUGIN, create
from adapters.web.adapter import WebAdapter
from adapters.web.settings import WebSettings
from bot.adapter import Health, SendLimits
from bot.adapter.pages import SignInClient
from bot.clock import SystemClock
from bot.config import Settings
from bot.delivery.sender import Sender
from bot.delivery.service import AskingService, Service
from bot.delivery.supervisor import Supervisor
from bot.delivery.terms import SendingTerms
from bot.errors import Misconfigured
from bot.store.database import Store
from tests.adapters.fake_core import FakeCore
from tests.adapters.web.stage import free_port, serving_core
from tests.waiting import eventually, stopped

LOCAL = "127.0.0.1:8090"
SAFE = "https://study.example.org"


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"listen": "8090"}, "[web] listen = '8090': expected host:port"),
        ({"listen": "127.0.0.1:x"}, "expected host:port"),
        ({"listen": "127.0.0.1:99999"}, "expected host:port"),
        ({"listen": ":8090", "public_url": SAFE}, "expected host:port"),
        ({"listen": "0.0.0.0:8090"}, "[web] public_url is missing"),
        ({"listen": LOCAL, "public_url": "study.example.org"}, "expected an address such as https://example.org"),
        ({"listen": LOCAL, "public_url": "ftp://study.example.org"}, "expected an address"),
        ({"listen": LOCAL, "public_url": "https://"}, "expected an address"),
        ({"listen": LOCAL, "public_url": "https://x:99999"}, "expected an address"),
        ({"listen": LOCAL, "public_url": "https://me:secret@study.example.org"}, "expected an address"),
        ({"listen": LOCAL, "public_url": f"{SAFE}/pages"}, "expected no path in it"),
        ({"listen": LOCAL, "public_url": f"{SAFE}?x=1"}, "expected no path in it"),
        ({"listen": LOCAL, "public_url": "http://study.example.org"}, "expected https"),
        ({"listen": LOCAL, "trust_proxy": "my-proxy"}, "[web] trust_proxy = 'my-proxy': expected addresses"),
        ({"listen": LOCAL, "trust_proxy": "10.0.0.1/8"}, "expected addresses"),
    ],
)
def test_settings_that_are_not_safe_are_refused(settings: dict[str, str], words: str) -> None:
    with pytest.raises(Misconfigured) as refused:
        create(WebSettings(**settings), FakeCore())
    assert words in str(refused.value)


@pytest.mark.parametrize(
    "settings",
    [
        {"listen": LOCAL},
        {"listen": "localhost:1"},
        {"listen": "[::1]:8090"},
        {"listen": "0.0.0.0:8090", "public_url": f"{SAFE}/"},
        {"listen": LOCAL, "public_url": f"{SAFE}:8443", "trust_proxy": "127.0.0.1, 10.0.0.0/8 , ::1"},
    ],
)
def test_settings_that_are_safe_are_taken(settings: dict[str, str]) -> None:
    assert create(WebSettings(**settings), FakeCore()).name == "web"


def test_it_is_off_unless_there_is_an_address_and_asked_for_apart_from_platforms() -> None:
    off = Settings(platforms={"web": WebSettings(), "discord": DiscordSettings("token")})
    assert (off.adapters(), off.asking_adapters(), off.pages_url) == (["discord"], [], "")
    on = Settings(platforms={"web": WebSettings(LOCAL), "discord": DiscordSettings("token")})
    assert (on.adapters(), on.asking_adapters(), on.pages_url) == (["discord"], ["web"], f"http://{LOCAL}")


def test_platforms_bring_the_clients_by_which_people_sign_in() -> None:
    slack = SlackSettings(bot_token="xoxb-1", app_token="xapp-1", client_id="s-id", client_secret="s-secret")
    discord = DiscordSettings("token", "d-id", "d-secret")
    assert Settings(platforms={"discord": discord, "slack": slack}).sign_in_clients() == {
        "discord": SignInClient("d-id", "d-secret"),
        "slack": SignInClient("s-id", "s-secret"),
    }
    assert not slack.is_installable  # a client beside a bot token is for pages
    assert Settings(platforms={"discord": DiscordSettings("token", "d-id")}).sign_in_clients() == {}


def test_without_it_none_of_its_modules_is_imported() -> None:
    """The section's own type is read at every start, as that of any platform; nothing that serves is."""
    code = (
        "import sys; from bot import app, cli; from bot.verbs import run; from bot.upkeep import service;"
        "from bot.adapter.installed import installed; installed();"
        "print(sorted(m for m in sys.modules if m.startswith(('adapters.web', 'aiohttp', 'joserfc', 'icalendar'))))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() in ("['adapters.web', 'adapters.web.settings']", "[]")


def test_the_plugin_is_cheap_and_makes_the_adapter() -> None:
    assert PLUGIN.settings is WebSettings
    assert PLUGIN.verbs == ()


async def test_it_waits_for_an_address_that_another_process_has(caplog: pytest.LogCaptureFixture) -> None:
    core, waits = FakeCore(), asyncio.Event()

    async def sleep(_seconds: float) -> None:
        waits.set()
        await asyncio.sleep(0.01)

    async with serving_core(core) as first:
        second = WebAdapter(WebSettings(listen=f"127.0.0.1:{first.adapter.port}"), core, sleep=sleep)
        task = asyncio.create_task(second.run())
        await waits.wait()
        assert not second.health().is_ready
        assert "not listening" in second.health().detail
    await eventually(lambda: second.health().is_ready)
    assert [record.message for record in caplog.records].count(
        "pages are not served here yet: another process listens"
    ) == 1
    await stopped(task)


async def test_an_address_that_is_not_ours_is_a_wrong_setting() -> None:
    adapter = WebAdapter(WebSettings(listen="192.0.2.1:8090", public_url=SAFE), FakeCore())
    with pytest.raises(Misconfigured, match=r"\[web\] listen = '192\.0\.2\.1:8090': can't listen there"):
        await adapter.run()


class Broken:
    """Pages, or a platform, that end at once."""

    name = "broken"
    send_limits = SendLimits()

    def __init__(self, words: str) -> None:
        self._words = words

    async def run(self) -> None:
        raise Misconfigured(self._words)

    def health(self) -> Health:
        return Health(is_ready=False)


async def test_pages_are_no_reason_to_go_on_when_no_platform_is_left(store: Store) -> None:
    served = WebAdapter(WebSettings(listen=f"127.0.0.1:{free_port()}"), FakeCore())
    supervisor = Supervisor()
    supervisor.add(AskingService(served))
    platform = Broken("the token is dead")
    supervisor.add(Service(platform, Sender(store, SystemClock(), platform, SendingTerms()), None))  # type: ignore[arg-type]
    with pytest.raises(BaseExceptionGroup) as ended:
        await asyncio.wait_for(supervisor.run(), 10)
    assert "the token is dead" in repr(ended.value.exceptions)
    assert not served.health().is_ready


async def test_a_platform_goes_on_where_pages_can_not_be_served(store: Store) -> None:
    naps = asyncio.Event()

    async def sleep(_seconds: float) -> None:
        naps.set()
        await asyncio.Event().wait()

    class Fine(Broken):
        async def run(self) -> None:
            await asyncio.Event().wait()

    supervisor, platform = Supervisor(sleep=sleep), Fine("")
    supervisor.add(Service(platform, Sender(store, SystemClock(), platform, SendingTerms()), None))  # type: ignore[arg-type]
    supervisor.add(AskingService(Broken("no address")))  # type: ignore[arg-type]
    task = asyncio.create_task(supervisor.run())
    await asyncio.wait_for(naps.wait(), 10)
    assert not task.done()
    assert list(supervisor.failures().values()) == ["no address"]
    await stopped(task)
