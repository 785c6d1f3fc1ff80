"""The appendix as data: whole, ordered, and the same when it comes back from a snapshot."""

import dataclasses
import json
from datetime import date

import pytest

from report.structure import Appendix, EventsPart, SessionsPart, paragraphs
from tests.report.sample import EVENTS, SESSIONS, empty, filled_with, sample


@pytest.mark.parametrize("appendix", [sample(), empty(), filled_with("“É” 👩‍👩‍👧 \t{}")])
def test_it_comes_back_equal_from_json(appendix):
    assert Appendix.from_dict(json.loads(json.dumps(appendix.to_dict()))) == appendix


def test_a_snapshot_from_before_a_field_was_there_takes_its_default():
    data = sample().to_dict()
    del data["left_out"], data["parts"][0]["lead"]
    assert Appendix.from_dict(data) == sample(left_out=())


def test_a_snapshot_with_what_is_not_known_is_refused():
    with pytest.raises(KeyError):
        Appendix.from_dict({**sample().to_dict(), "unknown": 1})


def test_it_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        sample().title = "Another"


def test_an_event_under_the_rule_has_no_field_for_people():
    fields = {one.name for one in dataclasses.fields(EVENTS.items[0])}
    assert fields == {"title", "meeting", "venue", "days", "date", "key"}


def test_what_no_document_can_hold_is_taken_out():
    assert sample(title="A\x00p\x07p\ufffee\ud800nd\r\nix\t.").title == "Append\nix\t."


def test_marks_that_turn_what_follows_are_taken_out_everywhere():
    turned = sample(title="A\u202eB", rubric=["C\u2067D"])
    assert (turned.title, turned.rubric) == ("AB", ("CD",))
    assert sample(title="שלום\u200f!").title == "שלום\u200f!"


def test_meetings_under_the_rule_stand_below_the_sessions_only_when_they_follow_them():
    def levels(*parts):
        return [level for _, level in Appendix("A", date(2026, 1, 1), parts=parts).levelled]

    assert levels(SESSIONS, EVENTS) == [2, 3]
    assert levels(EVENTS, SESSIONS) == [2, 2]
    assert levels(EventsPart()) == levels(SessionsPart()) == [2]


def test_paragraphs_are_what_was_typed():
    assert paragraphs("One.\n\n  Two. \n") == ["One.", "Two."]
    assert paragraphs("") == []
