"""The data files: what is read, and that every fault is told with its file, line and column."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from uppsikt.core.quantities import PLAIN, TKR
from uppsikt.exchange.municipality import BrokenFilesError, describe, digest_of, read_municipality
from uppsikt.exchange.municipality.economy import FrameRecord, LineRecord
from uppsikt.exchange.municipality.organisation import DecisionRecord, UnitRecord
from uppsikt.exchange.municipality.reading import RECORDS
from uppsikt.exchange.municipality.statements import amount_of
from uppsikt.exchange.municipality.steering import ActivityRecord, GoalRecord

DOCS = Path(__file__).parents[2] / "docs"
TOWN = "kod;namn;kortnamn\n9999;Exempelköping;exempelkoping\n"
UNITS = "enhet;namn;förkortning;nivå;finansiering;från;till;ordning\n"
STATEMENT = "tillfälle;nyckel;enhet;slag;rubrik;mått;teckenregel;källa;tabell\n"
COLUMN = "tillfälle;nyckel;kolumn;rubrik;grupp;roll;period;tryckt\n"
LINES = "rad;rubrik;roll;mått;under;enhet;verksamhet;projekt;volym;tryckt;"
DATE = "tillfälle;namn;slag;per den;år\nbokslut;Bokslut;bokslut;2024-12-31;2024\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A municipality whose files hold their headings and nothing else."""
    for record in RECORDS:
        headings = ";".join(spec.header for spec in record.specs().values())
        (tmp_path / record.FILE).write_text(headings + "\n", encoding="utf-8")
    (tmp_path / "kommun.csv").write_text(TOWN, encoding="utf-8")
    return tmp_path


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def faults(folder: Path) -> list[str]:
    with pytest.raises(BrokenFilesError) as caught:
        read_municipality(folder)
    return [str(fault) for fault in caught.value.faults]


def test_the_page_about_the_files_is_what_the_reader_knows() -> None:
    assert (DOCS / "datafiler.md").read_text(encoding="utf-8") == describe()


def test_a_file_from_a_spreadsheet_is_read(folder: Path) -> None:
    lines = 'ks;"Kommunstyrelsen; KS";KS;Nämnd;;2015-01-01;;1\r\n\r\n;;;;;;;\r\n'
    lines += "klf;KLF;;förvaltning;intäkter;2015-01-01;;2\r\n"
    write(folder, "enheter.csv", "\ufeff" + UNITS + lines)
    first, second = read_municipality(folder).of(UnitRecord)
    assert (first.name, first.kind, first.financing, first.valid_to, first.line) == (
        "Kommunstyrelsen; KS", "committee", "frame", None, 2,
    )  # fmt: skip
    assert (second.financing, second.line) == ("revenue", 5)


def test_columns_may_stand_in_any_order(folder: Path) -> None:
    write(folder, "kommun.csv", "namn;kortnamn;kod\nExempelköping;exempelkoping;9999\n")
    assert read_municipality(folder).municipality.code == "9999"


