"""The neighbourhood share of the levy: asked in a form, answered with its arithmetic; nothing is stored."""

import json
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from fastapi import APIRouter, Request
from fastapi.responses import Response
from shapely.geometry.base import BaseGeometry

from app.api.drawn import drawn, geojson_feature, uploaded
from app.auth import ANYONE, FROM_OUR_FORM
from app.errors import InvalidRequestError, ServiceError
from app.queries.levy import LevyAnswer, LevyQuestion, MissingDwellingsError, levy_share
from app.routing import Route
from app.state import Reading
from app.typed_places import read_place
from app.web.case_forms import SentFile, Typed, TypedIn
from app.web.fields import FieldError, errors_of, optional_day, typed_day
from app.web.form_page import Errors, form_page
from app.web.page import HOME
from geo.errors import GeoError

router = APIRouter(route_class=Route, include_in_schema=False)

_LONGEST_OUTLINE = 2_000_000
_MOST_GBP, _MOST_INDEX = Decimal(10_000_000_000), Decimal(100)
_FIGURE = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_TEXTS = ("point", "permitted_on", "amount", "dwellings", "already", "index", "received_on")


@router.get("/levy", dependencies=[ANYONE])
def levy(request: Request, point: str = "", permitted_on: str = "") -> Response:
    """Show the form; a place and a day in the address are filled in."""
    return _page(request, {"point": point[:80], "permitted_on": permitted_on[:20], "index": "1"})


@router.post("/levy", dependencies=[FROM_OUR_FORM])
def levy_answer(request: Request, session: Reading, typed: TypedIn) -> Response:
    """Work out the share, and show it above what was typed; what cannot be read comes back with what is wrong."""
    values = {name: typed.values.get(name, "") for name in (*_TEXTS, "outline")}
    values["by_order"] = "yes" if typed.is_ticked("by_order") else ""
    try:
        site, values["outline"] = _site(typed)
        answer = levy_share(session, _question(site, typed))
    except MissingDwellingsError as refusal:
        return _page(request, values, errors=[("dwellings", str(refusal))])
    except ServiceError as refusal:
        return _page(request, values, errors=errors_of(refusal, "point"))
    return _page(request, values, answer=answer)


def _page(
    request: Request, values: Mapping[str, str], *, answer: LevyAnswer | None = None, errors: Errors = ()
) -> Response:
    facts = {"values": dict.fromkeys((*_TEXTS, "outline", "by_order"), "") | dict(values), "answer": answer}
    return form_page(request, "levy/levy.html", facts, errors=errors, section="/levy", crumbs=[HOME])


def _question(site_bng: BaseGeometry, typed: Typed) -> LevyQuestion:
    index = typed.text("index", 20)
    return LevyQuestion(
        site_bng=site_bng,
        permitted_on=typed_day("permitted_on", typed.text("permitted_on", 20)),
        amount_gbp=_money("amount", typed.text("amount", 40)),
        dwellings={name: _homes(text) for name, text in _by_parish("dwellings", typed).items()},
        already_gbp={name: _money("already", text) for name, text in _by_parish("already", typed).items()},
        index=_figure("index", index, _MOST_INDEX) if index else Decimal(1),
        permitted_by_order=typed.is_ticked("by_order"),
        received_on=_received(typed),
    )


def _received(typed: Typed) -> date | None:
    return optional_day("received_on", typed.text("received_on", 20))


def _site(typed: Typed) -> tuple[BaseGeometry, str]:
    """Return the site, and its outline as text, which is kept in the form since a browser forgets the file."""
    sent, outline = typed.files.get("file"), typed.text("outline", _LONGEST_OUTLINE)
    try:
        if sent is not None:
            site = _from_file(sent)
            return site, json.dumps(geojson_feature("site", site, {})["geometry"])
        if outline:
            return _from_text(outline), outline
    except GeoError as refusal:
        raise FieldError("file" if sent is not None else "outline", str(refusal)) from refusal
    try:
        return read_place(typed.text("point", 80)).point_bng, ""
    except InvalidRequestError as refusal:
        raise FieldError("point", str(refusal)) from refusal


def _from_file(sent: SentFile) -> BaseGeometry:
    name = PurePosixPath(sent.name.replace("\\", "/")).name
    if name in {"", ".", ".."}:
        raise FieldError("file", "The file has no name: give it one, such as site.geojson.")
    with TemporaryDirectory(prefix="folkmoot-site-") as folder:
        path = Path(folder) / name
        path.write_bytes(sent.content)
        return uploaded(path, layer=None, feature=None, crs=None).geometry_bng


def _from_text(outline: str) -> BaseGeometry:
    try:
        document = json.loads(outline)
    except json.JSONDecodeError as problem:
        raise FieldError("outline", "The outline is not GeoJSON: paste all of it, or empty the box.") from problem
    if not isinstance(document, dict):
        raise FieldError("outline", "The outline is not GeoJSON: paste all of it, or empty the box.")
    return drawn(document, layer="site").geometry_bng


def _by_parish(field: str, typed: Typed) -> Mapping[str, str]:
    """Return what was typed as one figure, or as figures by parish: “Alder: 120; Birch: 80”."""
    text = typed.text(field, 2000)
    if ":" not in text:
        return {"": text} if text else {}
    pairs = [each.rpartition(":") for each in re.split(r"[;\n]", text) if each.strip()]
    named = {name.strip(): figure.strip() for name, _, figure in pairs}
    if len(named) != len(pairs) or not all(named) or not all(named.values()):
        raise FieldError(field, "Write each parish once with its figure, such as Alder: 120; Birch: 80.")
    return named


def _homes(text: str) -> int:
    figure = _figure("dwellings", text, Decimal(10_000_000))
    if figure != int(figure):
        raise FieldError("dwellings", f"“{text[:30]}” is no whole number of homes: write it in figures.")
    return int(figure)


def _money(field: str, text: str) -> Decimal:
    figure = _figure(field, text.removeprefix("£").strip(), _MOST_GBP)
    if figure != figure.quantize(Decimal("0.01")):
        raise FieldError(field, f"“{text[:30]}” has more than two places for pence: write pounds and pence.")
    return figure


def _figure(field: str, text: str, most: Decimal) -> Decimal:
    """Return a figure as typed, with or without commas between thousands."""
    if not text:
        raise FieldError(field, "A figure is missing: write it in figures.")
    try:
        figure = Decimal(text.replace(",", "")) if _FIGURE.fullmatch(text) and text.isascii() else Decimal(-1)
    except InvalidOperation:
        figure = Decimal(-1)
    if not 0 <= figure <= most:
        raise FieldError(field, f"“{text[:30]}” is no figure from 0 to {most:,}: write it in figures.")
    return figure
