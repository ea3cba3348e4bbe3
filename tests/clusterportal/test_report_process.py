"""A process of its own: what it says is heard while it works, and it never outlives the one who listens."""

import os
import sys
from pathlib import Path

import pytest

from clusterportal.reports.process import Message, Outcome, converse

SAYS = """
import json, sys
def say(**message):
    print(json.dumps(message), flush=True)
"""


def run(body: str, said: bytes = b"", hear=lambda message: None, seconds: float = 20) -> Outcome:
    return converse(
        [sys.executable, "-c", SAYS + body], said, hear, seconds, cwd=Path.cwd(), env={"PATH": os.environ["PATH"]}
    )


def test_input_messages_answer_and_content():
    heard: list[Message] = []
    done = run(
        "given = sys.stdin.read()\nsay(page=1)\nsay(size=len(given), pages=2)\nsys.stdout.write(given.upper())",
        b"abc\nd",
        heard.append,
    )
    assert (done.whole, done.answer, done.content) == (True, {"size": 5, "pages": 2}, b"ABC\nD")
    assert {"page": 1} in heard or {"size": 5, "pages": 2} in heard


def test_content_that_looks_like_a_message_is_content():
    done = run("""say(size=12)\nsys.stdout.write('{"size": 1}\\n')""")
    assert done.content == b'{"size": 1}\n'
    assert done.whole


def test_a_large_input_and_content_do_not_block_each_other():
    done = run("say(size=3_000_000)\nsys.stdout.write('x' * 3_000_000)\nsys.stdin.read()", b"y" * 3_000_000)
    assert len(done.content) == 3_000_000


def test_content_that_breaks_off_is_not_whole():
    assert not run("say(size=9)\nsys.stdout.write('half')").whole
    assert not run("say(size=4)\nsys.stdout.write('full')\nsys.stdout.flush()\nsys.exit(3)").whole
    assert not run("").whole


def test_complaints_and_the_signal_that_ended_it_are_told():
    done = run("import os, signal\nsys.stderr.write('av')\nsys.stderr.flush()\nos.kill(os.getpid(), signal.SIGKILL)")
    assert (done.code, done.complaints) == (-9, "av")


def test_the_caller_is_asked_while_the_process_is_silent():
    heard: list[Message] = []

    class EnoughError(Exception):
        pass

    def hear(message: Message) -> None:
        heard.append(message)
        if len(heard) == 2:
            raise EnoughError

    with pytest.raises(EnoughError):
        run("import signal\nsignal.pause()", hear=hear)
    assert heard == [{}, {}]


def test_what_the_caller_raises_ends_the_process():
    process: list[int] = []

    def hear(message: Message) -> None:
        if message:
            process.append(message["me"])
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run("import os, signal\nsay(me=os.getpid())\nsignal.pause()", hear=hear)
    with pytest.raises(ProcessLookupError):
        os.kill(process[0], 0)


def test_too_much_time_ends_the_process():
    process: list[int] = []

    def hear(message: Message) -> None:
        process.extend(message.values())

    with pytest.raises(TimeoutError):
        run("import os, signal\nsay(me=os.getpid())\nsignal.pause()", hear=hear, seconds=2)
    with pytest.raises(ProcessLookupError):
        os.kill(process[0], 0)
