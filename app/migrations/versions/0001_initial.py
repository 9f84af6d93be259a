"""The whole chain: boundaries, areas, plans, electorates, referendums, the development plan, the audit record."""

import sqlalchemy as sa
from alembic import op

from app.models.base import BngGeometry, UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


NEVER = "the audit record is append-only"

APPEND_ONLY = {
    "sqlite": tuple(
        f"CREATE TRIGGER audit_event_no_{act} BEFORE {act.upper()} ON audit_event "
        f"BEGIN SELECT RAISE(ABORT, '{NEVER}'); END"
        for act in ("update", "delete")
    ),
    "postgresql": (
        (
            "CREATE FUNCTION audit_event_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{NEVER}'; END $$"
        ),
        (
            "CREATE TRIGGER audit_event_no_change BEFORE UPDATE OR DELETE ON audit_event "
            "FOR EACH ROW EXECUTE FUNCTION audit_event_refuse()"
        ),
        (
            "CREATE TRIGGER audit_event_no_truncate BEFORE TRUNCATE ON audit_event "
            "FOR EACH STATEMENT EXECUTE FUNCTION audit_event_refuse()"
        ),
    ),
}


def upgrade() -> None:
    """Bring the schema forward."""
    op.create_table(
        "audit_event",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("actor", sa.String(length=120), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("after", sa.JSON(), nullable=True),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit_event")),
        sa.UniqueConstraint("hash", name=op.f("uq_audit_event_hash")),
    )
    with op.batch_alter_table("audit_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_event_kind"), ["kind"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_event_subject"), ["subject"], unique=False)

    op.create_geospatial_table(
        "boundary",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("authority_code", sa.String(length=80), nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("has_council", sa.Boolean(), nullable=True),
        sa.Column("is_relevant_council", sa.Boolean(), nullable=True),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("imported_at", UtcDateTime(), nullable=False),
        sa.Column("geometry", BngGeometry(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_boundary")),
        sa.UniqueConstraint(
            "kind", "authority_code", "code", "valid_from", name=op.f("uq_boundary_kind_authority_code_code_valid_from")
        ),
    )
    with op.batch_alter_table("boundary", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_boundary_kind"), ["kind"], unique=False)

    op.create_table(
        "neighbourhood_area",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=9), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("designated_on", sa.Date(), nullable=True),
        sa.Column("is_business_area", sa.Boolean(), nullable=False),
        sa.Column("external_reference", sa.String(length=120), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_neighbourhood_area")),
        sa.UniqueConstraint("external_reference", name=op.f("uq_neighbourhood_area_external_reference")),
        sa.UniqueConstraint("reference", name=op.f("uq_neighbourhood_area_reference")),
    )
    op.create_table(
        "reference_counter",
        sa.Column("prefix", sa.String(length=2), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("prefix", name=op.f("pk_reference_counter")),
    )
    op.create_table(
        "register",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("authority_code", sa.String(length=80), nullable=False),
        sa.Column("layout", sa.String(length=40), nullable=False),
        sa.Column("as_at", sa.Date(), nullable=False),
        sa.Column("imported_at", UtcDateTime(), nullable=False),
        sa.Column("has_person_ids", sa.Boolean(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register")),
    )
    with op.batch_alter_table("register", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_register_authority_code"), ["authority_code"], unique=False)

    op.create_geospatial_table(
        "area_application",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("applicant_kind", sa.String(length=20), nullable=False),
        sa.Column("applicant_name", sa.String(length=200), nullable=False),
        sa.Column("applicant_parish_code", sa.String(length=80), nullable=True),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("publicised_on", sa.Date(), nullable=True),
        sa.Column("closes_on", sa.Date(), nullable=True),
        sa.Column("route", sa.String(length=20), nullable=False),
        sa.Column("clock_weeks", sa.Integer(), nullable=True),
        sa.Column("verdict", sa.JSON(), nullable=False),
        sa.Column("geometry", BngGeometry(), nullable=False),
        sa.ForeignKeyConstraint(
            ["area_id"], ["neighbourhood_area.id"], name=op.f("fk_area_application_area_id_neighbourhood_area")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area_application")),
    )
    with op.batch_alter_table("area_application", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_area_application_area_id"), ["area_id"], unique=False)

    op.create_geospatial_table(
        "area_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("geometry", BngGeometry(), nullable=False),
        sa.ForeignKeyConstraint(
            ["area_id"], ["neighbourhood_area.id"], name=op.f("fk_area_version_area_id_neighbourhood_area")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area_version")),
    )
    with op.batch_alter_table("area_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_area_version_area_id"), ["area_id"], unique=False)

    op.create_table(
        "plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=9), nullable=False),
        sa.Column("instrument", sa.String(length=10), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("qualifying_body", sa.String(length=200), nullable=False),
        sa.Column("period_start", sa.Integer(), nullable=True),
        sa.Column("period_end", sa.Integer(), nullable=True),
        sa.Column("stage", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["area_id"], ["neighbourhood_area.id"], name=op.f("fk_plan_area_id_neighbourhood_area")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
        sa.UniqueConstraint("reference", name=op.f("uq_plan_reference")),
    )
    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_area_id"), ["area_id"], unique=False)

    op.create_table(
        "register_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("register_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("polling_district", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("suffix", sa.Integer(), nullable=False),
        sa.Column("markers", sa.String(length=20), nullable=False),
        sa.Column("attains_on", sa.Date(), nullable=True),
        sa.Column("person_key", sa.LargeBinary(length=16), nullable=True),
        sa.Column("address_key", sa.LargeBinary(length=16), nullable=True),
        sa.Column("easting", sa.Double(), nullable=True),
        sa.Column("northing", sa.Double(), nullable=True),
        sa.Column("location_source", sa.String(length=20), nullable=True),
        sa.Column("accuracy_m", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(["register_id"], ["register.id"], name=op.f("fk_register_entry_register_id_register")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_entry")),
    )
    with op.batch_alter_table("register_entry", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_register_entry_register_id_polling_district"),
            ["register_id", "polling_district"],
            unique=False,
        )

    op.create_table(
        "area_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("authority_code", sa.String(length=80), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("is_business_area", sa.Boolean(), nullable=False),
        sa.Column("business_area_reasons", sa.Text(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["area_application.id"], name=op.f("fk_area_decision_application_id_area_application")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area_decision")),
        sa.UniqueConstraint(
            "application_id", "authority_code", name=op.f("uq_area_decision_application_id_authority_code")
        ),
    )
    op.create_geospatial_table(
        "development_plan_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("authority_code", sa.String(length=80), nullable=False),
        sa.Column("basis", sa.String(length=20), nullable=False),
        sa.Column("part_from", sa.Date(), nullable=False),
        sa.Column("part_until", sa.Date(), nullable=True),
        sa.Column("made_on", sa.Date(), nullable=True),
        sa.Column("ended_reason", sa.Text(), nullable=True),
        sa.Column("geometry", BngGeometry(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_development_plan_entry_plan_id_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_development_plan_entry")),
    )
    with op.batch_alter_table("development_plan_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_development_plan_entry_authority_code"), ["authority_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_development_plan_entry_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "plan_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("from_stage", sa.String(length=40), nullable=True),
        sa.Column("to_stage", sa.String(length=40), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=True),
        sa.Column("rule", sa.String(length=20), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_step_plan_id_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_step")),
    )
    with op.batch_alter_table("plan_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_step_plan_id"), ["plan_id"], unique=False)

    op.create_geospatial_table(
        "referendum",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=9), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("decision_on", sa.Date(), nullable=False),
        sa.Column("poll_date", sa.Date(), nullable=False),
        sa.Column("has_business_poll", sa.Boolean(), nullable=False),
        sa.Column("is_cross_boundary", sa.Boolean(), nullable=False),
        sa.Column("authority", sa.String(length=200), nullable=False),
        sa.Column("council", sa.String(length=200), nullable=False),
        sa.Column("question", sa.String(length=500), nullable=False),
        sa.Column("election_group_id", sa.String(length=120), nullable=False),
        sa.Column("timetable", sa.JSON(), nullable=False),
        sa.Column("geometry", BngGeometry(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_referendum_plan_id_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referendum")),
        sa.UniqueConstraint("reference", name=op.f("uq_referendum_reference")),
    )
    with op.batch_alter_table("referendum", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_referendum_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "ballot_paper_account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referendum_id", sa.Integer(), nullable=False),
        sa.Column("poll", sa.String(length=20), nullable=False),
        sa.Column("council", sa.String(length=200), nullable=False),
        sa.Column("station", sa.String(length=200), nullable=False),
        sa.Column("supplied", sa.Integer(), nullable=False),
        sa.Column("issued", sa.Integer(), nullable=False),
        sa.Column("spoilt", sa.Integer(), nullable=False),
        sa.Column("unused", sa.Integer(), nullable=False),
        sa.Column("tendered", sa.Integer(), nullable=False),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["referendum_id"], ["referendum.id"], name=op.f("fk_ballot_paper_account_referendum_id_referendum")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot_paper_account")),
        sa.UniqueConstraint(
            "referendum_id",
            "poll",
            "council",
            "station",
            name=op.f("uq_ballot_paper_account_referendum_id_poll_council_station"),
        ),
    )
    op.create_table(
        "count_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referendum_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("count", sa.JSON(), nullable=False),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["referendum_id"], ["referendum.id"], name=op.f("fk_count_round_referendum_id_referendum")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_count_round")),
        sa.UniqueConstraint("referendum_id", "number", name=op.f("uq_count_round_referendum_id_number")),
    )
    op.create_table(
        "declaration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referendum_id", sa.Integer(), nullable=False),
        sa.Column("round_number", sa.Integer(), nullable=False),
        sa.Column("declared_at", UtcDateTime(), nullable=False),
        sa.Column("declared_by", sa.String(length=120), nullable=False),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["referendum_id"], ["referendum.id"], name=op.f("fk_declaration_referendum_id_referendum")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_declaration")),
        sa.UniqueConstraint("referendum_id", name=op.f("uq_declaration_referendum_id")),
    )
    op.create_table(
        "electorate_count",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referendum_id", sa.Integer(), nullable=False),
        sa.Column("register_id", sa.Integer(), nullable=False),
        sa.Column("snapshot", sa.String(length=12), nullable=False),
        sa.Column("counted_at", UtcDateTime(), nullable=False),
        sa.Column("entries_in_area", sa.Integer(), nullable=False),
        sa.Column("entitled", sa.Integer(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["referendum_id"], ["referendum.id"], name=op.f("fk_electorate_count_referendum_id_referendum")
        ),
        sa.ForeignKeyConstraint(
            ["register_id"], ["register.id"], name=op.f("fk_electorate_count_register_id_register")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_electorate_count")),
        sa.UniqueConstraint("referendum_id", "snapshot", name=op.f("uq_electorate_count_referendum_id_snapshot")),
    )
    for statement in APPEND_ONLY[op.get_bind().dialect.name]:
        op.execute(statement)
