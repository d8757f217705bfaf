"""Tables of the registers: people, facts about them, and what a person has to decide."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Coalesce, Concat, Lower, Now, Replace

SORT_KEY = Replace(
    Lower(
        Concat("surname", models.Value(" "), "forename", models.Value(" "), Coalesce("patronymic", models.Value("")))
    ),
    models.Value("ё"),
    models.Value("е"),
)


class Person(models.Model):
    """A person as a card: a projection of the current facts, rewritten in the transaction that changes them."""

    id = models.UUIDField(primary_key=True, editable=False)
    snils = models.CharField(max_length=11, null=True, unique=True)
    birth_act = models.CharField(max_length=60, null=True, help_text="number of the birth record")
    surname = models.CharField(max_length=200, default="")
    forename = models.CharField(max_length=200, default="")
    patronymic = models.CharField(max_length=200, null=True)
    sort_key = models.GeneratedField(expression=SORT_KEY, output_field=models.TextField(), db_persist=True)
    birth_date = models.DateField(null=True)
    sex = models.CharField(max_length=1, default="")
    died_on = models.DateField(null=True)
    territory = models.CharField(max_length=2, default="")
    address = models.TextField(default="")
    merged_into = models.UUIDField(null=True)

    class Meta:
        db_table = "registers_person"
        indexes = [
            models.Index(fields=["sort_key", "id"], name="person_by_name"),
            models.Index(fields=["birth_date"], name="person_by_birth"),
            models.Index(fields=["birth_act"], name="person_by_birth_act"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(sex__in=["", "M", "F"]), name="person_sex_known"),
            models.CheckConstraint(
                condition=models.Q(snils__isnull=True) | models.Q(snils__regex=r"^\d{11}$"), name="person_snils_digits"
            ),
        ]


class KnownName(models.Model):
    """Every name a person was ever known under, with the birth date: the way in for those without СНИЛС."""

    person_id = models.UUIDField()
    sort_key = models.TextField()
    birth_date = models.DateField()

    class Meta:
        db_table = "registers_known_name"
        constraints = [
            models.UniqueConstraint(fields=["sort_key", "birth_date", "person_id"], name="known_name_once"),
        ]
        indexes = [models.Index(fields=["person_id"], name="known_name_of_person")]


class Fact(models.Model):
    """A statement by a source about a person, valid `[valid_from, valid_to)`; rows are only added.

    Rows with one (kind, subject_id, source, thing) are versions of one statement: the last by `seq` holds,
    and when it is `annulled` the statement is withdrawn.
    """

    seq = models.BigAutoField(primary_key=True)
    fact_id = models.UUIDField(unique=True, db_column="id")
    kind = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    object_id = models.UUIDField(null=True)
    thing = models.CharField(max_length=200, default="")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    value = models.JSONField()
    source = models.CharField(max_length=20)
    document_id = models.UUIDField(null=True)
    known_on = models.DateField()
    recorded_at = models.DateTimeField(db_default=Now())
    annulled = models.BooleanField(default=False)

    class Meta:
        db_table = "registers_fact"
        indexes = [
            models.Index(fields=["subject_id", "kind"], name="fact_by_subject"),
            models.Index(
                fields=["object_id", "kind"], name="fact_by_object", condition=models.Q(object_id__isnull=False)
            ),
            models.Index(fields=["kind", "valid_to"], name="fact_by_end", condition=models.Q(valid_to__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")),
                name="fact_period_forward",
            ),
        ]


class KnownAct(models.Model):
    """The newest edition recorded of an outside act, and whose facts it set."""

    key = models.CharField(max_length=200, primary_key=True)
    version = models.BigIntegerField()
    person_ids = models.JSONField(default=list)

    class Meta:
        db_table = "registers_known_act"


class FactKind(models.Model):
    """What kinds of facts there are: content of law/facts/catalogue*.yaml, then changes two people agreed on.

    `value`: key → what stands there, in words. `precedence`: {"sources", "compared", "reason"} or empty.
    A release of the law rewrites only what has `origin` "release".
    """

    code = models.CharField(max_length=60, primary_key=True)
    title = models.CharField(max_length=200)
    holder = models.CharField(max_length=200, default="")
    stage = models.CharField(max_length=20, default="stored")
    fresh_days = models.PositiveIntegerField(null=True)
    completeness = models.CharField(max_length=20, default="answer")
    sensitivity = models.CharField(max_length=40, default="")
    value = models.JSONField(default=dict)
    precedence = models.JSONField(default=dict)
    origin = models.CharField(max_length=20, default="release")

    class Meta:
        db_table = "registers_fact_kind"


class KindChange(models.Model):
    """A change of the catalogue proposed by one person and settled by another; `before` empty: a new kind."""

    id = models.UUIDField(primary_key=True, editable=False)
    code = models.CharField(max_length=60)
    before = models.JSONField(default=dict)
    after = models.JSONField()
    reason = models.TextField()
    proposed_by = models.CharField(max_length=60)
    proposed_at = models.DateTimeField(db_default=Now())
    settled_by = models.CharField(max_length=60, default="")
    settled_at = models.DateTimeField(null=True)
    is_approved = models.BooleanField(null=True)

    class Meta:
        db_table = "registers_kind_change"
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(settled_by=models.F("proposed_by")), name="kind_change_by_two_people"
            ),
            models.UniqueConstraint(
                fields=["code"], condition=models.Q(settled_at__isnull=True), name="kind_change_one_at_a_time"
            ),
        ]


class MeetingKey(models.Model):
    """A hash under which people who may be one person meet: СНИЛС, a document, the sound of the name with a date."""

    key = models.BigIntegerField()
    person_id = models.UUIDField()

    class Meta:
        db_table = "registers_meeting_key"
        indexes = [
            models.Index(fields=["key", "person_id"], name="meeting_by_key"),
            models.Index(fields=["person_id"], name="meeting_of_person"),
        ]


class NameShare(models.Model):
    """Which share of the register bears a name, so that a rare one weighs more; part "records": how many records."""

    part = models.CharField(max_length=12)
    name = models.CharField(max_length=200)
    share = models.FloatField()

    class Meta:
        db_table = "registers_name_share"
        constraints = [models.UniqueConstraint(fields=["part", "name"], name="name_share_once")]


class NameWord(models.Model):
    """A word that stands in somebody's name, as `sort_key` writes it: what a slip of the pen is compared with."""

    word = models.TextField(primary_key=True)

    class Meta:
        db_table = "registers_name_word"


