"""What a merge of two cards did, so that it can be undone."""

from django.db import migrations, models

from kazna.plumbing.rowsecurity import protect


class Migration(migrations.Migration):
    dependencies = [("registers", "0003_count_for_everyone")]

    operations = [
        migrations.CreateModel(
            name="Merge",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("keep_id", models.UUIDField()),
                ("drop_id", models.UUIDField()),
                ("snils", models.CharField(max_length=11, null=True)),
                ("birth_act", models.CharField(max_length=60, null=True)),
                ("names", models.JSONField(default=list)),
                ("restated", models.JSONField(default=list)),
                ("withdrawn", models.JSONField(default=list)),
                ("merged_on", models.DateField()),
                ("merged_by", models.CharField(max_length=60)),
                ("reason", models.TextField(default="")),
                ("undone_on", models.DateField(null=True)),
                ("undone_by", models.CharField(default="", max_length=60)),
                ("undo_reason", models.TextField(default="")),
            ],
            options={
                "db_table": "registers_merge",
                "indexes": [models.Index(fields=["keep_id"], name="merge_of_kept")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("undone_on__isnull", True)),
                        fields=("drop_id",),
                        name="merge_of_dropped_once",
                    )
                ],
            },
        ),
        protect(
            "registers_merge",
            citizen=None,
            officer="EXISTS (SELECT 1 FROM registers_person p WHERE p.id = keep_id AND p.territory IN (app_territory(), ''))",
        ),
    ]
