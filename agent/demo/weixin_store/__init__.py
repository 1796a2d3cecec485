"""A make-believe Weixin Store (store.weixin.qq.com) on the loopback interface."""

from agent.demo.weixin_store.office import MakeBelieveWeixinStore
from agent.demo.weixin_store.tickets import AfterSaleStatus, AfterSaleType, ComplaintStatus

OFFICE = MakeBelieveWeixinStore

__all__ = [
    "OFFICE",
    "AfterSaleStatus",
    "AfterSaleType",
    "ComplaintStatus",
    "MakeBelieveWeixinStore",
]
