"""The files as an administrator reads about them, made from the definitions that read them."""

from __future__ import annotations

from uppsikt.exchange.municipality.columns import Record
from uppsikt.exchange.municipality.economy import LineRecord
from uppsikt.exchange.municipality.reading import RECORDS

_HEAD = """\
# Kommunens datafiler

En kommun kan läggas in från en mapp med CSV-filer. Filerna är vad ett kalkylprogram sparar som
”CSV UTF-8”: semikolon mellan rutorna, rubriker på första raden. Ordningen mellan kolumnerna är fri.
Är något fel läses ingenting in, och alla fel räknas upp med fil, rad och kolumn. Samma filer kan
läsas in hur många gånger som helst: det som redan finns rörs inte, och det som någon har ändrat i
systemet skrivs aldrig över.

Den här sidan är gjord av samma beskrivning som läser filerna. Kolumner i **fet stil** måste vara
ifyllda. *Nyckel* betyder att kolumnerna tillsammans pekar ut raden.
"""

_TAIL = """\
## Så skrivs en tabell med belopp

- En **summa** är summan av posterna ovanför den under samma rubrik, eller av de rader som hör till den.
- En **rubrik** samlar poster och kan ha en egen summa. Den sista summan i tabellen lägger då ihop summorna.
- **Varav** är en del av raden den hör till: kostnader och intäkter, som tillsammans ger nettot.
- En **not** räknas aldrig med, till exempel den beslutade ramen bredvid summan.
- Två rader som gäller samma enhet, verksamhet, projekt eller volym, i kolumner med samma roll och period, ska säga
  samma sak. Ange därför bara enhet på en rad som verkligen är enhetens hela belopp.
- Siffror skrivs som de är tryckta, även när de är fel. Kontrollerna visar felen.
"""


def describe() -> str:
    """Give the page about the files, in Swedish Markdown."""
    return "\n".join([_HEAD, *(_file(record) for record in (*RECORDS, LineRecord)), _TAIL])


def _file(record: type[Record]) -> str:
    about = f"{record.ABOUT} Filen behöver inte finnas." if record.OPTIONAL else record.ABOUT
    rows = [f"## {record.FILE}\n", f"{about}\n", "| kolumn | innehåll | |", "|---|---|---|"]
    for name, spec in record.specs().items():
        header = f"**{spec.header}**" if spec.required else spec.header
        about = spec.about + (f": {', '.join(spec.words)}" if spec.words else "")
        into = next((ref.record.FILE for ref in record.REFERS if ref.fields[-1] == name), "")
        marks = ", ".join([*(["nyckel"] if spec.key else []), *([f"finns i {into}"] if into else [])])
        rows.append(f"| {header} | {about} | {marks} |")
    return "\n".join(rows) + "\n"
