"""The Python interface: load a policy, check cases, read the verdicts."""

from __future__ import annotations

from replylint.api.checker import Checker, load_policy
from replylint.api.posting import verify
from replylint.api.sources import read_cases, read_reviews
from replylint.case.model import Action, Case, Unreadable
from replylint.evaluate.model import CaseVerdict, CouldNotCheck, Finding, Undecided
from replylint.facts.model import Fact
from replylint.source.problems import PolicyError, Problem

__all__ = [
    "Action",
    "Case",
    "CaseVerdict",
    "Checker",
    "CouldNotCheck",
    "Fact",
    "Finding",
    "PolicyError",
    "Problem",
    "Undecided",
    "Unreadable",
    "load_policy",
    "read_cases",
    "read_reviews",
    "verify",
]
