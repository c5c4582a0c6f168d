"""Files that go with calls, and the place where Discord keeps those that members hand over."""

import json

from aiohttp import web

from tests.servers.discord.world import Json, snowflake


class Cdn:
    """What members have handed over, to be fetched without a token. `says_size` lets Discord tell another size."""

    def __init__(self) -> None:
        self.base = ""
        self.contents: dict[str, bytes] = {}
        self.says_size: int | None = None

    def take(self, name: str, content: bytes) -> Json:
        """Keep a file; what an interaction says of it."""
        number = str(snowflake())
        self.contents[number] = content
        return {
            "id": number,
            "filename": name,
            "size": len(content) if self.says_size is None else self.says_size,
            "url": f"{self.base}/attachments/{number}/{name}",
            "proxy_url": f"{self.base}/attachments/{number}/{name}",
            "content_type": "text/csv; charset=utf-8",
        }

    async def serve(self, request: web.Request) -> web.Response:
        """Return a file."""
        if "Authorization" in request.headers:
            return web.Response(status=400, text="a token was sent")
        return web.Response(body=self.contents[request.match_info["id"]])


async def read_body(request: web.Request) -> tuple[Json, dict[str, bytes]]:
    """Return the payload, and files by name where it came in parts."""
    if not request.content_type.startswith("multipart/"):
        return await request.json(), {}
    payload: Json = {}
    files: dict[str, bytes] = {}
    form = await request.post()
    for name, value in form.items():
        if name == "payload_json":
            payload = json.loads(str(value))
        elif isinstance(value, web.FileField):
            assert name == f"files[{len(files)}]", name
            files[value.filename] = value.file.read()
    return payload, files
