"""Makes docs/kontroller/ from the rule book: ``python -m uppsikt.checks.pages [folder]``."""

from __future__ import annotations

import sys
from pathlib import Path

from uppsikt.checks.registry import Rule, all_rules

_MADE = "<!-- Sidan görs av `python -m uppsikt.checks.pages` ur reglerna i koden. Ändra där. -->"
_INTRODUCTION = """\
# Kontroller

Uppsikt prövar varje tabell i en rapport innan rapporten visas som färdig, och varje tabell och mening i en
rapport som någon annan har skrivit. Varje regel har en kod som aldrig byter betydelse, och en egen sida med
exempel.

Ett skrivet belopp är avrundat och står för ett intervall: 21,9 mnkr kan vara allt mellan 21,85 och 21,95.
En summa är fel bara om inga belopp inom intervallen kan ge den. Skillnader som avrundning kan förklara
visas bara om man ber om det.

Hittas ett fel som får flera tal att inte stämma visas det en gång, med följderna under sig. När ett
skrivfel förklarar skillnaden (en siffra, två siffror som bytt plats, ett tecken, en faktor tusen, en glömd
eller dubbelräknad rad) föreslås en rättelse. Den kallas trolig bara om allt annat också stämmer med den.

Ett tal i löpande text knyts till den cell som meningens ord pekar ut: raden den nämner, om den talar om
överskott, budget eller utfall, och vilket år. Knytningen visas alltid, så att en läsare kan bedöma den. Finns
det ett ord i meningen som kan betyda något annat än raden sägs ingenting. Det är bättre att ett fel passerar
än att någon måste leta efter ett som inte finns.

Säkerhet:

- **säker**: siffrorna kan inte alla vara rätt, hur de än är avrundade,
- **trolig**: det följer av hur tabellen har lästs, och läsningen stöds av andra siffror,
- **möjlig**: tabellen kan läsas på flera sätt, eller avvikelsen kan ha en förklaring.

| kod | kontroll |
|-----|----------|
"""


def pages() -> dict[str, str]:
    """Give every page by its file name."""
    rows = "".join(f"| [{rule.code}]({_name(rule)}) | {rule.title} |\n" for rule in all_rules())
    made = {"README.md": f"{_MADE}\n\n{_INTRODUCTION}{rows}"}
    return made | {_name(rule): _page(rule) for rule in all_rules()}


def write_pages(folder: Path) -> None:
    """Write the pages, and take away those of rules that are no more."""
    folder.mkdir(parents=True, exist_ok=True)
    made = pages()
    for old in folder.glob("*.md"):
        if old.name not in made:
            old.unlink()
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8")


def _name(rule: Rule) -> str:
    return f"{rule.code.lower()}.md"


def _page(rule: Rule) -> str:
    parts = [
        _MADE,
        f"# {rule.code}: {rule.title}",
        rule.text,
        f"**Källa:** {rule.source}",
        "## Stämmer",
        rule.passes,
        "## Stämmer inte",
        rule.fails.replace("=> ", "Kontrollen säger: "),
    ]
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    write_pages(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/kontroller"))
