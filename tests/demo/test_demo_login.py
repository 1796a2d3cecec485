"""The make-believe front door."""

import pytest
from aiohttp import ClientSession, CookieJar

from agent.demo.doudian import MakeBelieveDoudian
from tests.demo.visitor import EMAIL, OTHER_SHOP, PASSWORD, PHONE, SHOP, WORKBENCH, Visitor

SMS = "/passport/web/sms_login/"
BY_MAIL = "/passport/web/user/login/"
WORKSPACE = "/pc_seller_v2/main/workspace"


@pytest.mark.parametrize(
    ("site", "path"),
    [
        ("fxg", WORKBENCH),
        ("fxg", "/ffa/mshop/homepage/index"),
        ("fxg", "/ffa/eco/experience-score"),
        ("im", WORKSPACE),
    ],
)
async def test_signed_out_pages_lead_to_login(
    office: MakeBelieveDoudian, visitor: Visitor, site: str, path: str
) -> None:
    """Whoever is signed out is sent from any page to the login page."""
    response = await visitor.page(path, site)

    assert (302, office.sites["fxg"] + "/login/common") == (
        response.status,
        response.headers["Location"],
    )


async def test_one_login_opens_all_hosts(visitor: Visitor) -> None:
    """The cookie of the back office opens the chat page as well."""
    await visitor.sign_in()

    pages = [await visitor.page(WORKBENCH), await visitor.page(WORKSPACE, "im")]

    assert [200, 200] == [page.status for page in pages]


async def test_wrong_password_keeps_out(visitor: Visitor) -> None:
    """A wrong password is told so and gives no session."""
    answer = await visitor.post(BY_MAIL, {"email": EMAIL, "password": "wrong"})

    assert (1009, "邮箱或密码错误") == (answer["code"], answer["msg"])
    assert 302 == (await visitor.page(WORKBENCH)).status


async def test_account_of_several_shops_must_choose(visitor: Visitor) -> None:
    """No page opens before a shop was chosen; then that shop is the one shown."""
    answer = await visitor.sign_in(shop=None)
    before = await visitor.page(WORKBENCH)
    await visitor.post("/ecomauth/loginv1/login", {"shop_name": OTHER_SHOP})
    after = await visitor.page(WORKBENCH)

    assert None is answer["data"]["chosen"]
    assert [302, 200] == [before.status, after.status]
    assert f'"name": "{OTHER_SHOP}"' in await after.text()


async def test_sessions_have_shops_of_their_own(
    office: MakeBelieveDoudian, visitor: Visitor
) -> None:
    """A second session of the same account shows its own shop and leaves the first alone."""
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as other:
        colleague = Visitor(office, other)
        await visitor.sign_in(SHOP)
        await colleague.sign_in(OTHER_SHOP)
        shown = [await who.pigeon("/backstage/currentuser") for who in (visitor, colleague)]

    assert [SHOP, OTHER_SHOP] == [one["data"]["ShopName"] for one in shown]
    assert [SHOP, OTHER_SHOP] == [request.shop for request in office.requests][-2:]


async def test_code_by_text_message_opens(office: MakeBelieveDoudian, visitor: Visitor) -> None:
    """The code that was sent to the phone opens, and only once."""
    await visitor.post("/passport/web/send_code/", {"mobile": PHONE})
    code = office.sms_code(PHONE)

    answers = [await visitor.post(SMS, {"mobile": PHONE, "code": code}) for _ in range(2)]

    assert [0, 1202] == [answer["code"] for answer in answers]


@pytest.mark.parametrize(("phone", "code"), [(PHONE, ""), (PHONE, "000000"), ("10000000000", "1")])
async def test_wrong_code_keeps_out(visitor: Visitor, phone: str, code: str) -> None:
    """A missing, wrong or stranger's code opens nothing."""
    await visitor.post("/passport/web/send_code/", {"mobile": phone})

    answer = await visitor.post(SMS, {"mobile": phone, "code": code})

    assert 1202 == answer["code"]


async def test_slider_stands_before_login(office: MakeBelieveDoudian, visitor: Visitor) -> None:
    """While the slider is asked for, only a form whose challenge was solved gets in."""
    office.require_slider_at_login(needed=True)
    form = {"email": EMAIL, "password": PASSWORD, "fp": "verify_1"}
    before = await visitor.post(BY_MAIL, form)
    await visitor.post("/rmc.bytedance.com/verifycenter/verify", {"fp": "verify_1"})
    after = await visitor.post(BY_MAIL, form)

    assert [1105, 0] == [before["code"], after["code"]]


async def test_risk_check_asks_for_mailed_code(
    office: MakeBelieveDoudian, visitor: Visitor
) -> None:
    """While a risk is seen, the right password leads to a code by mail, which then opens."""
    office.require_risk_check_at_login(needed=True)
    form = {"email": EMAIL, "password": PASSWORD}
    before = await visitor.post(BY_MAIL, form)
    after = await visitor.post(BY_MAIL, {**form, "email_code": office.email_code(EMAIL)})

    assert "系统判断当前操作存在风险，请进行安全验证" == before["msg"]
    assert 0 == after["code"]


async def test_login_page_sends_home_who_is_in(visitor: Visitor) -> None:
    """Who is signed in already does not see the login form."""
    await visitor.sign_in()

    assert 302 == (await visitor.page("/login/common")).status


async def test_session_check_tells_the_living_from_the_dead(
    office: MakeBelieveDoudian, visitor: Visitor
) -> None:
    """The page's own question is answered 0 while signed in, 10008 after."""
    await visitor.sign_in()
    path = "/ecomauth/loginv1/session_check"
    before = await visitor.fxg(path, login_source="doudian_pc_web", bus_type="1")
    office.sign_out(EMAIL)
    after = await visitor.fxg(path, login_source="doudian_pc_web", bus_type="1")

    assert [(0, 0), (10008, 10008)] == [(one["code"], one["st"]) for one in (before, after)]
