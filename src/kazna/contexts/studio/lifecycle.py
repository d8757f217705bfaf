"""States of a draft and the moves between them; any change of the text leads back to the first."""

DRAFT, TESTED, AGREED, PUBLISHED, SUPERSEDED = "draft", "tested", "agreed", "published", "superseded"
STATES = (DRAFT, TESTED, AGREED, PUBLISHED, SUPERSEDED)
PARTS = ("lawyer", "finance", "second")
MOVES = {
    DRAFT: {TESTED},
    TESTED: {DRAFT, AGREED},
    AGREED: {DRAFT, PUBLISHED},
    PUBLISHED: {SUPERSEDED},
    SUPERSEDED: set[str](),
}
MAY_CHANGE = {DRAFT, TESTED, AGREED}
