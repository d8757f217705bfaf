"""The release and the answer of a right and the right of a standing are looked up once a statement.

Rights of a batch name one release and a few answers; a foreign key asks for each row, locks what it finds and writes
that down. Nothing looks for rights by release or for standings by right.
"""

import django.db.models.deletion
from django.db import migrations, models

from kazna.plumbing.references import reference


def unconstrained(to: str, *, null: bool = False) -> models.ForeignKey:
    return models.ForeignKey(
        db_constraint=False,
        db_index=False,
        null=null,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=to,
    )


class Migration(migrations.Migration):
    dependencies = [("measures", "0010_share_answers_of_rights")]

    operations = [
        migrations.AlterField("foundright", "release", unconstrained("measures.release")),
        migrations.AlterField("foundright", "answer", unconstrained("measures.sharedanswer", null=True)),
        migrations.AlterField("standing", "right", unconstrained("measures.foundright")),
        reference("measures_right", "release_id", "measures_release", "digest", few=True),
        reference("measures_right", "answer_id", "measures_answer", "id", few=True),
        reference("measures_standing", "right_id", "measures_right", "id", moves=True),
    ]
