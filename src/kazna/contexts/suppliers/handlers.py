"""What suppliers hear: packages that were taken become news of their bodies."""

from kazna.contexts.suppliers.webhooks import tell
from kazna.events.egisso import PackageTaken
from kazna.plumbing.outbox import consumes

consumes(PackageTaken, name="suppliers.on_package_taken", stage=0)(tell)
