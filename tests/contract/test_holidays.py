"""Public holidays are asked of the library once, and kept for the next run."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import pytest

from replylint.contract import holidays as asked
from replylint.contract.holidays import public_holidays

DOUBLE_TENTH = dt.date(2025, 10, 10)
MADE_UP_FOR = dt.date(2025, 2, 8)


@pytest.fixture(autouse=True)
def cache_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of the test's own, and nothing remembered in this process."""
    monkeypatch.setenv("REPLYLINT_CACHE", str(tmp_path / "cache"))
    public_holidays.cache_clear()
    return tmp_path / "cache"


def test_what_is_kept_is_what_the_library_says() -> None:
    first = public_holidays("TW", None, 2025)
    assert DOUBLE_TENTH in first[0]
    assert MADE_UP_FOR in first[1]
    public_holidays.cache_clear()
    assert public_holidays("TW", None, 2025) == first


def test_what_is_kept_needs_no_library(monkeypatch: pytest.MonkeyPatch) -> None:
    first = public_holidays("TW", None, 2025)
    public_holidays.cache_clear()
    installed = asked._installed()
    monkeypatch.setattr(asked, "_installed", lambda: installed)
    monkeypatch.setitem(sys.modules, "holidays", None)
    assert public_holidays("TW", None, 2025) == first
    with pytest.raises(ImportError):
        public_holidays("TW", None, 2024)


def test_another_version_is_asked_again(monkeypatch: pytest.MonkeyPatch, cache_folder: Path) -> None:
    public_holidays("TW", None, 2025)
    monkeypatch.setattr(asked, "_installed", lambda: ("holidays-999.dist-info",))
    public_holidays.cache_clear()
    public_holidays("TW", None, 2025)
    assert len(list(cache_folder.glob("holidays-*.json"))) == 2


def test_an_unknown_version_keeps_nothing(monkeypatch: pytest.MonkeyPatch, cache_folder: Path) -> None:
    monkeypatch.setattr(asked, "_installed", lambda: ())
    assert DOUBLE_TENTH in public_holidays("TW", None, 2025)[0]
    assert not list(cache_folder.glob("*"))
