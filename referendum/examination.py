"""The examiner and the report: who may be appointed, what a report must say, and what is decided on each point."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from referendum.stage_names import Course


class Ground(StrEnum):
    """The only reasons for which a draft may be changed after it was submitted, by examiner or authority.

    Source: EXAM-2, EXAM-6, Town and Country Planning Act 1990 Sch 4B paras 10(3), 12(5)-(6). Unverified in part.
    """

    BASIC_CONDITIONS = "basic-conditions"
    CONVENTION_RIGHTS = "convention-rights"
    LEGAL_TESTS = "legal-tests"
    END_DATE = "end-date"
    ERRORS = "errors"


GROUND_WORDS = {
    Ground.BASIC_CONDITIONS: "so that it meets the basic conditions",
    Ground.CONVENTION_RIGHTS: "so that it is compatible with Convention rights",
    Ground.LEGAL_TESTS: "so that it meets what the law asks of such a plan or order",
    Ground.END_DATE: "so that it says until when it has effect",
    Ground.ERRORS: "to correct an error",
}


class Recommends(StrEnum):
    """What a report recommends as a whole: of a plan or order, or of a change that needs no referendum."""

    REFERENDUM = "submit-to-referendum"
    MODIFIED = "submit-with-modifications"
    REFUSE = "refuse"
    MAKE = "make"
    MAKE_MODIFIED = "make-with-modifications"
    DO_NOT_MAKE = "do-not-make"


RECOMMENDS_WORDS = {
    Recommends.REFERENDUM: "put it to a referendum",
    Recommends.MODIFIED: "put it to a referendum with modifications",
    Recommends.REFUSE: "refuse it",
    Recommends.MAKE: "make the changed plan",
    Recommends.MAKE_MODIFIED: "make the changed plan with modifications",
    Recommends.DO_NOT_MAKE: "do not make the changed plan",
}
_AGAINST = frozenset({Recommends.REFUSE, Recommends.DO_NOT_MAKE})
_WITH_CHANGES = frozenset({Recommends.MODIFIED, Recommends.MAKE_MODIFIED})
_WITHOUT_VOTE = frozenset({Recommends.MAKE, Recommends.MAKE_MODIFIED, Recommends.DO_NOT_MAKE})


class Answer(StrEnum):
    """What the authority decides on one recommendation."""

    ACCEPTED = "accepted"
    IN_PART = "accepted-in-part"
    NOT_ACCEPTED = "not-accepted"
    DEPARTED_ON_FACTS = "departed-on-facts"
    """Not followed because of new evidence, a new fact, or a different view of a fact (STEP-11)."""


ANSWER_WORDS = {
    Answer.ACCEPTED: "Accepted",
    Answer.IN_PART: "Accepted in part",
    Answer.NOT_ACCEPTED: "Not accepted",
    Answer.DEPARTED_ON_FACTS: "Not followed, on new evidence or another view of the facts",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """What is known of an examiner before the appointment."""

    is_independent: bool
    has_no_interest: bool
    qualifications: str
    body_consents: bool
    by_secretary_of_state: bool = False


def appointment_faults(facts: Appointment) -> tuple[str, ...]:
    """Return what stands against appointing an examiner, in sentences; nothing where nothing does.

    Source: STEP-6, Town and Country Planning Act 1990 Sch 4B para 7. Unverified.
    """
    checks = (
        (not facts.is_independent, "The examiner must be independent of the qualifying body and of the authority."),
        (not facts.has_no_interest, "The examiner may have no interest in land that the draft may affect."),
        (not facts.qualifications.strip(), "Say what qualifies the examiner and what experience they have."),
        (
            not facts.body_consents and not facts.by_secretary_of_state,
            "The qualifying body must consent; without agreement the Secretary of State may appoint.",
        ),
    )
    return tuple(text for fails, text in checks if fails)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What an examiner's report says as a whole.

    Attributes:
        course: the course on which the proposal was examined.
        recommends: what it recommends.
        changes: how many changes it recommends.
        extends_area: whether the referendum area should reach beyond the neighbourhood area; None where it is silent.
        area_advice: to where, and why.
        nature_unchanged: for a change without referendum: the examiner found that the nature of the plan stays.
    """

    course: Course
    recommends: Recommends
    changes: int
    extends_area: bool | None
    area_advice: str
    nature_unchanged: bool = False


