from __future__ import annotations

from pathlib import Path

import pytest

JS = Path(__file__).parents[3] / "js"


@pytest.mark.parametrize("name", ["LICENSE", "LICENSE.Apache"])
def test_the_licenses_of_what_is_bundled_come_along(name):
    license = (JS / "node_modules" / "libphonenumber-js" / name).read_text("utf-8")
    assert license.strip() in (JS / "THIRD-PARTY.txt").read_text("utf-8")
