"""Group robots and webhooks against services that behave like the real ones, refusals included."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import pytest_asyncio

from agent.config import RoadType
from tests.channels.sending import ARRIVED, LATER, NEVER, a_road, tried, tried_patiently
from tests.channels.services import Services, Trouble, services
from tests.channels.troubles import (
    breaks_off,
    certificate,
    hangs_up,
    keeps_silent,
    says,
    sends_elsewhere,
    shows,
)
from tests.fakes import FakeClock
from tests.ports import free_port

KINDS: tuple[RoadType, ...] = ("dingtalk", "feishu", "wecom", "webhook", "ntfy")
SIGN_IN = "<html><title>酒店 Wi-Fi</title>请先登录</html>"

Row = tuple[Trouble | None, str, str, str, str]
ROWS: dict[str, Row] = {
    "nothing": (None, ARRIVED, ARRIVED, ARRIVED, ARRIVED),
    "200, signature or keyword wrong": (
        says({"errcode": 310000, "errmsg": "sign not match", "code": 19021, "msg": "sign"}),
        *(NEVER, NEVER, LATER, ARRIVED),
    ),
    "200, robot removed": (
        says({"errcode": 300001, "errmsg": "token is not exist", "code": 19001, "msg": "gone"}),
        *(NEVER, NEVER, LATER, ARRIVED),
    ),
    "200, address of no robot": (
        says({"errcode": 93000, "errmsg": "invalid webhook url", "code": 9499, "msg": "bad"}),
        *(LATER, NEVER, NEVER, ARRIVED),
    ),
    "200, too fast": (
        says({"errcode": 45009, "errmsg": "api freq out of limit", "code": 11232, "msg": "freq"}),
        *(LATER, LATER, LATER, ARRIVED),
    ),
    "200, busy": (
        says({"errcode": -1, "errmsg": "system busy", "code": -1, "msg": "busy"}),
        *(LATER, LATER, LATER, ARRIVED),
    ),
    "200, old code 0, new code not": (
        says({"errcode": 0, "code": 19024, "StatusCode": 0, "msg": "Key Words Not Found"}),
        *(ARRIVED, NEVER, ARRIVED, ARRIVED),
    ),
    "200, code that is no number": (
        says({"errcode": False, "code": None, "StatusCode": "0"}),
        *(LATER, LATER, LATER, ARRIVED),
    ),
    "200, no code": (says({"ok": True}), LATER, LATER, LATER, ARRIVED),
    "200, a list": (says([0]), LATER, LATER, LATER, ARRIVED),
    "200, a sign-in page": (shows(SIGN_IN), LATER, LATER, LATER, LATER),
    "307, elsewhere": (sends_elsewhere, LATER, LATER, LATER, LATER),
    "400": (says({"errcode": 0, "code": 0}, 400), NEVER, NEVER, NEVER, NEVER),
    "403": (says({"errcode": 0, "code": 0}, 403), NEVER, NEVER, NEVER, NEVER),
    "404": (shows("not here", 404), NEVER, NEVER, NEVER, NEVER),
    "429": (says({}, 429, **{"Retry-After": "30"}), LATER, LATER, LATER, LATER),
    "500": (says({"errcode": 0, "code": 0}, 500), LATER, LATER, LATER, LATER),
    "502, a page": (shows("bad gateway", 502), LATER, LATER, LATER, LATER),
    "cut before the answer": (hangs_up, LATER, LATER, LATER, LATER),
    "cut within the answer": (breaks_off, LATER, LATER, LATER, LATER),
}
"""What happens to the message, and what becomes of it on each of KINDS but the last.

Where the make-believe answer says "yes" in a service's own words, it counts as taken.
"""
ON_NTFY = {"nothing": ARRIVED, "400": NEVER, "403": NEVER, "404": NEVER}
"""What becomes of it on ntfy: what is no message with its number is no "yes"."""


@pytest_asyncio.fixture
async def told() -> AsyncIterator[Services]:
    """Give the services, with a clock that stands still."""
    async with services(FakeClock()) as told:
        yield told


@contextmanager
def befalling(told: Services, trouble: Trouble | None) -> Iterator[None]:
    """Have *trouble* befall each message within."""
    told.trouble = trouble
    yield
    told.trouble = None


def line(name: str, ends: list[str]) -> str:
    """Return a row of the matrix as it is printed."""
    return f"  {name:32}" + "".join(f"{end:10}" for end in ends)


@pytest.mark.parametrize(("name", "row"), ROWS.items(), ids=ROWS)
async def test_each_outcome(
    told: Services, name: str, row: Row, figure: Callable[[str], None]
) -> None:
    """Nothing counts as delivered that the service did not say "yes" to in its own words."""
    trouble, *expected = *row, ON_NTFY.get(name, LATER)
    with befalling(told, trouble):
        ends = [(await tried(a_road(kind, told)))[0] for kind in KINDS]
    if trouble is None:
        figure(line("what befalls a message", [*KINDS]))
    figure(line(name, ends))

    assert expected == ends
    assert len(told.took) == (ends.count(ARRIVED) if trouble is None else 0)


async def test_no_answer_in_time(told: Services, figure: Callable[[str], None]) -> None:
    """Who keeps silent for ten seconds has not taken the message; it is sent again later."""
    with befalling(told, keeps_silent):
        ends = []
        for kind in KINDS:
            told.asked.clear()
            ends.append(await tried_patiently(a_road(kind, told), told))
    figure(line("no answer", [end for end, _ in ends]))

    assert [(LATER, "对方 10 秒没有回应。 请检查网络；程序会自动再试。")] * len(KINDS) == ends


async def test_a_certificate_that_nobody_vouches_for(
    tmp_path: Path, figure: Callable[[str], None]
) -> None:
    """Nothing is said to whom cannot prove to be the service."""
    async with services(FakeClock(), certificate(tmp_path)) as told:
        ends = [await tried(a_road(kind, told, url=f"{told.tls_url}/{kind}")) for kind in KINDS]
    figure(line("certificate not to be trusted", [end for end, _ in ends]))

    assert {LATER} == {end for end, _ in ends}
    assert all(words.startswith("对方的证书不对，没有发出去。") for _, words in ends)
    assert not told.asked.is_set()


async def test_nobody_listens(told: Services, figure: Callable[[str], None]) -> None:
    """Without a network, or a server, it is tried again."""
    url = f"http://127.0.0.1:{free_port()}/"
    ends = [await tried(a_road(kind, told, url=url)) for kind in KINDS]
    figure(line("nobody listens", [end for end, _ in ends]))

    assert [(LATER, "连不上对方的服务器。 请检查网络；程序会自动再试。")] * len(KINDS) == ends


async def test_an_address_that_is_none(told: Services) -> None:
    """What was pasted wrongly does not mend itself."""
    assert NEVER == (await tried(a_road("wecom", told, url="qyapi 网址")))[0]
