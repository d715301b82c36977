import type { CheckContext } from '../types.ts';

/** Words by what they are about, folded (no accents), in en, de, fr, es, it, nl, pt and pl; each is the beginning of a word. */
const beginnings = {
  /** That money is to go somewhere. */
  payment: `pay paid remit wire transfer due overdue outstanding settle deposit funds zahl bezahl begleich beglich uberweis ueberweis
    fallig faellig paiement payer regler reglement virement echeance impaye pago pagar pague paguen abonar abone ingres transferen
    transfier vencid bonific pagament pagare pagate saldare saldo scadenz scadut betal overmak overschrijv openstaand voldoen
    pagto pagamento przelew platno zaplac zapłac płatno`,
  invoice: `invoic bill statement proforma rechnung mahnung facture factura fattura fatture factuur facturen fatura faktur`,
  urgency: `urgen immediat asap dringend sofort umgehend unverzuglich eilig inmediat subito onmiddellijk spoed pilne natychmiast
    imediat hoy oggi vandaag heute today aujourd dzis hoje deadline`,
  secrecy: `confiden discre vertraulich diskret riservat vertrouwelijk geheim poufn sigil`,
  /** Ways to pay that nobody can call back. */
  irrevocable: `bitcoin btc usdt tether ethereum crypto krypto cripto cryptovalut giftcard itunes gutscheinkart geschenkkart cadeaubon
    cadeaukaart moneygram paysafe kryptowalut`,
  /** Ways that private people pay each other. */
  privately: `paypal revolut venmo zelle cashapp bizum`,
  instead: `instead anstatt anstelle statt stattdessen lieu lugar vez invece anziche plaats zamiast`,
  remittance: `remittance zahlungsavis zahlungsavise avis aviso avvis betaalspecificatie betalingsadvies betaaladvies awizo`,
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

function read({ reading }: CheckContext): Set<Topic> {
  const found = new Set<Topic>();
  for (const word of reading.words.slice(0, maxWords)) {
    for (const [beginning, topic] of byStem.get(word.slice(0, stem)) ?? [])
      if (word.startsWith(beginning)) found.add(topic);
  }
  const text = reading.folded.slice(0, 20_000);
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
