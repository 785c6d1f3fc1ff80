"""Appendices to print: one like a real one, one with everything that could be mistaken for markup."""

from datetime import date

from report.structure import (
    Addressee,
    AlphabeticalPart,
    Appendix,
    Code,
    Event,
    EventsPart,
    Evidence,
    EvidenceSession,
    Giver,
    LeftOut,
    Marked,
    PanelHeard,
    PublishedPart,
    Recommendation,
    RecommendationsPart,
    Reference,
    ReferencesPart,
    SessionsPart,
    Sitting,
    Source,
    Theme,
    ThemeGroup,
    ThemesPart,
    Witness,
    WitnessesPart,
    WrittenEvidence,
    WrittenPart,
)

RUBRIC = (
    "This is not an official publication of the House of Commons or the House of Lords. It has not been approved by "
    "either House or its committees. All-Party Parliamentary Groups are informal groups of Members of both Houses with "
    "a common interest. The views are those of the group. Researched and funded by Local Trust.",
)
BRADLEY_DORMAN = Evidence(
    "The community knows what it needs. And I think at all levels of local and national government, one of the big "
    "things that needs to be embedded is actually trust in local people.",
    "Anna Bradley-Dorman, Ramsey Million Big Local, oral evidence to inquiry session two",
)
ROBINSON = Evidence(
    "If you take the approach of involving young people, you’ll find they are willing to put thousands of hours in of "
    "their own time to volunteer in their community. If you give young people a small sense of responsibility, they "
    "will take it and run with it.",
    "Billy Robinson, Ewanrigg Local Trust, oral evidence to inquiry session one",
)
DASEIN = Evidence(
    "Ultimately we do have a view of how we want to live. And actually it’s pretty much the same as everybody else on "
    "the planet. A nice home, safe, attractive and green neighbourhood, good neighbours and enough money not to have "
    "to worry all the time.",
    "Billy Dasein, East Marsh United, oral evidence to inquiry session four",
)
# Fictional, as are the submissions below.
WHOLE = Evidence("", "Power to Change (2023)", note="The whole of it.")
UNCHECKED = Evidence(
    "We were asked three times what we wanted, and never told what came of it.",
    "Seaside Town Team (LUI0014) para 3",
    mark="not yet checked against its source",
    note="The inquiry has asked the council for its view.",
)

SESSIONS = SessionsPart(
    items=(
        EvidenceSession(
            "1",
            "Levelling up social outcomes",
            "April 2022",
            "Houses of Parliament",
            (Witness("Billy Robinson", "Resident", "Ewanrigg Local Trust"),),
        ),
        EvidenceSession(
            "2",
            "Levelling up economic outcomes",
            "July 2022",
            "Houses of Parliament",
            (Witness("Anna Bradley-Dorman", organisation="Ramsey Million Big Local"), Witness("Jo Field", "Economist")),
        ),
        EvidenceSession("3", "Levelling up communities", "November 2022", "Houses of Parliament"),
        EvidenceSession(
            "4",
            "Levelling up investment",
            "January 2023",
            "Houses of Parliament",
            (Witness("Billy Dasein", organisation="East Marsh United"),),
        ),
    )
)
EVENTS = EventsPart(
    items=(
        Event("St George's House consultation", "Consultation", "Windsor Castle", "two days"),
        Event("Policy researchers' workshop on localism and place-based inequality", "Workshop", "in person"),
        Event("Big Local groups and local authorities' workshop", "Workshop", "remote", date="March 2023"),
    )
)
WRITTEN = WrittenPart(
    items=(
        WrittenEvidence("LUI0012", "Power to Change", "2023"),
        WrittenEvidence("LUI0014", "Seaside Town Team; Dr Ann O’Neill-MacGregor", "14 February 2023"),
        WrittenEvidence("LUI0017", "Anonymous", "March 2023"),
    )
)
THEMES = ThemesPart(
    items=(
        ThemeGroup(
            "C", "Restoring a sense of community, local pride and belonging", (Theme("9", "Pride in place", (DASEIN,)),)
        ),
        ThemeGroup(
            "D",
            "Empowering local leaders and communities",
            (Theme("12", "Local leadership", (BRADLEY_DORMAN, ROBINSON, UNCHECKED)),),
        ),
    )
)
RECOMMENDATIONS = RecommendationsPart(
    items=(
        Addressee(
            "Central government",
            "1",
            (
                Recommendation(
                    "1.1",
                    "A next-generation devolution programme",
                    "Devolve to neighbourhoods.\nAnd fund what is devolved.",
                    "agreed",
                    ("Power", "Trust"),
                    supports=(BRADLEY_DORMAN, ROBINSON),
                    challenges=(UNCHECKED,),
                    answer="What was asked for has been paid for since.\nThe inquiry will look again in a year.",
                    not_answered=1,
                ),
                Recommendation("1.2", "A renewed commitment to community empowerment", status="draft"),
            ),
        ),
        Addressee(
            "Local government",
            "2",
            (
                Recommendation(
                    "2.5",
                    "Targeted investment in social infrastructure and local initiatives",
                    supports=(DASEIN,),
                    qualifies=(ROBINSON, WHOLE),
                ),
            ),
        ),
        Addressee("Community organisations", "3"),
    )
)
REFERENCES = ReferencesPart(
    items=(
        Reference(
            "Oxford Consultants for Social Inclusion",
            "2022a",
            "Fuel poverty and the cost of living",
            "Local Trust",
            "https://example.org/a-rather-long-address/that-has-to-be-broken/somewhere/in-a-line/of-print.html?a=1&b=2",
        ),
        Reference("Power to Change", "2023", "Written evidence"),
    )
)

