"""Slack's Web API: one session, no retries of its own (a post that is sent twice is there twice)."""

import logging
from base64 import b64encode
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from slack_sdk.webhook.async_client import AsyncWebhookClient

from adapters.slack import limits
from adapters.slack.failures import post_error
from bot.adapter.bounded import BoundedDict
from bot.adapter.http import Json, read_limited
from bot.chat.delivery import PostRefused, PostUnsure

CHUNK_BYTES = 64 * 1024
FILE_HOST, RESPONSE_HOST = "files.slack.com", "hooks.slack.com"
EXPIRED_URL = "expired_url"
INVALID_BLOCKS = "invalid_blocks"
SHOWN_LENGTH = 200
"""Characters of a refusal that are logged."""

log = logging.getLogger(__name__)
library_log = logging.getLogger("adapters.slack.library")
"""The logger of Slack's libraries. They write whole answers, tokens too, below INFO: never let it go there."""
library_log.setLevel(logging.INFO)


class OAuthClient(AsyncWebClient):
    """A client that exchanges codes for tokens.

    It makes the header itself, as aiohttp warns of the helper that Slack's library uses.
    """

    async def oauth_v2_access(
        self,
        *,
        client_id: str,
        client_secret: str,
        code: str | None = None,
        redirect_uri: str | None = None,
        **more: Any,
    ) -> AsyncSlackResponse:
        """Return what an installation brought."""
        basic = b64encode(f"{client_id}:{client_secret}".encode()).decode()
        data = {"code": code, "redirect_uri": redirect_uri, **more}
        return await self.api_call("oauth.v2.access", data=data, headers={"Authorization": f"Basic {basic}"})


class WebApi:
    """A client for each token, response URLs and files, all on one session, which is made anew after `close`."""

    def __init__(self, api_url: str = "") -> None:
        self._api_url = api_url
        self._session: aiohttp.ClientSession | None = None
        self._uses: BoundedDict[str, int] = BoundedDict(limits.RESPONSE_URLS_REMEMBERED)
        self._clients: BoundedDict[str, AsyncWebClient] = BoundedDict(limits.CLIENTS_REMEMBERED)

    @property
    def base_url(self) -> str:
        """The address of the API, with a slash at its end."""
        return self._api_url or AsyncWebClient.BASE_URL

    @property
    def session(self) -> aiohttp.ClientSession:
        """The session that all calls share."""
        if self._session is None or self._session.closed:
            self._clients.clear()
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=limits.CALL_TIMEOUT_SECONDS))
        return self._session

    def client(self, token: str | None) -> AsyncWebClient:
        """Return the client that speaks with a token; None for calls that bring their own."""
        session = self.session  # a new session forgets the clients of the old one
        client = self._clients.get(token or "")
        if client is None:
            client = self._clients[token or ""] = AsyncWebClient(
                token=token, base_url=self.base_url, session=session, retry_handlers=[], logger=library_log
            )
        return client

    def oauth_client(self) -> OAuthClient:
        """Return the client for the OAuth flow."""
        return OAuthClient(base_url=self.base_url, session=self.session, retry_handlers=[], logger=library_log)

    def unconnected_client(self) -> AsyncWebClient:
        """Return a client for Bolt to copy; it needs no event loop yet."""
        return AsyncWebClient(base_url=self.base_url, retry_handlers=[], logger=library_log)

    async def respond(self, url: str, body: Json) -> None:
        """Send a message to a response_url, which is Slack's own. Raises a `PostError` where Slack did not take it."""
        if not self._is_slacks(url, RESPONSE_HOST):
            raise PostRefused("a response_url that is not Slack's")
        uses = self._uses.get(url, 0)
        if uses >= limits.RESPONSE_URL_USES:
            raise PostRefused(EXPIRED_URL)
        self._uses[url] = uses + 1
        webhook = AsyncWebhookClient(url, session=self.session, retry_handlers=[], logger=library_log)
        try:
            answer = await webhook.send_dict(body)
        except (aiohttp.ClientError, TimeoutError, ConnectionError) as error:
            log.warning("a response_url could not be used", extra={"error": repr(error)})
            raise post_error(error) from error
        if answer.status_code == HTTPStatus.OK:
            return
        reason = str(answer.body)
        log.warning("a response_url was refused", extra={"status": answer.status_code, "said": reason[:SHOWN_LENGTH]})
        if INVALID_BLOCKS in reason:
            raise PostRefused(INVALID_BLOCKS)
        if answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
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
        file_id = str(place["file_id"])
        await client.files_completeUploadExternal(files=[{"id": file_id, "title": name}], channel_id=channel)
        return file_id

    async def download(self, url: str, token: str, limit: int) -> bytes:
        """Return a file that Slack holds. Raises `TooLarge` beyond `limit` bytes, `PostRefused` if it is not Slack's.

        The token goes nowhere else: neither to another host nor where Slack redirects to.
        """
        if not self._is_slacks(url, FILE_HOST):
            raise PostRefused("a file that is not Slack's")
        headers = {"Authorization": f"Bearer {token}"}
        async with self.session.get(url, headers=headers, allow_redirects=False) as answer:
            if answer.status != HTTPStatus.OK:
                raise PostRefused(f"Slack answered {answer.status}")
            return await read_limited(answer.content.iter_chunked(CHUNK_BYTES), limit)

    def _is_slacks(self, url: str, host: str) -> bool:
        try:
            address, api = urlsplit(url), urlsplit(self.base_url)
            is_public = (
                address.scheme == "https"
                and address.hostname == host
                and address.port is None  # raises ValueError where it is no number
            )
        except ValueError:
            return False
        return is_public or (address.scheme, address.netloc) == (api.scheme, api.netloc)

    async def close(self) -> None:
        """Let go of the connections."""
        if self._session is not None:
            await self._session.close()
