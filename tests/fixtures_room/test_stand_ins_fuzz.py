import json
from collections.abc import Callable
from html import escape
from urllib.parse import quote

from hypothesis import given
from hypothesis import strategies as st

from agent.fixtures.html import anonymise_html
from agent.fixtures.stand_ins import StandIns
from tests.fixtures_room.made_up_page import KEEP, NOON
from tests.fixtures_room.traces import survivors

# None of these letters stands in a page's usual words or in a stand-in.
NAMES = st.text("张王赵刘陈吴郑孙钱诸葛欧阳", min_size=2, max_size=4)
NUMBERS = st.integers(10**14, 10**19).map(str)  # a moment in ms has fewer digits
PHONES = st.integers(0, 10**8 - 1).map(lambda n: f"139{n:08d}")
# A class of up to 23 letters and digits is how style sheets name their own.
TOKENS = st.text("qwxzjkQWXZJK0123456789", min_size=24, max_size=60).filter(
    lambda token: sum(map(str.isdigit, token)) > 2 and sum(map(str.isalpha, token)) > 6
)
MAILS = st.tuples(st.text("qxzjk", min_size=5, max_size=9), st.sampled_from(["qq.com", "a-b.cn"]))
SECRETS = st.one_of(NAMES, NUMBERS, PHONES, TOKENS, MAILS.map("@".join))
AROUND = st.sampled_from(
    ["", " ", "，", "订单编号 ", "仅退款", "你好", "3小时", "x", "¥12.00 ", "%", "&"]
)

SPELLINGS: list[Callable[[str], str]] = [
    str,
    quote,
    lambda text: quote(quote(text)),
    escape,
    lambda text: "".join(f"&#{ord(letter)};" for letter in text),
    lambda text: json.dumps({"deep": text}),
    lambda text: json.dumps([text], ensure_ascii=False),
    lambda text: f"https://shop.test/{quote(text)}?q={quote(text)}",
    "\u200b".join,
]


@st.composite
def planted(draw: st.DrawFn, secret: str) -> str:
    """Return a text that holds *secret* in some spelling."""
    spelled = draw(st.sampled_from(SPELLINGS))(secret)
    return draw(AROUND) + spelled + draw(AROUND)


@st.composite
def answers(draw: st.DrawFn) -> tuple[list[str], object]:
    """Return secrets, and an answer of any shape that holds them."""
    secrets = draw(st.lists(SECRETS, min_size=1, max_size=4))
    keys = st.sampled_from(["id", "order_id", "status", "text", "nickName", "extInfo", "s:role"])
    leaves = st.one_of(
        *(planted(secret) for secret in secrets),
        *(st.just(int(secret)) for secret in secrets if secret.isdecimal()),
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(allow_nan=False, allow_infinity=False),
        st.text(max_size=8),
    )
    nested = st.recursive(
        leaves,
        lambda below: st.one_of(
            st.lists(below, max_size=4), st.dictionaries(keys, below, max_size=4)
        ),
    )
    return secrets, draw(nested)


def shape(value: object) -> object:
    """Return the types, lengths and keys of JSON *value*."""
    if isinstance(value, dict):
        return {key: shape(each) for key, each in value.items()}
    return [shape(each) for each in value] if isinstance(value, list) else type(value)


@given(planted_answer=answers())
def test_no_secret_survives_in_an_answer(planted_answer: tuple[list[str], object]) -> None:
    """Whatever the answer looks like: its secrets go, its shape stays, and JSON it remains."""
    secrets, answer = planted_answer
    replaced = StandIns(NOON, keep=KEEP).json(answer)

    assert shape(answer) == shape(replaced)
    assert [] == survivors(secrets, json.dumps(replaced, ensure_ascii=False, allow_nan=False))
    assert [] == survivors(secrets, json.dumps(replaced, allow_nan=False))


@given(secret=SECRETS, data=st.data())
def test_no_secret_survives_on_a_page(secret: str, data: st.DataObject) -> None:
    """In a text, cut over elements, or in an attribute of any name."""
    cut = data.draw(st.integers(0, len(secret)))
    text = escape(data.draw(planted(secret)))
    name = data.draw(st.sampled_from(["title", "data-x", "id", "class", "value", "href", "style"]))
    page = (
        f"<p>{text}</p><p>{secret[:cut]}<b>{secret[cut:]}</b></p>"
        f"<input {name}='{text}'><template><i>{text}</i></template>"
    )

    assert [] == survivors([secret], anonymise_html(page, StandIns(NOON, keep=KEEP)))


@given(value=st.one_of(NAMES, NUMBERS, PHONES), before=AROUND)
def test_one_value_one_stand_in(value: str, before: str) -> None:
    """Where a value stands by itself or behind a gap makes no difference."""
    stand_ins = StandIns(NOON, keep=KEEP)
    drawn = stand_ins.text(value)

    assert stand_ins.text(f"{before} {value}").endswith(f" {drawn}")
    assert [{"a": drawn}] == stand_ins.json([{"a": value}])


@given(text=st.text())
def test_any_text_can_be_replaced(text: str) -> None:
    """No text is too strange, and the same text always becomes the same."""
    stand_ins = StandIns(NOON, keep=KEEP)

    assert stand_ins.text(text) == stand_ins.text(text)
    anonymise_html(text, stand_ins).encode()
    stand_ins.address(text).encode()
