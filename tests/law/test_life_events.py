"""Events that passports name are found by something, and what is found is heard by somebody or told to the person."""

from kazna.contexts.life_events import public as life_events
from kazna.contexts.measures import library
from kazna.kernel.places import LAW

BY_MASS_RUN = {"FAMILY_PAYMENT_WINDOW", "NSU_WINDOW"}  # windows of the year: `kazna determine --propose` opens them
SIGNALS = {"UNCLAIMED", "REPORT_MISSED", "REPORT_TAKEN"}  # told by contexts above, not found in lives


def test_every_event_of_a_passport_can_be_found():
    named = {
        code
        for editions in library.load(LAW).measures.values()
        for edition in editions
        for code in codes_of(library.load(LAW).passport(edition))
    }

    assert named - set(life_events.titles()) - BY_MASS_RUN - SIGNALS == set()


def codes_of(passport):
    yield from passport.get("events", ())
    yield from passport.get("ends_on", ())
    for one in passport.get("suspends_on", ()):
        yield from (one["event"], one["until"])
