"""The geometry of the page's plots: figures in, shapes in the units of an SVG out. Colours are the page's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from replylint.render.sla.words import share
from replylint.sla.model import OUTCOMES, Figures, Outcome
from replylint.sla.report import SPREAD


@dataclass(frozen=True)
class Rect:
    """A filled rectangle; `kind` is an outcome, which the page colours, and `count` what it stands for."""

    x: float
    y: float
    width: float
    height: float
    kind: Outcome
    count: int


@dataclass(frozen=True)
class Label:
    """Words at a place; `anchor` as in SVG."""

    x: float
    y: float
    text: str
    anchor: str = "middle"


@dataclass(frozen=True)
class Histogram:
    """How many times fell into each part of the time allowed; `limit` is where all of it is used."""

    bars: tuple[Rect, ...]
    ticks: tuple[Label, ...]
    limit: float
    width: float
    height: float


@dataclass(frozen=True)
class Column:
    """One week: its stacked rectangles, and where there is room its name below and the share kept above."""

    rects: tuple[Rect, ...]
    name: str
    below: Label | None
    share: Label | None


@dataclass(frozen=True)
class Columns:
    """Weeks side by side."""

    columns: tuple[Column, ...]
    width: float
    height: float
    base: float


_SHOWN: tuple[Outcome, ...] = OUTCOMES


def stacked(figures: Figures, width: float = 100.0, height: float = 10.0) -> tuple[Rect, ...]:
    """One bar from left to right: kept, breached, cannot tell, not due yet."""
    whole = sum(getattr(figures, outcome) for outcome in _SHOWN)
    found: list[Rect] = []
    x = 0.0
    for outcome in _SHOWN:
        count = getattr(figures, outcome)
        if count:
            part = width * count / whole
            found.append(Rect(round(x, 2), 0, round(part, 2), height, outcome, count))
            x += part
    return tuple(found)


_BAR, _GAP, _TOP, _ROOM, _FOOT = 26.0, 4.0, 14.0, 74.0, 18.0


def histogram(spread: Sequence[int], names: Sequence[str]) -> Histogram:
    """Bars for the parts of the time allowed; those past the limit are breaches. `names`: of the bounds."""
    most = max(spread, default=0) or 1
    bars: list[Rect] = []
    ticks: list[Label] = []
    limit = 0.0
    for number, count in enumerate(spread):
        x = number * (_BAR + _GAP)
        late = number >= len(SPREAD) or SPREAD[number] > 1
        # What is there at all is seen, however little it is.
        height = max(_ROOM * count / most, 2.0) if count else 0.0
        kind: Outcome = "breached" if late else "kept"
        bars.append(Rect(x, round(_TOP + _ROOM - height, 1), _BAR, round(height, 1), kind, count))
        if number < len(SPREAD):
            edge = x + _BAR + _GAP / 2
            ticks.append(Label(edge, _TOP + _ROOM + 13, names[number]))
            limit = edge if SPREAD[number] == 1 else limit
    return Histogram(tuple(bars), tuple(ticks), limit, len(spread) * (_BAR + _GAP), _TOP + _ROOM + _FOOT)


_WEEK, _TALL, _PAGE = 64.0, 150.0, 1090.0
_LETTER = 7.0  # how wide a letter of these labels is, at the most
_NAMES = 15


def weeks(groups: Sequence[tuple[str, Figures]]) -> Columns:
    """A column for each week, as high as it has clocks that are told or should be; what is not due yet is left out.

    Many weeks are made to fit the page: the columns are narrower, and only some are named.
    """
    shown: tuple[Outcome, ...] = ("kept", "breached", "unknown")
    most = max((sum(getattr(f, o) for o in shown) for _, f in groups), default=0) or 1
    room = min(_WEEK, _PAGE / max(len(groups), 1))
    every = -(-len(groups) // _NAMES)
    width, base = max(len(groups), 1) * room, 18 + _TALL
    columns: list[Column] = []
    for number, (name, figures) in enumerate(groups):
        x, y = (number + 0.14) * room, base
        rects: list[Rect] = []
        for outcome in shown:
            count = getattr(figures, outcome)
            height = _TALL * count / most
            if count:
                y -= height
                rects.append(Rect(round(x, 1), round(y, 1), round(room * 0.72, 1), round(height, 1), outcome, count))
        middle = round(x + room * 0.36, 1)
        told = number % every == 0
        above = _inside(middle, round(y - 5, 1), share(figures), width) if told and figures.share is not None else None
        columns.append(Column(tuple(rects), name, _inside(middle, base + 15, name, width) if told else None, above))
    return Columns(tuple(columns), width, base + 22, base)


def _inside(x: float, y: float, text: str, width: float) -> Label:
    """Words around a place, or beside it where they would be cut off at an edge."""
    half = len(text) * _LETTER / 2
    if x < half:
        return Label(0, y, text, "start")
    return Label(width, y, text, "end") if x > width - half else Label(x, y, text)
