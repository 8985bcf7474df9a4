"""The SLA contract: who may promise what, who must be told, and by when."""

from replylint.contract.load import load, parse
from replylint.contract.model import Contact, Contract
from replylint.contract.reckoning import resolve

__all__ = ["Contact", "Contract", "load", "parse", "resolve"]
