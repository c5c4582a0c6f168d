"""Regular expressions that are compiled when they are first used: a start has no use for what people will type."""

import re
from typing import Any, cast


class _PatternOnUse:
    """Compiles its expression once, at the first use, and has each method of it at hand from then on."""

    def __init__(self, expression: str, flags: int) -> None:
        self._written = expression, flags

    def __getattr__(self, name: str) -> Any:
        method = getattr(re.compile(*self._written), name)
        setattr(self, name, method)
        return method


def compile_on_use(expression: str, flags: int = 0) -> re.Pattern[str]:
    """Return a pattern as `re.compile` would: the 200 of the domain took a twentieth of the time of a start."""
    return cast(re.Pattern[str], _PatternOnUse(expression, flags))
