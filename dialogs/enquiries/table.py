"""The states of an enquiry, and what leads from one to another, in one table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from dialogs.core.enquiry_model import AdvisorAct, EnquiryActName, EnquiryStep

MOVES: Mapping[EnquiryStep, Mapping[EnquiryActName, EnquiryStep]] = {
    "asked": {
        "take": "taken", "answer": "answered", "point": "pointed", "decline": "declined",
        "teach": "asked", "teach it": "answered", "only answer": "answered", "leave it": "asked",
        "add": "asked", "withdraw": "withdrawn", "helped": "asked", "not helped": "asked",
    },
    "taken": {
        "give back": "asked", "answer": "answered", "point": "pointed", "decline": "declined",
        "teach": "taken", "teach it": "answered", "only answer": "answered", "leave it": "taken",
        "add": "taken", "withdraw": "withdrawn", "helped": "taken", "not helped": "taken",
    },
    "answered": {
        "teach": "answered", "teach it": "answered", "leave it": "answered",
        "add": "asked", "helped": "answered", "not helped": "answered",
    },
    "pointed": {
        "teach": "pointed", "teach it": "pointed", "leave it": "pointed",
        "add": "asked", "helped": "pointed", "not helped": "pointed",
    },
    "declined": {
        "teach": "declined", "teach it": "declined", "leave it": "declined",
        "add": "asked", "helped": "declined", "not helped": "declined",
    },
    "withdrawn": {
        "teach": "withdrawn", "teach it": "withdrawn", "leave it": "withdrawn",
        "helped": "withdrawn", "not helped": "withdrawn",
    },
}  # fmt: skip
"""Where it stands -> what may be done then -> where it stands after that. Whoever adds to what was dealt with
asks anew. What an advisor wrote meanwhile can be taught all the same; an earlier answer can be rated."""

WITH_WORDS: frozenset[EnquiryActName] = frozenset(("answer", "point", "decline", "add"))
"""What needs something written or picked."""
ADVISORS_ACTS = frozenset(get_args(AdvisorAct))
"""What only an advisor may do; all else, only the asker."""
