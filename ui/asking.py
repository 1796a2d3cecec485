"""How a page's question crosses to the agent, and how the answer, or the refusal, comes back."""

from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from loguru import logger
from pydantic import ValidationError

from agent.errors import GeshaoError
from agent.words import Language
from ui.answer import Answer
from ui.crossing import Crossing
from ui.desk import Desk
from ui.words import say

_Result = TypeVar("_Result")


class Asking:
    """Asks *desk* over *crossing*, and speaks *language* where something goes wrong."""

    def __init__(self, desk: Desk, crossing: Crossing, language: Language) -> None:
        self._desk = desk
        self._crossing = crossing
        self._language = language

    def _wait(self, call: Coroutine[Any, Any, _Result]) -> _Result:
        """Run *call* on the agent's loop; raise TimeoutError if it takes too long."""
        return self._crossing.carry(call)

    def _do(self, ask: Callable[[], Coroutine[Any, Any, object]]) -> Answer:
        """Do what *ask* makes, which nothing is to be said of but that it was done."""

        def done() -> Answer:
            self._wait(ask())
            return {}

        return self._answer(done)

    def _answer(self, ask: Callable[[], Answer]) -> Answer:
        try:
            return {"ok": True, **ask()}
        except GeshaoError as error:
            return {"ok": False, "error": error.message, "next_step": error.next_step}
        except ValidationError as error:
            logger.warning("the face asked for something impossible: {}", error.errors())
            return self._refusal("error.invalid")
        except TimeoutError:
            return self._refusal("error.timeout")
        except Exception:  # noqa: BLE001 (nothing may reach the page as an exception)
            logger.exception("the face's call failed")
            return self._refusal("error.unexpected")

    def _refusal(self, term: str) -> Answer:
        return {
            "ok": False,
            "error": say(term, self._language),
            "next_step": say(f"{term}.next", self._language),
        }
