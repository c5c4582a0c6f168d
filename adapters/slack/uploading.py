"""How a file gets to Slack, whatever it is for."""

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.web import Web


async def upload(
    web: Web, client: AsyncWebClient, name: str, content: bytes, *, alt: str = "", channel: str | None = None
) -> str:
    """Slack's three steps: ask where, send, say that it is there, and for whom. The file's id."""
    place = await client.files_getUploadURLExternal(filename=name, length=len(content), alt_txt=alt or None)
    await web.upload(str(place["upload_url"]), content)
    file = str(place["file_id"])
    await client.files_completeUploadExternal(files=[{"id": file, "title": name}], channel_id=channel)
    return file
