"""What is worked out from texts is remembered, and long texts are not held for it."""

import gc
import weakref

from replylint.facts.frame import frame
from replylint.facts.layout import Layout
from replylint.facts.listen import Heard
from replylint.text.pipeline import read


def _held(words: str) -> int:
    texts = [read(f"{number} {words}") for number in range(12)]
    heard = [Heard(text, Layout(text)) for text in texts]
    for each in heard:
        frame(each)
    held = [weakref.ref(each) for each in heard]
    del heard, each
    gc.collect()
    return sum(one() is not None for one in held)


def test_long_texts_are_not_held() -> None:
    assert _held("The kettle stood by the window.") == 12
    assert _held("The kettle stood by the window. " * 40) <= 4
