"""An officer has looked into a refused sign-in."""

from datetime import datetime

from kazna.contexts.identity.models import Alarm


def settle_alarm(*, number: int, by: str, now: datetime) -> bool:
    """Close the alarm; False when it is closed already or not the officer's to see."""
    return bool(Alarm.objects.filter(id=number, settled_at=None).update(settled_by=by, settled_at=now))
