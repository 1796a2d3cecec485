"""What the user is told when the file cannot be used."""

from pathlib import Path

import pytest

from agent.config import parse_settings, read_settings, read_shop
from agent.errors import ConfigError

FILE = Path("geshao.yaml")
SHOP = "  - id: shanque\n    platform: doudian\n    name: 山雀户外旗舰店\n"
DURATION = "带单位的时长，例如 90s、5m、2h、1d、1h30m"
TIERS = "urgent（紧急）、important（重要）、normal（普通）"
KINDS = (
    "refund_only（仅退款）、return_refund（退货退款）、exchange（换货）、resend（补寄）、"
    "repair（维修）、price_protection（价保）、dispute（仲裁纠纷）、complaint（投诉）、"
    "penalty（平台处罚）、conversation（买家等回复）、outage（看不到店铺）、batch（批量质量问题）、same_buyer（同一买家多单）、other（其他）"
)
PASSWORD = "密码请用 geshao shop add 保存到系统钥匙串，并从配置文件里删掉这一项"


def refusal(text: str) -> ConfigError:
    """Return the error that *text* meets where only doudian and pdd are installed."""
    with pytest.raises(ConfigError) as caught:
        parse_settings(text, FILE, {"doudian", "pdd"})
    return caught.value


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("language: cn", "第 1 行 language：写的是「cn」，可选：zh（中文）、en（英文）"),
        ("language: [zh]", "第 1 行 language：写的是 [zh]，可选：zh（中文）、en（英文）"),
        (
            "language: zh\nbrwser:\n  path: x",
            (
                "第 2 行 brwser：没有这个键，是不是想写 browser？"
                "可选：language、browser、pace、policy、triage、channels、roads、roster、holiday、heartbeat、drill、shops"
            ),
        ),
        (
            "pace:\n  interval: 30",
            f"第 2 行 pace.interval：写的是「30」，应为{DURATION}（5s 到 1h 之间）",
        ),
        (
            "pace:\n  interval: 1s",
            f"第 2 行 pace.interval：写的是「1s」，应为{DURATION}（5s 到 1h 之间）",
        ),
        (
            "pace:\n  jitter: 20%",
            "第 2 行 pace.jitter：写的是「20%」，应为 0 到 0.5 之间的小数，例如 0.2",
        ),
        ("pace: 30s", "第 1 行 pace：写的是「30s」，这里应是下一级的「键: 值」"),
        (
            "pace：30s",
            (
                "第 1 行 （整个文件）：写的是「pace：30s」，这里应是下一级的「键: 值」"
                "（键后面的冒号请用英文的「:」，再空一格）"
            ),
        ),
        ("pace: {}\npace: {}", "第 2 行 pace：写了两次（第一次在第 1 行），请合成一处"),
        ("? [pace]\n: 1", "第 1 行 （整个文件）：键只能是一个词"),
        (
            "language: !!str zh\nbrowser: {path: !x y}",
            "第 2 行 browser.path：不支持「!」开头的标记，请删掉它（文字本身以「!」开头时加引号）",
        ),
        (
            'browser:\n  path: "C:\\Program Files"',
            (
                "第 2 行 browser.path：写的是「C:�rogram Files」，"
                "应为浏览器程序的完整路径，不要加双引号（双引号里的 \\ 有别的意思）"
            ),
        ),
        (
            "policy:\n  tiers:\n    price_protectoin: important",
            (
                "第 3 行 policy.tiers.price_protectoin：没有这个名字，是不是想写 price_protection？"
                f"可选：{KINDS}"
            ),
        ),
        (
            "policy:\n  tiers: {dispute: 1}",
            f"第 2 行 policy.tiers.dispute：写的是「1」，可选：{TIERS}",
        ),
        (
            "policy: {targets: {conversation: }}",
            f"第 1 行 policy.targets.conversation：现在是空的，应为{DURATION}（大于 0，最长 365d）",
        ),
        (
            "policy: {high_value: 500元}",
            "第 1 行 policy.high_value：写的是「500元」，应为以元为单位的金额，例如 500 或 500.00",
        ),
        (
            "policy: {bands: {ticket: [4h, 12h, 30m]}}",
            (
                "第 1 行 policy.bands.ticket：写的是 [4h, 12h, 30m]，"
                "应为三个带单位、从长到短的时长，例如 [12h, 4h, 30m]"
            ),
        ),
        (
            "policy: {bands: {chat: [3m, [2m]]}}",
            (
                "第 1 行 policy.bands.chat：写的是一个列表，"
                "应为三个带单位、从长到短的时长，例如 [12h, 4h, 30m]"
            ),
        ),
        (
            "policy:\n  loudness:\n    urgent:\n      repeat_every: 30",
            (
                "第 4 行 policy.loudness.urgent.repeat_every：写的是「30」，"
                f"应为{DURATION}（5s 到 365d 之间），或 never（不重复）"
            ),
        ),
        (
            "policy: {loudness: {urgent: {repeat_evry: 30s}}}",
            (
                "第 1 行 policy.loudness.urgent.repeat_evry：没有这个键，是不是想写 repeat_every？"
                "可选：channels、repeat_every、repeat_at_most、repeat_channels、escalate"
            ),
        ),
        (
            "policy: {loudness: {normal: {channels: [sound, deskop]}}}",
            (
                "第 1 行 policy.loudness.normal.channels[1]：写的是「deskop」，是不是想写 desktop？"
                "可选：sound（声音）、desktop（桌面通知）"
            ),
        ),
        (
            "policy: {loudness: {normal: {channels: [sound, sound]}}}",
            "第 1 行 policy.loudness.normal.channels[1]：写的是「sound」，应为前面没有写过的通道",
        ),
        (
            "channels:\n  sound:\n    enabled: maybe",
            "第 3 行 channels.sound.enabled：写的是「maybe」，可选：true（开）、false（关）",
        ),
        (
            "channels: {sound: {volume: 80}}",
            "第 1 行 channels.sound.volume：写的是「80」，应为 0 到 1 之间的小数，例如 0.8",
        ),
        (
            "shops: {id: a}",
            (
                "第 1 行 shops：写的是一组「键: 值」，"
                "这里应是列表：每行一项、以「- 」开头，或写成 [甲, 乙]"
            ),
        ),
        (
            f"shops:\n{SHOP}  - id: huamei\n    platform: doudain\n    name: 画眉",
            "第 6 行 shops[1].platform：写的是「doudain」，是不是想写 doudian？可选：doudian、pdd",
        ),
        (
            f"shops:\n{SHOP}{SHOP}",
            "第 5 行 shops[1].id：写的是「shanque」，应为别的店没有用过的短名",
        ),
        (
            "shops:\n  - id: 山雀\n    platform: pdd\n    name: 山雀",
            (
                "第 2 行 shops[0].id：写的是「山雀」，应为小写字母或数字开头的短名，"
                "只含小写字母、数字、- 和 _，最多 32 个字符，例如 shanque"
            ),
        ),
        (
            "shops:\n  - id: a\n    platform: pdd",
            "第 2 行 shops[0].name：缺少这一项，请写上后台页面顶部显示的店铺名",
        ),
        (
            f"shops:\n{SHOP}      username：a@b.example",
            (
                "第 4 行 shops[0].name：这段文字和下一行连成了一段，请检查下一行的缩进，"
                "冒号要用英文的「:」、后面空一格"
            ),
        ),
        (
            f"shops:\n{SHOP}    sites: {{fxg: ftp://x}}",
            (
                "第 5 行 shops[0].sites.fxg：写的是「ftp://x」，"
                "应为 http:// 或 https:// 开头的网址，不带用户名和密码"
            ),
        ),
        (
            f"shops:\n{SHOP}    sites: {{fxg: 'https://me:secret@x.example'}}",
            (
                "第 5 行 shops[0].sites.fxg：写的是「https://…@x.example」，"
                "应为 http:// 或 https:// 开头的网址，不带用户名和密码"
            ),
        ),
        (f"shops:\n{SHOP}    password: hunter2", f"第 5 行 shops[0].password：{PASSWORD}"),
        (f"shops:\n{SHOP}    登录密码: hunter2", f"第 5 行 shops[0].登录密码：{PASSWORD}"),
        ("shops: 密码是 hunter2", f"第 1 行 shops：{PASSWORD}"),
        (
            'browser: {path: "\\e[31m\\u202e"}',
            (
                "第 1 行 browser.path：写的是「�[31m�」，"
                "应为浏览器程序的完整路径，不要加双引号（双引号里的 \\ 有别的意思）"
            ),
        ),
        (
            f"language: {'z' * 1000}",
            f"第 1 行 language：写的是「{'z' * 60}…」，可选：zh（中文）、en（英文）",
        ),
    ],
)
def test_each_mistake_is_told_with_its_spot(text: str, told: str) -> None:
    """A mistake is told with file, line, path, what was found and what is allowed."""
    error = refusal(text)

    assert f"配置文件 geshao.yaml 有 1 处要改：\n  {told}。" == error.message
    assert error.next_step == "改好后再试。"


