"""The snippet of a widget's settings on plain pages, with nothing but its host changed."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from owidget_jupyter import NumberPolicy, OWidget
from tests.simulator_host import SimulatorHost
from tests.website import Site

from .book import PAGES
from .conftest import Visit

COMPANY = "295b1064-cf5b-4a5d-9e05-e7a74f86ae5e"
HOSTILE = [
    "</script><script>fail()</script>",
    "<!--<script>",
    "]]>--><img src=x onerror=fail()>",
    "\\\"'`${fail()}\\u0022",
    "Žluťoučký kůň 🐎 &amp; &#39;",
]
# Records what the snippet calls, before it reaches the script.
RECORDER = """
<script src="/record.js"></script>
<script>
const called = [];
Object.defineProperty(HTMLScriptElement.prototype, '$owidgetOnLoad', {
  set(theirs) {
    const ours = (owidget) => theirs(new Proxy(owidget, {
      get: (target, name) => typeof target[name] !== 'function' ? target[name] : (...args) => {
        called.push([name, args]);
        return target[name](...args);
      },
    }));
    Object.defineProperty(this, '$owidgetOnLoad', { value: ours });
  },
});
</script>
"""
# As a person fills the stubs.
STUBS = {f"case {code}:": f"case {code}: heard('status', {code});" for code in (0, 1, 2)} | {
    f"case '{type}':": f"case '{type}': heard('event', '{type}');"
    for type in (
        "chatWindowOpen",
        "chatWindowClosed",
        "chatSessionCreated",
        "chatSessionStarted",
        "chatSessionEnded",
    )
}


class Shop:
    """A website that has a widget's page, and a visit there."""

    def __init__(self, folder: Path, site: Site, visited: Visit, host: SimulatorHost) -> None:
        self._folder = folder
        self._site = site
        self._visited = visited
        self._host = host
        self.page = visited.page

    def open(self, chat: OWidget) -> None:
        """Go to the page that a widget writes; it is connected then."""
        written = chat.to_html(self._folder / "chat.html")
        text = written.read_text("utf-8")
        for stub, filled in STUBS.items():
            assert text.count(stub) == 1
            text = text.replace(stub, filled)
        written.write_text(text.replace("<h1>", RECORDER + "<h1>"), "utf-8")
        self.page.goto(f"http://{self._site.authority}/chat.html")
        expect(self.page.locator("[data-part=button]")).to_be_visible()

    def called(self, method: str) -> list[Any]:
        """Return the arguments of each call of a method by the snippet."""
        called: list[Any] = self.page.evaluate(
            "method => called.filter(([name]) => name === method).map(([, args]) => args)", method
        )
        return called

    def do(self, script: str) -> Any:
        """Run the body of an async function in the page, which knows what record.js has."""
        return self.page.evaluate(f"async () => {{ {script} }}")

    def check(self) -> None:
        """Hold that the page made no mistake, and asked nobody but itself and the host."""
        assert (self._visited.exceptions, self._visited.errors) == ([], [])
        assert self._visited.hosts == {self._site.authority, self._host.authority}


@pytest.fixture
def shop(
    visit: Callable[..., Visit], hosts: dict[str, SimulatorHost], tmp_path: Path
) -> Generator[Shop]:
    """A website in which the snippet's host is the simulator's; time stands there."""
    host = hosts["app.mluvii.com"]
    shutil.copy(PAGES / "record.js", tmp_path)
    moved = {"app.mluvii.com": host.authority, "localhost:8123": host.authority}
    with Site(tmp_path, moved) as site:
        shop = Shop(tmp_path, site, visit(), host)
        yield shop
        shop.check()


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_a_setting_holds_arrives_as_it_is(shop: Shop, text: str) -> None:
    chat = OWidget(COMPANY, preset=text, scope=text, tenant_id=text)
    chat.add_custom_data(text, f"{text}\u2028\u2029\r\n\0")
    shop.open(chat)
    assert shop.called("init") == [[[COMPANY, text], text, None, text]]
    data = shop.do(
        "const told = waiting(); window.$owidget.openChat(true); await pass(0); return told;"
    )
    assert data == {text: f"{text}\u2028\u2029\r\n\0"}
    assert shop.page.locator("img[src=x]").count() == 0
    assert shop.page.locator("h1 ~ *:visible:not([data-owidget-simulator])").count() == 0


