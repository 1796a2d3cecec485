"""`geshao pack schema`: print the JSON Schema of packs, for editors."""

from agent.commands.speak import out
from agent.platforms.schema import schema_text


def schema() -> None:
    """Print the JSON Schema of packs."""
    out.file.write(schema_text())
