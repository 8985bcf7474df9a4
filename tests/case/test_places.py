"""Every character of a reply is found at its place in the file, in every format."""

from __future__ import annotations

import csv
import io
import json

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from replylint.case.model import Case
from replylint.source.spans import Span
from tests.case.reading import pieces, read, read_case

# Letters of every width, and the signs that mean something to one of the formats.
LETTERS = st.sampled_from("abn '\"\\:#-,;{}[]|>&*!%@`~?林，。：「」😀\u3000\t\n\u00e9é")
# What looks like the remains of a merge is refused, wherever it stands at the start of a line.
REMAINS = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
TEXTS = st.text(LETTERS, min_size=1, max_size=60).filter(lambda t: t.strip() and not any(r in t for r in REMAINS))


@given(TEXTS)
def test_markdown(text: str) -> None:
    case = read_case(f"---\nid: x\n---\n\n{text}\n\n", "a.md")
    assert "".join(pieces(case)) == case.reply.text
    # Only blank lines before it and blanks after it are not part of the reply.
    assert text.rstrip().endswith(case.reply.text)


@given(TEXTS, st.booleans(), st.sampled_from([None, 1]))
def test_json(text: str, ascii_only: bool, indent: int | None) -> None:
    case = read_case(json.dumps({"id": "ü", "reply": text}, ensure_ascii=ascii_only, indent=indent), "a.json")
    assert case.reply.text == text.rstrip()
    assert [json.loads(f'"{piece}"') for piece in pieces(case)] == list(case.reply.text)


@given(st.lists(TEXTS, min_size=1, max_size=4), st.booleans())
def test_json_lines(texts: list[str], ascii_only: bool) -> None:
    rows = "".join(json.dumps({"reply": t}, ensure_ascii=ascii_only) + "\n" for t in texts)
    for number, case in enumerate(read(rows, "a.jsonl"), 1):
        assert isinstance(case, Case)
        assert [json.loads(f'"{piece}"') for piece in pieces(case)] == list(case.reply.text)
        assert case.reply.location.source.position(case.reply.location.span.start) == (number, 12)


@given(TEXTS, TEXTS, st.sampled_from(",;\t"), st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]))
def test_csv(text: str, other: str, delimiter: str, quoting: int) -> None:
    file = io.StringIO()
    writer = csv.writer(file, delimiter=delimiter, quoting=quoting)  # type: ignore[arg-type]  # wants the constants one by one
    writer.writerow(["store", "reply", "brand"])
    writer.writerows([[other, text, other]] * 2)
    cases = read(file.getvalue(), "a.csv")
    assert len(cases) == 2
    for case in cases:
        assert isinstance(case, Case)
        assert case.reply.text == text.rstrip()
        assert [p.replace('""', '"')[:1] if p != '"' else p for p in pieces(case)] == list(case.reply.text)
        assert case.fields["store"].value == other.strip()


@given(TEXTS, st.sampled_from([None, "'", '"', "|", ">"]), st.sampled_from([12, 1000]), st.booleans())
@settings(max_examples=300)
def test_yaml_as_a_program_writes_it(text: str, style: str | None, width: int, unicode: bool) -> None:
    written = yaml.dump({"id": "x", "reply": text}, default_style=style, width=width, allow_unicode=unicode)
    case = read_case(written, "a.yml")
    assert case.reply.text == text.rstrip()
    _same_in_yaml(case)


FRAGMENTS = st.lists(
    st.sampled_from(["a", "b", "林", " ", "  ", "\n", "\n  ", "\n   ", "\r\n  ", "\t", "''"]), max_size=20
)
OPENINGS = st.sampled_from(["|\n  ", ">\n  ", "|-\n  ", ">+\n  ", "|2\n  ", ">2-\n   ", "| # note\n\n  ", "", "'", '"'])


@given(OPENINGS, FRAGMENTS, st.sampled_from(["", "\n", "\n\n"]))
@settings(max_examples=1000)
def test_yaml_as_people_write_it(opening: str, fragments: list[str], end: str) -> None:
    body = "".join(fragments)
    body += opening if opening in ("'", '"') else ""
    written = f"id: x\nreply: {opening}{body}{end}\nbrand: y\n"
    found = read(written, "a.yml")
    assume(len(found) == 1 and isinstance(found[0], Case))
    case = found[0]
    assert isinstance(case, Case)
    _same_in_yaml(case)


@pytest.mark.parametrize("escaped", [r"\x41", r"\u6797", r"\U0001F600", r"\n", r"\"", r"\\", r"\_", r"\t"])
def test_yaml_escapes(escaped: str) -> None:
    case = read_case(f'reply: "a{escaped}b"', "a.yml")
    assert pieces(case) == ["a", escaped[:1], "b"] or pieces(case) == ["a", escaped, "b"]
    assert case.reply.locate(Span(1, 2)).words == escaped


def test_separators_of_unicode_in_yaml() -> None:
    case = read_case('reply: "a\u2028\u2028b"\nid: |\n  c\n', "a.yml")
    assert case.reply.text == "a\u2028\u2028b"
    assert pieces(case) == list(case.reply.text)


def test_yaml_line_goes_on_after_a_backslash() -> None:
    case = read_case('reply: "a\\\n   b\n\n  c"', "a.yml")
    assert case.reply.text == "ab\nc"
    assert [piece[:1] for piece in pieces(case)] == ["a", "b", "\n", "c"]


@pytest.mark.parametrize(
    "written",
    ["- reply: |2\n     林\n    b\n", "-   reply: |1\n       林\n     b\n", "- {}\n- reply: >\n    林\n\n    b\n"],
)
def test_block_inside_a_list(written: str) -> None:
    case = next(each for each in read(written, "a.yml") if isinstance(each, Case))
    assert "林" in case.reply.text
    _same_in_yaml(case)


def _same_in_yaml(case: Case) -> None:
    """A piece is the character itself, an escape for it, or the line break that was folded into it."""
    starts = []
    for index, character in enumerate(case.reply.text):
        where = case.reply.locate(Span(index, index + 1))
        piece = where.words
        starts.append(where.span.start)
        if character == "\n" or (character == " " and piece[:1] != " "):
            assert piece[:1] in "\r\n\\", (character, piece)
        elif piece.startswith("\\") and piece != "\\":
            assert yaml.safe_load(f'"{piece}"') == character
        else:
            assert piece[:1] == character, (character, piece, case.reply.text)
    assert starts == sorted(set(starts))