def test_data_of_any_kind_arrive_as_they_are(shop: Shop) -> None:
    chat = OWidget(COMPANY)
    value = {"__proto__": {"polluted": True}, "list": [1.5, None, False, "</script>"]}
    chat.add_custom_data("__proto__", value)
    chat.add_custom_data("loyal", True)
    shop.open(chat)
    assert shop.do(
        "return called.filter(([name]) => name === 'addCustomData')"
        ".map(([, args]) => JSON.stringify(args));"
    ) == [
        '["__proto__",{"__proto__":{"polluted":true},"list":[1.5,null,false,"</script>"]}]',
        '["loyal",true]',
    ]
    names = shop.do("return called.map(([name]) => name);")
    assert names[0] == "init"
    assert names[-3:] == ["addCustomData", "addCustomData", "connectToServer"]


def test_every_stub_is_called(shop: Shop) -> None:
    shop.open(OWidget(COMPANY, language="sk"))
    assert shop.page.locator("html").get_attribute("lang") == "sk"
    heard = shop.do(
        """
        await act('operator', 'status', 2);
        await act('operator', 'status', 0);
        await act('operator', 'status', 1);
        window.$owidget.openChat(true);
        await act('operator', 'accept');
        await act('operator', 'end');
        await act('visitor', 'minimise');
        await end();
        return JSON.parse(sessionStorage.getItem('heard'));
        """
    )
    assert heard == [
        *(["status", code] for code in (1, 2, 0, 1)),
        ["event", "chatWindowOpen"],
        ["event", "chatSessionCreated"],
        ["event", "chatSessionStarted"],
        ["event", "chatSessionEnded"],
        ["event", "chatWindowClosed"],
        ["end"],
    ]


NUMBERS = [
    "777 666 555",
    "(+420) 777-666-555",
    "７７７ ６６６ ５５５",
    "00421 905 123 456",
    "222 123 456",
    "+44 7400 123456",
    "777 666",
    "not a number",
]


@pytest.mark.parametrize(
    "policy",
    [NumberPolicy("CZ", allowed_regions=["CZ", "SK"], allowed_types=["mobile"]), NumberPolicy()],
    ids=repr,
)
@pytest.mark.parametrize("by", ["policy", "fallback"])
def test_a_policy_answers_as_in_python(shop: Shop, policy: NumberPolicy, by: str) -> None:
    chat = OWidget(COMPANY)
    if by == "policy":
        chat.set_custom_number_normalization(policy)
    else:
        chat.set_custom_number_normalization(str.strip, fallback=policy)
    shop.open(chat)
    answers = shop.page.evaluate(
        """async (numbers) => {
          const [[, [normalize]]] =
            called.filter(([name]) => name === 'setCustomNumberNormalization');
          const answers = [];
          for (const number of numbers) {
            answers.push([normalize(number), await act('visitor', 'callBack', number, true)]);
          }
          return answers;
        }""",
        NUMBERS,
    )
    expected = [policy.normalize(number) for number in NUMBERS]
    assert answers == [[number, number is not None] for number in expected]
    assert {number is None for number in expected} == {False, True}


def test_a_function_alone_leaves_the_scripts_own_rule(shop: Shop) -> None:
    chat = OWidget(COMPANY)
    chat.set_custom_number_normalization(str.strip)
    shop.open(chat)
    assert shop.do("return called.map(([name]) => name);") == [
        "init",
        "setStatusUpdateCallback",
        "setAppEventCallback",
        "connectToServer",
    ]


def test_a_simulated_chats_page_plays_its_scenario(shop: Shop) -> None:
    shop.open(OWidget.simulated(scenario="offline-form", page_language="de"))
    assert shop.page.locator("html").get_attribute("lang") == "de"
    expect(shop.page.locator("[data-owidget-simulator]")).to_have_attribute("lang", "de")
    shop.do("await end();")
    assert shop.do("return JSON.parse(sessionStorage.getItem('heard'));")[0] == ["status", 0]
