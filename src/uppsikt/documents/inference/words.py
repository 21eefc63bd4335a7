"""The words that Swedish municipal tables use about themselves; everything that is a list of words is here.

All are casefolded. Where order matters the first that fits is taken.
"""

from __future__ import annotations

from uppsikt.core.quantities import COUNT, KR, MDKR, MNKR, PERCENT, TKR
from uppsikt.core.tables import ColumnRole

# What a column tells, by words in its heading. "Avvikelse mot budget" is a deviation, so deviations stand first.
COLUMN_ROLES: tuple[tuple[str, ColumnRole], ...] = (
    (r"\bjfr\b|jämfört med (delår|prognos|föreg|förra)", ColumnRole.CHANGE),
    (r"avvik|av ?vi ?kels|\bdiff\b|\bdifferens|\bdiff\.|\+/-|över-? ?/ ?under", ColumnRole.DEVIATION),
    (r"förändr|\bskillnad|\bökning|\bminskning|\bjämför", ColumnRole.CHANGE),
    (
        r"målvärde|måltal|målnivå|^mål\W*(för )?(år )?(20\d\d)?(\W*20\d\d)?$|riktvärde|gränsvärde|önskad riktning",
        ColumnRole.TARGET,
    ),
    (r"\bstatus\b|bedömning|måluppfyllelse|\btrend\b|\bläge\b|resultat ja|uppfyllelse", ColumnRole.STATE),
    (r"kommentar|\baktivitet|\bansvarig|\bslutför|\bbeskrivning|\båtgärd|\borsak", ColumnRole.TEXT),
    (r"(^|[^o])utgifter|\butgift\b", ColumnRole.EXPENDITURE),
    (r"inkomst", ColumnRole.RECEIPTS),
    (r"helårsbedömning|prognos|bedömt utfall|beräknat utfall|förväntat", ColumnRole.FORECAST),
    (r"föreg|förra året|\bfg\.? ?år|\bf\.? ?å\b", ColumnRole.LAST_YEAR),
    (r"periodiserad|periodens budget|period ?budget|budget (ack|period|jan|per |t\.?o\.?m)", ColumnRole.PHASED_BUDGET),
    (r"\bplan\b|flerårsplan|\bplanerad", ColumnRole.PLAN),
    (r"budget|nettoutgift|\bram\b|investeringsram|\banslag|kommunbidrag", ColumnRole.BUDGET),
    (r"utfall|bokslut|redovis|verklig|\bresultat|\boutcome|förbrukat|upparbetat", ColumnRole.OUTCOME),
    (r"\bantal\b|\bst\b", ColumnRole.COUNT),
)

NOT_FIGURES = ("not", "nr", "not nr", "nummer", "sida", "sid", "id", "konto", "projektnr", "projekt nr", "ansvar")

UNIT_COLUMN = ("enhet", "sort", "mått", "måttenhet", "mätenhet", "enhet/mått")

# What a cell of a second heading row may say alone.
ALONE = (
    "netto", "brutto", "not", "%", "intäkter", "kostnader", "intäkt", "kostnad", "nettokostnad", "kvinnor", "män",
    "totalt", "total", "summa", "andel", "flickor", "pojkar", "kommunen", "koncernen", "riket", "länet",
)  # fmt: skip
# Columns that tell a project from its beginning, and so no single year.
SINCE_START = (
    r"\back\b|ackumulera|\btotal|sedan (\w+ )?start|hela projekt|projektbudget|beslutad|\bt\.?o\.?m\b|slutkostnad"
)

# Columns that name what a row is about; they stand to the left of the figures.
NAMING = (
    "mål", "indikator", "nyckeltal", "verksamhet", "nämnd", "projekt", "uppdrag", "aktivitet", "enhet", "område",
    "ändamål", "benämning", "konto", "post", "förvaltning", "styrelse", "avdelning", "nr", "objekt", "typ",
    "fokusområde", "målområde", "basuppdrag", "personal", "belopp", "mätetal", "mått", "bolag", "kategori",
)  # fmt: skip

# As a heading's first cell: what the table is about.
NAMES_ITSELF = ("basuppdrag", "personal", "bolag", "investeringar")

