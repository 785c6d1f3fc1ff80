"""The pages of sessions: the list, one session, and the one form on which it is logged."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import inquiry_view, sent_with
from accounts.refusals import Refused
from accounts.roles import Verb
from evidence.quotes.actions import AlreadyQuoted, record_quote
from evidence.quotes.models import Quote
from evidence.sessions import actions
from evidence.sessions.filters import SessionFilter
from evidence.sessions.forms import (
    PART_NAMES_NO_ONE,
    BasePanels,
    InsightForm,
    Panels,
    SessionForm,
    SpokenForm,
    as_row,
    as_typed,
    heard_on,
    with_another_panel,
)
from evidence.submissions.actions import record_consents, withdraw_consent
from evidence.submissions.forms import ConsentForm, WithdrawConsentForm
from evidence.submissions.models import Consent
from evidence.tags.actions import set_tags, set_themes
from evidence.tags.forms import TagsForm, tagged
from evidence.tags.models import Tag
from evidence.transcripts.models import Transcript
from evidence.witnesses.models import Appearance, known_names
from inquiry.actions import record_insight
from inquiry.dates import Precision
from inquiry.editing import Difference, saved
from inquiry.lists import page_of, sort_asked
from inquiry.models import Panel, Rule, Session
from inquiry.numbers import whole_number

SORTS = {"number": "number", "title": "title", "date": "date", "witnesses": "heard", "quotes": "quoted"}
QUOTES_SHOWN = 50
# What is said of an appearance where it stands alone.
HEARD = ("inquiry", "witness", "organisation", "panel__session")


@inquiry_view(Verb.READ)
def listing(request: Any) -> HttpResponse:
    """The meetings at which evidence was heard: evidence sessions by number, then the others."""
    mine = Session.objects.visible_to(request.user).filter(inquiry=request.inquiry)
    found = SessionFilter(request.GET, mine, request=request)
    count = found.count_facets()
    sort = sort_asked(request, SORTS, "number")
    page = page_of(_sorted(_with_counts(found.qs, request.user), sort), request, count=count)
    return render(request, "sessions/list.html", {"page": page, "count": count, "filter": found, "sort": sort})


def _with_counts(sessions: QuerySet[Session], user: Any) -> QuerySet[Session]:
    """Distinct witnesses and quotes of each session, as far as the person may see them."""
    heard = Appearance.objects.visible_to(user).filter(panel__session=OuterRef("pk")).order_by()
    quoted = Quote.objects.visible_to(user).standing().filter(panel__session=OuterRef("pk")).order_by()
    return sessions.annotate(
        heard=Subquery(heard.values("panel__session").annotate(n=Count("witness", distinct=True)).values("n")),
        quoted=Subquery(quoted.values("panel__session").annotate(n=Count("pk")).values("n")),
    )


def _sorted(sessions: Any, sort: str) -> Any:
    if sort == "number":
        return sessions.in_order()
    key = F(SORTS[sort.removeprefix("-")])
    return sessions.order_by(key.desc(nulls_last=True) if sort[0] == "-" else key.asc(nulls_last=True), "id")


@inquiry_view(Verb.READ)
def detail(request: Any, pk: int) -> HttpResponse:
    """One session: who was heard, what was said, and what it is about."""
    session = _session(request, pk)
    heard: dict[int, list[Appearance]] = {}
    for each in Appearance.objects.visible_to(request.user).filter(panel__session=session).in_order():
        heard.setdefault(each.panel_id, []).append(each)
    quotes = Quote.objects.visible_to(request.user).standing().filter(panel__session=session).with_source()
    tags = Tag.objects.visible_to(request.user).select_related("theme", "recommendation__addressee")
    shown = list(quotes.order_by("pk")[:QUOTES_SHOWN])
    stances: dict[int, list[dict[str, Any]]] = {}
    for tag in tags.filter(quote__in=shown, recommendation__isnull=False):
        stances.setdefault(tag.quote_id, []).append({"stance": tag.stance, "label": tag.recommendation.label})
    panels = list(session.panels.order_by("number"))
    # Those of the meeting as a whole, and those of its insights.
    of_whole = tags.filter(Q(session=session) | Q(insight__session=session)).order_by(
        "theme__position", "recommendation"
    )
    by_insight: dict[int | None, list[Tag]] = {}
    for tag in of_whole:
        by_insight.setdefault(tag.insight_id, []).append(tag)
    may_have_insights = session.under_the_rule or any(panel.rule == Rule.CHATHAM_HOUSE for panel in panels)
    insights = session.insights.visible_to(request.user) if may_have_insights else ()
    return render(
        request,
        "sessions/detail.html",
        {
            "session": session,
            "panels": [(panel, panel.effective_rule, heard.get(panel.pk, [])) for panel in panels],
            "anybody": bool(heard),
            "quotes": [(quote, stances.get(quote.pk, [])) for quote in shown],
            "more": quotes.count() - len(shown) if len(shown) == QUOTES_SHOWN else 0,
            "transcript": Transcript.objects.visible_to(request.user).filter(session=session).current().first(),
            "tags": by_insight.get(None, []),
            "insights": [(insight, by_insight.get(insight.pk, [])) for insight in insights],
            "may_have_insights": may_have_insights,
        },
    )


@inquiry_view(Verb.LOG_EVIDENCE)
def add(request: Any) -> HttpResponse:
    """Logs a session with its panels and witnesses."""
    return _log(request, None)


@inquiry_view(Verb.LOG_EVIDENCE)
def edit(request: Any, pk: int) -> HttpResponse:
    """Corrects a session. Who is second to save is told, and shown both versions."""
    return _log(request, _session(request, pk))


def _log(request: Any, session: Session | None) -> HttpResponse:
    posted = sent_with(request)
    more = posted is not None and "more_panels" in posted
    if more:
        posted = with_another_panel(posted)
    entries = _entries(session)

    def opened() -> SessionForm:
        now = _session(request, session.pk) if session else None
        return SessionForm(initial=_first_values(now, _entries(now)))

    form = SessionForm(posted, initial=_first_values(session, entries))
    panels = Panels(posted, prefix="panels", initial=[as_row(entry) for entry in entries] or None)
    themes = TagsForm(posted, inquiry=request.inquiry, user=request.user, initial=tagged(session) if session else None)

    def who() -> list[Difference]:
        return [Difference("Who was heard", heard_on(_entries(session)), heard_on(panels.entries(session)))]

    if posted is not None and not more and _all_valid(form, panels, themes):
        kept: list[Session] = []
        if saved(form, lambda: kept.append(_save(request, session, form, panels, themes)), opened, who):
            messages.success(request, "The session was saved.")
            return redirect("sessions:detail", request.inquiry.code, kept[0].pk)
    known = known_names(request.inquiry, request.user)
    context = {"form": form, "panels": panels, "themes": themes, "session": session, **known}
    return render(request, "sessions/form.html", context)


def _first_values(session: Session | None, entries: list[actions.PanelEntry]) -> dict[str, Any]:
    if session:
        return as_typed(session) | {"seen": actions.as_logged(session, entries)}
    return {"rule": Rule.ON_RECORD, "date": (None, Precision.UNKNOWN), "days": 1}


def _entries(session: Session | None) -> list[actions.PanelEntry]:
    return actions.entries_of(session) if session else []


def _all_valid(form: SessionForm, panels: BasePanels, themes: TagsForm) -> bool:
    if not form.is_valid() & panels.is_valid() & themes.is_valid():
        return False
    named = panels.refuse_people_under(form.cleaned_data["rule"])
    listed = panels.part_is_under_the_rule and form.refuse_lists(PART_NAMES_NO_ONE)
    return not named and not listed


@transaction.atomic
def _save(request: Any, session: Session | None, form: SessionForm, panels: BasePanels, themes: TagsForm) -> Session:
    if session:
        saved = actions.change_session(
            session=session,
            panels=panels.entries(session),
            seen=form.cleaned_data["seen"],
            by=request.user,
            **form.details,
        )
    else:
        saved = actions.log_session(inquiry=request.inquiry, panels=panels.entries(), by=request.user, **form.details)
    set_themes(evidence=saved, themes=themes.tags["themes"], by=request.user)
    return saved


@inquiry_view(Verb.LOG_EVIDENCE)
def rule(request: Any, pk: int) -> HttpResponse:
    """Puts a session, or one of its panels, under the Chatham House Rule, once it has been confirmed."""
    session = _session(request, pk)
    asked = request.POST.get("panel") or request.GET.get("panel") or ""
    # A panel that is gone is not found; it never stands for the whole session.
    panel = get_object_or_404(session.panels, pk=whole_number(asked)) if asked else None
    if request.method == "POST":
        actions.put_under_the_rule(session=session, panel=panel, by=request.user)
        messages.success(request, "It is under the Chatham House Rule now. Who took part is forgotten.")
        return redirect("sessions:detail", request.inquiry.code, session.pk)
    panels: QuerySet[Panel] = session.panels.filter(pk=panel.pk) if panel else session.panels.all()
    forgotten = {
        "witnesses": Appearance.objects.visible_to(request.user)
        .filter(panel__in=panels)
        .values("witness")
        .distinct()
        .count(),
        "quotes": Quote.objects.visible_to(request.user).filter(panel__in=panels).count(),
        "members": len(session.members_present),
    }
    return render(request, "sessions/rule.html", {"session": session, "panel": panel, "forgotten": forgotten})


@inquiry_view(Verb.LOG_EVIDENCE)
def insight_add(request: Any, pk: int) -> HttpResponse:
    """Records an insight, and what it is about."""
    session = _session(request, pk)
    form = InsightForm(request.POST or None, session=session)
    themes = TagsForm(request.POST or None, inquiry=request.inquiry, user=request.user)
    if request.method == "POST" and form.is_valid() & themes.is_valid():
        try:
            with transaction.atomic():
                insight = record_insight(session=session, by=request.user, **form.cleaned_data)
                set_tags(evidence=insight, by=request.user, **themes.tags)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The insight was recorded.")
            return redirect("sessions:detail", request.inquiry.code, session.pk)
    return render(request, "sessions/insight.html", {"session": session, "form": form, "themes": themes})


@inquiry_view(Verb.TAKE_QUOTES)
def quote_add(request: Any, pk: int) -> HttpResponse:
    """Records what a witness said, where there is no transcript."""
    session = _session(request, pk)
    heard = Appearance.objects.visible_to(request.user).filter(panel__session=session).in_order()
    form = SpokenForm(request.POST or None, appearances=heard, inquiry=request.inquiry, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                quote = record_quote(by=request.user, **form.details)
                set_tags(evidence=quote, by=request.user, **form.tags)
        except AlreadyQuoted as already:
            messages.info(request, str(already))
            return redirect("review:quote", request.inquiry.code, already.quote.pk)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"The quote was recorded: {quote.get_verdict_display().lower()}.")
            return redirect("sessions:detail", request.inquiry.code, session.pk)
    return render(request, "sessions/quote.html", {"session": session, "form": form, "heard": heard.exists()})


@inquiry_view(Verb.LOG_EVIDENCE)
def consent_add(request: Any, pk: int) -> HttpResponse:
    """Records what a witness agreed to, for one appearance."""
    heard = Appearance.objects.visible_to(request.user).select_related(*HEARD)
    appearance = get_object_or_404(heard, inquiry=request.inquiry, pk=pk)
    form = ConsentForm(sent_with(request))
    if request.method == "POST" and form.is_valid():
        record_consents(of=appearance, consents=form.consents, by=request.user)
        messages.success(request, "The consent was recorded.")
        return redirect("witnesses:detail", request.inquiry.code, appearance.witness_id)
    page = {"heading": "Record a consent", "submit": "Record it", "appearance": appearance, "form": form}
    return render(request, "submissions/form.html", page)


@inquiry_view(Verb.LOG_EVIDENCE)
def consent_withdraw(request: Any, pk: int) -> HttpResponse:
    """Records that a witness took a consent back, once it has been confirmed."""
    given = Consent.objects.visible_to(request.user).filter(appearance__isnull=False)
    given = given.select_related("inquiry", *(f"appearance__{name}" for name in HEARD))
    consent = get_object_or_404(given, inquiry=request.inquiry, pk=pk)
    form = WithdrawConsentForm(sent_with(request))
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_consent(consent=consent, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The withdrawal was recorded.")
            return redirect("witnesses:detail", request.inquiry.code, consent.appearance.witness_id)
    page = {"appearance": consent.appearance, "consent": consent, "form": form}
    return render(request, "submissions/withdraw_consent.html", page)


def _session(request: Any, pk: int) -> Session:
    mine = Session.objects.visible_to(request.user).select_related("inquiry")
    return get_object_or_404(mine, inquiry=request.inquiry, pk=pk)
