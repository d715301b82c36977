import type { Stationery } from '../../../../training/honest/letter.ts';

export const stationery: Stationery = {
  language: 'de',
  greeting: 'Sehr geehrte Damen und Herren, liebe(r) {name},',
  closing: 'Freundliche Grüße\n{company}',
  unsubscribe: 'Keine weiteren Newsletter erhalten',
  browser: 'Webversion',
  people: ['Holger Brandt', 'Nicole Peters', 'Ines Hartung', 'Ralf Winkler'],
  companies: [
    ['Dichtungstechnik Marquardt GmbH', 'marquardt-dichtungen.de', 'Gewerbepark 8, 73230 Kirchheim'],
    ['Spedition Oltmanns', 'spedition-oltmanns.de', 'Hafenstraße 70, 26789 Leer'],
    ['Feinkost Wagner', 'feinkost-wagner.at', 'Marktplatz 2, 5020 Salzburg'],
  ],
};

export const letters = `
invoice
Rechnung {no} steht bereit
Ihre Rechnung für die Lieferungen des letzten Monats steht im Kundenportal zum Abruf bereit. Der Betrag von {amount} EUR wird am {date} per SEPA-Lastschrift eingezogen.
Sie brauchen nichts zu veranlassen.
> Rechnung öffnen

order
Auftragsbestätigung {no}
besten Dank für Ihren Auftrag, den wir hiermit bestätigen. Es gelten unsere Liefer- und Zahlungsbedingungen.
Liefertermin: Kalenderwoche 41, frei Haus.
| O-Ringe 40 x 3 NBR, 300 Stk. | 96,00 EUR
| Flachdichtungen DN 50, 20 Stk. | 44,00 EUR
| Summe | {amount} EUR

shipping
Avis: Lieferung am {date}
wir liefern am {date} zwischen 8 und 12 Uhr eine Palette, 412 kg. Bitte halten Sie einen Stapler bereit.
Bei Verhinderung rufen Sie bitte die Disposition unter 0491 7780 31 an.

password-reset
Neues Kennwort für das Kundenportal
für Ihren Zugang wurde ein neues Kennwort angefordert. Über den folgenden Link können Sie es innerhalb von zwei Stunden festlegen.
Waren Sie das nicht, müssen Sie nichts tun. Ihr bisheriges Kennwort bleibt gültig.
> Kennwort festlegen

verification
Bitte bestätigen Sie Ihre E-Mail-Adresse
schön, dass Sie sich angemeldet haben. Bitte bestätigen Sie Ihre E-Mail-Adresse, damit wir Ihnen Belege schicken können.
Haben Sie sich nicht angemeldet, ignorieren Sie bitte diese Nachricht.
> Adresse bestätigen

newsletter
Kürbis, Quitte, Steinpilz: der Herbst im Glas
unsere Köchin Frau Riedl hat eingekocht, was der Garten hergab, und verrät das Rezept für ihr Quittengelee.
Nur solange der Vorrat reicht: Probierpaket mit sechs Gläsern, im Oktober versandkostenfrei. Gratis dazu gibt es ein Rezeptheft.
> Zum Probierpaket

reminder
Offene Posten – Kontoauszug zum {date}
beim Abgleich unserer Konten haben wir festgestellt, dass die unten genannten Posten noch offen sind. Bitte prüfen Sie das und gleichen Sie den Saldo bis {date} aus.
Ab der dritten Mahnung liefern wir nur noch gegen Vorkasse.
| Saldo | {amount} EUR

notice
Abrechnung der Reisekosten ab Oktober
ab Oktober reichen Sie Reisekosten bitte nur noch über das neue Formular im Intranet ein. Papierbelege nimmt Frau Petersen noch bis {date} an.
Die Gehaltsabrechnungen liegen ab Freitag in Ihrem persönlichen Ordner.

appointment
Terminbestätigung Wartung
wir bestätigen den Termin zur Wartung Ihrer Verpackungsmaschine am {date} um {time} Uhr. Unser Techniker Herr Dogan meldet sich beim Empfang.
Bitte räumen Sie die Maschine vorher frei.

receipt
Beleg zu Ihrer Zahlung
wir bestätigen den Eingang Ihrer Zahlung über {amount} EUR zur Rechnung {no}. Vielen Dank.
`;
