"""From bytes to text: UTF-8, or UTF-16 with its mark; anything else is told, with a guess at what it is."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from replylint.case.limits import LIMIT, MAX_DOCUMENT_BYTES, MAX_ROW_CHARACTERS
from replylint.source.problems import Problem
from replylint.source.spans import Location, Source, Span
from replylint.source.unmerged import unmerged, unmerged_line

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_MARKS = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"), (codecs.BOM_UTF8, "utf-8"))
_SAMPLE = 65_536

# Encodings that Chinese and Western programs still write by default, with the name that people know them by.
_OTHERS = {"cp950": "Big5", "gb18030": "GBK", "shift_jis": "Shift JIS", "cp1252": "Windows-1252"}

# The commonest characters of any Chinese text. A wrong guess turns them into rare ones, so they tell Big5 from GBK.
_COMMON = frozenset(
    "的一是不了我有在人這这您們们來来到時时大為为子中你說说生國国年著着就那和要她出也得里後后自以會会很感謝谢"
)


# Texts hold some of these, and bytes that are no text seldom do.
_FREQUENT = _COMMON | frozenset("\n ,，。")
_MOSTLY = 0.9
# More NULs than these are no slip of a program.
_MOST_STRAY = 20


@dataclass(frozen=True)
class Line:
    """A line of a file with its line break; `number` counts from 1."""

    text: str
    number: int


def decode(data: bytes, path: str) -> Source | Problem:
    """A whole document as text, without its byte order mark."""
    if len(data) > MAX_DOCUMENT_BYTES:
        return Problem("case.too-large", values={"limit": LIMIT})
    try:
        text = data.decode("utf-16" if data[:2] in _UTF16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        return _undecodable(data, error, path)
    if "\0" in text:
        return _no_text(data, path)
    source = Source(path, text)
    return (unmerged(source) or source) if text.strip() else Problem("case.empty")


def encoded_like(text: str, data: bytes) -> bytes:
    """A text in the encoding, and with the byte order mark, of what it was read from."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return mark + text.encode(encoding)
    return text.encode()


def lines(stream: BinaryIO, path: str) -> Iterator[Line | Problem]:
    """The lines of a file, one in memory at a time. The file ends at the first that is no text at all.

    A single line that is not UTF-8 is a problem of that line, unless the file seems to be in another encoding.
    """
    head = stream.read(_SAMPLE)
    stream = _begun(stream, head)
    if head[:2] in _UTF16:
        yield from _utf16_lines(stream)
    elif b"\0" in head:
        yield _no_text(head, path)
    else:
        yield from _utf8_lines(stream, head, path)


def _utf8_lines(stream: BinaryIO, head: bytes, path: str) -> Iterator[Line | Problem]:
    number = 0
    while data := stream.readline(MAX_ROW_CHARACTERS):
        number += 1
        if len(data) == MAX_ROW_CHARACTERS:
            where = Location(Source(path, "", number), Span(0, 0))
            if not _ends(stream):
                yield Problem("case.row-without-end", where, {"limit": LIMIT})
                return
            yield Problem("case.row-too-large", where)
            continue
        try:
            line = Line(data.decode("utf-8-sig" if number == 1 else "utf-8"), number)
            torn = unmerged_line(line.text, path, number)
            if torn is not None:
                yield torn
                return
            yield line
        except UnicodeDecodeError as error:
            problem = _undecodable(data, error, path, number, head)
            yield problem
            if problem.key == "case.other-encoding":
                return


def _begun(stream: BinaryIO, head: bytes) -> BinaryIO:
    """The stream from its beginning, of which the head has been read; a pipe cannot go back."""
    if not stream.seekable():
        return io.BufferedReader(_Pipe(head, stream), _SAMPLE)
    stream.seek(-len(head), io.SEEK_CUR)
    return stream


class _Pipe(io.RawIOBase):
    """What was read of a pipe already, and then what comes."""

    def __init__(self, head: bytes, rest: BinaryIO):
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer)
        data = self._head or self._rest.read(len(view))
        size = min(len(data), len(view))
        view[:size] = data[:size]
        self._head = self._head[size:]
        return size


