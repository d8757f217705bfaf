"""Channels and devices are one's own; officers have no business with them."""

from django.db import migrations

from kazna.plumbing.rowsecurity import protect

OWN = "person_id = ANY(app_persons())"


class Migration(migrations.Migration):
    dependencies = [("notifications", "0003_channels"), ("plumbing", "0001_initial")]

    operations = [
        protect("notifications_channels", citizen=OWN, officer=None),
        protect("notifications_push_device", citizen=OWN, officer=None),
    ]
