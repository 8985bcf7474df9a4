"""The key of what is kept changes with everything that it was made from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from replylint.source import cache
from replylint.source.cache import key_of


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A module of a package `facts` that stands elsewhere."""
    (tmp_path / "facts").mkdir()
    file = tmp_path / "facts" / "compile.py"
    file.write_text("made = 1")
    monkeypatch.setattr(cache, "_PACKAGES", tmp_path)
    cache._modules.cache_clear()
    yield file
    cache._modules.cache_clear()


def test_a_changed_module_changes_the_key(module: Path) -> None:
    before = key_of(["a"], ["facts"])
    module.write_text("made = 2")
    assert key_of(["a"], ["facts"]) == before  # a process asks once: its modules are loaded
    cache._modules.cache_clear()
    assert key_of(["a"], ["facts"]) != before


@pytest.mark.parametrize("texts", [["b"], ["a", ""], ["", "a"], []])
def test_other_texts_have_another_key(texts: list[str]) -> None:
    assert key_of(texts, ["facts"]) != key_of(["a"], ["facts"])


def test_other_packages_have_another_key() -> None:
    assert key_of(["a"], ["facts"]) != key_of(["a"], ["text"])
