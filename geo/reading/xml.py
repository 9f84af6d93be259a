"""A first pass over KML and GML: well formed, and pointing at nothing outside itself."""

from xml.parsers import expat

from geo.errors import UnreadableFileError


def check_xml(content: bytes, name: str, format_: str) -> None:
    """Raise unless a document is whole and declares no document type and no entity of its own.

    Raises:
        UnreadableFileError: it is cut short or malformed (the sentence says at which line and column), or it has a
            document type declaration, which could pull in other files and is never needed for a boundary.
    """
    parser = expat.ParserCreate()

    def refuse_doctype(*_: object) -> None:
        raise UnreadableFileError(
            f"{name} has a document type declaration (DOCTYPE) at line {parser.CurrentLineNumber}, which is not "
            f"accepted: save the boundary as {format_} again without it.",
        )

    parser.StartDoctypeDeclHandler = refuse_doctype
    parser.EntityDeclHandler = refuse_doctype
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise UnreadableFileError(
            f"{name} stops being {format_} at line {error.lineno}, column {error.offset + 1} "
            f"({expat.ErrorString(error.code)}; it may have been cut short): ask for the file again.",
        ) from None
    except (LookupError, ValueError):
        raise UnreadableFileError(f"{name} is written in an encoding that is not known: save it as UTF-8.") from None
