import type { Filled, Layout } from '../../../training/honest/compose.ts';

const html = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('\n', '<br>');
const hello = ({ stationery, person }: Filled) => stationery.greeting.replace('{name}', person);
const goodbye = ({ stationery, company }: Filled) => stationery.closing.replace('{company}', company);

const text = (filled: Filled): string => {
  const { letter, link, company, address, domain, stationery } = filled;
  const lines = [company.toUpperCase(), '='.repeat(company.length), '', hello(filled), ''];
  for (const paragraph of letter.paragraphs) lines.push(paragraph, '');
  for (const [label, value] of letter.rows) lines.push(`  * ${label.padEnd(30, '.')} ${value}`);
  if (letter.action) lines.push('', `[${letter.action}]`, `<${link}>`);
  lines.push('', goodbye(filled), '', `${address} | www.${domain}`);
  if (letter.kind === 'newsletter') lines.push(`${stationery.unsubscribe} <https://www.${domain}/leave>`);
  return lines.join('\r\n');
};

/** As a shop system writes it: blocks instead of tables, with conditional comments for one mail program. */
const shop: Layout = (filled) => {
  const { letter, link, company, address, domain, stationery } = filled;
  const list = letter.rows
    .map(([label, value]) => `<li>${html(label)} <strong>${html(value)}</strong></li>`)
    .join('');
  return {
    text: text(filled),
    html: `<!doctype html><html lang="${stationery.language}"><head><meta name="viewport" content="width=device-width"><!--[if mso]><style>*{font-family:Arial!important}</style><![endif]--></head>
<body style="background:#fff"><span style="display:none;font-size:1px;color:#fff;line-height:1px;opacity:0">${html(letter.subject)} &#8203;&#8203;&#8203;</span>
<div style="max-width:560px;margin:0 auto;font-family:Georgia,serif;font-size:16px"><div style="border-bottom:2px solid #c2410c;padding:16px 0"><img alt="${html(company)}" src="https://static.${domain}/header.jpg" width="560" height="90"></div>
<p>${html(hello(filled))}</p>${letter.paragraphs.map((paragraph) => `<p style="line-height:1.5">${html(paragraph)}</p>`).join('\n')}
${list && `<ul style="padding-left:18px">${list}</ul>`}
${letter.action ? `<div style="text-align:center;margin:24px"><!--[if mso]><p><![endif]--><a href="${html(link)}" style="background:#c2410c;color:#fff;padding:10px 20px;text-decoration:none">${html(letter.action)}</a><p style="font-size:12px;color:#555"><a href="https://www.${domain}/account">www.${domain}</a></p></div>` : ''}
<p>${html(goodbye(filled))}</p><hr><p style="font-size:11px;color:#888">${html(company)}, ${html(address)}${letter.kind === 'newsletter' ? ` · <a href="https://www.${domain}/leave">${html(stationery.unsubscribe)}</a>` : ''}</p></div>
<img src="https://www.${domain}/pixel?i=${filled.number}" height="1" width="1" style="display:none"></body></html>`,
  };
};

/** As somebody writes it in an office's mail program, with its peculiar markup. */
const office: Layout = (filled) => {
  const { letter, link, company, address, domain } = filled;
  const line = (content: string) =>
    `<p class="MsoNormal"><span style="font-size:11.0pt;font-family:&quot;Calibri&quot;,sans-serif">${content}<o:p></o:p></span></p>`;
  return {
    text: text(filled),
    html: `<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns="http://www.w3.org/TR/REC-html40"><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head><body lang="EN-US" link="#0563C1"><div class="WordSection1">
${[hello(filled), ...letter.paragraphs].map((paragraph) => line(html(paragraph))).join('\n')}
${letter.rows.map(([label, value]) => line(`${html(label)}: ${html(value)}`)).join('\n')}
${letter.action ? line(`<a href="${html(link)}">${html(letter.action)}</a>`) : ''}
${line(html(goodbye(filled)))}${line(`<b>${html(company)}</b><br>${html(address)}<br><a href="https://www.${domain}">www.${domain}</a>`)}</div></body></html>`,
  };
};

/** Those of the half that is held out. */
export const layouts: readonly Layout[] = [
  shop,
  office,
  (filled) => ({ text: text(filled), html: null }),
  shop,
];
