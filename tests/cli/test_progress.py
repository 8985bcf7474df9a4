"""How far a long run has come is told on a terminal, and wiped when it is done."""

from __future__ import annotations

import io
import itertools
import sys
import time

import pytest

from replylint.cli.progress import counted


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


class Dark(Screen):
    def isatty(self) -> bool:
        return False


def shown_on(shown: Screen, monkeypatch: pytest.MonkeyPatch) -> Screen:
    """A terminal, on which every item takes a second. To be set up in the test itself: pytest resets it before."""
    monkeypatch.setattr(sys, "stderr", shown)
    seconds = itertools.count()
    monkeypatch.setattr(time, "monotonic", lambda: float(next(seconds)))
    return shown


def test_a_bar_where_the_whole_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = shown_on(Screen(), monkeypatch)
    assert list(counted("abcdefgh", 8)) == list("abcdefgh")
    assert "[███████" in screen.getvalue()
    assert "100% 8 …" in screen.getvalue()
    assert screen.getvalue().endswith("\r\x1b[K")


def test_a_count_where_it_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = shown_on(Screen(), monkeypatch)
    assert list(counted("abcd")) == list("abcd")
    assert "4 …" in screen.getvalue()
    assert "[" not in screen.getvalue().replace("\x1b[K", "")


def test_nothing_where_nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = shown_on(Dark(), monkeypatch)
    assert list(counted("abcdefgh", 8)) == list("abcdefgh")
    assert screen.getvalue() == ""
