import pytest

from replylint.facts.names import FactName
from replylint.facts.schema import FACT_TYPES, meaning_of
from replylint.source.resources import grammar_table
from tests.facts.reading import reading


def test_schema_and_names_agree():
    names = grammar_table("names.yml")["facts"]
    assert {name: set(row.get("kinds", ())) for name, row in names.items()} == {
        name: set(fact_type.kinds) for name, fact_type in FACT_TYPES.items()
    }


def test_every_attribute_has_a_name():
    named = grammar_table("names.yml")["attributes"].keys()
    carried = {a for row in FACT_TYPES.values() for m in row.meanings.values() for a in m.attributes}
    assert carried == named


def test_only_cues_cancel():
    cues = set(FACT_TYPES["cue"].kinds)
    assert {c for row in FACT_TYPES.values() for m in row.meanings.values() for c in m.cancels} <= cues


def test_a_type_without_a_kind_carries_what_its_kinds_carry():
    assert {"amount", "deadline", "person"} <= meaning_of(FactName("promise")).attributes.keys()


@pytest.mark.parametrize(
    ("rules", "kinds"),
    [
        ('promise of replacement also reads "another tea"', ["remedy", "replacement"]),
        (
            'promise of replacement also reads "another tea"\npromise of remedy also reads "send you another"',
            ["remedy", "replacement"],
        ),
        ('promise of remedy also reads "another tea"', ["remedy"]),
    ],
)
def test_who_promises_a_replacement_promises_a_remedy(rules, kinds):
    facts = reading("We will send you another tea", rules=rules + "\n").reply_facts
    assert sorted(fact.kind for fact in facts) == kinds
