"""Everything else goes through Apprise: an ntfy of our own, and what becomes of its refusals."""

import asyncio
import re
import threading
import warnings
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from email import message_from_string, policy
from email.message import EmailMessage

import pytest
import pytest_asyncio

from agent.channels import through_apprise
from agent.channels.channel import Words
from agent.channels.road import Road
from agent.channels.through_apprise import LIMIT_S, ThroughApprise
from tests.channels.mail import mail_server
from tests.channels.sending import ARRIVED, LATER, NEVER, NOTICE, tried
from tests.channels.services import Services, Trouble, services
from tests.channels.troubles import hangs_up, says
from tests.fakes import FakeClock
from tests.ports import free_port

MARKUP = Words("紧急 · 2 件要处理", ("新 · 剩 <b>1</b>", "新 · 剩 2 分"))


@pytest.fixture(scope="module", autouse=True)
def _loaded() -> None:
    """Load Apprise with all of its services, which takes a second or two, for these tests only."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it looks for a module that Python is about to drop
        import apprise  # noqa: PLC0415 (not while tests are collected, by each worker)

        assert apprise.Apprise().add("ntfy://127.0.0.1/loads-them")


@pytest_asyncio.fixture
async def told() -> AsyncIterator[Services]:
    """Give an ntfy."""
    async with services(FakeClock()) as told:
        yield told


def a_road(url: str, clock: FakeClock) -> Road:
    """Return the road to *url*."""
    return Road("手机", ThroughApprise(url, clock), clock)


def ntfy(told: Services) -> Road:
    """Return the road to the ntfy."""
    return a_road(told.url.replace("http:", "ntfy:") + "/geshao-made-up", told.clock)


async def test_ntfy_is_told_what_others_are(told: Services) -> None:
    """Title and text arrive, masked as everywhere."""
    end = await tried(ntfy(told))

    assert (ARRIVED, "") == end
    assert ["紧急 · shanque · 仅退款"] == [one["title"] for one in told.took]
    assert ["新 · 剩 21 分 0 秒 · #12"] == [one["message"] for one in told.took]


OUTCOMES: dict[str, tuple[Trouble, str]] = {
    "403": (says({"code": 40301, "error": "forbidden"}, 403), NEVER),
    "429": (says({"code": 42901, "error": "limit reached"}, 429), LATER),
    "507": (says({"code": 50701, "error": "full"}, 507), LATER),
    "cut before the answer": (hangs_up, LATER),
}


@pytest.mark.parametrize(("name", "case"), OUTCOMES.items(), ids=OUTCOMES)
async def test_refusals(
    told: Services, name: str, case: tuple[Trouble, str], figure: Callable[[str], None]
) -> None:
    """What ntfy did not take counts as not taken, with a reason to read."""
    told.trouble, expected = case
    end, said = await tried(ntfy(told))
    figure(f"  ntfy through Apprise: {name:32}{end}")

    assert expected == end
    assert said
    assert [] == told.took


async def test_an_address_that_apprise_does_not_know(told: Services) -> None:
    """What was pasted wrongly does not mend itself."""
    assert NEVER == (await tried(a_road("nosuchthing://x", told.clock)))[0]


MAILS: dict[str, tuple[str, bool, str]] = {
    "nothing": ("", False, ARRIVED),
    "550, no such mailbox": ("550 no such mailbox", False, LATER),
    "451, busy": ("451 try again later", False, LATER),
    "cut within the message": ("", True, LATER),
}


@pytest.mark.parametrize(("name", "case"), MAILS.items(), ids=MAILS)
async def test_mail(name: str, case: tuple[str, bool, str], figure: Callable[[str], None]) -> None:
    """A mail is delivered once the server has taken all of it, and the owner."""
    async with mail_server() as mail:
        mail.refuses, mail.cuts, expected = case
        end, _ = await tried(a_road(mail.url, FakeClock()))
    figure(f"  mail through Apprise: {name:32}{end}")

    assert expected == end
    assert (end == ARRIVED) == bool(mail.took)


@pytest.mark.parametrize(
    ("wants", "kind", "said"),
    [
        ("", "plain", r"剩 <b>1</b>\s*新"),
        ("&format=html", "html", r"剩(?: |&nbsp;)&lt;b&gt;1&lt;/b&gt;<br ?/?>\s*新"),
    ],
)
async def test_a_mail_says_the_text_as_it_is(wants: str, kind: str, said: str) -> None:
    """Lines stay lines, and what looks like markup stays words, also in HTML."""
    async with mail_server() as mail:
        road = a_road(mail.url + wants, FakeClock())
        end = await tried(road, replace(NOTICE, masked=MARKUP))
    [message] = [message_from_string(one, policy=policy.default) for one in mail.took]
    body = message.get_body()

    assert (ARRIVED, MARKUP.title) == (end[0], message["Subject"])
    assert isinstance(body, EmailMessage)
    assert kind == body.get_content_subtype()
    assert re.search(said, body.get_content())


async def test_a_mail_server_that_is_not_there(told: Services) -> None:
    """E-mail goes the same way; without a server it waits."""
    url = f"mailto://a:b@127.0.0.1:{free_port()}?from=a@b.example&to=c@d.example&mode=insecure"

    assert LATER == (await tried(a_road(url, told.clock)))[0]


async def test_a_service_that_hangs(told: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is left behind after a while, and not asked again as long as it hangs."""
    go = threading.Event()
    monkeypatch.setattr(through_apprise, "_send", lambda *_: go.wait())
    road = ntfy(told)
    async with asyncio.TaskGroup() as tasks:
        task = tasks.create_task(tried(road))
        await told.clock.advance(0)
        await told.clock.advance(LIMIT_S)
    again = await tried(road)
    go.set()

    assert (LATER, "对方 25 秒没有回应。 请检查网络；程序会自动再试。") == task.result()
    assert (LATER, "上一条还没有结果。 程序会自动再试。") == again


def test_the_address_is_not_shown(told: Services) -> None:
    """The preview has the service, the title and the text, and no secret."""
    assert (
        "bark://…（地址不显示）\n标题：紧急 · shanque · 仅退款\n新 · 剩 21 分 0 秒 · #12"
        == a_road("bark://secret-key@host/", told.clock).shown(NOTICE)
    )
