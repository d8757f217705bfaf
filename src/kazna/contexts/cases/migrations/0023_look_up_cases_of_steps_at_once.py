"""The case of a step is looked up once a statement: a release writes hundreds of thousands, a foreign key asks for each."""

import django.db.models.deletion
from django.db import migrations, models

from kazna.plumbing.references import reference


class Migration(migrations.Migration):
    dependencies = [("cases", "0022_read_the_register_of_a_body")]

    operations = [
        migrations.AlterField(
            "casestep",
            "case",
            models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="steps",
                to="cases.case",
            ),
        ),
        reference("cases_step", "case_id", "cases_case", "id"),
    ]
