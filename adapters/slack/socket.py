"""Socket Mode: Bolt's own client, closed in order, and each envelope's id handed on to whoever reads the payload."""

import asyncio
import json
import logging
import time
from http import HTTPStatus
from typing import Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import limits
from adapters.slack.client import library_log

log = logging.getLogger(__name__)


class Socket(AsyncSocketModeHandler):
    """A connection that Slack pushes envelopes through."""

    def __init__(self, app: AsyncApp, app_token: str, client: AsyncWebClient, ping_interval: float) -> None:
        super().__init__(app, app_token, logger=library_log, web_client=client, ping_interval=ping_interval)

    async def request_address(self) -> str:
        """Ask Slack where it wants to be connected to; the address is good once."""
        answer = await self.client.web_client.apps_connections_open(app_token=self.app_token)
        return str(answer["url"])

    async def connect(self, address: str) -> None:
        """Connect to an address, unless Slack's client has done it meanwhile; try no longer than a moment.

        The client comes back by itself too, but looks for a connection that broke only with each ping, and would try
        an address that is good once for ever.
        """
        try:
            async with asyncio.timeout(limits.CONNECT_SECONDS), self.client.connect_operation_lock:
                if not self.is_connected:
                    self.client.wss_uri = address
                    await self.connect_async()  # type: ignore[no-untyped-call]
        except TimeoutError:
            log.warning("Slack cannot be connected to yet")

    async def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]
        """Dispatch an envelope and acknowledge it; what nothing here listens to is acknowledged too."""
        context = {"envelope_id": req.envelope_id}
        request = AsyncBoltRequest(mode="socket_mode", body=req.payload, context=context)
        answer = await self.app.async_dispatch(request)
        if answer.status not in (HTTPStatus.OK, HTTPStatus.NOT_FOUND):
            log.info("an envelope is not acknowledged", extra={"status": answer.status})
            return
        payload = _read_payload(answer) if answer.status == HTTPStatus.OK else None
        try:
            await client.send_socket_mode_response(SocketModeResponse(req.envelope_id, payload))
        except ConnectionError as error:
            log.warning("an acknowledgement was lost; Slack delivers again", extra={"error": repr(error)})

    @property
    def is_connected(self) -> bool:
        """Return True if a connection stands."""
        session = self.client.current_session
        return session is not None and not session.closed and not self.client.closed

    @property
    def age(self) -> float | None:
        """Seconds since Slack last answered a ping; None without a connection."""
        if not self.is_connected:
            return None
        pong_at = self.client.last_ping_pong_time
        return max(0.0, time.time() - pong_at) if pong_at is not None else 0.0

    async def close_async(self) -> None:
        """Disconnect, and wait until nothing of the client is running: it cancels its tasks without awaiting them."""
        client: Any = self.client
        tasks = [client.message_processor, client.current_session_monitor, client.message_receiver]
        await super().close_async()  # type: ignore[no-untyped-call]
        await asyncio.gather(*(task for task in tasks if task is not None), return_exceptions=True)


def _read_payload(answer: BoltResponse) -> dict[str, Any] | str | None:
    """Return what an acknowledgement carries: an object, bare text, or None for nothing."""
    is_object = answer.first_headers().get("content-type", "").startswith("application/json")
    return json.loads(answer.body) if is_object else answer.body or None
