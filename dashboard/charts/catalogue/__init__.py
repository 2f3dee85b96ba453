"""The events of a build as arrays, and their groupings."""

from dashboard.charts.catalogue.events import (
    CANDIDATES,
    INFERRED,
    OPEN,
    RANGE,
    STATED,
    UNDATED,
    Catalogue,
    Tables,
    catalogue,
)
from dashboard.charts.catalogue.facets import Days, Facet, Ints, Mask

__all__ = [
    "CANDIDATES",
    "INFERRED",
    "OPEN",
    "RANGE",
    "STATED",
    "UNDATED",
    "Catalogue",
    "Days",
    "Facet",
    "Ints",
    "Mask",
    "Tables",
    "catalogue",
]
