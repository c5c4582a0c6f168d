"""How Slack reaches the app: over a socket, or by signed requests."""

import hashlib
import hmac
import json
import time
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlencode

import aiohttp

from tests.servers.slack.server import Slack
from tests.servers.slack.world import Json


class Way(Protocol):
    """The way by which Slack reaches the app."""

    async def send(self, kind: str, payload: Json, envelope: str = "") -> Json | None:
        """Deliver; return the payload of the acknowledgement, None where none came in time."""
        ...


@dataclass
class BySocket:
    """Socket Mode, over one of the connections."""

    slack: Slack
    at: int = -1

    async def send(self, kind: str, payload: Json, envelope: str = "") -> Json | None:
        return await self.slack.deliver(kind, payload, envelope, self.at)


@dataclass
class ByHttp:
    """Signed requests, as Slack sends them."""

    url: str
    secret: str
    seconds: Any = time.time

    async def send(self, kind: str, payload: Json, envelope: str = "") -> Json | None:
        status, text = await self.raw(*self.encoded(kind, payload))
        if status != 200:
            return None
        if not text:
            return {}
        return json.loads(text) if text.startswith("{") else {"text": text}

    def encoded(self, kind: str, payload: Json) -> tuple[str, str]:
        if kind == "events_api":
            return json.dumps(payload), "application/json"
        form = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
        return urlencode(form), "application/x-www-form-urlencoded"

    async def raw(
        self, body: str, kind: str, stamp: str | None = None, signature: str | None = None
    ) -> tuple[int, str]:
        stamp = str(int(self.seconds())) if stamp is None else stamp
        if signature is None:
            signed = hmac.new(self.secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
            signature = f"v0={signed}"
        headers = {"Content-Type": kind, "X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": signature}
        url = f"{self.url}/slack/events"
        async with aiohttp.ClientSession() as session, session.post(url, data=body, headers=headers) as answer:
            return answer.status, await answer.text()
