"""The simulator's call-back form, used as a visitor with a keyboard does."""

from __future__ import annotations

from playwright.sync_api import Frame, Locator, expect

from .chat_window import CHAT_WINDOW, window_part

#: Few steps, because a test enters hundreds of numbers.
_PART = """
const part = (name) => {
  const found = document.querySelector(`[data-part="${name}"]`);
  return found && !found.closest("[hidden]") ? found : null;
};
"""
#: From one form to the next, by way of what leads there: each answers when the page has.
_OPEN = f"""async () => {{
  {_PART}
  const shown = (name) => new Promise((resolve) => {{
    const look = () => part(name) && (changes.disconnect(), resolve(part(name)));
    const changes = new MutationObserver(look);
    changes.observe(document, {{ attributes: true, childList: true, subtree: true }});
    look();
  }});
  (await shown("callback")).click();
  (await shown("phone")).focus();
}}"""
_ANSWER = f"""async () => {{
  {_PART}
  const answer = await new Promise((resolve) => {{
    const look = () => {{
      const [number, problem] = [part("number"), part("problem")];
      if (!number && !problem) return;
      changes.disconnect();
      resolve(number && number.textContent);
    }};
    const changes = new MutationObserver(look);
    changes.observe(document, {{ attributes: true, childList: true, subtree: true }});
    look();
  }});
  part("back").click();
  return answer;
}}"""


class CallBackForm:
    """The form of one stage; each number is entered in a form that was opened anew."""

    def __init__(self, stage: Frame) -> None:
        self._stage = stage

    def part(self, name: str) -> Locator:
        """Locate a control or a text in the window."""
        return window_part(self._stage, name)

    def open(self) -> CallBackForm:
        """Open the chat window, and wait for it."""
        self._stage.locator("[data-part=button]").press("Enter")
        expect(self.part("callback")).to_be_visible()
        return self

    def enter(self, number: str, *, delay: float = 0) -> str | None:
        """Type a number, press Enter at once, and return what is submitted; None if it is invalid.

        Args:
            number: Typed key by key.
            delay: Milliseconds from key to key.
        """
        window = self._window()
        window.evaluate(_OPEN)
        keyboard = self._stage.page.keyboard
        keyboard.type(number, delay=delay)
        keyboard.press("Enter")
        answer: str | None = window.evaluate(_ANSWER)
        return answer

    def _window(self) -> Frame:
        element = self._stage.query_selector(CHAT_WINDOW)
        window = element and element.content_frame()
        assert window, "the chat window was opened before"
        return window
