"""A make-believe Xiaohongshu shop office on the loopback interface, and what rules it."""

from agent.demo.xiaohongshu.office import MakeBelieveXiaohongshu
from agent.demo.xiaohongshu.returns import ReturnStatus, ReturnType

OFFICE = MakeBelieveXiaohongshu

__all__ = ["OFFICE", "MakeBelieveXiaohongshu", "ReturnStatus", "ReturnType"]
