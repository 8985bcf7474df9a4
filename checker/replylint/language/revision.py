"""Which policy it is: digests of everything in it that a verdict depends on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from replylint.source.digests import plain_digest, text_digest
from replylint.source.spans import Source


@dataclass(frozen=True)
class Revision:
    """The digests of a policy's parts; the names and the order of files do not count, every character in them does.

    Only line ends and byte order marks do not, which git and editors change and which mean nothing in a policy.

    settings: of what settings outside the policy's folder have to say about verdicts; empty when they say nothing.
    """

    contract: str
    rules: str
    lexicon: str
    settings: str = ""

    @property
    def short(self) -> str:
        """The digest of the three texts' digests, twelve hexadecimal digits: for people to compare."""
        return plain_digest([self.contract, self.rules, self.lexicon]).partition(":")[2][:12]

    def under(self, components: Iterable[str], enforcement: Mapping[str, str]) -> Revision:
        """The policy as it is under settings: with further spaCy components, and rules held more or less strictly."""
        named = tuple(components)
        stated = plain_digest([list(named), dict(enforcement)]) if named or enforcement else ""
        return replace(self, settings=stated)


def revision(contract: Source, rules: Iterable[Source], lexicon: Iterable[Source]) -> Revision:
    """The digests of the texts that a policy is made of."""
    return Revision(text_digest(plain_lines(contract)), _of_all(rules), _of_all(lexicon))


def plain_lines(source: Source) -> str:
    """A policy file's text as it counts: the same whichever system its file was last on."""
    return source.text.removeprefix("\ufeff").replace("\r\n", "\n")


def _of_all(sources: Iterable[Source]) -> str:
    return plain_digest(sorted(text_digest(plain_lines(source)) for source in sources))
