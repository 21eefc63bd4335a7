"""Ways in which municipalities print their tables: invented, true in every figure."""

from __future__ import annotations

LAYOUTS = {
    "income_statement": """
# Resultaträkning
Belopp i mnkr
Mnkr | Not | Utfall 2023 | Budget 2023 | Utfall 2022
Verksamhetens intäkter | 1 | 412,3 | 398,0 | 405,1
Verksamhetens kostnader | 2 | -1 812,6 | -1 790,2 | -1 722,8
Avskrivningar | 3 | -71,2 | -73,0 | -68,4
**Verksamhetens nettokostnader** | | **-1 471,5** | **-1 465,2** | **-1 386,1**
Skatteintäkter | 4 | 1 102,4 | 1 090,0 | 1 051,3
Generella statsbidrag och utjämning | 5 | 398,6 | 396,5 | 401,2
**Verksamhetens resultat** | | **29,5** | **21,3** | **66,4**
Finansiella intäkter | 6 | 14,1 | 9,0 | 11,2
Finansiella kostnader | 7 | -8,8 | -7,5 | -3,1
**Resultat efter finansiella poster** | | **34,8** | **22,8** | **74,5**
Extraordinära poster | | 0,0 | 0,0 | 0,0
**Årets resultat** | | **34,8** | **22,8** | **74,5**
""",
    "committees_with_minus": """
# Driftredovisning
Nämnd, mnkr | Budget 2023 | Utfall 2023 | Avvikelse
Kommunstyrelsen | -98,4 | -95,1 | 3,3
Barn- och utbildningsnämnden | -702,5 | -711,9 | -9,4
Socialnämnden | -588,0 | -601,7 | -13,7
Tekniska nämnden | -77,1 | -74,8 | 2,3
Kultur- och fritidsnämnden | -61,2 | -60,9 | 0,3
**Summa nämnder** | **-1 527,2** | **-1 544,4** | **-17,2**
Finansförvaltning | 1 550,0 | 1 579,2 | 29,2
**Totalt** | **22,8** | **34,8** | **12,0**
""",
    "costs_and_income_without_minus": """
# Resultaträkning
tkr | Bokslut 2021 | Bokslut 2020
Intäkter | 45 210 | 43 998
Personalkostnader | 101 450 | 99 320
Lokalkostnader | 22 310 | 21 900
Övriga kostnader | 30 005 | 29 480
Kapitalkostnader | 2 145 | 2 098
Nettokostnad | 110 700 | 108 800
""",
    "balance_sheet": """
# Balansräkning
Belopp i tkr | Kommunen 2023 | Kommunen 2022 | Koncernen 2023 | Koncernen 2022
**TILLGÅNGAR** | | | |
Immateriella anläggningstillgångar | 1 200 | 1 350 | 2 210 | 2 400
Materiella anläggningstillgångar | 845 300 | 820 110 | 1 932 400 | 1 880 250
Finansiella anläggningstillgångar | 120 400 | 118 900 | 45 600 | 44 800
**Summa anläggningstillgångar** | **966 900** | **940 360** | **1 980 210** | **1 927 450**
Förråd | 310 | 290 | 1 450 | 1 390
Fordringar | 88 200 | 79 400 | 101 300 | 96 700
Kassa och bank | 65 100 | 72 500 | 92 800 | 99 100
**Summa omsättningstillgångar** | **153 610** | **152 190** | **195 550** | **197 190**
**SUMMA TILLGÅNGAR** | **1 120 510** | **1 092 550** | **2 175 760** | **2 124 640**
**EGET KAPITAL OCH SKULDER** | | | |
Årets resultat | 34 800 | 74 500 | 48 300 | 89 200
Övrigt eget kapital | 512 400 | 437 900 | 688 100 | 598 900
**Summa eget kapital** | **547 200** | **512 400** | **736 400** | **688 100**
Avsättningar | 98 310 | 95 150 | 142 360 | 138 540
Långfristiga skulder | 280 000 | 290 000 | 1 045 000 | 1 055 000
Kortfristiga skulder | 195 000 | 195 000 | 252 000 | 243 000
**Summa skulder** | **475 000** | **485 000** | **1 297 000** | **1 298 000**
**SUMMA EGET KAPITAL OCH SKULDER** | **1 120 510** | **1 092 550** | **2 175 760** | **2 124 640**
""",
    "cash_flow": """
# Kassaflödesanalys
Mnkr | 2023 | 2022
Årets resultat | 34,8 | 74,5
Justering för ej likviditetspåverkande poster | 78,2 | 70,1
Kassaflöde från den löpande verksamheten | 113,0 | 144,6
Investering i materiella anläggningstillgångar | -118,4 | -131,2
Försäljning av anläggningstillgångar | 4,0 | 2,2
Kassaflöde från investeringsverksamheten | -114,4 | -129,0
Nyupptagna lån | 20,0 | 0,0
Amortering av lån | -26,0 | -10,0
Kassaflöde från finansieringsverksamheten | -6,0 | -10,0
Årets kassaflöde | -7,4 | 5,6
Likvida medel vid årets början | 72,5 | 66,9
Likvida medel vid årets slut | 65,1 | 72,5
""",
    "staff_women_men_side_by_side": """
# Personal
Antal anställda | Kvinnor | Män | Totalt
Barn- och utbildningsförvaltningen | 612 | 148 | 760
Socialförvaltningen | 534 | 81 | 615
Tekniska förvaltningen | 22 | 64 | 86
**Summa** | **1 168** | **293** | **1 461**
""",
    "sick_leave": """
# Sjukfrånvaro
Sjukfrånvaro i procent | 2023 | 2022 | 2021
Total sjukfrånvaro | 7,1 | 7,9 | 7,4
varav kvinnor | 7,6 | 8,5 | 7,9
varav män | 5,0 | 5,4 | 5,2
29 år och yngre | 6,4 | 7,3 | 7,0
30-49 år | 6,8 | 7,7 | 7,1
50 år och äldre | 7,7 | 8,3 | 7,9
""",
    "investment_projects": """
# Investeringar
Projekt (tkr) | Total budget | Ack utfall | Budget 2023 | Utfall 2023 | Avvikelse 2023
Ny förskola Ekbacken | 62 000 | 41 300 | 40 000 | 38 200 | 1 800
Ombyggnad reningsverk | 28 500 | 12 100 | 15 000 | 9 800 | 5 200
Gång- och cykelvägar | 9 000 | 8 450 | 3 000 | 2 900 | 100
Summa | 99 500 | 61 850 | 58 000 | 50 900 | 7 100
""",
    "key_figures": """
# Mål och nyckeltal
Nyckeltal | Utfall 2021 | Utfall 2022 | Utfall 2023 | Mål 2023 | Riket
Andel elever behöriga till yrkesprogram, åk 9 (%) | 84,1 | 85,0 | 86,3 | 88 | 85,2
- Flickor | 86,0 | 87,2 | 87,9 | | 87,0
- Pojkar | 82,4 | 83,0 | 84,8 | | 83,5
Nöjd kund-index hemtjänst | 87 | 86 | 88 | 90 | 86
Antal timmar hemtjänst | 112 300 | 115 410 | 117 020 | |
Kostnad per brukare (kr) | 298 100 | 305 400 | 311 900 | 310 000 | 322 000
""",
    "costs_income_net_per_unit": """
# Socialnämnden
## Ekonomi
Verksamhet (tkr) | Utfall 2022 | Budget 2023 | Utfall 2023 | Avvikelse mot budget
Äldreomsorg | | | |
Intäkter | 41 200 | 42 000 | 43 100 | 1 100
Kostnader | 341 200 | 350 000 | 357 900 | -7 900
Netto | 300 000 | 308 000 | 314 800 | -6 800
Individ- och familjeomsorg | | | |
Intäkter | 9 100 | 9 000 | 9 900 | 900
Kostnader | 89 100 | 92 000 | 95 400 | -3 400
Netto | 80 000 | 83 000 | 85 500 | -2 500
Totalt netto | 380 000 | 391 000 | 400 300 | -9 300
""",
    "kinds_of_costs": """
# Ekonomiskt utfall
Tkr | Budget 2023 | Utfall 2023 | Differens | Föreg. år
Statsbidrag | 12 000 | 13 150 | 1 150 | 11 800
Taxor och avgifter | 8 400 | 8 150 | -250 | 8 020
Övriga intäkter | 1 500 | 1 900 | 400 | 1 610
Summa intäkter | 21 900 | 23 200 | 1 300 | 21 430
Personalkostnader | -88 000 | -89 900 | -1 900 | -85 210
Lokalkostnader | -14 300 | -14 150 | 150 | -13 900
Övriga kostnader | -9 800 | -10 400 | -600 | -9 950
Summa kostnader | -112 100 | -114 450 | -2 350 | -109 060
Resultat | -90 200 | -91 250 | -1 050 | -87 630
""",
    "forecasts_through_the_year": """
# Helårsprognos per nämnd
Belopp i mnkr | Budget helår 2024 | Prognos april | Prognos augusti | Avvikelse augusti
Kommunstyrelsen | 102,1 | 101,5 | 100,9 | 1,2
Samhällsbyggnadsnämnden | 84,0 | 85,0 | 86,2 | -2,2
Utbildningsnämnden | 722,4 | 730,1 | 731,9 | -9,5
Omsorgsnämnden | 611,0 | 615,5 | 619,3 | -8,3
Summa | 1 519,5 | 1 532,1 | 1 538,3 | -18,8
""",
    "units_indented_under_their_sum": """
# Driftsredovisning
Tkr | Utfall 2023 | Budget 2023 | Avvikelse
Utbildningsnämnden | 500 | 510 | 10
   Förskola | 180 | 182 | 2
   Grundskola | 320 | 328 | 8
Socialnämnden | 400 | 395 | -5
   Äldreomsorg | 260 | 250 | -10
   Funktionsstöd | 140 | 145 | 5
Summa | 900 | 905 | 5
""",
    "overview_and_details": """
# Kommunstyrelsen
Driftsammandrag (tkr) | Utfall 2023 | Budget 2023 | Avvikelse
Kansli | 20 100 | 20 500 | 400
Ekonomiavdelning | 15 200 | 15 000 | -200
Nettokostnad | 35 300 | 35 500 | 200
varav kostnader | 41 300 | 41 000 | -300
varav intäkter | 6 000 | 5 500 | 500
## Kansli
Kansli (tkr) | Utfall 2023 | Budget 2023 | Avvikelse
Löner | 15 100 | 15 300 | 200
Övrigt | 5 000 | 5 200 | 200
Summa | 20 100 | 20 500 | 400
## Ekonomiavdelning
Ekonomiavdelning (tkr) | Utfall 2023 | Budget 2023 | Avvikelse
Löner | 12 200 | 12 100 | -100
Övrigt | 3 000 | 2 900 | -100
Summa | 15 200 | 15 000 | -200
""",
    "costs_and_income_side_by_side": """
# Nämndernas utfall
Nämnd (mnkr) | Intäkter | Kostnader | Netto | Budget | Avvikelse
Kommunstyrelsen | 12,0 | 110,4 | 98,4 | 99,0 | 0,6
Bygg- och miljönämnden | 8,1 | 20,3 | 12,2 | 12,0 | -0,2
Utbildningsnämnden | 55,2 | 757,7 | 702,5 | 700,0 | -2,5
Summa | 75,3 | 888,4 | 813,1 | 811,0 | -2,1
""",
    "volumes": """
# Volymer
Volymtal | Bokslut 2022 | Budget 2023 | Bokslut 2023 | Avvikelse
Antal barn i förskola | 812 | 800 | 795 | -5
Antal elever i grundskola | 2 410 | 2 430 | 2 441 | 11
varav i annan kommun | 85 | 80 | 91 | 11
Antal platser särskilt boende | 220 | 224 | 224 | 0
Hemtjänst, timmar | 112 300 | 114 000 | 117 020 | 3 020
""",
    "income_costs_net_by_year": """
# Driftredovisning 2023
Nämnd (mnkr) | Utfall 2023 | | | Budget 2023 | | | Avvikelse
 | Intäkter | Kostnader | Netto | Intäkter | Kostnader | Netto | Netto
Kommunstyrelsen | 12,0 | 110,4 | 98,4 | 11,0 | 110,0 | 99,0 | 0,6
Byggnadsnämnden | 8,1 | 20,3 | 12,2 | 8,0 | 20,0 | 12,0 | -0,2
Summa | 20,1 | 130,7 | 110,6 | 19,0 | 130,0 | 111,0 | 0,4
""",
    "units_as_columns": """
# Ekonomiskt utfall 2023
Tkr | Kansli | Gator | Parker | Totalt
Budget | 20 500 | 41 000 | 30 500 | 92 000
Utfall | 20 100 | 40 000 | 30 000 | 90 100
Avvikelse | 400 | 1 000 | 500 | 1 900
""",
    "share_of_budget_used": """
# Utfall per augusti 2024
Verksamhet (tkr) | Budget helår | Utfall jan-aug | Förbrukat % | Prognos helår | Avvikelse
Förskola | 180 000 | 121 300 | 67 | 181 500 | -1 500
Grundskola | 320 000 | 214 200 | 67 | 322 000 | -2 000
Summa | 500 000 | 335 500 | 67 | 503 500 | -3 500
""",
    "five_years": """
# Fem år i sammandrag
Översikt | 2023 | 2022 | 2021 | 2020 | 2019
Antal invånare 31 december | 32 410 | 32 288 | 32 101 | 31 955 | 31 870
Kommunal skattesats (%) | 21,84 | 21,84 | 21,84 | 21,34 | 21,34
Årets resultat (mnkr) | 34,8 | 74,5 | 88,1 | 61,0 | 22,7
Nettokostnadernas andel av skatteintäkter (%) | 98,0 | 95,4 | 94,1 | 95,8 | 98,4
Soliditet (%) | 48,8 | 46,9 | 44,0 | 41,2 | 39,9
Låneskuld (mnkr) | 280,0 | 290,0 | 300,0 | 310,0 | 320,0
Nettoinvesteringar (mnkr) | 118,4 | 131,2 | 99,8 | 87,1 | 92,3
""",
    "frame_from_year_to_year": """
# Ramförändringar
Tkr | 2024
Ram 2023 | 100 500
Löneökningar | 3 100
Effektiviseringskrav | -2 000
Överföring från socialnämnden | 400
Ram 2024 | 102 000
""",
    "income_and_negative_costs_per_committee": """
# Drift per nämnd
Mnkr | Utfall 2022 | Utfall 2023 | Budget 2023 | Avvikelse
Kommunstyrelsen | | | |
Intäkter | 10,0 | 12,0 | 11,0 | 1,0
Kostnader | -105,0 | -110,4 | -110,0 | -0,4
Nettokostnad | -95,0 | -98,4 | -99,0 | 0,6
Byggnadsnämnden | | | |
Intäkter | 7,5 | 8,1 | 8,0 | 0,1
Kostnader | -19,5 | -20,3 | -20,0 | -0,3
Nettokostnad | -12,0 | -12,2 | -12,0 | -0,2
Summa nettokostnad | -107,0 | -110,6 | -111,0 | 0,4
""",
    "ages": """
# Befolkning
Antal personer | 2022 | 2023 | Prognos 2024
0-5 år | 2 010 | 1 985 | 1 950
6-15 år | 3 900 | 3 920 | 3 915
16-64 år | 18 100 | 18 200 | 18 310
65 år och äldre | 7 100 | 7 210 | 7 330
Totalt | 31 110 | 31 315 | 31 505
""",
    "mean_under_women_and_men": """
# Sjukfrånvaro
Andel av ordinarie arbetstid | 2021 | 2022 | 2023
Kvinnor | 7,9 | 8,5 | 7,6
Män | 5,2 | 5,4 | 5,0
Totalt | 7,4 | 7,9 | 7,1
""",
    "count_under_women_and_men": """
# Tillsvidareanställda
Anställda | 2022 | 2023
Kvinnor | 1 168 | 1 175
Män | 293 | 301
Totalt | 1 461 | 1 476
""",
    "investments_per_committee": """
# Investeringar
Projekt, tkr | Budget 2023 | Utfall 2023 | Avvikelse
Kommunstyrelsen | | |
Markförvärv | 5 000 | 4 200 | 800
IT-utrustning | 1 200 | 1 350 | -150
Summa kommunstyrelsen | 6 200 | 5 550 | 650
Tekniska nämnden | | |
Gator | 22 000 | 19 800 | 2 200
VA-ledningar | 31 000 | 33 100 | -2 100
Lekplatser | 1 500 | 1 480 | 20
Summa tekniska nämnden | 54 500 | 54 380 | 120
Totalt | 60 700 | 59 930 | 770
""",
    "account_classes": """
# Kostnadsslag
Konto | Benämning | Budget 2023 | Utfall 2023 | Avvikelse
3 | Intäkter | 21 900 | 23 200 | 1 300
4 | Bidrag | -5 000 | -5 100 | -100
5 | Personal | -88 000 | -89 900 | -1 900
6-7 | Övriga kostnader | -19 100 | -19 450 | -350
 | Resultat | -90 200 | -91 250 | -1 050
""",
    "quarters": """
# Ärenden
Antal ärenden | Kv 1 2023 | Kv 2 2023 | Kv 3 2023 | Kv 4 2023 | Helår 2023
Bygglov | 110 | 145 | 98 | 87 | 440
Strandskydd | 12 | 18 | 14 | 6 | 50
Summa | 122 | 163 | 112 | 93 | 490
""",
    "a_committee_and_its_part": """
# Socialnämnden
## Driftsredovisning
Verksamhet (mnkr) | Budget 2023 | Utfall 2023 | Avvikelse
Ledning och administration | 22,0 | 21,4 | 0,6
Äldreomsorg | 310,5 | 318,2 | -7,7
Funktionsnedsättning | 140,2 | 143,9 | -3,7
Individ- och familjeomsorg | 84,1 | 86,0 | -1,9
Summa | 556,8 | 569,5 | -12,7
## Äldreomsorg
Äldreomsorgen visar ett underskott på 7,7 mnkr.
Äldreomsorg (mnkr) | Budget 2023 | Utfall 2023 | Avvikelse
Särskilt boende | 190,0 | 194,1 | -4,1
Hemtjänst | 98,5 | 102,0 | -3,5
Dagverksamhet | 22,0 | 22,1 | -0,1
Summa | 310,5 | 318,2 | -7,7
""",
    "mixed_units": """
# Nyckeltal
Nyckeltal | Bokslut 2022 | Bokslut 2023 | Mål
Nettokostnad per invånare (kr) | 48 200 | 49 950 | 50 000
Totalt antal årsarbetare | 1 820,5 | 1 842,0 |
varav visstid | 190,0 | 171,5 |
Totala lokalkostnader (tkr) | 88 100 | 90 250 |
Resultat per elev (kr) | -1 200 | -850 | 0
""",
    "budget_with_plan": """
# Budget 2025 med plan 2026-2027
Belopp i tkr | Bokslut 2023 | Budget 2024 | Budget 2025 | Plan 2026 | Plan 2027
Kommunstyrelse | 98 400 | 101 000 | 103 500 | 104 200 | 105 000
Utbildningsnämnd | 702 500 | 715 000 | 731 000 | 742 000 | 751 500
Omsorgsnämnd | 588 000 | 601 000 | 620 500 | 633 000 | 640 000
Summa nämnder | 1 388 900 | 1 417 000 | 1 455 000 | 1 479 200 | 1 496 500
Pensioner | 41 000 | 43 500 | 44 000 | 45 000 | 46 000
Avskrivningar | 71 200 | 73 000 | 75 000 | 78 000 | 80 000
Verksamhetens nettokostnader | 1 501 100 | 1 533 500 | 1 574 000 | 1 602 200 | 1 622 500
Skatteintäkter | 1 102 400 | 1 140 000 | 1 175 000 | 1 210 000 | 1 240 000
Statsbidrag | 398 600 | 405 000 | 412 000 | 410 000 | 408 000
Finansnetto | 5 300 | 4 000 | 3 500 | 3 000 | 2 500
Årets resultat | 5 200 | 15 500 | 16 500 | 20 800 | 28 000
""",
    "finished_and_ongoing_projects": """
# Färdigställda projekt
Projekt | Sedan projektets start | | | Varav i år | |
Belopp mnkr | Beslutad budget | Ack. utfall | Avvikelse | Budget 2024 | Utfall 2024 | Avvikelse
Simhallen | 990,5 | 938,4 | 52,1 | 112,9 | 60,8 | 52,1
Markköp | 160,0 | 156,8 | 3,2 | 160,0 | 156,8 | 3,2
Summa färdigställda projekt | 1 150,5 | 1 095,2 | 55,3 | 272,9 | 217,6 | 55,3
""",
}
