"""What leaves the kernel for good: a page of ipywidgets' own export, without a kernel behind it."""

from __future__ import annotations

from typing import Any

import pytest
from ipywidgets.embed import embed_data

from owidget_jupyter import OWidget

from .driver import COMPANY, connected, event


@pytest.mark.parametrize("drop_defaults", [True, False])
def test_an_export_has_all_that_its_page_needs(drop_defaults: bool) -> None:
    """The page has no defaults to fall back on, not even the code of the view."""
    chat = OWidget(COMPANY)
    connected(chat).batch(event("chatWindowOpen"))
    data = embed_data(views=[chat], drop_defaults=drop_defaults)
    state: dict[str, Any] = data["manager_state"]["state"][chat.model_id]["state"]
    assert set(state) >= set(chat.keys)
    assert state["_view_name"] is not None
    assert "owidget" in state["_esm"]
    assert (state["state"], state["status_code"], state["height"]) == ("connected", 1, chat.height)
    assert [line["type"] for line in state["_tail"]] == ["status", "chatWindowOpen"]


def test_a_page_finds_the_model_by_its_key() -> None:
    """So that it can ask its widget manager whether a kernel stands behind it."""
    chat = OWidget(COMPANY)
    assert chat.model_id == chat.get_state()["_key"]
    assert chat.model_id != OWidget(COMPANY).model_id
