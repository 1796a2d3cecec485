"""How characters are read, for the search."""

import pytest

from ui.readings import readings


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("小店", {"小": "xiao", "店": "dian"}),
        ("重", {"重": "zhong chong tong"}),
        ("女绿", {"女": "nv ru", "绿": "lv lu"}),
        ("T恤 #12 ¥9.9, 退！", {"恤": "xu", "退": "tui"}),
        ("\ud800\u0000👗か한", {}),
        ("", {}),
    ],
    ids=["plain", "several readings", "umlaut", "mixed", "nothing Chinese", "empty"],
)
def test_characters_have_their_readings(text: str, expected: dict[str, str]) -> None:
    """Every reading, without tones and as people type it; what is no Chinese has none."""
    found = readings([text, ""])

    assert expected.keys() == found.keys()
    assert all(set(letters.split()) <= set(found[one].split()) for one, letters in expected.items())
