"""A make-believe desktop client of 旺商聊: a browser of its own with a debugging port."""

from agent.demo.wangshangliao.books import Conversation, Scene
from agent.demo.wangshangliao.office import MakeBelieveWangshangliao

OFFICE = MakeBelieveWangshangliao

__all__ = ["OFFICE", "Conversation", "MakeBelieveWangshangliao", "Scene"]
