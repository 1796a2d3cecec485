"""Packs that the program writes: read back, and never over another one unasked."""

from pathlib import Path
from typing import Any

import pytest

from agent.errors import PackError
from agent.platforms.shelf import load_pack
from agent.platforms.written import check_free, own_pack_file, write_pack

WORDS: dict[str, Any] = {
    "platform": "made_up",
    "title": "虚构平台",
    "verified_on": "never",
    "sites": {"main": "https://made-up.example"},
    "login": {"url": "main:/login"},
    "queues": {
        "list": {
            "title": "列表",
            "url": "main:/list",
            "identity": [{"css": [".shop"]}],
            "dom": {
                "rows": ["tr"],
                "items": {"id": {"column": "单号"}},
                "fields": {"case_id": {"path": "id"}, "kind": "other"},
            },
        }
    },
}


def test_pack_is_read_back_as_it_was_meant(tmp_path: Path) -> None:
    """The file explains itself, and says what it was given."""
    file, pack = write_pack(tmp_path, WORDS)

    assert own_pack_file(tmp_path, "made_up") == file
    assert load_pack(file) == pack
    assert "单号" == pack.queues["list"].dom.items["id"].column  # type: ignore[union-attr] # it has one
    assert file.read_text(encoding="utf-8").startswith("# 由 geshao pack new 写出")
    assert [file] == list(file.parent.iterdir())


def test_pack_that_is_none_does_not_take_the_place_of_a_good_one(tmp_path: Path) -> None:
    """What was there stays."""
    file, pack = write_pack(tmp_path, WORDS)
    with pytest.raises(PackError):
        write_pack(tmp_path, WORDS | {"queues": {"list": {}}})

    assert load_pack(file) == pack


def test_platform_without_a_pack_is_free(tmp_path: Path) -> None:
    """Neither shipped nor the user's own."""
    check_free(tmp_path, "made_up")
    write_pack(tmp_path, WORDS)

    with pytest.raises(PackError, match="--overwrite"):
        check_free(tmp_path, "made_up")
