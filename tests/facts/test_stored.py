import json

from hypothesis import given, settings

from replylint.facts.compile import compile_lexicon
from replylint.facts.stored import from_plain, to_plain
from replylint.facts.wordings import Lexicon, Wording
from tests.facts.reading import lexicon, small_lexicon
from tests.facts.test_properties import NAME, NOWHERE, patterns, phrases


def test_a_matcher_comes_back_from_json_as_it_was():
    built = lexicon(small_lexicon())
    matcher = compile_lexicon(built)
    sources = [built.wordings[0].origin.source]
    assert from_plain(json.loads(json.dumps(to_plain(matcher, sources))), sources) == matcher


@settings(max_examples=200, deadline=None)
@given(patterns, phrases)
def test_any_pattern_comes_back_as_it_was(pattern, options):
    matcher = compile_lexicon(Lexicon((Wording(NAME, pattern, NOWHERE, excludes=True),), {"p": options}))
    assert from_plain(json.loads(json.dumps(to_plain(matcher, [NOWHERE.source]))), [NOWHERE.source]) == matcher