def test_all_mistakes_are_told_at_once_in_the_order_of_the_file() -> None:
    """Several mistakes need one round of mending, not several."""
    told = refusal("shops: 1\npace:\n  jitter: 2\nlanguage: fr\npace: 3\n").message

    assert [
        "配置文件 geshao.yaml 有 4 处要改：",
        "  第 1 行 shops：",
        "  第 3 行 pace.jitter：",
        "  第 4 行 language：",
        "  第 5 行 pace：",
    ] == [line.partition("：")[0] + "：" for line in told.splitlines()]


def test_a_missing_file_names_the_command_that_makes_one(tmp_path: Path) -> None:
    """Whoever has no file yet is sent to `geshao init`."""
    file = tmp_path / "config.yaml"

    with pytest.raises(ConfigError) as caught:
        read_settings(file)

    assert f"没有找到配置文件 {file}。" == caught.value.message
    assert "请先运行 geshao init 建一份。" == caught.value.next_step


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    """What cannot be opened is told, not thrown."""
    with pytest.raises(ConfigError, match="打不开配置文件"):
        read_settings(tmp_path)


def test_another_encoding_is_named(tmp_path: Path) -> None:
    """A file saved as GBK is told from one with mistakes in it."""
    file = tmp_path / "config.yaml"
    file.write_bytes("# 店铺\nlanguage: zh\n".encode("gbk"))

    with pytest.raises(ConfigError, match="不是 UTF-8 编码"):
        read_settings(file)


