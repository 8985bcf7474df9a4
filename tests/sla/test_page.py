"""The HTML page: whole, self-contained, accessible, safe; and looked at in a browser where there is one."""

from __future__ import annotations

import itertools
import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest

from replylint.render.options import Options
from replylint.render.sla.html import sla_html
from replylint.source.messages import Lang
from tests.conftest import Golden
from tests.sla.measuring import reported
from tests.sla.test_report import GOLDEN, LOG, ran

_VOID = {"meta", "br", "link", "img", "input", "hr"}
_BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)
NASTY = (
    "<script>alert(1)</script>", '"><svg onload=alert(1)>', "</title><h1>x", "{{ 7 * 7 }}", "a\u202egnp.exe",
    "&lt;b&gt;", "'; DROP TABLE events; --", "\u0007bell",
)  # fmt: skip


class Page(HTMLParser):
    """Elements as they open and close; raises AssertionError where they do not match."""

    def __init__(self, text: str):
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str], tuple[str, ...]]] = []
        self.words: list[tuple[str, str]] = []
        self.feed(text)
        assert not self.open, f"never closed: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}, tuple(self.open)))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}, tuple(self.open)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, tag

    def handle_data(self, data: str) -> None:
        self.words.append((self.open[-1] if self.open else "", data))

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes, _ in self.elements if name == tag]


def page_of(log: Path, lang: Lang) -> str:
    return "".join(sla_html(reported(log), Options("0", lang)))


@pytest.fixture(scope="module", params=["en", "zh"])
def sample(request: pytest.FixtureRequest) -> str:
    return ran(LOG, "--now", "2026-10-19T09:00", "--format", "html", "--lang", request.param).stdout


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_sample_page(golden: Golden, lang: str) -> None:
    done = ran(LOG, "--now", "2026-10-19T09:00", "--format", "html", "--lang", lang)
    golden(GOLDEN / f"fortnight.{lang}.html", done.stdout)


def test_it_needs_nothing_but_itself(sample: str) -> None:
    page = Page(sample)
    assert not {"script", "link", "img", "iframe", "object", "form"} & {tag for tag, _, _ in page.elements}
    for tag, attributes, _ in page.elements:
        for name, value in attributes.items():
            assert not name.startswith("on"), (tag, name)
            assert name not in ("src", "srcset", "action"), (tag, name)
            assert name != "href" or value.startswith("#"), value
    assert re.findall(r"url\((?!#)|@import|https?:", sample) == []


