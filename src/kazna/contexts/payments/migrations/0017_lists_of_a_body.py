"""Lists of a body are read without going through those of other bodies."""

from django.db import migrations, models


def index(model: str, fields: list[str], name: str, condition: models.Q | None = None) -> migrations.AddIndex:
    return migrations.AddIndex(model, models.Index(fields=fields, name=name, condition=condition))


class Migration(migrations.Migration):
    dependencies = [("payments", "0016_find_what_waits")]

    operations = [
        index("overpayment", ["body", "found_on", "id"], "overpayment_of_body"),
        index("overpayment", ["body", "state", "found_on", "id"], "overpayment_of_body_in_state"),
        index("forecast", ["body", "month"], "forecast_of_body"),
        index("recall", ["body", "-made_on", "order"], "recall_of_body"),
        index("provision", ["body", "first_day", "award_id"], "provision_due", models.Q(given_on__isnull=True)),
        index("provision", ["body", "first_day", "award_id"], "provision_given", models.Q(given_on__isnull=False)),
    ]
