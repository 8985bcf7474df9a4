"""The published schema, and the sentences of this layer."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from jsonschema import Draft202012Validator

from replylint.case.fields import FIELDS, nearest
from replylint.case.model import Case
from replylint.case.schema import FIELD_CHOICES, FIELD_TYPES, json_schema
from replylint.case.schemas import ParameterType, built_in
from replylint.source.resources import grammar_table, message_table
from tests.case.reading import keys, read

VALIDATOR = Draft202012Validator(json_schema())

GOOD: list[Any] = [
    {"reply": "a"},
    {"id": 1, "reply": "a", "review": {"text": "b", "rating": "5", "posted_at": "2026-11-18T21:40+08:00"}},
    {"reply": "a", "review": "b", "rating": 4.5, "lang": "en", "severity": "重大", "facts": [], "colour": [1]},
    {"reply": "a", "drafter": {"name": "x", "role": "agent"}, "approvals": [{"role": "m", "by": "y"}, "n"]},
    {"reply": "a", "actions": ["reply", {"action": "refund", "amount": 5, "currency": "TWD"}, {"close": None}]},
    {"reply": "a", "actions": [{"voucher": {"amount": "TWD 200"}}, {"escalate": "legal"}], "review": {"rating": None}},
    {"reply": "a", "rating": "★★☆☆☆"},
    {"reply": "a", "rating": "五顆星"},
    {"reply": "a", "rating": "4/5"},
    {"reply": "a", "approved_by": "brand_manager", "actions": None, "title": None},
]
BAD: list[tuple[Any, str]] = [
    ([1], "case.not-a-case"),
    ({"reply": ["a"]}, "case.not-text"),
    ({"reply": "a", "rating": 6}, "case.rating-range"),
    ({"reply": "a", "rating": "☆☆☆☆☆"}, "case.rating-range"),
    ({"reply": "a", "rating": "8/10"}, "case.not-rating"),
    ({"reply": "a", "review": {"rating": "six"}}, "case.not-rating"),
    ({"reply": "a", "severity": "awful"}, "case.not-choice"),
    ({"reply": "a", "drafter": {"role": True}}, "case.not-text"),
    ({"reply": "a", "review": {"posted_at": False}}, "case.not-moment"),
    ({"reply": "a", "actions": [5]}, "case.not-action"),
    ({"reply": "a", "approvals": [{"by": "x"}]}, "case.approval-role"),
]


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(json_schema())


@pytest.mark.parametrize("value", GOOD)
def test_what_is_read_is_valid(value: Any) -> None:
    assert isinstance(read(json.dumps(value), "a.json")[0], Case)
    assert list(VALIDATOR.iter_errors(value)) == []


@pytest.mark.parametrize(("value", "key"), BAD)
def test_what_is_invalid_is_not_read(value: Any, key: str) -> None:
    assert keys(read(json.dumps([value]), "a.json")[0]) == [key]
    assert list(VALIDATOR.iter_errors(value))


def test_every_field_and_parameter_has_a_name_in_both_languages() -> None:
    table = grammar_table("names.yml")
    assert {part for row in FIELDS for part in row.name.split(".")} <= set(table["fields"])
    assert {name for schema in built_in().values() for name in schema.parameters} <= set(table["parameters"])
    types = set(get_args(ParameterType))
    assert {kind for schema in built_in().values() for kind in schema.parameters.values()} <= types
    assert set(table["types"]) == types - {"choice"}
    assert {word for words in FIELD_CHOICES.values() for word in words} <= set(table["choices"])
    assert set(FIELD_CHOICES) == {name for name, kind in FIELD_TYPES.items() if kind == "choice"}


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("ratng", "rating"),
        ("replay", "reply"),
        ("reviews", "review"),
        ("psoted_at", "posted_at"),
        ("colour", None),
        ("ix", None),
    ],
)
def test_nearest(word: str, near: str | None) -> None:
    assert nearest(word, ("id", "rating", "reply", "review", "posted_at")) == near


def test_every_sentence_is_said_somewhere_and_every_key_has_one() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in Path(str(files("replylint.case"))).glob("*.py"))
    words = set(re.findall(r'"(?:case\.)?([a-z_0-9-]+)"', code))
    table = message_table("case")
    assert set(table) - words == set()
    assert set(re.findall(r'"case\.([a-z_0-9-]+)"', code)) - set(table) == set()
    for name, entry in table.items():
        help_text = entry.get("help", {"en": "", "zh": ""})
        assert set(re.findall(r"\{[a-z_]+\}", entry["en"])) == set(
            re.findall(r"\{[a-z_]+\}", entry["zh"].replace("{zh}", "{en}"))
        ), name
        assert set(re.findall(r"\{[a-z_]+\}", help_text["en"])) == set(re.findall(r"\{[a-z_]+\}", help_text["zh"])), (
            name
        )


def test_the_sentences_are_valid_yaml_without_repeated_names() -> None:
    text = (files("replylint.messages") / "case.yml").read_text(encoding="utf-8")
    tops = [key.value for key, _ in yaml.compose(text).value]
    assert len(tops) == len(set(tops))
