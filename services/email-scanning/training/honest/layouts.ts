import type { Filled, Layout } from './compose.ts';

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const greeting = ({ stationery, person }: Filled) => stationery.greeting.replace('{name}', person);
const closing = ({ stationery, company }: Filled) => stationery.closing.replace('{company}', company);

const plainText = (filled: Filled): string => {
  const { letter, link, address, company, stationery, domain } = filled;
  return [
    `${greeting(filled)}\n`,
    ...letter.paragraphs.map((paragraph) => `${paragraph}\n`),
    ...letter.rows.map(([label, value]) => `${label}: ${value}`),
    ...(letter.action ? ['', `${letter.action}: ${link}`] : []),
    '',
    closing(filled),
    '--',
    `${company}, ${address}, https://www.${domain}`,
    ...(letter.kind === 'newsletter' ? [`${stationery.unsubscribe}: https://www.${domain}/unsubscribe`] : []),
  ].join('\r\n');
};

/** Text and nothing else, as small firms' programs send it. */
export const plain: Layout = (filled) => ({ text: plainText(filled), html: null });

/** What an ordinary mail program makes: paragraphs and a simple table. */
export const simple: Layout = (filled) => {
  const { letter, link, company, address, domain } = filled;
  const rows = letter.rows
    .map(
      ([label, value]) =>
        `<tr><td>${escaped(label)}</td><td align="right"><b>${escaped(value)}</b></td></tr>`,
    )
    .join('\n');
  const html = `<html><body style="font-family:Arial,sans-serif;font-size:11pt;color:#222">
<p>${escaped(greeting(filled))}</p>
${letter.paragraphs.map((paragraph) => `<p>${escaped(paragraph)}</p>`).join('\n')}
${rows && `<table cellpadding="4" border="0">${rows}</table>`}
${letter.action ? `<p><a href="${escaped(link)}">${escaped(letter.action)}</a></p>` : ''}
<p>${escaped(closing(filled))}</p>
<p style="font-size:9pt;color:#777">${escaped(company)} · ${escaped(address)} · <a href="https://www.${domain}/">www.${domain}</a></p>
</body></html>`;
  return { text: plainText(filled), html };
};

const padding = '&#847;&zwnj;&nbsp;'.repeat(40);

/** What mail services make: nested tables, a hidden preview line, a button, a counting pixel. */
export const service: Layout = (filled) => {
  const { letter, link, company, address, domain, stationery, number } = filled;
  const [first = ''] = letter.paragraphs;
  const rows = letter.rows
    .map(
      ([label, value]) =>
        `<tr><td style="padding:6px 0;border-bottom:1px solid #eee">${escaped(label)}</td><td style="padding:6px 0;border-bottom:1px solid #eee;text-align:right">${escaped(value)}</td></tr>`,
    )
    .join('');
  const button = letter.action
    ? `<table role="presentation" cellpadding="0" cellspacing="0"><tr><td bgcolor="#14532d" style="border-radius:4px"><a href="${escaped(link)}" target="_blank" style="display:inline-block;padding:12px 24px;color:#ffffff;text-decoration:none">${escaped(letter.action)}</a></td></tr></table>`
    : '';
  const unsubscribe =
    letter.kind === 'newsletter'
      ? `<br><a href="https://www.${domain}/browser/${number}">${escaped(stationery.browser)}</a> | <a href="https://www.${domain}/unsubscribe/${number}">${escaped(stationery.unsubscribe)}</a>`
      : '';
  const html = `<!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><head><meta charset="utf-8"><title>${escaped(letter.subject)}</title>
<style>body{margin:0;padding:0;background:#f4f4f5}@media only screen and (max-width:600px){.w{width:100%!important}}</style></head>
<body style="margin:0;padding:0"><div style="display:none;max-height:0;overflow:hidden">${escaped(first.slice(0, 90))}${padding}</div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center">
<table class="w" role="presentation" width="600" cellpadding="0" cellspacing="0" style="background:#ffffff">
<tr><td style="padding:24px"><a href="https://www.${domain}/"><img src="https://cdn.${domain}/mail/logo.png" width="160" height="40" alt="${escaped(company)}" border="0"></a></td></tr>
<tr><td style="padding:0 24px;font:16px/24px Helvetica,Arial,sans-serif;color:#27272a"><h1 style="font-size:20px">${escaped(letter.subject)}</h1>
<p>${escaped(greeting(filled))}</p>${letter.paragraphs.map((paragraph) => `<p>${escaped(paragraph)}</p>`).join('')}
${rows && `<table width="100%" role="presentation">${rows}</table>`}${button}<p>${escaped(closing(filled))}</p></td></tr>
<tr><td style="padding:24px;font:12px/18px Helvetica,Arial,sans-serif;color:#71717a">${escaped(company)}, ${escaped(address)}${unsubscribe}</td></tr>
</table></td></tr></table><img src="https://www.${domain}/o/${number}.gif" width="1" height="1" alt=""></body></html>`;
  return { text: number % 3 === 0 ? null : plainText(filled), html };
};

/** Those of the half that may be learnt from. */
export const layouts: readonly Layout[] = [service, simple, plain, service];
