"""Random syntax trees, and random texts that look like rule files.

Large strategies are composite: hypothesis writes all of any other strategy down when it builds it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import TypeVar, get_args

from hypothesis import strategies as st

from replylint.facts.schema import FACT_TYPES
from replylint.facts.wordings import GAP_UNITS
from replylint.language import syntax as s
from replylint.source.names import kinds, section
from replylint.source.spans import Source, Span

T = TypeVar("T")
NOWHERE = Span(0, 0)
_RESERVED = frozenset(word.lower() for word in section("keywords").all_spellings())
_TABLED = frozenset(
    spelling
    for sort in ("attributes", "parameters", "choices", "fields", "facts", "actions", "units")
    for spelling in (*section(sort).canonical, *section(sort).spellings)
)
_LETTERS = "abcdefgxyzÉß會退款優惠規則或且當"


def names() -> st.SearchStrategy[str]:
    """Names that no table knows: letters of any script, digits, hyphens."""
    tail = st.text(alphabet=_LETTERS + "0123456789_-", max_size=8)
    made = st.builds(str.__add__, st.sampled_from(_LETTERS), tail)
    alike = st.sampled_from(["notify", "orders", "當日優惠", "anderson", "island", "非常好", "whenever", "no-one"])
    return (made | alike).filter(lambda name: name.lower() not in _RESERVED | _TABLED)


def texts() -> st.SearchStrategy[str]:
    """What can stand in quotes: anything printable, with signs of the language among it."""
    signs = st.sampled_from(['"', "\\", "#", "「", "」", "“", "(", "\n", "\t", "{amount}", "rule b", "也讀作", "/"])
    words = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["C"]), max_size=12)
    return st.lists(signs | words, min_size=1, max_size=4).map("".join)


def word(values: st.SearchStrategy[str]) -> st.SearchStrategy[s.Word]:
    return values.map(lambda name: s.Word(name, NOWHERE))


def _canonical(sort: str) -> st.SearchStrategy[str]:
    return st.sampled_from(sorted(section(sort).spellings))


def paths() -> st.SearchStrategy[s.Path]:
    part = _canonical("fields") | names()
    return st.lists(part, min_size=2, max_size=4).map(lambda parts: s.Path(".".join(parts), NOWHERE))


def numbers() -> st.SearchStrategy[s.Number]:
    amount = st.decimals(0, 10**12, places=2) | st.integers(0, 10**12).map(Decimal)
    return st.builds(s.Number, amount, st.none() | _canonical("units"), st.just(NOWHERE))


def quoted() -> st.SearchStrategy[s.Quoted]:
    return texts().map(lambda text: s.Quoted(text, NOWHERE))


def values() -> st.SearchStrategy[s.Operand]:
    truth = st.booleans().map(lambda value: s.Truth(value, NOWHERE))
    return word(_canonical("choices") | names()) | paths() | numbers() | quoted() | truth


def subjects() -> st.SearchStrategy[s.Operand]:
    return word(_canonical("attributes") | _canonical("parameters") | names()) | paths()


def mentions() -> st.SearchStrategy[s.Mention]:
    def of(fact: str) -> st.SearchStrategy[s.Mention]:
        kind = st.none() | st.sampled_from(sorted(FACT_TYPES[fact].kinds)) if FACT_TYPES[fact].kinds else st.none()
        return kind.map(lambda k: s.Mention(s.Word(fact, NOWHERE), s.Word(k, NOWHERE) if k else None, NOWHERE))

    return st.sampled_from(sorted(FACT_TYPES)).flatmap(of)


@st.composite
def filters(draw: st.DrawFn) -> tuple[s.Filter, ...]:
    return draw(_filters())


@cache
def _filters() -> st.SearchStrategy[tuple[s.Filter, ...]]:
    name = word((_canonical("parameters") | names()).filter(lambda n: n != "from"))
    tests = st.builds(s.Filter, name, comparisons(), bare(), st.just(NOWHERE))
    same = st.builds(s.Filter, name, st.just("same"), st.none(), st.just(NOWHERE))
    sides = word(_canonical("choices")).map(lambda side: s.Filter(s.Word("from", NOWHERE), "is", side, NOWHERE))
    some = st.lists(values(), min_size=1, max_size=2).map(tuple)
    several = st.builds(s.Filter, name, st.just("one_of"), st.none(), st.just(NOWHERE), some)
    stated = st.builds(s.Filter, name, st.sampled_from(["is_present", "is_missing"]), st.none(), st.just(NOWHERE))
    return st.lists(tests | same | sides | several | stated, max_size=2).map(tuple)


@st.composite
def happenings(draw: st.DrawFn) -> s.Happening:
    """Actions and events, without the words that say when."""
    return draw(_happenings())


@cache
def _happenings() -> st.SearchStrategy[s.Happening]:
    nowhere = st.just(NOWHERE)
    action = st.builds(s.Happening, st.just("action"), word(_canonical("actions")), filters(), nowhere)
    event = st.builds(s.Happening, st.just("event"), word(_canonical("events")), filters(), nowhere)
    return action | event | several(action, "actions") | several(event, "events")


def several(one: st.SearchStrategy[s.Happening], sort: str) -> st.SearchStrategy[s.Happening]:
    """Any of a few names, without `message`, which has a keyword of its own."""
    names = st.lists(word(_canonical(sort).filter(lambda name: name != "message")), min_size=1, max_size=2).map(tuple)
    return st.builds(lambda h, named: replace(h, name=named[0], others=(*named[1:], named[0])), one, names)


@st.composite
def occurrences(draw: st.DrawFn) -> s.Happening:
    """Actions and events with everything that can stand behind them."""
    return draw(_occurrences())


@cache
def _occurrences() -> st.SearchStrategy[s.Happening]:
    scope = st.sampled_from(["", "happened", "in_all"])
    timed = st.builds(
        lambda h, when, within, since: replace(h, scope=when, within=within, since=since),
        happenings(), scope, bare(), st.none() | bare(),
    )  # fmt: skip
    parted = st.builds(lambda h, when, last: replace(h, scope=when, since_last=last), happenings(), scope, happenings())
    scoped = st.builds(lambda h, when: replace(h, scope=when), happenings(), scope)
    return scoped | timed | parted


@st.composite
def countables(draw: st.DrawFn) -> s.Counted:
    return draw(_countables())


@cache
def _countables() -> st.SearchStrategy[s.Counted]:
    return mentions() | occurrences() | st.builds(s.Records, paths(), filters(), st.just(NOWHERE))


@st.composite
def bare(draw: st.DrawFn) -> s.Operand:
    """Values behind which the sentence can go on."""
    return draw(_bare())


@cache
def _bare() -> st.SearchStrategy[s.Operand]:
    return values() | calculations(values())


def calculations(inner: st.SearchStrategy[s.Operand]) -> st.SearchStrategy[s.Arithmetic]:
    def of(signs: list[str]) -> st.SearchStrategy[s.Arithmetic]:
        rest = st.lists(st.tuples(st.sampled_from(signs), inner), min_size=1, max_size=3).map(tuple)
        return st.builds(s.Arithmetic, inner, rest, st.just(NOWHERE))

    return of(["plus", "minus"]) | of(["times"])


@st.composite
def operands(draw: st.DrawFn) -> s.Operand:
    """Values, and everything that is worked out."""
    return draw(_operands())


@cache
def _operands() -> st.SearchStrategy[s.Operand]:
    nowhere = st.just(NOWHERE)
    records = st.builds(s.Records, paths(), filters(), nowhere)

    def worked_out(inner: st.SearchStrategy[s.Operand]) -> st.SearchStrategy[s.Operand]:
        return st.one_of(
            calculations(inner),
            st.builds(s.Lookup, paths(), inner, nowhere),
            st.builds(s.Weekday, inner, nowhere),
        )

    totals = st.one_of(
        st.builds(s.Total, word(_canonical("attributes") | names()), countables(), nowhere),
        st.builds(s.Total, st.none(), records, nowhere),
        st.builds(s.NumberOf, countables(), nowhere),
    )
    return values() | st.recursive(values() | totals, worked_out, max_leaves=4)


def comparisons() -> st.SearchStrategy[s.Comparison]:
    return st.sampled_from(get_args(s.Comparison))


@st.composite
def atoms(draw: st.DrawFn) -> s.Condition:
    return draw(_atoms())


@cache
def _atoms() -> st.SearchStrategy[s.Condition]:
    nowhere = st.just(NOWHERE)
    return st.one_of(
        st.builds(s.Compare, subjects() | operands(), comparisons(), operands(), nowhere),
        st.builds(s.Order, occurrences(), st.sampled_from(["before", "after"]), occurrences(), nowhere),
        st.builds(s.OneOf, subjects(), st.lists(values(), min_size=1, max_size=3).map(tuple), nowhere),
        st.builds(s.Presence, subjects(), st.booleans(), nowhere),
        st.builds(s.Holds, paths(), nowhere),
        st.builds(s.ApprovedBy, word(names()), nowhere),
        st.builds(
            s.Count, st.sampled_from(["at_most", "at_least", "exactly"]), st.integers(0, 10**6), countables(), nowhere
        ),
        mentions(),
        occurrences(),
    )  # fmt: skip


def conditions(leaves: int = 8) -> st.SearchStrategy[s.Condition]:
    """Boolean expressions; what `and` joins is joined once, as the parser does it."""

    def joined(inner: st.SearchStrategy[s.Condition]) -> st.SearchStrategy[s.Condition]:
        several = st.lists(inner, min_size=2, max_size=4).map(tuple)
        return st.one_of(
            several.map(lambda parts: s.AllOf(parts, NOWHERE)),
            several.map(lambda parts: s.AnyOf(parts, NOWHERE)),
            inner.map(lambda part: s.Not(part, NOWHERE)),
        )

    return st.recursive(atoms(), joined, max_leaves=leaves)


def examples() -> st.SearchStrategy[s.Example]:
    fields = st.builds(s.GivenField, paths(), st.lists(values(), min_size=1, max_size=3).map(tuple), st.just(NOWHERE))
    # `percent` is a unit too, so that only a number makes it a parameter.
    # `from` is a keyword there: it says who a message is from.
    unlike = _canonical("parameters").filter(lambda name: name != "from" and section("units").find(name) is None)
    parameter = st.tuples(word(unlike), values()) | st.tuples(word(st.just("percent")), numbers())
    parameters = st.lists(parameter, max_size=3).map(tuple)
    planned = st.builds(s.GivenAction, word(_canonical("actions")), parameters, st.just(NOWHERE))
    name = word(_canonical("actions") | _canonical("events"))
    happened = st.builds(s.GivenHistory, name, parameters, st.just(NOWHERE))
    nothing = st.just(s.GivenHistory(None, (), NOWHERE))
    record = st.builds(s.GivenRecord, paths(), st.lists(parameter, min_size=1, max_size=3).map(tuple), st.just(NOWHERE))
    given = st.lists(fields | planned | happened | nothing | record, max_size=3).map(tuple)
    made = st.builds(s.Example, st.none() | quoted(), given, st.just(NOWHERE))
    return made.filter(lambda example: example.reply is not None or bool(example.given))


def comments() -> st.SearchStrategy[str]:
    text = st.text(alphabet="ab 退#\"/(", max_size=8).map(str.rstrip)
    # `##` directly above a rule is its page.
    return text.map(lambda t: f"# {t}".rstrip()).filter(lambda c: not c.startswith("##"))


def _commented(nodes: st.SearchStrategy[T]) -> st.SearchStrategy[tuple[T, tuple[str, ...], str]]:
    return st.tuples(nodes, st.lists(comments(), max_size=2).map(tuple), st.just("") | comments())


def clauses() -> st.SearchStrategy[s.Clause]:
    def of(keyword: str, value: st.SearchStrategy[object]) -> st.SearchStrategy[s.Clause]:
        return _commented(value).map(
            lambda c: s.Clause(keyword, c[0], NOWHERE, NOWHERE, c[1], c[2])  # type: ignore[arg-type]  # as the keyword wants
        )

    return st.one_of(
        of("category", word(names())),
        of("severity", word(st.sampled_from(["error", "warning", "advice"]))),
        of("clause", paths()),
        *(of(keyword, conditions(4)) for keyword in ("when", "forbid", "require", "where", "unless")),
        of("if_unknown", word(st.sampled_from(["pass", "fail", "ask"]))),
        *(of(keyword, quoted()) for keyword in ("because", "instead", "to_do")),
        *(of(keyword, examples()) for keyword in ("breaks", "keeps")),
    )


def rules() -> st.SearchStrategy[s.Rule]:
    page = st.lists(st.text(alphabet="ab 退款。", max_size=8).map(str.strip), max_size=3).map(tuple)
    made = st.tuples(_commented(word(names())), st.lists(clauses(), max_size=5).map(tuple), page)
    return made.map(lambda m: s.Rule(m[0][0], m[1], NOWHERE, m[2], m[0][1], m[0][2]))


def items() -> st.SearchStrategy[s.Item]:
    expressions = st.sampled_from([r"退.?款", r"a\/b", r"[0-9]+", r"(?:x|y) # z", r"\""])
    leaves: st.SearchStrategy[s.Item] = st.one_of(
        texts().map(lambda t: s.Words(t, NOWHERE)),
        _canonical("slots").map(lambda k: s.SlotItem(k, NOWHERE)),
        st.integers(1, 40).map(lambda n: s.GapItem(n, NOWHERE)) | st.just(s.GapItem(GAP_UNITS)),
        names().map(lambda n: s.PhraseItem(n, NOWHERE)),
        expressions.map(lambda e: s.ExpressionItem(e, NOWHERE)),
    )

    def wrapped(inner: st.SearchStrategy[s.Item]) -> st.SearchStrategy[s.Item]:
        option = st.lists(inner, min_size=1, max_size=3).map(_parted)
        choice = st.lists(option, min_size=1, max_size=3).map(lambda options: s.ChoiceItem(tuple(options), NOWHERE))
        return choice | inner.map(lambda item: s.MaybeItem(item, NOWHERE))

    return st.recursive(leaves, wrapped, max_leaves=5)


def _parted(items: Iterable[s.Item]) -> tuple[s.Item, ...]:
    """Items of which no text stands right behind another, which would be refused."""
    kept: list[s.Item] = []
    for item in items:
        kept += [s.GapItem(1, NOWHERE)] if kept and isinstance(kept[-1], s.Words) and isinstance(item, s.Words) else []
        kept.append(item)
    return tuple(kept)


def wordings() -> st.SearchStrategy[tuple[s.WordingLine, ...]]:
    line = _commented(st.lists(items(), min_size=1, max_size=4).map(_parted))
    # A comment above the first wording would stand above the whole statement.
    return st.lists(line, min_size=1, max_size=4).map(
        lambda lines: tuple(s.WordingLine(w, NOWHERE, above if n else (), "") for n, (w, above, _) in enumerate(lines))
    )


def statements() -> st.SearchStrategy[s.Statement]:
    above = st.lists(comments(), max_size=2).map(tuple)
    phrases = st.builds(s.Phrase, word(names()), wordings(), st.just(NOWHERE), above)
    readings = st.builds(s.Reading, mentions(), wordings(), st.booleans(), st.just(NOWHERE), above)
    return rules() | phrases | readings


def files() -> st.SearchStrategy[s.RuleFile]:
    """Whole files, with comments everywhere that the formatter keeps them."""
    after = st.lists(comments(), max_size=2).map(tuple)
    several = st.lists(statements(), max_size=4).map(tuple)
    return st.tuples(several, after).map(lambda f: s.RuleFile(Source("made.rules", ""), f[0], f[1]))


def soup() -> st.SearchStrategy[str]:
    """Words of the language in any order."""
    known = [w for sort in ("keywords", "facts", "attributes", "units", "actions", "choices", "slots")
             for w in section(sort).all_spellings()]  # fmt: skip
    known += [w for fact in FACT_TYPES for w in kinds(fact).all_spellings()]
    signs = ['"', '"x"', "「", "」", "「退款」", "“", "(", ")", "（", ",", "、", "…", "...", "<", "<money>", "/a/", "/",
             "#", "\n", "\n  ", "\n", "3", "１", "500 TWD", "10%", "review.rating", "評論.星等", "authority.", ".", "-",
             "\\", "\ufeff", "\u3000", "\x00", "\ud800", "\r\n", "{amount}", ":", "：", "😀", "é"]  # fmt: skip
    piece = st.sampled_from(known) | st.sampled_from(signs) | names()
    glue = st.sampled_from([" ", " ", " ", "", "\n", "\n  "])
    return st.lists(st.tuples(piece, glue), max_size=40).map(lambda parts: "".join(p + g for p, g in parts))
