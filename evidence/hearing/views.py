"""The pages of a session's transcript: brought in, looked over, corrected, and the quotes that must be settled."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.access import inquiry_view, sent_with
from accounts.refusals import Refused
from accounts.roles import Verb
from evidence.documents.models import Passage
from evidence.hearing.actions import TakenIn, confirm
from evidence.hearing.forms import BringForm, SettleForm, SpeakersForm
from evidence.quotes.actions import remove_quote
from evidence.quotes.citations import cite
from evidence.quotes.following import LeftBehind, settle
from evidence.quotes.following import left_behind as waiting_quotes
from evidence.transcripts.actions import discard_draft, draft_transcript
from evidence.transcripts.continuity import breaks
from evidence.transcripts.corrections import corrections as corrections_between
from evidence.transcripts.corrections import word_pieces
from evidence.transcripts.models import Draft, Transcript
from evidence.transcripts.reading.as_json import from_json
from evidence.transcripts.seating import recorded_on, voices_of
from inquiry.models import Session
from inquiry.models.jobs import JobState

SHOWN = 40
CORRECTIONS_SHOWN = 200


@inquiry_view(Verb.LOG_EVIDENCE)
def transcript(request: Any, pk: int) -> HttpResponse:
    """A session's transcript in its versions, and the way to bring in the next."""
    session = _session(request, pk)
    form = BringForm(request.POST, request.FILES) if request.method == "POST" else BringForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["transcript"]
        try:
            draft = draft_transcript(
                session=session,
                name=file.name,
                data=file.read(),
                corrected=form.cleaned_data["corrected"],
                by=request.user,
            )
        except Refused as refused:
            form.add_error("transcript", str(refused))
        else:
            return redirect("hearing:draft", request.inquiry.code, draft.pk)
    context = {
        "session": session,
        "form": form,
        "versions": _versions(request, session).order_by("-version"),
        "drafts": Draft.objects.visible_to(request.user).filter(session=session),
    }
    return render(request, "hearing/transcript.html", context)


