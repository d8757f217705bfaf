"""The award of a stop is looked up once a statement: an indexation stops a million, a foreign key asks for each."""

import django.db.models.deletion
from django.db import migrations, models

from kazna.plumbing.references import reference


class Migration(migrations.Migration):
    dependencies = [("cases", "0020_find_appeals_of_decisions"), ("plumbing", "0001_initial")]

    operations = [
        migrations.AlterField(
            "awardstop",
            "award",
            models.OneToOneField(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                primary_key=True,
                related_name="stop",
                serialize=False,
                to="cases.award",
            ),
        ),
        reference("cases_award_stop", "award_id", "cases_award", "id"),
    ]
