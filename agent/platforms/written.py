"""Write a pack into the user's own folder, never over another one unasked."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from agent.errors import PackError
from agent.platforms.pack import Pack
from agent.platforms.shelf import find_packs, load_pack

_HEADER = """\
# 由 geshao pack new 写出的第一份规则：每一处都是猜的（confidence: guess），请逐项核对。
# 写法见 selectors/README.md；改完运行 geshao pack check 店铺短名 再检查。
"""


def own_pack_file(folder: Path, platform: str) -> Path:
    """Return where the user's own pack of *platform* lies in *folder*."""
    return folder / platform / "pack.yaml"


def check_free(folder: Path, platform: str) -> None:
    """Raise PackError if *platform* has a pack already, shipped or the user's own."""
    file = own_pack_file(folder, platform)
    if file.exists() or platform in find_packs():
        where = f"：{file}" if file.exists() else "，随鸽哨安装"
        raise PackError(
            f"平台 {platform} 已经有页面规则{where}。",
            "换一个 --platform 名字；确实要写新的，请加 --overwrite。",
        )


def write_pack(folder: Path, words: Mapping[str, Any]) -> tuple[Path, Pack]:
    """Write the pack *words* below *folder*; return its file, and the pack as it is read back.

    What was there stays whole until the new one is known to be good. Raises PackError if it is
    not, OSError if it cannot be written.
    """
    file = own_pack_file(folder, str(words["platform"]))
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_suffix(".new")
    text = yaml.safe_dump(words, allow_unicode=True, sort_keys=False, width=100)
    new.write_text(_HEADER + text, encoding="utf-8")
    pack = load_pack(new)
    new.replace(file)
    return file, pack
