"""A make-believe Doudian on the loopback interface, and the Python object that rules it."""

from agent.demo.doudian.office import MakeBelieveDoudian
from agent.demo.doudian.tickets import AfterSaleStatus, AfterSaleType, ArbitrateStatus

OFFICE = MakeBelieveDoudian

__all__ = ["OFFICE", "AfterSaleStatus", "AfterSaleType", "ArbitrateStatus", "MakeBelieveDoudian"]
