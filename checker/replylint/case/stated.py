"""Which fields a tree of plain values states, under which of their names, before their values are looked at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from replylint.case.actions import plans
from replylint.case.exports import EXPORT_NAMES, Export, entries_of, recognise
from replylint.case.fields import (
    ACTIONS,
    GROUPS,
    HISTORY,
    LABELS,
    REVIEW_WORDS,
    SPELLINGS,
    WAIVERS,
    Kind,
    names_within,
    nearest,
)
from replylint.case.languages import is_name
from replylint.case.tree import Tree
from replylint.source.names import section
from replylint.source.problems import Problem


@dataclass
class Found:
    """What a case states, while it is being read.

    entries: by the fields' names in rules, with the kind of each. ignored, more: what is of no field of ours, by name.
    """

    entries: dict[str, tuple[Kind, Tree]] = field(default_factory=dict)
    actions: Tree | None = None
    history: Tree | None = None
    waivers: Tree | None = None
    ignored: list[str] = field(default_factory=list)
    more: dict[str, Tree] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def exported(tree: Tree, export: Export) -> Found:
    """Every field of an entry of another tool's export, by its name in rules."""
    found = Found()
    for name, value in entries_of(tree, export).items():
        found.entries[name] = SPELLINGS[name].kind, value
    return found


def stated(tree: Tree, reviews: bool = False) -> Found:
    """Every field of a case in our own form, nested or flat, by its name in rules.

    reviews: whether what has no reply is a review, whose words may stand under a name of their own, such as `text`.
    """
    found = Found()
    own_words = _own_words(tree) if reviews else None
    headings = _by_headings(tree.value)
    for key, value in tree.value.items():
        name = "review.text" if key == own_words else headings.get(key) or _canonical(key)
        if name in LABELS:
            continue
        if name == ACTIONS:
            found.actions = tree.child(key)
        elif name == HISTORY:
            found.history = tree.child(key)
        elif name == WAIVERS:
            found.waivers = tree.child(key)
        elif name in GROUPS and isinstance(value, dict):
            group = tree.child(key)
            for inner in value:
                _state(found, f"{name}.{_usual(inner)}", group.child(inner), inner)
        else:
            _state(found, name, tree.child(key), key)
            if key in headings:
                found.more[key] = tree.child(key)  # it may be a field of the brand's own as well
    if "review.text" not in found.entries:
        found.problems.extend(_unread_words(found))
    return found


def _unread_words(found: Found) -> Iterable[Problem]:
    """Words that may be the review's, where none are known to be: a draft must not be cleared unread."""
    for name in found.ignored:
        words = found.more[name]
        if name.removeprefix("review.") in REVIEW_WORDS and isinstance(words.value, str) and words.value.strip():
            yield Problem("case.whose-words", words.key_where, {"name": name})


def wrong_names(columns: Tree, reviews: bool = False) -> Iterable[Problem]:
    """What is wrong with the names of a table's columns, which come as a mapping from each to itself."""
    return () if recognise(columns.value) else stated(columns, reviews).problems


def _by_headings(names: Iterable[str]) -> dict[str, str]:
    """The fields that are stated only under what tables call them, by those names; of several the most telling one."""
    names = tuple(names)
    stated_names = {SPELLINGS[name].name for name in map(_canonical, names) if name in SPELLINGS}
    known = section("headings").canonical
    ranked = sorted((list(known).index(usual), name) for name in names if (usual := _usual(name)) in known)
    found: dict[str, str] = {}
    for _, name in ranked:
        field_of = SPELLINGS[known[_usual(name)]]
        if _canonical(name) not in SPELLINGS and field_of.name not in stated_names:
            stated_names.add(field_of.name)
            found[name] = known[_usual(name)]
    return found


def _own_words(tree: Tree) -> str | None:
    """Under which name a review that stands alone has its words, where it has them under none of the usual."""
    stated_names = set(map(_canonical, tree.value))
    if stated_names & {"reply", "review", "review.text"}:
        return None
    usual = {_usual(key): key for key in tree.value}
    return next((usual[name] for name in REVIEW_WORDS if name in usual), None)


