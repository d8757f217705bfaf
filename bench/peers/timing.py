"""Wall, CPU and memory of one action of this process, as one JSON line."""

from __future__ import annotations

import json
import resource
import time
from collections.abc import Callable
from typing import Any


def cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def timed(peer: str, action: Callable[[], dict[str, Any]]) -> None:
    began, before = time.perf_counter(), cpu()
    found = action()
    line = {"peer": peer, "wall_s": round(time.perf_counter() - began, 3), "cpu_s": round(cpu() - before, 3)}
    line |= {"peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, **found}
    print(json.dumps(line, ensure_ascii=False), flush=True)
