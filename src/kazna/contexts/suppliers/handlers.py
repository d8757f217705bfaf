"""What suppliers hear: packages that were taken become news of their bodies; applications join the queue."""

from collections.abc import Sequence

from django.utils import timezone

from kazna.contexts.egisso import public as egisso
from kazna.contexts.suppliers.actions.take_in_messages import take_in_messages
from kazna.contexts.suppliers.webhooks import tell
from kazna.events.egisso import ApplicationTaken, PackageTaken
from kazna.plumbing.outbox import consumes

consumes(PackageTaken, name="suppliers.on_package_taken", stage=0)(tell)


@consumes(ApplicationTaken, name="suppliers.on_application_taken", stage=0)
def show_applications(_events: Sequence[ApplicationTaken]) -> None:
    """Repeatable: an application seen before is not submitted again."""
    take_in_messages(now=timezone.now(), region_of=egisso.region_of_oktmo())
