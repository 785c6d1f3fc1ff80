"""Reading written evidence: the list, and one submission."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import Case, Count, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Lower, NullIf
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts.access import inquiry_view
from accounts.roles import Verb, may
from evidence.documents.models import Document
from evidence.lists.models import ListPage
from evidence.lists.tables import Row, in_parts
from evidence.lists.taking import asked_as, kept, taken_away
from evidence.submissions.actions import next_states
from evidence.submissions.at_hand import submissions_seen
from evidence.submissions.filters import SubmissionFilter
from evidence.submissions.life import State, Treatment
from evidence.submissions.models import ANONYMOUS, Submission, Submitter
from evidence.submissions.naming import named_in_text
from inquiry.dates import say_date
from inquiry.lists import COUNTED_TO, keys_of_all, page_of, sort_asked
from inquiry.models import Recommendation
from inquiry.models.jobs import JobState

ASKS_BY_ITSELF = 5
COLUMNS = ("reference", "from", "title", "received", "publication", "state", "link")
STANCES = ("supports", "challenges", "qualifies")

SORTS = {
    "reference": "number",
    "from": "from_name",
    "received": "received_on",
    "publication": "publication",
    "state": "state",
}


@inquiry_view(Verb.READ)
def listing(request: Any) -> HttpResponseBase:
    """The submissions that the person may see, filtered and in the order that they ask for."""
    mine = Submission.objects.visible_to(request.user).filter(inquiry=request.inquiry).with_reading()
    found = SubmissionFilter(request.GET, mine, request=request)
    count = found.count_facets()
    sort = sort_asked(request, SORTS, "-reference")
    rows = _sorted(found.qs, sort)
    if asked_as(request):
        taken = partial(_as_rows, request)
        return taken_away(request, ListPage.SUBMISSIONS, COLUMNS, in_parts(rows.with_submitters(), taken))
    # Which stand on the page is asked first, so that only theirs is worked out of what is shown.
    page: Any = page_of(rows.values_list("pk", flat=True), request, count=count)
    keys = list(page.object_list)
    shown = submissions_seen(request.user, keys, request.inquiry, with_reading=True)
    page.object_list = [shown[key] for key in keys if key in shown]
    context = kept(request, ListPage.SUBMISSIONS) | {
        "page": page,
        "count": count,
        "more": count > COUNTED_TO,
        "filter": found,
        "sort": sort,
    }
    if may(request.user, Verb.TAG, request.inquiry):
        context["all_keys"] = keys_of_all(found.qs, page, "number")
    return render(request, "submissions/list.html", context)


def _as_rows(request: Any, submissions: QuerySet[Submission]) -> Iterator[Row]:
    """A row of a file for each submission, with what the list shows of it."""
    for each in submissions:
        address = reverse("submissions:detail", args=[request.inquiry.code, each.number])
        yield {
            "reference": each.reference,
            "from": each.submitted_by,
            "title": each.shown_title,
            "received": say_date(each.received_on, each.received_precision),
            "publication": each.get_decision_display() or f"asks: {each.get_requested_display().lower()}",
            "state": each.get_state_display(),
            "link": request.build_absolute_uri(address),
        }


def _sorted(rows: QuerySet[Submission], sort: str) -> Any:
    key = SORTS[sort.removeprefix("-")]
    if key == "number":
        # No reference is missing, and none is there twice: an index has them in their order.
        return rows.order_by("-number" if sort.startswith("-") else "number")
    if key == "from_name":
        names = Submitter._base_manager.filter(submission=OuterRef("pk")).order_by("position", "id")
        first = Subquery(names.values(name=Lower(Coalesce("witness__name", "organisation__name")))[:1])
        # Sorting may not tell what the name column keeps back.
        rows = rows.annotate(from_name=Case(When(names_open=True, then=first), default=Lower(Value(ANONYMOUS))))
    if key == "publication":
        rows = rows.annotate(publication=Coalesce(NullIf("decision", Value("")), "requested"))
    order = F(key).desc(nulls_last=True) if sort.startswith("-") else F(key).asc(nulls_last=True)
    return rows.order_by(order, "number")


def submission_of(request: Any, number: int) -> Submission:
    """The submission that the address names, as far as the person may see it."""
    seen = Submission.objects.visible_to(request.user).with_submitters().select_related("in_campaign__campaign")
    return get_object_or_404(seen, inquiry=request.inquiry, number=number)


@inquiry_view(Verb.READ)
def detail(request: Any, number: int) -> HttpResponse:
    """One submission: who, when, its files, and where it stands; for the secretariat also how it came to that."""
    submission = submission_of(request, number)
    context = {
        "submission": submission,
        **_files(request, submission),
        "tags": submission.tags.visible_to(request.user).select_related("theme", "recommendation__addressee"),
        "used_by": _used_by(request, submission),
    }
    if may(request.user, Verb.SEE_UNPUBLISHED, request.inquiry):
        context |= _for_the_secretariat(submission)
    return render(request, "submissions/detail.html", context)


def _used_by(request: Any, submission: Submission) -> Any:
    """The recommendations that stand on it, as a whole or on its quotes, each with how often it is used how."""
    quotes: Any = submission.quotes
    theirs = Q(tags__quote__in=quotes.visible_to(request.user).standing().order_by().values("pk"))
    seen = Recommendation.objects.visible_to(request.user).filter(theirs | Q(tags__submission=submission))
    return seen.in_order().annotate(**{each: Count("tags", filter=Q(tags__stance=each)) for each in STANCES})


def _files(request: Any, submission: Submission) -> dict[str, Any]:
    """A page of the submission's files, each with whether the person may have it as received."""
    documents = Document.objects.visible_to(request.user).filter(submission_file__submission=submission)
    done = _how_far(documents)
    ordered = documents.with_words().select_related("came_in").order_by("submission_file__position", "pk")
    page = page_of(ordered, request, count=done["total"])
    here = [document.pk for document in page]
    theirs = set(Document.objects.as_received_for(request.user).filter(pk__in=here).values_list("pk", flat=True))
    return {
        "files": [(n, document, document.pk in theirs) for n, document in enumerate(page, page.start_index())],
        "files_page": page,
        # Each row would ask by itself how far it is; of a folder that was dropped at once, one line asks for all.
        "together": done if done["total"] - done["read"] > ASKS_BY_ITSELF else None,
    }


