"""Tables of names for the docs, from the one table that the language reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from replylint.case.exports import BUSINESS_PROFILE, PLAY_CONSOLE, PLAY_SCRAPER, PLAY_SCRAPER_JS
from replylint.case.fields import COMPUTED, FIELDS, SEVERITIES, SPELLINGS, Kind
from replylint.case.schemas import built_in, events, shared
from replylint.facts.schema import FACT_TYPES
from replylint.language.scope import field_types
from replylint.source.messages import say
from replylint.source.names import kinds, section
from replylint.source.resources import grammar_table

_PLAIN = ("keywords", "slots", "units", "choices", "actions", "events", "attributes")

# What the checker works out by itself; a field without a line here fails the making of the docs.
_WORKED_OUT = {
    "actions": "names of the planned actions",
    "now": "the moment of the check",
    "history": "names of what happened so far, in the order of the file",
    "drafter.new": "whether the drafter is new by the contract's `approvals.new_agents`",
    "approvals.edited": "who approved another text, or other actions, than stand here",
    "approvals.expired": "whose approval holds no longer, or not yet",
    "approvals.self": "the drafter, who approved the own draft",
    "approvals.unentitled": "who approved in a role that approves nothing in the contract",
    "approvals.unbound": "whose approval does not say who approved what, and when",
    "reply.length": "characters of the reply",
    "reply.text": "the drafted public reply",
    "reply.canned": "whether the reply would fit almost any review",
    "reply.left_out": "which complaints of the review, by their kinds, the reply takes up nowhere",
    "review.particular": "whether the review tells something that a reply can take up, beyond how good or bad it was",
    "reply.particular": "whether the reply says what not any business would say, of no other issue than the review's",
    "reply.same_language": "whether the reply, or part of it, is in the language of the review, Chinese or English",
    "reply.suspicious": "whether the reply hides words: split, look-alike letters, invisible characters",
    "reply.similar_to": "the earlier draft of the same run that the reply nearly repeats",
    "review.other_draft": "another draft of the same run for the same review",
    "refund.other_draft": "another draft of the same run that plans a refund for the same order, or a second refund",
    "review.text": "the review's words",
    "review.severity": "as the file states it, else by the contract's definitions and the review's words",
    "review.severity_found": "the severity by the contract's definitions, whatever the file states",
    "review.severity_lowered": "whether the file states a lower severity than the definitions give",
    "review.unanswered": "whether nobody has answered the review, or not since it was opened again, or drafted a reply",
    "review.overdue": "whether the first reply, or the next update of a case that was opened again, comes or came "
    "later than the contract allows",
    "review.escalated": "whether the case goes up with the reply, or went up, to whom the contract names; "
    "without `to`, it goes to them",
    "review.escalates_to": "the roles to whom the contract lets a case of this severity go up",
    "review.escalated_late": "whether it goes up, or went up, later than the contract's `escalate` allows",
    "review.emergencies": "the emergencies of the contract that bind the draft: declared there, made by its review, "
    "or by the reviews of the run",
    "review.paused": "whether replies wait in one of these",
    "review.paused_until": "until when, where that is known",
    "review.speakers": "the roles who alone speak in public meanwhile",
    "review.other_language": "whether part of the review is in neither Chinese nor English, and so not read",
    "review.issues": "what the review complains about or praises",
    "review.allegations": "the serious things that the review alleges",
}

# How a file states a value of each kind.
_WRITTEN: Mapping[Kind, str] = {
    "text": "text, as long as it needs to be",
    "name": "a word or a line",
    "rating": "`2`, `2/5`, `★★☆☆☆`, 「兩顆星」, `TWO`",
    "moment": "`2026-11-18T22:15+08:00`, `2026/11/18 22:15`, "
    "「2026年11月18日 下午10點15分」, 「民國115年11月18日」, seconds since 1970",
    "moment_if_told": "a moment; words such as 「3 天前」 tell none and are left out",
    "severity": ", ".join(f"`{name}`" for name in SEVERITIES),
    "approvals": "roles of the contract; see below",
    "count": "`1200` or `1,200`",
    "yesno": "`yes` or `no`, 「是」 or 「否」",
    "language": "a tag or a name: `zh-Hant`, `en`, 「繁體中文」, `Japanese`",
}

_WRITTEN_PARAMETERS = {
    "money": "`TWD 300`, `NT$300`, `300 元`, `300`",
    "percent": "what is taken off or given back: `10%`, `10`, or 「9折」",
    "datetime": "a date and time",
    "texts": "a text or a list of them",
    "text": "a text",
    "choice": "`customer` or `brand`",
    "duration": "`3 business days`, `24 hours`",
    "count": "a number",
    "code": "`TWD`, `NT$`, `元`",
}

_EXPORTS = {
    "Google Business Profile, reviews of the API": BUSINESS_PROFILE,
    "Google Play Console, monthly reviews report": PLAY_CONSOLE,
    "`google-play-scraper`, Python": PLAY_SCRAPER,
    "`google-play-scraper`, JavaScript": PLAY_SCRAPER_JS,
}


def names_table(name: str) -> str:
    """A table as Markdown: one of TABLES, in which `-zh` stands for the Chinese page."""
    rows = TABLES[name]()
    head, *body = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([head, "|" + "---|" * (head.count(" | ") + 1), *body])


def _plain(name: str) -> Iterator[tuple[str, ...]]:
    yield "English", "Chinese"
    for forms in section(name).spellings.values():
        yield _code((*forms["en"], *forms["symbol"])), _code(forms["zh"])


def _facts() -> Iterator[tuple[str, ...]]:
    yield "fact", "kinds", "事實", "種類", "attributes"
    for name, fact in FACT_TYPES.items():
        if fact.side == "cue":
            continue
        own = section("facts").spellings[name]
        some = [kinds(name).spellings[kind] for kind in fact.kinds]
        attributes = {a: None for meaning in fact.meanings.values() for a in meaning.attributes}
        names = [column for lang in ("en", "zh") for column in (own[lang][:1], [k[lang][0] for k in some])]
        yield (
            *(_code(column) for column in names),
            _code(a for a in attributes if a not in ("certainty", "words")),
        )


def _cues() -> Iterator[tuple[str, ...]]:
    yield "English", "Chinese"
    for forms in kinds("cue").spellings.values():
        yield _code(forms["en"]), _code(forms["zh"])


def _fields() -> Iterator[tuple[str, ...]]:
    about = {row.name: row.about for row in reversed(FIELDS)}
    yield "field", "欄位", "type", "what it is"
    for name, kind in field_types().items():
        yield f"`{name}`", f"`{_in_chinese(name)}`", kind, _WORKED_OUT[name] if name in COMPUTED else about[name]


def _about_zh() -> Mapping[str, str]:
    about: Mapping[str, str] = _beside("fields.zh.yml")
    unknown = about.keys() - field_types().keys()
    assert not unknown, f"fields.zh.yml tells of fields that do not exist: {sorted(unknown)}"
    return about


def _beside(name: str) -> Any:
    return yaml.safe_load((Path(__file__).parent / name).read_text(encoding="utf-8"))


def _fields_zh() -> Iterator[tuple[str, ...]]:
    about = _about_zh()
    yield "欄位", "英文", "類型", "說明"
    for name, kind in field_types().items():
        yield f"`{_in_chinese(name)}`", f"`{name}`", say(f"language.type-{kind}", "zh"), about[name]


def _in_chinese(path: str) -> str:
    return ".".join(section("fields").spell(part, "zh") for part in path.split("."))


def _parameters() -> Iterator[tuple[str, ...]]:
    yield "parameter", "參數", "type"
    for name, kind in _types().items():
        yield f"`{name}`", f"`{section('parameters').spell(name, 'zh')}`", kind


def _drafts() -> Iterator[tuple[str, ...]]:
    yield "field", "欄位", "how it is written", "what it is"
    for row in FIELDS:
        written = section("fields")
        chinese = (".".join(written.spell(part, "zh") for part in row.spellings[0].split(".")),)
        known = all(part in written.spellings for part in row.spellings[0].split("."))
        yield _code(row.spellings), _code(chinese) if known else "", _WRITTEN[row.kind], row.about


def _drafts_zh() -> Iterator[tuple[str, ...]]:
    about, written = _about_zh(), _beside("drafts.zh.yml")["fields"]
    yield "欄位", "英文", "怎麼寫", "說明"
    for row in FIELDS:
        if all(part in section("fields").spellings for part in row.spellings[0].split(".")):
            name = f"`{_in_chinese(row.spellings[0])}`"
            yield name, _code(row.spellings), written[row.kind], about[row.name]


def _planned() -> Iterator[tuple[str, ...]]:
    yield "action", "動作", "a value right behind it is its", "other parameters"
    for name, schema in built_in().items():
        forms = section("actions").spellings[name]
        others = [p for p in schema.parameters if p != schema.main and p not in shared()]
        yield _code(forms["en"]), _code(forms["zh"]), _code([schema.main] if schema.main else []), _code(others)


def _planned_zh() -> Iterator[tuple[str, ...]]:
    yield "動作", "英文", "名稱後面直接寫的是", "其他參數"
    for name, schema in built_in().items():
        forms = section("actions").spellings[name]
        others = [_parameter_zh(p) for p in schema.parameters if p != schema.main and p not in shared()]
        main = [_parameter_zh(schema.main)] if schema.main else []
        yield _code(forms["zh"]), _code(forms["en"]), _code(main), _code(others)


def _parameter_zh(name: str) -> str:
    return section("parameters").spell(name, "zh")


def _types() -> Mapping[str, str]:
    """The parameters of the built-in actions and of events, each with its one type."""
    schemas = (*built_in().values(), *events().values())
    return {name: kind for schema in schemas for name, kind in schema.parameters.items()}


def _stated_with_actions() -> Iterator[tuple[str, ...]]:
    yield "parameter", "參數", "how it is written"
    kinds_of = {"currency": "code", **_types()}
    for name, forms in section("parameters").spellings.items():
        if name in kinds_of:
            yield _code(dict.fromkeys((name, *forms["en"]))), _code(forms["zh"]), _WRITTEN_PARAMETERS[kinds_of[name]]


def _stated_with_actions_zh() -> Iterator[tuple[str, ...]]:
    written = _beside("drafts.zh.yml")["parameters"]
    yield "參數", "英文", "怎麼寫"
    kinds_of = {"currency": "code", **_types()}
    for name, forms in section("parameters").spellings.items():
        if name in kinds_of:
            yield _code(forms["zh"]), _code(dict.fromkeys((name, *forms["en"]))), written[kinds_of[name]]


def _headings() -> Iterator[tuple[str, ...]]:
    yield "field", "also called", "也可以叫做"
    for name, row in grammar_table("names.yml")["headings"].items():
        yield _code([SPELLINGS[name].name]), _code(row["en"]), _code(row["zh"])


def _exports() -> Iterator[tuple[str, ...]]:
    yield "export", "known by its fields", "what is read"
    for name, export in _EXPORTS.items():
        marks = " or ".join(_code(sorted(mark)) for mark in export.marks)
        yield name, marks, ", ".join(f"`{path}` as {field}" for path, field in export.paths.items())


def _code(names: Iterable[str]) -> str:
    return " ".join(f"`{name}`" for name in names).replace("|", "\\|")


TABLES: Mapping[str, Callable[[], Iterator[tuple[str, ...]]]] = {
    "drafts": _drafts, "planned": _planned, "stated": _stated_with_actions, "exports": _exports, "headings": _headings,
    "drafts-zh": _drafts_zh, "planned-zh": _planned_zh, "stated-zh": _stated_with_actions_zh,
    "facts": _facts, "fields": _fields, "fields-zh": _fields_zh, "parameters": _parameters, "cues": _cues,
    **{name: partial(_plain, name) for name in _PLAIN},
}  # fmt: skip
