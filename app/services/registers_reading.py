"""Read a register's files into columns and keyed hashes, before any transaction begins; names are never read."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from geo.locations import Locations, read_addresses, read_locations
from geo.registers import FileInfo, Register, UnreadableRow
from geo.registers.addresses import address_key, person_key, street_to_keep
from geo.registers.entry import EntryBatch
from geo.roll import Roll, RollBuilder


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterFiles:
    """One register as it comes from a council's system, with the points that locate its entries.

    Attributes:
        authority_code: the council whose register it is.
        as_at: the date the register speaks of.
        registers: its files.
        locations: UPRN points, postcode points and property exports; empty to use those stored for the council.
        address_secret: the key under which addresses are hashed.
    """

    authority_code: str
    as_at: date
    registers: tuple[Path, ...]
    locations: tuple[Path, ...]
    address_secret: bytes


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of each entry beside the columns of the roll, in the order of the register."""

    address: list[bytes | None] = field(default_factory=list)
    person: list[bytes | None] = field(default_factory=list)
    street: list[str | None] = field(default_factory=list)

    def add(self, batch: EntryBatch, secret: bytes) -> None:
        """Hash what may not be kept as it is; the addresses themselves end with the batch."""
        pairs = list(zip(batch.address.tolist(), batch.postcode.tolist(), strict=True))
        hashes = {
            (at, postcode): address_key(batch.addresses[at], postcode.decode() or None, key=secret)
            for at, postcode in set(pairs)
        }
        streets = [street_to_keep(address) for address in batch.addresses]
        self.address.extend(hashes[pair] for pair in pairs)
        self.street.extend(streets[at] for at, _ in pairs)
        persons = batch.person_ids or ("",) * len(batch)
        self.person.extend(person_key(each, key=secret) if each else None for each in persons)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRegister:
    """A register read: its entries located, what is kept beside them, its files and what could not be read."""

    roll: Roll
    kept: Kept
    layout: str
    has_person_ids: bool
    files: tuple[FileInfo, ...]
    unreadable: tuple[UnreadableRow, ...]


def read_register(
    opened: Register,
    *,
    locations: tuple[Path, ...],
    stored: Locations,
    secret: bytes,
    progress: Callable[[int], None] | None = None,
) -> ReadRegister:
    """Read a register's files, streaming; the points come from the location files given, or from those stored.

    Raises:
        GeoError: a file is not what it should be.
    """
    book = Locations(addresses=read_addresses(locations)) if locations else stored
    builder = RollBuilder(addresses=book, has_person_ids=opened.has_person_ids)
    kept = Kept()
    for batch in opened.batches(progress=progress):
        builder.add(batch)
        kept.add(batch, secret)
    if locations:
        uprns, postcodes = builder.wanted()
        book = read_locations(locations, uprns=uprns, postcodes=postcodes)
    return ReadRegister(
        roll=builder.build(book),
        kept=kept,
        layout=opened.layout,
        has_person_ids=opened.has_person_ids,
        files=opened.files,
        unreadable=opened.unreadable,
    )
