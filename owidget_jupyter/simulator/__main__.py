"""The simulator as a host on loopback: point a page's snippet here in place of the vendor's."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import math
import os
import signal
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path

from owidget_jupyter import validation
from owidget_jupyter.simulator.clock import FASTEST
from owidget_jupyter.simulator.host import Host, Offer
from owidget_jupyter.simulator.scenario import Scenario, ScenarioError
from owidget_jupyter.simulator.script import example_page, script_with
from owidget_jupyter.simulator.shipped import DEFAULT

_PORT = 8123


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says, and return the exit code.

    Args:
        arguments: Those of the command line, without the program's name.

    Returns:
        0 after Ctrl-C or SIGTERM, and for a scenario that is right; 1 where the port cannot be
        had or the scenario to be checked is wrong. Bad arguments end the program with 2.
    """
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.list:
        try:
            _list()
            sys.stdout.flush()
        except BrokenPipeError:  # whoever reads it has enough, as in `--list | head`
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    if options.check is not None:
        return _check(options.check)
    try:
        scenario = Scenario.load(options.scenario)
    except (ScenarioError, OSError) as error:
        parser.error(f"argument --scenario: {_told(error)}")
    try:
        offer = _offer(scenario, options.scenario, options.speed)
        host = Host(offer, options.port, _tell)
    except OSError as error:
        print(f"The simulator cannot start: {error}.", file=sys.stderr)
        return 1
    with contextlib.suppress(KeyboardInterrupt):  # where signals cannot be handled: Windows
        asyncio.run(_serve(host, scenario))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="owidget-simulator", description=__doc__, allow_abbrev=False
    )
    parser.add_argument(
        "--port", type=_port, default=_PORT, help=f"where it listens; 0: any free port ({_PORT})"
    )
    parser.add_argument(
        "--scenario",
        default=DEFAULT,
        metavar="NAME|PATH",
        help=f"what is played where a page's address names no other ({DEFAULT})",
    )
    parser.add_argument(
        "--speed",
        type=_speed,
        default=1.0,
        metavar="N",
        help="N times as fast as real time; 0: time stands until a page steps it (1)",
    )
    only = parser.add_mutually_exclusive_group()
    only.add_argument("--list", action="store_true", help="tell the shipped scenarios, and end")
    only.add_argument("--check", metavar="PATH", help="check a scenario's file, and end")
    return parser


def _port(text: str) -> int | None:
    if text == "0":
        return None
    try:
        return validation.port("the port", int(text) if text.isdecimal() else text)
    except ValueError as error:
        wrong = str(error).removesuffix("; None takes any free port")
        raise argparse.ArgumentTypeError(f"{wrong}; 0 takes any free port") from None


def _speed(text: str) -> float:
    try:
        speed = float(text)
    except ValueError:
        speed = math.nan
    if not 0 <= speed <= FASTEST:  # nor is what is not a number
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 0 to {FASTEST:,}")
    return speed


def _list() -> None:
    for name in Scenario.names():
        scenario = Scenario.load(name)
        mark = " (the default)" if name == DEFAULT else ""
        print(f"{name}{mark}: {scenario.title}")
        if scenario.about:
            print(
                textwrap.fill(scenario.about, 96, initial_indent="    ", subsequent_indent="    ")
            )


def _check(path: str) -> int:
    try:
        scenario = Scenario.load(Path(path))
    except (ScenarioError, OSError) as error:
        print(_told(error), file=sys.stderr)
        return 1
    print(f"{path} is right: {scenario.title}")
    return 0


def _told(error: ScenarioError | OSError) -> str:
    if isinstance(error, OSError):
        return f"{error.filename} cannot be read: {error.strerror}"
    return str(error)


def _offer(scenario: Scenario, named: str, speed: float) -> Offer:
    shipped = {name: Scenario.load(name) for name in Scenario.names()}
    name = named if named in shipped else None
    return Offer(
        page=example_page(scenario, name, speed, shipped.items()),
        script=script_with(scenario, speed),
        scripts={name: script_with(each, speed) for name, each in shipped.items()},
    )


def _greet(host: Host, scenario: Scenario) -> None:
    print(
        f"""A simulator of mluvii's chat, not the real service; it plays: {scenario.title}

    http://{host.authority}/

A page's snippet uses it by this line in place of the vendor's:

    scr.src = '//{host.authority}/widget/OOWidget.js';

Ctrl-C ends it.""",
        flush=True,
    )


def _tell(failure: str) -> None:
    print(f"A request could not be answered: {failure}", file=sys.stderr, flush=True)


async def _serve(host: Host, scenario: Scenario) -> None:
    end = asyncio.Event()
    loop = asyncio.get_running_loop()
    for each in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(each, end.set)
    _greet(host, scenario)
    await host.serve(end)


if __name__ == "__main__":
    sys.exit(main())
