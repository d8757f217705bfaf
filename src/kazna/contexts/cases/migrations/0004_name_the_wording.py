"""The names kept with a decision are joined by the titles of its facts."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_remember_weighed_rights")]

    operations = [migrations.RenameField("decision", "addressee", "wording")]
