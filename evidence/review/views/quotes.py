"""Quotes: all of them, and one by one."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.access import inquiry_view, sent_with, way_back
from accounts.refusals import Refused
from accounts.roles import Verb, may
from evidence.lists.models import ListPage
from evidence.lists.tables import in_parts
from evidence.lists.taking import asked_as, kept, taken_away
from evidence.quotes import actions
from evidence.quotes.models import WAITING, Quote, Verdict
from evidence.review.evidence import AS_HEARD, RESIDENTS_FIRST, listed_of, page_of_quotes, shown
from evidence.review.filters import QuoteFilter
from evidence.review.forms import CheckForm, RewordForm
from evidence.review.tables import QUOTE_COLUMNS, quote_rows
from evidence.review.voices import with_sector
from inquiry.changes import sign_of
from inquiry.editing import saved
from inquiry.lists import keys_of_all, sort_asked

ORDERS = {
    "residents": ("Residents first", RESIDENTS_FIRST),
    "heard": ("As heard", AS_HEARD),
    "-taken": ("Newest", ("-pk",)),
}
SAID_OF = {
    Verdict.VERBATIM: "The words stand in their source exactly so.",
    Verdict.EDITED: "The words stand in their source, but for edits that are marked in square brackets.",
    Verdict.MISMATCH: "The words differ from their source, and no brackets say where. "
    "The quote is kept out of every export until it is mended.",
    Verdict.UNCHECKED: "Nobody has checked the words against a recording or a published source yet. "
    "Exports leave the quote out unless told otherwise.",
}


@inquiry_view(Verb.READ)
def quotes(request: Any) -> HttpResponseBase:
    """Every quote that the person may read, found by its words and narrowed by facets."""
    everything = listed_of(request.user, request.inquiry)
    narrowed = QuoteFilter(request.GET, everything, request=request)
    total = narrowed.count_facets()
    sort = sort_asked(request, [key.removeprefix("-") for key in ORDERS], "residents")
    sort = sort if sort in ORDERS else "residents"
    rows = narrowed.qs.order_by(*ORDERS[sort][1])
    if asked_as(request):
        return taken_away(request, ListPage.QUOTES, QUOTE_COLUMNS, in_parts(rows, partial(quote_rows, request)))
    page = page_of_quotes(rows, request, count=total)
    context = kept(request, ListPage.QUOTES) | {
        "filter": narrowed,
        "orders": [(key, label) for key, (label, _) in ORDERS.items()],
        "sort": sort,
        "page": page,
        "quotes": shown(page, request.inquiry.code, user=request.user),
        "total": total,
        "narrowed": narrowed.is_bound,
        "words": narrowed.asked.get("q", ""),
        "all_keys": keys_of_all(narrowed.qs, page) if may(request.user, Verb.TAG, request.inquiry) else "",
    }
    return render(request, "review/quotes.html", context)


@inquiry_view(Verb.READ)
def quote(request: Any, pk: int) -> HttpResponse:
    """One quote: its words, how they compare with their source, how it is cited, and what it bears on."""
    found = _quote(request, pk)
    (as_shown,) = shown([found], request.inquiry.code, user=request.user)
    context = {
        "quote": found,
        "shown": as_shown,
        "said_of": _said_of(found),
        "waiting": WAITING,
        "used_by": [tag for tag in as_shown["bearing"] if tag.recommendation],
        "source": _source(found) if found.verdict in (Verdict.MISMATCH, Verdict.EDITED) else "",
    }
    return render(request, "review/quote.html", context)


@inquiry_view(Verb.READ)
def quote_words(request: Any, pk: int) -> HttpResponse:
    """Leads to a quote's words where they stand now, in the version of a transcript that they have followed into.

    Where there is none, or the quote was removed, to its own page.
    """
    found = _quote(request, pk)
    if found.first_passage is None or found.removed_at:
        return redirect("review:quote", request.inquiry.code, found.pk)
    place = {"at": found.first_passage_id}
    where = reverse("reader:document", args=[request.inquiry.code, found.first_passage.document_id], query=place)
    return redirect(f"{where}#q-{found.pk}")


@inquiry_view(Verb.TAKE_QUOTES)
def quote_edit(request: Any, pk: int) -> HttpResponse:
    """A quote's words are edited, and judged anew."""

    def opened(sent: Any = None) -> RewordForm:
        one = _quote(request, pk)
        return RewordForm(sent, initial={"text": one.text, "seen": sign_of(one)})

    found = _quote(request, pk)
    form = opened(sent_with(request))
    if saved(form, lambda: actions.edit_quote(quote=found, by=request.user, **form.cleaned_data), opened):
        found = _quote(request, pk)
        tell = messages.warning if found.verdict == Verdict.MISMATCH else messages.success
        tell(request, f"The words were changed. {_said_of(found)}")
        return redirect("review:quote", request.inquiry.code, found.pk)
    context = {"form": form, "quote": found, "shown": shown([found], request.inquiry.code, user=request.user)[0]}
    return render(request, "review/quote_edit.html", context | {"source": _source(found)})