def test_it_can_be_used_without_seeing_it(sample: str) -> None:
    page = Page(sample)
    ids = [attributes["id"] for _, attributes, _ in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    named = {i for _, a, _ in page.elements for i in a.get("aria-labelledby", "").split()}
    assert named <= set(ids)
    assert page.all("html")[0]["lang"] in ("en", "zh-Hant-TW")
    assert len(page.all("h1")) == len(page.all("main")) == 1
    levels = [int(tag[1]) for tag, _, _ in page.elements if re.fullmatch("h[1-6]", tag)]
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    tables = [e for e in page.elements if e[0] == "table"]
    assert len([e for e in page.elements if e[0] == "caption"]) == len(tables) > 4
    assert all({"scope"} <= attributes.keys() for attributes in page.all("th"))
    for _, attributes, inside in (e for e in page.elements if e[0] == "svg"):
        assert attributes.get("aria-hidden") == "true" or {"aria-label", "aria-labelledby"} & attributes.keys(), inside
    regions = [a for _, a, _ in page.elements if a.get("role") == "region"]
    assert all(a.get("tabindex") == "0" for a in regions)
    titles = [parents for tag, _, parents in page.elements if tag == "title" and "svg" in parents]
    assert len(titles) >= len([a for a in page.all("svg") if a.get("role") == "img"])


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_words_of_the_log_stay_words(tmp_path: Path, lang: Lang) -> None:
    rows = [{"case": f"c{words}", "event": "arrived", "at": "2026-11-01T09:00+08:00", "severity": "serious",
             words: words} for words in NASTY]  # fmt: skip
    rows += [{"case": f"c{words}", "event": "replied", "at": "2026-11-05T09:00+08:00", "by": words} for words in NASTY]
    rows += [{"case": words, "event": words, "at": words} for words in NASTY]
    rows += [{"case": "x", "event": "arrived", "severity": words} for words in NASTY]
    log = tmp_path / "a<b>&\"'.jsonl"
    log.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    text = page_of(log, lang)
    page = Page(text)
    assert not {"script", "img"} & {tag for tag, _, _ in page.elements}
    assert not [name for _, a, _ in page.elements for name in a if name.startswith("on")]
    assert len(page.all("h1")) == 1
    assert "49" not in {words.strip() for _, words in page.words}
    assert not set(text) & {"\u202e", "\u0007"}
    shown = " ".join(words for _, words in page.words)
    for words in NASTY[:4]:
        assert words in shown, words


_PROBE = """
<script>
const dark = DARK;
const lum = c => { const v = c.map(x => { x /= 255; return x <= .03928 ? x / 12.92 : ((x + .055) / 1.055) ** 2.4; });
  return .2126 * v[0] + .7152 * v[1] + .0722 * v[2]; };
const rgb = s => (s.match(/[\\d.]+/g) || []).map(Number);
const back = e => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor);
  if (c.length < 4 || c[3] > 0) return c; } return dark ? [0, 0, 0] : [255, 255, 255]; };
let worst = 99, which = "";
for (const e of document.querySelectorAll("body *")) {
  if (e.closest(".skip, defs, script") || ![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())) continue;
  if (["title", "desc"].includes(e.tagName)) continue;
  const style = getComputedStyle(e);
  const [a, b] = [lum(rgb(e instanceof SVGElement ? style.fill : style.color)), lum(back(e))];
  const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
  if (ratio < worst) { worst = ratio; which = e.tagName + "." + e.className + " " + e.textContent.slice(0, 20); }
}
const wide = document.documentElement.scrollWidth - innerWidth;
const flat = [...document.querySelectorAll("svg[role=img] rect")].filter(r => { const b = r.getBoundingClientRect();
  return r.checkVisibility() && (b.width < .2 || b.height < .2); }).length;
const bars = document.querySelectorAll("svg[role=img] rect").length;
const loaded = performance.getEntriesByType("resource").length;
document.documentElement.setAttribute("data-found", JSON.stringify({worst, which, wide, flat, bars, loaded,
  ground: lum(back(document.body))}));
</script>
"""


@pytest.mark.skipif(_BROWSER is None, reason="no browser here")
@pytest.mark.parametrize("width", [420, 1280])
@pytest.mark.parametrize("dark", [False, True])
def test_in_a_browser(sample: str, tmp_path: Path, width: int, dark: bool) -> None:
    """Everything fits, every bar can be seen, all text has a contrast of 4.5, and nothing is loaded."""
    page = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", sample)
    path = tmp_path / "page.html"
    path.write_text(page.replace("</body>", _PROBE.replace("DARK", json.dumps(dark)) + "</body>"), encoding="utf-8")
    assert _BROWSER is not None
    done = subprocess.run(
        [_BROWSER, "--headless", "--no-sandbox", "--disable-gpu", f"--window-size={width},1000",
         f"--user-data-dir={tmp_path / 'profile'}", f"--blink-settings=preferredColorScheme={0 if dark else 1}",
         "--virtual-time-budget=4000", "--dump-dom", path.as_uri()],
        capture_output=True, encoding="utf-8", check=False, timeout=120,
    )  # fmt: skip
    match = re.search(r'data-found="([^"]*)"', done.stdout)
    assert match, done.stderr[-2000:]
    found = json.loads(match[1].replace("&quot;", '"').replace("&amp;", "&"))
    assert (found["ground"] < 0.1) == dark
    assert found["worst"] >= 4.5, found
    assert found["wide"] <= 0
    assert found["flat"] == 0
    assert found["bars"] > 40
    assert found["loaded"] == 0
