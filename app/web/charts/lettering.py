"""How much room words take in a drawing, where lines do not break by themselves."""

from collections.abc import Iterator

_NARROW, _WIDE = frozenset("iljtfrI.,:;'\u2019|!()[] -"), frozenset("mwMW@%\u2014")
_NARROW_EM, _WIDE_EM, _CAPITAL_EM, _OTHER_EM = 0.4, 0.95, 0.75, 0.6


def width_em(text: str) -> float:
    """Return about how wide words are, in ems; rather too much than too little, whatever the reader's font is."""
    return round(sum(_letter_em(letter) for letter in text), 2)


def lines_of(text: str, room_em: float, *, set_in_em: float = 0) -> tuple[str, ...]:
    """Return words in lines that each fit the room, broken between words, and within a word only where it must be.

    Every line after the first is set in, and has so much less room.
    """
    lines, less_em = [""], room_em - set_in_em
    for piece in (piece for word in text.split() for piece in _pieces(word, less_em)):
        longer = f"{lines[-1]} {piece}".lstrip()
        if width_em(longer) <= (room_em if len(lines) == 1 else less_em):
            lines[-1] = longer
        else:
            lines.append(piece)
    return tuple(lines)


def _letter_em(letter: str) -> float:
    if letter in _NARROW:
        return _NARROW_EM
    if letter in _WIDE:
        return _WIDE_EM
    return _CAPITAL_EM if letter.isupper() else _OTHER_EM


def _pieces(word: str, room_em: float) -> Iterator[str]:
    piece = ""
    for letter in word:
        if piece and width_em(piece + letter) > room_em:
            yield piece
            piece = ""
        piece += letter
    yield piece
