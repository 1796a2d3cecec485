"""What the log may say, and where it goes."""

import logging
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from loguru import logger

from agent import log

PHONES = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
LONG_NUMBERS = st.from_regex(r"[2-9][0-9]{11,24}", fullmatch=True)
SECRETS = st.text("abcdefghijkABCDEFGHIJK0123456789_-.%", min_size=12, max_size=60)
SURROUNDINGS = st.text("买家说：，。() \n", max_size=20)


@pytest.fixture(autouse=True)
def _quiet_afterwards() -> Iterator[None]:
    """Leave no sink behind: the next test's standard error is another one."""
    yield
    logger.remove()
    logging.getLogger().removeHandler(log._FROM_STANDARD_LIBRARY)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("买家电话13812341234，急", "买家电话138****1234，急"),
        ("+86 138-1234-1234", "138****1234"),
        ("8613812341234", "138****1234"),
        ("座机 0571-87654321", "座机 0571-****4321"),
        ("订单 6917345678901234567 超时", "订单 ****4567 超时"),
        ("230101-123456789012345", "230101-****2345"),
        ("读了 0.123456789012345 秒", "读了 0.123456789012345 秒"),
        ("12:00:05 第 12345678 行", "12:00:05 第 12345678 行"),
        ("写信给zhang.san@example.com.cn吧", "写信给z***@example.com.cn吧"),
        ("/list?token=abc123&page=2", "/list?token=***&page=2"),
        ("/list?page=2&msToken=a_b-c%3D&a=1", "/list?page=2&msToken=***&a=1"),
        ("access_token_v2: abc123", "access_token_v2: ***"),
        ("sessionid=0a1b2c; path=/", "sessionid=***; path=/"),
        ('{"session_id": "0a1b", "page": 2}', '{"session_id": ***, "page": 2}'),
        (r"{\"token\":\"0a1b\",\"page\":2}", r"{\"token\":***,\"page\":2}"),
        ("Shop(password='p w', name='x')", "Shop(password=***, name='x')"),
        ("密码：hunter2，请稍候", "密码：***，请稍候"),
        ("平台要求验证码：请去完成", "平台要求验证码：请去完成"),
        ("Authorization: Bearer abc.def\nHost: x", "Authorization: ***\nHost: x"),
        ("{'authorization': 'Basic abc', 'a': 1}", "{'authorization': ***', 'a': 1}"),
        ("Cookie: a=1; sid=2; uid=3", "Cookie: ***"),
        ("set-cookie: a=1; HttpOnly", "set-cookie: ***"),
        ("sent bearer abcdefgh12345", "sent bearer ***"),
        ("{'name': 'uid', 'value': '0a1b'}", "{'name': 'uid', 'value': ***}"),
        ("https://127.0.0.1/send?key=0a-1b", "https://127.0.0.1/send?key=***"),
        ("https://127.0.0.1/bot/v2/hook/0a1b2c3d-4e", "https://127.0.0.1/bot/v2/hook/***"),
        ("店铺A 读完 3 条", "店铺A 读完 3 条"),
    ],
)
def test_mask(text: str, masked: str) -> None:
    """Phones, addresses, secrets and long numbers are masked; the rest stays as it is."""
    assert masked == log.mask(text)
    assert masked == log.mask(masked)


@given(phone=PHONES, before=SURROUNDINGS, after=SURROUNDINGS)
def test_no_phone_survives(phone: str, before: str, after: str) -> None:
    """A phone is never whole after masking, wherever it stands."""
    masked = log.mask(before + phone + after)

    assert f"{before}{phone[:3]}****{phone[-4:]}{after}" == masked


@given(number=LONG_NUMBERS, before=SURROUNDINGS, after=SURROUNDINGS)
def test_no_long_number_survives(number: str, before: str, after: str) -> None:
    """Of an order's number only the last four digits are left."""
    masked = log.mask(before + number + after)

    assert f"{before}****{number[-4:]}{after}" == masked


@given(
    secret=SECRETS,
    name=st.sampled_from(
        ["token", "msToken", "X-Secret-Token", "sessionid", "PASSWORD", "api_key"]
    ),
    shape=st.sampled_from(["{}={}", "{}: {}", '"{}": "{}"', "{}='{}'", "?a=1&{}={}&b=2"]),
)
def test_no_secret_survives(secret: str, name: str, shape: str) -> None:
    """A secret behind its name is gone, in a web address, a header, JSON or a repr."""
    assert secret not in log.mask(shape.format(name, secret))


@given(st.text(max_size=200))
def test_mask_takes_any_text(text: str) -> None:
    """Masking what is masked changes nothing, whatever the text."""
    masked = log.mask(text)

    assert masked == log.mask(masked)


def test_file_holds_no_secrets(tmp_path: Path) -> None:
    """Message, shop and traceback are masked in the file, and no variable's value is shown."""
    log.set_up(tmp_path, verbose=False)
    hidden = "only-a-local"

    try:
        int(f"token=abc123 of 13812341234{hidden[:0]}")
    except ValueError:
        logger.bind(shop="13912341234").exception("cannot read {}", "6917345678901234567")
    text = (tmp_path / "geshao.log").read_text(encoding="utf-8")

    assert "| 139****1234 | " in text
    assert "cannot read ****4567" in text
    assert "token=*** of 138****1234" in text
    assert not any(word in text for word in ("abc123", "13812341234", hidden))


def test_text_from_a_page_is_data(tmp_path: Path) -> None:
    """Braces, tags and line ends in a text are written as they are, on one line."""
    log.set_up(tmp_path, verbose=False)

    logger.info("reason: {}", "{shop} <red>{0}</red> {")
    logger.info("{not a field}")
    logger.info("one\r\ntwo")
    lines = (tmp_path / "geshao.log").read_text(encoding="utf-8").splitlines()

    assert [
        "test_log: reason: {shop} <red>{0}</red> {",
        "test_log: {not a field}",
        r"test_log: one\ntwo",
    ] == [line.split(" | ")[-1].removeprefix("tests.") for line in lines]


@pytest.mark.parametrize(
    ("verbose", "levels"), [(False, ["WARNING"]), (True, ["DEBUG", "INFO", "WARNING"])]
)
def test_console_is_quiet(
    verbose: bool,  # noqa: FBT001 (a column of the table)
    levels: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Only warnings come to the console, unless all is asked for."""
    console = StringIO()
    monkeypatch.setattr(sys, "stderr", console)
    log.set_up(None, verbose=verbose)

    logger.debug("a")
    logger.info("b")
    logger.warning("c")

    assert levels == [line.split(" | ")[1].strip() for line in console.getvalue().splitlines()]


def test_five_files_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Old files go once there are five, the newest lines stay."""
    monkeypatch.setattr(log, "LARGEST_FILE_BYTES", 100)
    log.set_up(tmp_path, verbose=False)

    for number in range(12):
        logger.info("line {}", number)
    current = (tmp_path / "geshao.log").read_text(encoding="utf-8")

    assert log.FILES_KEPT == len(list(tmp_path.iterdir()))
    assert current.endswith("line 11\n")


def test_libraries_are_masked_too(tmp_path: Path) -> None:
    """What a library logs by the standard way lands in the same file, masked."""
    log.set_up(tmp_path, verbose=False)
    log.set_up(tmp_path, verbose=False)

    logging.getLogger("asyncio").error("lost: %s", "token=abc123")
    text = (tmp_path / "geshao.log").read_text(encoding="utf-8")

    assert 1 == text.count("asyncio: lost: token=***")
    assert "| ERROR    |" in text
