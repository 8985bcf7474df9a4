"""The geometry of the page's plots: figures in, shapes in the units of an SVG out. Colours are the page's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
    """One week: its stacked rectangles, its name below, the share kept above."""

    rects: tuple[Rect, ...]
    name: Label
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


_WEEK, _BETWEEN, _TALL = 46.0, 18.0, 150.0


def weeks(groups: Iterable[tuple[str, Figures]]) -> Columns:
    """A column for each week, as high as it has clocks that are told or should be; what is not due yet is left out."""
    rows = [(name, figures) for name, figures in groups]
    shown: tuple[Outcome, ...] = ("kept", "breached", "unknown")
    most = max((sum(getattr(f, o) for o in shown) for _, f in rows), default=0) or 1
    base = 18 + _TALL
    columns: list[Column] = []
    for number, (name, figures) in enumerate(rows):
        x, y = _BETWEEN / 2 + number * (_WEEK + _BETWEEN), base
        rects: list[Rect] = []
        for outcome in shown:
            count = getattr(figures, outcome)
            height = _TALL * count / most
            if count:
                y -= height
                rects.append(Rect(round(x, 1), round(y, 1), _WEEK, round(height, 1), outcome, count))
        middle = round(x + _WEEK / 2, 1)
        above = None if figures.share is None else Label(middle, round(y - 5, 1), share(figures))
        columns.append(Column(tuple(rects), Label(middle, base + 15, name), above))
    return Columns(tuple(columns), max(len(rows), 1) * (_WEEK + _BETWEEN), base + 22, base)
