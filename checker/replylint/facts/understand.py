"""From mentions to what is said: `never reads` takes away, context decides, overlapping mentions become one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence

from replylint.facts.context import Context, Surroundings
from replylint.facts.cues import Cue
from replylint.facts.hits import Mention
from replylint.facts.implied import implied
from replylint.facts.layout import Layout
from replylint.facts.matcher import NEVER, Matcher
from replylint.facts.names import FactName
from replylint.facts.said import Mood, Said, Thing, Understood
from replylint.facts.schema import meaning_of
from replylint.source.spans import Span
from replylint.text.model import Text

_PLEASED = "pleased"
_MOODS = (_PLEASED, "displeased")
_BESIDES = frozenset({"generic", "thing", "subject", "terms", "letter", "verdict", "arrival", "house", *_MOODS})
_TOLD_TO = frozenset({"instruction", "customer"})


def understand(matcher: Matcher, sentence: Text, mentions: Iterable[Mention]) -> Understood:
    """What a sentence says; all offsets count from its beginning."""
    layout = Layout(sentence)
    read, excluded = _sorted_out(matcher, mentions)
    allowed = {name: _allowed(found, name, excluded) for name, found in read.items()}
    cues, besides = _cues(allowed)
    surroundings = Surroundings(layout, cues)
    said = [
        Said(name, mention, context, layout.clause_of(mention.start))
        for name, found in allowed.items()
        if name.type != "cue"
        for mention, context in _judged(name, found, surroundings)
    ]
    said += _besides(said)
    said.sort(key=lambda s: (s.mention.start, s.mention.end, s.mention.wording))
    spans = {kind: tuple([mention.span for mention in there]) for kind, there in besides.items()}
    arrivals = spans.get("arrival", ())
    return Understood(
        tuple(said),
        tuple(sorted(spans.get("generic", ()))),
        tuple(implied(cues)),
        tuple(sorted(Thing(m.wording, m.start, m.end) for m in besides.get("thing", ()))),
        spans.get("subject", ()),
        (*spans.get("terms", ()), *_of_the_customer(cues, said, arrivals, layout)),
        spans.get("letter", ()),
        _moods(matcher, [mention for kind in _MOODS for mention in besides.get(kind, ())]),
        spans.get("verdict", ()),
        arrivals,
        spans.get("house", ()),
    )


def _cues(allowed: Mapping[FactName, list[Mention]]) -> tuple[list[Cue], Mapping[str | None, list[Mention]]]:
    """The cues by which mentions are judged; and by kind, what else is told of in sentences, see Understood."""
    cues: list[Cue] = []
    besides: dict[str | None, list[Mention]] = {}
    for name, found in allowed.items():
        if name.type == "cue" and name.kind in _BESIDES:
            besides[name.kind] = found
        elif name.type == "cue":
            cues += [Cue(name.kind or "", m.start, m.end) for m in _longest(found)]
    return cues, besides


def _moods(matcher: Matcher, found: list[Mention]) -> tuple[Mood, ...]:
    return tuple(Mood(matcher.names[m.wording].kind == _PLEASED, m.start, m.end) for m in _longest(found))


def _of_the_customer(
    cues: Sequence[Cue], said: Sequence[Said], arrivals: Sequence[Span], layout: Layout
) -> Iterator[Span]:
    """What the customer is told to do in clauses that promise nothing: 請於三天內提供帳號."""
    if not any(cue.kind in _TOLD_TO for cue in cues):
        return
    taken = {s.clause for s in said if meaning_of(s.name).carries}
    taken |= {layout.clause_of(arrival.start) for arrival in arrivals}
    for cue in cues:
        clause = layout.clause_of(cue.start)
        if cue.kind in _TOLD_TO and clause not in taken and layout.text.clauses:
            yield Span(cue.start, layout.text.clauses[clause].end)


def _sorted_out(
    matcher: Matcher, mentions: Iterable[Mention]
) -> tuple[dict[FactName, list[Mention]], dict[FactName, list[Mention]]]:
    read: dict[FactName, list[Mention]] = {}
    excluded: dict[FactName, list[Mention]] = {}
    for mention in mentions:
        table = excluded if matcher.marks[mention.wording] & NEVER else read
        table.setdefault(matcher.names[mention.wording], []).append(mention)
    return read, excluded


def _judged(
    name: FactName, mentions: Sequence[Mention], surroundings: Surroundings
) -> list[tuple[Mention, Context]]:
    meaning = meaning_of(name)
    judged = {m: c for m in mentions if (c := surroundings.judge(m, meaning.cancels, meaning.offered)) is not None}
    return [(mention, judged[mention]) for mention in _longest(list(judged))]


def _besides(said: Sequence[Said]) -> list[Said]:
    """What else is said with what is said, unless it was read from these words already."""
    found = []
    for each in said:
        also, mention = meaning_of(each.name).also, each.mention
        if also is not None and not any(
            s.name == also and s.mention.start < mention.end and mention.start < s.mention.end for s in said
        ):
            found.append(each._replace(name=also))
    return found


def _allowed(
    mentions: list[Mention], name: FactName, excluded: dict[FactName, list[Mention]]
) -> list[Mention]:
    """The mentions that no `never reads` wording of the same fact, or of its whole type, takes away."""
    if not excluded:
        return mentions
    against = excluded.get(name, [])
    if name.kind is not None:
        against = against + excluded.get(FactName(name.type), [])
    if not against:
        return mentions
    against = sorted(against, key=lambda m: m.start)
    starts = [m.start for m in against]
    longest = max(m.end - m.start for m in against)
    kept = []
    for mention in mentions:
        near = against[bisect_left(starts, mention.start - longest) : bisect_left(starts, mention.end)]
        if not any(_takes_away(never, mention) for never in near):
            kept.append(mention)
    return kept


def _takes_away(never: Mention, mention: Mention) -> bool:
    """Whether `never` covers words of the mention and the mention's words do not cover more."""
    return any(
        never.start < end and start < never.end and not _more(start, end, never)
        for start, end in mention.solids()
    )


def _more(start: int, end: int, never: Mention) -> bool:
    return start <= never.start and never.end <= end and end - start > never.end - never.start


def _longest(mentions: list[Mention]) -> list[Mention]:
    """Of overlapping mentions the longest, of equally long ones the first."""
    if len(mentions) < 2:
        return mentions
    kept: list[Mention] = []
    starts: list[int] = []
    for mention in sorted(mentions, key=lambda m: (m.start - m.end, m.start, m.wording)):
        at = bisect_left(starts, mention.start)
        free_before = at == 0 or kept[at - 1].end <= mention.start
        if free_before and (at == len(kept) or mention.end <= starts[at]):
            kept.insert(at, mention)
            starts.insert(at, mention.start)
    return kept
