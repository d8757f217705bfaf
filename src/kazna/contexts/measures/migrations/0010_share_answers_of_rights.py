"""Rights of one batch that got the very same answer keep it once: its sentences and its trace, which name nobody."""

import django.db.models.deletion
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models

from kazna.plumbing.rowsecurity import append_only, protect

KEPT = models.Q(answer__isnull=False, own_sentences__isnull=True, own_trace__isnull=True) | models.Q(
    answer__isnull=True, own_sentences__isnull=False, own_trace__isnull=False
)


class Migration(migrations.Migration):
    dependencies = [("measures", "0009_keep_the_needy")]

    operations = [
        migrations.CreateModel(
            name="SharedAnswer",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("sentences", models.JSONField()),
                ("trace", models.JSONField()),
            ],
            options={"db_table": "measures_answer"},
        ),
        protect("measures_answer", citizen="true", officer="true"),
        append_only("measures_answer"),
        migrations.AddField(
            "foundright",
            "answer",
            models.ForeignKey(
                "measures.SharedAnswer",
                null=True,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
            ),
        ),
        migrations.AlterField("foundright", "sentences", models.JSONField(null=True)),
        migrations.AlterField("foundright", "trace", models.JSONField(null=True)),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RenameField("foundright", "sentences", "own_sentences"),
                migrations.AlterField(
                    "foundright", "own_sentences", models.JSONField(db_column="sentences", null=True)
                ),
                migrations.RenameField("foundright", "trace", "own_trace"),
                migrations.AlterField("foundright", "own_trace", models.JSONField(db_column="trace", null=True)),
            ],
        ),
        AddConstraintNotValid("foundright", models.CheckConstraint(condition=KEPT, name="right_has_one_answer")),
    ]
