"""Child processes of the demo: started, watched, restarted when they die, stopped with it."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kazna.kernel.places import VAR

RUN, LOG = VAR / "run", VAR / "log"


@dataclass(slots=True)
class Child:
    """A named process and how to start it again."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen | None = None
    restarts: int = 0

    def start(self) -> None:
        for folder in (RUN, LOG):
            folder.mkdir(parents=True, exist_ok=True)
        with (LOG / f"{self.name}.log").open("ab") as log:
            self.process = subprocess.Popen(
                list(self.command),
                env=os.environ | dict(self.environment),
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                preexec_fn=_die_with_parent if sys.platform == "linux" else None,
            )
        (RUN / f"{self.name}.pid").write_text(str(self.process.pid))

    def keep_alive(self) -> bool:
        """Start again if it died; True when that was needed."""
        if self.process and self.process.poll() is None:
            return False
        self.restarts += 1
        self.start()
        return True

    def stop(self, seconds: float = 5) -> None:
        if self.process is None:
            return
        _end_group(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            _end_group(self.process.pid, signal.SIGKILL)
            self.process.wait(seconds)
        (RUN / f"{self.name}.pid").unlink(missing_ok=True)


def stop_leftovers() -> None:
    """End what an earlier demo of this checkout left running after being killed."""
    for note in sorted(RUN.glob("*.pid")):
        with contextlib.suppress(ValueError):
            pid = int(note.read_text())
            if _is_ours(pid):
                _end_group(pid, signal.SIGKILL)
        note.unlink(missing_ok=True)
    time.sleep(0.1)


def _is_ours(pid: int) -> bool:
    """The process runs this checkout's Python (a recycled number must not be killed)."""
    if sys.platform != "linux":
        return True
    try:
        return sys.executable.encode() in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def _end_group(pid: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, number)


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)
