"""The files that pages bring along, each under a name that changes with its content."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

FOLDER = Path(__file__).with_name("static")
PATH = "/static/"
MEDIA_TYPES = {".css": "text/css", ".svg": "image/svg+xml", ".png": "image/png"}
STYLE = "style.css"
VERSION_CHARACTERS = 12


@dataclass(frozen=True, slots=True)
class Asset:
    """A file as it is served."""

    content: bytes
    media_type: str


class Assets:
    """The files of a folder, read once."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._by_name: dict[str, Asset] = {}
        self._names: dict[str, str] = {}
        for file in sorted(folder.iterdir()):
            if file.suffix in MEDIA_TYPES:
                content = file.read_bytes()
                version = sha256(content).hexdigest()[:VERSION_CHARACTERS]
                name = f"{file.stem}.{version}{file.suffix}"
                self._by_name[name] = Asset(content, MEDIA_TYPES[file.suffix])
                self._names[file.name] = name

    @property
    def style(self) -> str:
        """The path of the style sheet."""
        return f"{PATH}{self._names[STYLE]}"

    def find(self, name: str) -> Asset | None:
        """Return the file of a versioned name; None for any other."""
        return self._by_name.get(name)
