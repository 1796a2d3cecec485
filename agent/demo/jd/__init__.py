"""A make-believe back office of JD's merchants, and the words its tickets come in."""

from agent.demo.jd.books import ArbitrationTab, Expect, SubState
from agent.demo.jd.office import MakeBelieveJd

OFFICE = MakeBelieveJd

__all__ = ["OFFICE", "ArbitrationTab", "Expect", "MakeBelieveJd", "SubState"]
