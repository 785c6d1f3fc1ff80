"""What an inquiry is set up with: its own particulars, the research that it cites, and the wording of its themes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import inquiry_view, sent_with
from accounts.refusals import Refused
from accounts.roles import Verb
from inquiry import actions
from inquiry.changes import sign_of
from inquiry.editing import saved
from inquiry.forms import EditReferenceForm, FrameworkForm, InquiryForm, ReferenceForm, ThemeForm
from inquiry.framework_files import EXAMPLE, laid_out
from inquiry.lists import page_of
from inquiry.models import Framework, Inquiry, ReferenceWork, Theme

ORDERS = {
    "author": ("author", "year", "pk"),
    "-author": ("-author", "-year", "-pk"),
    "year": ("year", "author", "pk"),
    "-year": ("-year", "author", "pk"),
    "title": ("title", "pk"),
    "-title": ("-title", "-pk"),
}


@inquiry_view(Verb.EDIT_INQUIRY)
def settings(request: Any) -> HttpResponse:
    """The inquiry's particulars are edited."""

    def opened(sent: Any = None) -> InquiryForm:
        # Not the row that the rail and the header show: what is typed must not stand there before it is saved.
        inquiry = get_object_or_404(Inquiry.objects.visible_to(request.user), pk=request.inquiry.pk)
        says = {"seen": actions.inquiry_as_set_up(inquiry)}
        return InquiryForm(sent, instance=inquiry, initial=says, terms=actions.questions_of(inquiry))

    form = opened(sent_with(request))

    def write() -> None:
        details = dict(form.cleaned_data)
        questions = details.pop("terms")
        actions.change_inquiry(inquiry=request.inquiry, questions=questions, by=request.user, **details)

    if saved(form, write, opened):
        messages.success(request, "The inquiry was changed.")
        return redirect("inquiry:settings", request.inquiry.code)
    frameworks = Framework.objects.visible_to(request.user).filter(inquiry=request.inquiry)
    context = {"form": form, "frameworks": frameworks.annotate(size=Count("themes"))}
    return render(request, "inquiry/settings.html", context)


@inquiry_view(Verb.EDIT_INQUIRY)
def framework_add(request: Any) -> HttpResponse:
    """A framework is read from a file, shown as the tree that it would make, and entered once that is confirmed."""
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = FrameworkForm(*posted, inquiry=request.inquiry)
    context: dict[str, Any] = {"form": form, "example": EXAMPLE}
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["file"]:
            tree = list(laid_out(form.framework["themes"], form.framework["levels"]))
            return render(request, "inquiry/framework_form.html", context | {"found": form.framework, "tree": tree})
        try:
            entered = actions.add_framework(inquiry=request.inquiry, by=request.user, **form.framework)
        except Refused as refused:
            form.add_error("file", str(refused))
        else:
            messages.success(request, f"“{entered}” is entered. Evidence can be tagged to its themes.")
            return redirect("review:themes", request.inquiry.code)
    return render(request, "inquiry/framework_form.html", context)


@inquiry_view(Verb.READ)
def references(request: Any) -> HttpResponse:
    """The research that the report cites."""
    sort = request.GET.get("sort", "")
    sort = sort if sort in ORDERS else "author"
    page = page_of(_works(request).order_by(*ORDERS[sort]), request)
    return render(request, "inquiry/references.html", {"page": page, "sort": sort})


@inquiry_view(Verb.WRITE_RECOMMENDATIONS)
def reference_add(request: Any) -> HttpResponse:
    """A work is entered among the references."""
    form = ReferenceForm(sent_with(request))
    if request.method == "POST" and form.is_valid():
        try:
            work = actions.cite_work(inquiry=request.inquiry, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error("key", str(refused))
        else:
            messages.success(request, f"{work} is among the references.")
            return redirect("inquiry:references", request.inquiry.code)
    return render(request, "inquiry/reference_form.html", {"form": form})


@inquiry_view(Verb.WRITE_RECOMMENDATIONS)
def reference_edit(request: Any, pk: int) -> HttpResponse:
    """How a work is cited is corrected."""

    def opened(sent: Any = None) -> EditReferenceForm:
        work = get_object_or_404(_works(request), pk=pk)
        return EditReferenceForm(sent, instance=work, initial={"seen": sign_of(work)})

    work = get_object_or_404(_works(request), pk=pk)
    form = opened(sent_with(request))
    if saved(form, lambda: actions.change_work(work=work, by=request.user, **form.cleaned_data), opened):
        messages.success(request, f"{form.instance} was changed.")
        return redirect("inquiry:references", request.inquiry.code)
    return render(request, "inquiry/reference_form.html", {"form": form, "work": work})


@inquiry_view(Verb.WRITE_RECOMMENDATIONS)
def reference_strike(request: Any, pk: int) -> HttpResponse:
    """A work is taken off the references, once that has been confirmed."""
    work = get_object_or_404(_works(request), pk=pk)
    if request.method == "POST":
        actions.strike_work(work=work, by=request.user)
        messages.success(request, f"{work} was struck off the references.")
        return redirect("inquiry:references", request.inquiry.code)
    return render(request, "inquiry/reference_strike.html", {"work": work})


@inquiry_view(Verb.EDIT_INQUIRY)
def theme_edit(request: Any, pk: int) -> HttpResponse:
    """A theme is reworded."""
    seen = Theme.objects.visible_to(request.user).filter(inquiry=request.inquiry).select_related("framework", "inquiry")

    def opened(sent: Any = None) -> ThemeForm:
        theme = get_object_or_404(seen, pk=pk)
        return ThemeForm(sent, instance=theme, initial={"seen": sign_of(theme)})

    theme = get_object_or_404(seen, pk=pk)
    form = opened(sent_with(request))
    if saved(form, lambda: actions.change_theme(theme=theme, by=request.user, **form.cleaned_data), opened):
        messages.success(request, f"“{form.instance}” was changed.")
        return redirect("review:theme", request.inquiry.code, theme.pk)
    return render(request, "inquiry/theme_form.html", {"form": form, "theme": theme})


def _works(request: Any) -> Any:
    return ReferenceWork.objects.visible_to(request.user).filter(inquiry=request.inquiry).select_related("inquiry")
