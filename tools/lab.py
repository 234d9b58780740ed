"""Runs JupyterLab on copies of the notebooks, apart from the person's own Jupyter settings.

With --dev, the front end is rebuilt and reloaded while it is edited.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
import webbrowser
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / ".demo"
START = "quickstart.ipynb"
STOP_SECONDS = 15
QUIET_SETTINGS = {
    "@jupyterlab/apputils-extension:notification": {
        "checkForUpdates": False,
        "fetchNews": "false",
    }
}


class Stopped(Exception):
    """Somebody asked for the end."""


def main() -> int:
    options = parse()
    stop_on_signals()
    try:
        with own_terminal_group():
            run(options)
    except Stopped:
        print("\nStopped.", flush=True)
        return 0
    except RuntimeError as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8888, help="where JupyterLab listens")
    parser.add_argument("--no-browser", action="store_true", help="print the address, open nothing")
    parser.add_argument("--dev", action="store_true", help="rebuild and reload the front end")
    options = parser.parse_args()
    if not 1 <= options.port <= 65535:
        parser.error(f"PORT={options.port} is not a port; 1 to 65535 are")
    return options


def stop_on_signals() -> None:
    def stop(signum: int, _frame: FrameType | None) -> None:
        for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(each, signal.SIG_IGN)  # once is enough
        raise Stopped

    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, stop)


@contextlib.contextmanager
def own_terminal_group() -> Iterator[None]:
    """Ctrl-C reaches this program alone, as a shell's job; make then ends without an error."""
    try:
        terminal = os.open("/dev/tty", os.O_RDWR)
        ours = os.tcgetpgrp(terminal)
    except OSError:  # no terminal: signals come to us by name
        yield
        return
    if ours != os.getpgrp() or ours == os.getpid():  # in the background, or alone already
        os.close(terminal)
        yield
        return
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)
    signal.signal(signal.SIGTSTP, signal.SIG_IGN)  # no shell would notice that we stand still
    os.setpgid(0, 0)
    os.tcsetpgrp(terminal, os.getpgrp())
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            os.tcsetpgrp(terminal, ours)
        os.close(terminal)


def run(options: argparse.Namespace) -> None:
    notebooks = copy_notebooks()
    environment = jupyter_environment()
    with contextlib.ExitStack() as children:
        if options.dev:
            environment["ANYWIDGET_HMR"] = "1"
            watch = ["node", str(ROOT / "js" / "build.mjs"), "--watch"]
            children.enter_context(child(watch, ROOT, environment))
        print("Starting JupyterLab …", flush=True)
        lab = children.enter_context(child(lab_command(options.port), notebooks, environment))
        port, address = wait_until_up(lab)
        if port != options.port:
            print(f"Port {options.port} is taken; JupyterLab listens on {port} instead.")
        print(f"\n    {address}\n\nCtrl-C stops it.", flush=True)
        if not options.no_browser:
            webbrowser.open(address)
        while_running(lab)


def copy_notebooks() -> Path:
    """The tracked notebooks stay as they are; what is run and changed are copies."""
    folder = HOME / "notebooks"
    folder.mkdir(parents=True, exist_ok=True)
    for source in sorted((ROOT / "notebooks").glob("*.ipynb")):
        copy = folder / source.name
        if not copy.exists() or copy.stat().st_mtime < source.stat().st_mtime:
            shutil.copy2(source, copy)
    if not (folder / START).is_file():
        raise RuntimeError(f"notebooks/{START} is missing.")
    return folder


def jupyter_environment() -> dict[str, str]:
    """Settings, kernels and history of this folder, none of the person's own."""
    overrides = HOME / "config" / "labconfig" / "default_setting_overrides.json"
    overrides.parent.mkdir(parents=True, exist_ok=True)
    overrides.write_text(json.dumps(QUIET_SETTINGS, indent=2), encoding="utf-8")
    folders = {
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_DATA_DIR": "data",
        "JUPYTER_RUNTIME_DIR": "runtime",
        "IPYTHONDIR": "ipython",
    }
    theirs = {name: value for name, value in os.environ.items() if not name.startswith("JUPYTER")}
    return {**theirs, **{name: str(HOME / folder) for name, folder in folders.items()}}


def lab_command(port: int) -> list[str]:
    command = [
        *(sys.executable, "-m", "jupyterlab", "--no-browser"),
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=50",
        f"--LabApp.default_url=/lab/tree/{START}",
        "--Application.log_level=WARN",
    ]
    return [*command, "--allow-root"] if os.getuid() == 0 else command


@contextlib.contextmanager
def child(
    command: list[str], folder: Path, environment: dict[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    """A program in a group of its own, so that only we tell it to stop; it ends with the block."""
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, start_new_session=True
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def wait_until_up(lab: subprocess.Popen[bytes]) -> tuple[int, str]:
    """The port JupyterLab got and the address of the first notebook, once it answers."""
    told = HOME / "runtime" / f"jpserver-{lab.pid}.json"
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while True:
        check(lab)
        with contextlib.suppress(OSError, ValueError):
            server = json.loads(told.read_text(encoding="utf-8"))
            token = f"?token={server['token']}" if server["token"] else ""
            with direct.open(f"{server['url']}api/status{token}", timeout=5):
                return server["port"], f"{server['url']}lab/tree/{START}{token}"
        time.sleep(0.2)


def while_running(lab: subprocess.Popen[bytes]) -> None:
    parent = os.getppid()
    while os.getppid() == parent:  # when make is gone, so are we
        if lab.poll() == 0:  # File > Shut Down
            print("JupyterLab was shut down.")
            return
        check(lab)
        time.sleep(0.5)
    raise Stopped


def check(lab: subprocess.Popen[bytes]) -> None:
    if lab.poll() is not None:
        raise RuntimeError(f"JupyterLab ended with exit code {lab.returncode}.")


if __name__ == "__main__":
    sys.exit(main())
