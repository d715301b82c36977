import { createRandom } from '../random.ts';
import type { Letter, Stationery } from './letter.ts';

/** A letter to somebody from some firm, ready to be laid out. */
export interface Filled {
  letter: Letter;
  stationery: Stationery;
  company: string;
  domain: string;
  address: string;
  person: string;
  /** Where its button leads; on the firm's own domain or the mail service's click counter. */
  link: string;
  number: number;
}

/** A body: plain text, HTML, or both. */
export interface Body {
  text: string | null;
  html: string | null;
}

export type Layout = (filled: Filled) => Body;

/** An honest mail and what it is called in a report. */
export interface HonestMail {
  name: string;
  language: string;
  raw: Buffer;
}

const clickCounters = ['u2718281.ct.sendgrid.net/ls/click?upn=', 'click.', 'links.'];

function fill(text: string, values: Record<string, string>): string {
  return text.replace(/\{(\w+)\}/g, (_, key: string) => values[key] ?? '');
}

const hex = (draw: (below: number) => number, length: number) =>
  Array.from({ length }, () => draw(16).toString(16)).join('');

/** Fills one letter in; the seed decides names and numbers. */
export function fillLetter(letter: Letter, stationery: Stationery, seed: number): Filled {
  const random = createRandom(seed);
  const draw = (below: number) => Math.floor(random() * below);
  const [company, domain, address] = stationery.companies[draw(stationery.companies.length)]!;
  const person = stationery.people[draw(stationery.people.length)]!;
  const day = 1 + draw(28);
  const values = {
    company,
    domain,
    name: person,
    first: person.split(' ')[0]!,
    no: `${2024 + draw(3)}-${100_000 + draw(899_999)}`,
    tracking: `${draw(9)}Z${100_000_000 + draw(899_999_999)}`,
    amount: `${12 + draw(1_900)},${10 + draw(89)}`,
    date: `${String(day).padStart(2, '0')}.${String(1 + draw(12)).padStart(2, '0')}.2026`,
    code: String(100_000 + draw(899_999)),
    time: `${8 + draw(9)}:${draw(2) ? '30' : '00'}`,
  };
  const token = hex(draw, 32);
  const counter = clickCounters[draw(6)];
  const link = !counter
    ? `https://www.${domain}/${letter.kind}/${token.slice(0, 12)}?utm_source=mail`
    : counter.endsWith('=')
      ? `https://${counter}${token}${token}`
      : `https://${counter}${domain}/c/${token}`;
  const filled = {
    ...letter,
    subject: fill(letter.subject, values),
    paragraphs: letter.paragraphs.map((paragraph) => fill(paragraph, values)),
    rows: letter.rows.map(([label, value]): [string, string] => [label, fill(value, values)]),
  };
  return { letter: filled, stationery, company, domain, address, person, link, number: seed };
}

const base64 = (text: string) => Buffer.from(text).toString('base64').replace(/.{76}/g, '$&\r\n');

const encodedWord = (text: string) =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what is not ASCII
  /[^\x00-\x7f]/.test(text) ? `=?utf-8?B?${Buffer.from(text).toString('base64')}?=` : text;

const part = (type: string, text: string) => [
  `Content-Type: ${type}; charset=utf-8`,
  'Content-Transfer-Encoding: base64',
  '',
  base64(text),
];

const senders: Record<string, string> = {
  invoice: 'billing',
  reminder: 'accounts',
  newsletter: 'news',
  support: 'support',
  quote: 'sales',
  notice: 'office',
};

/** Writes a mail with its headers. */
export function compose(filled: Filled, { text, html }: Body): Buffer {
  const { letter, company, domain, person, number } = filled;
  const boundary = `part-${number.toString(16)}-${domain.length}`;
  const headers = [
    `From: ${encodedWord(company)} <${senders[letter.kind] ?? 'no-reply'}@${domain}>`,
    `To: ${encodedWord(person)} <${person
      .normalize('NFKD')
      .replace(/\P{ASCII}/gu, '')
      .toLowerCase()
      .replace(/\s+/g, '.')}@werk.example>`,
    `Subject: ${encodedWord(letter.subject)}`,
    `Message-ID: <${number.toString(36)}.${boundary}@mail.${domain}>`,
    `Date: Tue, ${1 + (number % 28)} Sep 2026 0${number % 10}:14:02 +0200`,
    'MIME-Version: 1.0',
    ...(letter.kind === 'newsletter'
      ? [`List-Unsubscribe: <https://www.${domain}/unsubscribe/${number}>`, 'Precedence: bulk']
      : []),
  ];
  const body =
    text !== null && html !== null
      ? [
          `Content-Type: multipart/alternative; boundary="${boundary}"`,
          '',
          `--${boundary}`,
          ...part('text/plain', text),
          `--${boundary}`,
          ...part('text/html', html),
          `--${boundary}--`,
        ]
      : part(html === null ? 'text/plain' : 'text/html', html ?? text ?? '');
  return Buffer.from([...headers, ...body, ''].join('\r\n'));
}

/** All letters of a language, each as often as asked, in the layouts in turn. */
export function write(
  stationery: Stationery,
  letters: readonly Letter[],
  layouts: readonly Layout[],
  { copies, seed }: { copies: number; seed: number },
): HonestMail[] {
  return letters.flatMap((letter, at) =>
    Array.from({ length: copies }, (_, copy) => {
      const number = seed + at * copies + copy;
      const filled = fillLetter(letter, stationery, number);
      const layout = layouts[(at + copy) % layouts.length]!;
      const { language } = stationery;
      return { name: `${language}/${letter.kind}/${number}`, language, raw: compose(filled, layout(filled)) };
    }),
  );
}
