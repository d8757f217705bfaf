"""Row security is written so that the planner understands it (decision 0022)."""

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db


def policies_with(pattern):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT policyname FROM pg_policies WHERE schemaname = 'public' AND (qual ~ %s OR with_check ~ %s)",
            [pattern, pattern],
        )
        return [name for (name,) in cursor.fetchall()]


def test_roles_are_compared_by_what_the_planner_estimates_well():
    assert policies_with(r"app_role\(\) = '") == []
    assert len(policies_with("texteq")) > 50


def test_no_policy_may_be_run_as_a_hash_of_all_people():
    assert policies_with("FROM registers_person") == []
