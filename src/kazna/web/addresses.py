"""Where a form may send the visitor next: only to our own screens."""

from django.utils.http import url_has_allowed_host_and_scheme


def own_address(given: str | None, otherwise: str) -> str:
    """The given address when it is a path of this site, else the other one."""
    if given and given.startswith("/") and url_has_allowed_host_and_scheme(given, allowed_hosts=None):
        return given
    return otherwise
