from inquiry.models.frameworks import Framework, Succession, Theme
from inquiry.models.inquiries import CitationStyle, Inquiry, TermOfReference
from inquiry.models.recommendations import Addressee, Delivers, Principle, Recommendation, RecommendationVersion
from inquiry.models.references import ReferenceWork
from inquiry.models.sessions import Insight, Panel, Rule, Session, SessionKind

__all__ = [
    "Addressee",
    "CitationStyle",
    "Delivers",
    "Framework",
    "Inquiry",
    "Insight",
    "Panel",
    "Principle",
    "Recommendation",
    "RecommendationVersion",
    "ReferenceWork",
    "Rule",
    "Session",
    "SessionKind",
    "Succession",
    "TermOfReference",
    "Theme",
]
