"""Events and measurements of any number, kept on disk while they are sorted, so that memory does not grow with the log.

The store is a private, unnamed SQLite database: it stays in memory while it is small, goes to a temporary file that
nobody else can open when it is not, and is gone with the process. SQLite sorts on disk, so that percentiles are exact
without holding the times in memory.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from replylint.case.fields import SEVERITIES
from replylint.sla.model import About, Event, Measurement, Outcome, Place, Times, When

_CACHE_KIB = 32_000
_BATCH = 2_000
MOST_EVENTS_OF_A_CASE = 20_000
"""Of a case with more events the first ones are looked at, which is told."""

_EVENTS = "case_id, earliest, latest, name, file, line, agent, role, level, reason, sender, partial, awaits"
_MEASUREMENTS = (
    "case_id, level, clock, outcome, why, since, since_line, stopped, stopped_line, due, used, allowed, late, waited, "
    "agent, shift, week"
)
_PERCENTILES = (50, 90, 95)


class Store:
    """All events of a run, then all measurements made of them."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None)
        for statement in (
            f"PRAGMA cache_size = -{_CACHE_KIB}",
            "PRAGMA journal_mode = OFF",
            "PRAGMA synchronous = OFF",
            "PRAGMA temp_store = FILE",
            f"CREATE TABLE events ({_EVENTS})",
        ):
            self._database.execute(statement)
        self._files: dict[str, int] = {}
        self._waiting: list[tuple[Any, ...]] = []

    def close(self) -> None:
        """Give everything back."""
        self._database.close()

    def add(self, event: Event) -> None:
        """Keep an event."""
        at = event.at or (None, None)
        file = self._files.setdefault(event.place.file, len(self._files))
        self._waiting.append((event.case, *at, event.name, file, event.place.line, *event[4:]))
        if len(self._waiting) >= _BATCH:
            self._flush()

    def _flush(self) -> None:
        if self._waiting:
            self._insert("events", self._waiting)
            self._waiting = []

    def _insert(self, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
        marks = ", ".join("?" * len(rows[0]))
        self._database.execute("BEGIN")
        self._database.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
        self._database.execute("COMMIT")

    def recorded(self) -> frozenset[str]:
        """The names of all events that have a usable time."""
        self._flush()
        rows = self._database.execute("SELECT DISTINCT name FROM events WHERE earliest IS NOT NULL AND partial = 0")
        return frozenset(name for (name,) in rows)

    def bounds(self, until: int) -> tuple[int, int] | None:
        """The first and the last moment of the log, leaving out what lies after `until`."""
        self._flush()
        rows = self._database.execute("SELECT min(earliest), max(latest) FROM events WHERE latest <= ?", (until,))
        first, last = next(rows)
        return None if first is None else (first, last)

    def number_of_cases(self) -> int:
        """How many cases the events are of."""
        self._flush()
        return int(next(self._database.execute("SELECT count(DISTINCT case_id) FROM events"))[0])

    def cases(self) -> Iterator[tuple[str, tuple[Event, ...], bool]]:
        """Each case with its events by time, those without a time last; and whether it has more than are looked at."""
        self._flush()
        names = list(self._files)
        rows = self._database.execute(
            f"SELECT rowid, {_EVENTS} FROM events ORDER BY case_id, earliest IS NULL, earliest, latest, rowid"
        )
        for case, members in groupby(rows, key=lambda row: row[1]):
            found: list[Event] = []
            for number, row in enumerate(members):
                if number < MOST_EVENTS_OF_A_CASE:
                    found.append(_event(row, names))
            yield case, tuple(found), number >= MOST_EVENTS_OF_A_CASE

    def measure(self, measurements: Iterable[Measurement]) -> None:
        """Keep all measurements, in place of the events that the cases came from."""
        self._database.execute(f"CREATE TABLE measurements ({_MEASUREMENTS})")
        rows: list[tuple[Any, ...]] = []
        for measurement in measurements:
            rows.append(self._row(measurement))
            if len(rows) >= _BATCH:
                self._insert("measurements", rows)
                rows = []
        if rows:
            self._insert("measurements", rows)

    def _row(self, m: Measurement) -> tuple[Any, ...]:
        # Only a breach has to be shown with the events that prove it.
        since, stopped = (m.since, m.stopped) if m.outcome == "breached" else (None, None)
        return (*m[:5], *_ends(since, self._files), *_ends(stopped, self._files), *m[7:12], *m.about)

    def counts(self, *columns: str) -> dict[tuple[str, ...], dict[Outcome, int]]:
        """How many measurements of each outcome agree in these columns."""
        named = ", ".join(("outcome", *columns))
        counted: dict[tuple[str, ...], dict[Outcome, int]] = {}
        for count, outcome, *key in self._database.execute(
            f"SELECT count(*), {named} FROM measurements GROUP BY {named}"
        ):
            counted.setdefault(tuple(key), {})[outcome] = count
        return counted

    def times(self, *columns: str, time: str = "waited", clock: str = "") -> dict[tuple[str, ...], Times]:
        """Percentiles by the nearest rank of all measurements that agree in these columns.

        time: of what, `used` or `waited`. clock: only of this one. The times come in order from the database, so that
        the one at a rank is met on the way.
        """
        where = f"{time} IS NOT NULL" + (" AND clock = ?" if clock else "")
        values = (clock,) if clock else ()
        named = "".join(f"{column}, " for column in columns)
        group = f" GROUP BY {named[:-2]}" if columns else ""
        counted = self._database.execute(f"SELECT {named}count(*) FROM measurements WHERE {where}{group}", values)
        counts = {tuple(key): count for *key, count in counted if count}
        select = f"SELECT {named}{time} FROM measurements WHERE {where} ORDER BY {named}{time}"
        rows = self._database.execute(select, values)
        found: dict[tuple[str, ...], Times] = {}
        for key, members in groupby(rows, key=lambda row: row[:-1]):
            ranks = [(counts[key] * p + 99) // 100 for p in _PERCENTILES]
            at = {rank: row[-1] for rank, row in enumerate(members, 1) if rank in ranks}
            found[key] = Times(counts[key], *(at[rank] for rank in ranks))
        return found

    def spread(self, bounds: Sequence[float]) -> dict[tuple[str, str], tuple[int, ...]]:
        """How many times fell below each share of the time allowed, and above the last, by level and clock."""
        cases = " ".join(f"WHEN used <= allowed * {bound} THEN {i}" for i, bound in enumerate(bounds))
        rows = self._database.execute(
            f"SELECT level, clock, CASE {cases} ELSE {len(bounds)} END AS part, count(*) FROM measurements "
            "WHERE used IS NOT NULL AND allowed IS NOT NULL GROUP BY level, clock, part"
        )
        found: dict[tuple[str, str], list[int]] = {}
        for level, clock, part, count in rows:
            found.setdefault((level, clock), [0] * (len(bounds) + 1))[part] = count
        return {key: tuple(parts) for key, parts in found.items()}

    def reasons(self, most: int) -> Iterator[tuple[str, str, int, tuple[str, ...]]]:
        """Why and for which clock it could not be told, how often, and the first cases."""
        rows = self._database.execute(
            "SELECT why, clock, count(*) AS n FROM measurements WHERE outcome = 'unknown' "
            "GROUP BY why, clock ORDER BY n DESC, why, clock"
        ).fetchall()
        for why, clock, count in rows:
            cases = self._database.execute(
                "SELECT DISTINCT case_id FROM measurements WHERE outcome = 'unknown' AND why = ? AND clock = ? "
                "ORDER BY rowid LIMIT ?",
                (why, clock, most),
            )
            yield why, clock, count, tuple(case for (case,) in cases)

    def breaches(self, most: int = -1) -> Iterator[Measurement]:
        """The breaches, the gravest first, of one severity those longest overdue; all of them, or so many at most."""
        names = list(self._files)
        gravest = " ".join(f"WHEN '{level}' THEN {rank}" for rank, level in enumerate(reversed(SEVERITIES)))
        rows = self._database.execute(
            f"SELECT {_MEASUREMENTS} FROM measurements WHERE outcome = 'breached' "
            f"ORDER BY CASE level {gravest} ELSE {len(SEVERITIES)} END, late DESC, case_id, clock, rowid LIMIT ?",
            (most,),
        )
        for row in rows:
            yield _measurement(row, names)


def _ends(event: Event | None, files: dict[str, int]) -> tuple[str | None, str | None]:
    """An event of a measurement in two cells: what and when, and where."""
    if event is None:
        return None, None
    at = event.at or When(0, 0)
    what = json.dumps((event.name, *at, event.by, event.role), ensure_ascii=False)
    return what, f"{files[event.place.file]}:{event.place.line}"


def _end(case: str, what: str | None, where: str | None, names: Sequence[str]) -> Event | None:
    if what is None or where is None:
        return None
    name, earliest, latest, by, role = json.loads(what)
    file, line = where.split(":")
    return Event(case, name, When(earliest, latest), Place(names[int(file)], int(line)), by, role)


def _event(row: tuple[Any, ...], names: Sequence[str]) -> Event:
    _, case, earliest, latest, name, file, line, agent, role, level, reason, sender, partial, awaits = row
    at = None if earliest is None else When(earliest, latest)
    place = Place(names[file], line)
    return Event(case, name, at, place, agent, role, level, reason, sender, bool(partial), bool(awaits))


def _measurement(row: tuple[Any, ...], names: Sequence[str]) -> Measurement:
    case, level, clock, outcome, why, since, since_at, stopped, stopped_at, *rest = row
    ends = _end(case, since, since_at, names), _end(case, stopped, stopped_at, names)
    due, used, allowed, late, waited, *about = rest
    return Measurement(case, level, clock, outcome, why, *ends, due, used, allowed, late, waited, About(*about))