class Conflict(models.Model):
    """A source claims what disagrees with a known fact; an officer chooses. `claim` is the fact that would be
    recorded under `claim_fact_id` if chosen."""

    id = models.UUIDField(primary_key=True, editable=False)
    person_id = models.UUIDField()
    kind = models.CharField(max_length=60)
    known_fact_id = models.UUIDField()
    claim_fact_id = models.UUIDField()
    claim = models.JSONField()
    source = models.CharField(max_length=20)
    document_id = models.UUIDField(null=True)
    found_on = models.DateField()
    settled_on = models.DateField(null=True)
    settled_by = models.CharField(max_length=60, default="")
    chosen_fact_id = models.UUIDField(null=True)
    reason = models.TextField(default="")
    territory = models.CharField(max_length=2, default="", db_default="", help_text="of the person, kept by a trigger")

    class Meta:
        db_table = "registers_conflict"
        indexes = [
            models.Index(fields=["found_on", "id"], name="conflict_open", condition=models.Q(settled_on__isnull=True)),
            models.Index(
                fields=["territory", "found_on", "id"],
                name="conflict_open_here",
                condition=models.Q(settled_on__isnull=True),
            ),
            models.Index(
                fields=["person_id"], name="conflict_open_of_person", condition=models.Q(settled_on__isnull=True)
            ),
            models.Index(fields=["known_fact_id"], name="conflict_of_fact"),
        ]


