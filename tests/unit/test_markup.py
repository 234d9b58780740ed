"""Values in pages: each arrives exactly, and none becomes markup or code."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from owidget_jupyter.markup import script_json, script_value

# What could end a script element's content or a line of JavaScript, or is no valid HTML.
DANGEROUS = re.compile(r"[<>&]|[^ -~]")
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    # Half surrogate pairs included: they are what JavaScript's texts may hold.
    | st.text(st.characters() | st.sampled_from("<>&/!-\"'\\\u2028\u2029\ud800\r\n\x7f")),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=4) | st.just("__proto__"), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(JSON)
@example("\0\x7f\x85")
def test_a_value_in_a_script_is_itself_and_nothing_else(value):
    text = script_json(value)
    assert not DANGEROUS.search(text)
    assert json.loads(text) == value


@given(JSON)
def test_a_value_never_sets_a_prototype(value):
    text = script_value(value)
    assert not DANGEROUS.search(text)
    parsed = re.fullmatch(r"JSON\.parse\((.*)\)", text)
    assert (json.loads(json.loads(parsed[1])) if parsed else json.loads(text)) == value
    assert parsed or '"__proto__"' not in text


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_has_no_json_is_in_no_script(value):
    with pytest.raises(ValueError, match="not JSON compliant"):
        script_json(value)
