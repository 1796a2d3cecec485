"""How long things on a page may take before they are given up."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Patience:
    """All in seconds; the tests hand in less."""

    reading: float = 60
    """One reading as a whole: a call into a hung page has no limit of its own."""
    load: float = 20
    look: float = 10
    """One look; a page that is stuck in a loop of its own never answers."""
    settle: float = 15
    """Until the page shows a list, its emptiness or a gate."""
    answer: float = 4
    """Until the page's table is read in place of its own answer, and until a failed answer, which
    the page may ask for again, is final."""
    quiet: float = 1.5
    """For so long a page must look empty, with nothing under way, before that counts: some paint
    their mark of emptiness first and ask afterwards."""
    explanation: float = 0.5
    """Between an answer that says that the session is over and the page's own words about it."""
    other_shop: float = 2
    """Until another shop's name counts: headers fill in late and show something else before."""
    counters: float = 1.5
    turn: float = 6
    """Until the next page of a list is there, or what an open page asks for by itself."""
    supplement: float = 0.6
    """How far the table may lag behind the answer that it shows."""
    news: float = 1
    """A page that was pushed something asks for it within this time, or is loaded anew."""
    act: float = 3
    optional: float = 1
    """Until a step that may be left out is left out."""
    close: float = 3
    between_looks: float = 0.1
