"""Phone numbers: a policy to try, to give to the chat, and to take from it."""

from __future__ import annotations

from ipywidgets import HTML, SelectMultiple, Text, VBox

from owidget_jupyter import NumberPolicy, NumberType, OWidget
from owidget_jupyter.explorer import texts
from owidget_jupyter.explorer.parts import Notice, button, note, row, sign
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
        self._types = SelectMultiple(
            description=texts.ALLOWED_TYPES,
            options=[(kind.value.replace("_", " "), kind.value) for kind in NumberType],
        )
        self._outcome = Notice()
        says = self._outcome
        self._apply = button(texts.APPLY_NUMBERS, says, self._give, button_style="primary")
        self._number = PrivateField(texts.TEST_NUMBER, placeholder=texts.TEST_PLACEHOLDER, copy="")
        self._wrong = HTML()  # no live region: that would chatter at every key
        for control in (self._region, self._regions, self._types, self._number):
            control.observe(lambda _: self._look(), names="value")
        form = [self._region, self._regions, self._types]
        for control in form:
            control.add_class("owidget-explorer-field")
        self.box = VBox(
            [
                *(*form, self._wrong),
                row(
                    self._apply,
                    button(texts.TAKE_NUMBERS, says, self._take),
                    button(texts.REMOVE_NUMBERS, says, self._remove),
                ),
                says,
                row(self._number, button(texts.CLEAR, says, self._number.clear)),
                note(texts.TEST_NOTE),
            ]
        )

    @property
    def policy(self) -> NumberPolicy:
        """The policy of the form.

        Raises:
            TypeError: see `NumberPolicy`.
            ValueError: for a region that there is not.
        """
        regions = self._regions.value.replace(",", " ").split()
        return NumberPolicy(
            self._region.value.strip() or None, regions or None, self._types.value or None
        )

    def follow(self, chat: OWidget) -> None:
        """Go by another chat, and show its policy if it has one."""
        self._chat = chat
        if chat.number_policy is not None:
            self._show(chat.number_policy)
        self._outcome.say(texts.FUNCTION_STAYS if chat.number_function else "")

    def clear(self) -> None:
        """Empty what is personal."""
        self._number.clear()

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
        types = ", ".join(kind.value.replace("_", " ") for kind in found.types)
        region = texts.NO_REGION if found.region == "001" else found.region
        self._number.say(texts.ACCEPTED.format(found.number, region, types), "good")

    def _give(self) -> None:
        self._the_chat.set_custom_number_normalization(self.policy)
        self._outcome.say(texts.NUMBERS_APPLIED, "good")

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

    def _show(self, policy: NumberPolicy) -> None:
        self._region.value = policy.default_region or ""
        self._regions.value = ", ".join(policy.allowed_regions or ())
        self._types.value = tuple(kind.value for kind in policy.allowed_types or ())

    @property
    def _the_chat(self) -> OWidget:
        assert self._chat is not None, "the panel always has one"
        return self._chat