def test_every_fault_is_told_at_once(folder: Path) -> None:
    write(folder, "enheter.csv", UNITS + "KS;Styrelsen;;nämd;;2015;;ett\nklf;;;förvaltning;;2015-01-01;;1;extra\n")
    write(folder, "placeringar.csv", "enhet;under;fron\nklf;ks;2015-01-01\n")
    (folder / "projekt.csv").unlink()
    (folder / "volymer.csv").write_bytes("volym;namn;slag;enhet\nå;Ärenden;volym;st\n".encode("cp1252"))
    write(
        folder, "beslut.csv", 'beslut;diarienummer;rubrik;anmärkning\nKS § 1;;Budget;\nKS 2019-06-11 § 225;;"Bu"dget;\n'
    )
    found = faults(folder)
    for expected in (
        "enheter.csv, rad 2, kolumn enhet: 'KS' går inte att läsa. Ett kortnamn skrivs med a-z",
        "enheter.csv, rad 2, kolumn nivå: 'nämd' går inte att läsa. Skriv något av fullmäktige, nämnd, förvaltning",
        "enheter.csv, rad 2, kolumn från: '2015' går inte att läsa. Skriv datumet som 2019-01-31.",
        "enheter.csv, rad 2, kolumn ordning: 'ett' går inte att läsa. Skriv ett heltal",
        "enheter.csv, rad 3, kolumn namn: Rutan är tom. Skriv enhetens namn.",
        "enheter.csv, rad 3: Raden har 9 rutor men rubriken 8.",
        "placeringar.csv, rad 1, kolumn från: Kolumnen saknas.",
        "placeringar.csv, rad 1, kolumn till: Kolumnen saknas.",
        "placeringar.csv, rad 1, kolumn fron: Kolumnen är okänd.",
        "projekt.csv: Filen saknas.",
        "volymer.csv: Filen är inte sparad som UTF-8.",
        "beslut.csv, rad 3: Ett citattecken står fel.",
    ):
        assert any(one.startswith(expected) for one in found), (expected, found)


def test_the_error_counts_and_says_what_to_do(folder: Path) -> None:
    write(folder, "kommun.csv", "kod;namn;kortnamn\n9999;;x\n")
    with pytest.raises(BrokenFilesError, match=r"^2 fel i filerna\. Ingenting är inläst\. Rätta och läs in igen:"):
        read_municipality(folder)


def test_a_file_that_cannot_be_read_is_one_fault_and_not_one_for_each_that_leans_on_it(folder: Path) -> None:
    write(folder, "placeringar.csv", "enhet;under;från;till\nklf;ks;2015-01-01;\nvss;ks;2015-01-01;\n")
    write(folder, "sammanstallningar/bokslut/enheter.csv", LINES + "2024\n")
    for broken in ("enheter.csv", "sammanstallningar.csv"):
        (folder / broken).write_bytes("enhet;förkortning\n".encode("utf-16"))
    assert faults(folder) == [
        f"{broken}: Filen är inte sparad som UTF-8. Spara den som ”CSV UTF-8”."
        for broken in ("enheter.csv", "sammanstallningar.csv")
    ]


def test_what_is_no_file_is_a_fault(folder: Path) -> None:
    (folder / "mal.csv").unlink()
    (folder / "mal.csv").mkdir()
    assert faults(folder) == ["mal.csv: Filen går inte att öppna. Är det en fil som du får läsa?"]
    with pytest.raises(BrokenFilesError, match=r"mal\.csv: Filen går inte att öppna"):
        digest_of(folder)


def test_so_many_faults_that_nobody_reads_them_are_counted(folder: Path) -> None:
    write(folder, "enheter.csv", UNITS + "KS;A;;nämnd;;2015-01-01;;1\n" * 1000)
    with pytest.raises(BrokenFilesError, match=r"(?s)^1000 fel .*och 800 till\.$") as caught:
        read_municipality(folder)
    assert len(caught.value.faults) == 1000


def test_a_folder_is_one_municipality(folder: Path) -> None:
    write(folder, "kommun.csv", "kod;namn;kortnamn\n")
    assert faults(folder) == ["kommun.csv: Filen har 0 rader som går att läsa. Den ska ha en: kommunen själv."]


def test_a_state_needs_its_date(folder: Path) -> None:
    write(folder, "enheter.csv", UNITS + "ks;KS;;nämnd;;2015-01-01;;1\n")
    head = ";".join(spec.header for spec in ActivityRecord.specs().values())
    cells = {"enhet": "ks", "år": "2024", "nummer": "1", "aktivitet": "Utbilda", "läge": "pågår"}
    write(folder, "aktiviteter.csv", head + "\n" + ";".join(cells.get(one, "") for one in head.split(";")) + "\n")
    message = "Skriv både tillfälle och läge, eller inget av dem."
    assert faults(folder) == [f"aktiviteter.csv, rad 2, kolumn läge: {message}"]


