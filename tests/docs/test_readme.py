"""The READMEs' example of the Python interface runs, and the public names stay few enough to read."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import pytest
from mypy import api as mypy

import replylint
from replylint import api

ROOT = Path(__file__).resolve().parents[2]
READMES = ("README.md", "README.zh-TW.md")
# Pages whose Chinese says all that the English does; others tell it in another order, or less of it.
WHOLE = ("github", "night-shift", "pre-commit", "receipts", "waivers")
_PYTHON = re.compile(r"^```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"\]\(([^)#\s]+)(?:#[\w-]+)?\)")
_HEADING = re.compile("^##+ ", re.MULTILINE)
_MADE = re.compile("<!-- made: (.*?) -->")
_LANGUAGE = re.compile(r" --lang (?:en|zh)\b| zh$")
_CODE = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("name", READMES)
def test_python_example_judges_the_demo(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    example, _ = _PYTHON.findall((ROOT / name).read_text(encoding="utf-8"))
    monkeypatch.chdir(ROOT)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(example, name, "exec"), {})
    for verdict in ("cleared", "blocked", "needs-person"):
        drafts = list((ROOT / "corpora/demo").glob(f"{verdict}-*.md"))
        assert len(re.findall(rf"^{verdict} ", printed.getvalue(), re.MULTILINE)) == len(drafts) > 0


@pytest.mark.parametrize("page", ["README.md", "docs/receipts.md", "docs/receipts.zh-TW.md"])
def test_python_examples_pass_strict_types(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The line behind the example shows that types are known: what is imported could be anything else, and pass."""
    monkeypatch.chdir(ROOT)
    examples = "\n".join(_PYTHON.findall((ROOT / page).read_text(encoding="utf-8")))
    script = tmp_path / "script.py"
    script.write_text(f"{examples}\nfrom replylint import check_everything\n", encoding="utf-8")
    printed, stopped, _ = mypy.run([str(script)])
    assert re.findall("error: (.*)", printed) == [
        'Module "replylint" has no attribute "check_everything"  [attr-defined]'
    ], printed + stopped


def test_public_names_are_at_most_fifteen_and_documented() -> None:
    assert replylint.__all__ == api.__all__
    assert len(api.__all__) == len(set(api.__all__)) <= 15
    for name in api.__all__:
        assert getattr(api, name).__doc__, name
        assert getattr(replylint, name) is getattr(api, name)


@pytest.mark.parametrize("page", ["README", *(f"docs/{name}" for name in WHOLE)])
def test_both_languages_show_the_same(page: str) -> None:
    english, chinese = ((ROOT / f"{page}{ending}").read_text(encoding="utf-8") for ending in (".md", ".zh-TW.md"))
    assert len(_HEADING.findall(english)) == len(_HEADING.findall(chinese))
    assert len(_CODE.findall(english)) == len(_CODE.findall(chinese))
    parts = [[_LANGUAGE.sub("", part) for part in _MADE.findall(text)] for text in (english, chinese)]
    assert parts[0] == parts[1]


PAGES = sorted(path for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("corpora/*.md")])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    for link in _LINK.findall(_CODE.sub("", page.read_text(encoding="utf-8"))):
        if "://" not in link:
            assert (page.parent / link).exists(), link


def test_every_module_of_the_layers_is_named_in_the_architecture() -> None:
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    folder = Path(str(replylint.__file__)).parent
    layers = {path.parent.name for path in folder.glob("*/__init__.py")} | {"api"}
    assert {layer for layer in layers if f"`{layer}`" not in text} == set()
