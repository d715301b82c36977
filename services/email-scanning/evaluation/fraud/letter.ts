import MailComposer from 'nodemailer/lib/mail-composer';
import type { Chance } from './chance.ts';
import { pdfOf } from './pdf.ts';

/** How a mail is made up. */
export type Form = 'text' | 'html' | 'both' | 'table';

/** A mail before it is written. */
export interface Letter {
  from: { name: string; address: string };
  replyTo?: string;
  cc?: string;
  to: string;
  subject: string;
  paragraphs: string[];
  /** Rows of a table: invoice number, total, account. */
  rows: [string, string][];
  /** In HTML, what is not shown. */
  hidden?: string;
  /** In a mail of two forms, what the plain text says instead. */
  plainParagraphs?: string[];
  plainRows?: [string, string][];
  quoted?: string;
  inReplyTo?: string;
  pdf?: { title: string; lines: string[] };
  form: Form;
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\n', '<br>');

function textOf({ paragraphs, rows, quoted, plainParagraphs, plainRows }: Letter): string {
  const table = (plainRows ?? rows).map(([name, value]) => `${name}: ${value}`).join('\n');
  return [...(plainParagraphs ?? paragraphs), table, quoted ?? ''].filter(Boolean).join('\n\n');
}

function htmlOf({ paragraphs, rows, hidden, quoted, form }: Letter): string {
  const cells = rows
    .map(([name, value]) =>
      form === 'table'
        ? `<tr><td>${escaped(name)}</td>${value
            .split(' ')
            .map((part) => `<td>${escaped(part)}</td>`)
            .join('')}</tr>`
        : `<tr><td>${escaped(name)}</td><td>${escaped(value)}</td></tr>`,
    )
    .join('');
  const concealed = hidden ? `<div style="display:none">${escaped(hidden)}</div>` : '';
  const quote = quoted ? `<br>${escaped(quoted)}` : '';
  return `<html><body>${concealed}${paragraphs.map((text) => `<p>${escaped(text)}</p>`).join('')}<table>${cells}</table>${quote}</body></html>`;
}

/** The bytes of a mail. */
export async function write(letter: Letter, chance: Chance): Promise<Buffer> {
  const { form, pdf } = letter;
  const composer = new MailComposer({
    from: letter.from,
    to: letter.to,
    subject: letter.subject,
    date: new Date('2026-11-20T09:12:00Z'),
    messageId: `<${chance.digits(12)}@${letter.from.address.split('@')[1]}>`,
    ...(letter.replyTo ? { replyTo: letter.replyTo } : {}),
    ...(letter.cc ? { cc: letter.cc } : {}),
    ...(letter.inReplyTo ? { inReplyTo: letter.inReplyTo, references: letter.inReplyTo } : {}),
    ...(form === 'text' || form === 'both' ? { text: textOf(letter) } : {}),
    ...(form === 'text' ? {} : { html: htmlOf(letter) }),
    ...(pdf
      ? {
          attachments: [
            { filename: `${pdf.title.replace(/\W+/g, '-')}.pdf`, content: await pdfOf(pdf.title, pdf.lines) },
          ],
        }
      : {}),
  });
  return composer.compile().build();
}
