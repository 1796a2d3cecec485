"""What every make-believe office does, shown on one in little."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientResponse, ClientSession

from tests.demo.kiosk.office import MakeBelieveKiosk
from tests.demo.session import cookies_of
from tests.fakes import FakeClock

OWNER, PASSWORD = "owner", "right"
SHOP, OTHER_SHOP = "山雀户外旗舰店", "山雀户外专卖店"


class Guest:
    """Somebody with the cookies of one session."""

    def __init__(self, office: MakeBelieveKiosk, http: ClientSession) -> None:
        self.office = office
        self._http = http
        self.cookies: dict[str, str] = {}

    def sign_in(self, shop: str = SHOP) -> None:
        """Take the cookies of a session that starts now."""
        self.cookies = cookies_of(self.office, OWNER, shop)

    async def get(self, path: str, site: str = "shop") -> ClientResponse:
        """Ask for *path*, following nothing."""
        url = self.office.sites[site] + path
        answer = await self._http.get(url, cookies=self.cookies, allow_redirects=False)
        await answer.read()
        return answer

    async def post(self, path: str, body: dict[str, Any]) -> ClientResponse:
        """Send *body* to *path*."""
        url = self.office.sites["shop"] + path
        answer = await self._http.post(url, json=body, cookies=self.cookies)
        await answer.read()
        return answer

    async def cases(self) -> dict[str, Any]:
        """Return what the list call answers."""
        return dict(await (await self.get("/api/cases")).json())


@pytest.fixture
async def kiosk(clock: FakeClock) -> AsyncIterator[MakeBelieveKiosk]:
    """Yield a kiosk that answers."""
    async with MakeBelieveKiosk(clock, seed=3, push=True) as office:
        office.add_login(OWNER, PASSWORD, shops=[SHOP, OTHER_SHOP])
        yield office


@pytest.fixture
async def guest(kiosk: MakeBelieveKiosk) -> AsyncIterator[Guest]:
    """Yield somebody without a session."""
    async with ClientSession() as http:
        yield Guest(kiosk, http)


async def test_a_stranger_is_sent_to_the_login_page(kiosk: MakeBelieveKiosk, guest: Guest) -> None:
    """Pages redirect to the login of the office, calls answer its own envelope."""
    page = await guest.get("/queue")

    assert (302, kiosk.sites["shop"] + "/login") == (page.status, page.headers["Location"])
    assert {"over": "stranger"} == await guest.cases()


async def test_the_password_opens(kiosk: MakeBelieveKiosk, guest: Guest) -> None:
    """A wrong password opens nothing; the right one hands out the cookie of the office."""
    kiosk.add_login("single", "sesame", shops=[SHOP])
    wrong = await guest.post("/api/login", {"username": "single", "password": "no"})
    right = await guest.post("/api/login", {"username": "single", "password": "sesame"})
    guest.cookies = {name: cookie.value for name, cookie in right.cookies.items()}

    assert {} == dict(wrong.cookies)
    assert ["kiosk_session"] == list(guest.cookies)
    assert {"ok": True, "rows": []} == await guest.cases()


async def test_a_session_is_a_storage_state(kiosk: MakeBelieveKiosk) -> None:
    """The state holds the cookie for the office's host; a shop out of reach is an error."""
    state = kiosk.start_session(OWNER, SHOP)

    assert [("kiosk_session", "127.0.0.1", "/")] == [
        (one["name"], one["domain"], one["path"]) for one in state["cookies"]
    ]
    with pytest.raises(ValueError, match="may not enter"):
        kiosk.start_session(OWNER, "别人的店")


@pytest.mark.parametrize(("verb", "life"), [("sign_out", "signed_out"), ("kick", "kicked")])
async def test_ended_sessions_say_how_they_ended(
    kiosk: MakeBelieveKiosk, guest: Guest, verb: str, life: str
) -> None:
    """A sign-out and a kick are told apart; signed back in, the session is good again."""
    guest.sign_in()
    getattr(kiosk, verb)(OWNER)
    ended = await guest.cases()
    kiosk.sign_back_in(OWNER)

    assert {"over": life} == ended
    assert {"ok": True, "rows": []} == await guest.cases()


@pytest.mark.parametrize("verb", ["sign_out", "kick", "sign_back_in", "show_captcha"])
def test_a_name_that_nobody_has_is_an_error(verb: str) -> None:
    """A verb about somebody or some shop that the office does not know does not pass silently."""
    with pytest.raises(KeyError):
        getattr(MakeBelieveKiosk(FakeClock()), verb)("nobody")


async def test_a_second_sign_in_kicks_the_first(kiosk: MakeBelieveKiosk, guest: Guest) -> None:
    """Where one session is the rule, the older is kicked, and revived it kicks the younger."""
    guest.sign_in()
    first = guest.cookies
    guest.sign_in()
    second, guest.cookies = guest.cookies, first
    kicked = await guest.cases()
    kiosk.sign_back_in(OWNER)
    revived = await guest.cases()
    guest.cookies = second

    assert ({"over": "kicked"}, {"ok": True, "rows": []}) == (kicked, revived)
    assert {"over": "kicked"} == await guest.cases()


async def test_silence_ends_a_session(clock: FakeClock, guest: Guest) -> None:
    """A session in use lives on; left alone for longer than its idle life, it is over."""
    guest.sign_in()
    seen = []
    for minutes in (0, 50, 50, 61):
        await clock.advance(minutes * 60)
        seen.append(await guest.cases())

    good = {"ok": True, "rows": []}
    assert [good, good, good, {"over": "signed_out"}] == seen


