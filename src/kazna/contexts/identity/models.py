"""Built-in accounts: who may sign in, in which role, for which body, territory and person."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class AccountManager(BaseUserManager["Account"]):
    def create_user(self, login: str, password: str, **fields: object) -> "Account":
        account = self.model(login=login, **fields)
        account.set_password(password)
        account.save()
        return account


class Account(AbstractBaseUser):
    """One person who signs in. A citizen's account points at the person in the registers."""

    class Role(models.TextChoices):
        CITIZEN = "citizen"
        OFFICER = "officer"
        METHODOLOGIST = "methodologist"

    login = models.CharField(max_length=60, unique=True)
    role = models.CharField(max_length=20, choices=Role.choices)
    shown_name = models.CharField(max_length=200, default="")
    body = models.CharField(max_length=40, default="", blank=True)
    territory = models.CharField(max_length=11, default="", blank=True)
    person_id = models.UUIDField(null=True)
    is_active = models.BooleanField(default=True)

    objects = AccountManager()
    USERNAME_FIELD = "login"

    class Meta:
        db_table = "identity_account"
