"""A stage without an origin: its document's storage is emulated, and kept for this tab."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from owidget_jupyter.stage.document import stage_document

from .conftest import NewNotebook
from .harness import Notebook, Vendor, eventually, recorder
from .harness.chat import COMPANY
from .harness.chat_window import CHAT_WINDOW, window_part

SAID = "Good morning, this is remembered."

SIMULATED = [
    "from owidget_jupyter import OWidget\n"
    "chat = OWidget.simulated(scope='one', isolation='opaque')",
    "chat",
    "chat",
]


def mark(nb: Notebook) -> None:
    """Mark the stage's document, which a fresh stage's is not."""
    nb.stage().evaluate("() => { window.testSeen = true; }")


def fresh(nb: Notebook) -> None:
    """Wait for a fresh stage that is connected, and mark it."""

    def is_there() -> bool:
        seen: bool = nb.stage().evaluate("() => Boolean(window.testSeen)")
        return not seen

    eventually(is_there, message="a fresh stage")
    nb.until("chat.state == 'connected' and chat.status_code == 1")
    assert nb.py("chat.active_isolation") == "opaque"
    mark(nb)


def restored(nb: Notebook) -> None:
    """The conversation is there again, window and all."""
    fresh(nb)
    expect(window_part(nb.stage(), "log")).to_contain_text(SAID)


def talk(nb: Notebook) -> None:
    """Have a conversation that is not over."""
    nb.run_all()
    fresh(nb)
    nb.exec(
        "chat.visitor.open()\nchat.visitor.join()\nchat.operator.accept()\n"
        f"said = chat.operator.say({SAID!r})"
    )
    nb.until("said.done()")
    expect(window_part(nb.stage(), "log")).to_contain_text(SAID)


@pytest.mark.slow
def test_a_conversation_is_restored_in_its_scope_and_tab(notebook: NewNotebook) -> None:
    nb = notebook(cells=SIMULATED)
    talk(nb)
    details = window_part(nb.stage(), "details")
    expect(details).to_contain_text("scope: one")
    expect(details).not_to_contain_text("no storage")

    nb.run_cell(1)
    restored(nb)
    nb.exec("chat.retry()")
    restored(nb)
    nb.save()
    nb.reload()
    restored(nb)

    # Another scope has a conversation of its own, or none.
    nb.exec("chat.scope = 'two'")
    fresh(nb)
    expect(nb.stage().locator("[data-part=button]")).to_be_visible()
    assert nb.stage().locator(CHAT_WINDOW).count() == 0
    nb.exec("chat.scope = 'one'")
    restored(nb)

    # It was one session all the time, and nothing went wrong on the way.
    assert nb.py("[e.type for e in chat.event_log].count('chatSessionStarted')") == 1
    assert nb.py("list(map(str, chat.errors))") == []


@pytest.mark.slow
def test_a_conversation_is_restored_wherever_its_stage_begins_anew(notebook: NewNotebook) -> None:
    nb = notebook(cells=SIMULATED)
    talk(nb)

    # Collapsed, its view leaves it to the other one, from where it is brought back alive.
    nb.collapse_output(1)
    restored(nb)
    nb.expand_output(1)
    nb.output_area(1).get_by_role("button", name="Bring it here").click()
    expect(nb.output_area(1).locator("iframe.owidget-frame")).to_have_count(1)
    expect(window_part(nb.stage(), "log")).to_contain_text(SAID)
    nb.delete_cell(2)
    nb.collapse_output(1)
    nb.until("chat.state == 'idle'")
    nb.expand_output(1)
    restored(nb)
    # Another model, and another kernel: it is the tab's.
    nb.exec("chat.close()")
    nb.run_cell(0)
    nb.run_cell(1)
    restored(nb)
    nb.restart_kernel()
    nb.run_cell(0)
    nb.run_cell(1)
    restored(nb)
    nb.save()

    # Another tab knows nothing of it, whoever has the stage.
    other = nb.second_tab()
    other.panel.get_by_role("button", name="Run it here").click()
    eventually(lambda: len(other.stage_frames()) == 1, message="the second tab has the stage")
    fresh(other)
    expect(other.stage().locator("[data-part=button]")).to_be_visible()
    assert other.stage().locator(CHAT_WINDOW).count() == 0
    nb.panel.get_by_role("button", name="Run it here").click()
    eventually(lambda: len(nb.stage_frames()) == 1, message="the first tab has the stage")
    restored(nb)


#: Counts in every store how often it was connected.
COUNTS = recorder(
    on_connect="""
    const count = (text) => Number(text ?? 0) + 1;
    const { cookie } = document;
    localStorage.loads = count(localStorage.loads);
    sessionStorage.setItem('loads', count(sessionStorage.getItem('loads')));
    const cookies = new Map(cookie.split('; ').map((pair) => pair.split('=')));
    document.cookie = `loads=${count(cookies.get('loads'))}; path=/; max-age=3600; secure`;
    status(1);
    """
)
COUNTED = "() => [localStorage.loads, sessionStorage.getItem('loads'), document.cookie]"

#: What a document nested in the stage has of its own; or, of each, the error's name.
NESTED = """() => new Promise((resolve) => {
  const frame = document.createElement('iframe');
  frame.srcdoc = `<script>
    const found = [() => localStorage, () => sessionStorage, () => document.cookie].map((look) => {
      try { return String(look()); } catch (error) { return error.name; }
    });
    parent.postMessage(found, '*');
  </${'script'}>`;
  addEventListener('message', ({ data }) => resolve(data));
  document.body.append(frame);
})"""


@pytest.fixture
def other_vendor() -> Iterator[Vendor]:
    """Another host."""
    with Vendor() as server:
        server.script = COUNTS
        yield server


@pytest.mark.slow
def test_a_vendors_script_has_storage_and_cookies_and_its_frames_have_none(
    notebook: NewNotebook, vendor: Vendor, other_vendor: Vendor
) -> None:
    vendor.script = COUNTS
    nb = notebook(
        cells=[
            "from owidget_jupyter import OWidget\n"
            f"chat = OWidget({COMPANY!r}, host={vendor.host!r}, isolation='opaque')\nchat"
        ]
    )
    nb.run_all()
    fresh(nb)

    def counted(n: int) -> bool:
        return bool(nb.stage().evaluate(COUNTED) == [str(n), str(n), f"loads={n}"])

    assert counted(1)
    nb.exec("chat.preset = 'other'")
    fresh(nb)
    assert counted(2), "another preset is the same visitor"
    # Another host sees nothing of it, nor does the first one see what that has stored.
    nb.exec(f"chat.host = {other_vendor.host!r}")
    fresh(nb)
    assert counted(1)
    nb.exec(f"chat.host = {vendor.host!r}")
    fresh(nb)
    assert counted(3)
    nb.save()
    nb.reload()
    fresh(nb)
    assert counted(4)

    assert nb.stage().evaluate(NESTED) == ["SecurityError"] * 3
    # Neither the page's own storage nor its cookies have any of it under the script's names.
    assert nb.page.evaluate("() => [localStorage.loads, sessionStorage.loads]") == [None, None]
    assert "loads" not in nb.page.evaluate("() => document.cookie")
    assert nb.py("list(map(str, chat.errors))") == []


#: Things to do with a storage and with cookies, and what came of each: what a browser's own say.
#: Left out is what depends on a host's name and paths, and orders that are a browser's affair.
TRIED = """() => {
  const store = localStorage;
  const outcomes = [];
  const attempt = (act) => {
    let outcome;
    try { outcome = act(); } catch (error) { outcome = `throws ${error.name}`; }
    outcomes.push([String(act).slice(6), outcome === undefined ? 'undefined' : outcome]);
  };
  const all = () => Object.entries(store).sort();
  const own = (object, key) => JSON.stringify(Object.getOwnPropertyDescriptor(object, key));
  for (const act of [
    () => String(store) + Object.prototype.toString.call(store) + typeof store,
    () => [store instanceof Storage, store.constructor === Storage, Storage.name],
    () => new Storage(),
    () => Storage(),
    () => Reflect.ownKeys(Storage.prototype).map(String).sort(),
    () => own(Storage.prototype, 'length') + own(Storage.prototype, 'getItem'),
    () => Storage.prototype.getItem.call({}, 'a'),
    () => Storage.prototype.length,
    () => Storage.prototype.getItem.call(sessionStorage, 'a'),
    () => [store.length, store.key(0), store.getItem('a'), store.a, 'a' in store],
    () => store.setItem('a', 1),
    () => [store.length, store.key(0), store.getItem('a'), store.a, 'a' in store],
    () => [store.key(0.9), store.key('0'), store.key(-1), store.key(NaN), store.key(9)],
    () => [store.key(null), store.key(undefined), store.key(true), store.key({})],
    () => store.key(),
    () => store.getItem(),
    () => store.removeItem(),
    () => store.setItem('a'),
    () => store.setItem(Symbol('a'), 1),
    () => store.setItem('a', Symbol('a')),
    () => { store[1] = 'one'; store.n = null; store.u = undefined; store.o = {}; return all(); },
    () => [store.getItem(null), store.getItem(undefined), store.getItem('n'), store.getItem(1)],
    () => [own(store, 'a'), own(store, 'missing'), Object.hasOwn(store, 'a')],
    () => [delete store.a, delete store.a, store.a, all()],
    () => { store.setItem('getItem', 'mine'); return typeof store.getItem; },
    () => [store.getItem('getItem'), 'getItem' in store],
    () => [delete store.getItem, store.getItem('getItem')],
    () => store.removeItem('getItem'),
    () => { Object.defineProperty(store, 'd', { value: 1 }); return [store.d, own(store, 'd')]; },
    () => { Object.defineProperty(store, 'e', { get: () => 1 }); },
    () => Object.preventExtensions(store),
    () => Object.isExtensible(store),
    () => { const s = Symbol('s'); store[s] = 1; return [store[s], delete store[s], store[s]]; },
    () => { const heir = Object.create(store); heir.h = 1; return [heir.h, heir.d, store.h]; },
    () => Object.create(store).length,
    () => { store.lone = '\\ud800'; return store.lone.charCodeAt(0); },
    () => { const keys = []; for (const key in store) keys.push(key); return keys.sort(); },
    () => [JSON.stringify(store).length, Object.values({ ...store }).sort()],
    () => store.setItem('long', 'x'.repeat(6_000_000)),
    () => { store.long = 'x'.repeat(6_000_000); },
    () => [store.getItem('long'), store.length],
    () => { try { store.long = 'x'.repeat(6e6); } catch (e) {
              return [e instanceof DOMException, e.code]; } },
    () => [store.clear(), store.length, all()],
    () => own(window, 'localStorage'),
    () => [localStorage === store, sessionStorage === store, sessionStorage.length],
  ]) attempt(act);
  for (const text of [
    'a=1', 'b=2; path=/; samesite=lax', 'a=3', 'empty=', 'alone', '=value', '', '=', ' ; x=1',
    '  spaced  =  two words  ', 'q="a=b, c"', 'multi=1; multi2=2', 'h=1; HttpOnly',
    'nul=a\\u0000b', 'line=a\\nb', 'del=a\\u007fb', 'ctl\\u0001=1', 'ü=ž', 'aged=1; max-age=100',
    'aged=1; max-age=0', 'aged=1; MAX-AGE = -1', 'aged=2; max-age=soon', 'aged=3; max-age=+5',
    'aged=; expires=Thu, 01 Jan 1970 00:00:00 GMT',
    'aged=4; expires=Wed, 21 Oct 2099 07:28:00 GMT', 'aged=5; expires=some day',
    'aged=6; expires=Thu, 01-Jan-70 00:00:01 GMT; max-age=50',
    'aged=7; max-age=50; expires=Thu, 01-Jan-70 00:00:01 GMT',
    'aged=8; expires=Thu, 01-Jan-1970 00:00:01 GMT', 'b=; max-age=0; path=/',
    `long=${'x'.repeat(4_092)}`, `long=${'y'.repeat(4_093)}`, 'long=; max-age=-1',
    'domain=1; domain=',
  ]) {
    document.cookie = text;
    outcomes.push([text.slice(0, 80), document.cookie.split('; ').sort()]);
  }
  for (const value of [undefined, null, 7, { toString: () => 'object=1' }]) {
    document.cookie = value;
    outcomes.push([String(value), document.cookie.split('; ').sort()]);
  }
  return outcomes;
}"""


SANDBOXED = """html => new Promise((resolve) => {
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', 'allow-scripts');
  frame.srcdoc = html;
  frame.addEventListener('load', () => resolve());
  document.body.append(frame);
})"""


def test_it_behaves_as_the_browsers_own(page: Page, vendor: Vendor) -> None:
    page.goto(f"http://{vendor.host}/blank")
    own = page.evaluate(TRIED)
    page.evaluate(SANDBOXED, stage_document())
    emulated = page.frames[1].evaluate(TRIED)
    assert [tried for tried, _ in emulated] == [tried for tried, _ in own]
    differ = [pair for pair in zip(emulated, own, strict=True) if pair[0] != pair[1]]
    assert differ == []
