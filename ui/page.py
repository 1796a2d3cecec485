"""Where the overlay's page lies."""

from pathlib import Path

from agent.words import Language

PAGE = Path(__file__).parent / "web" / "index.html"


def address(language: Language) -> str:
    """Return how the page is called for a reader of *language*, before anybody spoke to it."""
    return PAGE.as_uri() if language == "zh" else f"{PAGE.as_uri()}#{language}"
