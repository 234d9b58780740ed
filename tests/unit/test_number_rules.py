"""Which rules a stage gets for phone numbers, and how its questions are answered."""

from __future__ import annotations

import asyncio
import json

import phonenumbers
import pytest

from owidget_jupyter import NumberPolicy, OWidget

from .driver import COMPANY, Page, connected, messages, state

CZ = NumberPolicy("CZ", allowed_regions=["CZ", "SK"], allowed_types=["mobile"])
CZ_ON_THE_WIRE = {
    "region": "CZ",
    "regions": ["CZ", "SK"],
    "types": ["mobile"],
    "metadata": f"metadata:{phonenumbers.__version__}:CZ,SK",
}


def known(number: str) -> str | None:
    return "+420 777 666 555" if number == "777" else None


def rules(version: int, asks: bool, policy: dict | None) -> dict:
    return {"version": version, "asks": asks, "policy": policy}


# Setting them


@pytest.mark.parametrize("isolation", ["origin", "opaque", "none", "auto"])
def test_a_function_goes_with_the_grant_under_every_isolation(isolation):
    chat = OWidget(COMPANY, isolation=isolation)
    chat.set_custom_number_normalization(known)
    assert Page(chat).want().run()["numbers"] == rules(1, True, None)


def test_a_policy_goes_with_the_grant(chat):
    chat.set_custom_number_normalization(CZ)
    assert Page(chat).want().run()["numbers"] == rules(1, False, CZ_ON_THE_WIRE)


def test_a_function_with_a_policy_to_fall_back_on(chat):
    chat.set_custom_number_normalization(known, fallback=CZ)
    assert Page(chat).want().run()["numbers"] == rules(1, True, CZ_ON_THE_WIRE)


def test_a_policy_for_all_regions_asks_for_all_numbering_plans(chat):
    chat.set_custom_number_normalization(NumberPolicy())
    policy = Page(chat).want().run()["numbers"]["policy"]
    assert {policy["region"], policy["regions"], policy["types"]} == {None}
    assert policy["metadata"] == f"metadata:{phonenumbers.__version__}:*"


def test_a_default_region_that_is_not_allowed_needs_its_plan_too(chat):
    chat.set_custom_number_normalization(NumberPolicy("CZ", allowed_regions=["SK"]))
    policy = Page(chat).want().run()["numbers"]["policy"]
    assert policy["metadata"] == CZ_ON_THE_WIRE["metadata"]


def test_as_a_decorator_it_returns_the_function_itself(chat):
    assert chat.set_custom_number_normalization(known) is known
    assert chat.set_custom_number_normalization()(known) is known
    assert chat.set_custom_number_normalization(fallback=CZ, limit=1)(known) is known
    assert chat.set_custom_number_normalization(CZ) is None
    assert chat.set_custom_number_normalization(None) is None
    chat.set_custom_number_normalization(fallback=CZ)(known)
    assert Page(chat).want().run()["numbers"]["policy"] == CZ_ON_THE_WIRE


def test_rules_that_change_while_connected_are_an_order_and_no_fresh_stage(chat):
    page = connected(chat)
    chat.set_custom_number_normalization(known)
    chat.set_custom_number_normalization(CZ)
    assert page.comm.custom("numbers") == [
        {"kind": "numbers", "lease": page.lease, "rules": rules(1, True, None)},
        {"kind": "numbers", "lease": page.lease, "rules": rules(2, False, CZ_ON_THE_WIRE)},
    ]
    assert len(page.grants()) == 1


def test_rules_that_come_while_the_stage_begins_wait_for_it(chat):
    page = Page(chat).want()
    chat.set_custom_number_normalization(known)
    assert page.comm.custom("numbers") == []
    page.batch(state("ready"))
    assert page.comm.custom("numbers") == [
        {"kind": "numbers", "lease": page.lease, "rules": rules(1, True, None)}
    ]


def test_none_takes_them_away_with_the_next_stage(chat):
    chat.set_custom_number_normalization(known)
    page = connected(chat)
    assert page.run()["numbers"] == rules(1, True, None)
    chat.set_custom_number_normalization(None)
    assert page.comm.custom("numbers") == []
    chat.retry()
    assert page.run()["numbers"] is None


def test_none_takes_away_what_never_reached_a_stage(chat):
    chat.set_custom_number_normalization(known)
    chat.set_custom_number_normalization(None)
    assert Page(chat).want().run()["numbers"] is None


@pytest.mark.parametrize(
    ("rule", "more", "message"),
    [
        ("777", {}, "takes a function, not '777'"),
        (NumberPolicy, {"fallback": "CZ"}, "fallback is a NumberPolicy or None, not 'CZ'"),
        (CZ, {"fallback": CZ}, "fallback is for a function"),
        (None, {"fallback": CZ}, "fallback is for a function"),
        (CZ, {"limit": 1}, "limit is for a function"),
        (None, {"limit": 1}, "limit is for a function"),
        (known, {"limit": "2"}, "limit is a number of seconds, not '2'"),
        (known, {"limit": True}, "limit is a number of seconds, not True"),
    ],
)
def test_what_is_no_rule_is_refused_and_the_one_before_stands(chat, rule, more, message):
    chat.set_custom_number_normalization(known)
    with pytest.raises(TypeError, match=message):
        chat.set_custom_number_normalization(rule, **more)
    assert Page(chat).want().run()["numbers"] == rules(1, True, None)


