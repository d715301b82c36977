import type { Phrases } from './phrases.ts';

export const de: Phrases = {
  locale: 'de-DE',
  hello: [
    'Guten Tag {reader},',
    'Sehr geehrte Damen und Herren,',
    'Hallo {reader},',
    'Sehr geehrte Frau {reader},',
  ],
  bye: ['Mit freundlichen Grüßen', 'Viele Grüße', 'Beste Grüße', 'Freundliche Grüße'],
  subjectInvoice: [
    'Rechnung {invoice} zu {order}',
    'Ihre Bestellung {order} – unsere Rechnung',
    '{order}: Rechnung im Anhang',
  ],
  subjectReminder: [
    'Zahlungserinnerung {invoice}',
    'Offener Posten zu {order}',
    'Mahnung: {invoice} / {order}',
  ],
  subjectChange: [
    'Wichtige Information zu Zahlungen',
    'Kundeninformation',
    'Zahlung {order}',
    'Mitteilung der Buchhaltung',
  ],
  invoice: [
    'anbei erhalten Sie unsere Rechnung {invoice} zu Ihrer Bestellung {order} über {amount}.',
    'wir haben {order} ausgeliefert und berechnen dafür {amount} (Rechnung {invoice}).',
    'für die Bestellung {order} stellen wir Ihnen {amount} in Rechnung (Nr. {invoice}).',
    'vielen Dank für {order}. Der Rechnungsbetrag von {invoice} ist {amount}.',
  ],
  partial: [
    'dies ist eine Teilrechnung für die erste Lieferung zu {order}: {amount}.',
    'für den bisher gelieferten Teil von {order} berechnen wir {amount} (Rechnung {invoice}).',
  ],
  due: [
    'Zahlbar innerhalb von 30 Tagen netto.',
    'Zahlungsziel: 14 Tage ab Rechnungsdatum.',
    'Wir bitten um Zahlung bis Monatsende.',
    'Fälligkeit wie vereinbart.',
  ],
  payTo: [
    'Bitte überweisen Sie den Betrag auf dieses Konto:',
    'Zahlung per Überweisung an:',
    'Unsere Bank:',
    'Bitte begleichen Sie die Rechnung auf:',
  ],
  hurry: [
    'Bitte überweisen Sie noch heute, damit die Ware das Lager verlassen kann.',
    'Die Zahlung ist dringend, sonst verlieren wir den Liefertermin.',
    'Wir brauchen Ihre Zahlung umgehend und eine Bestätigung darüber.',
    'Können Sie das bitte sofort anweisen?',
  ],
  chase: [
    'laut unseren Büchern ist die Rechnung {invoice} über {amount} zu {order} noch nicht bezahlt.',
    'wir warten noch auf {amount} für {order}.',
    'die Rechnung {invoice} ({order}) ist überfällig, offen sind {amount}.',
    'wann können wir mit der Zahlung von {amount} für {order} rechnen?',
  ],
  changed: [
    'Bitte beachten Sie, dass sich unsere Bankverbindung geändert hat.',
    'Wir haben die Bank gewechselt und haben ein neues Konto.',
    'Unser bisheriges Konto wird gerade geprüft und kann keine Zahlungen mehr annehmen; bitte nutzen Sie die neue Bankverbindung.',
    'Seit diesem Monat arbeitet unsere Buchhaltung mit einem anderen Bankkonto; bitte aktualisieren Sie Ihre Stammdaten.',
    'Das Ihnen bekannte Bankkonto wurde aufgelöst und ersetzt.',
    'Wir möchten Sie über die Änderung unserer Kontodaten informieren.',
  ],
  useOnly: [
    'Ab sofort verwenden Sie bitte nur noch folgendes Konto:',
    'Alle offenen Rechnungen sind zu begleichen auf:',
    'Bitte leiten Sie die Zahlung für {order} an:',
    'Die neuen Daten lauten:',
  ],
  askForIt: [
    'Darf ich Ihnen für die Zahlung von {order} unsere neue Bankverbindung schicken?',
    'Bitte halten Sie die Zahlung von {order} zurück: Unsere Kontodaten haben sich geändert, wir senden sie nach Ihrer Antwort.',
    'Bevor Sie {order} bezahlen, melden Sie sich bitte, unsere Bankdaten wurden aktualisiert.',
    'Bitte bestätigen Sie, dass Sie unsere Bankverbindung vor der nächsten Zahlung im System ändern können.',
  ],
  pretext: [
    'Grund ist eine Steuerprüfung.',
    'Das hängt mit der Umstrukturierung unserer Gruppe zusammen.',
    'Bei unserer Bank gab es technische Probleme.',
    '',
  ],
  unchanged: [
    'Unsere Bankverbindung hat sich nicht geändert.',
    'Bitte zahlen Sie wie bisher auf das bekannte Konto; unsere Bankdaten sind unverändert.',
    'An unserem Bankkonto ändert sich nichts: Die Bankverbindung ist gleich geblieben.',
  ],
  beware: [
    'Vorsicht vor Betrug: Wir ändern unsere Bankverbindung niemals per E-Mail.',
    'Falls Sie eine Nachricht bekommen, nach der sich unsere Bankverbindung geändert hat, rufen Sie uns bitte an.',
    'Betrüger verschicken Mails über neue Bankverbindungen; wir kündigen so etwas nie per E-Mail an.',
  ],
  crypto: [
    'Da unser Konto derzeit gesperrt ist, zahlen Sie bitte in Bitcoin; die Wallet bekommen Sie auf Anfrage.',
    'Bitte begleichen Sie die Rechnung diesmal mit USDT, wir geben dafür 5 % Nachlass.',
    'Damit es schneller geht, können Sie mit Gutscheinkarten bezahlen und uns Fotos der Codes schicken.',
    'Bitte zahlen Sie den Betrag per Western Union an unsere Buchhalterin.',
  ],
  remittance: [
    'Bitte senden Sie das Zahlungsavis zu Ihren Zahlungen an {address}.',
    'Zahlungsavise zu jeder Überweisung bitte an {address}.',
  ],
  executive: [
    'Sie müssen heute noch {amount} überweisen. Ich bin in einer Sitzung und kann nicht telefonieren, behandeln Sie das vertraulich. Konto: {account}.',
    'Sind Sie am Platz? Eine dringende Zahlung von {amount} muss vor Mittag raus, Empfänger ist {account}. Bis zur Bekanntgabe bleibt das vertraulich.',
    'Bitte zahlen Sie sofort {amount} an {account}, die Unterlagen schicke ich später. Sprechen Sie mit niemandem darüber.',
    'Können Sie für unsere Kunden Gutscheinkarten über {amount} kaufen? Ich brauche die Codes heute, es eilt.',
  ],
  executiveHonest: [
    'Ist die Rechnung von {supplier} über {amount} schon freigegeben? Lassen Sie uns morgen darüber sprechen.',
    'Bitte prüfen Sie, warum {supplier} sagt, dass {order} nicht bezahlt ist. Ich bin ab Montag im Büro.',
  ],
  factoring: [
    'Wir haben die Forderung von {supplier} zu {order} gekauft. Bitte zahlen Sie {amount} nur noch an uns, unser Konto ist {account}.',
    'Im Auftrag von {supplier} ziehen wir die offenen {amount} für {order} ein. Überweisen Sie auf {account}.',
  ],
  delivery: [
    'die Ware zu {order} verlässt morgen unser Lager und kommt am Donnerstag an.',
    'Ihre Lieferung zu {order}, 3 Paletten, ist unterwegs. Der Fahrer ruft eine Stunde vorher an.',
  ],
  newContact: [
    '{person} übernimmt ab 1. Dezember und ist Ihre neue Ansprechperson für Bestellungen.',
    'ich möchte Ihnen {person} vorstellen, unsere neue Kundenbetreuung für Ihr Haus.',
  ],
  debit: [
    'Wie vereinbart ziehen wir den Betrag per Lastschrift von Ihrem Konto {account} ein.',
    'Wir erstatten {amount} auf Ihr Konto {account}.',
  ],
  wrote: ['Am {date} schrieb {reader} <{address}>:'],
  earlier: [
    'die Ware ist angekommen. Auf welches Konto sollen wir zahlen?',
    'danke, die Buchhaltung überweist diese Woche. Bitte bestätigen Sie die Daten noch einmal.',
    'können Sie uns die Rechnung noch einmal schicken?',
  ],
  total: 'Gesamtbetrag',
  order: 'Bestellung',
  invoiceNumber: 'Rechnungsnr.',
  account: 'IBAN',
  bank: 'Bank',
};
