import type { Phrases } from './phrases.ts';

export const nl: Phrases = {
  locale: 'nl-NL',
  hello: ['Beste {reader},', 'Geachte heer, mevrouw,', 'Goedemorgen {reader},', 'Geachte {reader},'],
  bye: ['Met vriendelijke groet', 'Hartelijke groeten', 'Vriendelijke groeten', 'Alvast bedankt'],
  subjectInvoice: [
    'Factuur {invoice} voor {order}',
    'Uw bestelling {order}: onze factuur',
    '{order}: factuur bijgevoegd',
  ],
  subjectReminder: [
    'Betalingsherinnering {invoice}',
    'Openstaand: {order}',
    'Herinnering {invoice} / {order}',
  ],
  subjectChange: [
    'Belangrijke informatie over betalingen',
    'Bericht aan onze klanten',
    'Betaling {order}',
    'Afdeling administratie',
  ],
  invoice: [
    'hierbij ontvangt u onze factuur {invoice} voor uw bestelling {order} van {amount}.',
    'wij hebben {order} verzonden en brengen {amount} in rekening (factuur {invoice}).',
    'bijgaand factuur {invoice} voor een bedrag van {amount} voor bestelling {order}.',
    'bedankt voor {order}. Het totaal van factuur {invoice} is {amount}.',
  ],
  partial: [
    'dit is een deelfactuur voor de eerste levering van {order}: {amount}.',
    'voor het geleverde deel van {order} brengen wij {amount} in rekening (factuur {invoice}).',
  ],
  due: [
    'Betaling binnen 30 dagen netto.',
    'Betalingstermijn: 14 dagen na factuurdatum.',
    'Graag betalen voor het einde van de maand.',
    'Vervaldatum zoals afgesproken.',
  ],
  payTo: [
    'Graag het bedrag overmaken op deze rekening:',
    'Betaling per overschrijving aan:',
    'Onze bank:',
    'Te betalen op:',
  ],
  hurry: [
    'Wilt u vandaag nog betalen, zodat de goederen kunnen vertrekken?',
    'De betaling is dringend, anders verliezen wij de leverdatum.',
    'Wij hebben uw betaling onmiddellijk nodig, met een bevestiging.',
    'Kunt u dit zo snel mogelijk betalen?',
  ],
  chase: [
    'volgens onze boeken is factuur {invoice} van {amount} voor {order} niet betaald.',
    'wij wachten nog op de betaling van {amount} voor {order}.',
    'factuur {invoice} ({order}) is vervallen; het openstaande bedrag is {amount}.',
    'wanneer kunnen wij de betaling van {amount} voor {order} verwachten?',
  ],
  changed: [
    'Onze bankgegevens zijn gewijzigd.',
    'Wij zijn overgestapt naar een andere bank en hebben een nieuwe rekening.',
    'Ons oude rekeningnummer wordt gecontroleerd en kan niet meer worden gebruikt voor betalingen.',
    'Vanaf deze maand werkt onze administratie met een andere bankrekening; wilt u uw gegevens aanpassen.',
    'De bankrekening die u kent is opgeheven en vervangen.',
    'Wij willen u informeren over de wijziging van ons rekeningnummer.',
  ],
  useOnly: [
    'Gebruik voortaan alleen de volgende rekening:',
    'Alle openstaande facturen moeten worden voldaan op:',
    'Wilt u de betaling voor {order} richten aan:',
    'De nieuwe gegevens zijn:',
  ],
  askForIt: [
    'Zal ik u onze nieuwe bankgegevens sturen voor de betaling van {order}?',
    'Wilt u de betaling van {order} aanhouden: ons rekeningnummer is gewijzigd en wij sturen het na uw antwoord.',
    'Neem contact op voordat u {order} betaalt, onze bankgegevens zijn aangepast.',
    'Bevestig alstublieft dat u onze bankrekening voor de volgende betaling in uw systeem kunt wijzigen.',
  ],
  pretext: [
    'Dit komt door een belastingcontrole.',
    'De reden is een reorganisatie van onze groep.',
    'Onze bank had technische problemen.',
    '',
  ],
  unchanged: [
    'Onze bankgegevens zijn niet gewijzigd.',
    'Betaal zoals altijd op de bekende rekening; onze bankgegevens blijven ongewijzigd.',
    'Ons rekeningnummer is niet veranderd.',
  ],
  beware: [
    'Pas op voor fraude: wij wijzigen onze bankgegevens nooit per e-mail.',
    'Als u een bericht krijgt dat onze bankrekening is gewijzigd, bel ons dan.',
    'Oplichters sturen mails over nieuwe bankrekeningen; wij kondigen dat nooit per e-mail aan.',
  ],
  crypto: [
    'Omdat onze rekening geblokkeerd is, graag betalen in Bitcoin; het adres krijgt u op verzoek.',
    'Wilt u de factuur deze keer met USDT betalen, wij geven 5 % korting.',
    'Om het sneller te laten gaan kunt u betalen met cadeaukaarten en ons foto’s van de codes sturen.',
    'Stuur de betaling via Western Union naar onze boekhoudster.',
  ],
  remittance: [
    'Stuur het betalingsadvies van uw betalingen naar {address}.',
    'Betaalspecificaties van elke overschrijving graag naar {address}.',
  ],
  executive: [
    'U moet vandaag {amount} overmaken. Ik zit in een vergadering en kan niet bellen, houd dit vertrouwelijk. Rekening: {account}.',
    'Zit u aan uw bureau? Een dringende betaling van {amount} moet voor de middag weg, begunstigde {account}. Het is vertrouwelijk tot wij het bekendmaken.',
    'Betaal onmiddellijk {amount} aan {account}, de papieren stuur ik later. Praat er met niemand over.',
    'Kunt u cadeaukaarten van {amount} kopen voor onze klanten? Ik heb de codes vandaag nodig, het is dringend.',
  ],
  executiveHonest: [
    'Is de factuur van {supplier} van {amount} al goedgekeurd? We hebben het er morgen over.',
    'Kijk even waarom {supplier} zegt dat {order} niet betaald is. Ik ben vanaf maandag op kantoor.',
  ],
  factoring: [
    'Wij hebben de vordering van {supplier} voor {order} gekocht. Betaal {amount} alleen nog aan ons, rekening {account}.',
    'Namens {supplier} innen wij de openstaande {amount} voor {order}. Maak het over op {account}.',
  ],
  delivery: [
    'de goederen van {order} verlaten morgen ons magazijn en komen donderdag aan.',
    'uw levering voor {order}, 3 pallets, is onderweg. De chauffeur belt een uur van tevoren.',
  ],
  newContact: [
    '{person} neemt het per 1 december over en is uw nieuwe contactpersoon voor bestellingen.',
    'ik stel u graag {person} voor, onze nieuwe accountmanager voor uw bedrijf.',
  ],
  debit: [
    'Zoals afgesproken incasseren wij het bedrag van uw rekening {account}.',
    'Wij storten {amount} terug op uw rekening {account}.',
  ],
  wrote: ['Op {date} schreef {reader} <{address}>:'],
  earlier: [
    'wij hebben de goederen ontvangen. Op welke rekening moeten wij betalen?',
    'bedankt, de administratie maakt het deze week over. Bevestig de gegevens alstublieft nog eens.',
    'kunt u ons de factuur nog eens sturen?',
  ],
  total: 'Totaalbedrag',
  order: 'Bestelling',
  invoiceNumber: 'Factuurnr.',
  account: 'IBAN',
  bank: 'Bank',
};
