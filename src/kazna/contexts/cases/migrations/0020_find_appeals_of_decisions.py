"""The page of a decision asks for its last complaint, answered or not."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0019_share_forms_of_decisions")]

    operations = [
        migrations.AddIndex("appeal", models.Index(fields=["decision_id", "recorded_at"], name="appeal_of_decision")),
    ]
