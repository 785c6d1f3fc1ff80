"""Sessions without witnesses, and people who stand where the Chatham House Rule lets nobody stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, Func, OuterRef, Q, TextField, Value
from django.db.models.functions import MD5, Concat, Length, Lower, StrIndex

from evidence.submissions.naming import HONORIFIC
from evidence.tags.models import Tag
from evidence.transcripts.models import Transcript
from evidence.witnesses.models import Appearance, Organisation, Witness
from inquiry.changes import sign
from inquiry.models import Insight, Panel, Rule, Session, SessionKind
from report.readiness.findings import Asked, Finding, Rows

# More is not looked through at once; no inquiry has written as much under the Rule.
TEXTS = 5_000
NAMES = 500
# A shorter name is part of too many words.
SHORTEST = 4


def without_witnesses(asked: Asked) -> Rows:
    """An evidence session, not under the Rule, at which nobody is recorded."""
    heard = Appearance.objects.filter(panel__session=OuterRef("pk"))
    sessions = asked.seen(Session).filter(kind=SessionKind.EVIDENCE).exclude(rule=Rule.CHATHAM_HOUSE)

    def said(session: Session) -> tuple[str, str, str]:
        return f"{session.name}, {session.title}", asked.url("sessions:detail", session.pk), session.name

    signed = sessions.exclude(Exists(heard)).annotate(sign=MD5(Concat("title", Value(" "), "rule")))
    return Rows(signed.in_order(), said)


@dataclass(frozen=True)
class Text:
    """Words about a meeting under the Rule: which, where they stand, and the meeting; or about its open parts too."""

    key: str
    what: str
    words: str
    session: int
    of_all: bool = False


def people_under_the_rule(asked: Asked) -> list[Finding]:
    """The name of a person who is known to the inquiry stands in words about a meeting under the Rule."""
    # A name of one word cannot be told from the word.
    return list(_named(asked, Witness, lambda name: " " in name))


def bodies_under_the_rule(asked: Asked) -> list[Finding]:
    """The name of a body that is known to the inquiry stands in words about a meeting under the Rule."""
    return list(_named(asked, Organisation, lambda name: len(name) >= SHORTEST))


def _named(asked: Asked, model: Any, tells: Callable[[str], bool]) -> Iterator[Finding]:
    texts = asked.once("under the Rule", lambda: list(_texts(asked)))
    everything = "\n".join(text.words for text in texts).casefold()
    if not everything:
        return
    kind = model._meta.model_name
    # Whoever was heard on another panel of the meeting, openly, may stand in its title.
    openly = set(asked.seen(Appearance).filter(panel__session__in=_ruled(asked)).values_list("panel__session", kind))
    bare = Func(F("name"), Value(f"(?i){HONORIFIC}"), Value(""), function="regexp_replace", output_field=TextField())
    known = asked.seen(model).annotate(bare=bare, length=Length("bare")).filter(length__gte=SHORTEST)
    there = known.annotate(at=StrIndex(Value(everything), Lower("bare"))).filter(at__gt=0)
    for pk, name in there.order_by("pk").values_list("pk", "bare")[:NAMES]:
        alone = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
        for text in texts if tells(name) else ():
            if alone.search(text.words) and not (text.of_all and (text.session, pk) in openly):
                yield Finding(
                    f"{text.key}:{kind}:{pk}",
                    sign(text.words, name),
                    f"“{name}” stands in {text.what}",
                    asked.url("sessions:detail", text.session),
                    f"The name of {'a person' if model is Witness else 'a body'} in {text.what}",
                )


def _ruled(asked: Asked) -> Any:
    """The meetings of which all or a part was held under the Rule."""
    part = Panel.objects.filter(session=OuterRef("pk"), rule=Rule.CHATHAM_HOUSE)
    ruled = asked.seen(Session).filter(Q(rule=Rule.CHATHAM_HOUSE) | Q(Exists(part)))
    return ruled.order_by().values("pk")


def _texts(asked: Asked) -> Iterator[Text]:
    """All words about meetings, or parts of meetings, under the Rule."""
    here = _ruled(asked)
    sessions = asked.seen(Session).filter(pk__in=here).order_by("-pk").values_list("pk", "title", "venue")
    for pk, title, venue in sessions[:TEXTS]:
        yield Text(f"session:{pk}", "the title or the venue of a meeting", f"{title}\n{venue}", pk, of_all=True)
    panels = asked.seen(Panel).ruled(Rule.CHATHAM_HOUSE).exclude(title="").order_by("-pk")
    for pk, title, session in panels.values_list("pk", "title", "session")[:TEXTS]:
        yield Text(f"panel:{pk}", "the title of a panel", title, session)
    insights = asked.seen(Insight).order_by("-pk").values_list("pk", "text", "session")
    for pk, text, session in insights[:TEXTS]:
        yield Text(f"insight:{pk}", "an insight", text, session)
    notes = asked.seen(Tag).filter(Q(insight__isnull=False) | Q(session__in=here)).exclude(note="").order_by("-pk")
    for pk, note, session, other in notes.values_list("pk", "note", "session", "insight__session")[:TEXTS]:
        yield Text(f"note:{pk}", "a note on what was heard", note, session or other, of_all=bool(session))
    files = asked.seen(Transcript).filter(session__in=here).order_by("-pk")
    for pk, name, session in files.values_list("pk", "document__name", "session")[:TEXTS]:
        yield Text(f"file:{pk}", "the name of a file", name, session, of_all=True)
