"""The reference of the HTTP interface as one page that needs nothing from elsewhere.

Made from the OpenAPI description; imports the page style of the originals.
"""

from collections.abc import Iterator
from html import escape
from typing import Any

from ui.original.look import STYLE

Schema = dict[str, Any]

EXTRA = """
code{font-family:ui-monospace,Menlo,Consolas,monospace;font-size:.88em}
section{border-top:1px solid var(--line);padding:1.2rem 0 .4rem}
h2{margin:0 0 .3rem;font-size:1.02rem}
h2 b{display:inline-block;min-width:4.6em;color:var(--accent)}
table{border-collapse:collapse;width:100%;margin:.2rem 0 1rem;font-size:.88rem;line-height:1.7}
td{border-top:1px solid var(--line);padding:.25rem .8rem .25rem 0;vertical-align:top}
h3{font-size:.85rem;color:var(--soft);font-weight:400;margin:.6rem 0 .2rem}
"""


def render_reference(description: Schema) -> str:
    """Every operation with what it takes and what it gives."""
    title = escape(f"{description['info']['title']} · 接口文档")
    operations = "".join(
        _operation(method, path, operation, description)
        for path, methods in description["paths"].items()
        for method, operation in methods.items()
    )
    return (
        '<!DOCTYPE html>\n<html lang="zh-Hans"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{title}</title><style>{STYLE}{EXTRA}</style></head><body>"
        f'<header><div><h1>{title}</h1><div class="facts"><a href="/">← 回到问答</a>'
        '<a href="/openapi.json">OpenAPI 描述</a>'
        "错误一律为 application/problem+json（RFC 9457）</div></div></header>"
        f"<main>{operations}</main></body></html>\n"
    )


def _operation(method: str, path: str, operation: Schema, description: Schema) -> str:
    parts = [
        f"<section><h2><b>{escape(method.upper())}</b><code>{escape(path)}</code></h2>"
        f"<p>{escape(operation.get('summary', ''))}：{escape(operation.get('description', ''))}</p>"
    ]
    parameters = {each["name"]: each["schema"] for each in operation.get("parameters", ())}
    if parameters:
        parts.append(_table("参数", parameters, description))
    for content in operation.get("requestBody", {}).get("content", {}).values():
        parts.append(_table("请求体", _fields(content["schema"], description), description))
    for status, response in operation["responses"].items():
        schema = response.get("content", {}).get("application/json", {}).get("schema")
        if status.startswith("2") and schema:
            parts.append(_table(f"返回 {status}", _fields(schema, description), description))
    return "".join((*parts, "</section>"))


def _fields(schema: Schema, description: Schema) -> Schema:
    properties: Schema = _resolved(schema, description).get("properties", {})
    return properties


def _table(heading: str, fields: Schema, description: Schema) -> str:
    rows = "".join(
        f"<tr><td><code>{escape(name)}</code></td><td><code>{escape(_kind(field, description))}</code></td>"
        f"<td>{escape(field.get('description', ''))}</td></tr>"
        for name, field in fields.items()
    )
    return f"<h3>{escape(heading)}</h3><table>{rows}</table>" if rows else ""


def _kind(schema: Schema, description: Schema) -> str:
    """The type in a few words; a nested object names its fields."""
    schema = _resolved(schema, description)
    if "anyOf" in schema:
        return " | ".join(_kind(each, description) for each in schema["anyOf"])
    if "enum" in schema:
        return " | ".join(f'"{value}"' for value in schema["enum"])
    if "const" in schema:
        return f'"{schema["const"]}"'
    if schema.get("type") == "array":
        return f"[{_kind(schema.get('items', {}), description)}]"
    if "properties" in schema:
        return f"{{{', '.join(schema['properties'])}}}"
    return " ".join((str(schema.get("type", "any")), *_bounds(schema)))


def _bounds(schema: Schema) -> Iterator[str]:
    if "minimum" in schema:
        yield f"≥ {schema['minimum']:g}"
    if "maximum" in schema:
        yield f"≤ {schema['maximum']:g}"


def _resolved(schema: Schema, description: Schema) -> Schema:
    """The schema a reference points at."""
    name = schema.get("$ref", "").rpartition("/")[2]
    target: Schema = description["components"]["schemas"][name] if name else schema
    return target
