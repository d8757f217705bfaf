"""`kazna facts`: what is known of a person, on a day and as known at a moment; the catalogue of kinds."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import click

from kazna.cli.database import open_database
from kazna.cli.output import as_json, print_table, say
from kazna.kernel.identifiers import plain_snils, snils_is_valid

DAY = click.DateTime(["%Y-%m-%d"])
MOMENT = click.DateTime(["%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d"])


@click.group()
def facts() -> None:
    """What the registers know, from whom and since when."""


@facts.command()
@click.argument("snils", nargs=-1, required=True)
@click.option("--on", type=DAY, help="The day the facts hold on; the operating day by default.")
@click.option("--known", type=MOMENT, help="As it was known at this moment; now by default.")
@click.option("--family", is_flag=True, help="Also of parents, children, spouses and siblings.")
@click.option("--kind", "kinds", multiple=True, help="Only these kinds, e.g. person.residence.")
@click.option("--why", default="Просмотр из командной строки", show_default=True, help="The purpose, for the journal.")
@as_json
def show(
    snils: Sequence[str], on: datetime | None, known: datetime | None, family: bool, kinds: Sequence[str], why: str,
    as_json: bool,
) -> None:  # fmt: skip
    """Print facts of one person, of several or of a family. The look is journalled."""
    open_database()
    from kazna.contexts.audit import public as audit
    from kazna.contexts.registers import public as registers
    from kazna.plumbing import clock
    from kazna.plumbing.access import Viewer

    people = [person_of(registers, one) for one in snils]
    found = registers.facts_on(
        people,
        on=on.date() if on else clock.today(),
        known_at=known.astimezone() if known else None,
        kinds=kinds or None,
        with_family=family,
    )
    looked_at = dict.fromkeys([*people, *(fact.subject_id for fact in found)])
    viewer = Viewer("operator", getpass.getuser())
    audit.record(
        [audit.entry_of_look(viewer=viewer, person_id=one, screen="kazna facts show", purpose=why) for one in looked_at]
    )
    cards, titles = registers.cards(looked_at), registers.kind_titles()

    def name(person_id: UUID | None) -> str:
        return cards[person_id].full_name if person_id in cards else ""

    rows = [
        (name(fact.subject_id), titles.get(fact.kind, fact.kind), _words(fact.value), fact.valid_from,
         fact.valid_to or "", fact.source, fact.recorded_at.date())
        for fact in found
    ]  # fmt: skip
    columns = ("человек", "сведение", "значение", "с", "до", "источник", "узнали")
    plain = [
        {
            "id": fact.id, "kind": fact.kind, "subject_id": fact.subject_id, "object_id": fact.object_id,
            "valid_from": fact.valid_from, "valid_to": fact.valid_to, "value": fact.value, "source": fact.source,
            "recorded_at": fact.recorded_at,
        }
        for fact in found
    ]  # fmt: skip
    say(plain, lambda: print_table(f"Сведений: {len(rows)}", columns, rows), as_json)


def person_of(registers: Any, snils: str) -> UUID:
    """The person with this СНИЛС; a wrong or unknown number is told."""
    number = plain_snils(snils)
    if not snils_is_valid(number):
        raise click.BadParameter(f"{snils}: СНИЛС не проходит проверку контрольного числа.")
    card = registers.person_by_snils(number)
    if card is None:
        raise click.ClickException(f"В реестре нет человека с СНИЛС {snils}.")
    found: UUID = card.person_id
    return found


def _words(value: dict[str, Any]) -> str:
    return "; ".join(f"{key}: {item}" for key, item in value.items() if item not in (None, "", {}))


@facts.group()
def kinds() -> None:
    """The catalogue of fact kinds: data that two people change together."""


@kinds.command("list")
@click.option("--stage", type=click.Choice(["stored", "cached", "on_demand"]))
@click.option("--domain", is_flag=True, help="Facts of the field instead, and under which kind each is kept.")
@as_json
def list_(stage: str | None, domain: bool, as_json: bool) -> None:
    """Print every kind with its holder, stage and sensitivity."""
    open_database()
    from kazna.contexts.registers import public as registers

    if domain:
        rows = [
            (
                one.code,
                one.title,
                one.type,
                one.unit,
                one.holder,
                one.kind,
                one.path,
                "выводится" if one.derived else "",
            )
            for one in registers.domain_facts()
        ]
        columns: tuple[str, ...] = ("сведение", "название", "тип", "единица", "держатель", "вид", "ключ", "")
        title = f"Сведений отрасли: {len(rows)}"
    else:
        chosen = [one for one in registers.kinds() if stage in (None, one.stage)]
        rows = [
            (one.code, one.title, one.holder, one.stage, str(one.fresh_days or ""), one.completeness, one.sensitivity,
             one.origin)
            for one in chosen
        ]  # fmt: skip
        columns = ("вид", "название", "держатель", "хранение", "свежо, дней", "нет строки", "тайна", "откуда")
        title = f"Видов сведений: {len(rows)}"
    plain = [dict(zip(columns, row, strict=True)) for row in rows]
    say(plain, lambda: print_table(title, columns, rows), as_json)


@kinds.command("show")
@click.argument("code")
@as_json
def show_kind(code: str, as_json: bool) -> None:
    """Print one kind whole."""
    open_database()
    from dataclasses import asdict

    from kazna.contexts.registers import public as registers

    found = {one.code: one for one in registers.kinds()}
    if code not in found:
        raise click.ClickException(f"Вида «{code}» нет. Список: kazna facts kinds list.")
    plain = asdict(found[code])
    rows = [(name, _shape(item)) for name, item in plain.items()]
    say(plain, lambda: print_table(found[code].title, ("поле", "значение"), rows), as_json)


def _shape(item: Any) -> str:
    if isinstance(item, dict):
        return "\n".join(f"{key}: {_shape(part)}" for key, part in item.items())
    return ", ".join(map(str, item)) if isinstance(item, list) else "" if item is None else str(item)


FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
LOGIN = click.option("--by", required=True, help="Login of the person who answers for it.")


@kinds.command()
@click.argument("file", type=FILE)
@click.option("--reason", required=True, help="Why the catalogue changes; the second person will read it.")
@LOGIN
@as_json
def load(file: Path, reason: str, by: str, as_json: bool) -> None:
    """Propose the kinds of a YAML file; they are in force when a second person approves them."""
    open_database()
    from kazna.contexts.registers import public as registers

    proposed = registers.propose_kinds(registers.read_kinds(file), reason=reason, by=by)
    rows = [(str(one.change_id), one.code, ", ".join(one.changed)) for one in proposed]
    plain = [{"change_id": one.change_id, "code": one.code, "changed": list(one.changed)} for one in proposed]
    title = "Ждут второго человека: kazna facts kinds approve" if rows else "Каталог уже такой, менять нечего"
    say(plain, lambda: print_table(title, ("изменение", "вид", "поля"), rows), as_json)


@kinds.command()
@click.argument("change_id", type=click.UUID)
@click.option("--reject", is_flag=True, help="Turn the change down.")
@LOGIN
def approve(change_id: UUID, reject: bool, by: str) -> None:
    """Settle a proposed change; its proposer may not."""
    open_database()
    from django.utils import timezone

    from kazna.contexts.registers import public as registers

    change = registers.settle_kind_change(change_id=change_id, approve=not reject, by=by, now=timezone.now())
    click.echo(f"{change.code}: {'отклонено' if reject else 'в силе'}.")


@kinds.command()
@click.argument("file", type=FILE, required=False)
@as_json
def diff(file: Path | None, as_json: bool) -> None:
    """Say how a file, or the release of the law when none is named, differs from the catalogue in force."""
    open_database()
    from kazna.contexts.registers import public as registers

    found = registers.kind_differences(registers.read_kinds(file) if file else registers.released_kinds())
    rows = [
        (code, name, _shape(now), _shape(then))
        for code, fields in found.items()
        for name, (now, then) in fields.items()
    ]
    plain = {code: {name: list(pair) for name, pair in fields.items()} for code, fields in found.items()}
    title = f"Отличий: {len(rows)}"
    say(plain, lambda: print_table(title, ("вид", "поле", "в каталоге", "в файле"), rows), as_json)
