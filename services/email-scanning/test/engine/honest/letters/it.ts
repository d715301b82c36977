import type { Stationery } from '../../../../training/honest/letter.ts';

export const stationery: Stationery = {
  language: 'it',
  greeting: 'Egregio/a {name},',
  closing: 'Distinti saluti\n{company}',
  unsubscribe: 'Non ricevere più la newsletter',
  browser: 'Versione online',
  people: ['Chiara Longo', 'Stefano Villa', 'Federica Neri'],
  companies: [
    ['Autotrasporti Beltrame', 'autotrasportibeltrame.it', 'Via del Porto 22, 34123 Trieste'],
    ['Guarnizioni Sala', 'guarnizionisala.it', 'Via Artigiani 5, 25030 Brescia'],
    ['Conserve del Colle', 'conservedelcolle.it', 'Località Colle 1, 53100 Siena'],
  ],
};

export const letters = `
invoice
La fattura del mese è disponibile
la fattura {no} è disponibile nel portale clienti. L'importo di {amount} € verrà addebitato con SDD il {date}.
Non deve fare nulla.
> Apri la fattura

order
Conferma d'ordine {no}
confermiamo il Suo ordine e La ringraziamo. Partenza dalla fabbrica prevista nella settimana 41.
| O-ring 40 x 3, 300 pz | 96,00 €
| Raccordo ottone 1/2, 50 pz | 118,00 €
| Totale | {amount} €

delay
Ritardo nella consegna {no}
a causa del maltempo il Suo bancale arriverà il {date}. Ci scusiamo per il disagio.
Per urgenze può chiamare il nostro ufficio traffico allo 040 998 1720.

password-reset
Nuova password per il portale
è stata richiesta una nuova password per il Suo accesso. Segua il collegamento entro due ore per impostarla.
Se non è stato Lei, non faccia nulla: la password attuale resta valida.
> Imposta la password

verification
Conferma il tuo indirizzo e-mail
grazie per la registrazione. Conferma il tuo indirizzo così possiamo inviarti le ricevute.
> Conferma indirizzo

newsletter
Cotogne, porcini e castagne: la lettera di ottobre
la nostra cuoca ha preparato le conserve d'autunno e vi regala la ricetta della sua cotognata.
Confezione assaggio con sei vasetti fino a esaurimento scorte, spedizione gratuita per tutto ottobre.
> Scopri la confezione

reminder
Estratto conto: partite aperte al {date}
dal controllo contabile risulta ancora aperto il saldo indicato. La preghiamo di saldarlo entro il {date} o di segnalarci eventuali errori.
| Saldo | {amount} €

notice
Note spese: nuovo modulo
da ottobre le note spese si presentano solo sulla intranet. Le buste paga saranno disponibili venerdì nella cartella personale.

receipt
Pagamento ricevuto
abbiamo ricevuto il Suo pagamento di {amount} € per la fattura {no}. Grazie.
`;
