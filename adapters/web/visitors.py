"""Who asks, as far as an address tells, and how often they may."""

import ipaddress
from collections.abc import Callable, Mapping, Sequence
from time import monotonic

from adapters.web import limits
from adapters.web.settings import Network
from bot.adapter.bounded import BoundedDict
from bot.domain.allowance import Allowance, Rate, take

FORWARDED = "X-Forwarded-For"
UNKNOWN = "unknown"


class Visitors:
    """The addresses of those who ask. A proxy that the settings name is believed when it says who that is."""

    def __init__(self, proxies: Sequence[Network], clock: Callable[[], float] = monotonic) -> None:
        self._proxies = proxies
        self._clock = clock
        self._allowances: BoundedDict[tuple[str, str], Allowance] = BoundedDict(limits.ADDRESSES_REMEMBERED)

    def address_of(self, peer: str | None, headers: Mapping[str, str]) -> str:
        """Return the address of who asks: the last one on the way here that is no proxy of ours.

        What stands before it, anybody may have written.
        """
        address = peer or UNKNOWN
        hops = [hop.strip() for hop in headers.get(FORWARDED, "").split(",")] if self._is_proxy(address) else []
        for hop in reversed(hops):
            known = _address(hop)
            if known is None:
                break
            address = str(known)
            if not self._is_proxy(address):
                break
        return address

    def seconds_to_wait(self, address: str, rate: Rate) -> int:
        """Count a request of an address, and return the whole seconds until one is heard; 0 if it is heard now."""
        key = (rate.kind, _network(address))
        self._allowances[key], seconds = take(self._allowances.get(key), self._clock(), rate)
        return seconds

    def _is_proxy(self, address: str) -> bool:
        known = _address(address)
        return known is not None and any(known in network for network in self._proxies)


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        known = ipaddress.ip_address(text)
    except ValueError:
        return None
    return getattr(known, "ipv4_mapped", None) or known


def _network(address: str) -> str:
    """Return what counts as one address: of IPv6, which hands them out by the billion, the network of one customer."""
    known = _address(address)
    if isinstance(known, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((known, 64), strict=False))
    return str(known or address)
