import gc
import logging
from collections.abc import Iterator
from contextlib import aclosing
from pathlib import Path

import pytest
from desktop_notifier import Urgency

from agent.cases import Tier
from agent.channels import desktop as desktop_module
from agent.channels.channel import Channel, Notice
from agent.channels.desktop import Desktop
from agent.errors import ChannelRefused
from tests.channels.fake_desktop import Shown, desktop_offering, session_bus
from tests.channels.fake_notifier import FakeNotifier, on

NASTY = '买家 <b>张</b> & "李" <script>alert(1)</script> \u202e反 😀'
ESCAPED = '买家 &lt;b&gt;张&lt;/b&gt; &amp; "李" &lt;script&gt;alert(1)&lt;/script&gt; \u202e反 😀'


def open_files() -> int:
    """Return how many files, sockets included, this process holds open."""
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Run a private session bus on which nobody offers anything yet."""
    with session_bus(tmp_path) as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        yield


@pytest.mark.parametrize(
    ("tier", "urgency", "milliseconds"),
    [(Tier.NORMAL, 0, -1), (Tier.IMPORTANT, 1, -1), (Tier.URGENT, 2, 0)],
)
async def test_arrives_on_a_real_bus(
    bus: None, tier: Tier, urgency: int, milliseconds: int
) -> None:
    """A notice arrives with its name, words and urgency; an urgent one never goes by itself."""
    notice = Notice(tier=tier, title="仅退款 · 店铺A", lines=("还剩 25 分钟", "到期自动退款"))

    async with desktop_offering() as service, aclosing(Desktop()) as desktop:
        await desktop.deliver(notice)

    body = "还剩 25 分钟\n到期自动退款"
    assert [Shown("鸽哨", "仅退款 · 店铺A", body, urgency, milliseconds)] == service.shown


@pytest.mark.parametrize(("abilities", "body"), [((), NASTY), (("body-markup",), ESCAPED)])
async def test_words_stay_words(bus: None, abilities: tuple[str, ...], body: str) -> None:
    """A buyer's markup is shown as text, also where the desktop would take it for markup."""
    notice = Notice(tier=Tier.NORMAL, title=NASTY, lines=(NASTY,))

    async with desktop_offering(*abilities) as service, aclosing(Desktop()) as desktop:
        await desktop.deliver(notice)

    assert [(NASTY, body)] == [(shown.title, shown.body) for shown in service.shown]


async def test_bytes_no_bus_carries(bus: None) -> None:
    """Characters that would break the bus are blanked, and endless text is cut."""
    notice = Notice(tier=Tier.NORMAL, title="甲\x00乙\ud800丙", lines=("长" * 5_000, "\x1b[2J"))

    async with desktop_offering() as service, aclosing(Desktop()) as desktop:
        await desktop.deliver(notice)

    assert ["甲 乙 丙"] == [shown.title for shown in service.shown]
    assert ["长" * 999 + "…"] == [shown.body for shown in service.shown]


async def test_no_service_then_one(bus: None) -> None:
    """A bus without a notification service refuses, until a service is there."""
    notice = Notice(tier=Tier.NORMAL, title="鸽哨")

    async with aclosing(Desktop()) as desktop:
        with pytest.raises(ChannelRefused, match="通知服务"):
            await desktop.deliver(notice)
        async with desktop_offering() as service:
            await desktop.deliver(notice)

    assert 1 == len(service.shown)


async def test_failures_leave_no_sockets(bus: None) -> None:
    """However often a try fails, no connection stays open."""
    desktop = Desktop()
    gc.collect()  # what other tests left open
    before = open_files()

    for _ in range(5):
        with pytest.raises(ChannelRefused):
            await desktop.deliver(Notice(tier=Tier.NORMAL, title="鸽哨"))
    async with desktop_offering():
        pass

    assert before >= open_files()


async def test_service_goes_away(bus: None) -> None:
    """When the service is gone, the notice is refused, though the library would not say so."""
    notice = Notice(tier=Tier.NORMAL, title="鸽哨")

    async with aclosing(Desktop()) as desktop:
        async with desktop_offering():
            await desktop.deliver(notice)

        with pytest.raises(ChannelRefused):
            await desktop.deliver(notice)


async def test_no_bus(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without a session bus the delivery is refused with a next step, and not for good."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/nobody")

    with pytest.raises(ChannelRefused, match="通知服务") as refusal:
        await Desktop().deliver(Notice(tier=Tier.NORMAL, title="鸽哨"))

    assert "桌面环境" in refusal.value.next_step
    assert not refusal.value.permanent


async def test_no_address_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that never heard of a session bus is refused in the same way."""
    for name in ("DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "HOME"):
        monkeypatch.delenv(name, raising=False)

    with pytest.raises(ChannelRefused, match="通知服务"):
        await Desktop().deliver(Notice(tier=Tier.NORMAL, title="鸽哨"))


@pytest.mark.parametrize(
    ("tier", "urgency", "seconds"),
    [
        (Tier.NORMAL, Urgency.Low, -1),
        (Tier.IMPORTANT, Urgency.Normal, -1),
        (Tier.URGENT, Urgency.Critical, 0),
    ],
)
async def test_tier_to_urgency(tier: Tier, urgency: Urgency, seconds: int) -> None:
    """Each tier has its urgency, and urgent means until dismissed."""
    notifier = FakeNotifier()

    await on(notifier).deliver(Notice(tier=tier, title="标题", lines=("一", "二")))

    assert [("标题", "一\n二", {"urgency": urgency, "timeout": seconds})] == notifier.sent


@pytest.mark.parametrize(
    ("failure", "message", "permanent"),
    [
        ("no bus", "通知服务", False),
        ("swallowed", "通知服务", False),
        ("forbidden", "不允许", False),
        ("dummy", "不能弹通知", True),
        ("stalls", "没有反应", False),
    ],
)
async def test_refusals(
    monkeypatch: pytest.MonkeyPatch, failure: str, message: str, *, permanent: bool
) -> None:
    """Every way in which a desktop fails is a refusal that says what to do."""
    limit_s = 0.05 if failure == "stalls" else 60
    monkeypatch.setattr(desktop_module, "_LIMIT_SECONDS", limit_s)

    with pytest.raises(ChannelRefused, match=message) as refusal:
        await on(FakeNotifier(failure)).deliver(Notice(tier=Tier.NORMAL, title="标题"))

    assert permanent == refusal.value.permanent
    assert refusal.value.next_step


async def test_buyers_words_are_not_logged(
    bus: None, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """Neither a delivery nor a refusal writes what the notice says anywhere."""
    notice = Notice(tier=Tier.NORMAL, title="13800138000", lines=("13800138000",))
    caplog.set_level(logging.DEBUG)

    async with aclosing(Desktop()) as desktop:
        with pytest.raises(ChannelRefused):
            await desktop.deliver(notice)
        async with desktop_offering():
            await desktop.deliver(notice)

    written = caplog.text + "".join(capfd.readouterr())
    assert "13800138000" not in written


def test_is_a_channel() -> None:
    """The dispatcher can use it like any other road, under the name in the journal."""
    channel: Channel = Desktop()

    assert "desktop" == channel.name
