"""Which files are read, in which encodings, and what is told about the others."""

from __future__ import annotations

import json
import os
import tracemalloc
from collections.abc import Iterator
from itertools import chain, repeat
from pathlib import Path

import pytest

from replylint.case.csv_files import read_csv
from replylint.case.encoding import Line
from replylint.case.find import find_files
from replylint.case.model import Case, Skipped, Unreadable
from replylint.case.read import read_all, read_path
from replylint.case.tree import Tree
from replylint.source.messages import describe
from tests.case.reading import keys, read, read_case

DRAFT = "---\nreview: 湯冷了\n---\n抱歉讓湯冷了,謝謝您的意見。\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "drafts" / "sub").mkdir(parents=True)
    for name in ("b.md", "a.md", "sub/c.md"):
        (tmp_path / "drafts" / name).write_text(DRAFT, encoding="utf-8")
    return tmp_path / "drafts"


def names(*paths: str) -> list[str]:
    return [each.as_posix() if isinstance(each, Path) else each.path for each in find_files(paths)]


def test_a_folder_is_read_in_the_order_of_names(folder: Path) -> None:
    (folder / ".hidden").mkdir()
    (folder / ".hidden" / "x.md").write_text(DRAFT, encoding="utf-8")
    (folder / ".pre-commit-config.yaml").write_text("repos: []")
    found = [each.as_posix() for each in find_files(["drafts"]) if isinstance(each, Path)]
    assert found == ["drafts/a.md", "drafts/b.md", "drafts/sub/c.md"]


def test_a_file_is_read_once(folder: Path) -> None:
    assert names("drafts/sub", "drafts", "drafts/a.md", "drafts/**/*.md") == [
        "drafts/sub/c.md",
        "drafts/a.md",
        "drafts/b.md",
    ]


def test_globs(folder: Path) -> None:
    assert names("drafts/*.md") == ["drafts/a.md", "drafts/b.md"]
    assert names("drafts/**") == ["drafts/a.md", "drafts/b.md", "drafts/sub/c.md"]


def test_a_name_with_signs_of_a_glob_is_a_name(folder: Path) -> None:
    (folder / "[a].md").write_text(DRAFT, encoding="utf-8")
    assert names("drafts/[a].md") == ["drafts/[a].md"]


def test_what_is_no_draft_is_counted(folder: Path) -> None:
    (folder / "README.zh-TW.md").write_text("# drafts")
    (folder / "photo.png").write_bytes(b"\x89PNG")
    (folder / "readme-0042.md").write_text(DRAFT, encoding="utf-8")
    (folder / ".0043.md").write_text(DRAFT, encoding="utf-8")
    (folder / ".old").mkdir()
    (folder / ".replylint-0123456789abcdef").write_text("half")
    (folder / "policy").mkdir()
    (folder / "policy" / "contract.yml").write_text("brand: x")
    skipped = {each.path: each.reason.key for each in find_files(["drafts"]) if isinstance(each, Skipped)}
    assert "drafts/readme-0042.md" in names("drafts")
    assert names("drafts/README.zh-TW.md", "drafts/.0043.md") == ["drafts/README.zh-TW.md", "drafts/.0043.md"]
    assert skipped == {
        "drafts/README.zh-TW.md": "case.skipped-readme",
        "drafts/photo.png": "case.skipped-kind",
        "drafts/.0043.md": "case.skipped-hidden",
        "drafts/.old": "case.skipped-hidden",
        "drafts/policy": "case.skipped-policy",
    }


def test_drafts_beside_a_contract_are_read(folder: Path) -> None:
    (folder / "contract.yml").write_text("brand: x")
    (folder / "stray.rules").write_text("")
    assert "drafts/a.md" in names("drafts")
    (found,) = (each for each in read_all(["drafts"]) if isinstance(each, Unreadable))
    assert found.path == "drafts/contract.yml"


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("nowhere", "case.missing"),
        ("-", "case.missing-dash"),
        ("nowhere/*.md", "case.no-match"),
        ("empty", "case.nothing-found"),
        ("only-readme", "case.nothing-found"),
        ("pipe.md", "case.not-a-file"),
        ("/dev/null", "case.not-a-file"),
        ("broken.md", "case.cannot-open"),
    ],
)
def test_what_cannot_be_read_is_told(folder: Path, path: str, key: str) -> None:
    for name in ("empty", "only-readme"):
        Path(name).mkdir()
    Path("only-readme/README.md").write_text("hi")
    os.mkfifo("pipe.md")
    Path("broken.md").symlink_to("gone.md")
    (found,) = (each for each in read_all([path]) if not isinstance(each, Skipped))
    assert keys(found) == [key]
    if path not in ("empty", "only-readme") and "*" not in path:
        (again,) = read_path(path)
        assert isinstance(again, Unreadable)


