"""What can be wrong with the spaCy components that a user names in the settings."""

from __future__ import annotations

from replylint.source.messages import say


class ComponentError(ValueError):
    """A component is of no use. key: the sentence that says why; name: what it names."""

    key: str

    def __init__(self, name: str):
        super().__init__(name)
        self.name = name

    def __str__(self) -> str:
        return say(self.key, "en", {"name": self.name})
