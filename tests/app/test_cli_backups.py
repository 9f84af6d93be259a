"""The commands backup and restore: what they say, how they end, and that a refusal changes nothing."""

import json
import shutil
import zipfile
from dataclasses import dataclass

import pytest
from sqlalchemy import func, select

from app.audit import Actor, Deed, EventKind, record
from app.cli.main import main
from app.clock import Clock
from app.db import create_database_engine, reading, writing
from app.models import AuditEvent, Base


@dataclass(frozen=True)
class Done:
    """What a command printed, and how it ended."""

    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def folkmoot(monkeypatch, capsys):
    """Run the command as a person does, with a data folder of its own."""

    def run(folder, *arguments):
        monkeypatch.setenv("FOLKMOOT_DATA_FOLDER", str(folder))
        monkeypatch.setattr("sys.argv", ["folkmoot", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        return Done(int(ended.value.code or 0), printed.out, printed.err)

    return run


def at_newest_schema(template, folder):
    folder.mkdir()
    shutil.copyfile(template, folder / "folkmoot.sqlite")
    return folder


@pytest.fixture
def kept(spatialite_template, tmp_path):
    """A data folder with one event on its record."""
    folder = at_newest_schema(spatialite_template, tmp_path / "kept")
    change(folder, "NA-000900")
    return folder


@pytest.fixture
def empty(spatialite_template, tmp_path):
    """A data folder with an empty database at the newest schema."""
    return at_newest_schema(spatialite_template, tmp_path / "empty")


def engine_of(folder):
    return create_database_engine(f"sqlite:///{folder / 'folkmoot.sqlite'}")


def change(folder, subject):
    engine = engine_of(folder)
    deed = Deed(by=Actor(name="command line", role="operator"), at=Clock().now())
    with writing(engine) as session:
        record(session, deed, EventKind.AREA_APPLIED_FOR, subject, after={"name": "Alder"})
    engine.dispose()


def rows(folder):
    engine = engine_of(folder)
    with reading(engine) as session:
        found = {t.name: session.scalar(select(func.count()).select_from(t)) for t in Base.metadata.sorted_tables}
    engine.dispose()
    return {name: count for name, count in found.items() if count}


def subjects(folder):
    engine = engine_of(folder)
    with reading(engine) as session:
        found = list(session.scalars(select(AuditEvent.subject).order_by(AuditEvent.seq)))
    engine.dispose()
    return found


def refusal(done):
    """The one line on standard error of a command that was refused."""
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith("folkmoot: ")
    return line.removeprefix("folkmoot: ")


def test_a_backup_is_restored_by_two_commands_and_both_say_what_to_do_next(folkmoot, kept, empty, tmp_path):
    tables, path = len(Base.metadata.sorted_tables), tmp_path / "all.zip"
    written = folkmoot(kept, "backup", path)
    assert (written.returncode, written.stderr) == (0, "")
    assert written.stdout == (
        f"1 rows of {tables} tables are in {path}.\n"
        "Keep the keys of the data folder apart from it: they are not in the backup.\n"
    )
    restored = folkmoot(empty, "restore", path)
    assert (restored.returncode, restored.stderr) == (0, "")
    assert restored.stdout == f"1 rows of {tables} tables are restored. Now run folkmoot verify-audit.\n"
    assert subjects(empty) == ["NA-000900"]
    assert folkmoot(empty, "backup", tmp_path / "again.zip").returncode == 0


def test_a_backup_is_written_to_a_new_file_only(folkmoot, kept, tmp_path):
    path = tmp_path / "all.zip"
    path.write_text("last week's")
    assert "exists already: name a new file" in refusal(folkmoot(kept, "backup", path))
    assert path.read_text() == "last week's"
    assert list(tmp_path.glob("*.part")) == []


def test_a_folder_that_is_not_there_is_told_in_one_line(folkmoot, kept, tmp_path):
    told = refusal(folkmoot(kept, "backup", tmp_path / "nowhere" / "all.zip"))
    assert "cannot be written to" in told
    assert told.endswith("(No such file or directory): name a file in a folder that has room.")


def test_a_database_that_is_not_empty_is_left_as_it_is(folkmoot, kept, tmp_path):
    folkmoot(kept, "backup", tmp_path / "all.zip")
    change(kept, "NA-000901")
    told = refusal(folkmoot(kept, "restore", tmp_path / "all.zip"))
    assert told.startswith("The database is not empty (audit_event has rows)")
    assert told.endswith("make a new database and run folkmoot migrate.")
    assert subjects(kept) == ["NA-000900", "NA-000901"]


def cut_short(path):
    path.write_bytes(path.read_bytes()[:-100])


def with_a_row_changed(path):
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["tables/audit_event.jsonl"] = members["tables/audit_event.jsonl"].replace(b"Alder", b"Birch")
    rewrite(path, members)


def of_another_schema(path):
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["manifest.json"] = json.dumps(json.loads(members["manifest.json"]) | {"revision": "0000"}).encode()
    rewrite(path, members)


def without_a_table(path):
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    del members["tables/plan.jsonl"]
    rewrite(path, members)


def rewrite(path, members):
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)


def gone(path):
    path.unlink()


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        pytest.param(cut_short, "is not a whole backup of this service: choose another file.", id="cut short"),
        pytest.param(with_a_row_changed, "(tables/audit_event.jsonl is not as it was written)", id="a row changed"),
        pytest.param(of_another_schema, "is of schema 0000 and the database of", id="another schema"),
        pytest.param(without_a_table, "is not a whole backup of this service", id="a table missing"),
        pytest.param(gone, "is not a whole backup of this service", id="no such file"),
    ],
)
def test_a_file_that_cannot_be_trusted_restores_nothing(folkmoot, kept, empty, tmp_path, *, spoil, words):
    path = tmp_path / "all.zip"
    folkmoot(kept, "backup", path)
    spoil(path)
    assert words in refusal(folkmoot(empty, "restore", path))
    assert rows(empty) == {}


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_a_database_that_is_not_migrated_is_told_so(folkmoot, tmp_path, command):
    (tmp_path / "bare").mkdir()
    told = refusal(folkmoot(tmp_path / "bare", command, tmp_path / "all.zip"))
    assert told == "The database is not at the newest schema: run folkmoot migrate first."
