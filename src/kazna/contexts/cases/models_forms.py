"""What the documents of many decisions share."""

from django.db import models


class DecisionForm(models.Model):
    """The text of a document with places left open; the id is its digest, so a form never changes.

    It holds nobody's data: what is of one person stands in the places, and those are in the decision.
    """

    id = models.CharField(max_length=64, primary_key=True)
    text = models.TextField()

    class Meta:
        db_table = "cases_decision_form"
