"""What the page may ask about the settings, and where it asks once the work began anew."""

from ui.answer import Answer
from ui.asking import Asking
from ui.crossing import Crossing
from ui.desk import Desk
from ui.settings import settings_view, written_view
from ui.wishes import come_true, set_by


class SettingsCalls(Asking):
    """The part of the bridge that is about the settings."""

    def settings(self) -> Answer:
        """Answer with `settings`: all that can be set, and how it stands."""

        def ask() -> Answer:
            stand = self._wait(set_by(self._desk.controls.settings, self._language).look())
            return {"settings": settings_view(stand, self._language)}

        return self._answer(ask)

    def change(self, wish: object = None) -> Answer:
        """Have *wish* come true (`ui.wishes`); answer `said`: what was written, and where."""

        def ask() -> Answer:
            done = self._wait(come_true(wish, self._desk.controls.settings, self._language))
            return {**written_view(done, self._language)}

        return self._answer(ask)

    def _lead(self, desk: Desk, crossing: Crossing) -> None:
        """Ask *desk* from now on; what is spoken is what its settings say."""
        if desk.controls.settings is not None:
            self._language = desk.controls.settings.language
        self._desk, self._crossing = desk, crossing


def lead(calls: SettingsCalls, desk: Desk, crossing: Crossing) -> None:
    """Have *calls* ask another *desk* from now on, and speak what its settings say."""
    calls._lead(desk, crossing)  # noqa: SLF001 (the page sees every name without an underscore)
