"""What the documents of many decisions share is kept once; fewer indexes are kept up with each row.

A unique constraint on the number alone: Django's own `unique` adds a second index for searches by LIKE, and there are
none. The awards of a subject are found by the key that keeps them apart, once it begins with the subject.
"""

from django.db import migrations, models

from kazna.plumbing.rowsecurity import append_only, protect


class Migration(migrations.Migration):
    dependencies = [("cases", "0018_read_the_register_in_order")]

    operations = [
        migrations.CreateModel(
            name="DecisionForm",
            fields=[
                ("id", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("text", models.TextField()),
            ],
            options={"db_table": "cases_decision_form"},
        ),
        protect("cases_decision_form", citizen="true", officer="true"),
        append_only("cases_decision_form"),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RenameField("decision", "document", "kept_document"),
                migrations.AlterField("decision", "kept_document", models.JSONField(db_column="document")),
            ],
        ),
        migrations.AlterField("decision", "number", models.CharField(max_length=30)),
        migrations.AddConstraint("decision", models.UniqueConstraint(fields=["number"], name="decision_number_once")),
        migrations.RemoveConstraint("award", "award_once"),
        migrations.AddConstraint(
            "award",
            models.UniqueConstraint(fields=["subject_id", "measure", "recipient_id", "ordinal"], name="award_once"),
        ),
        migrations.RemoveIndex("award", "award_of_subject"),
    ]