HANNAH = Witness("Hannah Example", "Managing Director", "Example Science Ltd (fictional)")
EVANS = Witness("Professor Bea Evans", "", "University of Nowhere (fictional)")
O_NEILL = Witness("Dr Ann O’Neill", "Resident")


def sittings(*questions, numerals=("", "")):
    """A sitting with two panels, one of which nothing is known, and one in private."""
    panels = (
        PanelHeard((HANNAH, EVANS, O_NEILL), questions[0], numerals[0]),
        PanelHeard((EVANS, HANNAH), questions[1], numerals[1]),
    )
    month = Sitting("November 2022", "Levelling up communities")
    return (Sitting("Wednesday 18 June 2014", panels=panels), month, Sitting("Thursday 19 June 2014", private=True))


COMMONS = (
    WitnessesPart(items=sittings("Q1-31", "Q32")),
    PublishedPart(
        lead="SMD numbers are given to evidence as it is received, and so may not be complete.",
        items=(
            WrittenEvidence("SMD0021", "Dr Ann O’Neill"),
            WrittenEvidence("SMD0006", "Example Science Ltd (fictional)"),
        ),
    ),
    THEMES,
    RECOMMENDATIONS,
    REFERENCES,
)
LORDS = (
    WitnessesPart(
        heading="Oral evidence in chronological order",
        lead="",
        items=sittings("QQ 1–31", "Q 32", numerals=("I", "II")),
    ),
    AlphabeticalPart(
        lead="Question numbers (Q, QQ) are those of oral evidence; references are those of written evidence.",
        items=(
            Giver(
                "Example Science Ltd (fictional)", ("Hannah Example, Managing Director",), ("QQ 1–31",), ("SMD0006",)
            ),
            Giver("Hannah Example", (), ("QQ 1–31",), (), ("Managing Director, Example Science Ltd (fictional)",)),
            Giver("Dr Ann O’Neill", heard=("QQ 1–31",), references=("SMD0021", "SMD0040")),
        ),
    ),
    THEMES,
    RECOMMENDATIONS,
    REFERENCES,
)


def sample(**changes):
    """An appendix like the real inquiry's."""
    given = {
        "title": "Appendix: the evidence",
        "made_on": date(2026, 11, 24),
        "report_title": "A Neighbourhood Strategy for National Renewal",
        "inquiry_title": "Inquiry into levelling up",
        "body": "All-Party Parliamentary Group for 'left behind' neighbourhoods",
        "rubric": RUBRIC,
        "parts": (SESSIONS, EVENTS, WRITTEN, THEMES, RECOMMENDATIONS, REFERENCES),
        "left_out": (LeftOut("One quote from session three", "It does not match the recording."),),
    }
    return Appendix(**{**given, **changes})


def commons():
    """The same as a committee of the Commons prints it."""
    return sample(layout="commons", parts=COMMONS)


def lords():
    """The same as a committee of the Lords prints it."""
    return sample(layout="lords", parts=LORDS)


def empty():
    """An appendix of an inquiry that has heard nothing, with every part that there is."""
    parts = (
        *(SessionsPart(), EventsPart(), WrittenPart(), WitnessesPart(), PublishedPart(), AlphabeticalPart()),
        *(ThemesPart(), RecommendationsPart(), ReferencesPart()),
    )
    return sample(parts=parts, left_out=())


def filled_with(text):
    """An appendix with this text in every field that a person can type in."""
    said = Evidence(text, text, text, text)
    return sample(
        title=text,
        report_title=text,
        inquiry_title=text,
        body=text,
        rubric=(text,),
        parts=(
            SessionsPart(items=(EvidenceSession("1", text, text, text, (Witness(text, text, text),)),)),
            EventsPart(items=(Event(text, text, text, text, text),)),
            WrittenPart(items=(WrittenEvidence("LUI0001", text, text),)),
            WitnessesPart(items=(Sitting(text, text, (PanelHeard((Witness(text, text, text),), text, "I"),)),)),
            PublishedPart(lead=text, items=(WrittenEvidence("LUI0001", text),)),
            AlphabeticalPart(lead=text, items=(Giver(text, (text,), (text,), ("LUI0001",), (text,)),)),
            ThemesPart(heading=text, items=(ThemeGroup("A", text, (Theme("1", text, (said,)),)),)),
            RecommendationsPart(
                items=(
                    Addressee(
                        text,
                        "1",
                        (
                            Recommendation(
                                *("1.1", text, text, text, (text,), (said,), (said,), (said,)),
                                answer=text,
                                not_answered=1,
                            ),
                        ),
                    ),
                )
            ),
            ReferencesPart(items=(Reference(text, "2022", text, text, text),)),
        ),
        codes=(Code("theme-8", text, text, (Code("theme-9", text, text),)),),
        sources=(Source("document-1", text, f"Before.\n\n{text}", (Marked("quote-1", 9, 9 + len(text)),)),),
    )