@pytest.mark.parametrize("limit", [0, -1, 10.1, float("nan"), float("inf")])
def test_a_limit_out_of_bounds_is_refused(chat, limit):
    with pytest.raises(ValueError, match="above 0, up to 10 since the page stands still"):
        chat.set_custom_number_normalization(known, limit=limit)


def test_a_decorator_refuses_its_arguments_at_once(chat):
    with pytest.raises(TypeError, match="fallback is a NumberPolicy"):
        chat.set_custom_number_normalization(fallback="CZ")


def test_an_async_function_is_refused(chat):
    async def ask(number):
        return number

    with pytest.raises(TypeError, match="async"):
        chat.set_custom_number_normalization(ask)


def test_a_closed_widget_refuses_rules(chat):
    chat.close()
    with pytest.raises(RuntimeError, match="the widget is closed"):
        chat.set_custom_number_normalization(known)


# Answering what a stage asks over the comm


def answers(page: Page, *questions: tuple[str, bool]) -> list[dict]:
    """Ask as a stage would, and return the answers once all are there."""

    async def scene() -> list[dict]:
        before = len(page.comm.custom("answer"))
        for id, (number, submitted) in enumerate(questions, 1):
            page.say("ask", lease=page.lease, id=id, number=number, submitted=submitted)
        while len(told := page.comm.custom("answer")[before:]) < len(questions):
            await asyncio.sleep(0)
        return told

    return asyncio.run(asyncio.wait_for(scene(), 10))


def answer(page: Page, id: int, given: bool, number: str | None, version: int = 1) -> dict:
    said = {"version": version, "given": given, "number": number}
    return {"kind": "answer", "lease": page.lease, "id": id, **said}


def test_a_question_is_answered_by_the_function(chat):
    chat.set_custom_number_normalization(known)
    page = connected(chat)
    assert answers(page, ("777", False), ("778", True)) == [
        answer(page, 1, True, "+420 777 666 555"),
        answer(page, 2, True, None),
    ]


def test_an_answer_says_which_function_it_is_of(chat):
    chat.set_custom_number_normalization(known)
    page = connected(chat)
    chat.set_custom_number_normalization(lambda number: None)
    assert answers(page, ("777", True)) == [answer(page, 1, True, None, version=2)]


def test_a_failure_is_told_only_of_a_number_that_was_submitted(chat):
    def broken(number):
        raise ValueError(f"what is {number}?")

    chat.set_custom_number_normalization(broken)
    page = connected(chat)
    assert answers(page, ("608 123 321", False)) == [answer(page, 1, False, None)]
    assert messages(chat) == []
    answers(page, ("608 123 321", True))
    assert messages(chat) == ["ValueError: what is …?"]


def test_a_page_without_the_lease_gets_no_answer(chat):
    chat.set_custom_number_normalization(pytest.fail)
    page = connected(chat)
    page.say("ask", lease=page.lease - 1, id=1, number="777", submitted=True)
    Page(chat, "page-b").say("ask", lease=page.lease, id=2, number="777", submitted=True)
    chat.set_custom_number_normalization(known)
    assert [told["id"] for told in answers(page, ("777", True))] == [1]
    assert messages(chat) == []


def test_a_text_that_is_too_long_is_no_question(chat):
    chat.set_custom_number_normalization(pytest.fail)
    page = connected(chat)
    page.say("ask", lease=page.lease, id=1, number="7" * 257, submitted=True)
    assert messages(chat) == ["a number that is too long"]


def test_nothing_of_a_number_is_synced_or_logged(chat):
    chat.set_custom_number_normalization(lambda number: f"+420 {number}")
    page = connected(chat)
    [told] = answers(page, ("777 666 555", True))
    assert told["number"] == "+420 777 666 555"
    kept = json.dumps([chat.get_state(), page.comm.updates()], default=str)
    kept += repr(chat) + str(list(chat.event_log)) + str(list(chat.errors))
    # More digits than an id or a time has by chance.
    assert "777666" not in kept.replace(" ", "")


# What a policy needs in the page


def test_the_script_and_the_numbering_plans_are_handed_out(chat):
    page = Page(chat).want()
    page.say("asset", names=["numbers", plans := CZ_ON_THE_WIRE["metadata"]])
    texts = page.comm.custom("asset")[0]["texts"]
    assert set(json.loads(texts[plans])["countries"]) == {"CZ", "SK"}
    assert texts["numbers"]


def test_a_page_does_not_take_numbering_plans_of_another_release_for_these(chat, monkeypatch):
    chat.set_custom_number_normalization(CZ)
    before = Page(chat).want().run()["numbers"]["policy"]["metadata"]
    monkeypatch.setattr(phonenumbers, "__version__", "9.9.99")
    chat.set_custom_number_normalization(CZ)
    chat.retry()
    assert Page(chat).run()["numbers"]["policy"]["metadata"] == "metadata:9.9.99:CZ,SK" != before


@pytest.mark.parametrize(
    "name",
    ["metadata", "metadata:", "metadata:CZ", "metadata:{}:", "metadata:{}:*,CZ", "metadata:0.1:CZ"],
)
def test_numbering_plans_of_no_region_or_another_release_are_refused(chat, name):
    name = name.format(phonenumbers.__version__)
    page = Page(chat).want()
    page.say("asset", names=[name])
    assert page.comm.custom("asset") == []
    assert messages(chat) == [f"no assets {[name]!r}"]
