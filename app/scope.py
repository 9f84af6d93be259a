"""What belongs to whom: nobody acts on another organisation's business, whatever door they came through."""

from collections.abc import Collection

from app.audit import Deed
from app.errors import NotAllowedError


def refuse_other_organisation(deed: Deed, codes: Collection[str], what: str) -> None:
    """Refuse a deed in an organisation that is none of those whose business it is.

    Args:
        deed: who acts, and in which organisation; one that serves all of them may act for each.
        codes: codes of the organisations whose business it is.
        what: the business, to be named in the refusal.

    Raises:
        NotAllowedError: it is another organisation's business.
    """
    if deed.by.organisation and not {deed.by.organisation, *deed.by.took_over} & set(codes):
        raise NotAllowedError(f"{what} is not your organisation's business: {_whose(codes)}.")


def refuse_other_council(deed: Deed, names: Collection[str], what: str) -> None:
    """Refuse a deed in a council that is none of those whose poll it is; polls name councils by their names.

    Raises:
        NotAllowedError: it is another council's poll.
    """
    if deed.by.organisation and not {deed.by.organisation_name, *deed.by.took_over} & set(names):
        raise NotAllowedError(f"{what} is not your council's business: {_whose(names)}.")


def _whose(owners: Collection[str]) -> str:
    return f"it belongs to {' and '.join(sorted(owners))}" if owners else "it belongs to nobody stored here"
