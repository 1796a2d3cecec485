"""What the pages call their classes and the answers their keys, and what a release does to it."""

import random
from collections.abc import Iterable, Mapping

# No "a" and no "e": chance must not spell "label", "tag" or "name" inside a hash.
_LETTERS = "bcdfghjkmnpqrstvwxyzBCDFGHJKMNPQRSTVWXYZ23456789"
_NO_DIGITS = _LETTERS[:40]
USUAL_HASH = 6
BARE_HASH = 20
PREFIX_HASH = 6


class Skin:
    """The class names of the pages, and the keys of their answers, at this moment.

    *patterns* maps what the page's code calls a part (an identifier) to the class that the part
    wears, with `#` where the build's hash stands; a pattern without `#` survives every release
    that is not hard. *known_keys* maps what the code calls a value of an answer to the key under
    which packs know it. *ui* is the prefix of the platform's component library, if it has one,
    and *hash_length* how many characters a hash has.

    *names* maps each part to today's class, *keys* each value to today's key; *release* counts
    the releases.
    """

    def __init__(
        self,
        rng: random.Random,
        patterns: Mapping[str, str],
        *,
        known_keys: Mapping[str, str] | None = None,
        ui: str = "",
        hash_length: int = USUAL_HASH,
    ) -> None:
        self._rng = rng
        self._patterns = dict(patterns)
        self._known_keys = dict(known_keys or {})
        self._known_ui = ui
        self._hash_length = hash_length
        self.ui = ui
        self.release = 1
        self.names = self._readable()
        self.keys = dict(self._known_keys)

    def rename(self, *, hard: bool) -> None:
        """Put out a new release: other hashes; if *hard*, no readable name and no key survives.

        A later release that is not hard takes the hard one back.
        """
        self.release += 1
        self.names = self._hidden(self._patterns) if hard else self._readable()
        self.keys = self._hidden(self._known_keys) if hard else dict(self._known_keys)
        self.ui = self.hash(PREFIX_HASH).lower() if hard else self._known_ui

    def rename_keys(self) -> None:
        """Put out a new release whose answers have other keys, and whose pages look the same."""
        self.release += 1
        self.keys = self._hidden(self._known_keys)

    def hash(self, length: int) -> str:
        """Return *length* letters and digits that mean nothing, fit to begin a class name."""
        # A class that begins with a digit would need escaping in the style sheet.
        return self._rng.choice(_NO_DIGITS) + "".join(self._rng.choices(_LETTERS, k=length - 1))

    def _readable(self) -> dict[str, str]:
        return {
            part: pattern.replace("#", self.hash(self._hash_length))
            for part, pattern in self._patterns.items()
        }

    def _hidden(self, parts: Iterable[str]) -> dict[str, str]:
        return {part: self.hash(BARE_HASH) for part in parts}
