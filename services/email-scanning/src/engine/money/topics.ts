import type { CheckContext } from '../types.ts';

/** Words by what they are about, folded (no accents), in en, de, fr, es, it, nl, pt and pl; beginnings of words, with `$` whole words. */
const beginnings = {
  /** That money is to go somewhere. */
  payment: `pay$ payable payment paying paid$ remit wire$ wired$ wiring$ transfer due$ overdue outstanding settle$ settled settlement
    deposit funds$ zahl bezahl begleich beglich uberweis ueberweis fallig faellig offen$ offene paiement payer regler reglement virement
    virer echeance impaye pago$ pagos$ pagar pague paguen abonar abone ingres transferen transfier vencid bonific pagament pagare pagate
    saldare saldo vencimient scadenz scadut betal overmak overschrijv openstaand voldoen pagto przelew platno zaplac zapłac płatno`,
  invoice: `invoic bill$ bills$ billing billed statement proforma rechnung mahnung facture factura fattura fatture factuur facturen fatura
    faktur`,
  urgency: `urgen immediat asap dringend sofort umgehend unverzuglich eilig inmediat subito$ onmiddellijk spoed pilne natychmiast imediat
    hoy$ oggi$ vandaag$ heute$ today$ aujourd dzis$ hoje$ deadline`,
  secrecy: `confiden discre vertraulich diskret riservat vertrouwelijk geheim poufn sigil`,
  /** Ways to pay that nobody can call back. */
  irrevocable: `bitcoin btc$ usdt$ tether$ ethereum crypto$ cryptocurr kryptowahrung criptomon criptovalut cryptomonn cryptovalut giftcard
    itunes$ gutscheinkart geschenkkart cadeaubon cadeaukaart moneygram paysafe kryptowalut`,
  /** Ways that private people pay each other. */
  privately: `paypal revolut venmo$ zelle$ cashapp bizum`,
  instead: `instead$ anstatt$ anstelle$ statt$ stattdessen lieu$ lugar$ vez$ invece$ anziche$ plaats$ zamiast$`,
  remittance: `remittance zahlungsavis avis$ avise$ aviso$ avisos$ avvis betaalspecificatie betalingsadvies betaaladvies awizo`,
} as const;

export type Topic = keyof typeof beginnings;

/** Phrases of more than one word that say the same. */
const phrases: [RegExp, Topic][] = [
  [
    /\b(?:gift cards?|google play|steam cards?|western union|money gram|cartes? cadeaux?|tarjetas? (?:de )?regalo|carte regalo|vale presente|karty podarunkow)/,
    'irrevocable',
  ],
  [/\b(?:cash app|friends (?:and|&) family|freunde und familie)/, 'privately'],
  [
    /\b(?:as soon as possible|right away|au plus vite|des que possible|cuanto antes|al piu presto|zo snel mogelijk|so schnell wie moglich)/,
    'urgency',
  ],
];

const stem = 3;
const byStem = new Map<string, [string, Topic][]>();
for (const [topic, list] of Object.entries(beginnings) as [Topic, string][]) {
  for (const beginning of list.split(/\s+/)) {
    const key = beginning.slice(0, stem);
    byStem.set(key, [...(byStem.get(key) ?? []), [beginning, topic]]);
  }
}

const maxWords = 3_000;
const maxText = 20_000;

function take(word: string, found: Set<Topic>) {
  for (const [beginning, topic] of byStem.get(word.slice(0, stem)) ?? []) {
    const fits = beginning.endsWith('$') ? word === beginning.slice(0, -1) : word.startsWith(beginning);
    if (fits) found.add(topic);
  }
}

function read({ reading }: CheckContext): Set<Topic> {
  const found = new Set<Topic>();
  for (const word of reading.words.slice(0, maxWords)) {
    take(word, found);
    // French and Italian articles: l'avis.
    const apostrophe = word.search(/['’]/);
    if (apostrophe >= 0) take(word.slice(apostrophe + 1), found);
  }
  const text = reading.folded.slice(0, maxText);
  for (const [phrase, topic] of phrases) if (!found.has(topic) && phrase.test(text)) found.add(topic);
  return found;
}

const topics = new WeakMap<CheckContext, Set<Topic>>();

/** What of money a mail talks about; read once for all checks. */
export function topicsOf(context: CheckContext): ReadonlySet<Topic> {
  const known = topics.get(context);
  if (known) return known;
  const found = read(context);
  topics.set(context, found);
  return found;
}

/** Whether a mail is about money that is owed. */
export function isAboutMoney(context: CheckContext): boolean {
  const found = topicsOf(context);
  return found.has('payment') || found.has('invoice');
}
