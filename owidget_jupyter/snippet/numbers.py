"""A widget's number rules as JavaScript for a website, where no kernel can be asked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from owidget_jupyter.markup import script_json
from owidget_jupyter.stage.document import asset, number_code

_NOTICE = Path(__file__).parent / "notice.txt"

_SCRIPT = """<script type="text/javascript">
/*
{notice}*/
{code}</script>
"""
_POLICY = """\
// Phone numbers: the policy's answer, or null for a number that it does not accept.
var normalize = window[Symbol.for('owidget_jupyter.numbers')](
  {metadata},
  {rules}
);
owidget.setCustomNumberNormalization(function (phoneNumber) {{
{function}  return normalize(String(phoneNumber));
}});"""
_FALLBACK = """\
  // A Python function cannot go along: put its rules here. Where it has no answer, this
  // fallback answers.
"""
_FUNCTION = """\
// A Python function cannot go along: put its rules here. Until then the vendor's own
// normalisation applies.
// owidget.setCustomNumberNormalization(function (phoneNumber) {
//   return null; // or the number in international format, such as '+420 777 666 555'
// });"""


def policy_script(numbers: dict[str, Any] | None) -> str:
    """Return the script element that a policy's answers come from; "" where there is no policy.

    Args:
        numbers: The rules as a stage is told of them.
    """
    if numbers is None or numbers["policy"] is None:
        return ""
    return _SCRIPT.format(notice=_NOTICE.read_text("utf-8"), code=_in_ascii(number_code()))


def number_lines(numbers: dict[str, Any] | None) -> list[str]:
    """Return what the snippet calls for its number rules.

    Args:
        numbers: The rules as a stage is told of them; None where the vendor's default applies.
    """
    if numbers is None:
        return []
    if numbers["policy"] is None:
        return _FUNCTION.splitlines()
    rules = dict(numbers["policy"])
    metadata = asset(rules.pop("metadata"))
    return _POLICY.format(
        metadata=script_json(metadata),
        rules=script_json(rules),
        function=_FALLBACK if numbers["asks"] else "",
    ).splitlines()


def _in_ascii(code: str) -> str:
    """Return the bundled code without what a page of another encoding would spoil.

    Other characters are only in its texts and patterns, where an escape stands for each.
    """
    utf16 = code.encode("utf-16-be")
    units = (int.from_bytes(utf16[i : i + 2], "big") for i in range(0, len(utf16), 2))
    return "".join(chr(unit) if unit < 0x80 else f"\\u{unit:04x}" for unit in units)
