"""The pack language as a JSON Schema, for editors that complete and check while one writes."""

import json

from agent.platforms.pack import Pack


def schema_text() -> str:
    """Return the schema of a pack as it stands in `selectors/pack.schema.json`."""
    schema = Pack.model_json_schema(by_alias=True)
    described = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "鸽哨页面规则",
        "description": "一个平台的后台怎么读；写法见 selectors/README.md。",
    }
    return json.dumps(described, ensure_ascii=False, indent=2) + "\n"