def test_a_line_that_is_told_twice_is_a_fault(folder: Path) -> None:
    write(folder, "enheter.csv", UNITS + "ks;A;;nämnd;;2015-01-01;;1\nks;B;;nämnd;;2015-01-01;;2\n")
    assert faults(folder) == ["enheter.csv, rad 3, kolumn enhet: Raden säger samma sak som rad 2. Behåll en av dem."]


def test_goals_stand_after_what_they_belong_under(folder: Path) -> None:
    write(folder, "malmodeller.csv", "modell;namn;första år;sista år\n2023;Nu;2023;2026\n")
    head = "modell;mål;nivå;under;enhet;namn;beskrivning;föregångare\n"
    write(folder, "mal.csv", head + "2023;a;kommunövergripande;b;;A;;\n2023;b;målområde;;;B;;2019/c\n")
    assert faults(folder) == [
        "mal.csv, rad 2, kolumn under: Målet ovanför står längre ned i filen. Flytta upp det.",
        "mal.csv, rad 3, kolumn föregångare: '2019/c' finns inte. Skriv modell/mål.",
    ]
    write(folder, "mal.csv", head + "2023;b;målområde;;;B;;\n2023;a;kommunövergripande;b;;A;;2023/b\n")
    assert read_municipality(folder).of(GoalRecord)[1].predecessors == ("2023/b",)


def test_decisions_are_known_however_the_reference_is_written(folder: Path) -> None:
    write(folder, "beslut.csv", "beslut;diarienummer;rubrik;anmärkning\n(KF 2019-12-10, § 397);;Program;\n")
    write(
        folder, "beslutspunkter.csv",
        "beslut;punkt;slag;lydelse;belopp;från enhet;till enhet;från år\nKF 2019-12-10 § 397;1;noterar;Noteras;;;;\n",
    )  # fmt: skip
    assert str(read_municipality(folder).of(DecisionRecord)[0].reference) == "KF 2019-12-10 § 397"


def statement(folder: Path, lines: str) -> None:
    write(folder, "enheter.csv", UNITS + "ks;KS;;nämnd;;2015-01-01;;1\n")
    write(folder, "rapporttillfallen.csv", DATE)
    write(folder, "sammanstallningar.csv", STATEMENT + "bokslut;drift;ks;per enhet;Drift;tkr;nettokostnad;;\n")
    write(folder, "kolumner.csv", COLUMN + "bokslut;drift;utfall;Utfall;;utfall;2024;\n")
    write(folder, "sammanstallningar/bokslut/drift.csv", LINES + "utfall\n" + lines)


def test_a_statement_has_a_file_of_its_own(folder: Path) -> None:
    statement(folder, "summa;Summa;summa;netto;;ks;;;;;1 234,5\nvarav;varav kostnader;varav;kostnader;summa;;;;;;\n")
    total, part = read_municipality(folder).lines["bokslut", "drift"]
    assert (total.cells["utfall"].raw, total.cells["utfall"].number, total.cells["utfall"].decimals) == (
        "1 234,5", Decimal("1234.5"), 1,
    )  # fmt: skip
    assert dict(part.cells) == {}
    assert (part.parent, part.measure, part.key) == ("summa", "costs", ("bokslut", "drift", "varav"))


def test_faults_in_a_statement_are_told_with_its_file(folder: Path) -> None:
    statement(
        folder,
        "a;A;post;;b;;;;;;tolv\nb;B;post;;a;;;;;;-\nc;C;post;;x;okand;;;;;tolv förslag = 12\n",
    )
    write(folder, "sammanstallningar/bokslut/annan.csv", LINES + "\n")
    name = "sammanstallningar/bokslut/drift.csv"
    found = faults(folder)
    for expected in (
        f"{name}, rad 2, kolumn utfall: 'tolv' är varken ett tal eller en känd markering som I.U. eller -.",
        f"{name}, rad 2, kolumn under: Raden hör till sig själv genom raderna ovanför.",
        f"{name}, rad 3, kolumn under: Raden hör till sig själv genom raderna ovanför.",
        f"{name}, rad 4, kolumn under: Raden 'x' finns inte i filen.",
        f"{name}, rad 4, kolumn enhet: 'okand' finns inte i enheter.csv.",
        "sammanstallningar/bokslut/annan.csv: Tabellen står inte i sammanstallningar.csv.",
    ):
        assert any(one.startswith(expected) for one in found), (expected, found)
    assert len(found) == 6


