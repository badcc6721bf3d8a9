"""What answers look like, in OpenAPI 3.0: checked against real answers by the tests."""

from __future__ import annotations

from typing import Any, Final

Node = dict[str, Any]

_PROBLEM: Final = "application/problem+json"


def shape(name: str) -> Node:
    """Return a reference to a shape of an answer."""
    return {"$ref": f"#/components/schemas/{name}"}


def answers(content: dict[str, Node | None], *, cached: bool) -> Node:
    """Return the answers of a path: what it gives by media type, and why it may not."""
    text = {"type": "string"}
    made = {
        media: {"schema": schema or ({"type": "object"} if "json" in media else _bytes(media, text))}
        for media, schema in content.items()
    }
    return {
        "200": {"description": "The answer", "content": made},
        **({"304": {"description": "The client has it already"}} if cached else {}),
        **{status: {"$ref": f"#/components/responses/{name}"} for status, name in _PROBLEMS.items()},
    }


def _bytes(media: str, text: Node) -> Node:
    return text if media.startswith("text/") or media.endswith("xml") else {**text, "format": "binary"}


_PROBLEMS: Final = {
    "400": "Unclear",
    "404": "Missing",
    "405": "ReadOnly",
    "414": "TooLong",
    "422": "Costly",
    "429": "TooMany",
    "500": "Fault",
    "503": "Unreadable",
}


def _object(required: list[str], **properties: Node) -> Node:
    return {"type": "object", "required": required, "properties": properties}


def _list(of: Node) -> Node:
    return {"type": "array", "items": of}


_TEXT: Final[Node] = {"type": "string"}
_WHOLE: Final[Node] = {"type": "integer", "minimum": 0}
_LINKS: Final[Node] = _list(shape("Link"))
_MARKS: Final[Node] = {
    "licence": _TEXT,
    "attribution": _TEXT,
    "build_id": _TEXT,
    "invented": {"type": "boolean", "description": "True where the place and its cameras are made up"},
    "invented_in": {
        **_list(_TEXT),
        "description": "Sources that are made up, where real ones stand beside them; rows name theirs by "
        "disclosure_id or source_id",
    },
}


def _problem(description: str) -> Node:
    return {"description": description, "content": {_PROBLEM: {"schema": shape("Problem")}}}


COMPONENTS: Final[Node] = {
    "schemas": {
        "Link": _object(["href", "rel"], href=_TEXT, rel=_TEXT, type=_TEXT, title=_TEXT),
        "Problem": _object(
            ["type", "title", "status"], type=_TEXT, title=_TEXT, status=_WHOLE, detail=_TEXT, remedy=_TEXT
        ),
        "Landing": _object(["title", "links"], title=_TEXT, description=_TEXT, links=_LINKS, **_MARKS),
        "Conformance": _object(["conformsTo"], conformsTo=_list(_TEXT)),
        "Status": _object(["status"], status=_TEXT, build_id=_TEXT),
        "Collections": _object(
            ["links", "collections"], links=_LINKS, collections=_list(shape("Collection")), crs=_list(_TEXT)
        ),
        "Collection": _object(
            ["id", "links"],
            id=_TEXT,
            title=_TEXT,
            title_fr=_TEXT,
            description=_TEXT,
            description_fr=_TEXT,
            itemType=_TEXT,
            extent={"type": "object"},
            crs=_list(_TEXT),
            storageCrs=_TEXT,
            count=_WHOLE,
            links=_LINKS,
            **_MARKS,
        ),
        "Search": _object(
            ["query", "matched", "returned", "results", "links"],
            query=_TEXT,
            matched=_WHOLE,
            returned=_WHOLE,
            offset=_WHOLE,
            results=_list(shape("SearchResult")),
            links=_LINKS,
        ),
        "SearchResult": _object(
            ["layer", "id", "disclosure_id", "title", "invented", "links"],
            layer=_TEXT,
            id=_TEXT,
            disclosure_id=_TEXT,
            title=_TEXT,
            title_fr=_TEXT,
            excerpt=_TEXT,
            invented=_MARKS["invented"],
            links={"type": "object", "additionalProperties": _TEXT},
        ),
        "Feature": _object(
            ["type", "id", "geometry", "properties"],
            type={"type": "string", "enum": ["Feature"]},
            id=_TEXT,
            geometry={"type": "object", "nullable": True},
            properties={"type": "object"},
            links=_LINKS,
            **_MARKS,
        ),
        "Features": _object(
            ["type", "features", "numberMatched", "numberReturned"],
            type={"type": "string", "enum": ["FeatureCollection"]},
            features=_list(shape("Feature")),
            numberMatched=_WHOLE,
            numberReturned=_WHOLE,
            timeStamp={"type": "string", "format": "date-time"},
            links=_LINKS,
            **_MARKS,
        ),
        "Letter": _object(
            ["kind", "title", "lang", "law_of", "text", "blanks", "rules"],
            kind=_TEXT,
            title=_TEXT,
            lang=_TEXT,
            law_of={"type": "string", "format": "date"},
            text=_TEXT,
            blanks=_list(
                _object(
                    ["name", "label", "shown", "type"],
                    name=_TEXT,
                    label=_TEXT,
                    shown={"type": "string", "description": "How the blank stands in the text"},
                    type={"type": "string", "enum": ["line", "lines", "date", "time"]},
                    computed={
                        **_object(["of", "months", "days"], of=_TEXT, months=_WHOLE, days=_WHOLE),
                        "nullable": True,
                        "description": "So much later than the day in another blank",
                    },
                )
            ),
            rules=_list(
                _object(
                    ["rule_id", "instrument", "article"],
                    rule_id=_TEXT,
                    instrument=_TEXT,
                    article=_TEXT,
                    url={**_TEXT, "nullable": True},
                )
            ),
        ),
    },
    "responses": {
        "Unclear": _problem("A parameter is unknown or not understood"),
        "Missing": _problem("Nothing stands there"),
        "ReadOnly": _problem("Every path only reads"),
        "TooLong": _problem("The address is too long"),
        "Costly": _problem("The answer takes too long to find"),
        "TooMany": _problem("Too many requests in a minute"),
        "Fault": _problem("A fault of the service"),
        "Unreadable": _problem("The layers can't be read, or too many wait"),
    },
}
