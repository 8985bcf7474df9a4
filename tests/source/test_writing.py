"""Files written whole or not at all, and digests of exact bytes."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replylint.source.digests import canonical, plain_digest, text_digest
from replylint.source.messages import describe
from replylint.source.writing import LEFT_OVER, create_file, write_file, written

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


def test_a_file_is_made_with_its_folders_and_replaced_later(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "file.txt"
    write_file(path, "一")
    write_file(path, b"two")
    assert path.read_bytes() == b"two"
    assert [p.name for p in path.parent.iterdir()] == ["file.txt"]


def test_permissions_stay_and_new_files_follow_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_file(tmp_path / "new", "x")
        (tmp_path / "old").touch(mode=0o600)
        write_file(tmp_path / "old", "x")
        create_file(tmp_path / "key", "x", private=True)
    finally:
        os.umask(before)
    modes = [(tmp_path / name).stat().st_mode & 0o777 for name in ("new", "old", "key")]
    assert modes == [0o640, 0o600, 0o600]


def test_a_link_is_replaced_and_what_it_leads_to_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_text("theirs")
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    write_file(tmp_path / "link", "ours")
    assert (tmp_path / "elsewhere").read_text() == "theirs"
    assert not (tmp_path / "link").is_symlink()


def test_what_is_there_is_never_overwritten_by_create(tmp_path: Path) -> None:
    (tmp_path / "there").write_text("theirs")
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    for name in ("there", "dangling"):
        with pytest.raises(FileExistsError):
            create_file(tmp_path / name, "ours")
    assert (tmp_path / "there").read_text() == "theirs"
    assert not (tmp_path / "nowhere").exists()


def test_a_file_where_a_folder_should_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    problem = written(tmp_path / "file" / "x", "x")
    assert problem is not None
    assert describe(problem, "en")[0].endswith("cannot be written: a part of its path is no folder")
    with pytest.raises(NotADirectoryError):
        create_file(tmp_path / "file" / "x", "x")


@pytest.mark.parametrize("write", [write_file, create_file])
def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, write: object, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", full)
    assert callable(write)
    with pytest.raises(OSError, match="full"):
        write(tmp_path / "file", "x")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_may_not_grow_keeps_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("before")
    program = (
        "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "from pathlib import Path; from replylint.source.writing import written\n"
        "print(written(Path('file'), 'x' * 5000).key)"
    )
    ended = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert ended.stdout == "source.cannot-write\n"
    assert (tmp_path / "file").read_text() == "before"
    assert not list(tmp_path.glob(f"{LEFT_OVER}*"))


@given(st.text(), st.text())
def test_only_equal_texts_have_equal_digests(one: str, other: str) -> None:
    assert (text_digest(one) == text_digest(other)) == (one == other)


def test_the_digest_is_of_the_exact_bytes() -> None:
    assert text_digest("退款") == "sha256:f1c91e1d205cdacdf13492c2abfdc37b648bc8e5cd900a8bcdb8f8a6e6eef894"
    assert len({text_digest(t) for t in ("é", "e\u0301", "é ", "é\n", "\ufeffé", "é\r\n", "\ud800")}) == 7


@given(PLAIN)
def test_plain_values_have_one_spelling(plain: object) -> None:
    again = json.loads(canonical(plain).decode("utf-8", "surrogatepass"))
    assert plain_digest(again) == plain_digest(plain)


@pytest.mark.parametrize("value", [1.5, float("nan"), {1: 2}, b"x", {"a": [object()]}])
def test_what_has_several_spellings_has_no_digest(value: object) -> None:
    with pytest.raises(TypeError):
        canonical(value)
