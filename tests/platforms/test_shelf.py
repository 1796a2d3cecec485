import re
from pathlib import Path
from typing import TypeGuard

import pytest
from pydantic import BaseModel

from agent.errors import PackError
from agent.platforms import fields, pack, signs, sources, steps
from agent.platforms.shelf import find_packs, load_pack, pack_folders

SHIPPED = sorted(file for folder in pack_folders() for file in folder.glob("*/pack.yaml"))


def test_there_are_shipped_packs() -> None:
    """In a checkout the folder is found."""
    assert SHIPPED


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.parent.name)
def test_every_shipped_pack_loads_under_its_own_name(file: Path) -> None:
    """A pack lies in the folder that is called like its platform."""
    assert file.parent.name == load_pack(file).platform


def test_the_example_in_the_guide_loads(tmp_path: Path) -> None:
    """Whoever begins with it begins well."""
    guide = SHIPPED[0].parents[1] / "README.md"
    example = guide.read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0]
    file = tmp_path / "pack.yaml"
    file.write_text(example, encoding="utf-8")

    assert "made_up" == load_pack(file).platform


def is_model(thing: object) -> TypeGuard[type[BaseModel]]:
    """Tell whether *thing* is a part of the pack language."""
    return isinstance(thing, type) and issubclass(thing, BaseModel)


def test_the_guide_names_every_key() -> None:
    """A key that the guide forgets is a key that nobody finds."""
    guide = (SHIPPED[0].parents[1] / "README.md").read_text(encoding="utf-8")
    rooms = (fields, pack, signs, sources, steps)
    models = {one for room in rooms for one in vars(room).values() if is_model(one)}
    keys = {field.alias or name for one in models for name, field in one.model_fields.items()}

    assert set() == {key for key in keys if not re.search(rf"\b{key}\b", guide)}


def test_the_users_own_pack_wins(tmp_path: Path) -> None:
    """A pack in the user's folder takes the place of the shipped one of the same platform."""
    shipped = SHIPPED[0].read_text(encoding="utf-8")
    platform = SHIPPED[0].parent.name
    own = tmp_path / "mine" / "pack.yaml"
    own.parent.mkdir()
    own.write_text(shipped.replace("\ntitle:", "\ntitle: 我的 #", 1), encoding="utf-8")

    assert "我的" == find_packs(tmp_path)[platform].title
    assert "我的" != find_packs()[platform].title


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"a: [1", "pack.yaml"),
        (b"", "整个文件"),
        (b"- a", "整个文件"),
        (b"title: a\ntitle: b", "写了两次"),
        (b"queues: {a: {url: x, url: y}}", "写了两次"),
        (b"\xff\xfe\x00", "读不出"),
        (b"title: !!python/object/apply:os.system [x]", "读不出"),
    ],
)
def test_a_file_that_is_no_pack_is_refused(content: bytes, complaint: str, tmp_path: Path) -> None:
    """Broken YAML, a key that stands twice, other shapes: all name the file."""
    file = tmp_path / "made_up" / "pack.yaml"
    file.parent.mkdir()
    file.write_bytes(content)

    with pytest.raises(PackError) as caught:
        find_packs(tmp_path)

    assert str(file) in caught.value.message
    assert complaint in caught.value.message


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    """A pack that is not there is named too."""
    with pytest.raises(PackError, match="读不出"):
        load_pack(tmp_path / "pack.yaml")