@inquiry_view(Verb.TAKE_QUOTES)
def quote_check(request: Any, pk: int) -> HttpResponse:
    """A person says that they have checked a quote against the recording, or a published source."""

    def opened(sent: Any = None) -> CheckForm:
        one = _quote(request, pk)
        says = {"checked_against": one.checked_against, "time_code": one.time_code, "seen": sign_of(one)}
        return CheckForm(sent, initial=says)

    found = _quote(request, pk)
    form = opened(sent_with(request))
    if saved(form, lambda: actions.check_quote(quote=found, by=request.user, **form.cleaned_data), opened):
        messages.success(request, "The quote is checked.")
        return redirect("review:quote", request.inquiry.code, found.pk)
    context = {"form": form, "quote": found, "shown": shown([found], request.inquiry.code, user=request.user)[0]}
    return render(request, "review/quote_check.html", context)


@require_POST
@inquiry_view(Verb.TAKE_QUOTES)
def quote_remove(request: Any, pk: int) -> HttpResponse:
    """A quote is taken out of every list; the message offers to bring it back."""
    actions.remove_quote(quote=_quote(request, pk), by=request.user)
    back = way_back(request, "")
    undo = reverse("review:quote_restore", args=[request.inquiry.code, pk], query={"next": back} if back else None)
    messages.success(request, "The quote was removed.", extra_tags=f"undo:{undo}")
    return redirect(back or reverse("review:quotes", args=[request.inquiry.code]))


@require_POST
@inquiry_view(Verb.TAKE_QUOTES)
def quote_restore(request: Any, pk: int) -> HttpResponse:
    """A removed quote is brought back."""
    try:
        actions.restore_quote(quote=_quote(request, pk), by=request.user)
        messages.success(request, "The quote is back, with its tags.")
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect(way_back(request, reverse("review:quote", args=[request.inquiry.code, pk])))


def _quote(request: Any, pk: int) -> Any:
    """The quote, as far as the person may see it; a removed one only for those who can bring it back."""
    seen = Quote.objects.visible_to(request.user).filter(inquiry=request.inquiry)
    if not may(request.user, Verb.TAKE_QUOTES, request.inquiry):
        seen = seen.standing()
    rows = with_sector(seen, request.user).with_source().select_related("checked_by", "removed_by", "first_passage")
    return get_object_or_404(rows, pk=pk)


def _said_of(quote: Quote) -> str:
    if quote.said_verdict == WAITING:
        return (
            "The transcript was replaced, and these words are not in its new version as they were. "
            "Until somebody has compared them, no export prints the quote."
        )
    if quote.verdict != Verdict.CHECKED:
        return SAID_OF[Verdict(quote.verdict)]
    where = quote.checked_against or "the recording"
    at = f" at {quote.time_code}" if quote.time_code is not None else ""
    who = f" by {quote.checked_by}" if quote.checked_by else ""
    return f"The words were checked against {where}{at}{who}."


def _source(quote: Quote) -> str:
    if not (quote.first_passage and quote.last_passage):
        return ""
    return actions.words_at(quote.first_passage, quote.start or 0, quote.last_passage, quote.end or 0)
