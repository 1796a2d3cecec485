"""Conversations and work tickets of a Kuaishou shop."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from agent.demo.kit.moments import epoch_ms

# Two marks are known, 12 and 13, of buyers who wait for an answer; what the others are is a guess.
WAITS = 12
ANSWERED = 1
TO_DO, DONE = "待处理", "已完结"
GREETING = "您好，很高兴为您服务"


@dataclass(slots=True)
class Talk:
    """One conversation with a buyer; *show_tag* tells whether somebody has to answer."""

    user_id: str
    buyer: str
    text: str
    active_at: datetime
    show_tag: int = WAITS


@dataclass(slots=True)
class Issue:
    """One work ticket. Nothing of its rows is known: every name below is a guess."""

    issue_id: str
    order_id: str
    title: str
    buyer: str
    created_at: datetime
    expires_at: datetime
    status: str = TO_DO


def session(talk: Talk) -> dict[str, Any]:
    """Return *talk* as the session list answers it."""
    return {
        "targetUserInfo": {"userId": int(talk.user_id), "nickname": talk.buyer, "avatar": ""},
        "chatSession": {
            # The newest stands first.
            "latestMessage": [{"content": talk.text}, {"content": GREETING}],
            "activeTime": epoch_ms(talk.active_at),
        },
        "sessionShowTag": talk.show_tag,
    }


def issue_row(issue: Issue) -> dict[str, Any]:
    """Return *issue* as the search answers it."""
    return {
        "issueId": int(issue.issue_id),
        "orderId": int(issue.order_id),
        "issueTypeDesc": issue.title,
        "statusDesc": issue.status,
        "buyerNick": issue.buyer,
        "createTime": epoch_ms(issue.created_at),
        "expireTime": epoch_ms(issue.expires_at),
    }


def latest_first(talks: Iterable[Talk]) -> list[Talk]:
    """Return *talks* as the workbench sorts them."""
    return sorted(talks, key=lambda talk: talk.active_at, reverse=True)
