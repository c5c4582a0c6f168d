"""The store's promises hold on both engines: what needs a database here, and isn't about a file, runs on each."""

import pytest

from tests.engines import DEFAULT_ENGINE, ENGINES, SQLITE


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    is_about_files = any(mark.name == "sqlite" for mark in metafunc.definition.iter_markers())
    if "engine" in metafunc.fixturenames and not is_about_files:
        metafunc.parametrize("engine", ENGINES if DEFAULT_ENGINE == SQLITE else [DEFAULT_ENGINE])
