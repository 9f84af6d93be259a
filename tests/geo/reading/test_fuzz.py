"""Damaged files of every format: one sentence of ours, or a layer, never anything else."""

import os
import random
import re

import pytest

from geo.errors import GeoError
from geo.reading import Layer, read_layer, read_wkt_rows
from geo.repair import repair
from geo.validity import problems_of

FORMATS = ("gpkg", "fgb", "geojson", "kml", "gml", "csv", "parquet", "shp", "zip")
INPUTS_PER_FORMAT = int(os.environ.get("FOLKMOOT_FUZZ_INPUTS", "560"))  # 9 x 560 = 5,040
TOKENS = (b"NaN", b"1e999", b"", b"-", b"abc", b"0", b"99999999999999999999", b"EMPTY", b"null", b"()", b"[]", b"\xff")
NUMBER = re.compile(rb"-?\d+(\.\d+)?")


def cut_short(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content))]


def noise_after_the_start(content: bytes, chance: random.Random) -> bytes:
    return content[:16] + chance.randbytes(chance.randrange(200))


def noise(content: bytes, chance: random.Random) -> bytes:
    return chance.randbytes(chance.randrange(200))


def stretch_lost(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(content))
    return content[:start] + content[start + chance.randrange(200) :]


def stretch_repeated(content: bytes, chance: random.Random) -> bytes:
    start, stop = sorted(chance.choices(range(len(content)), k=2))
    return content[:stop] + content[start : start + 200] + content[stop:]


def bytes_changed(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.randrange(1, 12)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def number_replaced(content: bytes, chance: random.Random) -> bytes:
    found = chance.choice(list(NUMBER.finditer(content)))
    return content[: found.start()] + chance.choice(TOKENS) + content[found.end() :]


DAMAGES = (cut_short, noise_after_the_start, noise, stretch_lost, stretch_repeated, bytes_changed, number_replaced)


def use(layer: Layer) -> None:
    """Do with a layer what a check does."""
    for feature, found in zip(layer.features, problems_of([f.geometry_bng for f in layer.features]), strict=True):
        if any(finding.severity == "error" for finding in found):
            repair(feature.geometry_bng)


@pytest.mark.parametrize("short_name", FORMATS)
def test_a_damaged_file_gets_one_sentence_or_is_read(short_name, area_files, tmp_path):
    chance = random.Random(f"folkmoot {short_name}")
    original = area_files[short_name]
    content = original.read_bytes()
    beside = [path for path in original.parent.iterdir() if path.suffix in {".dbf", ".shx", ".prj"}]
    target = tmp_path / original.name
    for path in beside if short_name == "shp" else []:
        (tmp_path / path.name).write_bytes(path.read_bytes())
    sentences = []
    for _ in range(INPUTS_PER_FORMAT):
        target.write_bytes(chance.choice(DAMAGES)(content, chance))
        try:
            use(read_wkt_rows(target) if short_name == "csv" else read_layer(target))
        except GeoError as error:
            sentences.append(str(error))
    assert all(sentence.endswith((".", ".)")) and "\n" not in sentence for sentence in sentences)
    assert INPUTS_PER_FORMAT / 4 < len(sentences) < INPUTS_PER_FORMAT
