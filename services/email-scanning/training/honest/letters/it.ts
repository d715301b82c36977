import type { Stationery } from '../letter.ts';

export const stationery: Stationery = {
  language: 'it',
  greeting: 'Gentile {name},',
  closing: 'Cordiali saluti\nIl team di {company}',
  unsubscribe: "Annulla l'iscrizione",
  browser: 'Visualizza nel browser',
  people: ['Giulia Ferri', 'Marco Conti', 'Elena Greco', 'Paolo Rinaldi'],
  companies: [
    ['Falegnameria Bassi srl', 'falegnameriabassi.it', 'Via dei Mille 9, 43121 Parma'],
    ['Cartoleria San Luca', 'cartoleriasanluca.it', 'Via Saragozza 40, 40123 Bologna'],
    ['Utensili Rovere', 'utensilirovere.com', 'Corso Europa 112, 20122 Milano'],
  ],
};

export const letters = `
invoice
Fattura {no}
in allegato trova i dati della fattura {no} del {date}. La ringraziamo per l'ordine.
Il pagamento è previsto a 30 giorni con bonifico sul nostro conto abituale, indicando il numero della fattura.
| Imponibile | 284,00 €
| IVA 22 % | 62,48 €
| Totale fattura | {amount} €
> Visualizza fattura

order
Conferma del tuo ordine {no}
grazie per il tuo acquisto. Stiamo preparando l'ordine e ti scriveremo appena verrà spedito.
Puoi modificare l'indirizzo di consegna fino alla spedizione.
| 2 x Agenda settimanale | 25,80 €
| Spese di spedizione | 4,90 €
| Totale ordine | {amount} €
> Vedi l'ordine

shipping
Il tuo ordine è stato spedito
il tuo ordine {no} è stato affidato al corriere. Il codice di tracciamento è {tracking}.
La consegna è prevista per il {date}. In caso di assenza il corriere lascerà il pacco al punto di ritiro più vicino.
> Segui la spedizione

password-reset
Reimposta la tua password
abbiamo ricevuto la richiesta di reimpostare la tua password. Clicca sul pulsante per sceglierne una nuova. Il link scade tra 24 ore.
Se non hai fatto tu la richiesta, ignora questo messaggio: la password non cambierà.
> Scegli una password

code
{code} è il tuo codice di accesso
inserisci il codice {code} per accedere. Scade tra dieci minuti.
Non comunicare mai questo codice a nessuno. Il nostro personale non te lo chiederà mai.

newsletter
Autunno in bottega: le novità di ottobre
questo mese il nostro maestro falegname racconta come si sceglie il legno per un tavolo che duri cent'anni.
Inoltre, fino a fine mese, sconto del 10 % su oli e cere e spedizione gratuita oltre i 50 €.
> Leggi l'articolo

reminder
Sollecito di pagamento fattura {no}
dai nostri registri la fattura {no} del {date} risulta ancora da saldare. Si tratterà certamente di una dimenticanza.
La preghiamo di provvedere entro 7 giorni. Se ha già pagato, non tenga conto di questo messaggio.
| Importo dovuto | {amount} €

receipt
Ricevuta del tuo abbonamento
abbiamo addebitato il canone mensile sulla tua carta. L'abbonamento si rinnova automaticamente il {date}; puoi disdirlo in qualsiasi momento dal tuo profilo.
| Piano Bottega | 15,00 €
| Importo addebitato | {amount} €
> Scarica la ricevuta

statement
Il tuo estratto conto è disponibile
l'estratto conto del mese è disponibile nella tua area riservata, alla voce Documenti.
Ricorda: non ti chiederemo mai le credenziali via e-mail. Attenzione ai tentativi di phishing.

notice
Chiusura uffici venerdì
venerdì gli uffici chiuderanno alle 13 per la manutenzione dell'impianto elettrico.
Le note spese vanno consegnate in amministrazione entro il {date}. Buon lavoro a tutti.

quote
Preventivo {no}
la ringraziamo per la richiesta. Le inviamo il nostro preventivo, valido fino al {date}.
I tempi di consegna sono di circa tre settimane dall'ordine. Resto a disposizione per ogni chiarimento.
| Tavolo in rovere 220 x 90 | 1.150,00 €
| Trasporto | 70,00 €

support
[Ticket {no}] Aggiornamento della tua richiesta
il nostro tecnico ha risposto: la casella di posta era piena, per questo non arrivavano i messaggi. Abbiamo aumentato lo spazio e ora funziona.
Se il problema si ripresenta, rispondi a questa e-mail. Il ticket si chiuderà tra 7 giorni.
> Apri il ticket
`;
