"""Files and what is read from them, from the tables in data/."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from replylint.case.model import Action, Case, Skipped, Unreadable
from replylint.source.messages import describe
from tests.case.reading import read

DATA = Path(__file__).parent / "data"


def _table(name: str) -> list[Any]:
    rows = yaml.safe_load((DATA / name).read_text(encoding="utf-8"))
    return [pytest.param(row, id=row["title"].replace(" ", "-")) for row in rows]


@pytest.mark.parametrize("row", _table("cases.yml"))
def test_cases(row: dict[str, Any]) -> None:
    found = read(row["text"], row["file"])
    assert [_shown(each) for each in found] == [{"ignored": [], "review": None} | case for case in row["cases"]]


@pytest.mark.parametrize("row", _table("problems.yml"))
def test_problems(row: dict[str, Any]) -> None:
    (found,) = read(row["text"], row["file"])
    assert isinstance(found, Unreadable)
    told = [(p.key, p.where.words if p.where else None, " | ".join(describe(p, "en"))) for p in found.problems]
    assert [(key, words) for key, words, _ in told] == [(f"case.{key}", words) for key, words, _ in row["problems"]]
    for (_, _, sentence), (_, _, part) in zip(told, row["problems"], strict=True):
        assert part in sentence
    for problem in found.problems:
        sentence, advice = describe(problem, "zh")
        assert "{" not in sentence.replace("{amount", "").replace("{role", "")
        assert not sentence.endswith(("。", ".")), sentence
        assert not advice.endswith(("。", ".")), advice


@pytest.mark.parametrize("row", _table("cases.yml"))
def test_values_stand_where_they_are_said_to(row: dict[str, Any]) -> None:
    for case in read(row["text"], row["file"]):
        fields = case.fields if isinstance(case, Case) else {}
        for name, field in fields.items():
            # The platform follows from the kind of export; a choice or a language may be named otherwise.
            if isinstance(field.value, str) and name not in ("platform", "review.severity", "language"):
                assert field.where.words.strip('"') == field.value


def test_a_block_ends_with_its_last_words() -> None:
    text = "reply: x\nreview:\n  title: |\n    cold\n    soup\n\n  rating: 1\napprovals:\n- role: legal\n\nid: 1\n"
    (case,) = read(text, "a.yml")
    assert isinstance(case, Case)
    assert case.fields["review.title"].where.words == "|\n    cold\n    soup"
    assert case.fields["approvals"].where.words == "- role: legal"


def _shown(each: Case | Unreadable | Skipped) -> dict[str, Any]:
    if isinstance(each, Skipped):
        return {"id": each.id, "skipped": each.reason.key, "ignored": [], "review": None}
    assert isinstance(each, Case), each
    line, column = each.source.source.position(each.reply.location.span.start)
    return {
        "id": each.id,
        "reply": each.reply.text,
        "review": each.review.text if each.review else "" if each.stars_alone else None,
        "at": f"{line}:{column}",
        "fields": {name: str(field.value) for name, field in each.fields.items()},
        "actions": [_action(action) for action in each.actions],
        "ignored": list(each.ignored),
    } | ({"history": [_action(action) for action in each.history]} if "history" in each.fields else {})


def _action(action: Action) -> str:
    return " ".join([action.name, *(f"{name}={field.value}" for name, field in action.parameters.items())])
