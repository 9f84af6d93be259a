"""A backup of everything the service keeps, in one file that either kind of database can be restored from.

The file is a zip: `manifest.json` (schema revision, and the SHA-256 and number of rows of every member),
`tables/NAME.jsonl` (one row a line) and `documents/SHA256`. Keys are not in it: they lie in the data folder.
"""

import base64
import hashlib
import json
import os
import zipfile
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

import shapely
from alembic.runtime.migration import MigrationContext
from shapely.geometry.base import BaseGeometry
from sqlalchemy import JSON, Row, Table, Text, bindparam, cast, func, insert, select, text

from app.db import ReadSession, WriteSession
from app.document_store import DocumentStore
from app.errors import ConflictError, InvalidRequestError
from app.models import Base

SCHEMA = "folkmoot.backup/1"
_MANIFEST, _BATCH = "manifest.json", 500
_JSON_NULL = {"json": None}


def write_backup(session: ReadSession, store: DocumentStore, path: Path) -> Mapping[str, int]:
    """Write everything to one new file, as it stands at one moment; return the number of rows by table.

    The file has its name only once it is whole.

    Raises:
        ConflictError: there is a file of that name.
        InvalidRequestError: it cannot be written there; nothing of it is left behind.
    """
    if path.exists():
        raise ConflictError(f"{path} exists already: name a new file, so that no backup is lost.")
    part = path.with_name(f"{path.name}.part")
    try:
        rows = _write_archive(session, store, part)
        part.rename(path)
    except OSError as problem:
        part.unlink(missing_ok=True)
        raise InvalidRequestError(
            f"The backup cannot be written to {path} ({problem.strerror}): name a file in a folder that has room."
        ) from problem
    return rows


def _write_archive(session: ReadSession, store: DocumentStore, part: Path) -> dict[str, int]:
    rows: dict[str, int] = {}
    members: dict[str, str] = {}
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in Base.metadata.sorted_tables:
            name = f"tables/{table.name}.jsonl"
            members[name], rows[table.name] = _write_table(session, table, archive, name)
        for sha256 in store.contents():
            archive.writestr(f"documents/{sha256}", store.get(sha256))
            members[f"documents/{sha256}"] = sha256
        manifest = {"schema": SCHEMA, "revision": _revision(session), "rows": rows, "sha256": members}
        archive.writestr(_MANIFEST, json.dumps(manifest, indent=1, sort_keys=True))
    with part.open("rb") as written:
        os.fsync(written.fileno())
    return rows


