"""News of bodies and the addresses they are sent to; kept from all but the operator, the branch and the intake."""

from django.db import migrations, models
from django.db.models.functions import Now

STAFF = "app_role() IN ('methodologist', 'branch', 'agency') AND (app_role() <> 'branch' OR region = app_territory())"


def protect(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
        f"CREATE POLICY {table}_viewer ON {table} USING ({STAFF}) WITH CHECK ({STAFF});",
        f"DROP POLICY {table}_viewer ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;",
    )


class Migration(migrations.Migration):
    dependencies = [("suppliers", "0006_hold_to_functions"), ("plumbing", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Webhook",
            fields=[
                ("body", models.CharField(max_length=11, primary_key=True, serialize=False)),
                ("region", models.CharField(max_length=2)),
                ("url", models.CharField(max_length=300)),
                ("secret", models.CharField(max_length=64)),
                ("since", models.DateTimeField()),
            ],
            options={"db_table": "suppliers_webhook"},
        ),
        migrations.CreateModel(
            name="News",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sent_at", models.DateTimeField(null=True)),
                ("attempts", models.SmallIntegerField(db_default=0)),
                ("not_before", models.DateTimeField(db_default=Now())),
                ("error", models.CharField(db_default="", max_length=200)),
                ("body", models.CharField(max_length=11)),
                ("region", models.CharField(max_length=2)),
                ("package_id", models.UUIDField()),
                ("said", models.JSONField()),
                ("happened_at", models.DateTimeField(db_default=Now())),
            ],
            options={
                "db_table": "suppliers_news",
                "constraints": [models.UniqueConstraint(fields=["body", "package_id"], name="news_told_once")],
                "indexes": [
                    models.Index(fields=["body", "id"], name="news_cursor"),
                    models.Index(fields=["not_before"], name="news_to_send", condition=models.Q(sent_at__isnull=True)),
                ],
            },
        ),
        protect("suppliers_webhook"),
        protect("suppliers_news"),
    ]
