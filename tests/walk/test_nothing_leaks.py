"""Inquiries drawn at random, with words in them that may not be read: no page, file or e-mail has one where it may not.

Each secret carries a mark of its own. Whatever address there is, list, facet, search, suggestion, file, export, pack or
message, it is asked for as every role, and looked through for every mark; a new address is among them by itself.
"""

from __future__ import annotations

import datetime as dt
import inspect
import io
import random
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2
import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import CONSOLE, Role
from evidence.acknowledgements.actions import acknowledge
from evidence.acknowledgements.actions import pick_up as send_acknowledgements
from evidence.documents.actions import redact
from evidence.frameworks.actions import carry_over
from evidence.lists.models import ADDRESSES, ListPage
from evidence.lists.tables import FORMATS as LIST_FORMATS
from evidence.notes import digests
from evidence.notes.actions import set_mark, write_note
from evidence.quotes.actions import remove_quote
from evidence.search.actions import gather_words
from evidence.sessions.actions import AppearanceEntry, PanelEntry, log_session
from evidence.submissions.actions import (
    Contact,
    keep_contact_details,
    record_consent,
    return_submission,
    withdraw_consent,
    withdraw_submission,
)
from evidence.tags.actions import tag_recommendation, tag_theme
from inquiry.actions import record_insight
from inquiry.models import Inquiry, Recommendation, Rule, Theme
from report.actions import ask_for_export, make_export
from report.models import Format
from tests.builders import a_person, a_recommendation, a_spoken_quote, a_submission, a_written_quote, missions, passages
from tests.everything import address_of, one_of_everything
from tests.test_addresses import INSIDE, ONLY_SENT

pytestmark = pytest.mark.django_db

OTHERS = (Role.MEMBER, Role.ADVISER)
EVERYBODY = frozenset(Role)
# It stands beside every secret and in what is open, so that a search for it meets both and says nothing of either.
COMMON = "lantern"


@dataclass
class Scene:
    """An inquiry with one of everything, and secrets: each mark, of what, and the roles that may meet it."""

    inquiry: Inquiry
    records: dict[str, Any]
    rng: random.Random
    themes: list[Theme]
    recommendations: list[Recommendation]
    open_to: dict[str, frozenset[Role]] = field(default_factory=dict)
    of: dict[str, str] = field(default_factory=dict)
    details: list[str] = field(default_factory=list)

    def mark(self, *roles: Role) -> str:
        """A word that only these roles may meet, and that is never printed."""
        letters = "".join(self.rng.choice("bcdfghjkmnpqrstvwxz") for _ in range(6))
        mark = f"Zq{letters}"
        self.of[mark] = inspect.stack()[1].function
        self.open_to[mark] = frozenset(roles)
        return mark

    def spread(self, evidence: Any) -> None:
        """Tags that lead to the evidence from the pages of themes and recommendations."""
        for theme in self.rng.sample(self.themes, self.rng.randint(1, len(self.themes))):
            tag_theme(evidence=evidence, theme=theme, by=CONSOLE)
        for recommendation in self.rng.sample(self.recommendations, self.rng.randint(1, len(self.recommendations))):
            stance = self.rng.choice(("supports", "challenges", "qualifies"))
            tag_recommendation(evidence=evidence, recommendation=recommendation, stance=stance, by=CONSOLE)

    def page(self, name: str, *args: Any) -> None:
        self.details.append(reverse(name, args=[self.inquiry.code, *args]))


SECRETARIAT = (Role.CLERK, Role.ADMINISTRATOR)


def confidential(scene: Scene) -> None:
    mark = scene.mark(*SECRETARIAT)
    requested = scene.rng.choice(("confidential", "full"))
    treatment = {} if requested == "confidential" else {"state": "decided", "treatment": "confidential"}
    _written(scene, mark, f"{COMMON} {mark} within.", requested=requested, **treatment)


def anonymised(scene: Scene) -> None:
    mark = scene.mark(*SECRETARIAT)
    state = scene.rng.choice(("accepted", "decided", "published"))
    _written(scene, mark, f"Open {COMMON} words.", state=state, requested="anonymised", treatment="anonymised")


