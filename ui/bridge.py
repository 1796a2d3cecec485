"""What the overlay's page may ask of the agent, checked before it crosses to its event loop."""

from collections.abc import Callable
from typing import Annotated

from pydantic import Field, TypeAdapter

from agent.words import Language
from ui.answer import Answer
from ui.case import case_view
from ui.crossing import Crossing
from ui.day import day_view
from ui.desk import Desk
from ui.news import News
from ui.settings_calls import SettingsCalls
from ui.ticking import epoch_ms

_NUMBER = TypeAdapter(Annotated[int, Field(strict=True, ge=1, le=2**53 - 1)])
_NUMBERS = TypeAdapter(
    Annotated[
        list[Annotated[int, Field(strict=True, ge=1, le=2**53 - 1)]],
        Field(min_length=1, max_length=20_000),
    ]
)
_MINUTES = TypeAdapter(Annotated[int, Field(strict=True, ge=1, le=24 * 60)])
_FLAG = TypeAdapter(Annotated[bool, Field(strict=True)])
_SHOP = TypeAdapter(Annotated[str, Field(strict=True, min_length=1, max_length=200)])
_ALL_OR_ONE = TypeAdapter(Annotated[str, Field(strict=True, max_length=200)])
_PAUSE_MINUTES = TypeAdapter(Annotated[int, Field(strict=True, ge=0, le=30 * 24 * 60)])
_HUSH_MINUTES = TypeAdapter(Annotated[int, Field(strict=True, ge=1, le=60)])
_DAY = TypeAdapter(Annotated[str, Field(strict=True, max_length=20)])
_NOTE = TypeAdapter(Annotated[str, Field(strict=True, max_length=2000)])
_REVISION = TypeAdapter(Annotated[str, Field(strict=True, max_length=100)])


