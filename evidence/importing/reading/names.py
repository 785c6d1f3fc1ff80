"""Whether a name without an organisation is a person's or a body's, told from its words."""

import re

_HONORIFIC = re.compile(
    r"(?:dr|prof|professor|mr|mrs|ms|miss|mx|sir|dame|lord|lady|baroness|baron|cllr|councillor|rev|revd|reverend|"
    r"the rt hon|rt hon)\b\.?",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"\b(?:academy|agency|alliance|association|authority|bank|board|borough|bureau|cic|campaign|cent(?:re|er)|"
    r"chamber|charity|church|club|coalition|college|commission|committee|community|companies|company|confederation|"
    r"congress|consortium|consultancy|cooperative|co-operative|corporation|council|department|diocese|district|"
    r"enterprises?|federation|forum|foundation|friends of|fund|government|group|guild|hospital|housing|inc|industry|"
    r"initiative|institute|institution|international|laborator(?:y|ies)|league|library|limited|llp|local|ltd|"
    r"ministry|mission|museum|national|neighbourhoods?|network|nhs|office|organi[sz]ation|parish|partnership|party|"
    r"plc|police|programme|project|residents|school|services?|societ(?:y|ies)|solutions|systems?|team|tenants|"
    r"the|town|trust|uk|union|unit|universit(?:y|ies)|village|volunteers?|youth)\b|&",
    re.IGNORECASE,
)


def is_body(name: str, sector: str = "") -> bool:
    """A body has a word that bodies have, or a sector that only bodies have; whoever has an honorific is a person."""
    if _HONORIFIC.match(name):
        return False
    return bool(_BODY.search(name)) or sector not in ("", "residents", "academia", "other")
