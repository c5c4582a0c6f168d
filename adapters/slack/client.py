"""Clients for Slack's Web API: one session, no retries of their own (a post that is sent twice is there twice)."""

import logging
from base64 import b64encode
from collections import OrderedDict
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from slack_sdk.webhook.async_client import AsyncWebhookClient

from adapters.slack import limits
from adapters.slack.failures import post_error
from adapters.slack.markup import Json
from bot.chat.delivery import PostRefused, PostUnsure

KEPT = 1000
HTTP_OK, SERVER_ERROR = 200, 500
CHUNK = 64 * 1024
SLACK = ".slack.com"
INVALID_BLOCKS = "invalid_blocks"
log = logging.getLogger("adapters.slack.library")
"""What Slack's libraries write to. They write whole answers, tokens too, below INFO: never let it go there."""
log.setLevel(logging.INFO)


class TooLarge(Exception):
    """A file with more bytes than were asked for."""


class Installer(AsyncWebClient):
    """Exchanges codes for tokens; the header is made here, as aiohttp warns of the helper that Slack's library uses."""

    async def oauth_v2_access(
        self,
        *,
        client_id: str,
        client_secret: str,
        code: str | None = None,
        redirect_uri: str | None = None,
        **more: Any,
    ) -> AsyncSlackResponse:
        """What an installation brought."""
        basic = b64encode(f"{client_id}:{client_secret}".encode()).decode()
        data = {"code": code, "redirect_uri": redirect_uri, **more}
        return await self.api_call("oauth.v2.access", data=data, headers={"Authorization": f"Basic {basic}"})


class WebApi:
    """Hands out a client for each token; made anew after `close`."""

    def __init__(self, api_url: str = "") -> None:
        self._api_url = api_url
        self._session: aiohttp.ClientSession | None = None
        self._clients: OrderedDict[str, AsyncWebClient] = OrderedDict()

    @property
    def session(self) -> aiohttp.ClientSession:
        """The session that all calls share."""
        if self._session is None or self._session.closed:
            self._clients.clear()
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=limits.CALL_WITHIN))
        return self._session

    def client(self, token: str | None) -> AsyncWebClient:
        """The client that speaks with a token."""
        session = self.session
        known = self._clients.get(token or "")
        if known is None:
            known = self._clients[token or ""] = AsyncWebClient(
                token=token,
                base_url=self._api_url or AsyncWebClient.BASE_URL,
                session=session,
                retry_handlers=[],
                logger=log,
            )
            while len(self._clients) > KEPT:
                self._clients.popitem(last=False)
        return known

    def installer(self) -> Installer:
        """The client for the OAuth flow."""
        base_url = self._api_url or AsyncWebClient.BASE_URL
        return Installer(base_url=base_url, session=self.session, retry_handlers=[], logger=log)

    def bare(self) -> AsyncWebClient:
        """A client for Bolt to copy; it needs no loop yet."""
        return AsyncWebClient(base_url=self._api_url or AsyncWebClient.BASE_URL, retry_handlers=[], logger=log)

    async def respond(self, url: str, body: Json) -> None:
        """Use a response_url; raises a `PostError` where Slack did not take it."""
        hook = AsyncWebhookClient(url, session=self.session, retry_handlers=[], logger=log)
        try:
            answer = await hook.send_dict(body)
        except (aiohttp.ClientError, TimeoutError, ConnectionError) as error:
            log.warning("a response_url could not be used", extra={"error": repr(error)})
            raise post_error(error) from error
        if answer.status_code != HTTP_OK:
            log.warning(
                "a response_url was refused", extra={"status": answer.status_code, "said": str(answer.body)[:200]}
            )
            if INVALID_BLOCKS in str(answer.body):
                raise PostRefused(INVALID_BLOCKS)
            if answer.status_code >= SERVER_ERROR:
                raise PostUnsure(str(answer.status_code))
            raise PostRefused(str(answer.status_code))

    async def upload(
        self, client: AsyncWebClient, name: str, content: bytes, *, alt: str = "", channel: str | None = None
    ) -> str:
        """Bring a file to Slack, and to a channel if one is named; return its id.

        That takes three steps: ask where to, send, say that it is there. Raises what any of them raises.
        """
        place = await client.files_getUploadURLExternal(filename=name, length=len(content), alt_txt=alt or None)
        async with self.session.post(str(place["upload_url"]), data=content) as answer:
            answer.raise_for_status()
        file = str(place["file_id"])
        await client.files_completeUploadExternal(files=[{"id": file, "title": name}], channel_id=channel)
        return file

    async def download(self, url: str, token: str, most: int) -> bytes:
        """A file that Slack keeps; `TooLarge` where it has more bytes, `PostRefused` where it is not Slack's.

        The token goes nowhere else: neither to another host nor where Slack sends on to.
        """
        if not self._is_slacks(url):
            raise PostRefused("a file that is not Slack's")
        headers = {"Authorization": f"Bearer {token}"}
        async with self.session.get(url, headers=headers, allow_redirects=False) as answer:
            if answer.status != HTTP_OK:
                raise PostRefused(f"Slack answered {answer.status}")
            content = bytearray()
            async for part in answer.content.iter_chunked(CHUNK):
                content += part
                if len(content) > most:
                    raise TooLarge
            return bytes(content)

    def _is_slacks(self, url: str) -> bool:
        try:
            asked, api = urlsplit(url), urlsplit(self._api_url or AsyncWebClient.BASE_URL)
            is_own = asked.scheme == "https" and (asked.hostname or "").endswith(SLACK) and asked.port is None
        except ValueError:
            return False
        return is_own or (asked.scheme, asked.netloc) == (api.scheme, api.netloc)

    async def close(self) -> None:
        """Let go of the connections."""
        if self._session is not None:
            await self._session.close()
