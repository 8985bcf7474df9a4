"""One rule on one case: findings, or what could not be decided."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from replylint.case.model import Action
from replylint.evaluate.answers import NO, YES, Answer, every, some, unknown
from replylint.evaluate.approvals import STATES
from replylint.evaluate.conditions import answer, waiting_for, wanted_roles
from replylint.evaluate.fill import fill, into_draft
from replylint.evaluate.looked_back import looked_back
from replylint.evaluate.model import Contact, Finding, Label, Undecided
from replylint.evaluate.reach import approvers
from replylint.evaluate.situation import Situation, Subject
from replylint.facts.model import Fact
from replylint.facts.names import FactName
from replylint.facts.schema import of_reply
from replylint.language import rules as r
from replylint.language.bound.walk import leaves, nodes
from replylint.source.bilingual import Bilingual
from replylint.source.problems import Problem

Outcome = Finding | Undecided

# More than a few places of the review beside a finding would hide it.
_MOST_REVIEW_LABELS = 3
_COMPLAINTS = frozenset({"allegation", "issue"})
# What a rule speaks of that is about taking up the review.
_TAKEN_UP = ("acknowledge", "reply.canned", "reply.particular", "reply.left_out", "review.issues")


def evaluate(rule: r.Rule, situation: Situation) -> Sequence[Outcome]:
    """What a rule says about a case: nothing when it is kept."""
    # Asked of every draft, and nearly always of what is kept: nothing is made for that.
    return [outcome for at, violated in _violations(rule, situation) for outcome in _outcome(rule, at, violated)]


def waiting(rule: r.Rule, situation: Situation) -> Iterator[tuple[Outcome, frozenset[str]]]:
    """What a rule says as long as an approval is missing, with the roles of which one could give it."""
    wanted = [*_approvals(rule.requirement), *_approvals(rule.unless)]
    for at, violated in _violations(rule, situation) if wanted else ():
        roles = frozenset[str]().union(*(wanted_roles(at, each) for each in wanted))
        if roles.isdisjoint(situation.approving):
            yield from ((outcome, roles) for outcome in _outcome(rule, at, violated))


def _violations(rule: r.Rule, situation: Situation) -> Sequence[tuple[Situation, Answer]]:
    """Whether a rule is broken by the draft, or by each thing that it forbids; nothing where it is kept."""
    if rule.verb == "require":
        violated = _violated(rule, situation, _unmet)
        return () if violated is NO else ((situation, violated),)
    # Most drafts say nothing of what most rules forbid: that is settled before any condition is looked at.
    each = map(situation.about, _subjects(rule, situation))
    return [(at, violated) for at in each if (violated := _violated(rule, at, _counts)) is not NO]


def _violated(rule: r.Rule, situation: Situation, wrong: Callable[[r.Rule, Situation], Answer]) -> Answer:
    """Whether a rule applies, what it says is wrong, and nothing excuses it; asked in turn, as most rules are kept."""
    applies = _answer(rule.when, situation) if rule.when else YES
    if applies.holds is False:
        return NO
    found = wrong(rule, situation)
    if found.holds is False:
        return NO
    return every((applies, found, _unexcused(rule, situation)))


def _approvals(condition: r.Condition | None) -> Iterator[r.Approved]:
    """The approvals that a condition asks for."""
    match condition:
        case r.Approved():
            yield condition
        case r.All(parts) | r.Any(parts):
            for part in parts:
                yield from _approvals(part)


def _answer(condition: r.Condition, situation: Situation) -> Answer:
    """Whether a condition holds, asked once of each draft or subject: rules share conditions (see `resolve`)."""
    key = (id(condition), id(situation.subject))
    held = situation.answers.get(key)
    if held is None:
        # The subject is kept with its answer, so that no other can come to have its identity.
        held = situation.answers[key] = (answer(condition, situation), situation.subject)
    return held[0]


def _subjects(rule: r.Rule, situation: Situation) -> Iterator[Subject]:
    for name in rule.subjects:
        yield from situation.facts(name) if isinstance(name, FactName) else situation.actions(name)


def _counts(rule: r.Rule, situation: Situation) -> Answer:
    return _answer(rule.where, situation) if rule.where else YES


def _unexcused(rule: r.Rule, situation: Situation) -> Answer:
    return ~_answer(rule.unless, situation) if rule.unless else YES


def _unmet(rule: r.Rule, situation: Situation) -> Answer:
    if isinstance(rule.requirement, r.Approved):
        # What is only waiting for somebody's word is for that person, and nothing that the drafter could mend.
        given = answer(rule.requirement, situation)
        return NO if given.holds else unknown(waiting_for(situation, rule.requirement))
    if rule.requirement is not None:
        unmet = ~_answer(rule.requirement, situation)
    else:
        unmet = ~some(_counts(rule, situation.about(subject)) for subject in _subjects(rule, situation))
    unread = situation.reply_elsewhere if unmet.holds else ()
    if unread and any(map(of_reply, nodes((rule.requirement, rule.subjects), FactName))):
        # What is asked for may be said where nobody here can read it.
        return unknown(Problem("evaluate.reply-in-other-language", None, {"words": unread[0].quote}))
    return unmet


def _outcome(rule: r.Rule, situation: Situation, violated: Answer) -> Iterator[Outcome]:
    if violated.holds is None and rule.if_unknown == "pass":
        return
    labels = tuple(_labels(rule, situation))
    message = fill(rule.because, situation) or Bilingual(rule.name)
    if violated.holds is None and rule.if_unknown in (None, "ask"):
        severity = rule.severity if rule.if_unknown is None else "error"
        yield Undecided(rule.name, rule.category, severity, message, labels, violated.missing)
        return
    yield Finding(
        rule.name, rule.category, rule.severity, message, into_draft(rule.instead, situation),
        fill(rule.to_do, situation), labels,
        missing=situation.subject is None and labels[0].where == situation.case.reply.location,
        approvers=_approvers(rule, situation),
    )  # fmt: skip


def _approvers(rule: r.Rule, situation: Situation) -> tuple[Contact, ...]:
    """Whose word would excuse it."""
    wanted = [*_approvals(rule.requirement), *_approvals(rule.unless)]
    roles = frozenset[str]().union(*(wanted_roles(situation, each) for each in wanted))
    return approvers(roles, situation) if roles.isdisjoint(situation.approving) else ()


def _labels(rule: r.Rule, situation: Situation) -> Iterator[Label]:
    case = situation.case
    subject = situation.subject
    if isinstance(subject, Fact):
        place = case.review if _is_review(subject, situation) and case.review else case.reply
        yield Label("draft", place.locate(subject.span))
        yield from (Label("history", where) for where in looked_back(rule, situation))
    elif isinstance(subject, Action):
        yield Label("draft", subject.where)
        yield from (Label("history", where) for where in looked_back(rule, situation))
    else:
        yield from _whole(rule, situation)
    yield Label("rule", rule.verb_at)
    if rule.clause:
        yield Label("contract", rule.clause[1])


def _whole(rule: r.Rule, situation: Situation) -> Iterator[Label]:
    """The places of a finding about the draft as a whole: where what the rule speaks of stands, else the reply."""
    others, case = situation.others, situation.case
    if others.repeats is not None and _speaks_of(rule.requirement, "reply.similar_to"):
        yield Label("draft", case.reply.location)
        yield Label("earlier", others.repeats.where)
        yield from _review(situation, _COMPLAINTS)
    elif others.review is not None and others.review_at and _speaks_of(rule.requirement, "review.other_draft"):
        yield Label("draft", others.review_at)
        yield Label("other", others.review.where)
    elif others.order is not None and others.order_at and _speaks_of(rule.requirement, "refund.other_draft"):
        yield Label("draft", others.order_at)
        yield Label("other", others.order.where)
    elif case.approvals and (spoken := [
        a for state in STATES if _speaks_of(rule.requirement, f"approvals.{state}")
        for a in situation.approvals_that_are(state)
    ]):  # fmt: skip
        yield from (Label("draft", approval.where) for approval in spoken)
    elif spoken_of := [fact for name in _asked_for(rule.when) for fact in situation.facts(name)]:
        place = case.review if _is_review(spoken_of[0], situation) and case.review else case.reply
        yield from (Label("draft", place.locate(fact.span)) for fact in spoken_of)
    elif past := looked_back(rule, situation):
        yield from (Label("draft" if where is past[0] else "history", where) for where in past)
    elif case.wordless:
        yield Label("draft", case.actions[0].where)
    elif not case.reply.text and case.review is not None:
        yield Label("review", case.review.location)
    else:
        yield Label("draft", case.reply.location)
        yield from _review(situation, _about_the_review(rule))


def _asked_for(condition: r.Condition | None) -> Iterator[FactName]:
    """The facts that have to be there for a condition to hold."""
    match condition:
        case r.HasFact(fact):
            yield fact
        case r.All(parts):
            for part in parts:
                yield from _asked_for(part)


def _speaks_of(condition: r.Condition | None, path: str) -> bool:
    """Whether a condition is about a field, named by its path, or about a type of facts."""
    return any(_subject(leaf) == path for leaf in leaves(condition))


def _subject(leaf: r.Condition) -> str | None:
    match leaf:
        case (
            r.Comparison(r.FieldRef(_, field))
            | r.Membership(r.FieldRef(_, field))
            | r.Stated(r.FieldRef(_, field))
            | r.IsTrue(r.FieldRef(_, field))
        ):
            return field
        case r.HasFact(fact):
            return fact.type
    return None


def _is_review(fact: Fact, situation: Situation) -> bool:
    return any(fact is other for other in situation.reading.review_facts)


def _about_the_review(rule: r.Rule) -> frozenset[str]:
    """The types of facts in the review that a rule is about: what the customer would show to say "but I wrote this"."""
    required = {name.type for name in rule.subjects if isinstance(name, FactName)}
    if "acknowledge" in required or any(_speaks_of(rule.requirement, what) for what in _TAKEN_UP):
        return _COMPLAINTS
    severe = ("review.severity", "review.allegations", "review.escalated")
    if any(_speaks_of(part, path) for part in (rule.when, rule.requirement) for path in severe):
        return frozenset({"allegation"})
    return frozenset()


def _review(situation: Situation, types: frozenset[str]) -> Sequence[Label]:
    """What the review says of these types, for a reply that lacks something."""
    review = situation.case.review
    if review is None or not types:
        return ()
    # Several facts can rest on the same words.
    spans = dict.fromkeys(f.span for f in situation.reading.review_facts if f.type in types)
    return [Label("review", review.locate(span)) for span in islice(spans, _MOST_REVIEW_LABELS)]