@inquiry_view(Verb.LOG_EVIDENCE)
def draft(request: Any, pk: int) -> HttpResponse:
    """A transcript looked over before it is taken in: panels, speakers, and what does not fit."""
    found = _draft(request, pk)
    if found.state != JobState.DONE:
        return render(request, "hearing/reading.html", {"draft": found} | _progress(found))
    reading = from_json(found.reading)
    session = found.session
    heard = {n: [each.witness.name for each in here] for n, here in recorded_on(session).items()}
    for panel in reading.panels:
        listed = heard.setdefault(panel.number, [])
        listed += [witness.name for witness in panel.witnesses if witness.name not in listed]
    members = list(dict.fromkeys((*reading.members, *session.members_present)))
    posted = sent_with(request)
    form = SpeakersForm(posted, voices=voices_of(session, reading), witnesses=heard, members=members)
    if posted is not None and form.is_valid():
        try:
            taken = confirm(draft=found, settled=form.settled, by=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return _taken(request, taken)
    context = {
        "draft": found,
        "session": session,
        "reading": reading,
        "form": form,
        "open": sum(1 for row in form.rows() if row[4]),
        "breaks": breaks(session, reading),
        "first": reading.passages[:SHOWN],
        "replaces": _versions(request, session).current().first(),
    }
    return render(request, "hearing/draft.html", context)


def _taken(request: Any, taken: TakenIn) -> HttpResponse:
    code, session = request.inquiry.code, taken.transcript.session_id
    messages.success(request, f"The {taken.transcript.kind} was taken in.")
    if taken.moved:
        messages.success(request, f"{taken.moved} quotes moved with it: their words are unchanged.")
    if taken.waiting:
        messages.warning(request, f"{taken.waiting} quotes differ now. Settle each of them here.")
        return redirect("hearing:left_behind", code, session)
    return redirect("reader:document", code, taken.transcript.document_id)


@inquiry_view(Verb.LOG_EVIDENCE)
def progress(request: Any, pk: int) -> HttpResponse:
    """How far the reading of a draft has come."""
    return render(request, "components/progress.html", _progress(_draft(request, pk)))


def _progress(found: Draft) -> dict[str, Any]:
    address = [found.inquiry.code, found.pk]
    said = {JobState.WAITING: "Waiting to be read", JobState.DONE: "The transcript is read"}
    said[JobState.FAILED] = "The transcript could not be read"
    return {
        "url": reverse("hearing:progress", args=address),
        "state": "queued" if found.state == JobState.WAITING else found.state,
        "doing": said.get(JobState(found.state), found.doing),
        "done": found.progress,
        "total": 100,
        "error": found.error,
    } | (
        {"next_url": reverse("hearing:draft", args=address), "next_label": "Look it over"}
        if found.state == JobState.DONE
        else {}
    )


@require_POST
@inquiry_view(Verb.LOG_EVIDENCE)
def discard(request: Any, pk: int) -> HttpResponse:
    """Throws a draft away."""
    found = _draft(request, pk)
    discard_draft(draft=found, by=request.user)
    messages.success(request, "The draft was thrown away. Nothing of it had been taken in.")
    return redirect("hearing:transcript", request.inquiry.code, found.session_id)


@inquiry_view(Verb.READ)
def corrections(request: Any, pk: int) -> HttpResponse:
    """What the version that counts changed in the one before."""
    session = _session(request, pk)
    new = get_object_or_404(_versions(request, session).current())
    old = _versions(request, session).filter(version=new.version - 1).first()
    passages = [_words(request, each) if each else [] for each in (old, new)]
    found = list(corrections_between(*passages)) if old else []
    context = {"session": session, "old": old, "new": new, "count": len(found), "found": found[:CORRECTIONS_SHOWN]}
    return render(request, "hearing/corrections.html", context)


def _words(request: Any, version: Transcript) -> list[Any]:
    """The passages as the person may read them."""
    passages = list(Passage.objects.visible_to(request.user).filter(document=version.document_id).order_by("position"))
    for passage in passages:
        passage.received_text = passage.words
    return passages


@inquiry_view(Verb.LOG_EVIDENCE)
def left_behind(request: Any, pk: int) -> HttpResponse:
    """Quotes whose words changed with the transcript, each beside what stands there now."""
    session = _session(request, pk)
    new = get_object_or_404(_versions(request, session).current())
    waiting: list[LeftBehind] = []
    for old in _versions(request, session).exclude(pk=new.pk):
        waiting += waiting_quotes(old, new)
    rows = [(each, SettleForm(_posted(request, each), waiting=each)) for each in waiting]
    for each, form in rows:
        if form.is_bound and _settled(request, each, form):
            return redirect("hearing:left_behind", request.inquiry.code, session.pk)
    shown = [(each, form, cite(each.quote), word_pieces(each.words, each.proposal)) for each, form in rows[:SHOWN]]
    context = {"session": session, "new": new, "rows": shown, "more": max(len(rows) - SHOWN, 0)}
    return render(request, "hearing/left_behind.html", context)


def _posted(request: Any, waiting: LeftBehind) -> Any:
    return request.POST if request.method == "POST" and request.POST.get("quote") == str(waiting.quote.pk) else None


def _settled(request: Any, waiting: LeftBehind, form: SettleForm) -> bool:
    """Whether the quote was given its words, or removed."""
    if "remove" in request.POST:
        remove_quote(quote=waiting.quote, by=request.user)
        undo = reverse("review:quote_restore", args=[request.inquiry.code, waiting.quote.pk])
        messages.success(request, "The quote was removed.", extra_tags=f"undo:{undo}")
        return True
    if not form.is_valid():
        return False
    try:
        quote = settle(waiting=waiting, text=form.cleaned_data["text"], by=request.user)
    except Refused as refused:
        form.add_error("text", str(refused))
        return False
    messages.success(request, f"The quote was settled: {quote.get_verdict_display().lower()}.")
    return True


def _versions(request: Any, session: Session) -> Any:
    return Transcript.objects.visible_to(request.user).filter(session=session).select_related("session", "document")


def _session(request: Any, pk: int) -> Session:
    mine = Session.objects.visible_to(request.user).select_related("inquiry")
    return get_object_or_404(mine, inquiry=request.inquiry, pk=pk)


def _draft(request: Any, pk: int) -> Draft:
    mine = Draft.objects.visible_to(request.user).select_related("session__inquiry", "inquiry")
    return get_object_or_404(mine, inquiry=request.inquiry, pk=pk)
