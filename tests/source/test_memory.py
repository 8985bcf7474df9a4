"""What is remembered is bounded, and what is asked for stays longest."""

from __future__ import annotations

from replylint.source.memory import Memory


def test_the_one_not_asked_for_longest_makes_room() -> None:
    memory: Memory[str, int] = Memory(2)
    memory.keep("a", 1)
    memory.keep("b", 2)
    assert memory.recall("a") == 1
    memory.keep("c", 3)
    assert [memory.recall(key) for key in "abc"] == [1, None, 3]
