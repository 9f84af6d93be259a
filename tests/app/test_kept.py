"""What is kept in memory, and what is given up first."""

from app.kept import Kept


def test_an_answer_is_worked_out_once_until_it_is_given_up():
    asked = []

    def of(key):
        return kept.answer(key, lambda: asked.append(key) or key.upper())

    kept = Kept(2)
    assert [of(key) for key in ("a", "b", "a", "c", "a", "b")] == ["A", "B", "A", "C", "A", "B"]
    assert asked == ["a", "b", "c", "b"]
