from __future__ import annotations

import pytest
from traitlets import TraitError

from owidget_jupyter import NumberPolicy, OWidget
from owidget_jupyter.settings import Settings

from .driver import COMPANY, Page
from .test_settings import SETTINGS


def test_configure_sets_all_at_once_and_one_fresh_stage_follows(chat, page):
    chat.configure(preset="sales", language="cs", scope="demo", height=300)
    assert (chat.preset, chat.language, chat.scope, chat.height) == ("sales", "cs", "demo", 300)
    run = page.run()
    assert len(page.grants()) == 2
    assert (run["preset"], run["language"], run["scope"]) == ("sales", "cs", "demo")


def test_the_same_values_take_no_fresh_stage(chat, page):
    chat.configure(company_id=COMPANY.upper(), preset=None)
    chat.configure()
    assert len(page.grants()) == 1


def test_where_one_is_wrong_none_is_set(chat, page):
    with pytest.raises(TraitError, match="language 'x y' is not"):
        chat.configure(preset="sales", language="x y", height=300)
    assert (chat.preset, chat.height) == (None, 460)
    assert len(page.grants()) == 1


def test_an_unknown_keyword_is_refused_and_none_is_set(chat):
    with pytest.raises(TypeError, match=r"no setting 'langage'. Did you mean 'language'\?"):
        chat.configure(preset="sales", langage="cs")
    assert chat.preset is None
    with pytest.raises(TypeError, match="no setting 'state'"):
        chat.configure(state="connected")


def test_what_an_observer_changes_meanwhile_is_part_of_the_same_change(chat, page):
    chat.observe(lambda change: chat.configure(scope=change.new), names="preset")
    chat.configure(preset="sales", language="cs")
    assert len(page.grants()) == 2
    assert (page.run()["scope"], page.run()["language"]) == ("sales", "cs")


def test_an_observer_that_changes_nothing_loses_no_change(chat, page):
    chat.observe(lambda change: chat.configure(host=chat.host), names="preset")
    chat.configure(preset="sales")
    assert page.run()["preset"] == "sales"


@pytest.mark.parametrize(("name", "good", "bad"), SETTINGS)
def test_check_says_what_assigning_would(name, good, bad):
    kept = OWidget(**{name: good})
    assert OWidget.check(**{name: good}) == {name: getattr(kept, name)}
    with pytest.raises(TraitError) as assigned:
        setattr(kept, name, bad)
    with pytest.raises(TraitError) as checked:
        OWidget.check(**{name: bad})
    assert str(checked.value) == str(assigned.value)


@pytest.mark.parametrize("name", sorted(Settings.class_trait_names()))
def test_check_takes_none_where_assigning_does(name):
    def outcome(take):
        try:
            take(**{name: None})
        except TraitError as error:
            return str(error)
        return None

    assert outcome(OWidget.check) == outcome(OWidget)


def test_check_refuses_an_unknown_keyword():
    assert OWidget.check() == {}
    with pytest.raises(TypeError, match=r"no setting 'presets'\. Did you mean 'preset'"):
        OWidget.check(presets="sales")


def test_a_chat_knows_whether_it_is_simulated(chat):
    assert chat.is_simulated is False
    assert OWidget.simulated().is_simulated is True


def test_custom_data_are_told_as_a_copy(chat):
    assert chat.custom_data == {}
    chat.add_custom_data("cart", {"items": [1]})
    chat.custom_data["cart"]["items"].append(2)
    assert chat.custom_data == {"cart": {"items": [1]}}
    chat.remove_custom_data("cart")
    assert chat.custom_data == {}


def test_the_number_rules_that_were_set_can_be_looked_at(chat):
    assert (chat.number_policy, chat.number_function) == (None, None)
    policy = NumberPolicy("CZ")
    chat.set_custom_number_normalization(policy)
    assert (chat.number_policy, chat.number_function) == (policy, None)
    chat.set_custom_number_normalization(str.strip, fallback=policy)
    assert (chat.number_policy, chat.number_function) == (policy, str.strip)
    chat.set_custom_number_normalization(str.upper)
    assert (chat.number_policy, chat.number_function) == (None, str.upper)
    chat.set_custom_number_normalization(None)
    assert (chat.number_policy, chat.number_function) == (None, None)


def test_a_page_of_several_changes_is_granted_once_even_without_a_stage():
    chat = OWidget(isolation="opaque")
    page = Page(chat)
    page.want()
    chat.configure(company_id=COMPANY, preset="sales")
    page.want()
    assert page.run()["preset"] == "sales"
    assert len(page.grants()) == 1
