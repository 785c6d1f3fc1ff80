"""Transcripts in the layouts of committees, all of people and places that don't exist."""

COMMONS = """
# Ferries Committee

# Oral evidence: [Ferries and fog](https://example.org), HC 1234

Tuesday 3 March 2022

Ordered by the House of Commons to be published on 8 March 2022.

[Watch the meeting](https://example.org)

Members present: Ada Quill (Chair); Ben O’Dowd; Mrs Cara Pell-Grey; Sir Ian Duncan Moss.

Questions 1 - 7

## Witnesses

[I](https://example.org): Professor Nell van der Hoek, Professor of Harbours, University of Brack; Rt Hon Tom Reed MP,
Minister for Fog, Department for Weather, Tides and Mist.

[II](https://example.org): Jo Lamb, Director, Ferry Users.

Written evidence from witnesses:

– [Ferry Users](https://example.org)

## Examination of witnesses

Witnesses: Professor Nell van der Hoek and Tom Reed.

[This evidence was taken by video conference]

Q1 **Chair:** Welcome to this session. Today we talk of fog.

***Professor van der Hoek:*** Good morning. I study fog.

It is: thick, and wet. The point is this: it stays.

***Tom Reed:*** Good morning.

Q2 **Ben O’Dowd:** How thick is it?

***Tom Reed:*** Very. I quote: “thick”.

**Chair:** Thank you.

*Sitting suspended for a Division in the House.*

*On resuming—*

Q3 **Mrs Pell-Grey:** And now?

***Tom Reed:*** [Interruption.] It lifts.

## Examination of witness

Witness: Jo Lamb.

Q5 **Sir Ian Duncan Moss:** Welcome. Is Q4 lost?

***Jo Lamb:*** Perhaps. Annex A of what we sent you shows it.

Q7 **Chair:** Thank you.

The Committee divided.

Ayes, 2

Ada Quill

Ben O’Dowd

Noes, 0
"""

COMMONS_TURNS = [
    (1, 1, "Chair", "Welcome to this session. Today we talk of fog."),
    (1, 1, "Professor van der Hoek", "Good morning. I study fog."),
    (1, 1, "Professor van der Hoek", "It is: thick, and wet. The point is this: it stays."),
    (1, 1, "Tom Reed", "Good morning."),
    (1, 2, "Ben O’Dowd", "How thick is it?"),
    (1, 2, "Tom Reed", "Very. I quote: “thick”."),
    (1, 2, "Chair", "Thank you."),
    (1, 3, "Mrs Pell-Grey", "And now?"),
    (1, 3, "Tom Reed", "[Interruption.] It lifts."),
    (2, 5, "Sir Ian Duncan Moss", "Welcome. Is Q4 lost?"),
    (2, 5, "Jo Lamb", "Perhaps. Annex A of what we sent you shows it."),
    (2, 7, "Chair", "Thank you."),
]

LORDS = """\
Select Committee on Harbours

Corrected oral evidence: The future of ferries

Tuesday 4 May 2021

10.05 am

Members present: Lord Quill of Brack (The Chair); Baroness Young of Old Harbour;
The Lord Bishop of Wick; Viscount Hanmer; Lord Smith of Ayr; Lord Smith of Tain.

Evidence Session No. 1               Heard in Public               Questions 1 - 4

Witnesses

I: Prof Barry Evans, Chair of Marine Studies, University of Brack; Dr Mary-Jane
O'Hara, Chief Executive, Ferry Users' Trust.

USE OF THE TRANSCRIPT

1. This is a corrected transcript of evidence taken in public and webcast.

Examination of witnesses

Prof Barry Evans and Dr Mary-Jane O'Hara.

Q1   The Chair: Good morning, and welcome to this first session. I will ask the first
question and then hand over.

Prof Barry Evans: Thank you, Chair. The answer is long and it goes on over the end of a

                                      1

The future of ferries, HL 12                                                    2

page, as answers do, and its words are well-
known.

Second paragraph of the answer.

Q 2  Baroness Young of Old Harbour: Who pays?

Dr Mary-Jane O'Hara: The passengers.

Lady Young: All of them?

Q3   The Lord Bishop of Wick: And on Sundays?

Dr O’Hara: No.

Q4   Lord Smith: Which of us is speaking?

Lord Hanmer: I wonder.
"""

