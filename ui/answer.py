"""What a page gets for whatever it asks."""

from typing import Any

Answer = dict[str, Any]
"""`ok`, and with False an `error` and its `next_step`."""
