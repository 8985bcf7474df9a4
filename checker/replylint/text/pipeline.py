"""Reading a text, and its spaCy `Doc` for those who bring their own spaCy components.

The only module that imports spaCy, and only when a `Doc` is asked for: the import alone costs half a second, and a
check without own components needs none of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from replylint.source.spans import Span
from replylint.text.characters import classes
from replylint.text.fold import fold
from replylint.text.model import Text, UnknownComponentError
from replylint.text.segment import language, sentences_and_clauses, units, words

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

SPANS = "replylint"  # the key in `doc.spans` under which own components leave what they found
TOKENIZER = "replylint.tokenizer.v1"
# Replies repeat each other; some megabytes of the latest spare reading them again.
_REMEMBERED, _LONGEST_REMEMBERED = 512, 600


def read(original: str) -> Text:
    """Fold a text and find its sentences, clauses, words and languages."""
    return _read_lately(original) if len(original) <= _LONGEST_REMEMBERED else _read(original)


def _read(original: str) -> Text:
    folded, origin, suspicions = fold(original)
    marks = folded.translate(classes())
    sentences, clauses = sentences_and_clauses(folded)
    return Text(
        original=original,
        folded=folded,
        origin=origin,
        sentences=sentences,
        clauses=clauses,
        tokens=words(folded),
        units=units(marks),
        languages=tuple(language(marks, sentence) for sentence in sentences),
        suspicions=suspicions,
    )


_read_lately = lru_cache(maxsize=_REMEMBERED)(_read)


def pipeline(components: Sequence[str] = ()) -> Language:
    """A blank spaCy pipeline that tokenises as `read` does, followed by components of installed packages.

    Raises UnknownComponentError. A component is named as in spaCy's `nlp.add_pipe`, and leaves spans of the `Doc` in
    `doc.spans["replylint"]`.
    """
    import spacy

    _register()
    config = {"nlp": {"tokenizer": {"@tokenizers": TOKENIZER}}}
    nlp = spacy.blank("xx", config=config)
    for name in components:
        if not nlp.has_factory(name):
            raise UnknownComponentError(name)
        nlp.add_pipe(name)
    return nlp


def doc_of(text: Text, nlp: Language) -> Doc:
    """The `Doc` of a text, with what the pipeline's components add to it.

    Its text is the folded text, so that a character offset in the one is an offset in the other; its sentences are
    those of the text, and `doc.user_data["replylint"]` is the text itself.
    """
    return nlp(_doc(text, nlp.vocab))


def own_spans(doc: Doc) -> tuple[tuple[str, Span], ...]:
    """What own components found in a `Doc`: each label with its span of the folded text."""
    return tuple((span.label_, Span(span.start_char, span.end_char)) for span in doc.spans.get(SPANS, ()))


@cache
def _register() -> None:
    from spacy.util import registry

    def create() -> object:
        return lambda nlp: lambda original: _doc(read(original), nlp.vocab)

    registry.tokenizers.register(TOKENIZER, func=create)


def _doc(text: Text, vocab: Vocab) -> Doc:
    from spacy.tokens import Doc

    spelt: list[str] = []
    spaces: list[bool] = []
    starts: list[bool | int | None] = []
    sentence_starts = {sentence.start for sentence in text.sentences}
    for start, piece in _pieces(text):
        if piece == " " and spelt and not spaces[-1] and spelt[-1] != "\n":
            spaces[-1] = True
            continue
        spelt.append(piece)
        spaces.append(False)
        starts.append(start in sentence_starts)
    if starts:
        starts[0] = True
    doc = Doc(vocab, words=spelt, spaces=spaces, sent_starts=starts)
    doc.user_data[SPANS] = text
    return doc


def _pieces(text: Text) -> Iterator[tuple[int, str]]:
    """The words, and each character between them."""
    done = 0
    for token in (*text.tokens, Span(len(text.folded), len(text.folded))):
        yield from enumerate(text.folded[done : token.start], done)
        if token.end > token.start:
            yield token.start, text.folded[token.start : token.end]
        done = token.end
