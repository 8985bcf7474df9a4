"""The platform that a draft states: a slip of one that the contract names would go by no limit of it."""

from __future__ import annotations

from replylint.case.model import Case
from replylint.contract.model import Contract
from replylint.source.problems import Problem

_LONG = 6
"""From how many letters on one letter more or less is a slip; shorter names are often of two houses."""


def misspelt_platform(case: Case, contract: Contract) -> tuple[Problem, ...]:
    """What is told of a platform written otherwise than the contract writes it; any other platform is one besides."""
    field = case.fields.get("platform")
    if field is None or f"platforms.{field.value}" in contract:
        return ()
    known = dict.fromkeys(path.split(".")[1] for path in contract.entries if path.startswith("platforms."))
    near = next((name for name in known if _slip(str(field.value), name)), None)
    return (Problem("evaluate.platform-near", field.where, {"name": str(field.value), "near": near}),) if near else ()


def _slip(written: str, name: str) -> bool:
    from rapidfuzz.distance import OSA  # only needed for names that the contract does not have

    one, other = ("".join(filter(str.isalnum, each.lower())) for each in (written, name))
    return one == other or (len(other) >= _LONG and OSA.distance(one, other, score_cutoff=1) <= 1)
