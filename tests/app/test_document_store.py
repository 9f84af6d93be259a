"""Contents lie under their own hash, in a folder or elsewhere; what changed there is noticed."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.document_store import DocumentStore, document_store
from app.errors import ServiceUnavailableError
from app.settings import Settings


@pytest.fixture(params=["folder", "memory://documents-of-tests"])
def store(request, tmp_path):
    return DocumentStore(str(tmp_path / "store") if request.param == "folder" else request.param)


def test_a_content_comes_back_from_under_its_hash(store):
    sha256 = store.put(b"The plan.")
    assert sha256 == hashlib.sha256(b"The plan.").hexdigest()
    assert store.get(sha256) == b"The plan."
    assert store.has(sha256)
    assert store.put(b"The plan.") == sha256


def test_a_content_that_is_missing_or_changed_is_told(tmp_path):
    store = DocumentStore(str(tmp_path))
    sha256 = store.put(b"The plan.")
    assert [each.name for each in tmp_path.rglob("*") if each.is_file()] == [sha256]
    (tmp_path / sha256[:2] / sha256).write_bytes(b"Another plan.")
    with pytest.raises(ServiceUnavailableError, match="no longer what was stored"):
        store.get(sha256)
    (tmp_path / sha256[:2] / sha256).unlink()
    with pytest.raises(ServiceUnavailableError, match="is missing from the document store"):
        store.get(sha256)
    assert not store.has(sha256)


@pytest.mark.parametrize("address", ["", "../../etc/passwd", "A" * 64, "a" * 63, "a" * 63 + "/"])
def test_only_a_hash_is_an_address(store, address):
    with pytest.raises(ValueError, match="is no SHA-256"):
        store.get(address)


@given(st.binary(max_size=200))
def test_every_content_comes_back_whole(content):
    store = DocumentStore("memory://documents-of-tests")
    assert store.get(store.put(content)) == content


def test_the_settings_say_where_it_lies(tmp_path):
    beside = document_store(Settings(data_folder=tmp_path))
    sha256 = beside.put(b"x")
    assert (tmp_path / "documents" / sha256[:2] / sha256).read_bytes() == b"x"
    elsewhere = document_store(Settings(data_folder=tmp_path, document_store="memory://elsewhere"))
    assert not elsewhere.has(sha256)
