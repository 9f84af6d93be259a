"""Reads pages as people do: the prose of a page, without its tables, names and figures."""

import json
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest

from app.services.example import FIXTURES

INLINE = {"a", "abbr", "b", "code", "em", "i", "small", "span", "strong", "time"}
ALONE = {"br", "col", "hr", "img", "input", "link", "meta", "wbr"}
LEFT_OUT = {"address", "blockquote", "dt", "figure", "nav", "option", "script", "select", "svg", "table", "textarea"}
LEFT_OUT_CLASSES = {
    "fm-data",
    "fm-code",
    "fm-printed",
    "fm-rule",
    "fm-typed",
    "govuk-caption-l",
    "govuk-tag",
    "govuk-warning-text__icon",
}
FACTS = {"dd", "fm-card__line", "fm-quiet", "fm-row__end", "fm-timeline__date", "fm-timetable__date"}
"""Where a name, a day or a figure stands by itself: only whole sentences are prose there."""


@dataclass
class Block:
    """A run of text in one box of a page."""

    is_fact: bool
    text: str = ""
    unlinked: str = ""
    """What of it is not a link."""


@dataclass
class Prose(HTMLParser):
    """Reads what a page says, box by box."""

    blocks: list[Block] = field(default_factory=list)
    opened: list[tuple[str, set[str]]] = field(default_factory=list)

    def __post_init__(self):
        super().__init__()

    def handle_starttag(self, tag, attrs):
        if tag not in ALONE:
            self.opened.append((tag, {tag, *(dict(attrs).get("class") or "").split()}))
        self.new_block(tag)

    def handle_endtag(self, tag):
        while self.opened and self.opened.pop()[0] != tag:
            pass
        self.new_block(tag)

    def new_block(self, tag):
        if tag not in INLINE:
            self.blocks.append(Block(is_fact=any(names & FACTS for _, names in self.opened)))

    def handle_data(self, data):
        names = {name for _, names in self.opened for name in names}
        if names & {"main", "fm-hero"} and not names & (LEFT_OUT | LEFT_OUT_CLASSES):
            self.blocks[-1].text += data
            self.blocks[-1].unlinked += "" if "a" in names else data


def strings(value):
    """Every string in a document."""
    if isinstance(value, str):
        yield value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from strings(each)


def of_the_record():
    """What the district's people are called and what they wrote, the longest first."""
    documents = [
        json.loads((FIXTURES / name).read_text("utf-8")) for name in ("story.json", "plan_papers.json", "spec.json")
    ]
    plans = [json.loads(path.read_text("utf-8")) for path in (FIXTURES / "local_plans").glob("*.json")]
    found = {each for each in strings(documents + plans) if len(each) > 5 and each[0].isupper()}
    return sorted(found, key=len, reverse=True)


DAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day )?\d{1,2} (?:[A-Z][a-z]+) \d{4}"
SHORTER = (
    (re.compile(r"(?:Question: )?Do you want [^?]+\?"), ""),
    (re.compile(rf"{DAY}|\d{{4}}-\d{{2}}-\d{{2}}"), "May"),
    (re.compile(r"\b[A-Z]{2}-\d{6}\b|\b[A-Z]\d{8}\b"), "A1"),
    (re.compile(r"\([^()]*\.\w{3,4}\b[^()]*\)"), ""),
    (re.compile(r"£?\d[\d,.:]*\d"), "9"),
)


def in_sentences(html, record):
    """The sentences of a page, with the short words for what is not ours."""
    reader = Prose()
    reader.feed(html)
    for block in reader.blocks:
        text = block.text
        for each in record:
            text = text.replace(each, "" if each.endswith((".", "?")) else "Ash")
        for pattern, short in SHORTER:
            text = pattern.sub(short, text)
        text = " ".join(text.split())
        if not re.search(r"[a-z]", text) or (block.is_fact and not text.endswith((".", "?"))):
            continue
        if block.unlinked != block.text and not text.endswith((".", "?")) and len(block.unlinked.split()) < 3:
            continue
        yield from (each for each in re.split(r"(?<=[.?!]) ", text) if len(each.split()) > 2)


@pytest.fixture(scope="session")
def sentences():
    """Takes a page of the example district and gives its sentences, with short words for what is not ours."""
    record = of_the_record()
    return lambda html: list(in_sentences(html, record))