def recommendations_open_to(course: Course) -> tuple[Recommends, ...]:
    """Return what a report may recommend on a course. Source: EXAM-1, MOD-5."""
    without_vote = course is Course.CHANGE_WITHOUT_REFERENDUM
    return tuple(each for each in Recommends if (each in _WITHOUT_VOTE) is without_vote)


def report_faults(report: Report) -> tuple[str, ...]:
    """Return what a report still lacks, in sentences; nothing where it says all it must.

    Source: EXAM-1, EXAM-3, MOD-4, MOD-5, Town and Country Planning Act 1990 Sch 4B para 10(2), (5); Planning and
    Compulsory Purchase Act 2004 Sch A2 paras 10, 13. Unverified in part.
    """
    in_favour, open_to = report.recommends not in _AGAINST, recommendations_open_to(report.course)
    polled = report.course is not Course.CHANGE_WITHOUT_REFERENDUM
    wrong = f"On this course a report may recommend: {', '.join(RECOMMENDS_WORDS[each] for each in open_to)}."
    checks = (
        (report.recommends not in open_to, wrong),
        (
            polled and in_favour and report.extends_area is None,
            "A report in favour must say whether the referendum area should reach beyond the neighbourhood area.",
        ),
        (
            bool(report.extends_area) and not report.area_advice.strip(),
            "Say to where the examiner would extend the referendum area.",
        ),
        (
            not polled and not report.nature_unchanged,
            "The examiner must first find that the changes leave the nature of the plan as it is.",
        ),
    )
    return tuple(text for fails, text in checks if fails)


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One recommended or own change, and what was decided on it; the answer is None while nothing is."""

    number: int
    ground: Ground | None
    is_own: bool
    answer: Answer | None
    reason: str


def decision_faults(recommends: Recommends, points: Iterable[Point]) -> tuple[str, ...]:
    """Return what is still to be decided before the authority can decide on the report.

    Every recommendation has a decision and a reason; every change, the authority's own too, has a lawful ground.
    Source: EXAM-2, EXAM-5, EXAM-6, STEP-12, Neighbourhood Planning (General) Regulations 2012 reg 18(1).
    """
    points = tuple(points)
    faults = [
        *(f"Recommendation {each.number} has no decision yet." for each in points if each.answer is None),
        *(
            f"Give the reason for the decision on recommendation {each.number}."
            for each in points
            if each.answer is not None and not each.reason.strip()
        ),
        *(f"Change {each.number} has no ground that the law allows." for each in points if each.ground is None),
    ]
    if recommends in _WITH_CHANGES and not any(not each.is_own for each in points):
        faults.append("The report recommends changes, and none of them has been entered.")
    return tuple(faults)


def departs_on_facts(recommends: Recommends, points: Iterable[Point], *, in_favour: bool) -> bool:
    """Say whether comments must be invited before a decision that departs from the report.

    Reading: deciding for what the report is against, or against what it is for, is a departure too.
    Source: STEP-11, Town and Country Planning Act 1990 Sch 4B para 13. Unverified.
    """
    return (recommends in _AGAINST) is in_favour or any(each.answer is Answer.DEPARTED_ON_FACTS for each in points)


def follows_report(recommends: Recommends, points: Iterable[Point]) -> bool:
    """Say whether a change may be made as its examiner reported: for it, with every recommendation accepted.

    Source: MOD-5, Planning and Compulsory Purchase Act 2004 Sch A2 paras 13, 14. Unverified in part.
    """
    return recommends not in _AGAINST and all(each.answer is Answer.ACCEPTED for each in points if not each.is_own)


class Nature(StrEnum):
    """Whether changes are so significant or substantial that they change the nature of the plan."""

    CHANGES = "changes"
    STAYS = "stays"


def course_of_change(body_view: Nature, authority_view: Nature | None) -> Course:
    """Return the course of a proposal to change a made plan, from the views on the nature of the changes.

    Args: body_view: the qualifying body's, published with the draft; authority_view: the authority's after
    submission, None before. Only the authority's view sends it to a referendum; the examiner may still find otherwise.
    Source: MOD-1, MOD-2, MOD-3, Planning and Compulsory Purchase Act 2004 Sch A2 para 7; Neighbourhood Planning
    (General) Regulations 2012 reg 14(a)(v).
    """
    settled = body_view if authority_view is None else authority_view
    return Course.CHANGE_WITH_REFERENDUM if settled is Nature.CHANGES else Course.CHANGE_WITHOUT_REFERENDUM
