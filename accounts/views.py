"""People: the inquiries that one is in, who else is in them, and invitations."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import F
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST
from django.views.defaults import page_not_found

from accounts import actions
from accounts.access import inquiries_open_to, inquiry_view
from accounts.forms import FirstPasswordForm, PersonForm, RoleForm
from accounts.models import Membership
from accounts.refusals import Refused
from accounts.roles import NotAllowed, Role, Verb, may, role_in

_NAME = Lower("user__name")
SORTS: dict[str, Any] = {"name": _NAME, "role": F("role"), "since": F("since")}


@cache_control(private=True, no_store=True)
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """The inquiries that the person has a role in; straight to it where there is one."""
    inquiries = inquiries_open_to(request)
    if len(inquiries) == 1:
        return redirect("review:overview", inquiries[0].code)
    roles = [(inquiry, role_in(request.user, inquiry)) for inquiry in inquiries]
    return render(request, "accounts/home.html", {"roles": roles})


@login_required
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component on one page, for those who log evidence."""
    if not any(may(request.user, Verb.LOG_EVIDENCE, inquiry) for inquiry in inquiries_open_to(request)):
        raise NotAllowed("This page is for the secretariat.")
    return render(request, "components/gallery.html")


@inquiry_view(Verb.MANAGE_PEOPLE)
def people(request: Any) -> HttpResponse:
    """Who works on the inquiry, in which role."""
    memberships = Membership.objects.visible_to(request.user).filter(inquiry=request.inquiry).select_related("user")
    sort = request.GET.get("sort", "")
    sort = sort if sort.removeprefix("-") in SORTS else "name"
    key = SORTS[sort.removeprefix("-")]
    rows = memberships.order_by(key.desc() if sort.startswith("-") else key.asc(), _NAME, "pk")
    return render(request, "accounts/people.html", {"memberships": rows, "sort": sort})


@inquiry_view(Verb.MANAGE_PEOPLE)
def add(request: Any) -> HttpResponse:
    """Gives a person a role, and shows the link by which someone new sets their password."""
    form = PersonForm(request.POST if request.method == "POST" else None, initial={"role": Role.MEMBER})
    if request.method == "POST" and form.is_valid():
        details = form.cleaned_data | {"role": Role(form.cleaned_data["role"])}
        try:
            membership = actions.add_person(inquiry=request.inquiry, by=request.user, **details)
        except Refused as refused:
            form.add_error("email", str(refused))
        else:
            if membership.user.has_usable_password():
                messages.success(request, f"{membership.user} is now in this inquiry.")
                return redirect("people", request.inquiry.code)
            return _show_link(request, membership)
    return render(request, "accounts/person_form.html", {"form": form})


@require_POST
@inquiry_view(Verb.MANAGE_PEOPLE)
def invite_again(request: Any, pk: int) -> HttpResponse:
    """Makes a new link for a person who has not set a password."""
    try:
        return _show_link(request, _membership(request, pk))
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("people", request.inquiry.code)


def _show_link(request: Any, membership: Membership) -> HttpResponse:
    secret = actions.invite(person=membership.user, inquiry=request.inquiry, by=request.user)
    link = request.build_absolute_uri(reverse("accept", args=[secret]))
    response = render(request, "accounts/invited.html", {"membership": membership, "link": link})
    response["Cache-Control"] = "no-store"
    return response


@inquiry_view(Verb.MANAGE_PEOPLE)
def change(request: Any, pk: int) -> HttpResponse:
    """Gives a person another role."""
    membership = _membership(request, pk)
    form = RoleForm(request.POST if request.method == "POST" else None, initial={"role": membership.role})
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_role(membership=membership, role=Role(form.cleaned_data["role"]), by=request.user)
        except Refused as refused:
            form.add_error("role", str(refused))
        else:
            messages.success(request, f"{membership.user} is now {membership.get_role_display().lower()}.")
            return _back(request, membership)
    return render(request, "accounts/role_form.html", {"form": form, "membership": membership})


@inquiry_view(Verb.MANAGE_PEOPLE)
def remove(request: Any, pk: int) -> HttpResponse:
    """Ends a person's role, once it has been confirmed."""
    membership = _membership(request, pk)
    if request.method == "POST":
        try:
            actions.remove_person(membership=membership, by=request.user)
            messages.success(request, f"{membership.user} no longer has a role in this inquiry.")
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect("people", request.inquiry.code)
        return _back(request, membership)
    return render(request, "accounts/remove.html", {"membership": membership})


@cache_control(private=True, no_store=True)
def accept(request: HttpRequest, secret: str) -> HttpResponse:
    """An invited person sets their first password."""
    try:
        invitation = actions.open_invitation(secret)
        form = FirstPasswordForm(request.POST if request.method == "POST" else None, person=invitation.user)
        if request.method == "POST" and form.is_valid():
            actions.accept_invitation(secret=secret, password=form.cleaned_data["password"])
            messages.success(request, "Your password is set. Sign in with it.")
            return redirect("account_login")
    except Refused as refused:
        return render(request, "accounts/invitation_over.html", {"refused": str(refused)}, status=410)
    return render(request, "accounts/accept.html", {"form": form, "person": invitation.user})


def not_found(request: Any, exception: Exception) -> HttpResponse:
    """What leads nowhere inside an inquiry keeps its rail and search for who may see it."""
    if getattr(request, "inquiry", None) is None and getattr(request, "user", None):
        request.inquiries = inquiries_open_to(request)
        code = request.path.split("/")[1]
        request.inquiry = next((each for each in request.inquiries if each.code == code), None)
    return page_not_found(request, exception)


def _back(request: Any, membership: Membership) -> HttpResponse:
    """To the list of people; home for those who have just given up looking after it."""
    return redirect("home") if membership.user == request.user else redirect("people", request.inquiry.code)


def _membership(request: Any, pk: int) -> Membership:
    mine = Membership.objects.visible_to(request.user).select_related("user", "inquiry")
    return get_object_or_404(mine, inquiry=request.inquiry, pk=pk)
