"""A make-believe Kuaishou shop office on the loopback interface, and the object that rules it."""

from agent.demo.kuaishou.office import MakeBelieveKuaishou
from agent.demo.kuaishou.refunds import HandlingWay, RefundStatus

OFFICE = MakeBelieveKuaishou

__all__ = ["OFFICE", "HandlingWay", "MakeBelieveKuaishou", "RefundStatus"]
