"""`kazna needy`: the register of families that are poor by income and not above the list of property."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import click

from kazna.cli.database import open_database
from kazna.cli.output import as_json, say

PAGE = 500


@click.group()
def needy() -> None:
    """The register of the needy, as rights found them."""


@needy.command("list")
@click.option("--territory", default="", help="Code of the region, two digits; all by default.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Answers found since; a year back by default.")
@click.option("--most", type=float, help="At most so many roubles a head and month.")
@click.option("--limit", default=1000, show_default=True, help="At most so many families.")
@as_json
def list_(territory: str, since: datetime | None, most: float | None, limit: int, as_json: bool) -> None:
    """Families, the poorest first: income a head, size, by which measure and as of which day."""
    open_database()
    from kazna.contexts.measures import public as measures
    from kazna.kernel.periods import add_months
    from kazna.plumbing import clock

    day = since.date() if since else add_months(clock.today(), -12)
    found: list[measures.NeedyFamily] = []
    after: tuple[int, UUID] | None = None
    measures.count_needy()
    while len(found) < limit:
        page = measures.needy(
            since=day, territory=territory, most_kopecks=None if most is None else round(most * 100),
            limit=min(PAGE, limit - len(found)), after=after,
        )  # fmt: skip
        found += page
        if not page:
            break
        after = (page[-1].income_kopecks, page[-1].person_id)

    def human() -> None:
        for one in found:
            estate = "имущество проверено" if one.is_property_checked else "имущество не проверяли"
            click.echo(
                f"{one.person_id}  {one.income_kopecks / 100:12.2f} руб. на человека, в семье {one.family_size}, "
                f"{estate}; {one.measure} на {one.as_of:%d.%m.%Y}"
            )
        click.echo(f"Семей: {len(found)}.")

    plain = [
        {
            "person_id": str(one.person_id), "income_kopecks": one.income_kopecks, "family_size": one.family_size,
            "measure": one.measure, "as_of": one.as_of.isoformat(), "property_checked": one.is_property_checked,
        }
        for one in found
    ]  # fmt: skip
    say({"families": plain}, human, as_json)