def test_the_mark_of_windows_editors_is_no_mistake(tmp_path: Path) -> None:
    """A file that Notepad saved, with its mark in front and its line ends, is read."""
    file = tmp_path / "config.yaml"
    file.write_bytes("\ufefflanguage: en\r\npace:\r\n  jitter: 0\r\n".encode())

    settings = read_settings(file)

    assert ("en", 0.0) == (settings.language, settings.pace.jitter)


def test_without_a_list_of_platforms_any_is_taken() -> None:
    """Reading the file needs no packs."""
    settings = parse_settings("shops: [{id: a, platform: x, name: 山雀}]", FILE)

    assert "x" == settings.shops[0].platform


def test_a_described_shop_is_checked_like_one_in_the_file() -> None:
    """What a person types for a new shop is refused in the same words."""
    with pytest.raises(ConfigError) as caught:
        read_shop({"id": "A", "platform": "pddd", "name": None}, {"doudian", "pdd"})

    assert (
        "id：写的是「A」，应为小写字母或数字开头的短名，只含小写字母、数字、- 和 _，"
        "最多 32 个字符，例如 shanque。"
        "platform：写的是「pddd」，是不是想写 pdd？可选：doudian、pdd。"
        "name：缺少这一项，请写上后台页面顶部显示的店铺名。"
    ) == caught.value.message
