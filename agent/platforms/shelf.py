"""Find the packs, shipped and the user's own, and read them."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from agent.errors import PackError
from agent.platforms.pack import Pack

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # a PyYAML that was built without libyaml: the same, ten times slower
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]


class _OnceEach(_Loader):
    """Reads YAML, but not a key that stands there twice: one of the two would be lost."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002 (as the library calls it)
        """Return *node* as a dictionary."""
        keys = [key.value for key, _ in node.value]
        for number, (key, _) in enumerate(node.value):
            if key.value in keys[:number]:
                raise yaml.constructor.ConstructorError(
                    None, None, f"{key.value!r} 写了两次", key.start_mark
                )
        return super().construct_mapping(node, deep=deep)


def load_pack(file: Path) -> Pack:
    """Read the pack in *file*.

    Raises PackError with file, path within it, what was found and what is wanted.
    """
    try:
        data = yaml.load(file.read_text(encoding="utf-8"), _OnceEach)  # noqa: S506 (it is a safe loader)
        return Pack.model_validate(data)
    except ValidationError as error:
        spots = "\n".join(
            f"  {'.'.join(map(str, spot['loc'])) or '(整个文件)'}: {spot['msg']}"
            for spot in error.errors(include_url=False, include_context=False)
        )
        raise PackError(f"{file}: 页面规则有误：\n{spots}\n", "请按上面指出的位置修改。") from error
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise PackError(f"{file}: 读不出页面规则：{error}", "请检查这个文件。") from error


def pack_folders() -> tuple[Path, ...]:
    """Return where shipped packs lie: in a checkout beside the package, in a wheel inside it."""
    package = Path(__file__).resolve().parents[1]
    places = (package / "selectors", package.parent / "selectors")
    return tuple(place for place in places if place.is_dir())


def find_packs(*own_folders: Path) -> dict[str, Pack]:
    """Return every pack by platform; one in the user's *own_folders* wins over a shipped one.

    Raises PackError for the first pack that is wrong.
    """
    packs = dict(_shipped())
    for folder in own_folders:
        packs |= _packs_in(folder)
    return packs


@cache
def _shipped() -> Mapping[str, Pack]:
    """Return the shipped packs; they don't change while the program runs, the user's own may."""
    packs: dict[str, Pack] = {}
    for folder in pack_folders():
        packs |= _packs_in(folder)
    return packs


def _packs_in(folder: Path) -> dict[str, Pack]:
    packs = map(load_pack, sorted(folder.glob("*/pack.yaml")))
    return {pack.platform: pack for pack in packs}
