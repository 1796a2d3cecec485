"""Where the overlay's page lies."""

from pathlib import Path

PAGE = Path(__file__).parent / "web" / "index.html"
