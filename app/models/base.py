"""What every table shares: names of constraints, times in UTC, geometry on the British grid, references."""

from datetime import UTC, datetime
from typing import Any, ClassVar

import shapely
from geoalchemy2 import Geometry
from shapely.geometry.base import BaseGeometry
from sqlalchemy import JSON, BindParameter, ColumnElement, DateTime, Dialect, MetaData, String, TypeDecorator, func
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from geo.crs import BNG_EPSG

Document = dict[str, Any]


class Base(DeclarativeBase):
    """The parent of every table; constraints are named by one convention on both databases."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {Document: JSON, list[str]: JSON}


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, aware and in UTC, in Python; a moment without a zone is refused (ValueError)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store in UTC; SQLite keeps no zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Return it aware."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class BngGeometry(Geometry):
    """A Shapely geometry in EPSG:27700 metres, stored and read as binary so that no digit is lost."""

    cache_ok = True

    def __init__(self, geometry_type: str = "MULTIPOLYGON", **options: Any) -> None:  # noqa: ANN401
        options.setdefault("srid", BNG_EPSG)
        super().__init__(geometry_type, **options)

    def bind_expression(self, bindvalue: BindParameter[Any]) -> ColumnElement[Any]:
        """Hand the geometry over as well-known binary."""
        return func.ST_GeomFromWKB(bindvalue, BNG_EPSG, type_=self)

    def column_expression(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        """Take the geometry back as well-known binary."""
        return func.ST_AsBinary(column, type_=self)

    def bind_processor(self, dialect: Dialect) -> Any:  # noqa: ANN401, ARG002
        """Turn a Shapely geometry into bytes."""
        return lambda value: None if value is None else shapely.to_wkb(value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:  # noqa: ANN401, ARG002
        """Turn bytes into a Shapely geometry."""
        return lambda value: None if value is None else shapely.from_wkb(bytes(value))


Reference = String(9)
"""NA-000123: two letters, a hyphen, six digits; never changed, never used again."""


class ReferenceCounter(Base):
    """The last number given out for each kind of public reference."""

    __tablename__ = "reference_counter"

    prefix: Mapped[str] = mapped_column(String(2), primary_key=True)
    last: Mapped[int]


__all__ = ["Base", "BaseGeometry", "BngGeometry", "Document", "Reference", "ReferenceCounter", "UtcDateTime"]
