"""At the server, too, a double is taken back by two."""

from tests.factories.egisso import ident
from tests.web.test_doubles import OURS, WHY, double  # noqa: F401  a fixture

from kazna.contexts.egisso.models import Assignment


def test_one_proposes_another_confirms(run, double):  # noqa: F811
    listed = run("egisso", "doubles", "--json")
    assert [one["fact_id"] for one in listed.json] == [OURS]

    assert run("egisso", "withdraw", ident(3), "--by", "one", "--reason", WHY).code == 1
    assert run("egisso", "withdraw", OURS, "--by", "one", "--confirm").code == 1
    assert run("egisso", "withdraw", OURS, "--by", "one", "--reason", WHY).code == 0
    assert run("egisso", "withdraw", OURS, "--by", "one", "--confirm").code == 1
    assert run("egisso", "withdraw", OURS, "--by", "two", "--confirm").code == 0

    assert Assignment.objects.get(pk=OURS).state == "invalidated"
