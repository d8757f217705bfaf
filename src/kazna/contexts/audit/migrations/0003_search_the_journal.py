"""Reads of one account or one kind of act, newest first, without reading the whole journal."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_chain_the_journal")]

    operations = [
        migrations.AddIndex("auditentry", models.Index(fields=["login", "-seq"], name="audit_entry_of_login")),
        migrations.AddIndex("auditentry", models.Index(fields=["act", "-seq"], name="audit_entry_of_act")),
        migrations.AddIndex("auditentry", models.Index(fields=["recorded_at"], name="audit_entry_moment")),
    ]
