"""Telling the reference system of coordinates from evidence: declared, their size, and whether they fall in England."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.crs import Coordinates
from geo.england import is_in_england
from geo.errors import Missing, UnknownFrameError
from geo.findings import Finding, Severity
from geo.systems import ACCEPTED, BNG, WGS84, identify, onward, title

SAMPLE_POINTS = 2_000
LEAST_SHARE_IN_ENGLAND = 0.5

_GUESSES = (BNG, WGS84, "EPSG:3857", "EPSG:25830", "EPSG:25831")


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The reference system that coordinates are in.

    Attributes:
        crs: one of the accepted systems ("EPSG:27700").
        flipped: True when the coordinates are written with the two axes exchanged.
        evidence: one sentence saying how this was told.
        findings: what an officer should know about it.
    """

    crs: str
    flipped: bool
    evidence: str
    findings: tuple[Finding, ...] = ()


@np.errstate(all="ignore")
def frame_of(
    points: Coordinates,
    declared: str | None,
    *,
    declared_by: str = "The file declares",
    is_binding: bool = False,
) -> Frame:
    """Tell the reference system of coordinates.

    Args:
        points: array of shape (n, 2), in the order the file gives them; points that are not finite are left aside.
        declared: the system that is declared, in any notation, or None.
        declared_by: how it is declared, to begin the evidence.
        is_binding: True when a person named it for these coordinates, so that evidence against it is refused and not
            followed.

    Raises:
        UnknownFrameError: a system that is not accepted is declared, or nothing fits, or several fit, or what a person
            named cannot be.
    """
    sample = _sample(points)
    if declared is None and len(sample) == 0:
        evidence = "There are no coordinates to tell a reference system by; British grid metres are taken."
        return Frame(crs=BNG, flipped=False, evidence=evidence)
    if declared is None:
        return _told_by_size(sample)
    crs = identify(declared)
    says = f"{declared_by} {title(crs)}"
    if _is_english(sample, crs):
        return Frame(crs=crs, flipped=False, evidence=f"{says}, and the coordinates lie in England.")
    if _is_english(_exchanged(sample), crs):
        return _flipped(crs, f"{says}, and the coordinates lie in England once the two axes are exchanged.")
    others = [frame for frame in _fitting(sample) if frame[0] != crs]
    if len(others) == 1 and is_binding:
        raise UnknownFrameError(
            f"{says}, but the coordinates lie in England only as {title(others[0][0])}: name that one instead.",
        )
    if len(others) == 1:
        return _contradicted(others[0], says)
    return Frame(crs=crs, flipped=False, evidence=f"{says}; the coordinates do not lie in England.")


def to_bng(frame: Frame) -> Callable[[Coordinates], Coordinates]:
    """Return the function that takes coordinates of the frame, shape (n, 2), to EPSG:27700 metres.

    Between degrees and the British grid it is OSTN15 alone. NaN where a point lies outside its extent.
    """
    ahead = onward(frame.crs)
    if not frame.flipped:
        return ahead
    return lambda points: ahead(_exchanged(points))


@np.errstate(all="ignore")
def bng_geometries(
    geometries: NDArray[np.object_],
    frame: Frame,
) -> tuple[NDArray[np.object_], NDArray[np.bool_]]:
    """Take geometries of a frame to EPSG:27700 metres, all coordinates at once.

    Args:
        geometries: array of two-dimensional geometries, none of them None; points that are not finite stay as they are.
        frame: what they are in.

    Returns:
        The geometries, and for each whether a point of it has no place on the British grid (then it is of no use).
    """
    lost = np.zeros(len(geometries), dtype=bool)
    if frame.crs == BNG and not frame.flipped:
        return geometries, lost
    points, rows = shapely.get_coordinates(geometries, return_index=True)
    is_finite = np.isfinite(points).all(axis=1)
    moved = points.copy()
    moved[is_finite] = to_bng(frame)(np.ascontiguousarray(points[is_finite]))
    is_lost = is_finite & ~np.isfinite(moved).all(axis=1)
    moved[is_lost] = 0.0
    lost[rows[is_lost]] = True
    return np.asarray(shapely.set_coordinates(geometries.copy(), moved), dtype=object), lost


def _told_by_size(sample: Coordinates) -> Frame:
    fitting = _fitting(sample)
    if len(fitting) == 1:
        ((crs, flipped),) = fitting
        evidence = f"No reference system is declared; the coordinates have the size of {title(crs)} and lie in England"
        return (
            _flipped(crs, f"{evidence} once the two axes are exchanged.")
            if flipped
            else Frame(crs=crs, flipped=False, evidence=f"{evidence}.")
        )
    if len(fitting) > 1:
        raise UnknownFrameError(
            "No reference system is declared and the coordinates would fit "
            f"{' or '.join(title(crs) for crs, _ in fitting)}: say which it is.",
            missing=Missing.REFERENCE_SYSTEM,
        )
    raise UnknownFrameError(
        "No reference system is declared and the coordinates lie in England by none that is accepted: "
        f"say which it is, or save the boundary in {ACCEPTED}.",
        missing=Missing.REFERENCE_SYSTEM,
    )


def _fitting(sample: Coordinates) -> list[tuple[str, bool]]:
    """Return the systems by which the sample lies in England; a flipped one only where the same unflipped does not."""
    fitting = []
    for crs in _GUESSES:
        if _is_english(sample, crs):
            fitting.append((crs, False))
        elif _is_english(_exchanged(sample), crs):
            fitting.append((crs, True))
    as_given = [each for each in fitting if not each[1]]
    return as_given or fitting


def _is_english(sample: Coordinates, crs: str) -> bool:
    if len(sample) == 0:
        return False
    return float(np.mean(is_in_england(onward(crs)(sample)))) >= LEAST_SHARE_IN_ENGLAND


def _flipped(crs: str, evidence: str) -> Frame:
    finding = Finding(
        code="axes-exchanged",
        severity=Severity.WARNING,
        message="The file gives its coordinates with the two axes exchanged; they were read the right way round: "
        "check that the area is where it should be.",
    )
    return Frame(crs=crs, flipped=True, evidence=evidence, findings=(finding,))


def _contradicted(fitting: tuple[str, bool], says: str) -> Frame:
    crs, flipped = fitting
    exchanged = " once the two axes are exchanged" if flipped else ""
    evidence = f"{says}, but the coordinates have the size of {title(crs)} and lie in England only as such{exchanged}."
    frame = _flipped(crs, evidence) if flipped else Frame(crs=crs, flipped=False, evidence=evidence)
    finding = Finding(
        code="reference-system-contradicted",
        severity=Severity.WARNING,
        message=f"{evidence} Check that the area is where it should be.",
    )
    return Frame(crs=crs, flipped=flipped, evidence=evidence, findings=(finding, *frame.findings))


def _sample(points: Coordinates) -> Coordinates:
    finite = points[np.isfinite(points).all(axis=1)]
    step = max(1, len(finite) // SAMPLE_POINTS)
    return np.ascontiguousarray(finite[::step])


def _exchanged(points: Coordinates) -> Coordinates:
    return np.ascontiguousarray(points[:, ::-1])