def _state(found: Found, name: str, tree: Tree, written: str) -> None:
    row = SPELLINGS.get(name)
    if row is None:
        _unknown(found, name, tree, written)
    elif tree.value is None and row.name != "review.text":
        return
    elif row.name in found.entries:
        found.problems.append(Problem("case.stated-twice", tree.key_where, {"name": written, "field": row.name}))
    else:
        found.entries[row.name] = row.kind, tree


def _unknown(found: Found, name: str, tree: Tree, written: str) -> None:
    """A name that no field has: a slip of the pen, or something of the user's own, which is left alone."""
    group, _, inner = name.rpartition(".")
    if not group and isinstance(tree.value, str) and _is_another_reply(written):
        found.problems.append(Problem("case.another-reply", tree.key_where, {"name": written}))
        return
    near, full = None, ""
    if written in EXPORT_NAMES:
        pass
    elif group and group not in GROUPS:
        near = _in_another_group(group, inner)
        full = near or ""
    else:
        near = nearest(inner, names_within(group or None)) or (_nearly_actions(inner) if plans(tree.value) else None)
        full = f"{group}.{near}" if group else str(near)
    if near is None or (full in SPELLINGS and SPELLINGS[full].name in found.entries):
        found.ignored.append(name)
        found.more[name] = tree
        return
    found.problems.append(Problem("case.field-near", tree.key_where, {"name": written, "near": near}))


def _in_another_group(group: str, inner: str) -> str | None:
    """The field in whose name the group is misspelt: `revieww.text`."""
    meant = nearest(group, tuple(sorted(GROUPS)))
    near = nearest(inner, names_within(meant)) if meant else None
    return f"{meant}.{near}" if near else None


def _nearly_actions(key: str) -> str | None:
    """The short name of planned actions that a column which holds some is a slip of: 動做."""
    names = (words for words, name in section("lists").canonical.items() if name == ACTIONS and len(words) == len(key))
    return next((n for n in names if sum(a != b for a, b in zip(n, key, strict=True)) == 1), None)


def _is_another_reply(key: str) -> bool:
    """Whether a key is the reply's by another name, or with something behind it: 「草稿」, `reply_en`, 「回覆二」."""
    if section("headings").canonical.get(_usual(key)) == "reply":
        return True
    names = ("reply", *(words for words, name in section("fields").canonical.items() if name == "reply"))
    behind = next((key[len(name) :].strip(" _-.()（）") for name in names if key.lower().startswith(name)), "")
    return behind.isnumeric() or (behind not in SPELLINGS and is_name(behind))


def is_of_draft(key: str) -> bool:
    """Whether a key at the top of a case tells one draft from another: its id, its review, what is planned."""
    name = _canonical(key)
    row = SPELLINGS.get(name)
    return name in ("review", ACTIONS) or (row is not None and (row.name == "id" or row.name.startswith("review.")))


def field_name(key: str) -> str:
    """The field that a key at the top of a case states, by its name in rules; the key itself when there is none."""
    row = SPELLINGS.get(_usual(key))
    return row.name if row else key


def _canonical(key: str) -> str:
    """A key at the top of a case as the table of fields has it, be it in another spelling."""
    return key if key in SPELLINGS else _usual(key)


def _usual(key: str) -> str:
    """A key as the table of fields spells it: `Posted At`, `posted-at` and 「發表時間」 are posted_at."""
    if key.isascii() and key.islower() and " " not in key and "-" not in key:
        return key
    plain = key.strip().lower().replace(" ", "_").replace("-", "_")
    if plain.isascii():
        return plain
    if (listed := section("lists").canonical.get(plain)) is not None:
        return listed
    names = section("fields").canonical
    return ".".join(names.get(part, part) for part in plain.replace("．", ".").split("."))


def states_draft(names: Iterable[str]) -> bool:
    """Whether fields of these names can hold a reply, or actions that are planned without one."""
    names = tuple(names)
    return states_reply(names) or any(_usual(name) == ACTIONS for name in names)


def states_reply(names: Iterable[str]) -> bool:
    """Whether fields of these names can hold a reply, be it under a name that is misspelt."""
    names = tuple(names)
    headings = _by_headings(names)
    rows = [SPELLINGS.get(headings.get(name) or _canonical(name)) for name in names]
    known = any(row is not None and row.name == "reply" for row in rows)
    return known or recognise(dict.fromkeys(names)) is not None or any(nearest(name, ("reply",)) for name in names)
