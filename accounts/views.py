"""People: the inquiries that one is in, who else is in them, and invitations."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST
from django.views.defaults import page_not_found

from accounts import actions
from accounts.access import inquiries_open_to, inquiry_view, sent_with
from accounts.forms import DigestForm, FirstPasswordForm, JoinForm, PersonForm, RoleForm
from accounts.models import Invitation, Membership, User
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
    """Who works on the inquiry, in which role; and who has been invited."""
    memberships = Membership.objects.visible_to(request.user).filter(inquiry=request.inquiry).select_related("user")
    sort = request.GET.get("sort", "")
    sort = sort if sort.removeprefix("-") in SORTS else "name"
    key = SORTS[sort.removeprefix("-")]
    rows = memberships.order_by(key.desc() if sort.startswith("-") else key.asc(), _NAME, "pk")
    invited = Invitation.objects.visible_to(request.user).filter(inquiry=request.inquiry).waiting()
    told = {"memberships": rows, "invited": invited, "sort": sort, "since": actions.oldest_that_stands()}
    return render(request, "accounts/people.html", told)


@inquiry_view(Verb.MANAGE_PEOPLE)
def add(request: Any) -> HttpResponse:
    """Invites a person, and shows the link by which they come: the same page whether or not they are known here."""
    form = PersonForm(sent_with(request), initial={"role": Role.MEMBER})
    if request.method == "POST" and form.is_valid():
        details = form.cleaned_data | {"role": Role(form.cleaned_data["role"])}
        try:
            return _show_link(request, *actions.invite(inquiry=request.inquiry, by=request.user, **details))
        except Refused as refused:
            form.add_error("email", str(refused))
    return render(request, "accounts/person_form.html", {"form": form})


@require_POST
@inquiry_view(Verb.MANAGE_PEOPLE)
def invite_again(request: Any, pk: int) -> HttpResponse:
    """Makes a new link for an invitation that nobody has accepted."""
    invitation = _invitation(request, pk)
    try:
        return _show_link(request, invitation, actions.invite_again(invitation=invitation, by=request.user))
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("people", request.inquiry.code)


@inquiry_view(Verb.MANAGE_PEOPLE)
def withdraw(request: Any, pk: int) -> HttpResponse:
    """Takes an invitation back, once it has been confirmed."""
    invitation = _invitation(request, pk)
    if request.method == "POST":
        try:
            actions.withdraw_invitation(invitation=invitation, by=request.user)
            messages.success(request, f"The invitation to {invitation.name} is withdrawn.")
        except Refused as refused:
            messages.error(request, str(refused))
        return redirect("people", request.inquiry.code)
    return render(request, "accounts/withdraw.html", {"invitation": invitation})


def _show_link(request: Any, invitation: Invitation, secret: str) -> HttpResponse:
    link = request.build_absolute_uri(reverse("accept", args=[secret]))
    response = render(request, "accounts/invited.html", {"invitation": invitation, "link": link})
    response["Cache-Control"] = "no-store"
    return response


@inquiry_view(Verb.MANAGE_PEOPLE)
def change(request: Any, pk: int) -> HttpResponse:
    """Gives a person another role."""
    membership = _membership(request, pk)
    form = RoleForm(sent_with(request), initial={"role": membership.role})
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
    """An invited person sets their first password, or joins with the account that they have."""
    try:
        with transaction.atomic():
            invitation = actions.open_invitation(secret)
            step = _set_first_password if invitation.sets_first_password() else _join
            return step(request, invitation, secret)
    except Refused as refused:
        return render(request, "accounts/invitation_over.html", {"refused": str(refused)}, status=410)


def _set_first_password(request: HttpRequest, invitation: Invitation, secret: str) -> HttpResponse:
    person = invitation.account() or User(email=invitation.email, name=invitation.name)
    form = FirstPasswordForm(sent_with(request), person=person)
    if request.method == "POST" and form.is_valid():
        actions.accept_invitation(secret=secret, password=form.cleaned_data["password"])
        messages.success(request, "Your password is set. Sign in with it.")
        return redirect("account_login")
    return render(request, "accounts/accept.html", {"form": form, "invitation": invitation})


def _join(request: Any, invitation: Invitation, secret: str) -> HttpResponse:
    """Only whoever signs in with the address; the link alone tells nobody who that is."""
    if request.user != invitation.account():
        return render(request, "accounts/sign_in_to_join.html", {"invitation": invitation})
    form = JoinForm(sent_with(request), initial={"name": request.user.name})
    if request.method == "POST" and form.is_valid():
        actions.join_inquiry(secret=secret, name=form.cleaned_data["name"], by=request.user)
        messages.success(request, f"You are now in this inquiry as {invitation.get_role_display().lower()}.")
        return redirect("review:overview", invitation.inquiry.code)
    return render(request, "accounts/join.html", {"form": form, "invitation": invitation})


@cache_control(private=True, no_store=True)
@login_required
def mail(request: Any) -> HttpResponse:
    """Which e-mails a person gets: the digest, until they turn it off."""
    form = DigestForm(sent_with(request), instance=request.user)
    if request.method == "POST" and form.is_valid():
        actions.choose_digest(person=request.user, wanted=form.cleaned_data["wants_digest"], by=request.user)
        messages.success(request, "Your choice is kept.")
        return redirect("mail")
    return render(request, "accounts/mail.html", {"form": form})


@cache_control(private=True, no_store=True)
def digest_off(request: Any, signed: str) -> HttpResponse:
    """Turns the digest off for whoever got the link in one, signed in or not; once a button is pressed."""
    try:
        person = actions.person_who_was_sent(signed)
    except Refused as refused:
        return render(request, "accounts/digest_off.html", {"refused": str(refused)}, status=410)
    if request.method == "POST":
        actions.choose_digest(person=person, wanted=False, by=person)
    return render(request, "accounts/digest_off.html", {"is_off": not person.wants_digest})


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


def _invitation(request: Any, pk: int) -> Invitation:
    mine = Invitation.objects.visible_to(request.user).waiting().select_related("inquiry")
    return get_object_or_404(mine, inquiry=request.inquiry, pk=pk)