def undecided_or_back(scene: Scene) -> None:
    mark = scene.mark(*SECRETARIAT)
    if scene.rng.random() < 0.5:
        submission = _written(scene, mark, f"{COMMON} {mark} within.", quoted=scene.rng.random() < 0.5)
        withdraw_submission(submission=submission, reason=f"Asked to {mark}.", by=CONSOLE)
        return
    received = a_submission(scene.inquiry, state="received", submitter=f"Body {mark}", title=f"Title {mark}")
    scene.page("submissions:detail", received.number)
    if scene.rng.random() < 0.5:
        return_submission(submission=received, reason=f"Because {mark}.", by=CONSOLE)


def redacted(scene: Scene) -> None:
    mark = scene.mark(*SECRETARIAT)
    text = f"We said {mark} of the {COMMON}."
    submission = a_submission(scene.inquiry, state="published", text=text)
    for _ in range(scene.rng.randint(1, 2)):
        scene.spread(a_written_quote(submission))
    place = passages(submission)[0]
    start = place.received_text.index(mark)
    redact(passage=place, start=start, end=start + len(mark), reason="Names a child.", by=CONSOLE)
    scene.page("submissions:detail", submission.number)
    scene.page("reader:document", place.document_id)


def in_private(scene: Scene) -> None:
    mark = scene.mark(*SECRETARIAT)
    heard = [AppearanceEntry(name=f"Witness {mark}", organisation=f"Body {mark}", sector="residents")]
    whole = scene.rng.random() < 0.5
    rule = Rule.PRIVATE if whole else Rule.ON_RECORD
    session = log_session(
        inquiry=scene.inquiry,
        title=f"A {COMMON} heard",
        panels=[PanelEntry(appearances=heard, rule="" if whole else Rule.PRIVATE)],
        rule=rule,
        by=CONSOLE,
        **({"members_present": [f"Member {mark}"]} if whole else {}),
    )
    quote = a_spoken_quote(session, f"{mark} of the {COMMON}.")
    scene.spread(quote)
    scene.spread(quote.appearance.witness if quote.appearance else session)
    scene.page("sessions:detail", session.pk)
    scene.page("review:quote", quote.pk)


def out_of_the_lists(scene: Scene) -> None:
    # Staff may bring a removed quote back, and see it on its own page.
    mark = scene.mark(Role.ADVISER, *SECRETARIAT)
    quote = a_written_quote(a_submission(scene.inquiry, state="published", text=f"The {mark} {COMMON}."))
    scene.spread(quote)
    remove_quote(quote=quote, by=CONSOLE)
    submission = quote.submission
    assert submission
    redact(passage=passages(submission)[0], start=4, end=4 + len(mark), reason="Names a child.", by=CONSOLE)
    scene.open_to[mark] = frozenset(SECRETARIAT)
    scene.page("review:quote", quote.pk)


def consent_gone(scene: Scene) -> None:
    """What its giver no longer agrees to is read in the inquiry, and printed no more."""
    mark = scene.mark(*EVERYBODY)
    submission = _written(scene, mark, f"{COMMON} {mark} within.", state="published")
    consent = record_consent(of=submission, to="publish", wording="Yes.", given_on=dt.date(2023, 3, 1), by=CONSOLE)
    withdraw_consent(consent=consent, withdrawn_on=timezone.localdate(), by=CONSOLE)


def reachable(scene: Scene) -> None:
    mark = scene.mark(*SECRETARIAT)
    submission = a_submission(scene.inquiry, state="published", text=f"An open {COMMON}.")
    contact = Contact(email=f"{mark}@example.org", phone=f"01234 {mark}", address=f"{mark} Street")
    keep_contact_details(submission=submission, contact=contact, by=CONSOLE)
    scene.spread(submission)
    scene.page("submissions:detail", submission.number)


