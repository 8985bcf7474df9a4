"""The one table of names: consistent in itself, and with the schemas that the names stand for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

import pytest

from replylint.case.fields import FIELD_TYPES
from replylint.case.schemas import built_in
from replylint.facts.schema import FACT_TYPES
from replylint.facts.wordings import SlotKind
from replylint.language import rules as r
from replylint.language.scope import CHOICES, COMPUTED
from replylint.language.terminals import CLAUSES, STATEMENTS
from replylint.language.value_types import STATED
from replylint.source.names import Section, kinds, section
from replylint.source.resources import grammar_table
from tests.language.reading import resolved, sound, starter_contract

SECTIONS = ("keywords", "slots", "units", "facts", "attributes", "fields", "choices", "languages", "actions", "events",
            "parameters", "types", "answers", "approvals", "yesno", "lists", "entries", "columns", "drill", "headings",
            "log_events")  # fmt: skip


def tables() -> Mapping[str, Mapping[str, Any]]:
    names = grammar_table("names.yml")
    of_facts = {f"kinds of {fact}": row["kinds"] for fact, row in names["facts"].items() if "kinds" in row}
    return {name: names[name] for name in SECTIONS} | of_facts


def spellings(row: Mapping[str, Any]) -> list[str]:
    forms = [row.get(lang, []) for lang in ("en", "zh", "symbol")]
    return [s for form in forms for s in ([form] if isinstance(form, str) else form)]


@pytest.mark.parametrize("name", tables())
def test_every_spelling_means_one_thing(name: str) -> None:
    meant: dict[str, str] = {}
    for canonical, row in tables()[name].items():
        for spelling in {s.lower() for s in (canonical, *spellings(row))}:
            assert meant.setdefault(spelling, canonical) == canonical, spelling


@pytest.mark.parametrize("name", tables())
def test_every_name_has_both_languages(name: str) -> None:
    for canonical, row in tables()[name].items():
        currency = name == "units" and canonical.isupper()
        assert row.get("en"), canonical
        assert row.get("zh") or currency, canonical


def test_answers_are_keywords() -> None:
    assert {name: section("keywords").find(form) for name, forms in section("answers").spellings.items()
            for lang in ("en", "zh") for form in forms[lang]} == {"yes": "yes", "no": "no"}  # fmt: skip


def test_the_table_has_no_other_sections() -> None:
    assert set(grammar_table("names.yml")) == set(SECTIONS)


def test_facts_and_kinds_are_those_of_the_schema() -> None:
    assert set(section("facts").spellings) == set(FACT_TYPES)
    for fact, found in FACT_TYPES.items():
        assert set(kinds(fact).spellings) == set(found.kinds), fact


def test_attributes_are_those_that_facts_carry() -> None:
    meanings = [meaning for fact in FACT_TYPES.values() for meaning in fact.meanings.values()]
    assert set(section("attributes").spellings) == {name for meaning in meanings for name in meaning.attributes}


def test_slots_are_those_that_are_read() -> None:
    assert set(section("slots").spellings) == set(get_args(SlotKind))


def test_actions_and_parameters_are_those_of_a_case() -> None:
    assert set(section("actions").spellings) == set(built_in())
    named = {name for schema in built_in().values() for name in schema.parameters}
    assert named <= set(section("parameters").spellings)


def test_an_event_is_never_taken_for_an_action() -> None:
    events, actions = section("events"), section("actions")
    assert not {*events.canonical, *events.spellings} & {*actions.canonical, *actions.spellings}


def test_every_field_can_be_written_in_chinese() -> None:
    known = section("fields").spellings
    missing = {part for path in (*FIELD_TYPES, *COMPUTED) for part in path.split(".") if part not in known}
    assert missing == set()


def test_every_part_of_the_starter_contract_can_be_written_in_chinese() -> None:
    # Names that the brand gives itself, such as roles and dates, are written as they are.
    own = (
        "waivers.rules.", "enforcement.", "roles.", "contacts.", "calendar.", "platforms.", "emergencies.",
        "escalation.", "approvals.", "own.",
    )  # fmt: skip
    parts = {part for path in starter_contract().paths() if not path.startswith(own) for part in path.split(".")}
    roles = {path.split(".")[1] for path in starter_contract().paths() if path.startswith("roles.")}
    assert parts - roles - set(section("fields").spellings) == set()


def test_choices_can_be_written() -> None:
    known = section("choices").spellings
    assert {choice for choices in CHOICES.values() for choice in choices} | set(STATED) <= set(known)


def test_statements_and_clauses_are_keywords() -> None:
    assert set(STATEMENTS + CLAUSES) <= set(section("keywords").spellings)


def all_names() -> list[tuple[str, str, str]]:
    """Every spelling of facts, kinds, actions, attributes: (sort, spelling, canonical)."""
    found = [(sort, s, name) for sort in ("facts", "actions", "attributes", "units", "slots")
             for name, s in _pairs(section(sort))]  # fmt: skip
    return found + [(fact, s, kind) for fact in FACT_TYPES for kind, s in _pairs(kinds(fact))]


def _pairs(of: Section) -> list[tuple[str, str]]:
    return [(name, s) for name, forms in of.spellings.items() for lang in ("en", "zh") for s in forms[lang]]


@pytest.mark.parametrize(("sort", "spelling", "canonical"), all_names())
def test_every_spelling_is_understood(sort: str, spelling: str, canonical: str) -> None:
    text = {
        "facts": f"rule a require {spelling}",
        "actions": f"rule a require action {spelling}",
        "attributes": f"rule a where {spelling} is present",
        "units": f"rule a where amount is 1 {spelling}",
        "slots": f"phrase a reads <{spelling}>",
    }.get(sort, f"rule a require {section('facts').spell(sort, 'en')} of {spelling}")
    assert f"name='{canonical}'" in repr(sound(text)) or f"='{canonical}'" in repr(sound(text))


SLIPS = grammar_table("slips.yml")


@pytest.mark.parametrize(
    ("part", "sort"), [("lines", "keywords"), ("inside", "keywords"), ("units", "units"), ("severities", "choices")]
)
def test_other_words_stand_for_names_of_the_language_and_are_none_themselves(part: str, sort: str) -> None:
    forms = [form.casefold() for some in SLIPS[part].values() for form in some]
    assert len(forms) == len(set(forms))
    assert set(SLIPS[part]) <= section(sort).spellings.keys()
    own = {s.casefold() for name in SLIPS[part] for s in (*section(sort).spellings[name]["en"],
                                                          *section(sort).spellings[name]["zh"])}  # fmt: skip
    assert not own & set(forms)


def test_a_role_goes_by_its_title_too() -> None:
    title = str(starter_contract().value("roles.brand_manager.title"))
    text = "規則 甲\n  禁止 承諾\n  除非 經核准於 {0}\n規則 乙\n  當 撰稿人.角色 是 {0}\n  禁止 承諾\n"
    (approved, spoken), problems = resolved(rules=text.format(title))
    assert problems == ()
    assert isinstance(approved.unless, r.Approved)
    assert approved.unless.role == "brand_manager"
    assert isinstance(spoken.when, r.Comparison)
    assert isinstance(spoken.when.right, r.Constant)
    assert spoken.when.right.value == "brand_manager"
