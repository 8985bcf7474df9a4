"""Whatever a file holds, reading it ends soon, with cases or with located problems."""

from __future__ import annotations

import io
from itertools import chain
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from replylint.case.limits import MAX_DOCUMENT_BYTES, MAX_ROW_CHARACTERS
from replylint.case.model import Case, Unreadable
from replylint.case.read import read_input, read_text
from replylint.source.messages import describe
from replylint.source.spans import Span
from tests.case.reading import keys, read

NAMES = st.sampled_from(["a.md", "a.yml", "a.json", "a.jsonl", "a.csv"])
WHOLE = {
    "a.md": "---\nid: 1\nreview: {rating: 2, text: 湯冷了}\nactions: [reply, voucher: {amount: TWD 3}]\n---\n抱歉\n",
    "a.yml": "- reply: |\n    a\n  rating: 5\n- &a {reply: >-\n    b, drafter: {name: c}}\n",
    "a.json": '{"reviews": [{"reviewId": "x", "starRating": "ONE", "reviewReply": {"comment": "a\\u6797"}}]}',
    "a.jsonl": '{"reply": "a", "rating": 3, "actions": [{"action": "refund", "amount": 5}]}\n{"reply": "b"}\n',
    "a.csv": 'id,reply,actions\n1,"a ""b"" c",reply;refund TWD 3\n2,"d\ne",\n',
}
SIGNS = st.sampled_from(["---", "<<", "\\u", *("\"'{}[]:,-&*!|>#\n\t\r\\ ;0\u3000：\u2028\x85\x00\ufeff\ud800é")])


@given(NAMES, st.binary(max_size=200))
def test_any_bytes(name: str, data: bytes) -> None:
    _look_at_everything(data, name)


@given(NAMES, st.data())
@settings(max_examples=600)
def test_drafts_with_something_changed(name: str, data: st.DataObject) -> None:
    text = WHOLE[name]
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(start + 6, len(text))))
        text = text[:start] + data.draw(SIGNS) + text[end:]
    _look_at_everything(text, name)


def _look_at_everything(data: str | bytes, name: str) -> None:
    found = read(data, name)
    assert found, "a file is never passed over in silence"
    for each in found:
        if isinstance(each, Case):
            each.reply.text.encode()
            for text in (each.reply, each.review):
                for index in range(len(text.text) if text else 0):
                    assert text is not None
                    assert text.locate(Span(index, index + 1)).words
            places = [f.where for f in each.fields.values()]
            places += [f.where for a in each.actions for f in a.parameters.values()] + [a.where for a in each.actions]
            assert all(place.words for place in places)
        elif isinstance(each, Unreadable):
            assert each.problems
            for problem in each.problems:
                assert describe(problem, "zh")[0] != describe(problem, "en")[0]
                assert problem.where is None or str(problem.where)


@pytest.mark.parametrize(
    ("name", "text", "key"),
    [
        ("a.json", "[" * 100_000, "case.too-deep"),
        ("a.json", '{"reply": ' * 60 + "1" + "}" * 60, "case.too-deep"),
        ("a.yml", "[" * 100_000, "case.too-deep"),
        ("a.yml", "- " * 100_000 + "a", "case.too-deep"),
        ("a.json", '{"reply": "a", "rating": ' + "9" * 5000 + "}", "case.number-size"),
        ("a.json", '{"reply": "a", "rating": 1e999999999}', "case.not-rating"),
        ("a.yml", "reply: a\nactions:\n- refund: {amount: " + "9" * 5000 + "}\n", "case.number-size"),
    ],
)
def test_bounds(name: str, text: str, key: str) -> None:
    (found,) = read(text, name)
    assert keys(found) == [key]


@pytest.mark.parametrize(("depth", "fits"), [(49, True), (50, False)])
@pytest.mark.parametrize("name", ["a.json", "a.yml"])
def test_how_deep_is_too_deep(name: str, depth: int, fits: bool) -> None:
    (found,) = read('{"reply": "a", "own": ' + "[" * depth + "]" * depth + "}", name)
    assert isinstance(found, Case) == fits


def test_aliases_that_double_again_and_again() -> None:
    lines = ["x0: &x0 [a, a]"] + [f"x{i}: &x{i} [*x{i - 1}, *x{i - 1}]" for i in range(1, 40)]
    for text in ("reply: a\n", "reply: *x39\n", "reply: a\nactions: [{refund: {evidence: *x39}}]\n"):
        assert read("\n".join([*lines, text]), "a.yml")


class Endless(io.RawIOBase):
    """A stream that never ends, and counts what is taken from it."""

    taken = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        buffer[:] = b"a" * len(buffer)
        self.taken += len(buffer)
        return len(buffer)


@pytest.mark.parametrize(
    ("name", "key"),
    [("a.md", "too-large"), ("a.yml", "too-large"), ("a.csv", "row-without-end"), ("a.jsonl", "row-without-end")],
)
def test_no_more_is_read_of_a_text_without_end_than_a_document_may_hold(name: str, key: str) -> None:
    stream = Endless()
    (found,) = read_input(io.BufferedReader(stream), name)
    assert keys(found) == [f"case.{key}"]
    assert stream.taken <= MAX_DOCUMENT_BYTES + MAX_ROW_CHARACTERS + 100_000


class Pipe(io.BytesIO):
    """What comes through a pipe: nobody can go back in it."""

    def seekable(self) -> bool:
        return False

    def seek(self, *_: int) -> int:
        raise io.UnsupportedOperation


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(("name", "row"), [("a.csv", "很抱歉讓您久等。"), ("a.jsonl", '{"reply": "很抱歉讓您久等。"}')])
def test_rows_of_standard_input_are_read_like_those_of_a_file(name: str, row: str, encoding: str) -> None:
    text = "\n".join(["reply"] * name.endswith(".csv") + [row] * 20_000).encode(encoding)
    piped, whole = (
        [(each.id, str(each.reply.location)) for each in read if isinstance(each, Case)]
        for read in (read_input(Pipe(text), name), read_text(text, name))
    )
    assert piped == whole
    assert len(piped) == 20_000


def test_standard_input_is_larger_than_a_document_may_be() -> None:
    rows = chain(["reply,note\n"], (f"很抱歉讓您久等。,{number}{'-' * 1_000_000}\n" for number in range(22)))
    found = list(read_input(Pipe("".join(rows).encode()), "a.csv"))
    assert [type(each) for each in found] == [Case] * 22


def test_an_id_stands_twice_in_standard_input() -> None:
    found = list(read_input(Pipe(b'{"id": "a", "reply": "x"}\n' * 2), "a.jsonl"))
    assert [keys(each) for each in found if isinstance(each, Unreadable)] == [["case.duplicate-id"]]
