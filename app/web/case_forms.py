"""Forms of a case: described once as fields, shown and shown again as they were typed, and read back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse
from starlette.datastructures import FormData, UploadFile

from app.errors import ServiceError
from app.web.fields import FieldError, errors_of
from app.web.form_page import Errors, form_page
from app.web.page import HOME, Crumb


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a form.

    Attributes:
        kind: text, day, long, radios, checkbox, checkboxes or file.
        name: its name and id.
        label: what it asks.
        hint: how to answer.
        value: what is in it before anything is typed.
        options: for radios and checkboxes: value and words of each.
    """

    kind: str
    name: str
    label: str
    hint: str = ""
    value: str = ""
    options: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseForm:
    """One form.

    Attributes:
        title: the heading.
        caption: what it belongs to, above the heading.
        action: where it is sent.
        fields: what it asks.
        button: what the button says.
        intro: sentences above the fields.
        is_warning: the button cannot be taken back.
        before: facts above the fields, each a heading and its lines.
        notes: facts below the form, each a heading and its lines.
        has_file: a file is sent with it.
    """

    title: str
    caption: str
    action: str
    fields: Sequence[Field]
    button: str = "Save"
    intro: Sequence[str] = ()
    is_warning: bool = False
    before: Sequence[tuple[str, Sequence[str]]] = ()
    notes: Sequence[tuple[str, Sequence[str]]] = ()
    has_file: bool = False
    crumbs: Sequence[Crumb] = (HOME,)


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file sent with a form: the name it was sent under, and all of its content."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What was typed into a form."""

    values: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, Sequence[str]] = field(default_factory=dict)
    files: Mapping[str, SentFile] = field(default_factory=dict)

    def text(self, name: str, longest: int = 20_000) -> str:
        """Return what was typed into a field, without spaces around it.

        Raises:
            FieldError: it is too long.
        """
        value = self.values.get(name, "").strip()
        if len(value) > longest:
            raise FieldError(name, f"That is longer than {longest:,} characters: shorten it.")
        return value

    def is_ticked(self, name: str) -> bool:
        """Say whether a box is ticked."""
        return name in self.values

    def number(self, name: str) -> int | None:
        """Return the whole number that was typed; None where nothing was.

        Raises:
            FieldError: it is no whole number.
        """
        value = self.text(name, 20)
        if not value:
            return None
        if not value.isascii() or not value.isdecimal():
            raise FieldError(name, f"“{value}” is no whole number: write it in figures.")
        return int(value)

    def chosen(self, name: str, options: Sequence[tuple[str, str]]) -> str:
        """Return the option that was chosen.

        Raises:
            FieldError: none was, or one that is not offered.
        """
        value = self.values.get(name, "")
        if value not in {option for option, _ in options}:
            raise FieldError(name, "Choose one of the answers.")
        return value


async def typed_in(request: Request) -> Typed:
    """Return what was typed into the form that is sent; nothing for a request without one."""
    if not request.headers.get("content-type", "").startswith(
        ("application/x-www-form-urlencoded", "multipart/form-data")
    ):
        return Typed()
    form: FormData = await request.form()
    lists: dict[str, list[str]] = {}
    files: dict[str, SentFile] = {}
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            if value.filename:
                files[name] = SentFile(value.filename, await value.read())
            await value.close()
        else:
            lists.setdefault(name, []).append(value)
    return Typed(values={name: values[-1] for name, values in lists.items()}, lists=lists, files=files)


TypedIn = Annotated[Typed, Depends(typed_in)]


def show(request: Request, form: CaseForm, *, typed: Typed | None = None, errors: Errors = ()) -> HTMLResponse:
    """Show a form: as it begins, or again as it was typed, with what is wrong beside its field."""
    facts: dict[str, Any] = {"form": form, "typed": typed, "values": _values(form, typed)}
    return form_page(request, "cases/form.html", facts, errors=errors, section="/cases", crumbs=form.crumbs)


def refused(request: Request, form: CaseForm, typed: Typed, refusal: ServiceError | Exception) -> HTMLResponse:
    """Show a form again after a refusal, with nothing lost."""
    first = form.fields[0].name if form.fields else "form"
    errors = errors_of(refusal, first) if isinstance(refusal, ServiceError) else [(first, str(refusal))]
    return show(request, form, typed=typed, errors=errors)


def _values(form: CaseForm, typed: Typed | None) -> dict[str, Any]:
    if typed is None:
        return {each.name: each.value for each in form.fields}
    return {each.name: _typed_value(each, typed) for each in form.fields}


def _typed_value(each: Field, typed: Typed) -> str:
    if each.kind == "checkboxes":
        return ",".join(typed.lists.get(each.name, ()))
    return typed.values.get(each.name, "")
