"""Readings kept between runs: a reply that has not changed is not read again.

What was read is kept under the digest of everything that it depends on: both texts, the policy, and the modules that
read. Each row carries a digest of its own, so that one that was cut short or altered is not used; a database that
cannot be opened only costs time. SQLite lets several runs read and write at once.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import sqlite3
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from replylint.facts.model import Attribute, Fact, Reading
from replylint.source.cache import cache_folder, key_of
from replylint.source.spans import Span
from replylint.source.values import Deadline, Duration, Money, Percent, Stated, Value

# The latest that are kept: some fifty megabytes.
_MOST = 50_000
_TOGETHER = 200
_SCHEMA = "CREATE TABLE IF NOT EXISTS readings (key BLOB PRIMARY KEY, digest BLOB NOT NULL, body BLOB NOT NULL)"


class KeptReadings:
    """What was read from replies, with whether they were disguised, by the texts, and by how
    warily the review was heard, alone.

    policy: the digest of everything that wordings and the brand's own numbers and addresses come from.
    missed: how many readings were not known yet.
    """

    def __init__(self, policy: str):
        base = key_of((policy,), ("facts", "facts/slots", "text", "source"))
        self._base = hashlib.sha256(base.encode())
        self.missed = 0
        self._new: dict[bytes, bytes] = {}
        # A draft is compared with others and then judged: its row is looked up once.
        self._latest: tuple[bytes, tuple[Reading, bool] | None] = b"", None
        self._connections: dict[int, sqlite3.Connection | None] = {}

    def recall(self, reply: str, review: str | None, wary: bool) -> tuple[Reading, bool] | None:
        """The reading of a reply to a review, and whether it was disguised; None when it is not known.

        wary: as the extractor read it.
        """
        key = self._key(reply, review, wary)
        if key != self._latest[0]:
            self._latest = key, self._read(key, reply, review)
        return self._latest[1]

    def _read(self, key: bytes, reply: str, review: str | None) -> tuple[Reading, bool] | None:
        body = self._new.get(key) or self._stored(key)
        if body is None:
            return None
        try:
            return _reading(json.loads(body), reply, review or "")
        except (ValueError, TypeError, LookupError):
            return None  # whole, but not as this version writes it

    def keep(self, reply: str, review: str | None, wary: bool, reading: Reading, disguised: bool) -> None:
        """Keep a reading for the next run."""
        plain = json.dumps(_plain(reading, disguised), ensure_ascii=False, separators=(",", ":"))
        self.missed += 1
        self._latest = b"", None
        self._new[self._key(reply, review, wary)] = plain.encode("utf-8", "surrogatepass")
        if len(self._new) >= _TOGETHER:
            self.flush()

    def flush(self) -> None:
        """Write what is new to the disk; nothing happens where that cannot be done."""
        connection = self._connection()
        new, self._new = self._new, {}
        if connection is None or not new:
            return
        rows = [(key, _digest(key, body), body) for key, body in new.items()]
        try:
            with connection:
                connection.executemany("INSERT OR REPLACE INTO readings VALUES (?, ?, ?)", rows)
                connection.execute(
                    "DELETE FROM readings WHERE rowid <= (SELECT max(rowid) FROM readings) - ?", (_MOST,)
                )
        except sqlite3.Error:
            self._give_up()

    def _key(self, reply: str, review: str | None, wary: bool) -> bytes:
        digest = self._base.copy()
        digest.update(b"wary" if wary else b"")
        for text in (reply, review):
            part = b"" if text is None else b"1" + text.encode("utf-8", "surrogatepass")
            digest.update(hashlib.sha256(part).digest())
        return digest.digest()

    def _stored(self, key: bytes) -> bytes | None:
        connection = self._connection()
        if connection is None:
            return None
        try:
            row = connection.execute("SELECT digest, body FROM readings WHERE key = ?", (key,)).fetchone()
        except sqlite3.Error:
            self._give_up()
            return None
        if row is None or not isinstance(row[1], bytes) or _digest(key, row[1]) != row[0]:
            return None
        return row[1]

    def _connection(self) -> sqlite3.Connection | None:
        """The connection of this process: one that was forked may not use its parent's."""
        process = os.getpid()
        if process not in self._connections:
            self._connections[process] = _open()
        return self._connections[process]

    def _give_up(self) -> None:
        """Do without from here on: the database is locked for long, full, or damaged."""
        self._connections[os.getpid()] = None


