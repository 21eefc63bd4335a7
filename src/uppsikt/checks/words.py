"""The Swedish words that municipal reports build sentences about money of, and what each of them says.

Words are compared in small letters. The lists are closed: a word that stands in none of them is
unknown, and a number whose sentence holds an unknown word may speak of something that no row shows.
"""

from __future__ import annotations

from functools import lru_cache

from uppsikt.core.periods import MONTHS


def word_set(text: str) -> frozenset[str]:
    """Give the words of a text."""
    return frozenset(text.split())


_COUNTING = "två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton sexton sjutton arton nitton tjugo"
NUMERALS = {word: number for number, word in enumerate(_COUNTING.split(), 2)}
ABOUT = word_set("cirka ca circa ungefär omkring runt kring drygt över knappt nästan nära närmare uppemot")
BOUND = word_set("minst högst max maximalt upp mindre mer fler färre än")
MINUS_WORDS, PLUS_WORDS = frozenset(("minus",)), frozenset(("plus",))

# What stands before a number that counts nothing.
POINTERS = word_set(
    """
    § §§ kap kapitel kl klockan nr nummer bilaga bilagor bilagorna tabell diagram figur sida sid sidan sidorna avsnitt
    punkt punkten steg fas etapp agenda tertial tertialet kvartal kvartalet dnr not fotnot nivå artikel covid rang
    version klass årskurs del mom ärende paragraf upplaga per
    """
)
MONTH_STEMS = tuple(month[:3] for month in MONTHS)

# What opens a part of what was said, or something beside it: a number after it is about something else.
PART = word_set("varav därav inklusive inkl exklusive exkl förutom undantag utöver därutöver samt")
RELATED = word_set("mot gentemot jämfört jämförelse än sedan")
WITHIN = word_set("inom för avseende gällande från hos av på till i under om vid utanför genom efter före utan per")
WITHOUT = word_set("exklusive exkl inklusive inkl förutom utöver undantaget rensat justerat")
CHANGES = (
    "ökar", "öka", "ökning", "minsk", "förändr", "förbättr", "försämr", "sjunk", "sjönk", "stig", "steg", "växer",
)  # fmt: skip
CHANGES_UP = ("ök", "stig", "steg", "väx", "höj")
CHANGES_DOWN = ("minsk", "sjunk", "sjönk", "sänk")

# Words that leave the meaning of a number as it is.
FILLERS = word_set(
    """
    ett en den det de detta dessa denna att är var blev blir bli blivit har hade haft och som med om på i för av till
    vid under per inom hos från där här även också dock således därmed alltså totalt total totala sammantaget
    sammanlagt sammanlagda sammanfattningsvis samlat samlade visar visade visat uppvisar uppvisade uppvisat redovisar
    redovisade redovisat redovisas redovisades redovisa lämnar lämnade lämna ger gav gett ge gör gjorde gjort göra
    uppgår uppgick uppgått uppgå uppgår motsvarar motsvarande motsvarade motsvara omfattar omfattade omfatta utgör
    utgjorde beräknas beräknat beräknade bedöms bedömdes väntas förväntas ligger låg hamnar hamnade når nådde stannar
    stannade landar landade summerar summeras innebär innebar betyder genererar genererade generera ekonomiskt
    ekonomisk ekonomiska preliminärt preliminär stort stor stora litet liten mindre betydande positivt positiv positiva
    negativt negativ negativa budgeterat budgeterad budgeterade årets helårets året helåret helår hela år verksamhetsår
    perioden period periodens sista första den december augusti april oktober därefter efter vilket som sig själv sin
    sitt sina ska skall kan komma kommer fortsatt åter återigen nu numera denne enligt belopp beloppet summa summan
    medan men samtidigt däremot
    kronor tusental miljoner tkr mnkr mkr kr netto totalsumma verksamheten verksamhetens verksamhet årsresultat
    budgetåret uppdelat fastställd fastställt fastställdes fastställs beslutad beslutat beslutade beslutades godkänd
    tilldelad tilldelat bokslutet bokslut delårsbokslut delårsrapporten rapporten tabellen värdet nivå nivån andelen
    andel antal antalet procent
    """
)

WHOLES = word_set("nämnden nämndens styrelsen styrelsens kommunen kommunens totalt")
"""Subjects that mean everything that the document is about, where no heading says what they are."""

GENERIC = WHOLES | word_set(
    """
    förvaltningen förvaltningens bolaget sektorn verksamheten verksamhetens staben stabens enheten enhetens
    avdelningen avdelningens området kontoret affärsområdet
    """
)
"""Subjects that mean what the heading over them names."""


def direction_of(word: str) -> int:
    """Give 1 for a surplus, -1 for a deficit, 0 for anything else.

    >>> direction_of("budgetöverskott"), direction_of("underskottet"), direction_of("resultat")
    (1, -1, 0)
    """
    if word.startswith(("överskott", "budgetöverskott", "plusresultat", "vinst")):
        return 1
    return -1 if word.startswith(("underskott", "budgetunderskott", "minusresultat", "förlust")) else 0


def begins(word: str, *stems: str) -> bool:
    """Say whether a word begins with one of these."""
    return word.startswith(stems)


_ENDINGS = ("arna", "erna", "orna", "ens", "ets", "en", "et", "na", "ar", "er", "or", "n", "s", "t", "a", "e")
_SHORTEST = 5


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Give what is left of a word without inflection and dashes: two forms of one name have the same.

    >>> stem("Kommunledning") == stem("kommunledningens"), stem("IT-driften") == stem("ITDRIFT")
    (True, True)
    """
    bare = "".join(letter for letter in word.casefold() if letter.isalnum())
    while True:
        shorter = next((bare[: -len(e)] for e in _ENDINGS if bare.endswith(e) and len(bare) - len(e) >= _SHORTEST), "")
        if not shorter:
            return bare
        bare = shorter
