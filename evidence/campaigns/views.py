"""Submissions that are alike: found on one page, looked at and handled as one on another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Left
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import inquiry_view, sent_with
from accounts.refusals import Refused
from accounts.roles import Verb
from evidence.campaigns import actions
from evidence.campaigns.differences import differences
from evidence.campaigns.forms import CampaignForm, RenameForm
from evidence.campaigns.models import Campaign, Likeness
from evidence.documents.models import Passage, PassageKind
from evidence.submissions.models import Submission
from inquiry.lists import page_of
from inquiry.numbers import whole_number

ON_A_PAGE = 20
BEGINNING = 240
# Of a document that is longer, the differences in what comes first are shown.
PASSAGES_COMPARED = 400
OFFERED = 200


@inquiry_view(Verb.LOG_EVIDENCE)
def alike(request: Any) -> HttpResponse:
    """The groups of submissions that are alike, those that nobody has handled yet first; and the campaigns."""
    beginning = (
        Passage.objects.visible_to(request.user)
        .filter(document__submission_file__submission=OuterRef("submission"))
        .exclude(kind=PassageKind.HEADING)
        .order_by("document__submission_file__position", "position")
        .values(begins=Left("received_text", BEGINNING))
    )
    groups = (
        _likenesses(request)
        .groups()
        .annotate(begins=Subquery(beginning[:1]), everyone=F("others") + 1)
        .select_related("submission__inquiry", "submission__in_campaign__campaign")
        .order_by(F("waiting").desc(), "-others", "submission__number")
    )
    context = {"page": page_of(groups, request), "campaigns": _campaigns(request)[:OFFERED]}
    return render(request, "campaigns/alike.html", context)


def _likenesses(request: Any) -> Any:
    return Likeness.objects.visible_to(request.user).filter(inquiry=request.inquiry)


def _campaigns(request: Any) -> QuerySet[Campaign]:
    mine = Campaign.objects.visible_to(request.user).filter(inquiry=request.inquiry)
    return mine.annotate(size=Count("letters")).order_by("name")


@inquiry_view(Verb.LOG_EVIDENCE)
def group(request: Any, number: int) -> HttpResponse:
    """A group: how alike each is to the first, which words differ, and what is done with them as one."""
    lead = get_object_or_404(
        _likenesses(request).leading().select_related("submission__inquiry", "submission__in_campaign__campaign"),
        submission__number=number,
    )
    form = CampaignForm(request.POST if request.POST.get("step") == "campaign" else None)
    if request.method == "POST":
        answer = _step(request, lead, form)
        if answer:
            return answer
    members = lead.members.order_by("-alike", "submission__number")
    numbers = [number, *members.values_list("submission__number", flat=True)]
    page = Paginator(members.select_related("submission"), ON_A_PAGE).get_page(request.GET.get("page"))
    rows = _rows(request, lead, page)
    context = {
        "lead": lead,
        "form": form,
        "page": page,
        "numbers": ",".join(map(str, numbers)),
        "size": len(numbers),
        "first": _submissions(request, [lead.submission_id])[lead.submission_id],
        "rows": rows,
        "marked": any(getattr(row["submission"], "in_campaign", None) for row in rows),
        "campaigns": _campaigns(request)[:OFFERED],
    }
    return render(request, "campaigns/group.html", context)


def _submissions(request: Any, pks: Iterable[int]) -> dict[int, Submission]:
    seen = Submission.objects.visible_to(request.user).filter(pk__in=pks).with_submitters()
    return {each.pk: each for each in seen.select_related("in_campaign__campaign")}


def _rows(request: Any, lead: Likeness, page: Page[Likeness]) -> list[dict[str, Any]]:
    """Each submission of the page, with how alike it is to the first and where its words differ."""
    submissions = _submissions(request, [each.submission_id for each in page])
    words = _words(request, [lead.submission_id, *submissions])
    first = words[lead.submission_id]
    return [
        {
            "submission": submissions[each.submission_id],
            "alike": each.alike,
            "differences": differences(first, words[each.submission_id]),
        }
        for each in page
        if each.submission_id in submissions
    ]


def _words(request: Any, submissions: list[int]) -> dict[int, list[str]]:
    """The paragraphs of each submission. The secretariat alone comes here, and reads them as received."""
    found: dict[int, list[str]] = defaultdict(list)
    passages = (
        Passage.objects.visible_to(request.user)
        .filter(document__submission_file__submission__in=submissions, position__lte=PASSAGES_COMPARED)
        .order_by("document__submission_file__position", "position")
    )
    for submission, text in passages.values_list("document__submission_file__submission", "received_text"):
        found[submission].append(text)
    return found


def _step(request: Any, lead: Likeness, form: CampaignForm) -> HttpResponse | None:
    """What the clerk wants done; the answer, or nothing when the page is to be shown again with what is wrong."""
    step = request.POST.get("step", "")
    if step == "campaign":
        if not form.is_valid():
            return None
        everyone = _everyone(request, lead)
        campaign = actions.mark_as_campaign(
            inquiry=request.inquiry, name=form.cleaned_data["name"], submissions=everyone, by=request.user
        )
        messages.success(request, f"{_count(len(everyone))} marked as letters of “{campaign}”.")
        return redirect("campaigns:alike", request.inquiry.code)
    chosen = _chosen(request)
    if not chosen:
        messages.error(request, "Choose submissions first.")
    elif step == "not_alike":
        others = actions.say_not_alike(first=lead.submission, submissions=chosen, by=request.user)
        messages.success(request, f"{_count(len(others))} will not be shown with {lead.submission} again.")
    elif step == "leave":
        taken = actions.take_out_of_campaign(inquiry=request.inquiry, submissions=chosen, by=request.user)
        messages.success(request, f"{_count(taken)} taken out of the campaign.")
    return _back(request, lead)


def _everyone(request: Any, lead: Likeness) -> list[Submission]:
    theirs = [lead.submission_id, *lead.members.values_list("submission", flat=True)]
    return list(Submission.objects.visible_to(request.user).filter(inquiry=request.inquiry, pk__in=theirs))


def _chosen(request: Any) -> list[Submission]:
    numbers = [n for sent in request.POST.getlist("number") if (n := whole_number(sent)) is not None]
    return list(Submission.objects.visible_to(request.user).filter(inquiry=request.inquiry, number__in=numbers))


def _count(number: int) -> str:
    return "1 submission" if number == 1 else f"{number:,} submissions"


def _back(request: Any, lead: Likeness) -> HttpResponseRedirect:
    """To the group, or to all of them where nothing is left of it."""
    if lead.members.exists():
        return redirect("campaigns:group", request.inquiry.code, lead.submission.number)
    return redirect("campaigns:alike", request.inquiry.code)


@inquiry_view(Verb.LOG_EVIDENCE)
def rename(request: Any, pk: int) -> HttpResponse:
    """Gives a campaign another name."""
    seen = Campaign.objects.visible_to(request.user).filter(inquiry=request.inquiry).select_related("inquiry")
    campaign = get_object_or_404(seen, pk=pk)
    form = RenameForm(sent_with(request), instance=get_object_or_404(seen, pk=pk))
    if request.method == "POST" and form.is_valid():
        try:
            actions.rename_campaign(campaign=campaign, name=form.cleaned_data["name"], by=request.user)
        except Refused as refused:
            form.add_error("name", str(refused))
        else:
            messages.success(request, "The campaign was renamed.")
            return redirect("campaigns:alike", request.inquiry.code)
    return render(request, "campaigns/rename.html", {"form": form, "campaign": campaign})
