"""Names that do not exist: what was most likely meant by them, or what there is instead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from replylint.facts.schema import FACT_TYPES
from replylint.language import syntax as s
from replylint.language.mistakes import slips
from replylint.language.mistakes.counts import count
from replylint.language.mistakes.numbers import behind_number
from replylint.language.mistakes.stop import WORD, Stop, line_at
from replylint.language.mistakes.wanted import COMPARISONS
from replylint.language.near import nearest, nearest_path, spaced
from replylint.language.unread import is_unread
from replylint.source.bilingual import script_of
from replylint.source.messages import Lang
from replylint.source.names import kinds, section
from replylint.source.problems import Problem, Said, Saying
from replylint.source.spans import Location, Source, Span

_LANGS: tuple[Lang, ...] = ("en", "zh")
# How many names a message lists before it says that there are more.
MOST_LISTED = 24

_NUMBER_BEFORE = re.compile(r"([0-9０-９]+)[ \t\u3000]*\Z")
_MOST_NUMBER = 20
# The role of an example, where an approval names none.
_SOMEBODY = "brand_manager"


def check_mention(mention: s.Mention, source: Source, problems: list[Problem], in_rule: bool = False) -> bool:
    """Whether the fact exists; tells what is wrong with its type or kind otherwise.

    in_rule: only what a reply says is then offered, for that is what rules are about.
    """
    fact_type, kind = mention.type, mention.kind
    if is_unread(mention, source):
        return False
    if fact_type.name not in FACT_TYPES:
        known = section("facts")
        names = [n for n in known.spellings if not in_rule or FACT_TYPES[n].side == "reply"]
        if slip := _keyword_in_one(fact_type, source) or slip_in(mention.span, source):
            problems.append(slip)
            return False
        if meant := _meant(mention, source):
            at = Location(source, mention.span)
            problems.append(Problem("language.unknown-fact-meant", at, {"words": at.words, "near": meant}))
            return False
        listed = [known.spell(name, lang) for name in names for lang in _LANGS]
        problems.append(unknown("fact", fact_type, source, known.all_spellings(), listed=listed))
        return False
    if kind is not None and kind.name not in FACT_TYPES[fact_type.name].kinds:
        problems.append(_unknown_kind(fact_type, kind, source))
        return False
    return True


def _keyword_in_one(word: s.Word, source: Source) -> Problem | None:
    """`approved_by`: a keyword whose words were joined."""
    near = word.written.replace("_", " ").replace("-", " ")
    if near == word.written or section("keywords").find(near) is None:
        return None
    return Problem("language.unexpected-near", Location(source, word.span), {"words": word.written, "near": near})


_SLIPS = (
    ("negated", "negation"), ("ranges", "range"), ("contains", "looks-for-words"), ("between", "no-joint"),
    ("negations", "negation"),
)  # fmt: skip


def slip_in(span: Span, source: Source) -> Problem | None:
    """Words in what was read as the name of a fact that show that something else was meant."""
    whole, first_word = Span(0, len(source.text)), WORD.match(source.text, span.start, span.end)
    word = Span(*first_word.span()) if first_word else span
    stop = Stop(source.text, whole, word, line_at(source.text, span.start), frozenset())
    if told := count(stop) or behind_number(stop):
        return Problem(told.key, Location(source, told.span), told.values)
    number = _NUMBER_BEFORE.search(source.text, max(0, span.start - _MOST_NUMBER), span.start)
    first = source.text[span.start : span.end].split()[0]
    if number and first.casefold() in slips.listed("unitless"):
        where = Location(source, Span(span.start, span.start + len(first)))
        return Problem("language.no-unit", where, {"words": first, "number": number[1]})
    if compared := slips.pattern("inside").search(source.text, span.start, span.end):
        meant = slips.meant("inside")[re.sub(r"\s+", " ", compared[0]).casefold()]
        if meant.upper() in COMPARISONS:
            values = {"words": compared[0], "near": slips.spelt("keywords", meant, compared[0])}
            return Problem("language.unexpected-near", Location(source, Span(*compared.span())), values)
    for part, key in _SLIPS:
        if found := slips.pattern(part).search(source.text, span.start, span.end):
            return Problem(f"language.{key}", Location(source, Span(*found.span())), {"words": found[0]})
    return None


def _meant(mention: s.Mention, source: Source) -> tuple[Said, ...]:
    """What a kind by itself, a kind before its fact, or the name of an action can be meant for: `promise of refund`."""
    written = mention.type.written
    lang = script_of(written)
    keyword = section("keywords").spell
    found = []
    for fact in FACT_TYPES:
        kind = kinds(fact).find(written)
        if kind and (mention.kind is None or section("facts").find(mention.kind.written) == fact):
            of = "" if lang == "zh" else f"{keyword('of', lang)} "
            found.append(f"{section('facts').spell(fact, lang)} {of}{kinds(fact).spell(kind, lang)}")
    if mention.kind is None and section("actions").find(written):
        found.append(f"{keyword('action', lang)} {written}")
    if not found:
        found += _inside(Location(source, mention.span).words.split(), lang)
    return tuple(Said("language.keyword", {"en": name, "zh": name}) for name in found)


def _inside(words: list[str], lang: Lang) -> Iterator[str]:
    """What some of the words mean: 「店長 核准」 an approval, 「任何 承諾」 a promise."""
    approves = [word for word in words if slips.meant("inside").get(word.casefold()) == "approved_by"]
    if approves:
        at = words.index(approves[0])
        beside = (*reversed(words[:at]), *reversed(words[at:]))
        role = next((word for word in beside if word not in (*approves, "經", "由")), _SOMEBODY)
        yield f"{section('keywords').spell('approved_by', lang)} {role}"
        return
    if lang == "zh" and (run_on := _approval_in_one("".join(words))):
        yield f"{section('keywords').spell('approved_by', lang)} {run_on}"
        return
    behind = (" ".join(words[at:]) for at in range(1, len(words)))
    yield from (rest for rest in behind if section("facts").find(rest))


def _approval_in_one(word: str) -> str | None:
    """Who approves in 「店長核准」, 「由店長同意」; None where it says nothing of an approval."""
    forms = [form for form, meant in slips.meant("inside").items() if meant == "approved_by" and not form.isascii()]
    found = next((form for form in sorted(forms, key=len, reverse=True) if word.endswith(form) and word != form), None)
    return word.removeprefix("由").removesuffix(found) or None if found else None


def _unknown_kind(fact_type: s.Word, kind: s.Word, source: Source) -> Problem:
    known = kinds(fact_type.name)
    if slips.pattern("positions").match(kind.written):
        return Problem("language.where-in-reply", Location(source, kind.span), {"fact": fact_type.written})
    if slip := slip_in(kind.span, source):
        return slip
    if not known.spellings:
        values = {"words": kind.written, "fact": fact_type.written}
        return Problem("language.no-kinds", Location(source, kind.span), values)
    if fact_type.name == "promise" and (meant := slips.meant("promises").get(kind.written.casefold())):
        near = known.spell(meant, script_of(kind.written))
        values = {"words": kind.written, "fact": fact_type.written, "near": near}
        return Problem("language.unknown-kind-near", Location(source, kind.span), values)
    return unknown("kind", kind, source, known.all_spellings(), known.first_spellings(), fact=fact_type.written)


def unknown(
    sort: str, word: s.Word | s.Path, source: Source, known: Iterable[str], listed: Iterable[str] = (), **values: Saying
) -> Problem:
    """A name that does not exist, with the nearest one that does, or with where to put spaces."""
    written = word.written or word.name
    place = Location(source, word.span)
    known = tuple(known)
    held = (name for name in known if sort in ("choice", "kind") and not name.isascii() and name in written)
    if part := max(held, key=len, default=None):
        return Problem(f"language.unknown-{sort}-near", place, {"words": written, "near": part, **values})
    if split := spaced(written):
        return Problem("language.missing-spaces", place, {"words": written, "suggestion": split})
    dotted = written.replace("．", ".")
    if near := _by_last_part(dotted, known) or nearest_path(dotted, known) or _near_last_part(dotted, known):
        return Problem(f"language.unknown-{sort}-near", place, {"words": written, "near": near, **values})
    shown = _beside(written, tuple(listed) or known)
    more = ("…",) if len(shown) > MOST_LISTED else ()
    offered = (*shown[:MOST_LISTED], *more)
    return Problem(f"language.unknown-{sort}", place, {"words": written, "known": offered, **values})


def _by_last_part(written: str, known: Sequence[str]) -> str | None:
    """`rating` → `review.rating`."""
    return min((k for k in known if k.endswith(f".{written}")), key=lambda k: k.count("."), default=None)


def _near_last_part(written: str, known: Sequence[str]) -> str | None:
    """`ratings` → `review.rating`, 「星級」 → 「評論.星等」."""
    near = nearest(written, {k.rpartition(".")[2] for k in known if "." in k}) if "." not in written else None
    return _by_last_part(near, known) if near else None


def _beside(written: str, known: Sequence[str]) -> Sequence[str]:
    """The names to offer: in the writer's language, and under the part of a dotted name that does exist."""
    same = [k for k in known if k.isascii() == written.isascii()] or known
    parts = written.split(".")
    for depth in range(len(parts) - 1, 0, -1):
        start = ".".join(parts[:depth]) + "."
        if under := [k for k in same if k.startswith(start) and k.count(".") == depth]:
            return under
    return same if len(parts) == 1 else [k for k in same if "." not in k] or same
