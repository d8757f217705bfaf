"""Commands of the stand-ins: `generate` makes a world, `serve` lets its agencies act."""

from __future__ import annotations

import argparse
import json
import os
import sys
from datetime import date
from pathlib import Path

from kazna.kernel.errors import DomainError

KEYS_VARIABLE = "KAZNA_AGENCY_KEYS"
FIRST_DAY, LAST_DAY = date(2024, 11, 1), date(2026, 10, 31)
AGENCIES = (
    "zags", "fri", "sfr", "mvd", "fns", "szn", "bank", "epgu", "gibdd", "rosreestr", "mod", "fsin", "edu", "med",
    "dszn", "gostehnadzor", "gims", "jkh", "gas",
)  # fmt: skip
SYSTEMS = ("KAZNA", "FNS001", "ROSTRUD01")


class KeysMissing(DomainError):
    sentence = (
        "Нет ключей ведомств: {missing}. Дайте файл JSON {{ведомство: ключ}} через --keys "
        "или переменную KAZNA_AGENCY_KEYS."
    )


def main(arguments: list[str] | None = None) -> int:
    options = parser().parse_args(arguments)
    try:
        return options.run(options)
    except DomainError as refusal:
        print(refusal, file=sys.stderr)
        return 1


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="python -m kazna.standins", description=__doc__)
    commands = top.add_subparsers(required=True)

    generate = commands.add_parser("generate", help="make a region and the Fund's baseline")
    generate.add_argument("--people", type=int, default=20_000, help="how many people (default 20000)")
    generate.add_argument("--seed", type=int, default=1, help="the same seed gives the same world")
    generate.add_argument("--start", type=date.fromisoformat, default=FIRST_DAY, help=f"first day ({FIRST_DAY})")
    generate.add_argument("--end", type=date.fromisoformat, default=LAST_DAY, help=f"last day ({LAST_DAY})")
    generate.add_argument("--world", type=Path, required=True, help="folder to write")
    generate.set_defaults(run=run_generate)

    serve = commands.add_parser("serve", help="let the agencies of a world speak to the product")
    serve.add_argument("--world", type=Path, required=True, help="folder made by generate")
    serve.add_argument("--port", type=int, required=True, help="port on the loopback address")
    serve.add_argument("--product", required=True, help="address of the product, http://127.0.0.1:8000")
    serve.add_argument("--keys", type=Path, help=f"JSON of agency keys (default: variable {KEYS_VARIABLE})")
    serve.add_argument("--patience", type=float, default=600, help="seconds to wait for a product that is down")
    serve.add_argument(
        "--troubles",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="send a few bad documents for the quarantine",
    )
    serve.add_argument("--smev", default="", help="address of СМЭВ through which agencies also take requests")
    serve.add_argument("--smev-keys", type=Path, help="folder of their keys, made by smev-keys")
    serve.set_defaults(run=run_serve)

    esia = commands.add_parser("esia", help="the state's sign-in service")
    esia.add_argument("--folder", type=Path, required=True, help="clients.json, people.json, own keys")
    esia.add_argument("--world", type=Path, help="take the people from a world")
    esia.add_argument("--port", type=int, required=True, help="port on the loopback address")
    esia.set_defaults(run=run_esia)

    client = commands.add_parser("esia-client", help="register a system with the sign-in service")
    client.add_argument("--folder", type=Path, required=True, help="folder of the service")
    client.add_argument("--mnemonic", required=True, help="name of the system; its key is made beside")
    client.add_argument("--back", action="append", required=True, help="address it may come back to; repeat")
    client.set_defaults(run=run_esia_client)

    plain = commands.add_parser("oidc", help="an ordinary OpenID Connect provider")
    plain.add_argument("--folder", type=Path, required=True, help="plain.json")
    plain.add_argument("--port", type=int, required=True, help="port on the loopback address")
    plain.set_defaults(run=run_plain)

    keys = commands.add_parser("smev-keys", help="make a certification centre and keys of systems")
    keys.add_argument("--folder", type=Path, required=True, help="where keys and certificates go")
    keys.add_argument("--systems", nargs="+", default=list(SYSTEMS), help="mnemonics (default: %(default)s)")
    keys.set_defaults(run=run_smev_keys)

    exchange = commands.add_parser("smev", help="let СМЭВ 3 carry messages between systems")
    exchange.add_argument("--folder", type=Path, required=True, help="folder made by smev-keys; queues are kept there")
    exchange.add_argument("--port", type=int, required=True, help="port on the loopback address")
    exchange.add_argument("--mischief", type=json.loads, default={}, help='JSON of what to do wrong: {"lose": 0.2}')
    exchange.set_defaults(run=run_smev)
    return top


def run_generate(options: argparse.Namespace) -> int:
    from kazna.standins.world import generate_world

    rows = generate_world(options.world, people=options.people, seed=options.seed, start=options.start, end=options.end)
    print(json.dumps({"world": str(options.world), "baseline": rows}, ensure_ascii=False))
    return 0


def run_serve(options: argparse.Namespace) -> int:
    from kazna.standins.server.serve import serve_world

    serve_world(
        options.world,
        port=options.port,
        product_url=options.product,
        keys=read_keys(options.keys),
        patience_seconds=options.patience,
        with_troubles=options.troubles,
        smev=(options.smev, options.smev_keys) if options.smev else None,
    )
    return 0


def run_esia(options: argparse.Namespace) -> int:
    from kazna.standins.esia.serve import serve_esia

    serve_esia(options.folder, port=options.port, world=options.world)
    return 0


def run_esia_client(options: argparse.Namespace) -> int:
    from kazna.standins.esia.state import register_client

    register_client(options.folder, options.mnemonic, options.back)
    return 0


def run_plain(options: argparse.Namespace) -> int:
    from kazna.standins.esia.serve import serve_plain

    serve_plain(options.folder, port=options.port)
    return 0


def run_smev_keys(options: argparse.Namespace) -> int:
    from kazna.standins.smev.certificates import make_keys

    make_keys(options.folder, options.systems)
    return 0


def run_smev(options: argparse.Namespace) -> int:
    from kazna.standins.smev.mischief import Mischief
    from kazna.standins.smev.serve import serve_exchange

    mischief = Mischief()
    mischief.change(options.mischief)
    serve_exchange(options.folder, port=options.port, mischief=mischief)
    return 0


def read_keys(path: Path | None) -> dict[str, str]:
    """Agency code to secret, from the file or the environment; raise KeysMissing when one is lacking."""
    text = path.read_text() if path else os.environ.get(KEYS_VARIABLE, "{}")
    keys = json.loads(text)
    if missing := [agency for agency in AGENCIES if agency not in keys]:
        raise KeysMissing(missing=", ".join(missing))
    return keys


if __name__ == "__main__":
    sys.exit(main())
