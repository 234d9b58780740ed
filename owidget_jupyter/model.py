"""The model behind `OWidget`: its traits, and how they are kept in step with the front ends.

Settings go out as synced traits; what pages report comes in as messages, which the exchange
accepts and the applier turns into the reported traits. Front ends write neither.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from ipywidgets import Layout
from traitlets import All, Bool, HasTraits, List, Unicode, default, observe
from traitlets.traitlets import EventHandler
from traitlets.utils.bunch import Bunch

from owidget_jupyter.applying import Applier
from owidget_jupyter.callbacks import Callbacks, Guarded
from owidget_jupyter.events import Event, lines_of
from owidget_jupyter.exchange import Exchange
from owidget_jupyter.frontend import FrontEnd
from owidget_jupyter.numbers.rules import Numbers
from owidget_jupyter.problems import ProblemLog
from owidget_jupyter.reported import SYNCED_REPORTS, Reported
from owidget_jupyter.run import RunComposer
from owidget_jupyter.settings import STAGE_SETTINGS, Settings, refuse_unknown
from owidget_jupyter.stage.document import build_id
from owidget_jupyter.waiting import displaying_connection

if TYPE_CHECKING:
    from pathlib import Path

    from owidget_jupyter.simulator.simulation import Simulation

#: Entries of the event log that a page is given when it asks for the whole state.
TAIL = 50
#: What every ipywidget takes beside our own settings.
DOM_SETTINGS = ("layout", "tabbable", "tooltip")

_ACCEPTED = frozenset((*Settings.class_trait_names(), "journal", *DOM_SETTINGS))


class Model(Settings, Reported, FrontEnd):
    """What is synced, and the parts that keep it so."""

    _build = Unicode(
        read_only=True, help="Tells the bundled stage and simulator from those of another build."
    ).tag(sync=True)
    _key = Unicode(read_only=True, help="Tells this model from others on a page.").tag(sync=True)
    _tail: List[Any] = List(read_only=True, help="End of the log; filled by `get_state` only.").tag(
        sync=True
    )
    _simulated = Bool(
        read_only=True, help="Whether the simulator stands in for the vendor's script."
    ).tag(sync=True)

    _own_layout: Layout | None = None  # unless it came from outside, and may have other users

    def __init__(self, **settings: Any) -> None:
        simulation: Simulation | None = settings.pop("_simulation", None)
        refuse_unknown(settings, _ACCEPTED)
        journal = _checked_journal(settings.pop("journal", None))
        self._displayed = False
        self._unsent: set[str] = set()
        self._errors = ProblemLog(lambda: self._exchange.show_problems())
        self._callbacks = Callbacks(self._errors)
        self._numbers = Numbers(self._errors)
        self._simulation = simulation
        self._run = RunComposer(self, simulation, self._numbers)
        self._applier = Applier(
            self, self._run, simulation, self._numbers, self._callbacks, self._errors
        )
        self._exchange = Exchange(self._applier)
        # Under this id a page finds the model, and so whether a kernel stands behind it.
        super().__init__(model_id=self._key, **settings)
        if not isinstance(settings.get("layout"), Layout):
            self._own_layout = self.layout
        if journal is not None:  # only now: no file for settings that are refused
            from owidget_jupyter.recording.journal import Journal

            self._applier.journal = Journal(journal, self._errors)
        self.on_msg(lambda _, content, buffers: self._exchange.on_message(content))

    @default("_build")
    def _default_build(self) -> str:
        return build_id()

    @default("_key")
    def _default_key(self) -> str:
        return os.urandom(8).hex()

    @default("_simulated")
    def _default_simulated(self) -> bool:
        return self._simulation is not None

    def send(self, content: Any, buffers: Any = None) -> None:
        """Send a message to the front ends; for the package's own use.

        Where the host has closed the comm, nobody is reached any more, and the widget is closed:
        marimo does so when the cell that made it runs again, and tells nobody.
        """
        if getattr(self.comm, "_closed", False):
            self._exchange.delivery.put(self.close)
        else:
            super().send(content, buffers)

    def close(self) -> None:
        """End it: frame, listeners and the stage server's route go; a second time does nothing."""
        if self.comm is not None:
            self._exchange.close()
            self._exchange.delivery.put(self._applier.closed)
            # Behind what another thread may still deliver: that was seen, and is told.
            self._exchange.delivery.post(self._callbacks.clear)
            self._run.close()
            self._numbers.close()
            if self._own_layout is not None:  # else ipywidgets would keep it for good
                self._own_layout.close()
        super().close()

    def _refuse_closed(self) -> None:
        if self.state == "closed":
            raise RuntimeError("the widget is closed: make a new one")

    @property
    def journal(self) -> Path | None:
        """The file that the event log is appended to as it grows; None where there is none.

        Given to the constructor and never synced. It holds details, and so personal data: a file
        that is made only its owner may read. `EventLog.from_jsonl` reads it, and keeps apart what
        several widgets or kernels wrote there.
        """
        journal = self._applier.journal
        return None if journal is None else journal.path

    @journal.setter
    def journal(self, path: object) -> None:
        raise AttributeError(
            "journal is given when a widget is made, OWidget(journal=...), and stays as it is"
        )

    @observe(*STAGE_SETTINGS)
    def _on_stage_setting(self, change: object) -> None:
        self._exchange.reconfigure()

    @observe("autoconnect")
    def _on_autoconnect(self, change: Any) -> None:
        if change["new"]:  # a stage that is ready and waits is to wait no more
            self._exchange.order("connect")

    @observe("max_events")
    def _on_max_events(self, change: object) -> None:
        self.event_log._bound(self.max_events)

    def observe(self, handler: Any, names: Any = All, type: Any = "change") -> None:
        """Have a function called when a trait changes, as every traitlets object does.

        What it raises while news from the page is delivered is kept in `errors`; the other
        observers still run.
        """
        if not isinstance(handler, EventHandler):
            handler = Guarded(
                handler, lambda: self._exchange.delivery.running_here, self._callbacks
            )
        super().observe(handler, names, type)

    def notify_change(self, change: Any) -> None:
        """Tell observers at once, and front ends once a batch: a status may change 200 times."""
        if change["name"] in SYNCED_REPORTS and self._is_delivering():
            self._unsent.add(change["name"])
            HasTraits.notify_change(self, change)
        else:
            super().notify_change(change)

    def tell_of_growth(self, added: Sequence[Event]) -> None:
        """Tell the observers of `event_log`; for the package's own use.

        At once even while notifications are held: traitlets would make one change of several.
        """
        log = self.event_log
        change = Bunch(name="event_log", old=log, new=log, owner=self, type="change", added=added)
        HasTraits.notify_change(self, change)

    def _is_delivering(self) -> bool:
        return self._exchange.delivery.running_here

    def send_reports(self) -> None:
        """Sync the reported traits that changed since the last time; for the package's own use."""
        names, self._unsent = self._unsent, set()
        if names and self.comm is not None:
            self.send_state(names)

    def get_state(
        self, key: str | Iterable[str] | None = None, drop_defaults: bool = False
    ) -> dict[str, Any]:
        """Return the synced state; all of it comes with the end of the log, without details.

        Defaults are never dropped: pages know none of them, not even the front end's own code, and
        an exported page would stay empty.
        """
        state: dict[str, Any] = super().get_state(key=key, drop_defaults=False)
        if key is None:
            state["_tail"] = lines_of(self.event_log[-TAIL:])
        return state

    def set_state(self, sync_data: dict[str, Any]) -> None:
        """Take no settings or reports from a front end: they send messages instead."""
        ours = self._own_traits & set(sync_data)
        if ours:
            self._errors._note("front end", f"it tried to write {', '.join(sorted(ours))}")
        super().set_state({name: sync_data[name] for name in sync_data if name not in ours})

    _own_traits = frozenset(
        {*Settings.class_trait_names(), *Reported.class_trait_names()}
        | {"_build", "_key", "_tail", "_simulated", "_esm", "_anywidget_id"}
    )

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        self._displayed = True
        if self._applier.wants_stage():
            self._exchange.displayed(displaying_connection())
        return super()._repr_mimebundle_(**kwargs)


def _checked_journal(path: object) -> Path | None:
    if path is None:
        return None
    from owidget_jupyter.recording.journal import checked_journal  # only now: few keep one

    return checked_journal(path)
