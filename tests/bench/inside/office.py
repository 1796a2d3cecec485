"""A back office's list of five hundred tickets: a shipped pack's own page, and its own answer."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from playwright.async_api import Page

from agent.platforms.look import Spec
from agent.platforms.pack import Pack, Queue
from agent.platforms.shelf import load_pack
from agent.platforms.sources import DomSource, ResponseSource

TICKETS = 500

_FOLDER = Path(__file__).parents[3] / "selectors" / "doudian"
_KEPT = _FOLDER / "fixtures" / "aftersale_rows"
_Source = TypeVar("_Source", DomSource, ResponseSource)
_MULTIPLY = """(wanted) => {
  const body = document.querySelector(".auxo-table-tbody");
  const kept = [...body.children];
  const id = /after_sale_id":"(\\d+)/;
  const tickets = kept.flatMap((row, at) => row.querySelector("[data-kora-json]") ?
    [[row, kept[at + 1]]] : []);
  body.replaceChildren();
  for (let number = 0; number < wanted; number += 1) {
    for (const row of tickets[number % tickets.length].map((each) => each.cloneNode(true))) {
      const head = row.querySelector("[data-kora-json]");
      const own = head?.dataset.koraJson.match(id)[1];
      if (head) head.dataset.koraJson = head.dataset.koraJson.replace(own, `${1e17 + number * 16}`);
      body.append(row);
    }
  }
  return body.children.length;
}"""


@dataclass(frozen=True, slots=True)
class Office:
    """A list of one pack, and how it was kept."""

    pack: Pack
    queue: Queue
    captured_at: datetime
    answer: dict[str, Any]

    @property
    def dom(self) -> DomSource:
        """How its table is read."""
        return _given(self.queue.dom)

    @property
    def response(self) -> ResponseSource:
        """How its answer is read."""
        return _given(self.queue.response)

    @property
    def whole(self) -> ResponseSource:
        """How its answer is read, whatever was asked for."""
        return self.response.model_copy(update={"asked": {}})

    @property
    def spec(self) -> Spec:
        """What a look at the page is after."""
        gates = (*self.queue.gates, *self.pack.gates)
        return Spec(
            gates=gates,
            identity=self.queue.identity,
            dom=self.queue.dom,
            apart=tuple(dict.fromkeys(css for gate in gates for css in gate.not_in)),
            sites=self.pack.sites,
        )

    @property
    def long_answer(self) -> str:
        """The page's own answer, as long as its table."""
        body = json.loads(json.dumps(self.answer))
        kept = body["data"]["items"]
        body["data"]["items"] = [_ticket(kept[nr % len(kept)], nr) for nr in range(TICKETS)]
        return json.dumps(body | {"total": TICKETS}, ensure_ascii=False)

    async def fill(self, page: Page) -> None:
        """Have *page* show the list."""
        await page.set_content((_KEPT / "page.html").read_text(encoding="utf-8"))
        await page.evaluate(_MULTIPLY, TICKETS)


def office() -> Office:
    """Return the after-sales list as the pack's fixture has it."""
    pack = load_pack(_FOLDER / "pack.yaml")
    kept = json.loads((_KEPT / "fixture.json").read_text(encoding="utf-8"))
    captured_at = datetime.fromisoformat(kept["captured_at"])
    return Office(pack, pack.queues["aftersale"], captured_at, kept["answers"][0]["body"])


def _ticket(kept: dict[str, Any], number: int) -> dict[str, Any]:
    info = kept["after_sale_info"] | {"after_sale_id": str(10**17 + number * 16)}
    return kept | {"after_sale_info": info}


def _given(source: _Source | None) -> _Source:
    if source is None:
        raise ValueError("the pack reads this list in one way only")
    return source
