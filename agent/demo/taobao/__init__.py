"""A make-believe Taobao (Qianniu) on the loopback interface, and the object that rules it."""

from agent.demo.taobao.disputes import Claim, Judge, Status
from agent.demo.taobao.office import MakeBelieveTaobao

OFFICE = MakeBelieveTaobao

__all__ = ["OFFICE", "Claim", "Judge", "MakeBelieveTaobao", "Status"]
