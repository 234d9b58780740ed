"""A kernel of the rig's JupyterLab with no page: what is measured in it has it for itself."""

from __future__ import annotations

import ast
from types import TracebackType
from typing import Any

from jupyter_client.blocking.client import BlockingKernelClient

from tests.browser.harness import Lab


class Kernel:
    """A kernel as JupyterLab starts it: its comms really open, and its messages really go out."""

    def __init__(self, lab: Lab) -> None:
        self._lab = lab
        self._id = str(lab.api("POST", "kernels", {"name": "python3"}, timeout=60)["id"])
        connection = lab.folder / "runtime" / f"kernel-{self._id}.json"
        self._client = BlockingKernelClient(connection_file=str(connection))
        self._client.load_connection_file()
        # Without iopub: the server hears that already, and here nobody would take it from there.
        self._client.start_channels(iopub=False, stdin=False, hb=False)

    def run(self, code: str, value: str = "None", timeout: float = 120.0) -> Any:
        """Run code as a cell, and return the value of an expression after it, a literal."""
        told = {"value": value}
        asked = self._client.execute(code, store_history=False, user_expressions=told)
        while True:
            reply = self._client.get_shell_msg(timeout=timeout)
            if reply["parent_header"].get("msg_id") == asked:
                break
        content = reply["content"]
        assert content["status"] == "ok", "\n".join(content.get("traceback", ()))
        found = content["user_expressions"]["value"]
        assert found["status"] == "ok", "\n".join(found.get("traceback", ()))
        return ast.literal_eval(found["data"]["text/plain"])

    def __enter__(self) -> Kernel:
        """Wait until it runs code."""
        self.run("")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Shut it down."""
        self._client.stop_channels()
        self._lab.api("DELETE", f"kernels/{self._id}", timeout=30)
