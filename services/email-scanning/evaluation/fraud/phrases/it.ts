import type { Phrases } from './phrases.ts';

export const it: Phrases = {
  locale: 'it-IT',
  hello: ['Buongiorno {reader},', 'Gentili Signori,', 'Gentile {reader},', 'Buongiorno,'],
  bye: ['Cordiali saluti', 'Distinti saluti', 'Grazie e buon lavoro', 'Un cordiale saluto'],
  subjectInvoice: [
    'Fattura {invoice} – ordine {order}',
    'Vostro ordine {order}: nostra fattura',
    '{order}: fattura allegata',
  ],
  subjectReminder: ['Sollecito fattura {invoice}', 'Scaduto: {order}', 'Promemoria {invoice} / {order}'],
  subjectChange: [
    'Informazione importante sui pagamenti',
    'Comunicazione ai clienti',
    'Pagamento {order}',
    'Ufficio amministrazione',
  ],
  invoice: [
    'in allegato la nostra fattura {invoice} per il Vostro ordine {order} di {amount}.',
    'abbiamo spedito {order} e fatturiamo {amount} (fattura {invoice}).',
    'trasmettiamo la fattura {invoice} per un importo di {amount} relativa all’ordine {order}.',
    'grazie per {order}. Il totale della fattura {invoice} è di {amount}.',
  ],
  partial: [
    'questa è una fattura parziale per la prima consegna di {order}: {amount}.',
    'per la parte già consegnata di {order} fatturiamo {amount} (fattura {invoice}).',
  ],
  due: [
    'Pagamento a 30 giorni.',
    'Scadenza: 14 giorni data fattura.',
    'Si prega di pagare entro fine mese.',
    'Condizioni di pagamento come concordato.',
  ],
  payTo: [
    'Vi preghiamo di effettuare il bonifico su questo conto:',
    'Pagamento tramite bonifico a:',
    'La nostra banca:',
    'Da pagare su:',
  ],
  hurry: [
    'Vi preghiamo di pagare oggi affinché la merce possa partire.',
    'Il bonifico è urgente, altrimenti perdiamo la data di consegna.',
    'Abbiamo bisogno del pagamento immediatamente e di una conferma.',
    'Potete pagarlo al più presto?',
  ],
  chase: [
    'dai nostri libri la fattura {invoice} di {amount} per {order} non risulta pagata.',
    'siamo ancora in attesa del pagamento di {amount} per {order}.',
    'la fattura {invoice} ({order}) è scaduta; il saldo è di {amount}.',
    'quando possiamo contare sul pagamento di {amount} per {order}?',
  ],
  changed: [
    'Vi informiamo che le nostre coordinate bancarie sono cambiate.',
    'Abbiamo cambiato banca e abbiamo un nuovo conto.',
    'Il nostro vecchio conto bancario è sotto verifica e non può più ricevere pagamenti.',
    'Da questo mese il nostro ufficio finanziario utilizza un altro conto bancario; vogliate aggiornare i Vostri archivi.',
    'Il conto corrente a Voi noto è stato chiuso e sostituito.',
    'Desideriamo comunicarVi la variazione delle nostre coordinate bancarie.',
  ],
  useOnly: [
    'D’ora in poi Vi preghiamo di usare solo il seguente conto:',
    'Tutte le fatture aperte vanno saldate su:',
    'Vi preghiamo di indirizzare il pagamento di {order} a:',
    'I nuovi dati sono:',
  ],
  askForIt: [
    'Vi invio le nuove coordinate bancarie per il pagamento di {order}?',
    'Vi preghiamo di sospendere il pagamento di {order}: i nostri dati bancari sono stati aggiornati e li invieremo dopo la Vostra risposta.',
    'Prima di pagare {order} fatemi sapere, il nostro conto bancario è stato modificato.',
    'Confermate per favore di poter cambiare le nostre coordinate bancarie nel sistema prima del prossimo pagamento.',
  ],
  pretext: [
    'Ciò è dovuto a una verifica fiscale.',
    'Il motivo è una riorganizzazione del gruppo.',
    'La nostra banca ha avuto problemi tecnici.',
    '',
  ],
  unchanged: [
    'Le nostre coordinate bancarie non sono cambiate.',
    'Come sempre, pagate sul conto noto; le coordinate bancarie restano invariate.',
    'Non abbiamo modificato il nostro conto bancario.',
  ],
  beware: [
    'Attenzione alle frodi: non cambiamo mai le coordinate bancarie via e-mail.',
    'Se ricevete un messaggio secondo cui il nostro conto bancario è cambiato, chiamateci.',
    'I truffatori inviano messaggi su nuovi conti bancari; non lo annunciamo mai via e-mail.',
  ],
  crypto: [
    'Poiché il nostro conto è bloccato, Vi preghiamo di pagare in Bitcoin; l’indirizzo su richiesta.',
    'Vi preghiamo di pagare questa volta la fattura in USDT, con uno sconto del 5 %.',
    'Per fare prima potete pagare con carte regalo e inviarci le foto dei codici.',
    'Inviate il pagamento con Western Union alla nostra contabile.',
  ],
  remittance: [
    'Inviate l’avviso di pagamento dei Vostri bonifici a {address}.',
    'Gli avvisi di ogni bonifico vanno inviati a {address}.',
  ],
  executive: [
    'Deve fare un bonifico di {amount} oggi. Sono in riunione e non posso parlare, è riservato. Conto: {account}.',
    'È alla scrivania? Un pagamento urgente di {amount} deve partire prima di mezzogiorno, beneficiario {account}. È riservato fino all’annuncio.',
    'Per favore paghi {amount} immediatamente a {account}, i documenti li mando dopo. Non ne parli con nessuno.',
    'Può comprare carte regalo per {amount} per i nostri clienti? Mi servono i codici oggi, è urgente.',
  ],
  executiveHonest: [
    'La fattura di {supplier} di {amount} è approvata? Ne parliamo domani.',
    'Per favore verifichi perché {supplier} dice che {order} non è pagato. Sono in ufficio da lunedì.',
  ],
  factoring: [
    'Abbiamo acquistato il credito di {supplier} per {order}. Vi preghiamo di pagare {amount} solo a noi, conto {account}.',
    'Per conto di {supplier} incassiamo i {amount} dovuti per {order}. Bonifico su {account}.',
  ],
  delivery: [
    'la merce di {order} lascia domani il nostro magazzino e arriva giovedì.',
    'la Vostra consegna per {order}, 3 bancali, è in viaggio. L’autista chiama un’ora prima.',
  ],
  newContact: [
    '{person} subentra dal 1° dicembre e sarà la Vostra nuova persona di riferimento per gli ordini.',
    'Vi presento {person}, il nostro nuovo responsabile clienti per la Vostra azienda.',
  ],
  debit: [
    'Come concordato addebitiamo l’importo sul Vostro conto {account}.',
    'Rimborsiamo {amount} sul Vostro conto {account}.',
  ],
  wrote: ['Il {date} {reader} <{address}> ha scritto:'],
  earlier: [
    'abbiamo ricevuto la merce. Su quale conto dobbiamo pagare?',
    'grazie, l’amministrazione farà il bonifico questa settimana. Confermate i dati, per favore.',
    'potete inviarci di nuovo la fattura?',
  ],
  total: 'Importo totale',
  order: 'Ordine',
  invoiceNumber: 'Fattura n.',
  account: 'IBAN',
  bank: 'Banca',
};
