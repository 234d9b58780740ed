from __future__ import annotations

import pytest

from owidget_jupyter import OWidget
from owidget_jupyter.explorer.fields import SETTINGS
from owidget_jupyter.settings import Settings

from ..driver import COMPANY, Page, connected, state

OTHER = "11111111-2222-4333-8444-555555555555"


def test_the_panel_knows_every_setting():
    assert set(SETTINGS) == set(Settings.class_trait_names())


@pytest.mark.parametrize(
    ("label", "bad", "said"),
    [
        ("Company id", "295b", "company_id '295b' is not a GUID"),
        ("Preset", "a\tb", r"preset 'a\tb' is not a text"),
        ("Language", "english please", "language 'english please' is not a BCP 47"),
        ("Scope", "x" * 201, "is not a text of 1 to 200"),
        ("Host", "https://app.mluvii.com", "no scheme, path or user"),
        ("Host", "", "host '' is not accepted"),
        ("Tenant", "a\nb", r"tenant_id 'a\nb' is not a text"),
        ("Page language", "česky", "page_language 'česky' is not a BCP 47"),
        ("Height in pixels", 20, "height 20 is not a whole number from 160 to 4000"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_as_one_types_and_cannot_be_applied(
    explore, chat, label, bad, said
):
    hand = explore(chat)
    page = connected(chat)
    before = {name: getattr(chat, name) for name in SETTINGS}
    hand.type(label, bad)
    assert said in hand.texts
    assert f"Cannot be applied; please correct: {label}." in hand.texts
    assert not hand.can_press("Apply and connect")
    assert {name: getattr(chat, name) for name in SETTINGS} == before
    assert len(page.grants()) == 1, "no stage is restarted while one types"
    hand.press("Revert")
    assert said not in hand.texts
    assert "What is set here is what runs." in hand.texts
    assert not hand.can_press("Revert")


def test_applying_is_one_change_and_one_fresh_stage(explore, chat):
    hand = explore(chat)
    page = connected(chat)
    hand.type("Preset", "sales")
    hand.type("Language", "cs")
    hand.type("Tenant", "7")
    hand.choose("Isolation", "none")
    assert "Not applied yet: Preset, Language, Isolation, Tenant." in hand.texts
    assert "Changed; what runs has none." in hand.texts
    assert len(page.grants()) == 1
    hand.press("Apply and connect")
    run = page.run()
    assert len(page.grants()) == 2
    assert (run["preset"], run["language"], run["isolation"]) == ("sales", "cs", "none")
    assert chat.tenant_id == 7
    assert "What is set here is what runs." in hand.texts
    assert not hand.can_press("Apply and connect")


def test_an_emptied_field_is_none(explore):
    hand = explore(OWidget(COMPANY, isolation="opaque", preset="sales", tenant_id=7))
    for label in ("Preset", "Tenant"):
        hand.type(label, "")
    assert "Changed; what runs has sales." in hand.texts
    hand.press("Apply and connect")
    assert (hand.chat.preset, hand.chat.tenant_id) == (None, None)


def test_what_merely_looks_different_is_no_change(explore):
    hand = explore(OWidget(COMPANY, isolation="opaque", tenant_id="7"))
    hand.type("Company id", COMPANY.upper())
    hand.type("Host", "APP.mluvii.com")
    assert "What is set here is what runs." in hand.texts
    hand.type("Preset", "sales")
    hand.press("Apply and connect")
    assert hand.chat.tenant_id == "7", "a text, although a number is typed alike"


def test_the_browsers_language_is_another_than_none(explore):
    hand = explore(OWidget(COMPANY, isolation="opaque"))
    hand.type("Page language", "(the browser's)")
    hand.press("Apply and connect")
    assert hand.chat.page_language == ""
    assert hand.control("Page language").value == "(the browser's)"
    hand.type("Page language", "")
    hand.press("Apply and connect")
    assert hand.chat.page_language is None


def test_the_form_follows_python_but_where_one_has_typed(explore, chat):
    hand = explore(chat)
    hand.type("Preset", "sales")
    hand.type("Scope", "x y")
    chat.configure(preset="support", language="cs", height=300)
    assert hand.control("Language").value == "cs"
    assert hand.control("Height in pixels").value == 300
    assert hand.control("Preset").value == "sales"
    assert "Changed; what runs has support." in hand.texts
    chat.preset = "sales"
    assert "Not applied yet: Scope." in hand.texts
    hand.press("Revert")
    assert (hand.control("Preset").value, hand.control("Scope").value) == ("sales", "")


def test_what_concerns_the_view_promises_no_fresh_start(explore, chat):
    hand = explore(chat)
    page = connected(chat)
    hand.choose("Event list", False)
    assert "Not applied yet: Event list." in hand.texts
    assert "takes a fresh start" not in hand.texts
    hand.press("Apply and connect")
    assert chat.show_events is False
    assert len(page.grants()) == 1


def test_applying_connects_a_chat_that_was_told_not_to(explore):
    chat = OWidget(COMPANY, isolation="opaque", autoconnect=False)
    hand = explore(chat)
    page = Page(chat).want()
    assert page.run()["connect"] is False
    hand.type("Preset", "sales")
    hand.press("Apply and connect")
    page.run()
    page.batch(state("ready"))
    assert len(page.comm.custom("connect")) == 1


def test_a_chat_without_a_company_cannot_be_applied(explore):
    chat = OWidget(isolation="opaque")
    hand = explore(chat)
    page = Page(chat).want()
    assert "A real chat needs a company id." in hand.texts
    hand.type("Preset", "sales")
    assert not hand.can_press("Apply and connect")
    assert not hand.can_press("Reconnect")
    hand.type("Company id", OTHER)
    assert page.grants() == []
    hand.press("Apply and connect")
    assert (chat.company_id, chat.preset) == (OTHER, "sales")
    assert page.want().run()["company"] == OTHER


@pytest.mark.parametrize(
    ("label", "name", "typed", "kept"),
    [
        ("Company id", "company_id", f" {OTHER}\n", OTHER),
        ("Preset", "preset", " sales\t", "sales"),
        ("Preset", "preset", "  ", None),
        ("Language", "language", "cs ", "cs"),
        ("Host", "host", " ptr.mluvii.com ", "ptr.mluvii.com"),
        ("Tenant", "tenant_id", " 7 ", 7),
        ("Page language", "page_language", " de", "de"),
    ],
)
def test_white_space_that_was_pasted_with_a_value_is_no_part_of_it(
    explore, chat, label, name, typed, kept
):
    chat.preset = "before"
    hand = explore(chat)
    hand.type(label, typed)
    hand.press("Apply and connect")
    assert getattr(chat, name) == kept
