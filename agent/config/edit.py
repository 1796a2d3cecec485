"""Change the user's file for them, so that it still reads as they wrote it."""

import json
import os
import shutil
from collections.abc import Callable, Mapping
from itertools import chain
from pathlib import Path
from tempfile import NamedTemporaryFile

from ruamel.yaml.error import YAMLError

from agent.cases import Tier
from agent.config.document import Spot, Tree, parse_yaml
from agent.config.nested import with_value
from agent.config.policy import PolicySettings
from agent.config.reading import parse_settings, read_text
from agent.config.roads import RoadSettings
from agent.config.roster import HolidaySettings
from agent.config.settings import Settings, ShopSettings
from agent.config.splice import with_item, with_line, without_item
from agent.config.without import without_value
from agent.errors import ConfigError
from agent.words import Language

_STARTER = Path(__file__).with_name("starter.yaml")
_BY_ITEMS = "请手动改成每{one}一项、以「- 」开头的写法，或直接在文件里增删。"
_BY_HAND = {
    "shops": _BY_ITEMS.format(one="家店"),
    "roads": _BY_ITEMS.format(one="条通道"),
    "holiday": "请手动改成单独一行 holiday: {from: 2026-10-01, to: 2026-10-07, stand_in: 小李}，"
    "或删掉它。",
}
_STARTER_LANGUAGE = "\nlanguage: zh\n"


def add_shop(file: Path, shop: ShopSettings) -> None:
    """Add *shop* at the end of the shops in *file*.

    Raises ConfigError, and leaves the file alone, if its id is taken or the file is wrong.
    """
    text = read_text(file)
    settings = parse_settings(text, file)
    if any(shop.id == other.id for other in settings.shops):
        raise ConfigError(
            f"{file} 里已经有 id 为 {shop.id} 的店铺。",
            f"请换一个 id，或先运行 geshao shop remove {shop.id}。",
        )
    item = {key: value for key, value in shop.model_dump().items() if value}
    wanted = settings.model_copy(update={"shops": (*settings.shops, shop)})
    _change(file, lambda: with_item(text, "shops", item), wanted, "shops")


def remove_shop(file: Path, shop_id: str) -> None:
    """Take the shop called *shop_id* out of *file*.

    Raises ConfigError, and leaves the file alone, if there is no such shop or the file is wrong.
    """
    text = read_text(file)
    settings = parse_settings(text, file)
    ids = [shop.id for shop in settings.shops]
    if shop_id not in ids:
        known = "、".join(ids) or "（一家也没有）"
        raise ConfigError(f"{file} 里没有店铺 {shop_id}。", f"现有的店铺：{known}。")
    if any(override.shop == shop_id for override in settings.policy.overrides):
        raise ConfigError(
            f"{file} 的 policy.overrides 里还有店铺 {shop_id} 的例外。",
            "请先删掉那一项，再试一次。",
        )
    position = ids.index(shop_id)
    left = settings.shops[:position] + settings.shops[position + 1 :]
    wanted = settings.model_copy(update={"shops": left})
    _change(file, lambda: without_item(text, "shops", position), wanted, "shops")


def add_road(file: Path, road: RoadSettings) -> None:
    """Add *road* at the end of the roads in *file*.

    Raises ConfigError, and leaves the file alone, if its name is taken or the file is wrong.
    """
    text = read_text(file)
    settings = parse_settings(text, file)
    if any(road.name == other.name for other in settings.roads):
        raise ConfigError(
            f"{file} 里已经有名为 {road.name} 的通道。",
            f"请换一个名字，或先运行 geshao channel remove {road.name}。",
        )
    wanted = settings.model_copy(update={"roads": (*settings.roads, road)})
    _change(file, lambda: with_item(text, "roads", _as_written(road)), wanted, "roads")


def _as_written(road: RoadSettings) -> dict[str, object]:
    """Return *road* as it stands in a file: what differs from the defaults."""
    item = road.model_dump(exclude_defaults=True)
    lists: dict[str, object] = {
        key: [*map(_word, item[key])] for key in ("tiers", "at", "run") if key in item
    }
    return {**item, **lists}


def _word(value: object) -> object:
    return value.name.lower() if isinstance(value, Tier) else value


def remove_road(file: Path, name: str) -> None:
    """Take the road called *name* out of *file*.

    Raises ConfigError, and leaves the file alone, if there is none, or the file is wrong.
    """
    text = read_text(file)
    settings = parse_settings(text, file)
    names = [road.name for road in settings.roads]
    if name not in names:
        known = "、".join(names) or "（一条也没有）"
        raise ConfigError(f"{file} 里没有通道 {name}。", f"现有：{known}。")
    owners = [person for person, own in settings.roster.people.items() if name in own]
    if owners:
        raise ConfigError(
            f"{file} 的 roster.people 里，{'、'.join(owners)} 还用着通道 {name}。",
            "请先在那里删掉它，再试一次。",
        )
    if name in _used_by_policy(settings.policy):
        raise ConfigError(f"policy 里还用着通道 {name}。", "请先在那里删掉它，再试一次。")
    position = names.index(name)
    left = settings.roads[:position] + settings.roads[position + 1 :]
    wanted = settings.model_copy(update={"roads": left})
    _change(file, lambda: without_item(text, "roads", position), wanted, "roads")


def _used_by_policy(policy: PolicySettings) -> set[str]:
    """Return the channels that *policy* names anywhere, in an exception too."""
    pages = (policy, *policy.overrides)
    louds = [loudness for page in pages for loudness in page.loudness.values()]
    told = [names for loud in louds for names in (loud.channels, loud.repeat_channels) if names]
    called = [step.channels for loud in louds for step in loud.escalate or ()]
    return set(chain.from_iterable((*told, *called)))


