"""Built-in accounts: who may sign in, in which role, for which body, territory and person."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Value


class AccountManager(BaseUserManager["Account"]):
    """Accounts are found by login; passwords are always hashed."""


class Account(AbstractBaseUser):
    """One person who signs in. A citizen's account points at the person in the registers."""

    class Role(models.TextChoices):
        CITIZEN = "citizen"
        OFFICER = "officer"
        METHODOLOGIST = "methodologist"
        SUPPLIER = "supplier"  # a body that sends data; `body` is its code in the register of participants
        BRANCH = "branch"  # helps the suppliers of one region; `territory` is the region
        ADMINISTRATOR = "administrator"

    login = models.CharField(max_length=60, unique=True)
    role = models.CharField(max_length=20, choices=Role.choices)
    shown_name = models.CharField(max_length=200, default="")
    body = models.CharField(max_length=40, default="", blank=True)
    territory = models.CharField(max_length=11, default="", blank=True)
    person_id = models.UUIDField(null=True)
    duties = ArrayField(models.CharField(max_length=20), default=list, db_default=Value("{}"))
    is_active = models.BooleanField(default=True)
    failed_sign_ins = models.SmallIntegerField(default=0)  # since the last success
    closed_until = models.DateTimeField(null=True)  # no password is tried before this moment

    objects = AccountManager()
    USERNAME_FIELD = "login"

    class Meta:
        db_table = "identity_account"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role="citizen", person_id__isnull=False)
                | (~models.Q(role="citizen") & models.Q(person_id__isnull=True)),
                name="account_of_citizen_has_person",
            ),
        ]


class Link(models.Model):
    """A provider's subject and the account it opens."""

    provider = models.CharField(max_length=20)
    subject = models.CharField(max_length=255)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    linked_at = models.DateTimeField()

    class Meta:
        db_table = "identity_link"
        constraints = [models.UniqueConstraint(fields=["provider", "subject"], name="one_account_per_subject")]


class Alarm(models.Model):
    """A refused sign-in: the provider and the register tell of one СНИЛС differently. Holds no names."""

    provider = models.CharField(max_length=20)
    subject = models.CharField(max_length=255)
    person_id = models.UUIDField()
    territory = models.CharField(max_length=11, default="", blank=True)
    fields = models.JSONField()
    raised_at = models.DateTimeField()
    settled_by = models.CharField(max_length=60, default="", blank=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "identity_alarm"
        indexes = [models.Index(fields=["-id"], name="alarm_open", condition=models.Q(settled_at__isnull=True))]


class Passkey(models.Model):
    """A key kept by a person's device and opened by a finger, a face or a PIN (WebAuthn); we keep its public half."""

    id = models.UUIDField(primary_key=True)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    credential_id = models.BinaryField(max_length=1023, unique=True)
    public_key = models.BinaryField()
    sign_count = models.BigIntegerField()
    name = models.CharField(max_length=100)
    added_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "identity_passkey"
