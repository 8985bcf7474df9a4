"""The moment of a check, which notices whether it is asked for: a verdict that never asked holds at any other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from types import GetSetDescriptorType, MethodDescriptorType, WrapperDescriptorType
from typing import Any


class Noticing(dt.datetime):
    """A moment like any other, which keeps account of whether anything was asked of it.

    Whatever is worked out from it, such as a later moment, is an ordinary moment: it was asked when that was done.
    """

    _plain: dt.datetime
    _asked: bool

    @classmethod
    def of(cls, moment: dt.datetime) -> Noticing:
        """The same moment, of which nothing has been asked yet."""
        m = moment
        made = cls(m.year, m.month, m.day, m.hour, m.minute, m.second, m.microsecond, m.tzinfo, fold=m.fold)
        made._plain, made._asked = moment, False
        return made


def noticed(moment: dt.datetime) -> bool:
    """Whether anything was asked of a moment since this was last called; of one that does not notice, who knows."""
    if not isinstance(moment, Noticing):
        return True
    state = vars(moment)
    asked, state["_asked"] = state["_asked"], False
    return bool(asked)


def _noticed(name: str) -> Callable[..., Any]:
    def ask(moment: Noticing) -> Any:
        state = vars(moment)
        state["_asked"] = True
        return getattr(state["_plain"], name)

    return ask


def _answered(name: str) -> Callable[..., Any]:
    ask = _noticed(name)
    return lambda moment, *words, **more: ask(moment)(*words, **more)


# What every object can be asked without telling which moment it is.
_TELLS_NOTHING = frozenset(
    {"__init__", "__getattribute__", "__setattr__", "__delattr__", "__dir__", "__getstate__", "__sizeof__"}
)

# Everything that a moment can be asked, in whichever Python: a list of names would miss what a later one adds.
for _name in frozenset(dir(dt.datetime)) - _TELLS_NOTHING:
    match getattr(dt.datetime, _name):
        case GetSetDescriptorType():
            setattr(Noticing, _name, property(_noticed(_name)))
        case MethodDescriptorType() | WrapperDescriptorType():
            setattr(Noticing, _name, _answered(_name))