def under_the_rule(scene: Scene) -> None:
    session = log_session(
        inquiry=scene.inquiry, kind="workshop", title=f"A {COMMON} held", rule=Rule.CHATHAM_HOUSE, by=CONSOLE
    )
    scene.spread(record_insight(session=session, text=f"A {COMMON} helps.", by=CONSOLE))
    scene.page("sessions:detail", session.pk)


def noted(scene: Scene) -> None:
    """A note goes where its evidence goes; a private one to nobody."""
    writer = a_person(scene.inquiry, Role.CLERK, name="Wri Ter (fictional)")
    hidden = a_submission(scene.inquiry, text=f"A {COMMON}.", requested="confidential")
    for on, shared, roles in ((hidden, "everyone", SECRETARIAT), (scene.themes[0], "private", ())):
        mark = scene.mark(*roles)
        write_note(on=on, text=f"{mark} of the {COMMON}.", shared_with=shared, by=writer)
        scene.page("notes:thread", "theme" if on is scene.themes[0] else "submission", on.pk)
    set_mark(evidence=a_written_quote(hidden), way="raised", on=True, by=writer)


KINDS: tuple[Callable[[Scene], None], ...] = (
    confidential,
    anonymised,
    undecided_or_back,
    redacted,
    in_private,
    out_of_the_lists,
    consent_gone,
    reachable,
    under_the_rule,
    noted,
)


def _written(scene: Scene, mark: str, text: str, *, quoted: bool = True, **details: Any) -> Any:
    submission = a_submission(
        scene.inquiry,
        submitter=f"Body {mark}",
        person=f"Person {mark}" if scene.rng.random() < 0.7 else "",
        title=f"Title {mark}",
        text=text,
        **details,
    )
    if quoted:
        quote = a_written_quote(submission)
        scene.spread(quote)
        scene.page("review:quote", quote.pk)
    scene.spread(submission)
    scene.page("submissions:detail", submission.number)
    scene.page("reader:document", passages(submission)[0].document_id)
    return submission


def drawn(seed: int) -> Scene:
    """One of everything, and every kind of secret once or twice, in any order."""
    rng = random.Random(seed)
    records = one_of_everything()
    inquiry = records["inquiry"]
    themes = missions(inquiry, rng.randint(2, 4))
    recommendations = [a_recommendation(inquiry, f"Recommendation {n}") for n in range(rng.randint(1, 2))]
    scene = Scene(inquiry, records, rng, themes, recommendations)
    kinds = [*KINDS, *rng.sample(KINDS, rng.randint(0, 4))]
    rng.shuffle(kinds)
    for kind in kinds:
        kind(scene)
    older, *newer = themes
    carry_over(theme=older, newer=newer[: rng.randint(1, len(newer))], by=CONSOLE)
    gather_words()
    return scene


def content(answer: Any) -> str:
    """What an answer says, also where it is packed."""
    raw = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return unpacked(raw)


def unpacked(raw: bytes) -> str:
    if raw.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            return "\n".join(f"{name}\n{unpacked(archive.read(name))}" for name in archive.namelist())
    if raw.startswith(b"%PDF"):
        document = pypdfium2.PdfDocument(raw)
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    return raw.decode(errors="replace")


def addresses(scene: Scene) -> Iterator[str]:
    """Every address that answers to a look, the details of every secret, and lists in every way that shows more."""
    for name, (_, keys) in INSIDE.items():
        if name not in ONLY_SENT:
            yield address_of(name, keys, scene.records)
    yield from scene.details
    code = scene.inquiry.code
    for page in ListPage.values:
        where = reverse(ADDRESSES[ListPage(page)], args=[code])
        yield f"{where}?q={COMMON}"
        yield f"{where}?sort=-heard&stance=supports&sector=residents"
        for kind in LIST_FORMATS:
            yield f"{where}?q={COMMON}&as={kind}"
            yield f"{where}?as={kind}"
    for theme in scene.themes:
        where = reverse("review:theme", args=[code, theme.pk])
        yield from (where, f"{where}?from=written", f"{where}?recommendation=", f"{where}?order=starred")
        yield f"{reverse('report:pack_file', args=[code, 'html'])}?theme={theme.pk}"
    for recommendation in scene.recommendations:
        yield reverse("review:recommendation", args=[code, recommendation.pk])
        yield f"{reverse('report:pack_file', args=[code, 'docx'])}?recommendation={recommendation.pk}"
    for across in ("session", "sector", "recommendation", "kind"):
        yield f"{reverse('review:gaps', args=[code])}?across={across}"
        yield f"{reverse('review:gaps_csv', args=[code])}?across={across}&count=items"
    yield f"{reverse('search:suggest', args=[code])}?q={COMMON[:-2]}"
    yield f"{reverse('review:unused', args=[code])}?kind=submission"


