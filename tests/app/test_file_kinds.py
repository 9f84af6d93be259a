"""A file is what is inside it, whatever it is called; what could carry a script is not taken."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import InvalidRequestError
from app.file_kinds import KINDS, check_file


def packed(*names, mimetype=None):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as parts:
        if mimetype:
            parts.writestr("mimetype", mimetype)
        for name in names:
            parts.writestr(name, "x")
    return content.getvalue()


WORD = packed("[Content_Types].xml", "word/document.xml")
GOOD = [
    pytest.param("plan.pdf", b"%PDF-1.7\n...", "application/pdf", id="PDF"),
    pytest.param("map.PNG", b"\x89PNG\r\n\x1a\n....", "image/png", id="PNG, ending in capitals"),
    pytest.param("map.jpeg", b"\xff\xd8\xff\xe0....", "image/jpeg", id="JPEG"),
    pytest.param("plan.docx", WORD, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", id="W"),
    pytest.param(
        "sites.xlsx",
        packed("xl/workbook.xml"),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        id="Excel",
    ),
    pytest.param(
        "plan.odt",
        packed("content.xml", mimetype="application/vnd.oasis.opendocument.text"),
        "application/vnd.oasis.opendocument.text",
        id="OpenDocument",
    ),
    pytest.param("sites.geojson", b'{"type": "FeatureCollection", "features": []}', "application/geo+json", id="map"),
    pytest.param("sites.csv", "site,homes\nGrüne Wiese,3\n".encode(), "text/csv", id="CSV"),
    pytest.param("note.txt", "Policy 1 < policy 2".encode("utf-8-sig"), "text/plain", id="text with a byte order mark"),
]
BAD = [
    pytest.param("plan.pdf", b"", "is empty", id="empty"),
    pytest.param("plan.pdf", b"%PDF-" + b"x" * 2_000_000, "1 MB is the most", id="too large"),
    pytest.param("plan.html", b"<!DOCTYPE html><p>Hello", "not of a kind", id="a web page"),
    pytest.param("plan.txt", b"  <html><script>alert(1)</script>", "not of a kind", id="a web page called text"),
    pytest.param("map.svg", b'<?xml version="1.0"?><svg onload="alert(1)"/>', "not of a kind", id="SVG"),
    pytest.param("plan.pdf", b"MZ\x90\x00\x03", "not of a kind", id="a program called PDF"),
    pytest.param("plan.pdf", WORD, "holds a Word document but is called .pdf", id="Word called PDF"),
    pytest.param("plan", b"%PDF-1.7", "something without an ending", id="no ending"),
    pytest.param("plan.docx", packed("word/document.xml", "word/vbaProject.bin"), "carries macros", id="macros"),
    pytest.param("plan.docx", b"PK\x03\x04nothing more", "broken file", id="a broken package"),
    pytest.param("all.zip", packed("plan.pdf"), "not of a kind", id="a package of anything"),
    pytest.param("sites.geojson", b'["a list"]', "not of a kind", id="JSON that is no GeoJSON"),
    pytest.param("old.txt", "caf\xe9".encode("latin-1"), "not of a kind", id="text in another encoding"),
]


@pytest.mark.parametrize(("name", "content", "media_type"), GOOD)
def test_a_file_is_told_by_its_content(name, content, media_type):
    assert check_file(name, content, largest_mb=1).media_type == media_type


@pytest.mark.parametrize(("name", "content", "words"), BAD)
def test_what_is_not_taken_is_refused_in_one_sentence(name, content, words):
    with pytest.raises(InvalidRequestError, match=words) as refused:
        check_file(name, content, largest_mb=1)
    assert str(refused.value).count(". ") == 0


@given(st.binary(min_size=1, max_size=300), st.sampled_from([end for kind in KINDS for end in kind.endings]))
def test_anything_is_either_one_of_the_kinds_or_refused(content, ending):
    try:
        kind = check_file(f"file{ending}", content, largest_mb=1)
    except InvalidRequestError:
        return
    assert ending in kind.endings
    assert "html" not in kind.media_type
