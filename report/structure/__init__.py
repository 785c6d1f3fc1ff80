"""The appendix as plain, ordered data: everything that is printed, and nothing that knows a database or a format.

The assembly makes it, the formats print it, and a snapshot keeps it. A text that is in here has passed the question
whether it may be seen; a text that is not in here can't be printed by any format.
"""

from report.structure.appendix import (
    INSIDE,
    SCHEMA,
    Appendix,
    Code,
    LeftOut,
    Marked,
    Source,
)
from report.structure.base import (
    Data,
    listed,
    named,
    paragraphs,
    printable,
)
from report.structure.items import (
    Addressee,
    Event,
    Evidence,
    EvidenceSession,
    Giver,
    PanelHeard,
    Recommendation,
    Reference,
    Sitting,
    Theme,
    ThemeGroup,
    Witness,
    WrittenEvidence,
)
from report.structure.parts import (
    AlphabeticalPart,
    EventsPart,
    Part,
    PublishedPart,
    RecommendationsPart,
    ReferencesPart,
    SessionsPart,
    ThemesPart,
    WitnessesPart,
    WrittenPart,
)

__all__ = [
    "INSIDE",
    "SCHEMA",
    "Addressee",
    "AlphabeticalPart",
    "Appendix",
    "Code",
    "Data",
    "Event",
    "EventsPart",
    "Evidence",
    "EvidenceSession",
    "Giver",
    "LeftOut",
    "Marked",
    "PanelHeard",
    "Part",
    "PublishedPart",
    "Recommendation",
    "RecommendationsPart",
    "Reference",
    "ReferencesPart",
    "SessionsPart",
    "Sitting",
    "Source",
    "Theme",
    "ThemeGroup",
    "ThemesPart",
    "Witness",
    "WitnessesPart",
    "WrittenEvidence",
    "WrittenPart",
    "listed",
    "named",
    "paragraphs",
    "printable",
]