UNITS = (
    (r"\bmdkr\b|\bmiljarder (kronor|kr)\b|\bmdr\b", MDKR),
    (r"\bmnkr\b|\bmkr\b|\bmsek\b|\bmiljoner (kronor|kr)\b|\bmiljoner\b|\bmilj\. ?kr", MNKR),
    (r"\btkr\b|\bkkr\b|\btsek\b|\btusentals? kr|\btusen (kronor|kr)\b|\b1 ?000 ?-?tals? kr|\b000 kr|\b1 ?000 kr", TKR),
    (r"\bi kronor\b|\(kr\)|\(kronor\)|\bbelopp i kr\b|, kr$|\bsek\b|^kr$|^kronor$", KR),
    (r"\(%\)|^%$|\bi procent\b|\bprocent\b|andel i %|, ?%|\bandel %|\bi %|%$|\(andel %\)|\(i %\)|%\)", PERCENT),
    (r"^antal\b|\bantal$|\bst\b\.?$|\bstycken\b", COUNT),
)
_MONTHS = r"(jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)"
_DAY = rf" (den\b|{_MONTHS}|(19|20)\d\d|\d{{1,2}} ?/|\d{{1,2}} {_MONTHS})"
PER_SOMETHING = (
    rf"\bper\b(?!{_DAY})",
    r"/\s?(inv|elev|barn|plats|kvm|m2|m²|år|dygn|dag|pers|mån|brukar|tim|st\b|km|kg|mwh|ha\b|\d)",
    r"\bindex\b",
)

WHOLE_SUM = ("summa", "totalt", "total", "totalsumma", "delsumma", "s:a", "sammanlagt", "totalt netto", "netto totalt")
SUM_BEGINS = ("summa ", "totalsumma ", "delsumma ", "s:a ", "summa: ", "totalt, ", "summa, ")
TOTALS = (*WHOLE_SUM, "samtliga", "alla", "hela kommunen", "kommunen totalt")
# May be sums; the figures decide.
SUM_PERHAPS = (
    r"nettokostnad|resultat\b|\bnetto\b|\btotalt?\b|\btotala\b|kassaflöde|^medel från|"
    r"\befter\b|\binkl\b|\binklusive\b|justerad|\bsumma\b|finansnetto|likvida medel"
)
# Oftener items than sums ("Kortfristiga skulder"): more figures than not must show it.
SUM_HARDLY = r"tillgångar|skulder|eget kapital|kostnader$|intäkter$"
FRAME_OF_YEAR = r"^((ny|justerad|tilldelad) )?(budget|ram|budgetram|driftram|driftbudget|nettoram)(en)?( år)? 20\d\d$"
BRIDGE_ENDS = r"efter (ram)?justering|inkl\.? ramjustering|justerad (budget)?ram|ny ram|ram efter"
OF_WHICH = (r"^[-–•\s]*(varav|därav|härav)\b", r"^[-–•]\s*(kostnader|intäkter|utgifter|inkomster)$")
FRAME = r"^(budgetram|investeringsram|ram enl|kommunbidrag|nettoram|beslutad (budget)?ram|driftram|tilldelad ram)"
SPECIFICATION = r"^(specifikation|specificering|förändringar|förändring jämfört|fördelas|fördelning|består av)"
CONTINUED = r"^\(?(forts\.?|fortsättning)\b"
FOOTNOTE = r"^\s*([*¹²³⁴-⁹⁰]+|\d{1,2}\)|\(\d{1,2}\)|not\.? ?\d|\*)\s?\S"

WOMEN_MEN = ("kvinnor", "män", "kvinna", "man", "flickor", "pojkar", "flicka", "pojke", "tjejer", "killar")
BREAKDOWN = (
    *WOMEN_MEN, "unga", "förskola", "grundskola", "gymnasium", "gymnasieskola", "fritidshem", "kommunala", "fristående",
)  # fmt: skip
AGES = r"^(åldern? )?\d{1,3}\s?[-–]\s?\d{1,3}(\s?år)?$|^[≤<>≥]?\s?\d{1,3}\s?år|^(yngre|äldre) än|^\d{2}\s?-w$"

