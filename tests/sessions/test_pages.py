"""A session on its pages: logged on one, read on another, and put under the Rule after asking twice."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from accounts.roles import CONSOLE, Role
from evidence.quotes.models import Quote
from evidence.sessions.actions import AppearanceEntry, PanelEntry, change_session, entries_of, log_session
from evidence.tags.actions import tag_theme
from evidence.tags.models import Tag
from evidence.witnesses.models import Appearance, Witness
from inquiry.actions import record_insight
from inquiry.models import Rule, Session
from tests.builders import a_person, a_recommendation, a_session, a_spoken_quote, an_inquiry, missions

pytestmark = pytest.mark.django_db


@pytest.fixture
def inquiry():
    return an_inquiry()


@pytest.fixture
def clerk(client, inquiry):
    person = a_person(inquiry)
    client.force_login(person)
    return person


def page(name: str, *args: object) -> str:
    return reverse(f"sessions:{name}", args=args)


def typed(witnesses: tuple[tuple[str, str], ...] = (), **changes: object) -> dict[str, object]:
    """The form as a browser sends it, with one panel."""
    rows = {
        "panels-TOTAL_FORMS": 1,
        "panels-INITIAL_FORMS": 0,
        "panels-0-appearances-TOTAL_FORMS": len(witnesses),
        "panels-0-appearances-INITIAL_FORMS": 0,
    }
    for n, (name, body) in enumerate(witnesses):
        rows |= {f"panels-0-appearances-{n}-name": name, f"panels-0-appearances-{n}-organisation": body}
    meeting = {"kind": "evidence", "number": 3, "title": "Communities", "days": 1, "rule": "on_record"}
    return meeting | {"date_0": "", "date_1": "11", "date_2": "2022"} | rows | changes


def test_a_clerk_logs_a_session_with_two_witnesses_and_its_themes_on_one_page(client, inquiry, clerk):
    mission = missions(inquiry)[1]
    form = typed(
        (("Ann Example", "Example Trust"), ("Dr Bob Example", "")),
        members_present="Alex Example MP\n\nBaroness Example",
        themes=[mission.pk],
    )
    answer = client.post(page("add", inquiry.code), form)
    session = Session.objects.get()
    assert answer.url == page("detail", inquiry.code, session.pk)
    assert (session.said_date, session.members_present) == ("November 2022", ["Alex Example MP", "Baroness Example"])
    assert [each.described for each in Appearance.objects.in_order()] == [
        "Ann Example, Example Trust",
        "Dr Bob Example",
    ]
    assert Tag.objects.get().theme == mission
    assert "Nov 2022" in client.get(page("list", inquiry.code)).content.decode()
    shown = client.get(answer.url).content.decode()
    for words in ("Ann Example", "Example Trust", "Dr Bob Example", "November 2022", "Alex Example MP", str(mission)):
        assert words in shown


def test_a_panel_more_is_added_without_script_and_nothing_typed_is_lost(client, inquiry, clerk):
    form = typed((("Ann Example", ""),), more_panels="1")
    shown = client.post(page("add", inquiry.code), form).content.decode()
    assert 'value="Ann Example"' in shown
    assert "panels-1-appearances-0-name" in shown
    assert not Session.objects.exists()


def test_two_panels_with_a_rule_of_their_own(client, inquiry, clerk):
    second = {
        "panels-TOTAL_FORMS": 2,
        "panels-1-title": "The workshop after lunch",
        "panels-1-rule": "chatham_house",
        "panels-1-appearances-TOTAL_FORMS": 1,
        "panels-1-appearances-INITIAL_FORMS": 0,
    }
    client.post(page("add", inquiry.code), typed((("Ann Example", ""),)) | second)
    session = Session.objects.get()
    assert [panel.effective_rule for panel in session.panels.all()] == [Rule.ON_RECORD, Rule.CHATHAM_HOUSE]
    shown = client.get(page("detail", inquiry.code, session.pk)).content.decode()
    assert "nobody is recorded, and no quote can be taken" in shown


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": ""}, "Fill in the title."),
        ({"rule": "chatham_house"}, "nobody is recorded"),
        ({"rule": "chatham_house", "members_present": "Alex Example"}, "nobody is recorded"),
        ({"kind": "workshop"}, "Only evidence sessions are numbered"),
        ({"date_0": "31", "date_1": "2"}, "There is no such date"),
        ({"date_2": "22"}, "year in four figures"),
        ({"recording": "not an address"}, "valid URL"),
        ({"number": "0"}, "greater than or equal to 1"),
        ({"number": "99999999"}, "less than or equal to"),
        ({"panels-0-appearances-0-name": ""}, "Name the witness"),
        ({"panels-0-rule": "chatham_house"}, "nobody is recorded"),
        ({"themes": ["0"]}, "Select a valid choice"),
        ({"title": "x" * 301}, "at most 300 characters"),
        ({"panels-TOTAL_FORMS": "many"}, "ManagementForm data is missing"),
    ],
)
def test_bad_input_is_told_in_a_sentence_and_nothing_typed_is_lost(client, inquiry, clerk, changes, sentence):
    form = typed((("Ann Example", "Example Trust"),), venue="Example Hall")
    shown = client.post(page("add", inquiry.code), form | changes).content.decode()
    assert sentence in shown
    assert 'value="Example Hall"' in shown
    if "panels-TOTAL_FORMS" not in changes:
        assert 'value="Example Trust"' in shown
    assert not Session.objects.exists()


def test_a_number_is_given_once(client, inquiry, clerk):
    a_session(inquiry, number=3)
    shown = client.post(page("add", inquiry.code), typed()).content.decode()
    assert '<a href="#id_number">Number: There is a session 3 already.</a>' in shown
    assert Session.objects.count() == 1


@pytest.mark.parametrize(
    ("witnesses", "changes", "line"),
    [
        (
            (("", "Example Trust"),),
            {},
            '<a href="#id_panels-0-appearances-0-name">Witness: Name the witness.</a>',
        ),
        (
            (("Ann Example", ""), ("Ann Example", "")),
            {},
            '<a href="#id_panels-0-appearances-0-name">The same witness stands twice on this panel.</a>',
        ),
        (
            (("", ""), ("Ann Example", "")),
            {"panels-0-rule": "chatham_house"},
            '<a href="#id_panels-0-appearances-1-name">Witness: Under the Chatham House Rule nobody is recorded.',
        ),
        ((), {"panels-0-title": "x" * 201}, '<a href="#id_panels-0-title">Panel: Ensure'),
    ],
)
def test_every_line_of_the_summary_leads_to_its_field(client, inquiry, clerk, witnesses, changes, line):
    shown = client.post(page("add", inquiry.code), typed(witnesses, **changes)).content.decode()
    summary = shown[shown.index('class="error-summary"') : shown.index("</ul>", shown.index('class="error-summary"'))]
    assert line in summary
    assert summary.count("<li") == 1
    target = line[line.index("#") + 1 : line.index('">')]
    assert f'id="{target}"' in shown


def edited(client, inquiry, session) -> dict[str, object]:
    """The edit form as a browser would send it back unchanged."""
    context = client.get(page("edit", inquiry.code, session.pk)).context
    sent: dict[str, object] = {}
    forms = [context["form"], context["themes"], context["panels"].management_form]
    for panel in context["panels"]:
        forms += [panel, panel.witnesses.management_form, *panel.witnesses]
    for form in forms:
        for field in form:
            value = field.value()
            if isinstance(value, tuple):
                date, precision = value
                sent |= {f"{field.html_name}_2": date.year if date else "", f"{field.html_name}_1": ""}
                assert not date or precision
            elif value is not None and value is not False:
                sent[field.html_name] = value
    return sent


def test_an_edit_that_changes_nothing_changes_nothing(client, inquiry, clerk):
    session = a_session(inquiry, witnesses=(("Ann Example", "Example Trust"), ("Bob Example", "")))
    before = entries_of(session)
    client.post(page("edit", inquiry.code, session.pk), edited(client, inquiry, session))
    assert entries_of(session) == before


def test_an_edit_renames_adds_and_takes_off(client, inquiry, clerk):
    session = a_session(inquiry, witnesses=(("Ann Example", "Example Trust"), ("Bob Example", "")))
    form = edited(client, inquiry, session) | {
        "title": "Renamed",
        "panels-0-appearances-0-role": "Trustee",
        "panels-0-appearances-1-DELETE": "on",
        "panels-0-appearances-2-name": "Cat Example",
    }
    client.post(page("edit", inquiry.code, session.pk), form)
    assert Session.objects.get().title == "Renamed"
    heard = [each.listed for each in Appearance.objects.in_order()]
    assert heard == ["Ann Example, Trustee, Example Trust", "Cat Example"]


def test_a_witness_who_is_quoted_is_not_taken_off(client, inquiry, clerk):
    session = a_session(inquiry, witnesses=(("Ann Example", "Example Trust"),))
    a_spoken_quote(session)
    form = edited(client, inquiry, session) | {"panels-0-appearances-0-DELETE": "on", "title": "Renamed"}
    shown = client.post(page("edit", inquiry.code, session.pk), form).content.decode()
    assert "Ann Example is quoted from this session" in shown
    assert 'value="Renamed"' in shown


def test_who_is_second_to_save_is_told_and_shown_both(client, inquiry, clerk):
    session = a_session(inquiry, witnesses=(("Ann Example", ""),))
    form = edited(client, inquiry, session) | {"title": "What the second wrote"}
    change_session(session=session, title="What the first wrote", by=CONSOLE)
    answer = client.post(page("edit", inquiry.code, session.pk), form)
    shown = answer.content.decode()
    assert "Somebody else changed this session" in shown
    assert "What the first wrote" in shown
    assert 'value="What the second wrote"' in shown
    assert Session.objects.get().title == "What the first wrote"
    client.post(page("edit", inquiry.code, session.pk), form | {"seen": answer.context["form"].data["seen"]})
    assert Session.objects.get().title == "What the second wrote"


def test_the_rule_is_asked_twice_and_forgets(client, inquiry, clerk):
    session = a_session(inquiry, witnesses=(("Ann MARKER", "MARKER Trust"),))
    a_spoken_quote(session)
    asked = client.get(page("rule", inquiry.code, session.pk)).content.decode()
    assert "1 witness," in asked
    assert "1 quote " in asked
    shown = client.post(page("rule", inquiry.code, session.pk), follow=True).content.decode()
    assert "Held under the Chatham House Rule" in shown
    assert "MARKER" not in shown
    assert not Witness.objects.exists()
    assert "MARKER" not in client.get(reverse("history:newest", args=[inquiry.code])).content.decode()


def test_a_panel_that_is_gone_does_not_stand_for_the_whole_session(client, inquiry, clerk):
    session = a_session(inquiry, witnesses=(("Ann Example", ""),))
    for gone in (session.panels.get().pk + 1, "x"):
        assert client.post(page("rule", inquiry.code, session.pk), {"panel": gone}).status_code == 404
    assert Appearance.objects.exists()


def test_the_rule_chosen_in_the_form_forgets_who_was_taken_off(client, inquiry, clerk):
    session = a_session(inquiry, witnesses=(("Ann MARKER", ""),), members_present=["Alex MARKER"])
    form = edited(client, inquiry, session) | {
        "rule": "chatham_house",
        "members_present": "",
        "panels-0-appearances-0-DELETE": "on",
    }
    client.post(page("edit", inquiry.code, session.pk), form)
    assert Session.objects.get().rule == Rule.CHATHAM_HOUSE
    for model in (Session, Appearance, Witness):
        events = model._meta.get_field("events").related_model._base_manager
        assert "MARKER" not in str(list(events.values()))


def test_a_panel_under_the_rule_leaves_no_list_of_who_took_part(client, inquiry, clerk):
    session = a_session(inquiry, members_present=["Alex Example"], recording="https://example.org/recording")
    address = page("edit", inquiry.code, session.pk)
    told = {"members_present": "Alex Example", "recording": "https://example.org/recording"}
    form = edited(client, inquiry, session) | {"panels-0-rule": "chatham_house"}
    errors = client.post(address, form | told).context["form"].errors
    for name in told:
        assert "A panel is under the Chatham House Rule, so nothing is kept that tells who" in errors[name][0]
    session.refresh_from_db()
    assert (session.members_present, session.panels.get().rule) == (["Alex Example"], "")
    client.post(address, form | dict.fromkeys(told, ""))
    session.refresh_from_db()
    assert (session.members_present, session.recording, session.panels.get().rule) == ([], "", "chatham_house")


def test_a_panel_with_insights_is_not_removed(client, inquiry, clerk):
    session = log_session(inquiry=inquiry, title="Mixed", panels=[PanelEntry(rule="chatham_house")], by=CONSOLE)
    record_insight(session=session, panel=session.panels.get(), text="Time matters.", by=CONSOLE)
    form = edited(client, inquiry, session) | {"panels-0-DELETE": "on"}
    shown = client.post(page("edit", inquiry.code, session.pk), form).content.decode()
    assert "Insights were recorded on “Panel 1”" in shown
    assert session.insights.count() == 1


def test_an_insight_is_recorded_and_tagged_under_the_rule_only(client, inquiry, clerk):
    mission = missions(inquiry)[0]
    event = log_session(inquiry=inquiry, kind="workshop", title="Workshop", rule=Rule.CHATHAM_HOUSE, by=CONSOLE)
    client.post(page("insight_add", inquiry.code, event.pk), {"text": "Time matters.", "themes": [mission.pk]})
    assert Tag.objects.get().insight.text == "Time matters."
    shown = client.get(page("detail", inquiry.code, event.pk)).content.decode()
    insight = shown[shown.index("Time matters.") : shown.index("</li>", shown.index("Time matters."))]
    assert f'href="{reverse("review:theme", args=[inquiry.code, mission.pk])}">{mission}</a>' in insight
    assert "No theme is named for this session." in shown
    session = a_session(inquiry)
    shown = client.post(page("insight_add", inquiry.code, session.pk), {"text": "Time matters."}).content.decode()
    assert "Choose the panel." in shown


def test_a_quote_is_recorded_with_its_check_and_tags(client, inquiry, clerk):
    session = a_session(inquiry, witnesses=(("Ann Example", "Example Trust"),))
    recommendation = a_recommendation(inquiry)
    form = {
        "appearance": Appearance.objects.get().pk,
        "text": "We know our street.",
        "time_code": "1:02:45",
        f"rec_{recommendation.pk}": "supports",
    }
    client.post(page("quote_add", inquiry.code, session.pk), form)
    quote = Quote.objects.get()
    assert (quote.verdict, quote.time_code, quote.checked_by) == ("checked", dt.timedelta(0, 3765), clerk)
    assert Tag.objects.get().stance == "supports"
    shown = client.get(page("detail", inquiry.code, session.pk)).content.decode()
    assert "Ann Example, Example Trust, oral evidence to inquiry session one" in shown


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"text": ""}, "Fill in the words."),
        ({"appearance": "0"}, "Select a valid choice"),
        ({"time_code": "soon"}, "Write the time code as 0:42:10"),
    ],
)
def test_a_quote_that_cannot_be_is_told_in_a_sentence(client, inquiry, clerk, changes, sentence):
    session = a_session(inquiry, witnesses=(("Ann Example", ""),))
    form = {"appearance": Appearance.objects.get().pk, "text": "We know our street.", "checked_against": "a report"}
    shown = client.post(page("quote_add", inquiry.code, session.pk), form | changes).content.decode()
    assert sentence in shown
    assert "a report" in shown
    assert not Quote.objects.exists()


@pytest.mark.parametrize("role", [Role.MEMBER, Role.ADVISER])
def test_who_was_heard_in_private_is_for_the_secretariat(client, inquiry, role):
    heard = (("Ann MARKER", "MARKER Trust"),)
    there = {"members_present": ["A MARKER MP (fictional)"], "recording": "https://example.org/MARKER"}
    session = a_session(inquiry, witnesses=heard, rule="private", **there)
    a_spoken_quote(session, text="A MARKER word.")
    client.force_login(a_person(inquiry, role))
    for address in (page("list", inquiry.code), page("detail", inquiry.code, session.pk)):
        assert "MARKER" not in client.get(address).content.decode()
    if role == Role.ADVISER:
        assert "MARKER" not in client.get(page("quote_add", inquiry.code, session.pk)).content.decode()
    client.force_login(a_person(inquiry))
    assert "MARKER" in client.get(page("detail", inquiry.code, session.pk)).content.decode()


def test_an_empty_list_says_what_to_do(client, inquiry, clerk):
    assert "Log the first session" in client.get(page("list", inquiry.code)).content.decode()
    client.force_login(a_person(inquiry, Role.MEMBER))
    assert "Log the first session" not in client.get(page("list", inquiry.code)).content.decode()


def test_facets_and_orders_are_in_the_address(client, inquiry, clerk):
    a_session(inquiry, title="First of all")
    log_session(inquiry=inquiry, kind="workshop", title="A workshop", rule=Rule.CHATHAM_HOUSE, by=CONSOLE)
    shown = client.get(page("list", inquiry.code) + "?kind=workshop&sort=-title").content.decode()
    assert "A workshop" in shown
    assert "First of all" not in shown
    assert "Nothing found" in client.get(page("list", inquiry.code) + "?kind=visit").content.decode()


@pytest.mark.parametrize("odd", ["?sort=%00", "?page=999999999", "?kind=nothing", "?rule=%ff", "?sort=-"])
def test_an_odd_address_gives_a_list(client, inquiry, clerk, odd):
    a_session(inquiry)
    assert client.get(page("list", inquiry.code) + odd).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_as_many_queries_for_one_row_as_for_three(client, inquiry, clerk, rows, django_assert_num_queries):
    for n in range(rows):
        people = tuple((f"Witness {n} {m}", f"Body {n} {m}") for m in range(rows))
        session = a_session(inquiry, number=n + 1, witnesses=people)
        for m in range(rows):
            a_spoken_quote(session, f"We know our {m} streets.")
    event = log_session(inquiry=inquiry, kind="workshop", title="Workshop", rule=Rule.CHATHAM_HOUSE, by=CONSOLE)
    mission = missions(inquiry)[0]
    for n in range(rows):
        tag_theme(evidence=record_insight(session=event, text=f"Point {n}.", by=CONSOLE), theme=mission, by=CONSOLE)
    with django_assert_num_queries(7):
        client.get(page("list", inquiry.code))
    with django_assert_num_queries(12):
        client.get(page("detail", inquiry.code, session.pk))
    with django_assert_num_queries(12):
        client.get(page("detail", inquiry.code, event.pk))
    with django_assert_num_queries(14):
        client.get(page("edit", inquiry.code, session.pk))


def test_entries_can_be_entered_again():
    inquiry = an_inquiry()
    entry = AppearanceEntry(name="Ann Example", role="Chair", organisation="Example Trust", lived_experience=True)
    session = log_session(inquiry=inquiry, title="S", panels=[PanelEntry(appearances=[entry])], by=CONSOLE)
    (panel,) = entries_of(session)
    (again,) = panel.appearances
    assert (again.name, again.role, again.organisation, again.lived_experience) == (
        entry.name,
        entry.role,
        entry.organisation,
        True,
    )


def test_a_quote_sent_twice_leads_to_the_one_that_stands(client, inquiry, clerk):
    session = a_session(inquiry, witnesses=(("Ann Example", ""),))
    form = {"appearance": Appearance.objects.get().pk, "text": "We know our street."}
    for _ in range(2):
        answer = client.post(page("quote_add", inquiry.code, session.pk), form)
    assert answer.url == reverse("review:quote", args=[inquiry.code, Quote.objects.get().pk])
    assert "These words are quoted already." in client.get(answer.url).content.decode()


@pytest.mark.parametrize("number", ["1" * 5000, "9" * 31])
def test_a_number_that_is_none_of_ours_is_no_error(client, inquiry, clerk, number):
    session = a_session(inquiry)
    assert client.get(page("rule", inquiry.code, session.pk), {"panel": number}).status_code == 404
    more = typed(**{"more_panels": "1", "panels-TOTAL_FORMS": number})
    assert len(client.post(page("add", inquiry.code), more).context["panels"].forms) == 1
    wrong = typed(**{"panels-0-panel": number, "panels-0-appearances-0-appearance": number})
    assert client.post(page("add", inquiry.code), wrong).status_code in (200, 302)
    for many in ("accept_many", "decide_many"):
        assert client.post(reverse(f"submissions:{many}", args=[inquiry.code]), {"number": number}).status_code == 302


def test_more_rows_than_there_can_be_are_told_and_not_worked_on(client, inquiry, clerk):
    many = typed(**{"panels-TOTAL_FORMS": 1100})
    shown = client.post(page("add", inquiry.code), many)
    assert "A session has at most 20 panels." in shown.content.decode()
    assert len(shown.context["panels"].forms) == 20
    many = typed(**{"panels-0-appearances-TOTAL_FORMS": 1100})
    shown = client.post(page("add", inquiry.code), many)
    assert "A panel has at most 50 witnesses." in shown.content.decode()
    assert len(shown.context["panels"].forms[0].witnesses.forms) == 50
    more = typed(**{"more_panels": "1", "panels-TOTAL_FORMS": 20})
    assert len(client.post(page("add", inquiry.code), more).context["panels"].forms) == 20
    many = {"submitters-TOTAL_FORMS": 1100, "submitters-INITIAL_FORMS": 0}
    shown = client.post(reverse("submissions:add", args=[inquiry.code]), many).content.decode()
    assert "A submission has at most 50 submitters." in shown
    assert not Session.objects.exists()
