"""Tables of the register of social protection: classifiers, local measures, bodies, facts of assignment."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

OPEN = models.Q(removed_on__isnull=True)


class ClassifierVersion(models.Model):
    """A version of КМСЗ. `state` as in tVersionStatus: 1 draft … 5 active, 6 archive; `content` facets and rules."""

    source = models.CharField(max_length=20, help_text="official, or own_ until the official one is loaded")
    number = models.PositiveIntegerField()
    state = models.PositiveSmallIntegerField(default=1)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    document = models.CharField(max_length=500, default="")
    note = models.CharField(max_length=200, default="")
    content = models.JSONField()
    changed_at = models.DateTimeField(db_default=Now())
    changed_by = models.CharField(max_length=60, default="")

    class Meta:
        db_table = "egisso_classifier_version"
        constraints = [models.UniqueConstraint(fields=["source", "number"], name="classifier_version_once")]


class ListCode(models.Model):
    """A code of a simple list (periodicity, criteria, oktmo) and the days it is known, both inclusive."""

    list = models.CharField(max_length=20)
    code = models.CharField(max_length=20)
    name = models.TextField(default="")
    known_from = models.DateField(null=True)
    known_to = models.DateField(null=True)

    class Meta:
        db_table = "egisso_list_code"
        constraints = [models.UniqueConstraint(fields=["list", "code"], name="list_code_once")]


class Body(models.Model):
    """A participant: code ONMSZ. `certificates`: digests of those it signs with; `succeeds`: codes it answers for."""

    code = models.CharField(max_length=11, primary_key=True)
    title = models.CharField(max_length=500, default="")
    oktmo = models.CharField(max_length=11, default="")
    territory = models.CharField(max_length=2, default="")
    point_id = models.UUIDField(null=True, help_text="presence point that its card names as the main one")
    certificates = models.JSONField(default=list)
    withdrawn = models.JSONField(default=list, db_default=[], help_text="digests of certificates it signed with before")
    succeeds = models.JSONField(default=list)
    recorded_on = models.DateField()
    closed_on = models.DateField(null=True)

    class Meta:
        db_table = "egisso_body"


class LocalMeasure(models.Model):
    """A version of a local measure as its body told it (10.05.I); `card` in our words."""

    id = models.UUIDField(primary_key=True, editable=False)
    provider = models.CharField(max_length=11, default="")
    title = models.TextField()
    first_day = models.DateField()
    last_day = models.DateField(null=True)
    form = models.CharField(max_length=2, default="")
    card = models.JSONField()
    previous_id = models.UUIDField(null=True)
    package_id = models.UUIDField(null=True)
    recorded_on = models.DateField()
    removed_on = models.DateField(null=True)

    class Meta:
        db_table = "egisso_measure"
        indexes = [
            models.Index(fields=["provider"], name="egisso_measure_of_provider"),
            models.Index(
                fields=["previous_id"], name="egisso_measure_after", condition=models.Q(previous_id__isnull=False)
            ),
        ]


class RegisterRecord(models.Model):
    """An organisation, presence point, subsistence minimum, category member, relation or application as told."""

    id = models.UUIDField(primary_key=True, editable=False)
    kind = models.CharField(max_length=20)
    provider = models.CharField(max_length=11, default="")
    key = models.CharField(max_length=60, default="", help_text="what is searched: body, place and quarter, СНИЛС")
    person_id = models.UUIDField(null=True)
    card = models.JSONField()
    previous_id = models.UUIDField(null=True)
    package_id = models.UUIDField(null=True)
    recorded_on = models.DateField()
    removed_on = models.DateField(null=True)

    class Meta:
        db_table = "egisso_record"
        indexes = [models.Index(fields=["kind", "key"], name="egisso_record_by_key")]


class Package(models.Model):
    """A package taken: how many records it had, how many were accepted, and the protocol it was answered with."""

    id = models.UUIDField(primary_key=True, editable=False)
    message = models.CharField(max_length=20)
    provider = models.CharField(max_length=11, default="")
    file_name = models.CharField(max_length=200, default="")
    digest = models.CharField(max_length=64)
    received_at = models.DateTimeField()
    finished_at = models.DateTimeField()
    received_on = models.DateField()
    record_count = models.PositiveIntegerField()
    accepted_count = models.PositiveIntegerField()
    protocol = models.BinaryField()

    class Meta:
        db_table = "egisso_package"
        indexes = [models.Index(fields=["provider", "-received_at"], name="egisso_package_of_provider")]


class Assignment(models.Model):
    """A fact of assignment: `card` as it was told first, the other columns as they are now. `last_day` inclusive.

    `state`: active, ended, invalidated, deleted. `amount_kopecks` is money or its equivalent.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    line = models.CharField(
        max_length=10, help_text="10.06.S or 10.36.S: the words its card keeps papers and places in"
    )
    provider = models.CharField(max_length=11)
    body = models.CharField(max_length=11)
    snils = models.CharField(max_length=11)
    person_id = models.UUIDField(null=True)
    territory = models.CharField(max_length=2, default="")
    measure_id = models.UUIDField()
    category_id = models.UUIDField()
    msz = models.CharField(max_length=4, default="", help_text="typical measure of the local one")
    decided_on = models.DateField()
    first_day = models.DateField()
    last_day = models.DateField(null=True)
    form = models.CharField(max_length=2)
    amount_kopecks = models.BigIntegerField()
    state = models.CharField(max_length=12, default="active")
    card = models.JSONField()
    present = models.JSONField(null=True, help_text="the card as it is now, when changes made it another")
    package_id = models.UUIDField(null=True)
    recorded_on = models.DateField()
    is_own = models.BooleanField(default=False, help_text="decided by this platform")

    class Meta:
        db_table = "egisso_assignment"
        indexes = [
            models.Index(fields=["snils", "measure_id"], name="assignment_by_snils"),
            models.Index(fields=["person_id"], name="assignment_of_person"),
            models.Index(fields=["body", "recorded_on"], name="assignment_of_body"),
        ]


class Change(models.Model):
    """An event in the life of a fact: recalculated, corrected, ended, invalidated, deleted. Rows are only added."""

    id = models.UUIDField(primary_key=True, editable=False)
    assignment_id = models.UUIDField()
    action = models.CharField(max_length=20)
    ground = models.CharField(max_length=20, default="")
    line = models.CharField(max_length=10)
    card = models.JSONField()
    package_id = models.UUIDField(null=True)
    recorded_on = models.DateField()
    seq = models.PositiveIntegerField(default=0, help_text="place in its package")

    class Meta:
        db_table = "egisso_change"
        indexes = [models.Index(fields=["assignment_id"], name="change_of_assignment")]


class Double(models.Model):
    """The same measure of support assigned to a person twice: by one body or by two."""

    assignment_id = models.UUIDField()
    other_id = models.UUIDField()
    found_on = models.DateField()

    class Meta:
        db_table = "egisso_double"
        constraints = [models.UniqueConstraint(fields=["assignment_id", "other_id"], name="double_once")]


class MeasureDraft(models.Model):
    """A card of a local measure being described; `id` becomes the id of the measure when it is recorded.

    `law_measure` names the executable rule that prints its texts, "" when there is none.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    provider = models.CharField(max_length=11)
    title = models.TextField(default="")
    card = models.JSONField()
    law_measure = models.CharField(max_length=80, default="")
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=60, default="")
    recorded_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "egisso_measure_draft"
        indexes = [models.Index(fields=["provider", "-changed_at"], name="measure_draft_of_provider")]