def _open() -> sqlite3.Connection | None:
    folder = cache_folder()
    if folder is None:
        return None
    path = folder / "readings.sqlite"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return _connected(path)
    except (OSError, sqlite3.OperationalError):
        return None
    except sqlite3.DatabaseError:
        return _anew(path)


def _connected(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=2)
    # A crash of the machine may lose what is kept; a killed run may not.
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute(_SCHEMA)
    return connection


def _anew(path: Path) -> sqlite3.Connection | None:
    """A database in the place of a damaged one."""
    try:
        for name in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
            name.unlink(missing_ok=True)
        return _connected(path)
    except (OSError, sqlite3.Error):
        return None


def _digest(key: bytes, body: bytes) -> bytes:
    return hashlib.sha256(key + body).digest()


def _plain(reading: Reading, disguised: bool) -> list[Any]:
    facts = [[_plain_fact(fact) for fact in side] for side in (reading.reply_facts, reading.review_facts)]
    left_out = None if reading.left_out is None else list(reading.left_out)
    return [*facts, reading.canned, reading.folded, reading.particular, left_out, reading.about, disguised]


def _plain_fact(fact: Fact) -> list[Any]:
    attributes = [[name, _plain_value(a.value), a.span.start, a.span.end] for name, a in fact.attributes.items()]
    context = [[kind, span.start, span.end] for kind, span in fact.context.items()]
    place = fact.span.start, fact.span.end
    return [fact.type, fact.kind, *place, attributes, fact.certainty, context, list(fact.issues)]


def _reading(plain: list[Any], reply: str, review: str) -> tuple[Reading, bool]:
    said, asked, canned, folded, particular, left, about, disguised = plain
    facts, others = (tuple(_fact(fact, text) for fact in side) for side, text in ((said, reply), (asked, review)))
    left_out = None if left is None else tuple(left)
    return Reading(facts, others, canned, folded, particular, left_out, about), disguised


def _fact(plain: list[Any], text: str) -> Fact:
    """A fact as it was read, but for the wording, which only `facts` and `eval` tell and which they read anew."""
    type_, kind, start, end, attributes, certainty, context, issues = plain
    values = {name: Attribute(_value(value), Span(a, z)) for name, value, a, z in attributes}
    cues = {cue: Span(a, z) for cue, a, z in context}
    return Fact(type_, kind, Span(start, end), text[start:end], values, certainty, cues, None, tuple(issues))


def _plain_value(value: Value) -> Any:
    match value:
        case Money(amount, currency):
            return ["money", str(amount), currency]
        case Percent(amount):
            return ["percent", str(amount)]
        case Duration(amount, unit):
            return ["duration", str(amount), unit]
        case Deadline():
            within = None if value.within is None else _plain_value(value.within)
            at = None if value.at is None else value.at.isoformat()
            return ["deadline", within, value.days, value.weekday, value.next_week, value.date, at]
        case Stated():
            return ["stated", value.value]
        case bool() | str():
            return value
        case Decimal():
            return ["number", str(value)]
        case dt.datetime():
            return ["moment", value.isoformat()]
        case tuple():
            return ["texts", *value]
    raise TypeError(value)


def _value(plain: Any) -> Value:
    if isinstance(plain, str | bool):
        return plain
    read: Value = _READERS[plain[0]](plain[1:])
    return read


def _deadline(parts: list[Any]) -> Deadline:
    within, days, weekday, next_week, date, at = parts
    length = None if within is None else Duration(Decimal(within[1]), within[2])
    return Deadline(
        length, days, weekday, next_week, None if date is None else (date[0], date[1], date[2]),
        None if at is None else dt.time.fromisoformat(at),
    )  # fmt: skip


_READERS: Mapping[str, Any] = {
    "money": lambda p: Money(Decimal(p[0]), p[1]),
    "percent": lambda p: Percent(Decimal(p[0])),
    "duration": lambda p: Duration(Decimal(p[0]), p[1]),
    "deadline": _deadline,
    "stated": lambda p: Stated(p[0]),
    "number": lambda p: Decimal(p[0]),
    "moment": lambda p: dt.datetime.fromisoformat(p[0]),
    "texts": tuple,
}
