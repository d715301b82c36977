import type { Stationery } from '../letter.ts';

export const stationery: Stationery = {
  language: 'de',
  greeting: 'Guten Tag {name},',
  closing: 'Mit freundlichen Grüßen\nIhr Team von {company}',
  unsubscribe: 'Newsletter abbestellen',
  browser: 'Im Browser ansehen',
  people: ['Jens Köhler', 'Maria Schröder', 'Uwe Lang', 'Sabine Vogt', 'Katrin Baumann'],
  companies: [
    ['Brinkmann Holzhandel GmbH', 'brinkmann-holzhandel.de', 'Am Hafen 12, 26122 Oldenburg'],
    ['Bürobedarf Lindner', 'lindner-buerobedarf.de', 'Schillerstraße 4, 01067 Dresden'],
    ['Stadtwerke Auental', 'stadtwerke-auental.de', 'Wasserweg 1, 88400 Auental'],
    ['Kessler Werkzeuge KG', 'kessler-werkzeuge.com', 'Industriering 33, 42651 Solingen'],
  ],
};

export const letters = `
invoice
Ihre Rechnung {no}
anbei erhalten Sie die Rechnung {no} vom {date} über die gelieferte Ware. Vielen Dank für Ihren Auftrag.
Bitte überweisen Sie den Betrag innerhalb von 14 Tagen ohne Abzug auf unser Ihnen bekanntes Konto.
| Nettobetrag | 351,20
| MwSt. 19 % | 66,73
| Rechnungsbetrag | {amount} EUR
> Rechnung ansehen

order
Bestellbestätigung {no}
vielen Dank für Ihre Bestellung. Wir haben sie erhalten und bearbeiten sie so schnell wie möglich.
Die Lieferadresse können Sie bis zum Versand in Ihrem Kundenkonto ändern.
| 10 x Kopierpapier A4 | 42,90 EUR
| 2 x Heftgerät | 17,80 EUR
| Versandkosten | 4,90 EUR
| Gesamtbetrag | {amount} EUR
> Zur Bestellung

shipping
Ihre Sendung ist unterwegs
Ihre Bestellung {no} hat heute unser Lager verlassen. Die Sendungsnummer lautet {tracking}.
Der Fahrer kommt voraussichtlich am {date}. Sind Sie nicht da, gibt er das Paket bei einem Nachbarn ab.
> Sendung verfolgen

password-reset
Passwort zurücksetzen
Sie haben angefordert, Ihr Passwort zurückzusetzen. Klicken Sie bitte auf den folgenden Link, um ein neues Passwort zu vergeben. Er ist 24 Stunden gültig.
Falls Sie das nicht angefordert haben, ignorieren Sie diese E-Mail bitte; Ihr Passwort bleibt unverändert.
> Neues Passwort vergeben

code
Ihr Anmeldecode lautet {code}
Bitte geben Sie zur Anmeldung diesen Code ein: {code}. Er gilt zehn Minuten.
Geben Sie den Code niemals weiter. Unsere Mitarbeiter werden Sie nie danach fragen.

newsletter
Der Herbst im Büro: drei Tipps und 10 % auf alle Lampen
die Tage werden kürzer, und am Schreibtisch wird es früh dunkel. Unsere Lichtplanerin Frau Hoppe erklärt, worauf es bei einer guten Leuchte ankommt.
Außerdem neu: höhenverstellbare Tische aus heimischer Buche. Nur bis zum Monatsende erhalten Sie 10 % Rabatt auf alle Schreibtischlampen, ab 50 Euro versandkostenfrei.
> Jetzt stöbern

reminder
Zahlungserinnerung zur Rechnung {no}
sicher ist es Ihrer Aufmerksamkeit entgangen: die Rechnung {no} vom {date} ist noch offen.
Bitte überweisen Sie den ausstehenden Betrag bis spätestens {date}. Sollten Sie inzwischen gezahlt haben, betrachten Sie dieses Schreiben als gegenstandslos.
| Offener Betrag | {amount} EUR
| Mahngebühr | 0,00 EUR

dunning
2. Mahnung – Rechnung {no}
trotz unserer Zahlungserinnerung konnten wir bis heute keinen Zahlungseingang feststellen. Wir bitten Sie, den Betrag umgehend, spätestens innerhalb von 7 Tagen, zu begleichen.
Andernfalls müssen wir die Forderung an unser Inkassobüro abgeben. Bei Fragen erreichen Sie unsere Buchhaltung unter 0441 9988 120.
| Hauptforderung | {amount} EUR
| Mahngebühren | 5,00 EUR

statement
Neuer Kontoauszug in Ihrem Postfach
in Ihrem elektronischen Postfach im Online-Banking liegt ein neuer Kontoauszug für Sie bereit.
Bitte melden Sie sich wie gewohnt an. Wir fragen Sie niemals per E-Mail nach PIN oder TAN. Vorsicht vor Phishing.

receipt
Zahlungsbeleg {no}
wir haben Ihre monatliche Gebühr heute von Ihrem Konto eingezogen. Ihr Abonnement verlängert sich automatisch; kündigen können Sie jederzeit im Kundenbereich.
| Tarif Strom Plus | 84,00 EUR
| Abgebucht | {amount} EUR
> Beleg herunterladen

notice
Betriebsversammlung am {date}
die nächste Betriebsversammlung findet am {date} um {time} Uhr in der Kantine statt. Thema ist der neue Schichtplan.
Bitte tragt eure Urlaubswünsche bis Freitag in die Liste ein. Die Personalabteilung ist diese Woche nur vormittags besetzt.

quote
Angebot {no}
vielen Dank für Ihre Anfrage vom {date}. Gerne bieten wir Ihnen freibleibend wie folgt an.
Die Lieferzeit beträgt etwa vier Wochen nach Auftragseingang. Für Rückfragen stehe ich Ihnen gern zur Verfügung.
| 500 Stk. Sechskantschrauben M12 | 210,00 EUR
| Fracht | 28,00 EUR

delay
Verzögerung bei Ihrer Bestellung {no}
leider kann unser Vorlieferant den Termin nicht halten. Ihre Bestellung {no} verschiebt sich daher voraussichtlich auf den {date}.
Wir bitten um Entschuldigung. Wenn Sie nicht so lange warten möchten, können Sie die Bestellung kostenlos stornieren.
> Bestellung ansehen

support
[#{no}] Ihre Anfrage
wir haben Ihr Anliegen geprüft: das Postfach war voll, deshalb kamen keine E-Mails mehr an. Wir haben den Speicherplatz vergrößert.
Sie müssen nichts weiter tun. Antworten Sie einfach auf diese Nachricht, falls der Fehler wieder auftritt.
`;
