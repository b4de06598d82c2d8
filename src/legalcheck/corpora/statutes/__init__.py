"""The statute catalogue: what is known of each statute, dated and with provenance.

`catalogue()` gives the shipped one; `Catalogue.find` looks a title or number up without loading the whole. `report` has
what the catalogue says of itself (`status`, `show`, `check`), `overlay` the import of an office's own texts.
"""

from .keys import loose_key, number_key, standard_key, title_key, written_number_key
from .model import Head, Provenance, Standing, Statute, StatuteLevel, Version
from .store import Catalogue, Store, catalogue, choose

__all__ = [
    "Catalogue",
    "Head",
    "Provenance",
    "Standing",
    "Statute",
    "StatuteLevel",
    "Store",
    "Version",
    "catalogue",
    "choose",
    "loose_key",
    "number_key",
    "standard_key",
    "title_key",
    "written_number_key",
]
