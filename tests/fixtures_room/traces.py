"""Look for a secret in a text, however it is written there."""

import html
import re
from urllib.parse import unquote


def readings(text: str) -> list[str]:
    """Return *text* as a person, a browser or a program would read it, and without its gaps."""
    text = re.sub(r"[\u200b\u200e\ufeff]", "", text)
    spelled = re.sub(r"\\u([0-9A-Fa-f]{4})", lambda code: chr(int(code[1], 16)), text)
    decoded = [text, spelled, html.unescape(html.unescape(text)), unquote(unquote(text))]
    bare = [re.sub(r"<[^>]*>", "", each) for each in decoded]
    return [*decoded, *bare, *(re.sub(r"[\s\-.*]+", "", each) for each in bare)]


def survivors(secrets: list[str], text: str) -> list[str]:
    """Return those of *secrets* that *text* still holds in any form."""
    forms = [form.lower() for form in readings(text)]
    return [secret for secret in secrets if any(secret.lower() in form for form in forms)]
