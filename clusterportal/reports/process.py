"""A short-lived process of its own: it reads one input, tells how far it is, and answers with bytes.

It writes lines of JSON to its standard output. The line that holds `size` is the answer, and so many bytes follow it.
"""

import json
import os
import selectors
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

# Seconds after which the caller is asked whether to go on, when the process has nothing to tell.
TICK = 0.5
CHUNK = 64 * 1024

Message = dict[str, Any]


@dataclass(frozen=True)
class Outcome:
    """How a process ended: its exit code (negative: the signal that ended it), answer, content and complaints.

    `answer` is empty, and `content` less than it says, where the process was ended in the middle.
    """

    code: int
    answer: Message
    content: bytes
    complaints: str

    @property
    def whole(self) -> bool:
        return not self.code and self.answer.get("size") == len(self.content)


@dataclass
class _Ear:
    """Takes apart what a process writes: lines until the answer, then content."""

    content: bytearray = field(default_factory=bytearray)
    answer: Message = field(default_factory=dict)

    def take(self, received: bytes) -> Message:
        """The last message that `received` completes; empty where it completes none."""
        self.content += received
        message: Message = {}
        while not self.answer and b"\n" in self.content:
            line, _, rest = bytes(self.content).partition(b"\n")
            self.content = bytearray(rest)
            message = json.loads(line)
            if "size" in message:
                self.answer = message
        return message


def converse(
    command: Sequence[str], said: bytes, hear: Callable[[Message], None], seconds: float, cwd: Path, env: dict[str, str]
) -> Outcome:
    """Run `command` with `said` as its input, and wait for it at most so many `seconds`.

    `hear` is given each message, and an empty one at least every half second; what it raises ends the process.
    Raises TimeoutError. However this ends, the process has ended before it.
    """
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as complaints:
        given.write(said)
        given.seek(0)
        with subprocess.Popen(
            command, stdin=given, stdout=subprocess.PIPE, stderr=complaints, cwd=cwd, env=env
        ) as process:
            try:
                ear = _listen(_output(process), hear, time.monotonic() + seconds)
            except BaseException:
                process.kill()
                raise
        complaints.seek(0)
        return Outcome(process.returncode, ear.answer, bytes(ear.content), complaints.read().decode(errors="replace"))


def _output(process: subprocess.Popen[bytes]) -> IO[bytes]:
    assert process.stdout is not None  # noqa: S101 (it was asked for as a pipe)
    return process.stdout


def _listen(output: IO[bytes], hear: Callable[[Message], None], deadline: float) -> _Ear:
    """All that is written until the other end closes."""
    ear = _Ear()
    with selectors.DefaultSelector() as selector:
        selector.register(output, selectors.EVENT_READ)
        while (left := deadline - time.monotonic()) > 0:
            message: Message = {}
            if selector.select(min(TICK, left)):
                received = os.read(output.fileno(), CHUNK)
                if not received:
                    return ear
                message = ear.take(received)
            hear(message)
    raise TimeoutError
