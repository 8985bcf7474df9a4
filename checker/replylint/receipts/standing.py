"""The policy as it stands at the moment of posting: its digests, and its waivers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from replylint.language.book import read_revision
from replylint.language.files import WAIVERS
from replylint.language.revision import Revision
from replylint.receipts.relied import entry_digests
from replylint.waivers.file import load_waivers


@dataclass(frozen=True)
class Standing:
    """A policy to compare receipts with.

    revision: its digests. waivers: those of its waivers. about: which rule, draft and words each of them is about.
    own: whether it was named or found; the starter policy is taken where there is none.
    """

    revision: Revision
    waivers: frozenset[str] = frozenset()
    about: frozenset[tuple[str, str, str]] = frozenset()
    own: bool = True


def read_standing(
    folder: Path, shown: str, components: Iterable[str], enforcement: Mapping[str, str], own: bool = True
) -> Standing:
    """The policy in a folder, of which rules are only read and not looked into.

    components, enforcement: the settings that bear on verdicts. Raises PolicyError when a file, `waivers.yml` among
    them, cannot be read.
    """
    revision = read_revision(folder, shown).under(components, enforcement)
    waivers = load_waivers(folder / WAIVERS, f"{shown}/{WAIVERS}", None)
    about = frozenset((waiver.rule, waiver.draft, waiver.words) for waiver in waivers)
    return Standing(revision, entry_digests(waivers), about, own)
