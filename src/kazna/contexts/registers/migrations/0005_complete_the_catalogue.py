"""The whole catalogue of kinds in the database, changes of it by two people, and keys to meet people by."""

from django.db import migrations, models
from django.db.models.functions import Now

from kazna.contexts.registers.linkage import meeting_sql
from kazna.plumbing.rowsecurity import protect

OF_TERRITORY = (
    "EXISTS (SELECT 1 FROM registers_person p WHERE p.id = person_id AND p.territory IN (app_territory(), ''))"
)


class Migration(migrations.Migration):
    dependencies = [("registers", "0004_remember_merges")]

    operations = [
        migrations.AddField("factkind", "completeness", models.CharField(max_length=20, default="answer")),
        migrations.AddField("factkind", "value", models.JSONField(default=dict)),
        migrations.AddField("factkind", "precedence", models.JSONField(default=dict)),
        migrations.AddField("factkind", "origin", models.CharField(max_length=20, default="release")),
        migrations.CreateModel(
            name="KindChange",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("code", models.CharField(max_length=60)),
                ("before", models.JSONField(default=dict)),
                ("after", models.JSONField()),
                ("reason", models.TextField()),
                ("proposed_by", models.CharField(max_length=60)),
                ("proposed_at", models.DateTimeField(db_default=Now())),
                ("settled_by", models.CharField(default="", max_length=60)),
                ("settled_at", models.DateTimeField(null=True)),
                ("is_approved", models.BooleanField(null=True)),
            ],
            options={
                "db_table": "registers_kind_change",
                "constraints": [
                    models.CheckConstraint(
                        condition=~models.Q(settled_by=models.F("proposed_by")), name="kind_change_by_two_people"
                    ),
                    models.UniqueConstraint(
                        fields=["code"],
                        condition=models.Q(settled_at__isnull=True),
                        name="kind_change_one_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MeetingKey",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("key", models.BigIntegerField()),
                ("person_id", models.UUIDField()),
            ],
            options={
                "db_table": "registers_meeting_key",
                "indexes": [
                    models.Index(fields=["key", "person_id"], name="meeting_by_key"),
                    models.Index(fields=["person_id"], name="meeting_of_person"),
                ],
            },
        ),
        migrations.CreateModel(
            name="NameShare",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("part", models.CharField(max_length=12)),
                ("name", models.CharField(max_length=200)),
                ("share", models.FloatField()),
            ],
            options={
                "db_table": "registers_name_share",
                "constraints": [models.UniqueConstraint(fields=["part", "name"], name="name_share_once")],
            },
        ),
        migrations.RunSQL(meeting_sql.FUNCTIONS, meeting_sql.DROP_FUNCTIONS),
        protect("registers_meeting_key", citizen=None, officer=OF_TERRITORY, agency=True),
        migrations.RunSQL(meeting_sql.REFRESH_ALL, migrations.RunSQL.noop),
    ]
