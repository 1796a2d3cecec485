"""The user's file, changed for them."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.cases import Policy
from agent.config import (
    PolicySettings,
    RoadSettings,
    RosterSettings,
    Settings,
    ShopSettings,
    add_shop,
    parse_settings,
    read_settings,
    remove_shop,
    write_first_config,
)
from agent.config.splice import with_item, without_item
from agent.errors import ConfigError
from agent.words import Language

OWN = """\
# 我的店铺
browser:
  path: null          # 自动寻找
channels: {sound: {volume:   0.5}}

shops:   # 三家
  # 主店
  - id: shanque
    platform: doudian
    name:   '山雀'   # 旗舰
    # username: 以后再填
  # 二店
  - id: huamei
    platform: doudian
    name: 画眉

# 提醒
language: zh
"""


def a_shop(shop_id: str = "xique") -> ShopSettings:
    """Return a shop to add."""
    return ShopSettings(id=shop_id, platform="doudian", name="喜鹊: 母婴", username="13800138000")


ADDED = """\
  - id: xique
    platform: doudian
    name: '喜鹊: 母婴'
    username: '13800138000'
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a file that a person wrote."""
    path = tmp_path / "config.yaml"
    path.write_bytes(OWN.encode())
    return path


def test_adding_a_shop_changes_nothing_else(file: Path) -> None:
    """The new shop stands after the last one; every other character stays."""
    add_shop(file, a_shop())

    assert OWN.replace("name: 画眉\n", f"name: 画眉\n{ADDED}") == file.read_text()
    assert a_shop() == read_settings(file).shops[-1]


def test_removing_a_shop_takes_its_own_lines_only(file: Path) -> None:
    """A shop goes with what is written inside it; comments around it stay."""
    remove_shop(file, "shanque")

    head, _, rest = OWN.partition("  - id: shanque")
    assert head + "  # 二店" + rest.partition("  # 二店")[2] == file.read_text()


def test_removing_the_last_shop_keeps_what_follows(file: Path) -> None:
    """The heading below the last shop is not taken for a part of it."""
    remove_shop(file, "huamei")

    assert OWN.replace("  - id: huamei\n    platform: doudian\n    name: 画眉\n", "") == (
        file.read_text()
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", f"shops:\n{ADDED}"),
        ("# 空的", f"# 空的\nshops:\n{ADDED}"),
        ("language: en", f"language: en\nshops:\n{ADDED}"),
        ("shops:\n# x\nlanguage: en\n", f"shops:\n{ADDED}# x\nlanguage: en\n"),
        ("shops: []  # 没有\nlanguage: en\n", f"shops:  # 没有\n{ADDED}language: en\n"),
        ("shops: ~", f"shops:\n{ADDED}"),
        (
            "shops:\n-\n  # 主店\n  id: a\n  platform: p\n  name: n\n  sites:\n# x\n",
            "shops:\n-\n  # 主店\n  id: a\n  platform: p\n  name: n\n  sites:\n"
            + ADDED.replace("\n  ", "\n")[2:]
            + "# x\n",
        ),
        (
            "shops:\n  - {id: a, platform: p, name: n}  # x\n\npace: {}\n",
            f"shops:\n  - {{id: a, platform: p, name: n}}  # x\n{ADDED}\npace: {{}}\n",
        ),
        (
            "\ufefflanguage: en\r\n",
            f"\ufefflanguage: en\r\nshops:\n{ADDED}".replace("\n", "\r\n").replace("\r\r", "\r"),
        ),
    ],
)
def test_a_shop_finds_its_place(before: str, after: str, file: Path) -> None:
    """A shop is added to a list that is missing, empty, commented or indented in another way."""
    file.write_bytes(before.encode())

    add_shop(file, a_shop())

    assert after == file.read_bytes().decode()


@pytest.mark.parametrize(
    "text",
    [
        "shops: [{id: a, platform: p, name: n}]\n",
        "shops: [\n  # 还没有\n]\n",
        "{language: zh}\n",
        "language: zh\n...\n",
    ],
)
def test_a_list_without_room_for_lines_is_left_alone(text: str, file: Path) -> None:
    """Where a shop cannot be added safely, nothing is changed and the person is told."""
    file.write_bytes(text.encode())

    with pytest.raises(ConfigError, match="没法自动修改，没有动它"):
        add_shop(file, a_shop())

    assert text.encode() == file.read_bytes()


def test_a_shop_in_brackets_is_not_removed(file: Path) -> None:
    """A list in brackets is left to its writer."""
    file.write_text("shops: [{id: a, platform: p, name: n}]\n")

    with pytest.raises(ConfigError, match="没法自动修改，没有动它"):
        remove_shop(file, "a")


def test_an_id_is_given_once(file: Path) -> None:
    """A shop whose id is taken is refused, and the file stays."""
    with pytest.raises(ConfigError, match="已经有 id 为 huamei 的店铺"):
        add_shop(file, a_shop("huamei"))

    assert OWN == file.read_text()


def test_a_shop_that_is_not_there_is_told_with_those_that_are(file: Path) -> None:
    """Whoever mistypes an id sees the ids there are."""
    with pytest.raises(ConfigError) as caught:
        remove_shop(file, "huamie")

    assert "现有的店铺：shanque、huamei。" == caught.value.next_step


@pytest.mark.parametrize("broken", ["language: cn\n", "shops: ["])
def test_a_file_with_mistakes_is_not_touched(broken: str, file: Path) -> None:
    """Mistakes are told before anything is changed."""
    file.write_text(broken)

    with pytest.raises(ConfigError, match=re.escape(str(file))):
        add_shop(file, a_shop())

    assert broken == file.read_text()


def test_rights_and_links_stay(file: Path, tmp_path: Path) -> None:
    """A file that is private and linked to stays so, and nothing is left beside it."""
    file.chmod(0o640)
    link = tmp_path / "link.yaml"
    link.symlink_to(file)

    add_shop(link, a_shop())

    assert link.is_symlink()
    assert 0o640 == file.stat().st_mode & 0o777
    assert {file, link} == set(tmp_path.iterdir())
    assert "xique" in file.read_text()


def test_what_cannot_be_written_is_told_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that refuses leaves neither half a file nor a temporary one."""

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", refuse)

    with pytest.raises(ConfigError, match="No space left on device"):
        write_first_config(tmp_path / "config.yaml", "zh")

    assert [] == list(tmp_path.iterdir())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_first_file_says_the_defaults(language: Language, tmp_path: Path) -> None:
    """The first file, in a folder that did not exist, reads as the defaults."""
    file = tmp_path / "new" / "config.yaml"

    write_first_config(file, language)

    assert Settings(language=language) == read_settings(file)
    assert [file] == list(file.parent.iterdir())


