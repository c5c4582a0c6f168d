"""Files that are sent beside a message."""

import json
from collections.abc import Sequence
from typing import NamedTuple

from bot.adapter.http import Json


class File(NamedTuple):
    """A file; `alt` says in words what is to be seen."""

    name: str
    media_type: str
    content: bytes
    alt: str = ""


def describe_files(files: Sequence[File]) -> list[Json]:
    """Return a message's list of its files."""
    return [
        {"id": str(at), "filename": file.name, **({"description": file.alt} if file.alt else {})}
        for at, file in enumerate(files)
    ]


def multipart_fields(payload: Json, files: Sequence[File]) -> list[Json]:
    """Return the fields of a call with files, as discord.py takes them."""
    return [
        {"name": "payload_json", "value": json.dumps(payload, separators=(",", ":"))},
        *(
            {"name": f"files[{at}]", "value": file.content, "filename": file.name, "content_type": file.media_type}
            for at, file in enumerate(files)
        ),
    ]
