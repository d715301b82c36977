import type { Lexicon } from '../concepts.ts';

export const pl: Lexicon = {
  'account-threat': `
    (konto|konta|dostęp|karta|karty|skrzynka|skrzynki|profil|usługi) ~ (zostało|zostanie|zostały|zostaną|została|został|jest|będzie) ~ (zawieszon*|zablokowan*|ograniczon*|dezaktywowan*|zamknięt*|wyłączon*|usunięt*)
    (zawieszenie|blokada|zablokowanie|dezaktywacja|ograniczenie|zamknięcie|blokady|zawieszenia) (~) (konta|dostępu|karty|skrzynki|usług|profilu)
    (zawiesiliśmy|zablokowaliśmy|ograniczyliśmy) (~) (konto|dostęp|kartę|skrzynkę)
    konto (zawieszone|zablokowane|ograniczone|nieaktywne)
  `,
  'unusual-activity': `
    (nietypow*|podejrzan*|nieautoryzowan*|nieznan*|nieuprawnion*) (~) (aktywnoś*|logowani*|transakcj*|dostęp*|operacj*|urządzeni*|prób*)
    logowanie (~) (z nowego|z nieznanego|z innego) (~) (urządzenia|miejsca)
  `,
  'mailbox-trouble': `
    (skrzynka|skrzynki|pojemność|miejsce|limit|poczta) (~) (pełna|przekroczon*|zapełnion*|wyczerpan*|osiągn*|prawie pełna)
    (wiadomości|wiadomość|maile|e maile) (~) (oczekując*|wstrzyman*|niedostarczon*|zablokowan*|w kwarantannie)
    (nie będzie|nie możesz|nie może) (~) (wysyłać|odbierać|otrzymywać) (~) (wiadomości|poczty)
  `,
  'password-expiry': `
    (hasło|hasła) (~) (wygas*|wygaś*|traci ważność|straci ważność)
    (zachować|zachowaj) (~) hasło
  `,
  'payment-problem': `
    (płatność|płatności|karta|transakcja|faktura) (~) (odrzucon*|nieudan*|nie powiod*|nieopłacon*|wygasł*|zaległ*|nie została|wstrzyman*)
    (problem|problemy|błąd) (z|podczas) (~) (płatności*|rozliczeni*|kart*)
    (zaktualizuj*|aktualiz*|potwierd*) (~) (płatności|kart*|rozliczeniow*)
  `,
  'loss-threat': `
    (trwale|automatycznie|bezpowrotnie) (usunięt*|zablokowan*|zawieszon*|utracon*|zamknięt*)
    (w przeciwnym razie|w przeciwnym wypadku|brak (płatności|reakcji|wpłaty) (~) spowoduje|pod rygorem)
    (uniknąć|zapobiec) (~) (blokad*|zawieszeni*|przerw*|utrat*|dodatkowych|odłączeni*|windykacj*|kosztów)
  `,
  'verify-demand': `
    (zweryfikuj*|potwierd*|zaktualizuj*|weryfikacj*|aktywuj*|odblokuj*|aktualizacj*|uzupełni*) (~) (swoje|swój|twoje|twój|swoją|dane|swoich|konta|danych) (~) (konto|tożsamość|dane|hasło|dostęp|skrzynk*|danych|konta|informacje|kartę|tożsamości)
    (zweryfikuj|potwierdź|zaktualizuj|odblokuj|aktywuj) (konto|dane|tożsamość|swoje|teraz|swoją)
    (weryfikacja|aktualizacja|potwierdzenie) (konta|danych|tożsamości)
  `,
  'click-demand': `
    (kliknij|klikając|kliknąć|kliknięcie|naciśnij|wejdź) (~) (tutaj|link|przycisk|poniżej|poniższy|w)
    (zaloguj|zalogować|zalogowanie) (się|) (~) (tutaj|do|na|przez|poniżej|konto)
    (poniższy|poniższego|następujący) (link|linku|przycisk)
  `,
  urgency:
    '(pilne|pilna|pilny|natychmiast|natychmiastowe|niezwłocznie|jak najszybciej|ostatnie (wezwanie|przypomnienie|ostrzeżenie)|ważna informacja|wymagane działanie|ostateczne wezwanie|bezzwłocznie|pilnie|ostatnia szansa)',
  deadline: `
    (w ciągu|w przeciągu|do) (najbliższych|) (24|48|72|12|24h|48h|7|3|5|dwóch|trzech) (godzin|h|dni|godz)
    (wygasa|wygaśnie|upływa) (dzisiaj|dziś|jutro|wkrótce|za)
    (do końca dnia|jeszcze dziś|jeszcze dzisiaj)
  `,
  'document-share': `
    (dokument|plik|faktura|umowa|dokumenty) (~) (udostępnion*|do podpisu|do podpisania|oczekuje|zeskanowan*|w załączniku)
    (udostępnił|udostępniła|udostępnił*) (~) (dokument|plik|folder)
    (wyświetl|otwórz|pobierz|zobacz) (dokument*|plik*|fakturę|faks)
    (nowy faks|bezpieczna wiadomość|podpis elektroniczny|zaszyfrowana wiadomość)
  `,
  'voice-message':
    '(wiadomość głosowa|poczta głosowa|nieodebrane połączenie|wiadomości głosowe|wiadomość głosową)',
  'parcel-held': `
    (paczka|przesyłka|paczki|przesyłki|dostawa|paczkę|przesyłkę) (~) (nie mogła|wstrzyman*|zatrzyman*|oczekuje|niedostarczon*|zwrócon*|nie została|nie można|czeka)
    (próba|nieudana|nieudane) (~) (dostarczenia|doręczenia|doręczenie|dostawa)
    (adres|numer) (~) (niekompletn*|nieprawidłow*|błędn*|niepełn*)
  `,
  'delivery-fee': `
    (opłata|opłaty|opłatę|koszt|koszty|cło|dopłata|dopłatę) (~) (celn*|za przesyłkę|dostawy|wysyłki|przewozow*|za dostawę|przesyłki|do paczki)
    (zapłać|opłać|uiść|dopłać|uregulować) (~) (opłat*|cło|dopłat*|przesyłk*)
  `,
  refund: `
    (zwrot|zwrotu) (podatku|nadpłaty|środków|pieniędzy) 
    (przysługuje|uprawnion*|należy się) (~) (zwrot|rekompensata|dofinansowanie)
    (zapłacon*|pobran*|naliczon*) (dwukrotnie|podwójnie)
  `,
  prize: `
    (wygrał*|wybran*|wylosowan*) (~) (nagrod*|iphone|samsung|kartę|osob*|zwycięzc*|zestaw)
    (gratulacje|gratulujemy) (~) (wygr*|wybran*|zosta*|nagrod*)
    (odbierz|odebrać|zgarnij) (~) (nagrod*|prezent|bonus|voucher|punkty|kartę)
    (ankiet*|konkurs*) (~) (nagrod*|prezent|wygra*)
  `,
  'subscription-renewal': `
    (subskrypcja|licencja|abonament|domena|usługa) (~) (odnowion*|wygas*|przedłużon*|wygaś*)
    automatyczne (odnowienie|przedłużenie)
  `,
  'charge-notice': `
    (kwota|płatność|opłata) (~) (pobran*|obciążon*|ściągnięt*)
    (obciążyliśmy|obciążone|obciążona) (~) (konto|kartę|karta)
  `,
  'call-us': `
    (zadzwoń|zadzwonić|dzwoń|skontaktuj się|prosimy o kontakt telefoniczny) (~) (pod|numer|infolini*|natychmiast|telefonicznie)
    (bezpłatna infolinia|infolinia|infolinii)
  `,
  infected: `
    (komputer|urządzenie|telefon|system) (~) (zainfekowan*|zagrożon*|zhakowan*)
    (wirus*|zagrożeni*) (~) (wykryt*|znalezion*)
    (antywirus*|ochrona|norton|mcafee) (~) (wygas*|odnów|odnowi*)
  `,
  opener: `
    (czy jesteś|jesteś|czy jest pan|czy jest pani) (~) (dostępn*|w biurze|wolny|wolna|zajęt*|przy biurku)
    (masz|czy masz|czy ma pan|czy ma pani) (~) (chwil*|moment|minut*)
    (szybkie|pilne|małe|poufne|drobne|szybka|pilna|mała|pilną|szybką) (zadanie|przysługa|sprawa|prośba|przysługę|sprawę|prośbę)
    jestem (~) (na spotkaniu|w trakcie spotkania|na konferencji|na zebraniu)
    nie mogę (~) (rozmawiać|dzwonić|odebrać)
    (podaj|wyślij|prześlij) (mi|) (~) numer (~) (telefonu|whatsapp|komórki|komórkowy|prywatny)
  `,
  secrecy: `
    (ściśle|w pełni|całkowicie) (poufn*|tajn*|tajemnic*)
    (nikomu|z nikim) (~) (mów|mówić|rozmawia*|informu*|wspomina*)
    (między nami|w tajemnicy|zachować poufność|zachowaj poufność)
  `,
  'gift-card':
    '(karty podarunkowe|kart podarunkowych|karta podarunkowa|karty prezentowe|kody google play|karty google play|karty steam|bony podarunkowe)',
  'payroll-change': `
    (zmi*|aktualizacj*|now*) (~) (konto|konta|numer rachunku|rachunku|numeru konta) (~) (wynagrodzeni*|pensj*|wypłat*)
    (wynagrodzeni*|pensj*|wypłat*) (~) (nowe konto|nowy rachunek|inne konto|nowy numer)
  `,
  'bank-change': `
    (dane|danych|rachunek|rachunku|rachunki|konto|numer konta|numeru konta|konta) (bankow*|) (~) (zmian*|zmieni*|nowy|nowe|aktualizacj*|zaktualizowan*|uległ*|nieaktualn*)
    (now*|inny|inne|zmienion*) (rachunek|rachunku|konto|konta|numer konta|numer rachunku|dane bankowe|danych bankowych|rachunek bankowy|konto bankowe)
    (zmiana|zmianie|zmianę|zmienić|aktualizacja|zmiany) (~) (rachunku|konta|danych bankowych|banku|numeru konta|numeru rachunku|konta bankowego|rachunku bankowego|dane bankowe)
    (zmieniliśmy|zmieniły się) (~) (bank|rachunek|konto|dane bankowe|numer)
    (stary|dotychczasow*|poprzedni*) (rachunek|konto|numer) (~) (~) (zamknięt*|nieaktywn*|zablokowan*|audyt*|nie)
    (płatności|płatność|przelewy|należności|wpłaty) (~) (~) na (~) (nowy|nowe|poniższy|inny|następujący) (rachunek|konto|numer)
  `,
  'transfer-request': `
    (pilny|pilnego|natychmiastowy|zagraniczny|ekspresowy) przelew*
    (wykonać|zrobić|zlecić|zrealizować|wykonaj) (~) przelew (~) (dziś|dzisiaj|pilnie|natychmiast|zagraniczny|teraz)
  `,
  inheritance: '(spadek|spadku|spadkobierc*|zmarłego klienta|najbliższy krewny|zmarły klient|testament*)',
  lottery: '(loteri*|totolotek|wygrany los|zwycięski numer|losowani* międzynarodow*|euromillions)',
  donation: `
    (darowizn*|przekazać|podarować|ofiarować) (~) (milion*|euro|dolarów|fortun*|sum*)
    (cele charytatywne|dobroczynn*|sierociniec|sieroty|potrzebując*)
  `,
  'fund-offer': `
    (suma|sumę|kwota|kwotę|kwoty|sumy|wartości) (_|) (_|) (_|) (milionów|miliona|miliony|dolarów|000 000)
    (_|) (milionów|miliona|miliony|mln) (euro|dolarów|usd|funtów)
    (propozycja biznesowa|propozycję biznesową|partner biznesowy|zagraniczny partner)
  `,
  'partner-wanted': `
    (jestem|nazywam się|mam na imię) (pan|pani|mecenas|adwokat|dr|książę|wdową)
    (niech bóg|drogi przyjacielu|droga przyjaciółko|umiłowan*|w imię boga|mój drogi)
    (twojej pomocy|twoja pomoc|pańskiej pomocy|twojej współpracy)
    (czekam|oczekuję|oczekując) na (twoją|pańską|państwa|szybką|pilną) (~) odpowiedź
  `,
  'extortion-recording': `
    (wideo|nagra*|film|kamer*) (~) (masturb*|intymn*|porno*|zadowal*|seksual*)
    (dostęp|kontrol*|zhakowa*) (~) (kamer*|urządze*|kontakt*|mikrofon*)
    (masturb*|stronach pornograficznych|strony dla dorosłych|pornograficzn*|stron dla dorosłych)
    (haker*|trojan*|malware|wirus*) (~) (zainstal*|urządzeni*|dostęp|zainfekow*)
  `,
  'extortion-payment': `
    (portfel*|adres*) (bitcoin|btc)
    (przel*|wyśl*|zapła*|wpła*) (~) (bitcoin|btc|w bitcoin*)
  `,
  wallet: `
    (fraza|frazę|klucz|frazy) (odzyskiwania|seed|prywatny|prywatne)
    (portfel|portfela) (~) (zweryfik*|synchroniz*|zawieszon*|zaktualiz*)
  `,
  investment: `
    (inwestycj*|inwestowa*|zainwestuj*) (~) (gwarantowan*|zysk*|bitcoin|krypto*|forex|milion*)
    (dochód pasywny|wolność finansow*|zarabiaj|zarabiać|szybki zarobek)
  `,
  dating: '(samotne kobiety|gorące|randki|sekspartner*|singielki|portal randkowy|ukrainki)',
  pharmacy: '(bez recepty|erekcj*|potencj*|impotencj*|apteka internetowa|prostat*|libido)',
  loan: `
    (pożyczk*|kredyt*|chwilówk*) (~) (szybk*|online|ofert*|oprocentowani*|bez bik|gotówkow*|natychmiast*|od ręki|prywatn*)
    (fotowoltaik*|pompa ciepła|pompy ciepła|odszkodowani*) (~) (dofinansowani*|bezpłat*|darmow*|oszczęd*)
  `,
  casino: '(kasyno online|darmowe spiny|automaty do gier|zakłady bukmacherskie|bonus powitalny|bez depozytu)',
  'weight-loss': '(odchudza*|schudn*|schudnij|spalanie tłuszczu|spala tłuszcz|zbędne kilogramy|dieta keto)',
  'easy-money':
    '(praca w domu|praca zdalna bez|zarabianie w domu|łatwe pieniądze|szybkie pieniądze|dodatkowy dochód|bez doświadczenia)',
  'search-ranking':
    '(pozycjonowani*|pierwsza strona google|pierwszej stronie google|bazy (mailingowe|adresowe|firm|danych firm)|baza (firm|mailingowa))',
  'sales-pitch':
    '(oferta (specjalna|limitowana|ograniczona)|tylko dziś|tylko dzisiaj|kup teraz|zamów teraz|zamów już|skorzystaj|za darmo|gratis|bez zobowiązań|gwarantowan*|ostatnia szansa|niesamowit*|rabat|rabaty|zniżka|promocja|nie przegap|okazja)',
  'not-spam':
    '(to nie jest spam|nie jest spamem|wypisać się|usunąć z listy|wypisz się|zrezygnować z otrzymywania)',
  'generic-greeting': `
    (drogi|droga|szanowny|szanowna|szanowni|witaj|witamy) (panie|) (kliencie|klientko|użytkowniku|abonencie|posiadaczu|klienci|użytkownicy|podatniku|członku|beneficjencie)
    (drogi|szanowny|witaj) (_|_ _) (kliencie|użytkowniku|abonencie)
  `,
  unsubscribe:
    '(wypisz się|wypisać się|zrezygnuj z subskrypcji|rezygnacja z|anuluj subskrypcję|zobacz w przeglądarce|nie chcesz otrzymywać|zarządzaj preferencjami)',
  transaction: `
    (numer|nr|data) (zamówienia|faktury|klienta|przesyłki|rezerwacji|oferty|dostawy|zlecenia|płatności|śledzenia)
    (razem|suma częściowa|vat|kwota brutto|kwota netto|adres dostawy|termin płatności|do zapłaty|nip|wartość zamówienia)
  `,
  'warning-talk':
    '(phishing|oszuści|oszustów|oszustwa|fałszywe wiadomości|fałszywych wiadomości|nigdy nie (prosimy|prosi|poprosi*))',
  'if-not-you': `
    (jeśli|jeżeli) (to|) nie (~) (ty|prosił*|wykonał*|zlecał*|składał*|pan|pani)
    (zignoruj|zignorować|prosimy zignorować) (~) (wiadomość|mail|e mail)
  `,
  'help-desk': `
    (dział|zespół|centrum|pomoc|biuro) (techniczn*|bezpieczeństwa|wsparcia|pomocy|it|obsługi|informatyczn*)
    (administrator systemu|administrator poczty|webmaster)
  `,
};
