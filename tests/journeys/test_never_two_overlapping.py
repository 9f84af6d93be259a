"""Eight officers at once, 2,000 random operations: no two areas that stand together ever overlap.

The history is replayed from the record alone, and what overlaps is judged by shrinking, not by our own widths.
"""

import importlib.util
from datetime import date
from pathlib import Path

import pytest
import shapely
from sqlalchemy import select

from app.audit import verify
from app.db import reading, writing
from app.models import AreaVersion

pytestmark = pytest.mark.database

OPERATIONS = 2_000


@pytest.fixture(scope="module")
def officers():
    """The module of officers at work, which the benchmark of 100,000 operations uses too."""
    path = Path(__file__).parent.parent / "bench" / "officers.py"
    spec = importlib.util.spec_from_file_location("officers_at_work", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.rule("AREA-15", "AREA-16", "AREA-22")
def test_never_two_overlapping_whatever_eight_officers_do_at_once(engine, officers):
    officers.lay_out(engine)
    outcomes = officers.at_work(engine, OPERATIONS)
    assert sum(outcomes.values()) == OPERATIONS
    # Nothing is proved where officers never stood in each other's way, or never got anything done.
    for kind in officers.KINDS:
        assert outcomes[kind, "done"] > 10, kind
    assert outcomes["designate", "refused"] > OPERATIONS // 20
    found, standing = officers.overlaps_in_history(engine)
    assert found == []
    assert officers.overlaps_in_tables(engine) == []
    assert {reference: shapely.to_wkb(line) for reference, line in standing.items()} == officers.current_lines(engine)
    assert officers.faults(engine) == []
    with reading(engine) as session:
        assert verify(session).faults == ()


def test_the_judge_sees_an_overlap_that_is_there(engine, officers):
    officers.lay_out(engine)
    officers.at_work(engine, 80)
    assert officers.overlaps_in_tables(engine) == []
    with writing(engine) as session:
        one = session.scalars(select(AreaVersion).where(AreaVersion.valid_until.is_(None)).limit(1)).one()
        other = session.scalars(select(AreaVersion).where(AreaVersion.area_id != one.area_id).limit(1)).one()
        moved = shapely.affinity.translate(one.geometry, 5.0)
        session.add(AreaVersion(area_id=other.area_id, valid_from=date(2026, 4, 29), reason="by hand", geometry=moved))
    assert len(officers.overlaps_in_tables(engine)) >= 1
    assert officers.faults(engine) != []
