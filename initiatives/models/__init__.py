"""The nouns of the base: users, parties, clusters, plans, initiatives, status."""

from ..attachments import Attachment
from ..published import PublishedDocument, PublishedFigure
from .clusters import Cluster, Forum
from .initiatives import Initiative, InitiativeActor, InitiativeRelation, Milestone, NarrativeSection
from .parties import Actor, Person
from .plans import ActionPlan, Theme
from .status import Colour, Help, Phase, StatusReport
from .users import Membership, User

__all__ = [
    "ActionPlan",
    "Actor",
    "Attachment",
    "Cluster",
    "Colour",
    "Forum",
    "Help",
    "Initiative",
    "InitiativeActor",
    "InitiativeRelation",
    "Membership",
    "Milestone",
    "NarrativeSection",
    "Person",
    "Phase",
    "PublishedDocument",
    "PublishedFigure",
    "StatusReport",
    "Theme",
    "User",
]
