import type { MessageKnowledge } from '../../src/engine/types.ts';
import type { Chance } from './chance.ts';
import type { Form, Letter } from './letter.ts';
import { languages, type Phrases } from './phrases/index.ts';
import { ownDomain, type World } from './world.ts';

/** What of a mail is known beside its text: how it was sent, and what came before. */
export type Circumstances = Partial<MessageKnowledge>;

export interface Staged {
  letter: Letter;
  circumstances: Circumstances;
}

/** A mail that tries a fraud, and the same mail, honest. */
export interface Pair {
  attack: Staged;
  twin: Staged;
}

export type Kind = (scene: Scene) => Pair;

type Said = { [K in keyof Phrases]: Phrases[K] extends string[] ? K : never }[keyof Phrases];

/** Everything that a kind needs to write mail in one language. */
export interface Scene {
  chance: Chance;
  language: string;
  phrases: Phrases;
  world: World;
  amount: string;
  invoice: string;
  /** One of the language's variants, filled in. */
  say(what: Said, more?: Record<string, string>): string;
}

/** Which variants are used: the first of each list for tuning, the rest kept apart. */
export type Part = 'all' | 'first' | 'rest';

function partOf(variants: readonly string[], part: Part): readonly string[] {
  const half = Math.ceil(variants.length / 2);
  if (part === 'all' || variants.length < 2) return variants;
  return part === 'first' ? variants.slice(0, half) : variants.slice(half);
}

export function money(scene: Pick<Scene, 'chance' | 'phrases'>, value: number, currency = 'EUR'): string {
  const number = new Intl.NumberFormat(scene.phrases.locale, {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  });
  const written = number.format(value);
  return scene.chance
    .pick([`${currency} ${written}`, `${written} ${currency}`, `${written} €`, `€ ${written}`])
    .replace('€', currency === 'EUR' ? '€' : currency);
}

export function createScene(chance: Chance, language: string, world: World, part: Part): Scene {
  const phrases = languages[language] as Phrases;
  const invoice = `${chance.pick(['RE', 'INV', 'F', ''])}${chance.digits(6)}`;
  const share = chance.pick([1, 1, 1.19, 1.2, 1.21, 0.6]);
  const amount = money({ chance, phrases }, Number(world.order.total) * share);
  const known: Record<string, string> = {
    ...{ invoice, amount },
    order: world.order.number,
    reader: world.reader.name.split(' ').at(-1) ?? '',
    supplier: world.supplier.name,
    person: world.supplier.contact.name,
    address: world.reader.email,
    date: '17.11.2026',
  };
  return {
    ...{ chance, language, phrases, world, invoice, amount },
    say(what, more = {}) {
      const text = chance.pick(partOf(phrases[what], part));
      return text.replace(/\{(\w+)\}/g, (_, name: string) => more[name] ?? known[name] ?? '');
    },
  };
}

/** A mail of the supplier's usual writer, with nothing in it. */
export function letter({ chance, world, say, language }: Scene, paragraphs: string[]): Letter {
  const { contact, name } = world.supplier;
  const shown = chance.pick([contact.name, name, `${contact.name} (${name})`]);
  return {
    from: { name: shown, address: contact.email },
    to: `einkauf@${ownDomain}`,
    subject: say('subjectInvoice'),
    paragraphs: [say('hello'), ...paragraphs.filter(Boolean), `${say('bye')}\n${contact.name}\n${name}`],
    rows: [],
    form: chance.pick<Form>(language === 'en' ? ['text', 'html', 'both'] : ['text', 'html', 'both', 'both']),
  };
}

/** The rows of an invoice: order, number, total and account. */
export function rows({ phrases, world, invoice, amount }: Scene, account: string): [string, string][] {
  const table: [string, string][] = [
    [phrases.order, world.order.number],
    [phrases.invoiceNumber, invoice],
    [phrases.total, amount],
  ];
  return account ? [...table, [phrases.account, account]] : table;
}

const passed: MessageKnowledge['authentication'] = {
  ...{
    from: 'checked',
    spf: 'pass',
    dkim: 'pass',
    dmarc: 'pass',
    arc: 'none',
    policy: 'reject',
    aligned: true,
  },
  dkimDomain: null,
};

/** The supplier as he always writes: known, and sometimes nothing is kept or checked. */
export const usual = ({ chance }: Scene): Circumstances => ({
  authentication: chance.happens(0.6) ? passed : null,
  history: chance.happens(0.6) ? { fromAddressSeen: 12, fromDomainSeen: 31, threadKnown: false } : null,
});

/** Somebody who writes for the first time; his own domain passes every check. */
export const stranger = ({ chance }: Scene): Circumstances => ({
  authentication: chance.happens(0.6) ? passed : null,
  history: chance.happens(0.6) ? { fromAddressSeen: 0, fromDomainSeen: 0, threadKnown: false } : null,
});

export const forged: Circumstances = {
  authentication: {
    ...{
      from: 'checked',
      spf: 'fail',
      dkim: 'none',
      dmarc: 'fail',
      arc: 'none',
      policy: 'reject',
      aligned: false,
    },
    dkimDomain: null,
  },
  history: null,
};
