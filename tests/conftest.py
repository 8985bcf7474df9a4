"""For all tests: golden files, which hold what the tool is expected to print, and memory that does not grow."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

Golden = Callable[[Path, str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write golden files instead of comparing them")


@pytest.fixture(autouse=True)
def _usual_collector() -> Iterator[None]:
    """Commands run here as if the process were theirs, and let garbage lie; hundreds of them would fill the memory."""
    usual = gc.get_threshold()
    yield
    gc.set_threshold(*usual)


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compares a text with a golden file, or writes the file under --update-golden."""

    def check(path: Path, text: str) -> None:
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        assert path.exists(), f"no golden file {path.name}: run pytest --update-golden and read what it wrote"
        assert text == path.read_bytes().decode()

    return check
