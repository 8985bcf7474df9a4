"""Syntax → canonical text, with English or Chinese keywords; comments are kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from replylint.facts.wordings import GAP_UNITS
from replylint.language import syntax as s
from replylint.language.writing import ESCAPED, ConditionWriter, listed, quote
from replylint.source.messages import Lang
from replylint.source.names import section

WIDTH = 100
_KEYWORD_WIDTH = {"en": 8, "zh": 2}


def format_file(file: s.RuleFile, lang: Lang | None = None) -> str:
    """The file in canonical form; without `lang` its own keywords' language is kept."""
    writer = _Writer(lang or file.lang)
    blocks: list[list[str]] = []
    before: s.Statement | None = None
    for statement in file.statements:
        lines = list(writer.statement(statement))
        if before is not None and _belong_together(before, statement):
            blocks[-1] += lines
        else:
            blocks.append(lines)
        before = statement
    if file.comments:
        blocks.append(list(file.comments))
    return "\n\n".join("\n".join(block) for block in blocks) + "\n" if blocks else ""


def given_text(given: s.Given, lang: Lang = "en") -> str:
    """One `given` of an example, as it is written after the keyword."""
    return _Writer(lang).given(given)


def _belong_together(before: s.Statement, statement: s.Statement) -> bool:
    """Readings and phrases stand together as they were written; rules and what has a comment stand apart."""
    return not isinstance(statement, s.Rule) and not isinstance(before, s.Rule) and not statement.comments


class _Writer(ConditionWriter):
    """Writes statements with the names of one language."""

    def statement(self, node: s.Statement) -> Iterator[str]:
        yield from node.comments
        match node:
            case s.Rule():
                yield from self._rule(node)
            case s.Phrase(name, wordings):
                head = f"{self._kw('phrase')} {name.name} {self._kw('reads')}"
                yield from self._wordings(head, wordings, node.trailing)
            case s.Reading(fact, wordings, excludes):
                verb = self._kw("never_reads" if excludes else "also_reads")
                yield from self._wordings(f"{self._mention(fact)} {verb}", wordings, node.trailing)

    def _rule(self, rule: s.Rule) -> Iterator[str]:
        yield from (f"## {line}".rstrip() for line in rule.page)
        yield _beside(f"{self._kw('rule')} {rule.name.name}", rule.trailing)
        for clause in rule.clauses:
            yield from (f"  {c}" for c in clause.comments)
            first, *more = self._clause(clause)
            yield _beside(first, clause.trailing)
            yield from more

    def _clause(self, clause: s.Clause) -> Iterator[str]:
        keyword = self._kw(clause.keyword)
        head = "  " + keyword.ljust(_KEYWORD_WIDTH[self._lang]) + " "
        match clause.value:
            case s.Example(reply, given):
                yield (head + (quote(reply) if reply else "")).rstrip()
                for each in given:
                    yield f"    {self._kw('given')} {self.given(each)}"
            case s.Quoted():
                yield head + quote(clause.value)
            case s.Path():
                yield head + self._path(clause.value)
            case s.Word():
                yield head + self._clause_word(clause.keyword, clause.value)
            case condition:
                yield head + self.condition(condition)

    def _clause_word(self, keyword: str, word: s.Word) -> str:
        if keyword == "severity":
            return section("choices").spell(word.name, self._lang)
        if keyword == "if_unknown":
            return self._kw(word.name)
        return word.name

    def given(self, given: s.Given) -> str:
        if isinstance(given, s.GivenField):
            return f"{self._path(given.path)} {listed(self._operand(v) for v in given.values)}"
        if isinstance(given, s.GivenRecord):
            return " ".join([self._path(given.path), *self._parameters(given.parameters)])
        parts = [self._kw("action" if isinstance(given, s.GivenAction) else "history")]
        if given.name is None:
            return f"{self._kw('no')} {parts[0]}"
        planned = isinstance(given, s.GivenAction) or given.name.name in section("actions").spellings
        sort = "actions" if planned else "events"
        parts.append(section(sort).spell(given.name.name, self._lang))
        return " ".join([*parts, *self._parameters(given.parameters)])

    def _parameters(self, parameters: Iterable[tuple[s.Word, s.Operand]]) -> Iterator[str]:
        for name, value in parameters:
            yield f"{section('parameters').spell(name.name, self._lang)} {self._operand(value)}"

    def _wordings(self, head: str, lines: tuple[s.WordingLine, ...], trailing: str) -> Iterator[str]:
        """As many wordings on a line as fit; a wording with a comment begins a line of its own."""
        line = head
        yielded = False
        for index, wording in enumerate(lines):
            text = (f"{self._kw('or')} " if index else "") + self._items(wording.items)
            own_line = bool(wording.comments) or (index > 0 and bool(lines[index - 1].trailing))
            if index and (own_line or len(line) + len(text) + 1 > WIDTH):
                yield _beside(line, trailing if not yielded else "")
                yielded = True
                yield from (f"  {c}" for c in wording.comments)
                line = "  " + text
            else:
                line = f"{line} {text}"
            if wording.trailing:
                line = f"{line}  {wording.trailing}"
        yield _beside(line, trailing if not yielded else "")

    def _items(self, items: s.WordingItems) -> str:
        return " ".join(self._item(item) for item in items)

    def _item(self, item: s.Item) -> str:
        match item:
            case s.Words(value):
                return '"' + value.translate(ESCAPED) + '"'
            case s.SlotItem(kind):
                return f"<{section('slots').spell(kind, self._lang)}>"
            case s.GapItem(limit):
                return "…" if limit == GAP_UNITS else f"… {limit}"
            case s.PhraseItem(name):
                return name
            case s.ExpressionItem(pattern):
                return f"/{pattern}/"
            case s.ChoiceItem(options):
                return "(" + f" {self._kw('or')} ".join(self._items(o) for o in options) + ")"
            case s.MaybeItem(inner):
                return f"{self._kw('maybe')} {self._item(inner)}"
            case s.TogetherItem(absent):
                return self._kw("without" if absent else "along_with")


def _beside(line: str, comment: str) -> str:
    return f"{line}  {comment}" if comment else line
