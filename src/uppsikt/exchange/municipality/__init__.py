"""A municipality as a folder of CSV files: read to plain records, or all faults at once; no database.

``read_municipality(folder)`` is the door. The files and their columns are defined by the record
classes themselves, and ``describe()`` prints them as the Swedish page that an administrator reads.
"""

from uppsikt.exchange.municipality.describing import describe
from uppsikt.exchange.municipality.faults import BrokenFilesError, Fault
from uppsikt.exchange.municipality.reading import MunicipalityFiles, digest_of, read_municipality

__all__ = ["BrokenFilesError", "Fault", "MunicipalityFiles", "describe", "digest_of", "read_municipality"]
