"""A document opened: its passages, the quotes taken from it, and words quoted or redacted where they stand."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from accounts.access import inquiry_view
from accounts.refusals import Refused
from accounts.roles import Verb, may
from accounts.statements import number_given, records_kept_for
from evidence.documents.actions import lift_redaction
from evidence.documents.models import Document, Passage, Redaction
from evidence.live.asking import own_quotes, seen_sign
from evidence.quotes.actions import AlreadyQuoted, readable_words, source_of, verdict_on
from evidence.quotes.citations import cite
from evidence.quotes.models import Quote, Verdict
from evidence.reader.actions import redact_words, take_tagged_quote
from evidence.reader.forms import (
    LAST_PLACE,
    CopiedQuoteForm,
    CopiedRedactionForm,
    QuoteForm,
    RedactionForm,
    WordsForm,
)
from evidence.reader.source import Source
from evidence.reader.window import Window, position_of, position_of_question, window_of
from evidence.submissions.at_hand import with_authors
from evidence.submissions.models import Submission
from evidence.transcripts.models import Transcript
from inquiry.models.records import all_of
from inquiry.numbers import whole_number
from inquiry.words import LONGEST

UNPROCESSABLE = 422


def _opened(request: Any, pk: int) -> tuple[Any, Source]:
    """The document and what it is, for a person who may see the submission that it came with, or the transcript."""
    inquiry, user = request.inquiry, request.user

    def submissions() -> Any:
        seen = Submission.objects.visible_to(user).select_related(None)
        return seen.filter(inquiry=number_given("inquiry"), files__document=number_given("document"))

    def documents() -> Any:
        asked = Document.objects.visible_to(user).filter(inquiry=number_given("inquiry"), pk=number_given("document"))
        # Also whether it is a transcript, which each of its quotes asks it.
        return asked.with_length().select_related("transcript")

    given = {"inquiry": inquiry.pk, "document": whole_number(str(pk)) or 0}
    if came_with := records_kept_for(user, "submission of a document", submissions, **given):
        (submission,) = with_authors(all_of(came_with, inquiry)).values()
        source = Source(submission=submission)
    else:
        transcripts = inquiry.transcripts.visible_to(user).select_related("session")
        source = Source(transcript=get_object_or_404(transcripts, document__pk=pk))
    found = all_of(records_kept_for(user, "document", documents, **given), inquiry)
    if not found:
        # It became unreadable since.
        raise Http404("There is no such document.")
    return found[0], source


def _passages(request: Any, document: Document) -> Any:
    return Passage.objects.visible_to(request.user).filter(document=document)


def _passage(request: Any, document: Document) -> Any:
    """The passage that the address names."""
    pk = whole_number(request.GET.get("passage", ""))
    if pk is None:
        raise Http404("No passage is named.")
    return get_object_or_404(_passages(request, document), pk=pk)


def _address(document: Document, passage: Any, fragment: str = "") -> str:
    where = reverse("reader:document", args=[document.inquiry.code, document.pk], query={"at": passage.pk})
    return f"{where}#{fragment or f'p-{passage.pk}'}"


def _at(request: Any, document: Document) -> int:
    """The position that the address asks for."""
    passage, position, question = (whole_number(request.GET.get(name, "")) for name in ("at", "from", "question"))
    if question is not None:
        return position_of_question(document, min(question, LAST_PLACE))
    if passage is not None:
        return position_of(document, passage)
    return 1 if position is None else position


def _context(request: Any, document: Document, source: Source, window: Window) -> dict[str, Any]:
    context: dict[str, Any] = {"document": document, **vars(source), "window": window}
    if source.transcript and source.replaced:
        counting = Transcript.objects.visible_to(request.user).current()
        context["counting"] = counting.filter(session=source.transcript.session_id).first()
    if may(request.user, Verb.TAKE_QUOTES, request.inquiry):
        begun = _begun(request, window)
        context["form"] = QuoteForm(
            inquiry=request.inquiry, user=request.user, passages=_passages(request, document), initial=begun
        )
        context["begun"] = bool(begun)
    return context


def _begun(request: Any, window: Window) -> dict[str, Any]:
    """A quote of the whole passage that the address names, begun for the themes that it names."""
    pk = whole_number(request.GET.get("quote", ""))
    passage = next((each for each in window.passages if each.pk == pk), None)
    if passage is None:
        return {}
    place = {"first_passage": pk, "start": 0, "last_passage": pk, "end": len(passage.words)}
    return place | {"text": passage.words, "themes": request.GET.getlist("theme")}


@inquiry_view(Verb.READ)
def document(request: Any, pk: int) -> HttpResponse:
    """A document, from its beginning, from a place, or where a passage stands."""
    opened, source = _opened(request, pk)
    at, sought = _at(request, opened), request.GET.get("find", "")[:LONGEST]
    window = window_of(opened, source, request.user, at=at, sought=sought)
    return render(request, "reader/document.html", _context(request, opened, source, window))


@require_POST
@inquiry_view(Verb.TAKE_QUOTES)
def take(request: Any, pk: int) -> HttpResponse:
    """Words selected in a document become a quote with its tags."""
    opened, source = _opened(request, pk)
    form = QuoteForm(request.POST, inquiry=request.inquiry, user=request.user, passages=_passages(request, opened))
    if form.is_valid():
        try:
            quote = take_tagged_quote(**form.place, text=form.cleaned_data["text"], **form.tags, by=request.user)
        except AlreadyQuoted as already:
            return _led_to(request, opened, already)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return _taken(request, opened, source, quote)
    template = "reader/panel.html" if request.htmx else "reader/quote_form.html"
    context = {"document": opened, **vars(source), "form": form}
    return render(request, template, context, status=UNPROCESSABLE)


def _led_to(request: Any, opened: Document, already: AlreadyQuoted) -> HttpResponse:
    """On to the quote that stands: the same was sent twice, or somebody else was quicker."""
    messages.info(request, str(already))
    return _go(request, _address(opened, already.quote.first_passage, f"q-{already.quote.pk}"))


def _taken(request: Any, opened: Document, source: Source, quote: Any) -> HttpResponse:
    """What changed on the page, or, without script, the page where the quote stands."""
    if not request.htmx:
        _say_saved(request, quote, source, _address(opened, quote.first_passage))
        return redirect(_address(opened, quote.first_passage, f"q-{quote.pk}"))
    window = window_of(opened, source, request.user, at=quote.first_passage.position)
    context = _context(request, opened, source, window)
    changed = [p for p in window.passages if quote.first_passage.position <= p.position <= quote.last_passage.position]
    context |= {"quote": quote, "said": source.says_of(quote), "changed": changed}
    # What somebody has done on the page themselves is no news: it asks on from here.
    context |= {"seen": seen_sign(request.POST), "own": [*own_quotes(request.POST), quote.pk]}
    answer = render(request, "reader/taken.html", context)
    answer["HX-Trigger-After-Settle"] = json.dumps({"quote-saved": {"passage": quote.first_passage_id}})
    return answer


@inquiry_view(Verb.TAKE_QUOTES)
def judge(request: Any, pk: int) -> HttpResponse:
    """What would be said of the words so far: their verdict, and how they would be cited."""
    opened, source = _opened(request, pk)
    form = WordsForm(request.POST or request.GET, passages=_passages(request, opened))
    context: dict[str, Any] = {}
    if form.is_valid():
        try:
            words = readable_words(**form.place, by=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            context["verdict"] = verdict_on(form.cleaned_data["text"] or words, words)
            quoted = Quote(inquiry=request.inquiry, **source_of(form.place["first_passage"]), **form.place)
            context["citation"] = cite(quoted, letter=source.letter(request.user))
    context["refusals"] = form.non_field_errors()
    return render(request, "reader/judged.html", context)


@inquiry_view(Verb.TAKE_QUOTES)
def quote_form(request: Any, pk: int) -> HttpResponse:
    """A quote taken by copying words of a passage, for those who do not select them."""
    opened, source = _opened(request, pk)
    passage = _passage(request, opened)
    form = CopiedQuoteForm(request.POST or None, inquiry=request.inquiry, user=request.user, passage=passage)
    if request.method == "POST" and form.is_valid():
        try:
            quote = take_tagged_quote(**form.place, text=form.cleaned_data["text"], **form.tags, by=request.user)
        except AlreadyQuoted as already:
            return _led_to(request, opened, already)
        except Refused as refused:
            form.add_error("text", str(refused))
        else:
            _say_saved(request, quote, source, _address(opened, passage))
            return redirect(_address(opened, passage, f"q-{quote.pk}"))
    context = {"document": opened, **vars(source), "passage": passage, "form": form}
    return render(request, "reader/quote_form.html", context, status=UNPROCESSABLE if form.errors else 200)


@inquiry_view(Verb.DECIDE)
def redact(request: Any, pk: int) -> HttpResponse:
    """Words taken away from all but the secretariat: those selected, or those copied from a passage."""
    opened, source = _opened(request, pk)
    form: Any
    if "passage" in request.GET:
        passage = _passage(request, opened)
        form = CopiedRedactionForm(request.POST or None, passage=passage)
    else:
        passage = None
        form = RedactionForm(request.POST or None, passages=_passages(request, opened))
    if request.method == "POST" and form.is_valid():
        try:
            redact_words(**form.place, reason=form.cleaned_data["reason"], by=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The words are redacted. The secretariat alone can read them.")
            return _go(request, _address(opened, form.place["first_passage"]))
    if request.htmx:
        return render(request, "reader/redact_panel.html", {"document": opened, "reasons": form}, status=UNPROCESSABLE)
    if passage is None:
        raise Http404("No passage is named.")
    context = {"document": opened, **vars(source), "passage": passage, "form": form}
    return render(request, "reader/redact_form.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_POST
@inquiry_view(Verb.DECIDE)
def lift(request: Any, pk: int) -> HttpResponse:
    """Redacted words given back to everyone who may see the submission."""
    seen = Redaction.objects.visible_to(request.user).select_related("passage__document__inquiry", "inquiry")
    redaction = get_object_or_404(seen, inquiry=request.inquiry, pk=pk)
    passage = redaction.passage
    lift_redaction(redaction=redaction, by=request.user)
    messages.success(request, "The words can be read again by everyone who may see the submission.")
    return redirect(_address(passage.document, passage))


@inquiry_view(Verb.READ)
def quote(request: Any, pk: int) -> HttpResponse:
    """The permanent address of a quote in its source: the reader, opened at the words."""
    seen = Quote.objects.visible_to(request.user).filter(inquiry=request.inquiry, first_passage__isnull=False)
    found = get_object_or_404(seen.select_related("first_passage__document__inquiry"), pk=pk)
    return redirect(_address(found.first_passage.document, found.first_passage, f"q-{found.pk}"))


def _say_saved(request: Any, quote: Quote, source: Source, back: str) -> None:
    """That it was saved, how it compares, and how to take it back."""
    undo = reverse("review:quote_remove", args=[request.inquiry.code, quote.pk], query={"next": back})
    level = messages.WARNING if quote.verdict == Verdict.MISMATCH else messages.SUCCESS
    messages.add_message(request, level, f"The quote was saved: {source.says_of(quote)}.", extra_tags=f"undo:{undo}")


def _go(request: Any, address: str) -> HttpResponse:
    """On to another page, whether the browser or a part of the page asked."""
    return HttpResponseClientRedirect(address) if request.htmx else redirect(address)