def test_links_may_not_lead_out_of_the_folder(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text(DRAFT, encoding="utf-8")
    (tmp_path / "other").mkdir()
    (folder / "link.md").symlink_to("../secret.md")
    (folder / "out").symlink_to("../other")
    (folder / "round").symlink_to(".")
    (folder / "same.md").symlink_to("a.md")
    told = {each.path: keys(each) for each in find_files(["drafts"]) if isinstance(each, Unreadable)}
    assert told == {"drafts/link.md": ["case.link-leaves"], "drafts/out": ["case.link-leaves"]}
    assert names("drafts").count("drafts/a.md") == 1
    # Named on the command line, a link is what the user means.
    assert names("drafts/link.md") == ["drafts/link.md"]


@pytest.mark.parametrize("named", ["away", "away/a.md", "away/*.md", "a*.md", "alone.md", "drafts/config.md", "drafts"])
def test_links_may_not_lead_out_of_the_working_folder(folder: Path, tmp_path: Path, named: str) -> None:
    """A checked tree may come from anyone: nothing outside of it is read, nor what git keeps in it."""
    work, secret = tmp_path / "work", tmp_path / "secret"
    for name in (work / "drafts", work / ".git", secret):
        name.mkdir(parents=True)
    (secret / "a.md").write_text(DRAFT, encoding="utf-8")
    (work / ".git" / "config").write_text(DRAFT, encoding="utf-8")
    (work / "away").symlink_to(secret)
    (work / "alone.md").symlink_to(secret / "a.md")
    (work / "drafts" / "config.md").symlink_to("../.git/config")
    os.chdir(work)
    found = list(read_all([named]))
    assert found
    assert {key for each in found if isinstance(each, Unreadable) for key in keys(each)} == {"case.link-leaves"}
    assert not [each for each in found if not isinstance(each, Unreadable)]
    # Where a link leads is for the user to name.
    assert len(list(read_all([secret]))) == 1


@pytest.fixture
def nobody() -> Iterator[None]:
    """Permissions count for this test, also where all tests are run by a user for whom they do not."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def closed(folder: Path) -> Iterator[Path]:
    """One folder in which nothing may be seen, one of which only the names may, one that may only be passed through."""
    for name, mode in (("shut", 0), ("names", 0o444), ("through", 0o111)):
        (folder / name).mkdir()
        (folder / name / "d.md").write_text(DRAFT, encoding="utf-8")
        (folder / name).chmod(mode)
    (folder / "a.md").chmod(0)
    folder.parent.chmod(0o755)
    yield folder
    for name in ("shut", "names", "through"):
        (folder / name).chmod(0o755)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="permissions are others here")
@pytest.mark.parametrize(
    ("named", "read", "told"),
    [
        ("drafts", ["b", "c"], ["a.md", "names/d.md", "shut", "through"]),
        ("drafts/a.md", [], ["a.md"]),
        ("drafts/shut", [], ["shut"]),
        ("drafts/shut/d.md", [], ["shut/d.md"]),
        ("drafts/names/d.md", [], ["names/d.md"]),
        ("drafts/through/d.md", ["d"], []),
        ("drafts/**/*.md", ["b", "c"], ["a.md", "names/d.md", "shut", "through"]),
        ("drafts/*/d.md", ["d"], ["names", "shut"]),
        ("drafts/s*/*.md", ["c"], ["shut"]),
        ("drafts/shut/*.md", [], ["shut"]),
        ("drafts/b*.md", ["b"], []),
    ],
)
@pytest.mark.usefixtures("closed", "nobody")
def test_what_one_may_not_see_is_told(named: str, read: list[str], told: list[str]) -> None:
    found = list(read_all([named]))
    shut = [each for each in found if isinstance(each, Unreadable)]
    assert sorted(each.id for each in found if isinstance(each, Case)) == read
    assert sorted(each.path.removeprefix("drafts/") for each in shut) == told
    assert {key for each in shut for key in keys(each)} <= {"case.cannot-open"}
    assert "denied" in "".join(describe(each.problems[0], "en")[0] for each in shut) or not told


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("name", ["a.md", "a.yml", "a.jsonl", "a.csv"])
def test_encodings_that_are_read(encoding: str, name: str) -> None:
    text = {
        "a.md": DRAFT,
        "a.yml": "reply: 抱歉讓湯冷了,謝謝您的意見。",
        "a.jsonl": '{"reply": "抱歉讓湯冷了,謝謝您的意見。"}\n',
        "a.csv": 'reply\r\n"抱歉讓湯冷了,謝謝您的意見。"\r\n',
    }[name]
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    case = read_case(mark + text.encode(encoding), name)
    assert case.reply.text == case.reply.location.words == "抱歉讓湯冷了,謝謝您的意見。"


@pytest.mark.parametrize("name", ["a.md", "a.yml", "a.json", "a.jsonl", "a.csv"])
@pytest.mark.parametrize(
    ("encoding", "text", "guess"),
    [
        ("big5", "review: 湯冷了\n抱歉讓湯冷了,謝謝您的意見。\n", "Big5"),
        ("gbk", "review: 汤冷了\n抱歉让汤冷了,我们会改的。\n", "GBK"),
        ("cp1252", "review: caf\u00e9\nwe\u2019re sorry \u2013 truly\n", "Windows-1252"),
    ],
)
def test_other_encodings_are_guessed(name: str, encoding: str, text: str, guess: str) -> None:
    (found,) = read(text.encode(encoding), name)
    assert keys(found) == ["case.other-encoding"]
    assert isinstance(found, Unreadable)
    assert describe(found.problems[0], "en") == (f"the file is not in UTF-8; it looks like {guess}", "save it as UTF-8")


def test_one_bad_line_does_not_hide_the_others() -> None:
    rows = b'{"reply": "a"}\n{"reply": "\xff"}\n{"reply": "\xe6\x8a\xb1"}\n'
    first, second, third = read(rows, "a.jsonl")
    assert isinstance(first, Case)
    assert isinstance(third, Case)
    assert keys(second) == ["case.not-utf8"]
    assert isinstance(second, Unreadable)
    assert str(second.problems[0].where) == "a.jsonl:2:12"


@pytest.mark.parametrize("name", ["a.md", "a.yml", "a.json", "a.jsonl", "a.csv"])
@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"", "case.empty"),
        (b"\n\n", "case.empty"),
        (b"\x89PNG\0\0\0\1", "case.binary"),
        ("reply: 抱歉".encode("utf-16-le"), "case.other-encoding"),
        ("reply: 抱歉".encode("utf-16-be"), "case.other-encoding"),
        ("reply: \0抱歉".encode(), "case.stray-nul"),
        (b"\xff\xfea", "case.utf16"),
    ],
)
def test_what_is_no_text(name: str, data: bytes, key: str) -> None:
    (found,) = read(data, name)
    assert keys(found) == [key]


def test_the_encoding_is_guessed_from_the_whole_file() -> None:
    words = "抱歉讓湯冷了,謝謝您的意見,我們會和廚房說明"
    case, other = read(b'{"reply": "a"}\n{"reply": "\xf9\xd6"}\n' + words.encode("big5"), "a.jsonl")
    assert isinstance(case, Case)
    assert keys(other) == ["case.other-encoding"]


def test_too_large_a_draft() -> None:
    (found,) = read(b"a" * 20_000_001, "a.md")
    assert keys(found) == ["case.too-large"]


def test_too_long_a_row_is_left_out_alone() -> None:
    long, short = read(b'{"reply": "' + b"a" * 5_000_000 + b'"}\n{"reply": "b"}\n', "a.jsonl")
    assert keys(long) == ["case.row-too-large"]
    assert isinstance(short, Case)
    assert str(short.reply.location) == "a.jsonl:2:12"


def test_an_open_quote_does_not_swallow_a_file_without_end() -> None:
    lines = chain([Line("reply\n", 1), Line('x "y" "z\n', 2), Line('"\n', 3)], repeat(Line("a\n", 4)))
    first, problems = read_csv(lines, "a.csv")
    assert isinstance(first, Tree)
    assert isinstance(problems, tuple)
    assert [problem.key for problem in problems] == ["case.csv-unclosed"]


def test_ids_may_not_repeat(folder: Path) -> None:
    rows = [json.dumps({"id": each, "reply": "x"}) for each in ("a", "b", "a")]
    Path("rows.jsonl").write_text("\n".join(rows), encoding="utf-8")
    Path("more.yml").write_text("{id: b, reply: y}", encoding="utf-8")
    found = list(read_all(["rows.jsonl", "more.yml"]))
    assert [isinstance(each, Case) for each in found] == [True, True, False, False]
    assert keys(found[2]) == keys(found[3]) == ["case.duplicate-id"]
    assert isinstance(found[2], Unreadable)
    assert str(found[2].problems[0].where) == "rows.jsonl:3:8"
    assert isinstance(found[3], Unreadable)
    told = [describe(each.problems[0], "en")[0] for each in found[2:] if isinstance(each, Unreadable)]
    assert told == ["the draft at rows.jsonl:1 has the id `a` too", "the draft at rows.jsonl:2 has the id `b` too"]


def test_drafts_in_two_folders_may_have_the_same_file_name(folder: Path) -> None:
    (folder / "sub" / "a.md").write_text(DRAFT, encoding="utf-8")
    assert all(isinstance(each, Case) for each in read_all(["drafts"]))


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    row = json.dumps({"reply": "抱歉" * 200, "review": "湯冷了" * 100, "rating": 1}) + "\n"
    path = tmp_path / "rows.jsonl"
    path.write_text(row * 3000, encoding="utf-8")
    peaks = [_peak(path, count) for count in (300, 3000)]
    assert peaks[1] < peaks[0] * 1.5, peaks
    assert peaks[1] < path.stat().st_size / 5


def _peak(path: Path, count: int) -> int:
    tracemalloc.start()
    for number, each in enumerate(read_path(path), 1):
        assert isinstance(each, Case)
        if number == count:
            break
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def test_the_review_report_of_the_play_console() -> None:
    header = (
        "Package Name,App Version Code,App Version Name,Reviewer Language,Device,Review Submit Date and Time,"
        "Review Submit Millis Since Epoch,Review Last Update Date and Time,Review Last Update Millis Since Epoch,"
        "Star Rating,Review Title,Review Text,Developer Reply Date and Time,Developer Reply Millis Since Epoch,"
        "Developer Reply Text,Review Link"
    )
    replied = (
        "tw.example.app,7,1.2,zh-TW,oriole,2026-11-18T13:40:00Z,1,2026-11-18T13:40:00Z,1,"
        '2,,"登入後一直閃退,很困擾",2026-11-19T01:00:00Z,1,"抱歉,請更新到 1.3 版",https://example.org/r/1'
    )
    waiting = "tw.example.app,7,1.2,en,oriole,2026-11-18T13:40:00Z,1,2026-11-18T13:40:00Z,1,5,Nice,good,,,,"
    report = f"{header}\r\n{replied}\r\n{waiting}\r\n".encode("utf-16")
    case, skipped = read(report, "reviews_2026-11.csv")
    assert isinstance(case, Case)
    assert case.reply.text == case.reply.location.words == "抱歉,請更新到 1.3 版"
    assert {name: str(field.value) for name, field in case.fields.items()} == {
        "language": "zh-Hant",
        "review.rating": "2",
        "review.posted_at": "2026-11-18 13:40:00+00:00",
        "reply.posted_at": "2026-11-19 01:00:00+00:00",
        "platform": "google_play",
    }
    assert case.review is not None
    assert str(case.review.location) == "reviews_2026-11.csv:2:85"
    assert case.review.location.words == case.review.text == "登入後一直閃退,很困擾"
    assert isinstance(skipped, Skipped)
    assert skipped.reason.key == "case.no-reply-yet"


def test_a_file_that_breaks_off_inside_a_character_is_told_as_that() -> None:
    (found,) = read("---\n評論: 湯很鹹\n---\n抱歉".encode()[:-1], "a.md")
    assert keys(found) == ["case.breaks-off"]


def test_rows_below_a_misspelt_header_are_counted(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,replly\n1,x\n2,y\n3,z\n", encoding="utf-8")
    (found,) = read_path(tmp_path / "a.csv")
    assert isinstance(found, Unreadable)
    assert (found.id, found.rows, keys(found)) == ("a", 3, ["case.column-near"])
