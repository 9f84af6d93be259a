"""The table of what is to be done after each step of a plan or order."""

from referendum.need_rows import CRTBO, DOC, LPA, MINOR, PLAIN, YES, Need, Row, needs_at
from referendum.stage_names import Stage

_STATEMENT: tuple[Row, ...] = (
    ("decision-statement", "the decision statement, published with its reasons", DOC, LPA, "STEP-12"),
    ("body-told-of-decision", "send the decision to the body and to everyone who asked", YES, LPA, "STEP-12"),
)
_AFTER_MAKING: tuple[Row, ...] = (
    ("making-published", "publish the decision whether to make it, and why", YES, LPA, "STEP-13"),
    ("askers-told", "tell the body and everyone who asked", YES, LPA, "RESULT-12"),
)
AFTER: tuple[Need, ...] = (
    *needs_at(
        Stage.PUBLICISED,
        ("bodies-notified", "tell the bodies named in the consultation statement", YES, LPA, "STEP-5"),
    ),
    *needs_at(
        Stage.PUBLICISED,
        ("enfranchisement-shown", "show in the publicity whether leaseholders lose a right", YES, LPA, "CRTBO-5"),
        instruments=CRTBO,
    ),
    *needs_at(Stage.EXAMINATION, ("sent-to-examiner", "send the examiner every paper", YES, LPA, "STEP-7")),
    *(need for stage in (Stage.REFERENDUM_DUE, Stage.REFUSED, Stage.DECLINED) for need in needs_at(stage, *_STATEMENT)),
    *needs_at(Stage.APPROVED, *_STATEMENT, courses=PLAIN | MINOR),
    *needs_at(Stage.MADE, *_AFTER_MAKING),
    *needs_at(Stage.MADE, ("made-version", "the plan or order as made, published for all to see", DOC, LPA, "STEP-14")),
    *needs_at(Stage.NOT_MADE, *_AFTER_MAKING),
)
"""What is to be done after each step. Source: as `needs.duties_after` says."""
