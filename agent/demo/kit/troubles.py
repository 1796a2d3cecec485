"""What can go wrong with an office's answers, other than going unanswered for a good reason."""

from enum import StrEnum


class Trouble(StrEnum):
    """One way in which an office fails its visitors.

    The first six happen to the calls that bring lists, TRUNCATED_HTML to the pages with the
    queue, DOWN to everything. HANG leaves a list call unanswered for as long as it lasts.
    """

    HTTP_500 = "http_500"
    HTTP_403 = "http_403"
    HTTP_429 = "http_429"
    ENVELOPE = "envelope"
    GARBAGE = "garbage"
    HANG = "hang"
    TRUNCATED_HTML = "truncated_html"
    DOWN = "down"
