"""All tables in one place, for the migrations and for whoever compares them with a database."""

from __future__ import annotations

from sqlalchemy import MetaData

from models.alerts import AlertRow, AlertRuleRow, DeliveryRow, MuteRow, RecipientRow
from models.articles import ArticleRow, FingerprintRow, GistRow, GistTermRow, ShingleRow, StoryRow
from models.backfills import BackfillListRow
from models.base import Base
from models.findings import EventLogRow, EventRow, ReportRow, SeedEventRow, TagRow
from models.frontier import AddressRow, HostRow, RobotsRow, WayRow
from models.health import HealthChangeRow, StandingRow, TroubleRow
from models.pages import ImportRow, PageRow, RunRow, VisitRow
from models.refrains import RefrainRow
from models.searches import NameRow, SearchRow, SpellingRow
from models.seeds import SeedDocumentRow, SourceRow

TABLES: tuple[type[Base], ...] = (
    SourceRow,
    SeedDocumentRow,
    RunRow,
    PageRow,
    VisitRow,
    AddressRow,
    WayRow,
    RobotsRow,
    HostRow,
    ImportRow,
    BackfillListRow,
    StoryRow,
    ArticleRow,
    GistRow,
    GistTermRow,
    FingerprintRow,
    ShingleRow,
    RefrainRow,
    TagRow,
    EventRow,
    EventLogRow,
    SeedEventRow,
    ReportRow,
    RecipientRow,
    AlertRuleRow,
    MuteRow,
    NameRow,
    SpellingRow,
    SearchRow,
    AlertRow,
    DeliveryRow,
    StandingRow,
    HealthChangeRow,
    TroubleRow,
)
METADATA: MetaData = Base.metadata