def test_amounts_are_read_in_the_unit_of_the_statement() -> None:
    words, money, missing = amount_of("tolv förslag = 12", PLAIN), amount_of("1,2 mnkr", TKR), amount_of("I.U.", TKR)
    assert words is not None
    assert money is not None
    assert (words.raw, words.number) == ("tolv förslag", 12)
    assert money.number == 1200
    assert missing is not None
    assert missing.number is None
    assert amount_of("ungefär som i fjol", TKR) is None
    assert amount_of("tolv = ett dussin", TKR) is None


def test_the_fingerprint_is_of_the_content_and_not_of_the_place(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("annan")
    for path in folder.glob("*.csv"):
        (other / path.name).write_bytes(path.read_bytes())
    assert digest_of(other) == digest_of(folder)
    write(other, "kommun.csv", TOWN.replace("9999", "9998"))
    assert digest_of(other) != digest_of(folder)


def test_no_column_is_told_twice() -> None:
    for record in (*RECORDS, LineRecord):
        headers = [spec.header for spec in record.specs().values()]
        assert len(set(headers)) == len(headers), record.FILE
        assert record.key_fields(), record.FILE


def test_a_transfer_without_its_mirror_is_refused_in_every_year(folder: Path) -> None:
    write(folder, "enheter.csv", UNITS + "ks;Styrelsen;;nämnd;;2015-01-01;;1\nkfn;Kultur;;nämnd;;2015-01-01;;2\n")
    head = "enhet;år;slag;ändamål;motpart;belopp;beslut;punkt;källa;tabell;tryckt rad;tryckt kolumn;"
    head += "beslutad den;finansiering\n"
    good = "".join(
        f"ks;{year};omfördelning;Elitstöd;kfn;-3 000;;;;;;;;\nkfn;{year};omfördelning;Elitstöd;ks;3 000;;;;;;;;\n"
        for year in (2020, 2021)
    )
    write(folder, "ramposter.csv", head + good)
    assert len(read_municipality(folder).of(FrameRecord)) == 4
    lines = "ks;2022;omfördelning;Elitstöd;kfn;-3 000;;;;;;;;\nkfn;2022;omfördelning;Elitstöd;ks;2 500;;;;;;;;\n"
    lines += "ks;2023;omfördelning;Elitstöd;kfn;-3 000;;;;;;;;\nks;2023;omfördelning;Hyra;;5;;;;;;;;\n"
    lines += "ks;2023;tilläggsbudget;Kris;;700;;;;;;;;\n"
    write(folder, "ramposter.csv", head + good + lines)
    told = [one.replace("\u00a0", " ") for one in faults(folder)]
    assert told == [
        (
            "ramposter.csv, rad 6, kolumn belopp: 2022, ”Elitstöd”: Kultur har 2 500 tkr och Styrelsen −3 000 tkr. "
            "Det skiljer 500 tkr."
        ),
        (
            "ramposter.csv, rad 8, kolumn belopp: 2023, ”Elitstöd”: Styrelsen har −3 000 tkr, men spegelposten hos "
            "Kultur saknas."
        ),
        (
            "ramposter.csv, rad 9, kolumn motpart: Omfördelningen saknar motpart. Skriv den andra enheten, som ska ha "
            "en rad med motsatt belopp."
        ),
        (
            "ramposter.csv, rad 10, kolumn finansiering: Skriv hur tilläggsbudgeten betalas. Det kräver 11 kap. 15 § "
            "kommunallagen."
        ),
    ]
