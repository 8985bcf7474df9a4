"""Runs a composite action's steps as GitHub's runner does: expressions, environment files, commands in the log.

What is modelled is what actions/runner does with a composite action on Linux: each `run` in a file of its own, by
`bash --noprofile --norc -eo pipefail`; outputs, environment and summary by files; `::commands::` in every line that is
printed, and `##[commands]` anywhere in it, unless commands are stopped. `uses` steps are not run but stood in for.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

_EXPRESSION = re.compile(r"\$\{\{(.*?)\}\}")
_ATOM = re.compile(r"'[^']*'|[a-z_][\w.-]*(?:\(\))?|&&|\|\||==|!=|!|\(|\)")
_COMMAND = re.compile(r"^::([a-z-]+)(?: (.*?))?::(.*)$")
_OLD_COMMAND = re.compile(r"##\[([a-z-]+)[^\]]*\]")
_SHOWN = 10  # annotations of a kind that GitHub shows for a step


@dataclass(frozen=True)
class Annotation:
    """What stands on a line of a file in GitHub."""

    level: str
    message: str
    where: Mapping[str, str]


@dataclass
class Step:
    """A step that ran: how it ended and what it told the runner."""

    id: str
    code: int
    log: str
    outputs: dict[str, str]
    summary: str
    annotations: list[Annotation] = field(default_factory=list)
    obeyed: list[str] = field(default_factory=list)

    @property
    def shown(self) -> list[Annotation]:
        """The annotations that GitHub shows."""
        levels = ("error", "warning", "notice")
        return [a for level in levels for a in [x for x in self.annotations if x.level == level][:_SHOWN]]


@dataclass
class Job:
    """A run of the whole action: its steps, outputs and exit code; `used` holds the steps that were stood in for."""

    steps: dict[str, Step]
    outputs: dict[str, str]
    code: int
    used: dict[str, dict[str, Any]]

    @property
    def check(self) -> Step:
        return self.steps["check"]


@dataclass
class Runner:
    """A machine: where the action and the checked tree lie, its environment, and what stands in for `uses`.

    done: steps that ran before, on this machine, with their outputs.
    """

    action: Path
    workspace: Path
    temp: Path
    env: Mapping[str, str]
    stand_ins: Mapping[str, Mapping[str, str]]
    event: Mapping[str, Any] = field(default_factory=dict)
    done: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def run(self, **inputs: str) -> Job:
        """The action with these inputs; `_` in their names stands for `-`."""
        given = {name.replace("_", "-"): value for name, value in inputs.items()}
        declared = yaml.safe_load((self.action / "action.yml").read_text(encoding="utf-8"))
        assert given.keys() <= declared["inputs"].keys()
        context: dict[str, Any] = {"github": {"event": self.event}, "steps": {}, "failed": False}
        defaults = {name: self._fill(about["default"], context) for name, about in declared["inputs"].items()}
        context["inputs"] = defaults | given
        job = Job({}, {}, 0, {})
        for number, step in enumerate(declared["runs"]["steps"]):
            self._step(step, step.get("id", str(number)), context, job)
        outputs = {k: self._fill(v["value"], context) for k, v in declared["outputs"].items()}
        return Job(job.steps, outputs, job.code, job.used)

    def _step(self, step: dict[str, Any], id_: str, context: dict[str, Any], job: Job) -> None:
        condition = _EXPRESSION.sub(r"\1", str(step.get("if", "success()")))
        if "()" not in condition:
            condition = f"success() && ({condition})"
        if not evaluate(condition, context):
            return
        if id_ in self.done:
            context["steps"][id_] = {"outputs": self.done[id_]}
        elif "uses" in step:
            name = step["uses"].partition("@")[0]
            job.used[name] = {k: self._fill(str(v), context) for k, v in step.get("with", {}).items()}
            context["steps"][id_] = {"outputs": self.stand_ins[name]}
        else:
            ran = self._bash(step, id_, context)
            job.steps[id_] = ran
            context["steps"][id_] = {"outputs": ran.outputs}
            context["failed"] |= ran.code != 0
            job.code = job.code or ran.code

    def _bash(self, step: dict[str, Any], id_: str, context: dict[str, Any]) -> Step:
        assert step["shell"] == "bash"
        assert not _EXPRESSION.search(step["run"]), "an expression would become part of the script"
        files = {name: self.temp / f"{name}-{id_}" for name in ("OUTPUT", "STEP_SUMMARY", "ENV", "PATH")}
        for file in files.values():
            file.write_text("")
        script = self.temp / f"{id_}.sh"
        script.write_text(step["run"], encoding="utf-8")
        env = {
            **self.env, **{k: self._fill(v, context) for k, v in step.get("env", {}).items()},
            **{f"GITHUB_{name}": str(file) for name, file in files.items()}, "GITHUB_ACTIONS": "true", "CI": "true",
            "GITHUB_ACTION_PATH": str(self.action), "GITHUB_WORKSPACE": str(self.workspace),
            "RUNNER_TEMP": str(self.temp),
        }  # fmt: skip
        done = subprocess.run(
            ("bash", "--noprofile", "--norc", "-eo", "pipefail", script), cwd=self.workspace, env=env,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, check=False,
        )  # fmt: skip
        log = done.stdout.decode(errors="replace")
        assert not files["ENV"].read_text() + files["PATH"].read_text(), "later steps keep their environment"
        summary = files["STEP_SUMMARY"].read_text(encoding="utf-8")
        ran = Step(id_, done.returncode, log, _outputs(files["OUTPUT"].read_text(encoding="utf-8")), summary)
        _hear(ran)
        return ran

    def _fill(self, text: str, context: Mapping[str, Any]) -> str:
        return _EXPRESSION.sub(lambda m: _text(evaluate(m[1], context)), text)


def _text(value: object) -> str:
    return {True: "true", False: "false", None: ""}.get(value, str(value)) if not isinstance(value, str) else value


def evaluate(expression: str, context: Mapping[str, Any]) -> Any:
    """What an expression of a workflow comes to."""
    words = {"&&": "and", "||": "or", "!": "not"}
    functions = {"success()": not context["failed"], "failure()": context["failed"], "always()": True,
                 "cancelled()": False}  # fmt: skip

    def word(match: re.Match[str]) -> str:
        atom = match[0]
        if atom in words:
            return f" {words[atom]} "
        if atom in ("==", "!=", "(", ")") or atom.startswith("'"):
            return atom
        return repr(functions[atom] if atom in functions else _look_up(atom, context))

    assert not _ATOM.sub("", expression).strip(), expression
    return eval(_ATOM.sub(word, expression).strip(), {"__builtins__": {}})


def _look_up(path: str, context: Mapping[str, Any]) -> Any:
    value: Any = context
    for name in path.split("."):
        value = value.get(name, "") if isinstance(value, Mapping) else ""
    return value


def _outputs(text: str) -> dict[str, str]:
    found = {}
    for line in text.splitlines():
        name, equals, value = line.partition("=")
        assert equals, line
        found[name] = value
    return found


def _hear(step: Step) -> None:
    """Take the commands from a step's log."""
    stopped = ""
    for line in step.log.splitlines():
        if stopped:
            stopped = "" if line.strip() == f"::{stopped}::" else stopped
            continue
        match = _COMMAND.match(line.lstrip())
        if match is None:
            step.obeyed += [f"##[{name}" for name in _OLD_COMMAND.findall(line)]
        elif match[1] == "stop-commands":
            stopped = match[3]
        elif match[1] in ("error", "warning", "notice"):
            pairs = (pair.partition("=") for pair in (match[2] or "").split(",") if pair)
            where = {key: _unescape(value, more=True) for key, _, value in pairs}
            step.annotations.append(Annotation(match[1], _unescape(match[3]), where))
        else:
            step.obeyed.append(match[1])
    assert not stopped, "commands were stopped and not heard again"


def _unescape(text: str, more: bool = False) -> str:
    for code, char in (("%0D", "\r"), ("%0A", "\n"), *((("%3A", ":"), ("%2C", ",")) if more else ()), ("%25", "%")):
        text = text.replace(code, char)
    return text
