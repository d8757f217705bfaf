"""The main job as a newcomer runs it: seconds, peak memory, seconds from message to notice.

    .venv/bin/python bench/main_job.py --people 20000

Runs `kazna demo --no-serve --json` in a run-time folder of its own and prints one line of figures with the
machine they were measured on. No peer does this job end to end, so the figure stands beside the published
one nearest to it: registering a birth in a national registry, 341 ms at the 95th percentile.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import psutil

PEER_P95_SECONDS = 0.341  # OpenCRVS, registering a birth at about 1150 users, opencrvs-core#13595


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=20_000)
    options, rest = parser.parse_known_args()
    with tempfile.TemporaryDirectory(prefix="kazna-bench-") as folder:
        os.chmod(folder, 0o755)
        environment = os.environ | {"KAZNA_VAR": folder}
        kazna = [sys.executable, "-m", "kazna.cli.main"]
        began = time.monotonic()
        run = subprocess.Popen(
            [*kazna, "demo", "--people", str(options.people), "--no-serve", "--json", "--port", "0", *rest],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        peak = Peak(Path(folder))
        peak.start()
        told, _ = run.communicate()
        seconds = time.monotonic() - began
        subprocess.run([*kazna, "reset", "--yes"], env=environment, stdout=subprocess.DEVNULL, check=False)
    summary = json.loads(told[told.index("{") :])
    latency = summary["message_to_notice_seconds"]
    figures = {
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "people": options.people,
        "all_seconds": round(seconds, 1),
        **summary["seconds"],
        "peak_mb": peak.most // 1024**2,
        "message_to_notice": latency,
        "p95_to_peer": round(latency["p95"] / PEER_P95_SECONDS, 1),
    }
    print(json.dumps(figures, ensure_ascii=False, indent=1))
    return run.returncode


class Peak(threading.Thread):
    """Most memory (proportional share) held at once by the run's processes, the database's included."""

    def __init__(self, folder: Path) -> None:
        super().__init__(daemon=True)
        self.folder, self.most = folder, 0

    def run(self) -> None:
        while True:
            self.most = max(self.most, sum(map(self._share, psutil.process_iter())))
            time.sleep(1)

    def _share(self, process: psutil.Process) -> int:
        try:
            line = " ".join(process.cmdline())
            ours = str(self.folder) in line or process.environ().get("KAZNA_VAR") == str(self.folder)
            ours = ours or (process.name() == "postgres" and str(self.folder) in process.cwd())
            return process.memory_full_info().pss if ours else 0
        except (psutil.Error, OSError):
            return 0


if __name__ == "__main__":
    sys.exit(main())