def _ends(stream: BinaryIO) -> bool:
    """Pass over the rest of a line; whether it ends before it is longer than a document may be."""
    for _ in range(MAX_DOCUMENT_BYTES // MAX_ROW_CHARACTERS):
        data = stream.readline(MAX_ROW_CHARACTERS)
        if not data or data.endswith(b"\n"):
            return True
    return False


def _utf16_lines(stream: BinaryIO) -> Iterator[Line | Problem]:
    text = io.TextIOWrapper(stream, encoding="utf-16", newline="\n")
    try:
        number = 0
        while line := text.readline(MAX_ROW_CHARACTERS):
            number += 1
            yield Line(line, number)
    except UnicodeDecodeError:
        yield Problem("case.utf16")
    finally:
        text.detach()


def _undecodable(data: bytes, error: UnicodeDecodeError, path: str, line: int = 1, sample: bytes = b"") -> Problem:
    if b"\0" in data[:_SAMPLE]:
        return _no_text(data[:_SAMPLE], path)
    if error.encoding.startswith("utf-16"):
        return Problem("case.utf16")
    start = data.rfind(b"\n", 0, error.start) + 1
    first = line + data.count(b"\n", 0, start)
    end = data.find(b"\n", start)
    text = data[start : end if end >= 0 else len(data)].decode("utf-8", "replace")
    offset = len(data[start : error.start].decode("utf-8", "replace"))
    where = Location(Source(path, text, first), Span(offset, offset + 1))
    if error.reason == "unexpected end of data" and not data[: error.start].isascii():
        return Problem("case.breaks-off", where)
    guess = _guess(sample or data[:_SAMPLE])
    if guess is None:
        return Problem("case.not-utf8", where)
    return Problem("case.other-encoding", where, {"encoding": guess})


def _no_text(data: bytes, path: str) -> Problem:
    """What is told of bytes with a NUL among them: UTF-16 without its mark, a text with a stray one, or no text."""
    if any(_reads_as(data[: len(data) // 2 * 2], codec) for codec in ("utf-16-le", "utf-16-be")):
        return Problem("case.other-encoding", None, {"encoding": "UTF-16"})
    if data.count(b"\0") > _MOST_STRAY or not _reads_as(data.replace(b"\0", b""), "utf-8"):
        return Problem("case.binary")
    at = data.index(b"\0")
    start = data.rfind(b"\n", 0, at) + 1
    line = data[start:].partition(b"\n")[0].decode("utf-8", "replace")
    offset = len(data[start:at].decode())
    source = Source(path, line, data.count(b"\n", 0, at) + 1)
    return Problem("case.stray-nul", Location(source, Span(offset, offset + 1)))


def _reads_as(data: bytes, codec: str) -> bool:
    """Whether bytes are a text without NUL in an encoding, mostly of Chinese and Latin characters."""
    try:
        text = codecs.getincrementaldecoder(codec)().decode(data)
    except UnicodeDecodeError:
        return False
    usual = sum(c < "\u0250" or "\u3000" <= c <= "\u9fff" or c > "\uff00" for c in text)
    return "\0" not in text and usual > _MOSTLY * len(text) and any(c in _FREQUENT for c in text)


def _guess(sample: bytes) -> str | None:
    """The encoding under which the bytes read as ordinary text; None when none is likely."""
    best, guess = 0, None
    for codec, name in _OTHERS.items():
        try:
            # A sample may end inside a character; the decoder then waits for the rest.
            text = codecs.getincrementaldecoder(codec)().decode(sample)
        except UnicodeDecodeError:
            continue
        common = sum(c in _COMMON or c in "。，！" for c in text)
        score = common * 4 if codec != "cp1252" else sum(c in "‘’“”–—é" for c in text)
        if score > best and (codec == "cp1252" or score * 12 > len(text)):
            best, guess = score, name
    return guess
