"""Does the work grow with the text, or faster? Prints, for hostile inputs, how much longer eight times the text takes.

    python bench/growth.py

Exits 1 when some input takes more than GROWTH_LIMIT times as long. Times are the best of three in this process.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from replylint.api import load_policy
from replylint.case.read import read_text
from replylint.language.parse import parse
from replylint.source.pause import collector_paused
from replylint.source.spans import Source
from replylint.text.pipeline import read

FACTOR = 8
GROWTH_LIMIT = 24  # three times what linear growth would give: short runs are noisy
SHORT = 1_000

TEXTS = [
    "退", "退 ", "退.", "a ", "a.", "a-", "&amp;", "&#38;", "%e9", "。", "「", "\u200b", "é", "а", "www.", "a@",
    "a@b.co\n",
]  # fmt: skip
SPOKEN = [
    "我們會不退款給您", "we will not refund you ", "「退款", "我們", "若", "等了3天", "NT$500 ", "五百", "ㄊa", "O",
    "a@b.co每",
]  # fmt: skip
RULES = [
    'phrase a reads "x"\n', "rule a forbid promise\n", "(", '"', "not ", "a or ", "# x\n", "promise also reads ",
    '”\\"',
]  # fmt: skip
DRAFTS: list[tuple[str, Callable[[int], str]]] = [
    ("a.yml", lambda n: "reply: >\n" + "  a b\n\n" * n),
    ("a.json", lambda n: json.dumps({"reply": '"林\n' * n})),
    ("a.csv", lambda n: 'reply\n"' + 'a""\n' * n + '"\n'),
    ("a.yml", lambda n: "reply: a\nother: [" + "a, " * n + "]\n"),
    ("a.yml", lambda n: "reply: {a: b" + ", " * n + "}\n"),
    ("a.json", lambda n: '{"reply": "a", "rating": 9}' + " " * n),
    ("a.json", lambda n: "[]" * 50 + '"' + '\\"' * n),
    ("a.json", lambda n: '{"reply": "a", "actions": [{"refund": "a' + " " * n + 'x"}]}'),
    ("a.json", lambda n: '{"reply": "a", "posted_at": "2026-11-18' + "," * n + '"}'),
]


def seconds(work: Callable[[], object]) -> float:
    """The shortest of three runs; the collector, which goes through the whole policy, would time that instead."""
    times = []
    for _ in range(3):
        with collector_paused():
            began = time.perf_counter()
            work()
            times.append(time.perf_counter() - began)
    return min(times)


def subjects() -> Iterator[tuple[str, Callable[[int], Callable[[], object]]]]:
    """A name for each input, and what to do with it at a given length."""
    extract = load_policy().extractor.extract
    for piece in TEXTS:
        yield f"read {piece!r}", lambda n, piece=piece: lambda: read(piece * n)
    for piece in SPOKEN:
        yield f"facts {piece!r}", lambda n, piece=piece: (lambda text: lambda: extract(text, text))(read(piece * n))
    replies = "\n".join(replies_of_ours())
    yield "facts of our own replies", lambda n: (
        lambda reply, review: lambda: extract(reply, review)
    )(read(replies[: 10 * n]), read(replies[-10 * n :]))
    for piece in RULES:
        yield f"rules {piece!r}", lambda n, piece=piece: lambda: parse(Source("a.rules", piece * n))
    for name, make in DRAFTS:
        yield f"draft {name} {make(2)!r}", lambda n, name=name, make=make: lambda: list(read_text(make(n), name))


def replies_of_ours() -> Iterator[str]:
    """Replies of our own cases: what is said in them differs, as no repeated piece does."""
    for path in sorted((Path(__file__).parent.parent / "corpora" / "cases").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            reply = json.loads(line).get("reply")
            if isinstance(reply, str):
                yield reply


def main() -> int:
    """Print one line for each input; 1 when some work grows faster than its input."""
    worst = 0.0
    for name, make in subjects():
        short, long = seconds(make(SHORT)), seconds(make(SHORT * FACTOR))
        ratio = long / max(short, 1e-4)
        worst = max(worst, ratio)
        mark = "  !" if ratio > GROWTH_LIMIT else ""
        print(f"{name[:60]:60} {short * 1000:9.2f} ms {long * 1000:9.2f} ms  ×{ratio:5.1f}{mark}")
    return int(worst > GROWTH_LIMIT)


if __name__ == "__main__":
    sys.exit(main())
