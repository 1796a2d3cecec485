"""A pack from a stranger: it is data, it may only read, and only on the hosts that it names."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from agent.cases import Outcome
from agent.errors import PackError
from agent.platforms.shelf import load_pack
from tests.platforms.board import DOM, RESPONSE, Visit, fetching, listing, rows
from tests.platforms.test_pack import SMALL, TICKETS, changed

CLIENT = {"site": "client", "page": "made_up"}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("sites.main", "file:///etc"),
        ("sites.main", "javascript:alert(1)"),
        ("sites.main", "data:text/html,x"),
        ("sites.main", "chrome://settings"),
        ("sites.main", "made-up.example"),
        ("hosts", ["*"]),
        ("hosts", ["*.*"]),
        ("hosts", ["https://b.example/"]),
        ("hosts", ["b.example:99"]),
        ("login.url", "https://elsewhere.example/"),
        (f"{TICKETS}.url", "//elsewhere.example/x"),
        (f"{TICKETS}.url", "file:/etc/passwd"),
        (f"{TICKETS}.url", "elsewhere:/x"),
        (f"{TICKETS}.script", "alert(1)"),
        (f"{TICKETS}.response.body", {"write": True}),
        (f"{TICKETS}.response.method", "DELETE"),
        (f"{TICKETS}.steps", [{"fill": {"css": ["input"]}, "value": "password"}]),
        (f"{TICKETS}.steps", [{"tick": {"css": ["input"]}}]),
        (f"{TICKETS}.steps", [{"press": "Enter"}]),
        (f"{TICKETS}.more", {"next": {"css": ["a"]}, "widen": [{"fill": {}, "value": "username"}]}),
    ],
)
def test_what_leads_away_or_acts_is_refused(tmp_path: Path, path: str, value: object) -> None:
    """No other scheme, host or verb, no script and no request: the place in the file is named."""
    file = tmp_path / "pack.yaml"
    file.write_text(yaml.safe_dump(changed(path, value)), "utf-8")

    with pytest.raises(PackError, match=path.split(".", maxsplit=1)[0]):
        load_pack(file)


@pytest.mark.parametrize(
    "site", ["http://10.0.0.8:9222", "http://client.example:9222", "http://127.0.0.1.example"]
)
def test_a_client_is_attached_to_on_this_machine_only(tmp_path: Path, site: str) -> None:
    """A debugging port gives all power over what runs there: it is never somebody else's."""
    pack: dict[str, Any] = {key: value for key, value in SMALL.items() if key != "login"}
    pack |= {"sites": {"main": "https://made-up.example", "client": site}, "attach": CLIENT}
    pack["queues"] = {"tickets": pack["queues"]["tickets"] | {"url": None}}
    file = tmp_path / "pack.yaml"
    file.write_text(yaml.safe_dump(pack), "utf-8")

    with pytest.raises(PackError, match="this machine only"):
        load_pack(file)


@pytest.mark.parametrize(
    "tag", ["!!python/object/apply:os.system [id]", "!!python/name:os.system", "!!python/module:os"]
)
def test_a_pack_makes_no_objects(tmp_path: Path, tag: str) -> None:
    """YAML that would run something as it is read is not read."""
    file = tmp_path / "pack.yaml"
    file.write_text(f"platform: {tag}\n", "utf-8")

    with pytest.raises(PackError, match="读不出页面规则"):
        load_pack(file)


@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize(
    "css",
    [
        "xpath=//body",
        "text=甲",
        "body >> internal:control=enter-frame",
        "<img src=x onerror=alert(1)>",
        "a{b",
    ],
)
async def test_a_selector_is_css_and_nothing_else(visit: Visit, css: str) -> None:
    """What is no CSS is a fault of the pack that is told, not something that is done."""
    visit.board.body = listing(1, total="共 1 条")

    reading = await visit.read(response=None, dom=DOM | {"rows": [css]})

    assert Outcome.PAGE_CHANGED is reading.outcome
    assert "选择器写错了" in reading.detail


@pytest.mark.asyncio(loop_scope="session")
async def test_texts_of_a_pack_are_never_patterns(visit: Visit) -> None:
    """A text that would take for ever as a pattern is only looked for."""
    visit.board.body = listing(rest=fetching() + "<p>aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!</p>")
    visit.board.says(rows(1))
    gates = [{"name": "slow", "outcome": "signed_out", "text": "(a+)+$"}]

    reading = await visit.read(gates=gates, response=RESPONSE, dom=None)

    assert Outcome.ROWS is reading.outcome
