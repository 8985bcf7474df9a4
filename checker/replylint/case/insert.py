"""An approval put into a draft's file, of which every other character stays as it is."""

from __future__ import annotations

import json
from pathlib import PurePath

from replylint.case.markdown import Draft, read_markdown
from replylint.case.stated import field_name
from replylint.case.tree import Tree
from replylint.case.yaml_files import read_yaml
from replylint.source.messages import Lang
from replylint.source.names import section
from replylint.source.spans import Source, Span

_YAML = (".yml", ".yaml")
_MARKDOWN = (".md", ".markdown", ".txt")


def with_approval(source: Source, approval: dict[str, str]) -> str | None:
    """The text of a draft's file with one more approval; None where there is no safe place for it.

    source: a Markdown draft or one draft in YAML. approval: what is stated, in order. Names are in the language of the
    draft's own; every value is written between double quotes, which YAML and JSON read alike.
    """
    front, end = _front(source)
    if front is None or not isinstance(front.value, dict):
        return None
    line_break = "\r\n" if "\r\n" in source.text else "\n"
    key = next((key for key in front.value if field_name(str(key)) == "approvals"), None)
    lang: Lang = "en" if str(key or next(iter(front.value), "")).isascii() else "zh"
    names = section("approvals")
    stated = (f"{names.spell(name, lang)}: {json.dumps(value, ensure_ascii=False)}" for name, value in approval.items())
    entry = "{" + ", ".join(stated) + "}"
    if key is None:
        # A mapping in braces, or one that is indented, has no line of its own to put this on.
        if source.position(front.where.span.start)[1] != 1 or source.text[front.where.span.start] == "{":
            return None
        before = "" if source.text[:end].endswith("\n") else line_break
        title = section("fields").spell("approvals", lang)
        return _spliced(source.text, end, end, f"{before}{title}:{line_break}  - {entry}{line_break}")
    return _added(source, front.child(key), entry, line_break)


def _front(source: Source) -> tuple[Tree | None, int]:
    """The fields of a draft, and where a further one can be put."""
    suffix = PurePath(source.path).suffix.lower()
    if suffix in _MARKDOWN:
        draft = read_markdown(source)
        return (draft.front, draft.closing) if isinstance(draft, Draft) else (None, 0)
    if suffix in _YAML:
        trees = read_yaml(source)
        only = trees[0] if len(trees) == 1 and isinstance(trees[0], Tree) else None
        return only, len(source.text)
    return None, 0


def _added(source: Source, approvals: Tree, entry: str, line_break: str) -> str | None:
    """The text with one more entry in what is there already."""
    text, value, span = source.text, approvals.value, approvals.where.span
    if value is None:
        line = source.line_at(approvals.key_where.span.start)
        alone = text[line.start : line.end].rstrip().endswith(":")
        return _spliced(text, line.end, line.end, f" [{entry}]") if alone else None
    if isinstance(value, list) and text[span.start : span.start + 1] == "[":
        close = text.rindex("]", span.start, span.end)
        return _spliced(text, close, close, f", {entry}" if value else entry)
    if isinstance(value, list):
        return _next_item(source, span, entry, line_break)
    if "\n" in text[span.start : span.end] or (isinstance(value, dict) and text[span.start : span.start + 1] != "{"):
        return None
    return _spliced(text, span.start, span.end, f"[{text[span.start : span.end]}, {entry}]")


def _next_item(source: Source, span: Span, entry: str, line_break: str) -> str:
    """After a list of lines that begin with `-`, one more such line."""
    text = source.text
    line = source.line_at(span.start)
    indent = text[line.start : span.start]
    last = len(text[: span.end].rstrip())
    end = source.line_at(last - 1).end
    return _spliced(text, end, end, f"{line_break}{indent}- {entry}".replace("\r\n", "\n").replace("\n", line_break))


def _spliced(text: str, start: int, end: int, new: str) -> str:
    return text[:start] + new + text[end:]
