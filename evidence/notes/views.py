"""Marks by one tap, and threads of notes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.access import inquiry_view, sent_with, way_back
from accounts.refusals import Refused
from accounts.roles import Verb
from evidence.notes import actions
from evidence.notes.forms import EditNoteForm, NoteForm
from evidence.notes.models import MARKED, PLACES, Mention, Note
from evidence.notes.naming import colleagues
from evidence.notes.places import described, places_of, whole
from evidence.notes.reading import marks_on, progress
from inquiry.editing import saved
from inquiry.models import Theme
from inquiry.numbers import whole_number


@require_POST
@inquiry_view(Verb.KEEP_NOTES)
def mark(request: Any, kind: str, pk: int) -> HttpResponse:
    """Stars, marks as read or raises a piece of evidence, or takes that back: what the pressed button says."""
    if kind not in MARKED:
        raise Http404("Nothing of that kind is marked.")
    evidence = _evidence(request, kind, pk)
    for way in actions.WAYS:
        if request.POST.get(way) in ("on", "off"):
            actions.set_mark(evidence=evidence, way=way, on=request.POST[way] == "on", by=request.user)
    if not request.htmx:
        return redirect(way_back(request, described(kind, evidence, request.inquiry.code).url))
    context = {"marks": marks_on(request.user, kind, [pk])[pk], "inquiry": request.inquiry, "theme": None}
    theme = Theme.objects.visible_to(request.user).filter(
        inquiry=request.inquiry, pk=whole_number(request.POST.get("theme", ""))
    )
    if on := theme.first():
        context |= {"theme": on, "progress": progress(request.user, request.inquiry, on), "apart": True}
    return render(request, "notes/_marked.html", context)


@inquiry_view(Verb.READ, write=Verb.KEEP_NOTES)
def thread(request: Any, kind: str, pk: int) -> HttpResponse:
    """The notes on one thing, and the form for one more."""
    if kind not in PLACES:
        raise Http404("There are no notes on that.")
    evidence = _evidence(request, kind, pk)
    form = NoteForm(sent_with(request))
    place = described(kind, evidence, request.inquiry.code)
    if form.is_bound and form.is_valid():
        try:
            note = actions.write_note(on=evidence, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.about or None, str(refused))
        else:
            messages.success(request, "The note is written.")
            return HttpResponseRedirect(way_back(request, f"{place.url}#note-{note.pk}"))
    context = {"kind": kind, "evidence": evidence, "place": place, "form": form, "back": way_back(request, "")}
    return render(request, "notes/thread.html", context)


@inquiry_view(Verb.KEEP_NOTES)
def edit(request: Any, pk: int) -> HttpResponse:
    """One’s own note says something else, or is shared otherwise."""

    def opened(sent: Any = None) -> EditNoteForm:
        one = _ones_own(request, pk)
        says = {"text": one.text, "shared_with": one.shared_with, "seen": actions.sign_of_note(one)}
        return EditNoteForm(sent, initial=says)

    note = _ones_own(request, pk)
    form = opened(sent_with(request))
    if saved(form, lambda: actions.edit_note(note=note, by=request.user, **form.cleaned_data), opened):
        undo = reverse("notes:take_back", args=[request.inquiry.code, pk])
        messages.success(request, "The note was changed.", extra_tags=f"undo:{undo}")
        return _to(request, note)
    context = {
        "form": form,
        "note": note,
        "place": _place(request, note),
        "colleagues": colleagues(request.inquiry, but=request.user),
    }
    return render(request, "notes/edit.html", context)


@require_POST
@inquiry_view(Verb.KEEP_NOTES)
def take_back(request: Any, pk: int) -> HttpResponse:
    """The last change of one’s own note is taken back."""
    return _done(request, pk, actions.take_back_edit, "The note is as it was before.")


@require_POST
@inquiry_view(Verb.KEEP_NOTES)
def remove(request: Any, pk: int) -> HttpResponse:
    """One’s own note is removed; the message offers to bring it back."""
    return _done(request, pk, actions.remove_note, "The note was removed.", undo="notes:restore")


@require_POST
@inquiry_view(Verb.KEEP_NOTES)
def restore(request: Any, pk: int) -> HttpResponse:
    """One’s own note is brought back."""
    return _done(request, pk, actions.restore_note, "The note is back.")


def _done(request: Any, pk: int, verb: Any, sentence: str, undo: str = "") -> HttpResponse:
    note = _ones_own(request, pk)
    try:
        verb(note=note, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        back = f"undo:{reverse(undo, args=[request.inquiry.code, pk])}" if undo else ""
        messages.success(request, sentence, extra_tags=back)
    return _to(request, note)


@require_POST
@inquiry_view(Verb.READ)
def named(request: Any, pk: int) -> HttpResponse:
    """Leads to a note that names the person, who is told of it no more."""
    mention = get_object_or_404(
        Mention.objects.visible_to(request.user).select_related("note", "inquiry"), inquiry=request.inquiry, pk=pk
    )
    actions.look_at_mention(mention=mention, by=request.user)
    return _to(request, mention.note)


def _evidence(request: Any, kind: str, pk: int) -> Any:
    return get_object_or_404(whole(request.user, kind), inquiry=request.inquiry, pk=pk)


def _ones_own(request: Any, pk: int) -> Note:
    return get_object_or_404(
        Note.objects.written_by_them(request.user).select_related("inquiry"), inquiry=request.inquiry, pk=pk
    )


def _place(request: Any, note: Note) -> Any:
    return places_of(request.user, [note], request.inquiry.code)[note.pk]


def _to(request: Any, note: Note) -> HttpResponse:
    """The page of what the note is on, at the note."""
    return HttpResponseRedirect(f"{_place(request, note).url}#note-{note.pk}")
