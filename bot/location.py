"""Where a database is: a file of its own, or on a PostgreSQL server."""

import re
from pathlib import Path

from msgspec import Struct

PASSWORD = re.compile(r"(?<=://)(?P<before>[^:@/?]*):(?P<password>[^@/?]*)@")
PASSWORD_OPTION = re.compile(r"(?P<before>[?&]password=)(?P<password>[^&]*)")


class ServerDatabase(Struct, frozen=True):
    """A database on a PostgreSQL server, and how it is talked to.

    So many `connections` are opened at most. A pooler that gives each transaction another connection needs statements
    that are not `prepared`.
    """

    url: str
    connections: int = 10
    is_prepared: bool = True

    @property
    def password(self) -> str:
        """The password that stands in the URL, as it stands there; "" if none does."""
        match = PASSWORD.search(self.url) or PASSWORD_OPTION.search(self.url)
        return match["password"] if match else ""

    def __str__(self) -> str:
        """Return the URL without its password."""
        return PASSWORD_OPTION.sub(r"\g<before>…", PASSWORD.sub(r"\g<before>@", self.url))


Location = Path | ServerDatabase