def set_holiday(file: Path, holiday: HolidaySettings | None) -> None:
    """Put *holiday* into *file* in place of what it had; None: take it out.

    Raises ConfigError, and leaves the file alone, if the file is wrong.
    """
    text = read_text(file)
    wanted = parse_settings(text, file).model_copy(update={"holiday": holiday})
    line = None if holiday is None else _as_line(holiday)
    _change(file, lambda: with_line(text, "holiday", line), wanted, "holiday")


def _as_line(holiday: HolidaySettings) -> str:
    words = [f"from: {holiday.first}", f"to: {holiday.last}"]
    if holiday.stand_in is not None:
        words.append(f"stand_in: {json.dumps(holiday.stand_in, ensure_ascii=False)}")
    return f"{{{', '.join(words)}}}"


def set_value(file: Path, spot: Spot, value: str) -> int:
    """Write *value*, as YAML has it on one line, under the keys of *spot*; return its line.

    Raises ConfigError, and leaves the file alone, if it cannot be, or the file is wrong.
    """
    return set_values(file, {spot: value})


def set_values(file: Path, values: Mapping[Spot, str | None]) -> int:
    """Write each of *values* as `set_value` does, None: take it out; return the first one's line.

    All or none. Only keys are taken out, no items of a list. Raises ConfigError.
    """
    text = read_text(file)
    parse_settings(text, file)
    for spot, value in values.items():
        text = _changed(text, spot, value, file)
    parse_settings(text, file)
    _write(file, text)
    return parse_yaml(text, file).line_of(next(iter(values)))


def _changed(text: str, spot: Spot, value: str | None, file: Path) -> str:
    """Return *text* with that one value, and nothing else, changed. Raises ConfigError."""
    tree = parse_yaml(text, file).tree
    try:
        if value is None:
            wanted, changed = _without(tree, spot), without_value(text, spot)
        else:
            wanted = _with(tree, spot, parse_yaml(value, file).tree)
            changed = with_value(text, spot, value)
        done = _full(parse_yaml(changed, file).tree) == _full(wanted)
    except (ValueError, YAMLError, ConfigError):
        done = False
    if not done:
        name = ".".join(map(str, spot))
        by_hand = f"删掉 {name}" if value is None else f"把 {name} 改成 {value}"
        raise ConfigError(
            f"{file} 里 {name} 的写法没法自动修改，没有动它。", f"请在文件里{by_hand}，再保存。"
        )
    return changed


def line_of(file: Path, spot: Spot) -> int:
    """Return the line of what stands at *spot* of *file*. Raises ConfigError."""
    return parse_yaml(read_text(file), file).line_of(spot)


def _with(tree: Tree, spot: Spot, value: Tree) -> Tree:
    if not spot:
        return value
    key = spot[0]
    if isinstance(key, int):
        items = tree if isinstance(tree, tuple) else ()
        return (*items[:key], _with(items[key], spot[1:], value), *items[key + 1 :])
    known = tree if isinstance(tree, dict) else {}
    return {**known, key: _with(known.get(key), spot[1:], value)}


def _without(tree: Tree, spot: Spot) -> Tree:
    key, further = spot[0], spot[1:]
    if isinstance(key, int) and isinstance(tree, tuple):
        return (*tree[:key], _without(tree[key], further), *tree[key + 1 :])
    if not isinstance(tree, dict) or not isinstance(key, str) or key not in tree:
        return tree
    rest = {name: value for name, value in tree.items() if name != key}
    return {**rest, key: _without(tree[key], further)} if further else rest


def _full(tree: Tree) -> Tree:
    """Return *tree* with nothing in place of what has nothing in it: a heading says no more."""
    if isinstance(tree, tuple):
        return tuple(map(_full, tree))
    if not isinstance(tree, dict):
        return tree
    return {key: _full(value) for key, value in tree.items()} or None


def write_first_config(file: Path, language: Language) -> None:
    """Write a configuration with every key explained, and no shops yet, to *file*.

    Raises ConfigError if something is there already, or it cannot be written.
    """
    if os.path.lexists(file):
        raise ConfigError(f"{file} 已经存在，没有动它。", "请直接编辑它；想重新来过，先把它改名。")
    starter = _STARTER.read_text(encoding="utf-8")
    _write(file, starter.replace(_STARTER_LANGUAGE, f"\nlanguage: {language}\n"))


def _change(file: Path, edit: Callable[[], str], wanted: Settings, key: str) -> None:
    """Write what *edit* makes of *file*, but only if it then says exactly what is *wanted*."""
    try:
        text = edit()
        done = parse_settings(text, file) == wanted
    except (ValueError, YAMLError, ConfigError):
        done = False
    if not done:
        raise ConfigError(
            f"{file} 里 {key} 的写法没法自动修改，没有动它。",
            _BY_HAND[key],
        )
    _write(file, text)


def _write(file: Path, text: str) -> None:
    """Put *text* in the place of *file* in one step, so that no one ever reads half of it."""
    target = file.resolve()  # a link to the file stays a link
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=target.parent, prefix=".geshao-", delete=False) as new:
            new.write(text.encode())
            new.flush()
            os.fsync(new.fileno())
        _put_in_place(Path(new.name), target)
    except OSError as error:
        raise ConfigError(
            f"写不了配置文件 {file}（{error.strerror}）。", "请检查磁盘空间和文件夹的写入权限。"
        ) from error


def _put_in_place(new: Path, target: Path) -> None:
    try:
        if target.exists():
            shutil.copymode(target, new)
        new.replace(target)
    finally:
        new.unlink(missing_ok=True)
