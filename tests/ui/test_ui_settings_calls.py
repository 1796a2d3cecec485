"""What the page asks about the settings crosses to the agent, and to one that begins anew."""

from collections.abc import Coroutine
from typing import Any

from agent.settings.stand import Done, Stand
from agent.words import Language
from tests.ui.desk import FakeDesk
from tests.ui.test_ui_settings import a_stand
from ui.bridge import Bridge
from ui.settings import settings_view
from ui.settings_calls import lead

RENEWING = "正在重新开始监看，要几秒钟…"


class Through:
    """A crossing that is none: each call is done on the spot."""

    def carry(self, call: Coroutine[Any, Any, Any]) -> Any:  # noqa: ANN401 (any result)
        """Run *call*, which waits for nothing."""
        try:
            call.send(None)
        except StopIteration as done:
            return done.value
        raise RuntimeError("it waits")


class SetThings:
    """Settings that stand as they stand."""

    def __init__(self, language: Language) -> None:
        self.language = language

    async def look(self) -> Stand:
        """Return how everything stands."""
        return a_stand()

    async def renew(self) -> Done:
        """Say that the work begins anew."""
        return Done(anew=True)

    async def remove_shop(self, shop: str) -> Done:
        """Say that it was done."""
        return Done(f"shops {shop}")


def a_desk(language: Language) -> FakeDesk:
    """Return a desk with settings in *language*."""
    desk, settings = FakeDesk(), SetThings(language)
    things: Any = settings
    desk.controls.settings = things
    return desk


def a_bridge(desk: FakeDesk) -> Bridge:
    """Return a bridge to *desk* that crosses nothing."""
    through: Any = Through()
    return Bridge(desk, through, "zh", lambda: None)


def test_the_page_hears_how_everything_stands_and_what_was_written() -> None:
    """As plain data, in the language of the faces."""
    bridge = a_bridge(a_desk("zh"))

    assert {"ok": True, "settings": settings_view(a_stand(), "zh")} == bridge.settings()
    assert {
        "ok": True,
        "said": "已从配置里删除（shops x）。",
        "shop": "",
        "anew": False,
    } == bridge.change({"act": "remove_shop", "shop": "x"})
    assert {"ok": True, "said": RENEWING, "shop": "", "anew": True} == bridge.change(
        {"act": "renew"}
    )


def test_without_settings_the_page_hears_why() -> None:
    """The demo has no file; what is no wish is refused."""
    bridge = a_bridge(FakeDesk())
    shown, wish = bridge.settings(), a_bridge(a_desk("zh")).change({"act": "fly"})

    assert (False, "用 geshao run 启动（不是演示），再打开设置。") == (
        shown["ok"],
        shown["next_step"],
    )
    assert not wish["ok"]


def test_the_bridge_leads_to_whatever_began_anew() -> None:
    """In the language that its settings say; the page keeps the bridge that it has."""
    first, second = a_desk("zh"), a_desk("en")
    bridge = a_bridge(first)
    through: Any = Through()
    lead(bridge, second, through)
    bridge.star(12, True)  # noqa: FBT003 (JSON has no keywords)

    assert ([], [("star", 12, True)]) == (first.asked, second.asked)
    assert (
        "Removed from the file (shops x)."
        == bridge.change({"act": "remove_shop", "shop": "x"})["said"]
    )
    assert "en" == bridge.snapshot()["view"]["language"]