class Bridge(SettingsCalls):
    """What the overlay's page may call; pywebview shows it every name without an underscore.

    Every method answers plain data and raises nothing: there is nobody in the page to catch it.
    Each may be called from any thread but the loop's own.
    """

    def __init__(
        self,
        desk: Desk,
        crossing: Crossing,
        language: Language,
        quit: Callable[[], None],  # noqa: A002 (the word on the button)
    ) -> None:
        super().__init__(desk, crossing, language)
        self._quit = quit
        self._news = News(language)

    def _lead(self, desk: Desk, crossing: Crossing) -> None:
        super()._lead(desk, crossing)
        self._news.speak(self._language)

    def snapshot(self, revision: object = "", patches: object = False) -> Answer:  # noqa: FBT002 (JSON has no keywords)
        """Answer with everything to show, or, if the page has *revision* already, the time only.

        Whoever can lay a patch over what it has may ask for *patches* (`ui.news`).
        """

        def ask() -> Answer:
            known, patched = _REVISION.validate_python(revision), _FLAG.validate_python(patches)
            snapshot = self._wait(self._desk.snapshot())
            return self._news.of(snapshot, known, patches=patched)

        return self._answer(ask)

    def day(self) -> Answer:
        """Answer with `day`, what came and went lately; None while that is still being read."""

        def ask() -> Answer:
            book = self._wait(self._desk.day())
            return {"day": None if book is None else day_view(book, self._language)}

        return self._answer(ask)

    def acknowledge(self, number: object = None) -> Answer:
        """Take case *number* in hand."""
        return self._do(lambda: self._desk.acknowledge(_NUMBER.validate_python(number)))

    def acknowledge_all(self, numbers: object = None) -> Answer:
        """Take cases *numbers* in hand, all in one; answer `count`: how many were waiting."""

        def ask() -> Answer:
            cases = _NUMBERS.validate_python(numbers)
            return {"count": self._wait(self._desk.acknowledge_all(cases))}

        return self._answer(ask)

    def take_back(self, numbers: object = None) -> Answer:
        """Take back what was last said of cases *numbers*; answer `count`: of how many."""

        def ask() -> Answer:
            return {"count": self._wait(self._desk.take_back(_NUMBERS.validate_python(numbers)))}

        return self._answer(ask)

    def snooze(self, number: object = None, minutes: object = None) -> Answer:
        """Put case *number* off; answer `until`, epoch milliseconds, when it really ends."""

        def ask() -> Answer:
            case, span = _NUMBER.validate_python(number), _MINUTES.validate_python(minutes)
            return {"until": epoch_ms(self._wait(self._desk.snooze(case, span)))}

        return self._answer(ask)

    def assign(self, number: object = None, person: object = None) -> Answer:
        """Give case *number* to *person* ("": it is whose the roster says)."""
        return self._do(
            lambda: self._desk.assign(
                _NUMBER.validate_python(number), _ALL_OR_ONE.validate_python(person)
            )
        )

    def star(self, number: object = None, starred: object = None) -> Answer:
        """Mark case *number*, or take the mark away."""
        return self._do(
            lambda: self._desk.star(_NUMBER.validate_python(number), _FLAG.validate_python(starred))
        )

    def case(self, number: object = None) -> Answer:
        """Answer with `case`: everything to show of case *number*."""

        def ask() -> Answer:
            dossier = self._wait(self._desk.case(_NUMBER.validate_python(number)))
            return {"case": case_view(dossier, self._language)}

        return self._answer(ask)

    def note(self, number: object = None, text: object = None) -> Answer:
        """Keep *text* with case *number*, in place of what stood there."""
        return self._do(
            lambda: self._desk.note(_NUMBER.validate_python(number), _NOTE.validate_python(text))
        )

    def open_case(self, number: object = None) -> Answer:
        """Begin to show case *number* in a browser window."""
        return self._do(lambda: self._desk.open_case(_NUMBER.validate_python(number)))

    def help_shop(self, shop_id: object = None) -> Answer:
        """Begin the one thing that helps to see shop *shop_id* again; answer `help`: what it is."""

        def ask() -> Answer:
            return {"help": self._wait(self._desk.help_shop(_SHOP.validate_python(shop_id)))}

        return self._answer(ask)

    def open_window(self, shop_id: object = None) -> Answer:
        """Begin to show shop *shop_id* in a browser window, in place of a code to scan."""
        return self._do(lambda: self._desk.open_window(_SHOP.validate_python(shop_id)))

    def leave_code(self, shop_id: object = None) -> Answer:
        """Wait no longer for a phone to scan the code of shop *shop_id*."""
        return self._do(lambda: self._desk.leave_code(_SHOP.validate_python(shop_id)))

    def pause(self, shop_id: object = None, minutes: object = None) -> Answer:
        """Read nothing of shop *shop_id* ("": of all) for *minutes* (0: until somebody goes on)."""
        return self._do(
            lambda: self._desk.pause(
                _ALL_OR_ONE.validate_python(shop_id), _PAUSE_MINUTES.validate_python(minutes)
            )
        )

    def resume(self, shop_id: object = None) -> Answer:
        """Go on with shop *shop_id* ("": with all) at once."""
        return self._do(lambda: self._desk.resume(_ALL_OR_ONE.validate_python(shop_id)))

    def hush(self, minutes: object = None) -> Answer:
        """Let nothing at all ring for *minutes*; answer `until`, epoch milliseconds."""

        def ask() -> Answer:
            span = _HUSH_MINUTES.validate_python(minutes)
            return {"until": epoch_ms(self._wait(self._desk.controls.hush(span)))}

        return self._answer(ask)

    def unhush(self) -> Answer:
        """Let all ring again."""
        return self._do(self._desk.controls.unhush)

    def begin_drill(self) -> Answer:
        """Begin a rehearsal of all roads."""
        return self._do(self._desk.controls.begin_drill)

    def answer_drill(self, heard: object = None) -> Answer:
        """Say whether the messages of the rehearsal were noticed."""
        return self._do(lambda: self._desk.controls.answer_drill(_FLAG.validate_python(heard)))

    def begin_holiday(
        self, first: object = None, last: object = None, stand_in: object = None
    ) -> Answer:
        """Have *stand_in* on duty from the day *first* to the day *last*, as ISO 8601 has them."""

        def ask() -> Answer:
            days = _DAY.validate_python(first), _DAY.validate_python(last)
            who = _ALL_OR_ONE.validate_python(stand_in)
            self._wait(self._desk.controls.begin_holiday(*days, who))
            return {}

        return self._answer(ask)

    def end_holiday(self) -> Answer:
        """Have no holiday any more."""
        return self._do(self._desk.controls.end_holiday)

    def quit(self) -> Answer:
        """End the program."""

        def ask() -> Answer:
            self._quit()
            return {}

        return self._answer(ask)
