"""Deliveries that are kept unread, answered by a protocol when they are read."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("integration", "0006_lend_answers")]

    operations = [
        migrations.AddField("intakedelivery", "payload", models.BinaryField(null=True)),
        migrations.AddField(
            "intakedelivery",
            "packing",
            models.CharField(choices=[("zlib", "Zlib"), ("none", "None")], default="none", max_length=4),
        ),
        migrations.AddField("intakedelivery", "in_reply_to", models.UUIDField(null=True)),
        migrations.AddField("intakedelivery", "protocol", models.JSONField(null=True)),
    ]
