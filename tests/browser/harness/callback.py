"""The simulator's call-back form, used as a visitor with a keyboard does."""

from __future__ import annotations

from playwright.sync_api import Frame, Locator, expect

#: Few steps, because a test enters hundreds of numbers.
_PART = """
const root = document.querySelector("[data-owidget-simulator]").shadowRoot;
const part = (name) => {
  const found = root.querySelector(`[data-part="${name}"]`);
  return found && !found.closest("[hidden]") ? found : null;
};
"""
_OPEN = f"() => {{ {_PART} part('callback').click(); }}"
_ANSWER = f"""() => {{
  {_PART}
  const [number, problem] = [part("number"), part("problem")];
  if (!number === !problem) throw new Error("the form shows neither a number nor a problem");
  part("back").click();
  return number && number.textContent;
}}"""


class CallBackForm:
    """The form of one stage; each number is entered in a form that was opened anew."""

    def __init__(self, stage: Frame) -> None:
        self._stage = stage

    def part(self, name: str) -> Locator:
        """Locate a control or a text of the simulator's."""
        return self._stage.locator(f"[data-part={name}]")

    def open(self) -> CallBackForm:
        """Open the chat window, and wait for it."""
        self.part("button").press("Enter")
        expect(self.part("callback")).to_be_visible()
        return self

    def enter(self, number: str, *, delay: float = 0) -> str | None:
        """Type a number, press Enter at once, and return what is submitted; None if it is invalid.

        Args:
            number: Typed key by key.
            delay: Milliseconds from key to key.
        """
        self._stage.evaluate(_OPEN)
        self.part("phone").focus()
        keyboard = self._stage.page.keyboard
        keyboard.type(number, delay=delay)
        keyboard.press("Enter")
        # The vendor's callback is synchronous: once the key was heard, the form has its answer.
        answer: str | None = self._stage.evaluate(_ANSWER)
        return answer
