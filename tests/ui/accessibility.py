"""What axe-core finds in a page, without a trace of it in the page's own world."""

import json
from importlib.resources import files
from typing import Any

from playwright.async_api import CDPSession, Page

SOURCE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")

# Contrast has a check of its own (`tests.ui.contrast`): axe leaves out every text on a gradient,
# and all that this page says in large letters stands on one.
# Style sheets need not be read again, which the page's policy forbids anyhow.
_RUN = """(async () => {
  const grave = ({ enabled, impact }) => enabled && ["serious", "critical"].includes(impact);
  const runOnly = axe._audit.rules.filter(grave).map(({ id }) => id)
    .filter((id) => id !== "color-contrast");
  const wanted = { resultTypes: ["violations"], preload: false, runOnly };
  const { violations } = await axe.run(document, wanted);
  return JSON.stringify(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]));
})()"""


class Axe:
    """axe-core beside one page; it has its own world there, where the clock is the real one."""

    def __init__(self, session: CDPSession, world: int) -> None:
        self._session = session
        self._world = world

    @classmethod
    async def beside(cls, page: Page) -> "Axe":
        """Put it beside *page*, until that goes elsewhere."""
        session = await page.context.new_cdp_session(page)
        tree = await session.send("Page.getFrameTree")
        frame = tree["frameTree"]["frame"]["id"]
        world = await session.send("Page.createIsolatedWorld", {"frameId": frame})
        axe = cls(session, world["executionContextId"])
        await axe._evaluate(SOURCE)
        return axe

    async def faults(self) -> list[str]:
        """Return what is serious or critical, each with the elements concerned."""
        found = await self._evaluate(_RUN)
        return [f"{rule}: {', '.join(nodes)}" for rule, nodes in json.loads(found)]

    async def _evaluate(self, script: str) -> Any:  # noqa: ANN401 (whatever a script gives)
        asked = {"expression": script, "contextId": self._world, "awaitPromise": True}
        answer = await self._session.send("Runtime.evaluate", {**asked, "returnByValue": True})
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"]["exception"]["description"])
        return answer["result"].get("value")
