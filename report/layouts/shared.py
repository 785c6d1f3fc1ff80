"""Parts that every layout has: evidence by theme, recommendations, references, meetings under the Rule."""

from __future__ import annotations

from collections import defaultdict

from evidence.tags.models import Stance
from inquiry.models import CitationStyle, Recommendation, ReferenceWork, Rule, Session, Theme
from inquiry.numbers import in_words
from report import structure as printed
from report.material import Material
from report.sorting import alphabetically


def events(material: Material) -> printed.EventsPart:
    """Meetings under the Chatham House Rule, without people."""
    return printed.EventsPart(items=tuple(_event(s) for s in material.sessions if s.rule == Rule.CHATHAM_HOUSE))


def _event(session: Session) -> printed.Event:
    return printed.Event(
        title=session.title,
        meeting=str(session.get_kind_display()),
        venue=session.venue,
        days=f"{in_words(session.days)} days" if session.days > 1 else "",
        date=session.said_date,
        key=f"session-{session.pk}",
    )


def themes(material: Material) -> printed.ThemesPart:
    """The evidence on each theme; what is on none stands at the end."""
    on_theme: dict[int, list[printed.Evidence]] = defaultdict(list)
    tagged: set[int | None] = set()
    # What a session was about is said beside the session.
    for tag in material.tags(theme__isnull=False, session=None):
        on_theme[tag.theme_id or 0] += material.evidence_of(tag)
        tagged.add(tag.quote_id)
    every = material.themes
    groups = _grouped([(theme, tuple(on_theme[theme.pk])) for theme in every if on_theme.get(theme.pk)])
    untagged = [quote for quote in material.quotes.values() if quote.pk not in tagged]
    levels = every[-1].framework.levels if every else ["Theme"]
    if untagged:
        quoted = tuple(map(material.quoted, untagged))
        entry = printed.Theme("", f"Not tagged to a {levels[-1].lower()}", quoted, key="theme-none")
        groups.append(printed.ThemeGroup("", "Other evidence", (entry,), key="theme-other"))
    heading = f"Evidence by {' and '.join(level.lower() for level in levels)}"
    return printed.ThemesPart(heading=heading, items=tuple(groups))


def _grouped(found: list[tuple[Theme, tuple[printed.Evidence, ...]]]) -> list[printed.ThemeGroup]:
    """Themes under what stands above them; one that stands alone is above itself."""
    together: dict[Theme, list[printed.Theme]] = defaultdict(list)
    for theme, evidence in found:
        entry = printed.Theme(number=theme.number, title=theme.title, evidence=evidence, key=f"theme-{theme.pk}")
        together[theme.parent or theme].append(entry)
    return [
        printed.ThemeGroup(above.number, above.title, tuple(entries), key=f"theme-{above.pk}")
        for above, entries in together.items()
    ]


def recommendations(material: Material) -> printed.RecommendationsPart:
    """Recommendations by addressee, each with the evidence for and against it."""
    evidence: dict[tuple[int, str], list[printed.Evidence]] = defaultdict(list)
    not_answered: dict[int, int] = defaultdict(int)
    for tag in material.tags(recommendation__isnull=False):
        found = material.evidence_of(tag)
        evidence[tag.recommendation_id or 0, tag.stance] += found
        if tag.stance == Stance.CHALLENGES and not tag.answered_at:
            not_answered[tag.recommendation_id or 0] += len(found)
    written: dict[int, list[printed.Recommendation]] = defaultdict(list)
    every = Recommendation.objects.visible_to(material.by).filter(inquiry=material.inquiry).in_order()
    for one in every.prefetch_related("principles"):
        written[one.addressee_id].append(
            printed.Recommendation(
                number=one.label,
                title=one.title,
                text=one.text,
                status=one.get_status_display() if one.status != Recommendation.Status.AGREED else "",
                principles=tuple(principle.title for principle in one.principles.all()),
                key=f"recommendation-{one.pk}",
                answer=material.answer_to(one, evidence[one.pk, Stance.CHALLENGES]),
                not_answered=not_answered[one.pk],
                **{stance: tuple(evidence[one.pk, stance]) for stance in Stance.values},
            )
        )
    addressees = material.inquiry.addressees.order_by("number")
    return printed.RecommendationsPart(
        items=tuple(
            printed.Addressee(
                title=a.name, number=str(a.number), recommendations=tuple(written[a.pk]), key=f"addressee-{a.pk}"
            )
            for a in addressees
        )
    )


def references(material: Material) -> printed.ReferencesPart:
    """Research that is cited. The all-party group cites written evidence by author and year, so it is listed too."""
    works = [
        printed.Reference(
            author=work.author,
            year=work.year,
            title=work.title,
            publication=work.publication,
            url=work.url,
            key=f"work-{work.pk}",
        )
        for work in ReferenceWork.objects.visible_to(material.by).filter(inquiry=material.inquiry)
    ]
    if material.layout == CitationStyle.APPG:
        works += [_written(material, pk) for pk in sorted(material.cited)]
    return printed.ReferencesPart(items=tuple(alphabetically(works, lambda work: (work.author, work.year))))


def _written(material: Material, pk: int) -> printed.Reference:
    submission = material.submissions[pk]
    reference = submission.reference
    year = str(submission.received_on.year) if submission.received_on else "n.d."
    return printed.Reference(
        author=submission.printed_submitters,
        year=f"{year}{material.letters.get(pk, '')}",
        title=f"Written evidence to the {material.inquiry.title}",
        publication=reference,
        key=reference,
    )
