"""No secret that is planted survives, whatever stands around it."""

from hypothesis import example, given
from hypothesis import strategies as st

from agent.log import mask

PHONES = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
LANDLINES = st.from_regex(r"0(10|2[0-9]|[3-9][0-9]{2})-?[2-8][0-9]{7}", fullmatch=True)
HOTLINES = st.from_regex(r"[48]00-?[0-9]{3}-?[0-9]{4}", fullmatch=True)
LONG_NUMBERS = st.from_regex(r"[2-9][0-9]{11,24}", fullmatch=True)
SECRETS = st.text("abcdefghijkABCDEFGHIJK0123456789_-.%", min_size=12, max_size=60)
SURROUNDINGS = st.text("买家说：，。()'\"{}[]=;<>|/\\abc \n", max_size=20)
ADDRESSES = st.builds(
    "{}{}{}{}{}号{}".format,
    st.sampled_from(["", "浙江省", "江苏省 ", "内蒙古自治区"]),
    st.sampled_from(["杭州市", "扬州市 ", "北京市"]),
    st.sampled_from(["余杭区", "桐庐县", "海淀区 ", ""]),
    st.sampled_from(["文一西路", "望江街", "长安大道", "小河村", "幸福里"]),
    st.integers(1, 9999),
    st.sampled_from(["", "3栋2单元501室", " 2 号楼 1203", "-2", "甲座"]),
)
NAMES = st.sampled_from(
    ["token", "msToken", "X-Secret-Token", "sessionid", "PASSWORD", "api_key", "csrf_token"]
)
SHAPES = st.sampled_from(
    [
        "{}={}",
        "{}: {}",
        '"{}": "{}"',
        "{}='{}'",
        "?a=1&{}={}&b=2",
        r"\"{}\":\"{}\"",
        "('{}', '{}')",
        "b'{}: {}'",
        "{}%3D{}",
        "{}=<{}>",
    ]
)
HEADERS = st.sampled_from(["Cookie: {}", "authorization: Basic {}", "'Set-Cookie': 'sid={}; a=b'"])
HOOKS = st.sampled_from(
    [
        "https://127.0.0.1/robot/send?access_token={}",
        "https://127.0.0.1/open-apis/bot/v2/hook/{}",
        "https://127.0.0.1/cgi-bin/webhook/send?key={}",
        "https://api.day.app/{}/title",
        "https://sctapi.ftqq.com/{}.send",
        "https://1.push.ft07.com/send/{}.send",
        "https://127.0.0.1/push?token={}",
    ]
)
KEYS = st.text("abcdefABCDEF0123456789", min_size=12, max_size=40)


@given(phone=PHONES, before=SURROUNDINGS, after=SURROUNDINGS)
def test_no_phone_survives(phone: str, before: str, after: str) -> None:
    """A phone is never whole after masking, wherever it stands."""
    assert phone not in mask(before + phone + after)


@given(number=LANDLINES | HOTLINES, before=SURROUNDINGS, after=SURROUNDINGS)
def test_no_landline_survives(number: str, before: str, after: str) -> None:
    """Nor is a landline or a hotline."""
    assert number not in mask(before + number + after)


@given(number=LONG_NUMBERS, before=SURROUNDINGS, after=SURROUNDINGS)
def test_no_long_number_survives(number: str, before: str, after: str) -> None:
    """Of an order's number at most the last four digits are left."""
    masked = mask(before + number + after)

    assert number[:-4] not in masked


@given(secret=SECRETS, name=NAMES, shape=SHAPES, before=SURROUNDINGS, after=SURROUNDINGS)
def test_no_secret_survives(secret: str, name: str, shape: str, before: str, after: str) -> None:
    """A secret behind its name is gone, in a web address, a header, JSON or a repr."""
    assert secret not in mask(before + shape.format(name, secret) + after)


@given(secret=SECRETS, header=HEADERS, before=SURROUNDINGS)
def test_no_header_survives(secret: str, header: str, before: str) -> None:
    """Nor does what signs a request in."""
    assert secret not in mask(before + header.format(secret))


@given(key=KEYS, hook=HOOKS, before=SURROUNDINGS, after=SURROUNDINGS)
def test_no_robots_address_survives(key: str, hook: str, before: str, after: str) -> None:
    """Nor does the secret part of an address to which messages are sent."""
    assert key not in mask(before + hook.format(key) + after)


@given(address=ADDRESSES, before=SURROUNDINGS, after=SURROUNDINGS)
def test_no_address_survives(address: str, before: str, after: str) -> None:
    """Neither street nor number of an address is left."""
    street = address.strip().rpartition("号")[0][-4:]

    assert street not in mask(before + address + after)


@given(st.text(max_size=200) | st.text("token=\"'\\:地址路1号 cookie", max_size=60))
@example("138123412340571-87654321")
@example("cookie: ***, b")
def test_mask_takes_any_text(text: str) -> None:
    """Whatever the text is, what was masked stays as it is."""
    once = mask(text)

    assert once == mask(once)
