"""The program as a person starts it: what it prints, and with which exit code it ends."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

import pytest

from owidget_jupyter.simulator.scenario import Scenario

from .conftest import Running

ROOT = Path(__file__).parents[3]
PROGRAM = [sys.executable, "-m", "owidget_jupyter.simulator"]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*PROGRAM, *arguments], capture_output=True, text=True, timeout=60)


@contextmanager
def started(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run it as a host; hand out the process and what it said until it was ready."""
    with subprocess.Popen(
        [*PROGRAM, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        said = ""
        try:
            while "Ctrl-C" not in said:
                line = process.stdout.readline()
                assert line, f"it ended: {process.communicate()}"
                said += line
            yield process, said
        finally:
            process.kill()


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_it_says_where_it_is_serves_and_ends_cleanly(by: signal.Signals) -> None:
    with started("--port", "0") as (process, said):
        assert "not the real service" in said
        [port] = re.findall(r"^ +http://localhost:(\d+)/$", said, re.MULTILINE)
        assert f"    scr.src = '//localhost:{port}/widget/OOWidget.js';\n" in said
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/?visitor=eva", timeout=10) as page:
            assert b"simulator" in page.read()
        with socket.create_connection(("127.0.0.1", int(port)), timeout=10) as half:
            half.sendall(b"GET / HTTP/1.1\r\n")  # who never asks to the end keeps nobody
            process.send_signal(by)
            rest, errors = process.communicate(timeout=20)
    assert (process.returncode, rest, errors) == (0, "", "")


def test_a_scenario_of_ones_own(tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text('title = "Mine & <b>yours</b>"\n[operator]\ncomes = false\n', "utf-8")
    with started("--port", "0", "--scenario", str(mine), "--speed", "20") as (_, said):
        [address] = re.findall(r"http://\S+", said)
        assert "it plays: Mine & <b>yours</b>" in said
        with urllib.request.urlopen(f"{address}widget/OOWidget.js", timeout=10) as answer:
            script = answer.read().decode()
        with urllib.request.urlopen(address, timeout=10) as answer:
            page = answer.read().decode()
    assert '"title": "Mine & <b>yours</b>"' in script
    assert '"comes": false' in script
    assert '"speed": 20.0' in script
    assert "<b>yours" not in page, "a title is text, not markup"
    assert r"Mine \u0026 \u003cb\u003eyours" in page


def test_a_taken_port(running: Running) -> None:
    ended = run("--port", str(running.host.port))
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == (
        f"The simulator cannot start: port {running.host.port} is taken by something else on this "
        "machine; end that, or take another port (--port 0: any that is free).\n"
    )


@pytest.mark.parametrize(
    ("arguments", "accepted"),
    [
        (["--port", "80"], "from 1024 to 65535; 0 takes any free port"),
        (["--port", "eighty"], "'eighty' is not a whole number from 1024 to 65535"),
        (["--port", "-1"], "'-1' is not a whole number"),
        (["--port", "5060"], "browsers refuse to contact"),
        (["--speed", "-1"], "'-1' is not a number from 0 to 1,000,000"),
        (["--speed", "nan"], "'nan' is not a number from 0 to 1,000,000"),
        (["--speed", "inf"], "'inf' is not a number from 0 to 1,000,000"),
        (["--speed", "1000001"], "'1000001' is not a number from 0 to 1,000,000"),
        (["--speed", "fast"], "'fast' is not a number from 0 to 1,000,000"),
        (["--scenario", "hapy"], "shipped are happy, "),
        (["--scenario", "nowhere.toml"], "nowhere.toml cannot be read: No such file"),
        (["--list", "--check", "x.toml"], "not allowed with argument"),
        (["--prot", "1"], "unrecognized arguments"),
    ],
)
def test_bad_arguments(
    arguments: list[str], accepted: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main = import_module("owidget_jupyter.simulator.__main__").main
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert accepted in capsys.readouterr().err.replace("\n", " ")


def test_list() -> None:
    ended = run("--list")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.startswith("happy (the default): ")
    for name in Scenario.names():
        assert re.search(
            rf"^{name}\b.*: {re.escape(Scenario.load(name).title)}$", ended.stdout, re.M
        )


def test_a_reader_of_the_list_that_has_enough() -> None:
    """As in `--list | head -1`."""
    reading, writing = os.pipe()
    os.close(reading)
    with open(writing, "wb") as nobody:
        ended = subprocess.run(
            [*PROGRAM, "--list"], stdout=nobody, stderr=subprocess.PIPE, text=True, timeout=60
        )
    assert (ended.returncode, ended.stderr) == (0, "")


def test_check(tmp_path: Path) -> None:
    right, wrong = tmp_path / "right.toml", tmp_path / "wrong.toml"
    right.write_text('title = "Mine"', "utf-8")
    wrong.write_text('title = "Mine"\n[operator]\nthinks = "hard"', "utf-8")
    ended = run("--check", str(right))
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, f"{right} is right: Mine\n", "")
    ended = run("--check", str(wrong))
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith("wrong.toml: operator.thinks: a number of seconds")
    ended = run("--check", str(tmp_path / "none.toml"))
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == f"{tmp_path / 'none.toml'} cannot be read: No such file or directory\n"


def test_it_is_installed_as_a_program() -> None:
    declared = (ROOT / "pyproject.toml").read_text("utf-8")
    [entry] = re.findall(r'^owidget-simulator = "(.+)"$', declared, re.MULTILINE)
    module, _, function = entry.partition(":")
    assert callable(getattr(import_module(module), function))
