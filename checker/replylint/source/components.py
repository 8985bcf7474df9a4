"""What can be wrong with the spaCy components that a user names in the settings."""

from __future__ import annotations


class ComponentError(ValueError):
    """A component is of no use. key: the sentence that says why; name: what it names."""

    key: str

    def __init__(self, name: str):
        super().__init__(name)
        self.name = name
