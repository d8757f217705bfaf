"""Cases move; decisions, awards and the stops of awards are only added."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from kazna.contexts.cases.contracts import CaseState, DecisionKind, Outcome
from kazna.contexts.cases.forms import whole
from kazna.contexts.cases.models_applications import Application, Attachment
from kazna.contexts.cases.models_forms import DecisionForm
from kazna.contexts.cases.models_oversight import Choice, Proposal, SealedDecision

__all__ = [
    "Application",
    "Attachment",
    "Award",
    "AwardStop",
    "Case",
    "CaseStep",
    "Choice",
    "Decision",
    "DecisionForm",
    "Proposal",
    "SealedDecision",
    "WeighedRight",
]


def choices(states: type[CaseState] | type[Outcome] | type[DecisionKind]) -> list[tuple[str, str]]:
    return [(state.value, state.name.lower()) for state in states]


class Case(models.Model):
    """One matter: a measure for a subject and a recipient, from the first ground to the last step.

    `ordinal` counts the cases of the same measure, subject and recipient: a renewal is the next one.
    """

    id = models.UUIDField(primary_key=True)
    measure = models.CharField(max_length=80)
    code = models.CharField(max_length=20)
    title = models.CharField(max_length=300)
    subject_id = models.UUIDField()
    recipient_id = models.UUIDField()
    ordinal = models.PositiveSmallIntegerField()
    body = models.CharField(max_length=40)
    territory = models.CharField(max_length=2)
    state = models.CharField(max_length=20, choices=choices(CaseState), default=CaseState.RECEIVED)
    outcome = models.CharField(max_length=20, choices=choices(Outcome), default=Outcome.NONE, blank=True)
    trigger = models.CharField(max_length=40)
    opened_on = models.DateField()
    applied_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    is_overdue = models.BooleanField(default=False)
    waits_for = models.TextField(default="")
    right_id = models.UUIDField()
    decision_id = models.UUIDField(null=True)

    class Meta:
        db_table = "cases_case"
        constraints = [
            models.UniqueConstraint(fields=["measure", "subject_id", "recipient_id", "ordinal"], name="case_once"),
            models.UniqueConstraint(
                fields=["measure", "subject_id", "recipient_id"],
                condition=models.Q(state__in=["received", "collecting", "offered", "waiting_person"]),
                name="case_one_open",
            ),
        ]
        indexes = [
            models.Index(fields=["recipient_id"], name="case_of_recipient"),
            models.Index(fields=["subject_id"], name="case_of_subject"),
            models.Index(
                fields=["body", "due_on", "id"], name="case_queue", condition=models.Q(state="waiting_person")
            ),
            models.Index(fields=["due_on"], name="case_running", condition=models.Q(state="collecting")),
        ]


class CaseStep(models.Model):
    """One step of a case: the state it came to, what was weighed, who moved it (empty: the rules)."""

    number = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="steps", db_index=False, db_constraint=False)
    recipient_id = models.UUIDField()
    body = models.CharField(max_length=40)
    state = models.CharField(max_length=20, choices=choices(CaseState))
    right_id = models.UUIDField(null=True)
    on = models.DateField()
    note = models.TextField(default="")
    by = models.CharField(max_length=60, default="")
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "cases_step"
        indexes = [
            models.Index(fields=["case", "number"], name="step_of_case"),
        ]


class WeighedRight(models.Model):
    """A right that was weighed, whatever came of it: told again, it is passed over."""

    right_id = models.UUIDField(primary_key=True)
    weighed_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "cases_weighed_right"


class Decision(models.Model):
    """An immutable document. `ground` is the life event of a stop.

    `against_rule`: an officer decided otherwise than the rule; then a second one (`confirmed_by`) agreed.
    `wording` keeps the names of people and the titles of facts as they were that day. Read `document`, whole always;
    `kept_document` is how the table has it.
    """

    id = models.UUIDField(primary_key=True)
    number = models.CharField(max_length=30)
    kind = models.CharField(max_length=10, choices=choices(DecisionKind))
    on = models.DateField()
    body = models.CharField(max_length=40)
    territory = models.CharField(max_length=2)
    case_id = models.UUIDField(null=True)
    right_id = models.UUIDField(null=True)
    award_id = models.UUIDField(null=True)
    replaces_award_id = models.UUIDField(null=True)
    measure = models.CharField(max_length=80)
    title = models.CharField(max_length=300)
    subject_id = models.UUIDField()
    recipient_id = models.UUIDField()
    wording = models.JSONField()
    amount_kopecks = models.BigIntegerField(null=True)
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)
    decided_by = models.CharField(max_length=60, default="")
    confirmed_by = models.CharField(max_length=60, default="", db_default="")
    against_rule = models.BooleanField(default=False, db_default=False)
    reason = models.TextField(default="")
    ground = models.JSONField(default=dict)
    kept_document = models.JSONField(db_column="document")
    sha256 = models.CharField(max_length=64)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "cases_decision"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(against_rule=False)
                | (~models.Q(confirmed_by="") & ~models.Q(confirmed_by=models.F("decided_by"))),
                name="decision_against_rule_by_two",
            ),
            models.UniqueConstraint(fields=["number"], name="decision_number_once"),
        ]
        indexes = [
            models.Index(fields=["recipient_id", "-on"], name="decision_of_recipient"),
            models.Index(
                fields=["subject_id", "-on"],
                name="decision_about",
                condition=~models.Q(subject_id=models.F("recipient_id")),
            ),
            models.Index(fields=["case_id"], name="decision_of_case"),
            models.Index(fields=["-on", "-number"], name="decision_register"),
            models.Index(fields=["body", "-on", "-number"], name="decision_register_of_body"),
            models.Index(fields=["body", "-on"], name="decision_of_officers", condition=~models.Q(decided_by="")),
        ]

    @property
    def document(self) -> dict[str, Any]:
        """The whole document; what decisions of one indexation share is kept in its form."""
        return whole(self.kept_document, self)

    @document.setter
    def document(self, document: dict[str, Any]) -> None:
        self.kept_document = document


class Award(models.Model):
    """What was granted, never edited: a change of amount is a stop of this award and a new one that replaces it.

    `number` is the decision's, or the former register's for awards taken over at the start.
    """

    id = models.UUIDField(primary_key=True)
    number = models.CharField(max_length=60)
    decision_id = models.UUIDField(null=True)
    case_id = models.UUIDField(null=True)
    replaces_id = models.UUIDField(null=True)
    measure = models.CharField(max_length=80)
    code = models.CharField(max_length=20)
    title = models.CharField(max_length=300)
    subject_id = models.UUIDField()
    recipient_id = models.UUIDField()
    child_id = models.UUIDField(null=True)
    ordinal = models.PositiveSmallIntegerField()
    body = models.CharField(max_length=40)
    territory = models.CharField(max_length=2)
    amount_kopecks = models.BigIntegerField()
    form = models.CharField(max_length=20)
    period = models.CharField(max_length=10)
    first_day = models.DateField()
    last_day = models.DateField(null=True)
    granted_on = models.DateField()
    taken_over_on = models.DateField(
        null=True, help_text="the day a former register was loaded; its sums are of that day"
    )
    ends_on = ArrayField(models.CharField(max_length=40), default=list)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "cases_award"
        constraints = [
            models.UniqueConstraint(fields=["subject_id", "measure", "recipient_id", "ordinal"], name="award_once"),
            models.CheckConstraint(condition=models.Q(amount_kopecks__gte=0), name="award_not_negative"),
            models.CheckConstraint(
                condition=models.Q(last_day__isnull=True) | models.Q(last_day__gte=models.F("first_day")),
                name="award_days_forward",
            ),
        ]
        indexes = [
            models.Index(fields=["recipient_id"], name="award_of_recipient"),
            models.Index(fields=["number"], name="award_by_number"),
        ]


class AwardStop(models.Model):
    """The end of an award before its term: nothing is due from `stops_on`. At most one per award."""

    award = models.OneToOneField(
        Award, on_delete=models.PROTECT, primary_key=True, related_name="stop", db_constraint=False
    )  # kept once a statement: plumbing/references.py
    recipient_id = models.UUIDField()
    body = models.CharField(max_length=40)
    decision_id = models.UUIDField()
    stops_on = models.DateField()
    reason = models.TextField()
    stopped_on = models.DateField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "cases_award_stop"


from kazna.contexts.cases.models_appeals import Appeal, ClockStop, Escalation  # noqa: E402, F401
from kazna.contexts.cases.models_desk import Assignment, Claim, Handover, SavedQueue  # noqa: E402, F401
from kazna.contexts.cases.models_indexation import IndexationChunk, IndexationRun, LawLook  # noqa: E402, F401  found by Django
