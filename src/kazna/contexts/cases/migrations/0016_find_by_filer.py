"""What one filed for others is found without reading the applications of everybody."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0015_lapsed_offers")]

    operations = [
        migrations.AddIndex("application", models.Index(fields=["filed_by"], name="application_of_filer")),
    ]
