"""Ears on what the program tells of itself: the file of its events, read as it grows."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Event = dict[str, Any]


@dataclass
class Ear:
    """Hears the events in *file*, each line once: a story asks very often."""

    file: Path
    _heard: list[Event] = field(default_factory=list)
    _place: int = 0

    def events(self, event: str = "", **wanted: object) -> list[Event]:
        """Return what was told so far, in order, of one sort."""
        self._listen()
        return [
            one
            for one in self._heard
            if event in {"", one["event"]}
            and all(one.get(key) == value for key, value in wanted.items())
        ]

    def _listen(self) -> None:
        if not self.file.exists() or self.file.stat().st_size == self._place:
            return
        with self.file.open("rb") as file:
            file.seek(self._place)
            new = file.read()
        whole = new[: new.rfind(b"\n") + 1]  # the last line may still be being written
        self._place += len(whole)
        self._heard += map(json.loads, whole.decode("utf-8").splitlines())
