"""A make-believe Pinduoduo on the loopback interface, and the Python object that rules it."""

from agent.demo.pinduoduo.office import MakeBelievePinduoduo
from agent.demo.pinduoduo.tickets import AfterSalesStatus, AfterSalesType

__all__ = ["OFFICE", "AfterSalesStatus", "AfterSalesType", "MakeBelievePinduoduo"]

OFFICE = MakeBelievePinduoduo
