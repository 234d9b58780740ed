"""Phone numbers: a policy to try, to give to the chat, and to take from it."""

from __future__ import annotations

from ipywidgets import HTML, Text, VBox

from owidget_jupyter import NumberPolicy, NumberType, OWidget
from owidget_jupyter.explorer import texts
from owidget_jupyter.explorer.parts import Notice, button, check, columns, note, row, sign
from owidget_jupyter.explorer.private import PrivateField


class NumberForm:
    """A form for a `NumberPolicy`, with a number to try it on."""

    def __init__(self) -> None:
        self._chat: OWidget | None = None
        self._region = Text(
            description=texts.DEFAULT_REGION, placeholder=texts.DEFAULT_REGION_PLACEHOLDER
        )
        self._regions = Text(
            description=texts.ALLOWED_REGIONS, placeholder=texts.ALLOWED_REGIONS_PLACEHOLDER
        )
        self._types = {kind.value: check(_words(kind)) for kind in NumberType}
        self._outcome = Notice()
        says = self._outcome
        self._apply = button(texts.APPLY_NUMBERS, says, self._give, button_style="primary")
        self._number = PrivateField(texts.TEST_NUMBER, placeholder=texts.TEST_PLACEHOLDER, copy="")
        self._wrong = HTML()  # no live region: that would chatter at every key
        self._function = HTML()
        for control in (self._region, self._regions, *self._types.values(), self._number):
            control.observe(lambda _: self._look(), names="value")
        presses = row(
            self._apply,
            button(texts.TAKE_NUMBERS, says, self._take),
            button(texts.REMOVE_NUMBERS, says, self._remove),
        )
        policy = VBox(
            [
                *(self._region, self._regions, note(texts.ALLOWED_TYPES)),
                *(row(*self._types.values()), self._wrong, presses, says, self._function),
            ]
        )
        clear = button(texts.CLEAR, says, self._number.clear)
        tester = VBox([row(self._number, clear), note(texts.TEST_NOTE)])
        self.box = columns(policy, tester)

    @property
    def policy(self) -> NumberPolicy:
        """The policy of the form.

        Raises:
            TypeError: see `NumberPolicy`.
            ValueError: for a region that there is not.
        """
        regions = self._regions.value.replace(",", " ").split()
        types = [kind for kind, control in self._types.items() if control.value]
        return NumberPolicy(self._region.value.strip() or None, regions or None, types or None)

    def follow(self, chat: OWidget) -> None:
        """Go by another chat, and show its policy if it has one."""
        self._chat = chat
        if chat.number_policy is not None:
            self._show(chat.number_policy)
        self._outcome.say("")
        self.draw()

    def draw(self) -> None:
        """Say whether a Python function answers now: nothing is told when one is set."""
        said = self._the_chat.number_function is not None
        self._function.value = sign(texts.FUNCTION_STAYS, "warn") if said else ""

    def _look(self) -> None:
        """Judge the number by the form, as it is typed."""
        self._outcome.say("")
        try:
            policy = self.policy
        except (TypeError, ValueError) as error:
            self._wrong.value = sign(str(error), "bad")
            self._apply.disabled = True
            self._number.say("")
            return
        self._wrong.value = ""
        self._apply.disabled = False
        typed = self._number.value
        if not typed:
            self._number.say("")
            return
        found = policy.explain(typed)
        if found.number is None:
            self._number.say(found.sentence, "bad")
            return
        types = ", ".join(map(_words, found.types))
        region = texts.NO_REGION if found.region == "001" else found.region
        self._number.say(texts.ACCEPTED.format(found.number, region, types), "good")

    def _give(self) -> None:
        self._the_chat.set_custom_number_normalization(self.policy)
        self._outcome.say(texts.NUMBERS_APPLIED, "good")
        self.draw()

    def _take(self) -> None:
        policy = self._the_chat.number_policy
        if policy is None:
            self._outcome.say(texts.NO_NUMBERS, "warn")
            return
        self._show(policy)
        self._outcome.say(texts.NUMBERS_TAKEN, "good")

    def _remove(self) -> None:
        self._the_chat.set_custom_number_normalization(None)
        self._outcome.say(texts.NUMBERS_REMOVED, "good")
        self.draw()

    def _show(self, policy: NumberPolicy) -> None:
        self._region.value = policy.default_region or ""
        self._regions.value = ", ".join(policy.allowed_regions or ())
        allowed = {kind.value for kind in policy.allowed_types or ()}
        for kind, control in self._types.items():
            control.value = kind in allowed

    @property
    def _the_chat(self) -> OWidget:
        assert self._chat is not None, "the panel always has one"
        return self._chat


def _words(kind: NumberType) -> str:
    return kind.value.replace("_", " ")