def found_in(scene: Scene, said: str, marks: Any) -> list[str]:
    return [f"{mark} {scene.of[mark]}" for mark in marks if mark.lower() in said.lower()]


SEEDS = (20261124, 5)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_mark_stands_where_it_may_not(seed: int) -> None:
    scene = drawn(seed)
    met: set[str] = set()
    for role in (*OTHERS, Role.CLERK):
        client = Client()
        client.force_login(a_person(scene.inquiry, role))
        kept_back = [mark for mark, roles in scene.open_to.items() if role not in roles]
        assert kept_back
        for address in addresses(scene):
            answer = client.get(address)
            assert answer.status_code < 500, (role, address)
            said = content(answer)
            assert found_in(scene, said, kept_back) == [], (role, address)
            if answer.status_code == 200:
                met |= set(found_in(scene, said, scene.open_to))
    every = {f"{mark} {scene.of[mark]}" for mark, roles in scene.open_to.items() if roles}
    # The marks are there to be met: all but what is private to one person.
    assert met == every


@pytest.mark.parametrize("seed", SEEDS)
def test_no_mark_is_printed_in_any_format_and_layout(seed: int) -> None:
    scene = drawn(seed)
    clerk = a_person(scene.inquiry)
    said = ""
    for format in Format.values:
        layout = scene.rng.choice(("appg", "commons", "lords"))
        export = ask_for_export(inquiry=scene.inquiry, format=format, layout=layout, include_unchecked=True, by=clerk)
        make_export(export.pk)
        export.refresh_from_db()
        assert export.state == "done", (format, export.error)
        with export.file.open("rb") as file:
            made = unpacked(file.read())
        said += made
        assert found_in(scene, made, scene.open_to) == [], (format, layout)
        assert export.snapshot
        beside = {key: value for key, value in export.snapshot.content.items() if key != "left_out"}
        assert found_in(scene, str(beside), scene.open_to) == [], (format, layout)
    assert COMMON in said


@pytest.mark.parametrize("seed", SEEDS)
def test_no_mark_goes_out_by_mail(seed: int, django_capture_on_commit_callbacks: Any) -> None:
    scene = drawn(seed)
    reader = a_person(scene.inquiry, Role.MEMBER, name="Rea Der Two")
    writer = a_person(scene.inquiry, name="Wri Ter Two")
    open_submission = a_submission(scene.inquiry, state="published", text=f"A {COMMON}.")
    write_note(on=open_submission, text="Look, @Rea Der Two.", shared_with="everyone", by=writer)
    with django_capture_on_commit_callbacks(execute=True):
        for submission in scene.inquiry.submissions.filter(contact__isnull=False, acknowledgement=None):
            acknowledge(submission=submission, by=CONSOLE)
        digests.plan(timezone.localtime().replace(hour=7, minute=1) + dt.timedelta(days=1))
    send_acknowledgements()
    digests.pick_up()
    _only_their_own(scene, reader)


def _only_their_own(scene: Scene, reader: User) -> None:
    """To whom it is sent, an address is no secret; all else that a message says is looked through."""
    assert [message for message in mail.outbox if reader.email in message.to]
    for message in mail.outbox:
        said = f"{message.subject}\n{message.body}\n{message.from_email}\n{message.extra_headers}"
        assert found_in(scene, said, scene.open_to) == [], said
        others = [to for to in message.to if found_in(scene, to, scene.open_to)]
        assert len(message.to) == 1 or not others