def restore_backup(session: WriteSession, store: DocumentStore, path: Path) -> Mapping[str, int]:
    """Fill an empty database from a backup, all of it or nothing; return the number of rows by table.

    Raises:
        InvalidRequestError: the file is no backup, is damaged, or is of another schema.
        ConflictError: the database is not empty.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = _manifest_of(session, archive, path)
            _refuse_filled(session)
            for name, sha256 in manifest["sha256"].items():
                _refuse_damaged(archive, name, sha256, path)
            for name in manifest["sha256"]:
                if name.startswith("documents/"):
                    store.put(archive.read(name))
            for table in Base.metadata.sorted_tables:
                _restore_table(session, table, archive)
    except (OSError, zipfile.BadZipFile, KeyError, json.JSONDecodeError) as problem:
        raise InvalidRequestError(f"{path} is not a whole backup of this service: choose another file.") from problem
    rows: Mapping[str, int] = manifest["rows"]
    return rows


def _revision(session: ReadSession | WriteSession) -> str:
    return ",".join(MigrationContext.configure(session.connection()).get_current_heads())


def _write_table(session: ReadSession, table: Table, archive: zipfile.ZipFile, name: str) -> tuple[str, int]:
    digest, count = hashlib.sha256(), 0
    nulls = [cast(column, Text).label(f"{column.name}__text") for column in table.c if isinstance(column.type, JSON)]
    statement = select(*table.c, *nulls).order_by(*table.primary_key).execution_options(yield_per=_BATCH)
    with archive.open(name, "w", force_zip64=True) as member:
        for row in session.execute(statement):
            line = (json.dumps(_row_document(table, row), ensure_ascii=False) + "\n").encode()
            digest.update(line)
            member.write(line)
            count += 1
    return digest.hexdigest(), count


def _row_document(table: Table, row: Row[Any]) -> dict[str, object]:
    values = row._mapping  # noqa: SLF001 - SQLAlchemy's public name for a row's columns
    document: dict[str, object] = {}
    for column in table.c:
        value = values[column]
        if isinstance(column.type, JSON):
            # A JSON null and no value at all read alike, but are told apart by queries.
            is_null = value is None and values[f"{column.name}__text"] is not None
            document[column.name] = _JSON_NULL if is_null else None if value is None else {"json": value}
        else:
            document[column.name] = _written(value)
    return document


def _written(value: object) -> object:
    """Return a stored value as JSON that `_read` turns back into it, to the last digit."""
    if isinstance(value, BaseGeometry):
        return {"wkb": base64.b64encode(shapely.to_wkb(value, include_srid=False)).decode()}
    if isinstance(value, bytes | memoryview):
        return {"bytes": base64.b64encode(bytes(value)).decode()}
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, time):
        return {"time": value.isoformat()}
    return {"decimal": str(value)} if isinstance(value, Decimal) else value


_READERS: Mapping[str, Callable[[Any], object]] = {
    "wkb": lambda held: shapely.from_wkb(base64.b64decode(held)),
    "bytes": base64.b64decode,
    "moment": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "decimal": Decimal,
    "json": lambda held: JSON.NULL if held is None else held,
}


def _read(value: Any) -> object:  # noqa: ANN401 - any JSON value
    if not isinstance(value, dict):
        return value
    ((kind, held),) = value.items()
    return _READERS[kind](held)


def _manifest_of(session: WriteSession, archive: zipfile.ZipFile, path: Path) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads(archive.read(_MANIFEST))
    if manifest["schema"] != SCHEMA:
        raise InvalidRequestError(f"{path} is a backup of the kind {manifest['schema']}, not {SCHEMA}.")
    if manifest["revision"] != _revision(session):
        raise InvalidRequestError(
            f"{path} is of schema {manifest['revision']} and the database of {_revision(session)}: restore it with "
            "the version of this service that wrote it, then migrate."
        )
    return manifest


def _refuse_filled(session: WriteSession) -> None:
    for table in Base.metadata.sorted_tables:
        if session.execute(select(func.count()).select_from(table)).scalar_one():
            raise ConflictError(
                f"The database is not empty ({table.name} has rows), and a backup is only restored into an empty one: "
                "make a new database and run folkmoot migrate."
            )


def _refuse_damaged(archive: zipfile.ZipFile, name: str, sha256: str, path: Path) -> None:
    with archive.open(name) as member:
        if hashlib.file_digest(member, "sha256").hexdigest() != sha256:  # type: ignore[arg-type] # a zip's own reader
            raise InvalidRequestError(f"{path} is damaged ({name} is not as it was written): use another backup.")


def _rows_of(archive: zipfile.ZipFile, table: Table) -> Iterator[dict[str, object]]:
    with archive.open(f"tables/{table.name}.jsonl") as member:
        for line in member:
            yield {name: _read(value) for name, value in json.loads(line).items()}


def _restore_table(session: WriteSession, table: Table, archive: zipfile.ZipFile) -> None:
    kinds = {each.name: JSON(none_as_null=True) if isinstance(each.type, JSON) else each.type for each in table.c}
    statement = insert(table).values({name: bindparam(name, type_=kind) for name, kind in kinds.items()})
    rows = _rows_of(archive, table)
    while several := list(islice(rows, _BATCH)):
        session.connection().execute(statement, several)
    if session.get_bind().dialect.name == "postgresql" and "id" in table.c:
        session.execute(
            text(
                f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), max(id)) FROM {table.name} "
                "HAVING max(id) IS NOT NULL AND pg_get_serial_sequence(:name, 'id') IS NOT NULL"
            ),
            {"name": table.name},
        )