async def test_rights_and_doubts(kiosk: MakeBelieveKiosk, guest: Guest) -> None:
    """A call needs what it says it needs, in the order challenge, then permission."""
    guest.sign_in()
    kiosk.deny_permission(SHOP)
    denied = [await guest.cases(), await (await guest.get("/api/who", "chat")).json()]
    kiosk.show_captcha(SHOP)
    doubted = await guest.cases()
    kiosk.clear_captcha(SHOP)
    kiosk.allow_permission(SHOP)

    assert [{"error": "denied"}, {"shop": SHOP}] == denied
    assert {"error": "prove it"} == doubted
    assert {"ok": True, "rows": []} == await guest.cases()


async def test_a_forged_call_is_turned_away_first(guest: Guest) -> None:
    """What the page would not ask so is refused before anybody looks at the session."""
    assert 418 == (await guest.get("/api/cases?forged=1")).status


async def test_switched_shop_goes_home(kiosk: MakeBelieveKiosk, guest: Guest) -> None:
    """A switch changes what is shown, and exchanged it is undone."""
    guest.sign_in()
    seen = []
    for shown, to in [(SHOP, OTHER_SHOP), (OTHER_SHOP, SHOP)]:
        kiosk.switch_shop(shown, to)
        seen.append((await (await guest.get("/api/who", "chat")).json())["shop"])

    assert [OTHER_SHOP, SHOP] == seen


async def test_requests_and_writes_are_kept(kiosk: MakeBelieveKiosk, guest: Guest) -> None:
    """Every request is remembered with its person and shop; only acts are writes."""
    case_id = kiosk.add_case(SHOP)
    guest.sign_in()
    await guest.cases()
    reads = list(kiosk.writes)
    await guest.post("/api/agree", {"id": case_id})

    assert [] == reads
    assert [(SHOP, "/api/agree", {"id": case_id})] == [
        (write.shop, write.path, write.body) for write in kiosk.writes
    ]
    assert [("shop", "/api/cases", OWNER, SHOP), ("shop", "/api/agree", OWNER, SHOP)] == [
        (seen.site, seen.path, seen.username, seen.shop) for seen in kiosk.requests
    ]


async def test_added_cases_differ_and_repeat() -> None:
    """Cases vary within an office and are the same for the same seed."""
    offices = [MakeBelieveKiosk(FakeClock(), seed=seed) for seed in (5, 5, 6)]
    for office in offices:
        office.add_cases(SHOP, 12)

    books = [
        [(one.amount_fen, one.due) for one in office._state.shops[SHOP].cases.values()]
        for office in offices
    ]
    assert 12 == len(set(books[0]))
    assert books[0] == books[1]
    assert books[0] != books[2]


async def test_pushed_frames_reach_the_shop(kiosk: MakeBelieveKiosk, guest: Guest) -> None:
    """A page that listens hears of its shop's cases."""
    guest.sign_in()
    url = kiosk.sites["shop"] + "/ws/v2"
    cookie = "; ".join(f"{name}={value}" for name, value in guest.cookies.items())
    async with guest._http.ws_connect(url, headers={"Cookie": cookie}) as socket:
        kiosk.add_case(OTHER_SHOP)
        kiosk.add_case(SHOP)
        heard, listening = await socket.receive_json(), kiosk.listening_pages

    assert ({"topic": "aftersale"}, 1) == (heard, listening)


def test_builds_and_releases_change_the_names() -> None:
    """A build has its own patterns; a release other hashes; a hard one nothing readable."""
    first, other = (MakeBelieveKiosk(FakeClock(), build=build) for build in "ab")
    skin = first._state.skin
    before = dict(skin.names)
    first.rename_classes()
    soft = dict(skin.names)
    first.rename_classes(hard=True)

    assert other._state.skin.names["row"].startswith("item-")
    assert before["row"] != soft["row"]
    assert soft["row"].startswith("list_row__")
    assert "stays" == soft["fixed"]
    assert "stays" != skin.names["fixed"]
    assert "stall" != skin.ui
    with pytest.raises(KeyError):
        MakeBelieveKiosk(FakeClock(), build="z")


async def test_the_page_carries_its_island(kiosk: MakeBelieveKiosk, guest: Guest) -> None:
    """The page holds shop, remembered page and extras as data; its title cannot be markup."""
    guest.sign_in()
    kiosk.remember_page(SHOP, 3)
    html = await (await guest.get("/queue")).text()
    island = json.loads(html.split('type="application/json">')[1].split("</script>")[0])

    assert (SHOP, 3, "é", "stall") == tuple(
        island[key] if key != "shop" else island["shop"]["name"]
        for key in ("shop", "page", "letter", "ui")
    )
    assert "售后 &lt;列表&gt;" in html


@pytest.mark.parametrize(
    ("name", "words"),
    [("queue.css", "list_row__"), ("base.css", "演示后台"), ("kit.js", "export function h")],
)
async def test_page_files_come_from_office_or_kit(guest: Guest, name: str, words: str) -> None:
    """The office's own files are served with today's class names, the kit's otherwise."""
    assert words in await (await guest.get(f"/static/1/{name}")).text()


async def test_unknown_page_files_are_not_found(guest: Guest) -> None:
    """A file that neither has is a 404, on each site."""
    assert 404 == (await guest.get("/static/1/nowhere.js", "chat")).status


async def test_other_sites_pages_may_ask(kiosk: MakeBelieveKiosk, guest: Guest) -> None:
    """A site that another one's pages call allows it by name; the other way it is not allowed."""
    guest.sign_in()
    crossed = (await guest.get("/api/who", "chat")).headers
    own = (await guest.get("/api/cases")).headers

    assert kiosk.sites["shop"] == crossed["Access-Control-Allow-Origin"]
    assert "Access-Control-Allow-Origin" not in own
