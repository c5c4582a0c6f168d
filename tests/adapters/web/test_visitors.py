"""Who asks: proxies are believed where the settings name them, and nobody else."""

import ipaddress

import pytest

from adapters.web.devices import name_device
from adapters.web.visitors import Visitors
from bot.domain.allowance import Rate

PROXIES = tuple(ipaddress.ip_network(network) for network in ("127.0.0.1", "10.0.0.0/8", "fd00::/8"))
ONE = Rate("of a test", 1, 0.001)


def address_of(peer: str | None, forwarded: str | None = None) -> str:
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    return Visitors(PROXIES).address_of(peer, headers)


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("198.51.100.7", None, "198.51.100.7"),
        ("198.51.100.7", "203.0.113.9", "198.51.100.7"),  # a stranger says that it is somebody else
        ("127.0.0.1", None, "127.0.0.1"),
        ("127.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "1.2.3.4, 203.0.113.9", "203.0.113.9"),  # what stands before it, the visitor wrote
        ("127.0.0.1", "203.0.113.9, 10.1.2.3", "203.0.113.9"),  # two proxies of ours
        ("127.0.0.1", "10.1.2.3", "10.1.2.3"),
        ("127.0.0.1", "nonsense", "127.0.0.1"),
        ("127.0.0.1", "203.0.113.9, nonsense", "127.0.0.1"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "::ffff:203.0.113.9", "203.0.113.9"),
        ("::ffff:127.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("fd00::1", "2001:db8::5", "2001:db8::5"),
        (None, "203.0.113.9", "unknown"),
    ],
)
def test_who_asks_is_the_last_that_is_no_proxy_of_ours(peer: str | None, forwarded: str | None, address: str) -> None:
    assert address_of(peer, forwarded) == address


def test_without_a_setting_no_proxy_is_believed() -> None:
    assert Visitors(()).address_of("127.0.0.1", {"X-Forwarded-For": "203.0.113.9"}) == "127.0.0.1"


def test_each_address_has_an_allowance_of_its_own_and_a_network_of_version_6_shares_one() -> None:
    visitors = Visitors((), clock=lambda: 0.0)
    assert visitors.seconds_to_wait("203.0.113.9", ONE) == 0
    assert visitors.seconds_to_wait("203.0.113.9", ONE) > 0
    assert visitors.seconds_to_wait("203.0.113.8", ONE) == 0
    assert visitors.seconds_to_wait("2001:db8::5", ONE) == 0
    assert visitors.seconds_to_wait("2001:db8::6", ONE) > 0
    assert visitors.seconds_to_wait("2001:db8:0:1::6", ONE) == 0
    assert visitors.seconds_to_wait("unknown", ONE) == 0


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1",
            "Safari on an iPhone",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36", "Chrome on Android"),
        ("", "A browser"),
        ("<script>alert(1)</script>" * 100, "A browser"),
    ],
)
def test_a_browser_is_named_as_its_owner_knows_it(agent: str, name: str) -> None:
    assert name_device(agent) == name
