"""Alterations, locations, officers' placements, imports under way, business voters."""

import sqlalchemy as sa
from alembic import op

from app.models.base import UtcDateTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema forward."""
    op.add_column("register_entry", sa.Column("street", sa.String(length=80), nullable=True))
    op.add_column("electorate_count", sa.Column("provenance", sa.JSON(), nullable=True))
    op.create_table(
        "register_alteration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("register_id", sa.Integer(), nullable=False),
        sa.Column("based_on_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["based_on_id"], ["register.id"], name=op.f("fk_register_alteration_based_on_id_register")
        ),
        sa.ForeignKeyConstraint(
            ["register_id"], ["register.id"], name=op.f("fk_register_alteration_register_id_register")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_alteration")),
        sa.UniqueConstraint("register_id", name=op.f("uq_register_alteration_register_id")),
    )
    op.create_index(op.f("ix_register_alteration_based_on_id"), "register_alteration", ["based_on_id"], unique=False)
    op.create_table(
        "elector_placement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referendum_id", sa.Integer(), nullable=False),
        sa.Column("register_id", sa.Integer(), nullable=False),
        sa.Column("polling_district", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("suffix", sa.Integer(), nullable=False),
        sa.Column("is_in_area", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=False),
        sa.Column("decided_by", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["referendum_id"], ["referendum.id"], name=op.f("fk_elector_placement_referendum_id_referendum")
        ),
        sa.ForeignKeyConstraint(
            ["register_id"], ["register.id"], name=op.f("fk_elector_placement_register_id_register")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_elector_placement")),
    )
    op.create_index(
        op.f("ix_elector_placement_referendum_id_polling_district"),
        "elector_placement",
        ["referendum_id", "polling_district"],
        unique=False,
    )
    op.create_table(
        "location_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("authority_code", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("imported_at", UtcDateTime(), nullable=False),
        sa.Column("imported_by", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_location_file")),
    )
    op.create_index(op.f("ix_location_file_authority_code"), "location_file", ["authority_code"], unique=False)
    op.create_table(
        "location_point",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("easting", sa.Double(), nullable=False),
        sa.Column("northing", sa.Double(), nullable=False),
        sa.Column("accuracy_m", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"], ["location_file.id"], name=op.f("fk_location_point_file_id_location_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_location_point")),
        sa.UniqueConstraint("file_id", "key", name=op.f("uq_location_point_file_id_key")),
    )
    op.create_index(op.f("ix_location_point_key"), "location_point", ["key"], unique=False)
    op.create_table(
        "location_address",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("uprn", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"], ["location_file.id"], name=op.f("fk_location_address_file_id_location_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_location_address")),
        sa.UniqueConstraint("file_id", "key", name=op.f("uq_location_address_file_id_key")),
    )
    op.create_table(
        "register_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("authority_code", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("as_at", sa.Date(), nullable=True),
        sa.Column("file_names", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("rows_read", sa.Integer(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("register_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("asked_by", sa.String(length=120), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.Column("outcome", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["register_id"], ["register.id"], name=op.f("fk_register_import_register_id_register")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_import")),
    )
    op.create_index(op.f("ix_register_import_authority_code"), "register_import", ["authority_code"], unique=False)
    op.create_table(
        "ratepayer_list",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referendum_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("unreadable", sa.JSON(), nullable=False),
        sa.Column("imported_at", UtcDateTime(), nullable=False),
        sa.Column("imported_by", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["referendum_id"], ["referendum.id"], name=op.f("fk_ratepayer_list_referendum_id_referendum")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ratepayer_list")),
        sa.UniqueConstraint("referendum_id", "version", name=op.f("uq_ratepayer_list_referendum_id_version")),
    )
    op.create_table(
        "ratepayer_liability",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(length=60), nullable=False),
        sa.Column("name_key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("is_body", sa.Boolean(), nullable=False),
        sa.Column("company_number", sa.String(length=12), nullable=True),
        sa.Column("premises", sa.String(length=300), nullable=False),
        sa.Column("state_on", sa.Date(), nullable=False),
        sa.Column("easting", sa.Double(), nullable=True),
        sa.Column("northing", sa.Double(), nullable=True),
        sa.Column("location_source", sa.String(length=20), nullable=True),
        sa.Column("accuracy_m", sa.Double(), nullable=True),
        sa.Column("placed", sa.String(length=12), nullable=False),
        sa.Column("decided", sa.String(length=12), nullable=True),
        sa.Column("decided_because", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["list_id"], ["ratepayer_list.id"], name=op.f("fk_ratepayer_liability_list_id_ratepayer_list")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ratepayer_liability")),
        sa.UniqueConstraint("list_id", "position", name=op.f("uq_ratepayer_liability_list_id_position")),
    )
    op.create_table(
        "business_registration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referendum_id", sa.Integer(), nullable=False),
        sa.Column("holder", sa.String(length=60), nullable=False),
        sa.Column("voter", sa.String(length=60), nullable=False),
        sa.Column("attains_on", sa.Date(), nullable=True),
        sa.Column("is_qualifying_citizen", sa.Boolean(), nullable=False),
        sa.Column("polling_place", sa.String(length=200), nullable=True),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(length=120), nullable=False),
        sa.Column("struck_because", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["referendum_id"], ["referendum.id"], name=op.f("fk_business_registration_referendum_id_referendum")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_business_registration")),
    )
    op.create_index(
        op.f("ix_business_registration_referendum_id"), "business_registration", ["referendum_id"], unique=False
    )
    op.create_table(
        "business_count",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referendum_id", sa.Integer(), nullable=False),
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("snapshot", sa.String(length=12), nullable=False),
        sa.Column("counted_at", UtcDateTime(), nullable=False),
        sa.Column("holders", sa.Integer(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["list_id"], ["ratepayer_list.id"], name=op.f("fk_business_count_list_id_ratepayer_list")
        ),
        sa.ForeignKeyConstraint(
            ["referendum_id"], ["referendum.id"], name=op.f("fk_business_count_referendum_id_referendum")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_business_count")),
        sa.UniqueConstraint("referendum_id", "snapshot", name=op.f("uq_business_count_referendum_id_snapshot")),
    )
    # ### end Alembic commands ###
