"""The SLA contract: who may promise what, who must be told, and by when."""

from replylint.contract.calendar import resolve
from replylint.contract.load import load, parse
from replylint.contract.model import Contact, Contract

__all__ = ["Contact", "Contract", "load", "parse", "resolve"]