def uncommented(text: str) -> str:
    """Return *text* with its commented-out settings in force."""
    return re.sub(r"(?m)^( *)# ( *(?:- )?[a-z_]+:)", r"\1\2", text)


def test_the_first_file_shows_the_true_defaults(tmp_path: Path) -> None:
    """Taking the comment signs away changes nothing but browser, and the samples."""
    file = tmp_path / "config.yaml"
    write_first_config(file, "zh")

    settings = parse_settings(uncommented(file.read_text()), file, {"doudian"})
    shop = settings.shops[0]

    assert Policy() == Settings(policy=settings.policy, channels=settings.channels).to_policy()
    assert set(RosterSettings.model_fields) == settings.roster.model_fields_set
    roads = {key for road in settings.roads for key in road.model_fields_set}
    assert set(RoadSettings.model_fields) == roads
    assert (Policy().tiers, Policy().targets) == (settings.policy.tiers, settings.policy.targets)
    assert set(PolicySettings.model_fields) == settings.policy.model_fields_set
    assert set(ShopSettings.model_fields) == shop.model_fields_set
    assert Path("/usr/bin/chromium") == settings.browser.path


def test_the_first_file_is_never_written_over_another(file: Path) -> None:
    """`geshao init` does not cost anybody their settings."""
    with pytest.raises(ConfigError, match="已经存在，没有动它"):
        write_first_config(file, "zh")

    assert OWN == file.read_text()


def test_a_dangling_link_is_not_written_through(tmp_path: Path) -> None:
    """A link to nowhere counts as something that is there."""
    link = tmp_path / "config.yaml"
    link.symlink_to(tmp_path / "elsewhere")

    with pytest.raises(ConfigError, match="已经存在"):
        write_first_config(link, "zh")


COMMENTS = st.lists(
    st.sampled_from(["", "# 甲", "  # 乙", "      # 丙", "   # - id: x"]), max_size=3
)
INDENTS = st.sampled_from(["", " ", "  ", "    "])
NAMES = st.sampled_from(["山雀", "'画眉'", '"喜鹊"  # 丁', "a#b", ">-\n       喜\n       鹊"])


@st.composite
def files(draw: st.DrawFn) -> tuple[str, list[str]]:
    """Return a file with comments in every place, and the ids of its shops."""
    dash = draw(INDENTS)
    lines = ["# 头", "shops:  # 店"]
    ids = [f"s{n}" for n in range(draw(st.integers(1, 4)))]
    for shop_id in ids:
        lines += draw(COMMENTS)
        lines += [f"{dash}- id: {shop_id}", f"{dash}  platform: doudian"]
        lines += draw(COMMENTS)
        lines += [f"{dash}  name: {draw(NAMES)}", f"{dash}  sites:", *draw(COMMENTS)]
    lines += [*draw(COMMENTS), "language: en  # 尾"]
    return draw(st.sampled_from(["\n", "\r\n"])).join(lines), ids


@given(files(), st.data())
def test_any_layout_survives_a_shop_that_comes_and_goes(
    made: tuple[str, list[str]], data: st.DataObject
) -> None:
    """Adding a shop adds lines only; removing it again restores the file to the letter."""
    text, ids = made

    added = with_item(text, "shops", {"id": "new", "platform": "p", "name": "n"})

    assert [*ids, "new"] == [shop.id for shop in parse_settings(added, Path("x")).shops]
    assert text == without_item(added, "shops", len(ids))
    gone = data.draw(st.integers(0, len(ids) - 1))
    left = parse_settings(without_item(text, "shops", gone), Path("x"))
    assert ids[:gone] + ids[gone + 1 :] == [shop.id for shop in left.shops]
    assert "en" == left.language
