"""Looks at a database that take as long as they need: one that ends after a second would fail on a busy machine."""

import pytest

from bot.checkup import database


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "QUICK_LOOK_SECONDS", 60.0)