def _how_far(documents: QuerySet[Document]) -> dict[str, int]:
    over = Q(state__in=[JobState.DONE, JobState.FAILED])
    return documents.aggregate(total=Count("pk"), read=Count("pk", filter=over))


@require_GET
@inquiry_view(Verb.READ)
def files_progress(request: Any, number: int) -> HttpResponse:
    """How many of a submission's files are read; the page that shows it asks each second."""
    seen = Submission.objects.visible_to(request.user)
    submission = get_object_or_404(seen, inquiry=request.inquiry, number=number)
    documents = Document.objects.visible_to(request.user).filter(submission_file__submission=submission)
    # Without the context of a whole page, whose rail counts every list.
    context = {"together": _how_far(documents), "code": request.inquiry.code, "number": number}
    return HttpResponse(render_to_string("submissions/_together.html", context))


def _for_the_secretariat(submission: Submission) -> dict[str, Any]:
    return {
        "secretariat": True,
        "buttons": buttons(submission),
        "history": submission.steps.select_related("taken_by"),
        "decisions": submission.decisions.select_related("decided_by"),
        "consents": submission.consents.select_related("recorded_by"),
        "contact": getattr(submission, "contact", None),
        "told": named_in_text(submission) if submission.treatment == Treatment.ANONYMISED else [],
    }


@dataclass(frozen=True)
class Button:
    """A step that can be taken now; ``at_once`` when nothing more has to be said."""

    label: str
    url: str
    at_once: bool = False
    primary: bool = False
    danger: bool = False


_PAGES = {
    State.ACCEPTED: ("accept", "Accept"),
    State.RECEIVED: ("receive_again", "It came back"),
    State.RETURNED: ("return", "Return"),
    State.DECIDED: ("decide", "Decide on publication"),
    State.PUBLISHED: ("publish", "Note that it is published"),
    State.WITHDRAWN: ("withdraw", "Withdraw"),
}
_AT_ONCE = (State.ACCEPTED, State.RECEIVED)


def buttons(submission: Submission) -> list[Button]:
    """The steps that may follow; the one that leads on is the primary one."""
    states = list(next_states(submission))
    decided = bool(submission.decision) and submission.state in (State.DECIDED, State.PUBLISHED)
    if submission.state == State.DECIDED:
        states.insert(1, State.DECIDED)
    if submission.decision == Treatment.CONFIDENTIAL and State.PUBLISHED in states:
        states.remove(State.PUBLISHED)
    steps = []
    for state in states:
        page, label = _PAGES[state]
        again = state == State.DECIDED and decided
        steps.append(
            Button(
                label="Decide again" if again else label,
                url=reverse(f"submissions:{page}", args=[submission.inquiry.code, submission.number]),
                at_once=state in _AT_ONCE,
                primary=state == states[0] and not again and state != State.WITHDRAWN,
                danger=state == State.WITHDRAWN,
            )
        )
    return steps
