"""Who takes part in the demo: the database, the web, the worker, the agencies outside."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import httpx

from kazna.cli.demo.processes import Child
from kazna.cli.serve import web_process
from kazna.config.database import FOLDER
from kazna.config.secrets import secret
from kazna.kernel.places import VAR
from kazna.plumbing import postgres

ONLY_ASKED = (
    "zags", "mvd", "gibdd", "rosreestr", "mod", "fsin", "edu", "med", "fri", "dszn",
    "gostehnadzor", "gims", "jkh", "gas",
)  # fmt: skip
AGENCIES = ("sfr", "fns", "szn", "bank", "epgu", *ONLY_ASKED)
WORLD = VAR / "world"
ESIA, MNEMONIC = VAR / "esia", "KAZNA01"
SMEV = VAR / "smev"
BY_SMEV = "fns=FNS001"  # the employment service is asked plainly, so that both ways are seen


class Crew:
    """The processes of the demo on their ports."""

    def __init__(self, *, web_port: int, agencies_port: int, esia_port: int, smev_port: int) -> None:
        self.web_url = f"http://127.0.0.1:{web_port}"
        self.agencies_url = f"http://127.0.0.1:{agencies_port}"
        self.smev_url = f"http://127.0.0.1:{smev_port}"
        os.environ |= {
            "KAZNA_CLOCK": "stored",
            "KAZNA_FNS_URL": self.agencies_url,
            "KAZNA_SZN_URL": self.agencies_url,
            "KAZNA_BANK_URL": self.agencies_url,
            **{f"KAZNA_{agency.upper()}_URL": self.agencies_url for agency in ONLY_ASKED},
            **_esia_settings(f"http://127.0.0.1:{esia_port}"),
            **_smev_settings(self.smev_url),
        }
        _, web, web_environment = web_process(web_port)
        self.agencies = Child("agencies", standins("serve", "--world", str(WORLD), "--port", str(agencies_port),
                                                   "--product", self.web_url, "--keys", str(_keys_file()),
                                                   "--smev", self.smev_url, "--smev-keys", str(SMEV)))  # fmt: skip
        self.smev = Child("smev", standins("smev", "--folder", str(SMEV), "--port", str(smev_port)))
        self.web = Child("web", web, web_environment)
        self.worker = Child("worker", [sys.executable, "-m", "kazna.cli.main", "worker"], {"KAZNA_CLOSE_DAYS": "1"})
        self.esia = Child(
            "esia", standins("esia", "--folder", str(ESIA), "--world", str(WORLD), "--port", str(esia_port))
        )
        self.children = (self.smev, self.agencies, self.esia, self.web, self.worker)

    def start(self) -> None:
        back = [f"{url}/login/esia/back/" for url in (self.web_url, self.web_url.replace("127.0.0.1", "localhost"))]
        registered = standins("esia-client", "--folder", str(ESIA), "--mnemonic", MNEMONIC)
        subprocess.run([*registered, *(word for one in back for word in ("--back", one))], check=True)
        for child in self.children:
            child.start()
        self._wait_for(self.smev_url + "/health")
        self._wait_for(self.agencies_url + "/health")
        self._wait_for(self.web_url + "/intake/health")

    def keep_alive(self) -> None:
        """Restart whatever died, the database first."""
        if "KAZNA_DATABASE_URL" not in os.environ and not postgres.is_running(FOLDER):
            postgres.start(FOLDER)
        for child in self.children:
            child.keep_alive()

    def stop(self) -> None:
        for child in reversed(self.children):
            child.stop()

    def _wait_for(self, url: str, seconds: float = 60) -> None:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            self.keep_alive()
            try:
                if httpx.get(url, timeout=2).status_code == 200:
                    return
            except httpx.HTTPError:
                pass
            time.sleep(0.1)
        raise RuntimeError(f"не отвечает {url}; смотрите журналы в {VAR.name}/log")


def standins(*arguments: str) -> list[str]:
    """Command line of the stand-in agencies: another program, never imported here."""
    return [sys.executable, "-m", "kazna.standins", *arguments]


def _smev_settings(url: str) -> dict[str, str]:
    """Our side of СМЭВ: the stand-in's certification centre has made the keys."""
    subprocess.run(standins("smev-keys", "--folder", str(SMEV)), check=True)
    return {
        "KAZNA_SMEV_URL": f"{url}/ws",
        "KAZNA_SMEV_FILES_URL": f"{url}/files",
        "KAZNA_SMEV_AGENCIES": os.environ.get("KAZNA_SMEV_AGENCIES", BY_SMEV),
        "KAZNA_SMEV_KEY": str(SMEV / "KAZNA.key"),
        "KAZNA_SMEV_CERTIFICATE": str(SMEV / "KAZNA.pem"),
        "KAZNA_SMEV_TRUST": str(SMEV / "trust"),
    }


def _keys_file() -> Path:
    """The keys agencies sign their deliveries with, for them to read."""
    WORLD.mkdir(parents=True, exist_ok=True)
    path = WORLD / "keys.json"
    path.touch(mode=0o600)
    path.write_text(json.dumps({agency: secret(f"agency_{agency}") for agency in AGENCIES}))
    return path


def _esia_settings(url: str) -> dict[str, str]:
    """The demo's own sign-in service, as any installation would be told of the real one."""
    return {
        "KAZNA_ESIA_URL": url,
        "KAZNA_ESIA_CLIENT": MNEMONIC,
        "KAZNA_ESIA_KEY": str(ESIA / f"{MNEMONIC}.key"),
        "KAZNA_ESIA_CERTIFICATE": str(ESIA / f"{MNEMONIC}.crt"),
        "KAZNA_ESIA_TOKEN_CERTIFICATE": str(ESIA / "token.crt"),
    }
