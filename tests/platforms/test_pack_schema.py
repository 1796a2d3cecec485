"""The schema that editors use is the one of the packs that the program reads."""

import json
from typing import Any

import pytest

from agent.platforms.pack import Pack
from agent.platforms.schema import schema_text
from tests.house import ROOT

FILE = ROOT / "selectors" / "pack.schema.json"
SCHEMA: dict[str, Any] = json.loads(schema_text())


def test_schema_beside_the_packs_is_up_to_date() -> None:
    """After a change of the language: `geshao pack schema > selectors/pack.schema.json`."""
    assert FILE.read_text(encoding="utf-8") == schema_text()


def test_schema_has_a_title_and_tells_what_things_are() -> None:
    """Editors show both beside what is being written."""
    assert SCHEMA["title"]
    assert [] == [name for name, part in SCHEMA["$defs"].items() if not part.get("description")]


def test_words_of_the_file_are_those_of_the_schema() -> None:
    """Where a word of the file has another name in the program, the file's counts."""
    item = SCHEMA["$defs"]["Item"]["properties"]

    assert "json" in item
    assert "json_path" not in item
    assert set(Pack.model_fields) == set(SCHEMA["properties"])


@pytest.mark.parametrize("part", ["Queue", "ResponseSource", "DomSource", "Value", "Gate", "Step"])
def test_misspelt_words_are_marked(part: str) -> None:
    """An editor underlines what the program would refuse."""
    assert SCHEMA["additionalProperties"] is False
    assert SCHEMA["$defs"][part]["additionalProperties"] is False