class Suspect(models.Model):
    """Two cards that may be one person; an officer decides."""

    id = models.UUIDField(primary_key=True, editable=False)
    person_id = models.UUIDField()
    other_id = models.UUIDField()
    reason = models.TextField()
    document_id = models.UUIDField(null=True)
    found_on = models.DateField()
    settled_on = models.DateField(null=True)
    settled_by = models.CharField(max_length=60, default="")
    is_same = models.BooleanField(null=True)
    decision_reason = models.TextField(default="")
    territory = models.CharField(max_length=2, default="", db_default="", help_text="of the person, kept by a trigger")

    class Meta:
        db_table = "registers_suspect"
        indexes = [
            models.Index(fields=["found_on", "id"], name="suspect_open", condition=models.Q(settled_on__isnull=True)),
            models.Index(
                fields=["territory", "found_on", "id"],
                name="suspect_open_here",
                condition=models.Q(settled_on__isnull=True),
            ),
            models.Index(
                fields=["person_id"], name="suspect_open_of_person", condition=models.Q(settled_on__isnull=True)
            ),
        ]


class Merge(models.Model):
    """Two cards joined into one, with what is needed to part them again.

    `restated`: facts added for `keep_id` (or about it) in place of those of `drop_id`; `withdrawn`: the facts that
    ended those of `drop_id`. `snils` and `birth_act` are what the dropped card had.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    keep_id = models.UUIDField()
    drop_id = models.UUIDField()
    snils = models.CharField(max_length=11, null=True)
    birth_act = models.CharField(max_length=60, null=True)
    names = models.JSONField(default=list)
    restated = models.JSONField(default=list)
    withdrawn = models.JSONField(default=list)
    merged_on = models.DateField()
    merged_by = models.CharField(max_length=60)
    reason = models.TextField(default="")
    undone_on = models.DateField(null=True)
    undone_by = models.CharField(max_length=60, default="")
    undo_reason = models.TextField(default="")

    class Meta:
        db_table = "registers_merge"
        indexes = [models.Index(fields=["keep_id"], name="merge_of_kept")]
        constraints = [
            models.UniqueConstraint(
                fields=["drop_id"], condition=models.Q(undone_on__isnull=True), name="merge_of_dropped_once"
            ),
        ]


class LoadedBaseline(models.Model):
    """The snapshot of the former register that was taken in: there is at most one."""

    singleton = models.BooleanField(primary_key=True, default=True)
    digest = models.CharField(max_length=64)
    document_id = models.UUIDField()
    as_of = models.DateField()
    people = models.PositiveIntegerField()
    facts = models.PositiveIntegerField()
    loaded_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "registers_loaded_baseline"
        constraints = [models.CheckConstraint(condition=models.Q(singleton=True), name="loaded_baseline_once")]


class LegacyRun(models.Model):
    """One file of a legacy register read through one mapping; the same two files are the same run."""

    id = models.UUIDField(primary_key=True, editable=False)
    file_name = models.CharField(max_length=200)
    file_digest = models.CharField(max_length=64)
    mapping_digest = models.CharField(max_length=64)
    source = models.CharField(max_length=20)
    checked_by = models.CharField(max_length=60)
    started_on = models.DateField()
    started_at = models.DateTimeField(db_default=Now())
    rows_staged = models.PositiveIntegerField(default=0)
    is_checked = models.BooleanField(default=False)
    approved_by = models.CharField(max_length=60, default="")
    approved_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "registers_legacy_run"
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(approved_by=models.F("checked_by")), name="legacy_run_by_two_people"
            )
        ]


class LegacyRow(models.Model):
    """One row of a legacy file: what was made of it, and whether it was entered."""

    run = models.ForeignKey(LegacyRun, on_delete=models.CASCADE, related_name="+", db_index=False)
    number = models.PositiveIntegerField()
    key = models.CharField(max_length=100)
    digest = models.CharField(max_length=64)
    verdict = models.CharField(max_length=20)
    remarks = ArrayField(models.TextField(), default=list)
    people = models.JSONField(default=list)
    facts = models.JSONField(default=list)
    kopecks = models.BigIntegerField(default=0)
    is_loaded = models.BooleanField(db_default=False)

    class Meta:
        db_table = "registers_legacy_row"
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="legacy_row_once")]
        indexes = [
            models.Index(
                fields=["run", "number"],
                name="legacy_row_waiting",
                condition=models.Q(is_loaded=False, verdict="accepted"),
            )
        ]