LORDS_TURNS = [
    (
        1,
        "The Chair",
        "Good morning, and welcome to this first session. I will ask the first question and then hand over.",
    ),
    (
        1,
        "Prof Barry Evans",
        "Thank you, Chair. The answer is long and it goes on over the end of a page, as answers do, and its words are "
        "well-known.",
    ),
    (1, "Prof Barry Evans", "Second paragraph of the answer."),
    (2, "Baroness Young of Old Harbour", "Who pays?"),
    (2, "Dr Mary-Jane O'Hara", "The passengers."),
    (2, "Lady Young", "All of them?"),
    (3, "The Lord Bishop of Wick", "And on Sundays?"),
    (3, "Dr O’Hara", "No."),
    (4, "Lord Smith", "Which of us is speaking?"),
    (4, "Lord Hanmer", "I wonder."),
]

# Of the years around 1998: numbers without a Q, witnesses in brackets, capitals.
OLD = """\
Minutes of Evidence

TUESDAY 12 MAY 1998

Members present:

Mr Adam Quill, in the Chair

Mr Ben Dowd
Mrs Cara Pell

Examination of witnesses

DR MARY ROE, Director, and MR JOHN POE, Harbour Master, Brack Harbour Board, were examined.

1. (Chairman) Good morning.

(Dr Roe) Good morning.

2. (Mr Dowd) What is it?

(Mr Poe) A boat.

MRS PELL: Whose?
"""

FOG = (
    "The fog that comes in from the sea has well-known habits and nobody who lives by the harbour would call it thin; "
    "it was said to the harbour board, and to me, that it stays for days and that "
)

SET = f"""
#text(size: 16pt)[*Ferries Committee*]

#text(size: 14pt)[*Oral evidence: Ferries and fog, HC 1234*]

#text(size: 14pt)[Tuesday 3 March 2022]

*Members present:*\\
Ada Quill (Chair)\\
Ben O’Dowd\\
Mrs Cara Pell-Grey

#align(center)[Questions 8-10]

Witnesses: *Professor Nell van der Hoek*, Professor of Harbours, University of Brack, *Tom Reed*, Adviser, and
*Ann Loe*, gave evidence.

*Q8 Chair:* Welcome to this session. {FOG * 2} it goes.

_*Professor van der Hoek:*_ Good morning. {FOG * 4} it goes.

It is: thick, and wet. {FOG} it goes.

_*Tom Reed*_: Good morning.

#align(center)[*Examination of Witness*]

Witness: *Jo Lamb*, Director, Ferry Users, gave evidence.

*Q9 Ben O’Dowd:* How thick is it? {FOG * 2} it goes.

_*Jo Lamb:*_ Very. I quote: “thick”. {FOG * 3} it goes.

*Mrs Pell-Grey:* Thank you.

*Q10 Chair:* Thank you.
"""

SET_TURNS = [
    (1, 8, "Chair", f"Welcome to this session. {FOG * 2}it goes."),
    (1, 8, "Professor van der Hoek", f"Good morning. {FOG * 4}it goes."),
    (1, 8, "Professor van der Hoek", f"It is: thick, and wet. {FOG}it goes."),
    (1, 8, "Tom Reed", "Good morning."),
    (2, 9, "Ben O’Dowd", f"How thick is it? {FOG * 2}it goes."),
    (2, 9, "Jo Lamb", f"Very. I quote: “thick”. {FOG * 3}it goes."),
    (2, 9, "Mrs Pell-Grey", "Thank you."),
    (2, 10, "Chair", "Thank you."),
]
