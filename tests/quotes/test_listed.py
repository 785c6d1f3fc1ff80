"""What lists ask of a quote is as if it were worked out anew, whatever was changed, and by whomever."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.db.models import F
from django.utils import timezone

from accounts.roles import CONSOLE
from evidence.documents.actions import redact
from evidence.quotes.actions import take_quote
from evidence.quotes.models import CLEARED, Listed, Quote
from evidence.submissions.models import Submission, Submitter
from evidence.tags.actions import tag_recommendation, tag_theme
from evidence.tags.models import Heard, ListedTag, Tag
from evidence.transcripts.models import Transcript
from evidence.witnesses.models import Appearance, Organisation, Witness
from inquiry.models import Inquiry, Recommendation, Session, Theme
from tests import builders
from tests.interleaving import at_once
from tests.review.scene import Scene, guarded, many

pytestmark = pytest.mark.django_db

OF_A_QUOTE = {field.attname for field in Listed._meta.concrete_fields} - {"quote_id", "inquiry_id"}


def listed() -> list[Any]:
    return list(Listed.objects.order_by("pk").values())


def keys(rows: Any) -> set[int]:
    return set(rows.values_list("pk", flat=True))


def as_it_ought_to_be() -> list[Any]:
    with connection.cursor() as sql:
        sql.execute("DELETE FROM quotes_listed")
        sql.execute("SELECT attest_list_quotes((SELECT array_agg(id) FROM quotes_quote))")
        sql.execute("""
            UPDATE quotes_listed l SET tags = (
                SELECT count(*) FROM tags_tag t LEFT JOIN inquiry_recommendation r ON r.id = t.recommendation_id
                WHERE t.quote_id = l.quote_id AND r.withdrawn_at IS NULL
            )
        """)
    return listed()


def tags_listed() -> list[Any]:
    return list(ListedTag.objects.order_by("pk").values())


def tags_as_they_ought_to_be() -> list[Any]:
    """Each tag on a quote, with what is listed of the quote."""
    of_the_quote = [field.attname for field in ListedTag._meta.concrete_fields if field.attname in OF_A_QUOTE]
    tags = Tag.objects.filter(quote__isnull=False).order_by("pk")
    own = ("inquiry_id", "theme_id", "recommendation_id", "stance", "quote_id")
    columns = {"tag_id": "pk"} | {name: name for name in own}
    columns |= {name: f"quote__listed__{name}" for name in of_the_quote}
    return [{name: tag[path] for name, path in columns.items()} for tag in tags.values(*columns.values())]


def one_of(model: Any, **which: Any) -> Any:
    return model.objects.filter(pk=model.objects.filter(**which).earliest("pk").pk)


def withdrawn() -> int:
    return Recommendation.objects.update(withdrawn_at=timezone.now(), withdrawn_from=F("number"), number=None)


def brought_back() -> int:
    return Recommendation.objects.update(withdrawn_at=None, number=F("withdrawn_from"), withdrawn_from=None)


CHANGES = {
    "a body's sector": lambda: Organisation.objects.update(sector="think_tank"),
    "a witness's experience": lambda: Witness.objects.update(lived_experience=True),
    "the body that a witness spoke for": lambda: one_of(Appearance, quotes__isnull=False).update(organisation=None),
    "the witness of an appearance": lambda: one_of(Appearance, organisation=None, quotes__isnull=False).update(
        witness=Witness.objects.latest("pk")
    ),
    "what a submitter asks for": lambda: Submission.objects.update(requested="anonymised"),
    "the submitter": lambda: one_of(Submitter, witness=None).update(
        organisation=None, witness=Witness.objects.latest("pk")
    ),
    "the submitters' order": lambda: Submitter.objects.filter(position=0).update(position=3),
    "no submitter any more": lambda: Submitter.objects.all().delete(),
    "a session's number": lambda: Session.objects.update(number=None, kind="workshop"),
    "a session's date": lambda: Session.objects.update(date="2024-02-29", date_precision="day"),
    "a transcript that is replaced": lambda: Transcript.objects.update(replaced_at=timezone.now()),
    "a quote that is removed": lambda: Quote.objects.update(removed_at=timezone.now()),
    "the end of a quote": lambda: Quote.objects.filter(start__gt=0).update(start=0),
    "a quote that is gone": lambda: [Tag.objects.all().delete(), Quote.objects.latest("pk").delete()],
    "tags taken off": lambda: Tag.objects.filter(theme__isnull=False).delete(),
    "recommendations that are withdrawn": withdrawn,
    "tags on withdrawn recommendations taken off": lambda: [
        withdrawn(),
        Tag.objects.filter(recommendation__isnull=False).delete(),
    ],
    "tags moved": lambda: Tag.objects.filter(pk=Tag.objects.earliest("pk").pk).update(quote=Quote.objects.latest("pk")),
}

# What lists ask of the quotes stays as it was.
CHANGES_OF_TAGS = {
    "a tag’s theme": lambda: Tag.objects.filter(theme__isnull=False).update(
        theme=builders.missions(Inquiry.objects.get())[0]
    ),
    "a tag’s stance": lambda: Tag.objects.filter(recommendation__isnull=False).update(stance="challenges"),
}


def everything() -> Scene:
    scene = guarded()
    session = builders.a_session(scene.inquiry, number=7, witnesses=(("Alone Example", ""), *builders.HEARD))
    builders.a_spoken_quote(session)
    builders.a_heard_quote(builders.a_transcript(session))
    second = builders.a_submission(scene.inquiry, submitter="", person="Lone Writer")
    body = Organisation.objects.earliest("pk")
    Submitter.objects.create(inquiry=scene.inquiry, submission=second, organisation=body, position=1)
    builders.a_written_quote(second, start=4, end=21)
    for organisation, sector in zip(
        Organisation.objects.order_by("pk"), cycle(("academia", "residents")), strict=False
    ):
        Organisation.objects.filter(pk=organisation.pk).update(sector=sector)
    Witness.objects.filter(pk=Witness.objects.latest("pk").pk).update(lived_experience=True)
    return scene


@pytest.mark.parametrize("what", CHANGES)
def test_it_follows_each_change_round_the_orm(what: str) -> None:
    everything()
    assert listed() == as_it_ought_to_be()
    before = listed()
    assert tags_listed() == tags_as_they_ought_to_be()
    CHANGES[what]()
    now = listed()
    assert now != before
    assert now == as_it_ought_to_be()
    assert tags_listed() == tags_as_they_ought_to_be()
    printable = Quote.objects.filter(verdict__in=CLEARED).may_be_printed()
    assert keys(Listed.objects.may_be_printed()) == keys(printable)


@pytest.mark.parametrize("what", CHANGES_OF_TAGS)
def test_tags_in_lists_follow_each_change_of_theirs_round_the_orm(what: str) -> None:
    everything()
    before, tags_before = listed(), tags_listed()
    CHANGES_OF_TAGS[what]()
    assert tags_listed() != tags_before
    assert tags_listed() == tags_as_they_ought_to_be()
    assert listed() == before


def test_what_may_be_printed_is_told_by_lists_as_by_the_quotes() -> None:
    everything()
    printable = keys(Listed.objects.may_be_printed())
    assert printable == keys(Quote.objects.filter(verdict__in=CLEARED).may_be_printed())
    assert printable
    assert printable < keys(Listed.objects.all())


def test_tags_count_again_on_recommendations_that_are_brought_back() -> None:
    everything()
    before = listed()
    assert withdrawn()
    brought_back()
    assert listed() == before == as_it_ought_to_be()


def test_it_follows_redactions_and_decisions_made_as_people_make_them() -> None:
    scene = everything()
    quote = scene.quotes["anonymised"]
    redact(passage=quote.first_passage, start=0, end=3, reason="An example.", by=CONSOLE)
    assert Listed.objects.get(pk=quote.pk).redacted
    assert listed() == as_it_ought_to_be()


def test_each_quote_is_listed_once_with_all_its_tags() -> None:
    many(3)
    assert Listed.objects.count() == Quote.objects.count()
    assert sum(Listed.objects.values_list("tags", flat=True)) == Tag.objects.filter(quote__isnull=False).count()


def test_a_tag_on_what_stands_is_heard() -> None:
    scene = everything()
    rows = Heard.objects.filter(theme=scene.theme)
    assert rows.values("id").distinct().count() == Tag.objects.filter(theme=scene.theme, quote__removed_at=None).count()


@pytest.mark.django_db(transaction=True)
def test_a_quote_taken_while_its_submission_becomes_anonymous_tells_no_sector() -> None:
    inquiry = builders.an_inquiry()
    submission = builders.a_submission(inquiry, submitter="Example residents group")
    Organisation.objects.update(sector="residents")
    passage = builders.passages(submission)[0]
    both = Barrier(2, timeout=10)

    def apart(write: Any) -> None:
        try:
            both.wait()
            write()
        finally:
            connection.close()

    for start in range(4, 9):
        Submission.objects.update(requested="full")
        place = {"first_passage": passage, "start": start, "last_passage": passage, "end": 21}
        with ThreadPoolExecutor(2) as threads:
            jobs = [
                threads.submit(apart, lambda place=place: take_quote(**place, by=CONSOLE)),
                threads.submit(apart, lambda: Submission.objects.update(requested="anonymised")),
            ]
            [job.result() for job in jobs]
        assert set(Listed.objects.values_list("sector_known", "sector_open")) == {("residents", "unnamed")}


@pytest.mark.django_db(transaction=True)
def test_two_who_tag_one_quote_at_once_are_both_counted() -> None:
    scene = many(1)
    quote, themes = scene.quotes["written 0"], builders.missions(scene.inquiry, 3)
    before = Listed.objects.get(pk=quote.pk).tags
    both = Barrier(2, timeout=10)

    def tagged(theme: Theme) -> None:
        try:
            both.wait()
            tag_theme(evidence=quote, theme=theme, by=CONSOLE)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(tagged, themes[1:3]))
    assert Listed.objects.get(pk=quote.pk).tags == before + 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("who_is_first", ["who tags", "who keeps the names back"])
def test_a_quote_tagged_while_its_submission_becomes_anonymous_tells_no_sector_on_its_theme(who_is_first: str) -> None:
    inquiry = builders.an_inquiry()
    submission = builders.a_submission(inquiry, submitter="Example residents group")
    Organisation.objects.update(sector="residents")
    quote, theme = builders.a_written_quote(submission), builders.missions(inquiry, 1)[0]

    def tags() -> Any:
        return tag_theme(evidence=quote, theme=theme, by=CONSOLE)

    def keeps_back() -> Any:
        return Submission.objects.update(requested="anonymised")

    at_once(*((tags, keeps_back) if who_is_first == "who tags" else (keeps_back, tags)))
    assert list(ListedTag.objects.values_list("sector_known", "sector_open")) == [("residents", "unnamed")]


@pytest.mark.django_db(transaction=True)
def test_who_changes_a_stance_and_tags_again_never_waits_for_who_keeps_the_names_back() -> None:
    """Each would wait for the other, if the tag were changed before the quote’s row is held."""
    inquiry = builders.an_inquiry()
    quote = builders.a_written_quote(builders.a_submission(inquiry, submitter="Example residents group"))
    first, second = (builders.a_recommendation(inquiry, f"Recommendation {n}") for n in (1, 2))
    tag_recommendation(evidence=quote, recommendation=first, stance="supports", by=CONSOLE)
    at_once(
        lambda: tag_recommendation(evidence=quote, recommendation=first, stance="challenges", by=CONSOLE),
        lambda: Submission.objects.update(requested="anonymised"),
        then=lambda: tag_recommendation(evidence=quote, recommendation=second, stance="supports", by=CONSOLE),
    )
    assert tags_listed() == tags_as_they_ought_to_be()
    assert sorted(ListedTag.objects.values_list("stance", "sector_open")) == [
        ("challenges", "unnamed"),
        ("supports", "unnamed"),
    ]


@pytest.mark.django_db(transaction=True)
def test_two_who_tag_a_quote_and_move_its_tag_at_once_leave_both_listed() -> None:
    scene = many(1)
    quote, themes = scene.quotes["written 0"], builders.missions(scene.inquiry, 3)
    bare = Quote.objects.get(tags=None)
    at_once(
        lambda: tag_theme(evidence=quote, theme=themes[1], by=CONSOLE),
        lambda: Tag.objects.filter(quote=quote).update(quote=bare),
    )
    assert tags_listed() == tags_as_they_ought_to_be()
