"""Values of answers asked on demand, for as long as a determination needs them."""

from django.db import migrations, models

from kazna.plumbing.rowsecurity import protect


class Migration(migrations.Migration):
    dependencies = [("integration", "0005_ask_about_topics")]

    operations = [
        migrations.CreateModel(
            name="LentAnswer",
            fields=[
                ("fact_id", models.UUIDField(primary_key=True, serialize=False)),
                ("value", models.JSONField()),
                ("keep_until", models.DateField()),
            ],
            options={
                "db_table": "integration_lent_answer",
                "indexes": [models.Index(fields=["keep_until"], name="lent_until")],
            },
        ),
        # nobody looks at them on a screen: the worker that decides is their only reader
        protect("integration_lent_answer", citizen=None, officer=None, agency=True),
    ]
