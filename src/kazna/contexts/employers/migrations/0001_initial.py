"""Employers and their editions; both are public registers, editions are only added."""

from django.db import migrations, models
from django.db.models.functions import Now

from kazna.plumbing.rowsecurity import append_only


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Employer",
            fields=[
                ("ogrn", models.CharField(max_length=15, primary_key=True, serialize=False)),
                ("inn", models.CharField(max_length=12)),
                ("kpp", models.CharField(default="", max_length=9)),
                ("is_entrepreneur", models.BooleanField()),
                ("name", models.TextField()),
                ("sort_key", models.TextField(help_text="small letters, ё as е, without quotes")),
                ("region", models.CharField(default="", max_length=2)),
                ("okved", models.CharField(default="", max_length=8)),
                ("registered_on", models.DateField()),
                ("removed_on", models.DateField(null=True)),
                ("as_of", models.DateField()),
            ],
            options={
                "db_table": "employers_employer",
                "indexes": [
                    models.Index(fields=["inn"], name="employer_by_inn"),
                    models.Index(fields=["sort_key", "ogrn"], name="employer_by_name"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("removed_on__isnull", True),
                            ("removed_on__gte", models.F("registered_on")),
                            _connector="OR",
                        ),
                        name="employer_removed_after_registered",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EmployerEdition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ogrn", models.CharField(max_length=15)),
                ("as_of", models.DateField()),
                ("told", models.JSONField()),
                ("digest", models.CharField(max_length=64)),
                ("file_name", models.CharField(max_length=200)),
                ("recorded_at", models.DateTimeField(db_default=Now())),
            ],
            options={
                "db_table": "employers_edition",
                "constraints": [
                    models.UniqueConstraint(fields=("ogrn", "as_of", "digest"), name="employer_edition_once")
                ],
            },
        ),
        append_only("employers_edition"),
    ]
