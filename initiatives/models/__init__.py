"""The nouns of the base: users, parties, clusters, plans, initiatives, status."""

from ..attachments import Attachment
from ..published import PublishedDocument, PublishedFigure
from .clusters import Cluster, Forum
from .comments import Comment
from .files import InitiativeFile
from .initiatives import Initiative, InitiativeActor, InitiativeRelation, Milestone, NarrativeSection
from .notices import USUAL, Delivery, Notice, NoticeChoice, NoticeKind
from .parties import Actor, Person
from .plans import ActionPlan, PlanState, Theme
from .status import Colour, Help, Phase, StatusDraft, StatusReport
from .users import Membership, User

__all__ = [
    "USUAL",
    "ActionPlan",
    "Actor",
    "Attachment",
    "Cluster",
    "Colour",
    "Comment",
    "Delivery",
    "Forum",
    "Help",
    "Initiative",
    "InitiativeActor",
    "InitiativeFile",
    "InitiativeRelation",
    "Membership",
    "Milestone",
    "NarrativeSection",
    "Notice",
    "NoticeChoice",
    "NoticeKind",
    "Person",
    "Phase",
    "PlanState",
    "PublishedDocument",
    "PublishedFigure",
    "StatusDraft",
    "StatusReport",
    "Theme",
    "User",
]
