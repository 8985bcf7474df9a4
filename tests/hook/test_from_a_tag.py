"""The hooks as others get them: from a tag of our repository, installed by pre-commit into an environment of its own.

What the package needs is taken from this Python, so that nothing is downloaded.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sys
from pathlib import Path

import pytest
import yaml

from tests.hook.conftest import BAD, GOOD, PRE_COMMIT, ROOT, Make, Repository, draft, environment

_NEEDED = (".pre-commit-hooks.yaml", "checker", "grammar", "policy", "pyproject.toml", "README.md", "LICENSE")
_URL = "https://github.com/REPLACE-WITH-OWNER/replylint"
_NO_NETWORK = """\
import socket


def refuse(*_):
    raise RuntimeError("a hook reached for the network")


socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = refuse
"""


@pytest.fixture(scope="module")
def tagged(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """Our repository, with a tag and, after it, a commit in which nothing works."""
    here = Repository(tmp_path_factory.mktemp("replylint"), environment(tmp_path_factory.mktemp("home")))
    for name in _NEEDED:
        if (ROOT / name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__", "*.egg-info", ".*")
            shutil.copytree(ROOT / name, here.folder / name, ignore=ignored)
        else:
            shutil.copy(ROOT / name, here.folder / name)
    here.git("init", "--quiet", "--initial-branch", "main")
    here.save()
    here.git("tag", "v0.1.0")
    here.write("checker/replylint/cli/main.py", "raise SystemExit('not the tag')\n")
    here.save()
    return here


@pytest.fixture
def replies(make: Make, tagged: Repository, tmp_path: Path) -> Repository:
    """A repository whose configuration names the tag; nobody in it can reach the network."""
    made = make()
    hooks = [{"id": "replylint", "verbose": True}, {"id": "replylint-policy"}, {"id": "replylint-fmt"}]
    repo = {"repo": str(tagged.folder), "rev": "v0.1.0", "hooks": hooks}
    made.write(".pre-commit-config.yaml", yaml.safe_dump({"repos": [repo]}))
    made.save()
    (tmp_path / "blocked").mkdir()
    (tmp_path / "blocked/sitecustomize.py").write_text(_NO_NETWORK, encoding="utf-8")
    packages = [path for path in sys.path if path.endswith("site-packages")]
    offline = {
        "PYTHONPATH": os.pathsep.join([str(tmp_path / "blocked"), *packages]), "PIP_NO_DEPS": "1", "PIP_NO_INDEX": "1",
        "PIP_NO_BUILD_ISOLATION": "0",  # of pip's switches that begin with "no", 0 is the one that says no
    }  # fmt: skip
    return Repository(made.folder, made.env | offline)


def test_a_tag_refuses_and_takes_commits(replies: Repository) -> None:
    replies.write("drafts/一 二.md", draft("new", BAD))
    replies.git("add", "-A")
    refused = replies.commit()
    assert (refused.code, "error[no-refunds]" in refused.out) == (1, True), refused.out
    replies.write("drafts/一 二.md", draft("new", f"{GOOD}謝謝。"))
    replies.git("add", "-A")
    taken = replies.commit()
    assert taken.code == 0, taken.out


def test_trying_it_out_needs_no_configuration(replies: Repository, tagged: Repository) -> None:
    replies.write("drafts/new.md", draft("new", BAD))
    replies.git("add", "-A")
    tried = replies.run(*PRE_COMMIT, "try-repo", str(tagged.folder), "replylint", "--ref", "v0.1.0", "--verbose")
    assert (tried.code, "error[no-refunds]" in tried.out) == (1, True), tried.out


@pytest.mark.parametrize("name", ["pre-commit.md", "pre-commit.zh-TW.md"])
def test_the_docs_commands_do_what_they_say(
    name: str, replies: Repository, tagged: Repository, tmp_path: Path
) -> None:
    page = (ROOT / "docs" / name).read_text(encoding="utf-8").replace(_URL, str(tagged.folder))
    configuration, options = re.findall(r"^```yaml\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)
    replies.write(".pre-commit-config.yaml", configuration)
    replies.save()
    (tmp_path / "bin").mkdir()
    command = tmp_path / "bin/pre-commit"
    command.write_text(f'#!/bin/sh\nexec {shlex.join(PRE_COMMIT)} "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    here = Repository(replies.folder, replies.env | {"PATH": f"{command.parent}{os.pathsep}{replies.env['PATH']}"})
    here.write("drafts/0042.md", draft("0042", f"{GOOD}謝謝。"))
    for block in re.findall(r"^```sh\n(.*?)^```$", page, re.DOTALL | re.MULTILINE):
        ran = here.run("bash", "-ec", block)
        assert ran.code == 0, ran.out
    assert here.committed() == "drafts/0042.md\n"
    here.write(".pre-commit-config.yaml", configuration.replace("      - id: replylint\n", options))
    here.write("drafts/0043.md", draft("0043", BAD))
    here.git("add", "-A")
    refused = here.commit()
    assert (refused.code, "擋下" in refused.out) == (1, True), refused.out


def test_the_network_is_cut_off(replies: Repository) -> None:
    """The test above would not notice otherwise."""
    words = (sys.executable, "-c", "import socket; socket.getaddrinfo('localhost', 80)")
    assert "a hook reached for the network" in replies.run(*words).out
