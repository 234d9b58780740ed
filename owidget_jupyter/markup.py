"""Values in pages: as they are written where a text of anybody's must not become markup."""

from __future__ import annotations

import json

_NOT_IN_SCRIPT = {ord(character): f"\\u{ord(character):04x}" for character in "<>&"}


def script_json(value: object) -> str:
    r"""Return a value as JSON that can stand in a script element, whatever texts are in it.

    It is ASCII, and so the same in a page of any encoding, and has nothing that ends a line of
    JavaScript, a comment or the element.

    Args:
        value: What has a JSON.

    Example:
        >>> script_json("</script>")
        '"\\u003c/script\\u003e"'
    """
    return json.dumps(value, allow_nan=False).translate(_NOT_IN_SCRIPT)


def script_value(value: object) -> str:
    """Return a value as a JavaScript expression, which can stand where `script_json` can.

    Args:
        value: What has a JSON.
    """
    text = script_json(value)
    # In an object literal, unlike in JSON, that name sets the prototype.
    if '"__proto__"' in text:
        return f"JSON.parse({script_json(text)})"
    return text