COSTS = r"(^|[^o] ?|\b)(kostnad(er)?|utgift(er)?)$|^(verksamhetens )?kostnader\b|^avskrivningar|^finansiella kostnader"
INCOME = r"(intäkt(er)?|inkomst(er)?)$|^(verksamhetens )?intäkter\b|^skatteintäkter|^finansiella intäkter"
NOT_COSTS = r"netto(kostnad|utgift)"
INCOME_PERHAPS = r"intäkt|inkomst|bidrag|avgift|försäljning|skatt|hyror|ersättning|utjämning|taxor|utdelning|ränteint"
NET = r"nettokostnad|\bnetto\b|\bresultat\b|\bsumma\b|\btotalt?\b"
NET_LABEL = r"nettokostnad|\bresultat\b|\bnetto\b|nettoinvestering|nettoutgift|\btotalt?\b"
GENERIC_TOTAL = (
    r"^(verksamhetens |nämndens |förvaltningens |styrelsens |kommunens |enhetens |summa |totala? |totalt )*"
    r"(netto)?(kostnad(er)?|resultat|netto|summa|totalt?|internbudget|budget|driftbudget|drift|stab|enhet|avdelning|"
    r"nämnd(en)?|förvaltning(en)?|verksamhet(en)?|investering(ar)?|nettoinvestering(ar)?|driftsammandrag|utfall|"
    r"nettoutgift(er)?|område(t)?|bolag(et)?|inkl.*|, .*)*$"
)
RESULT_WORDS = r"resultat(?!räkning)|överskott|underskott"
NET_COST_WORDS = r"nettokostnad|nettoutgift"

# Labels that so many units have that they never say which one they are about.
GENERIC = (
    "personal", "personalkostnader", "övrigt", "övriga", "övriga kostnader", "övriga intäkter", "lokaler",
    "lokalkostnader", "gemensamt", "gemensamma kostnader", "ledning", "administration", "kostnader", "intäkter",
    "utgifter", "inkomster", "material", "tjänster", "avskrivningar", "kapitalkostnader", "hyror", "bidrag",
    "enhetschefer", "utredningar", "utveckling", "reserv", "oförutsett", "ofördelat", "buffert", "it", "projekt",
    "varav", "netto", "nettokostnad", "resultat", "budget", "övrig verksamhet", "stab", "kansli", "inventarier",
    "kostnadsdämpande åtgärder", "omfördelning ram", "tekniska justeringar ram", "budgetjusteringar", "ny",
)  # fmt: skip
# Titles and headings that name a kind of table and not what it is about.
GENERIC_TITLES = (
    r"^((den |vår |vårt )?(ekonomi(n|sk|ska|skt)?|drift(s?ammandrag(et)?|sbudget|budget|sredovisning|redovisning)?|"
    r"budget(en)?|"
    r"resultat(räkning(en)?|budget)?|investering(ar|arna|sredovisning|sbudget|splan)?|nettokostnad(er)?|netto|belopp|"
    r"sammanfattning|sammandrag|volym(er|tal|utveckling)?|personal|basuppdrag|internbudget|bokslut|utfall|prognos|"
    r"uppföljning|bilaga|tabell|balansräkning(en)?|kassaflöde(sanalys)?|verksamhet(en|er)?|kommentar(er)?|analys|mål|"
    r"indikator(er)?|nyckeltal|budgetram(ar)?|ramar|justering(ar)?|årets|helår(sprognos)?|delår(srapport)?|översikt|"
    r"nämndernas?|nämnder|förvaltningschefens|nämndens|förvaltningens|förvaltningsbudget|kommentarer|not|tkr|mnkr)\b|\d)"
)
KINDS = (
    ("investment", r"investering|nettoutgift|färdigställda projekt|pågående projekt|exploatering"),
    ("assessment", r"bedömning av måluppfyllelse|måluppfyllelse|bedömning"),
    ("indicator", r"indikator|målvärde|måltal|nyckeltal|mätetal|önskad riktning|styrtal"),
    ("activity", r"aktivitet|slutfört|tidplan|klart"),
    ("assignment", r"uppdrag"),
    ("staff", r"årsarbetare|sjukfrånvaro|anställda|personalomsättning|\bpersonal\b|medarbetare|tillsvidare"),
    ("volume", r"volym|basuppdrag|antal|ärenden|platser|timmar|besök"),
)
ECONOMY = r"driftsammandrag|nettokostnad|budget|bokslut|resultaträkning|balansräkning|kassaflöde|kostnader|intäkter|ram"
