"""What is remarkable about a good reading stands in the shop's row, and changes nothing."""

from agent.inbox import ShopState
from tests.box import a_box
from tests.mothers import KEY, a_reading


def test_a_remark_about_a_good_reading_is_shown() -> None:
    """The shop is as calm as it was; what its page tried, or said, a person can see."""
    with a_box() as box:
        box.reads("aftersale")
        box.reads("chat")
        told = a_reading(queue="chat", taken_at=box.clock.now(), detail="页面想发出规则禁止的请求")
        known = box.journal.health()[KEY.shop]["chat"]
        box.journal.record([], known.after(told), shop=KEY.shop)
        remarked = box.health()
        box.reads("chat")
        after = box.health()

    assert (ShopState.CALM, None) == (remarked.state, remarked.outcome)
    assert ["页面想发出规则禁止的请求", ""] == [remarked.detail, after.detail]
