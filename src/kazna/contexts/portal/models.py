"""News, tickets of the support desk, requests of agencies for data, quarterly open data."""

from django.db import models


class News(models.Model):
    """News or an announcement; shown from its day on."""

    kind = models.CharField(max_length=12, default="news", help_text="news or announcement")
    title = models.CharField(max_length=300)
    text = models.TextField()
    shown_from = models.DateField()
    shown_to = models.DateField(null=True)
    written_by = models.CharField(max_length=60)

    class Meta:
        db_table = "portal_news"


class Ticket(models.Model):
    """A question of a user; to be answered by `due_on`, which its category sets."""

    category = models.CharField(max_length=20)
    text = models.TextField()
    email = models.EmailField()
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    answer = models.TextField(default="", blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=60, default="", blank=True)

    class Meta:
        db_table = "portal_ticket"


class DataRequest(models.Model):
    """An agency asks for figures: purpose and legal ground; approved by another person than the one who entered it.

    `state`: entered, approved, refused.
    """

    agency = models.CharField(max_length=300)
    purpose = models.CharField(max_length=1000)
    ground = models.CharField(max_length=500)
    region = models.CharField(max_length=2, default="", blank=True)
    quarter = models.CharField(max_length=6)
    entered_by = models.CharField(max_length=60)
    entered_at = models.DateTimeField()
    state = models.CharField(max_length=8, default="entered")
    decided_by = models.CharField(max_length=60, default="", blank=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=1000, default="", blank=True)

    class Meta:
        db_table = "portal_data_request"


class OpenData(models.Model):
    """Figures of a quarter ("2026Q1") that may be published: no cell under five people."""

    quarter = models.CharField(max_length=6, primary_key=True)
    rows = models.JSONField()
    hidden = models.PositiveIntegerField(help_text="cells left out for disclosing people")
    published_on = models.DateField()

    class Meta:
        db_table = "portal_open_data"
