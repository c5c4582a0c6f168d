"""The section `[web]` of the settings, checked when the adapter is made."""

import ipaddress
from urllib.parse import urlsplit

from bot.adapter.plugin import AdapterSettings
from bot.errors import Misconfigured

HIGHEST_PORT = 65_535
SHOWN_LENGTH = 60
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class WebSettings(AdapterSettings, frozen=True):
    """Pages are served at `listen` (host:port), if it is set.

    `public_url` is the address by which browsers reach them, http://`listen` on this machine alone unless set.
    `trust_proxy` are the addresses of proxies, separated by commas, that are believed when they say who asks.
    """

    listen: str = ""
    public_url: str = ""
    trust_proxy: str = ""

    @property
    def is_configured(self) -> bool:
        """Return True if there is an address to listen at."""
        return bool(self.listen)

    @property
    def only_asks(self) -> bool:
        """Return True: nothing is posted to a page."""
        return True

    @property
    def pages_url(self) -> str:
        """The address of the pages, without a slash at its end."""
        return self.public_url.rstrip("/") or f"http://{self.listen}"

    @property
    def is_secure(self) -> bool:
        """Return True if browsers reach the pages by https."""
        return self.pages_url.startswith("https://")

    @property
    def host(self) -> str:
        """The host of `listen`."""
        return self.listen.rpartition(":")[0].strip("[]")

    @property
    def port(self) -> int:
        """The port of `listen`."""
        return int(self.listen.rpartition(":")[2])

    @property
    def proxies(self) -> tuple[Network, ...]:
        """The networks of `trust_proxy`. Raises ValueError for what is none."""
        return tuple(ipaddress.ip_network(part.strip()) for part in self.trust_proxy.split(",") if part.strip())


def check_settings(settings: WebSettings) -> None:
    """Raise `Misconfigured` where pages could not be served with these settings, or not safely."""
    port = settings.listen.rpartition(":")[2]
    is_port = port.isascii() and port.isdigit() and int(port) <= HIGHEST_PORT
    if not settings.host or not is_port:
        shown = settings.listen[:SHOWN_LENGTH]
        raise Misconfigured(f"[web] listen = {shown!r}: expected host:port, such as 127.0.0.1:8090.")
    _check_url(settings)
    try:
        _ = settings.proxies
    except ValueError:
        shown = settings.trust_proxy[:SHOWN_LENGTH]
        raise Misconfigured(
            f"[web] trust_proxy = {shown!r}: expected addresses such as 127.0.0.1 or 10.0.0.0/8, with commas between."
        ) from None


def _check_url(settings: WebSettings) -> None:
    if not settings.public_url and not _is_loopback(settings.host):
        raise Misconfigured(
            "[web] public_url is missing: expected the address of the pages, such as https://example.org."
        )
    place = f"[web] public_url = {settings.public_url[:SHOWN_LENGTH]!r}"
    try:
        url = urlsplit(settings.pages_url)
        has_port = url.port is None or url.port > 0
    except ValueError:
        raise Misconfigured(f"{place}: expected an address such as https://example.org.") from None
    if url.scheme not in ("http", "https") or not url.hostname or not has_port or url.username or url.password:
        raise Misconfigured(f"{place}: expected an address such as https://example.org.")
    if url.path or url.query or url.fragment:
        raise Misconfigured(f"{place}: expected no path in it; give the pages a name of their own.")
    if url.scheme == "http" and not _is_loopback(url.hostname):
        raise Misconfigured(f"{place}: expected https, since http is safe on this machine alone.")


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
