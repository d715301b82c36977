import { columnTitles, type OrderDocument } from './document.ts';

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (char) => entities[char] ?? char);

class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/**
 * Makes HTML of a template: every value put in is escaped, but for what this function made itself. So nothing that a
 * supplier, an item or a person is called becomes markup.
 */
function html(parts: TemplateStringsArray, ...values: (string | Html | Html[])[]): Html {
  const text = values.map((value) =>
    [value]
      .flat()
      .map((one) => (one instanceof Html ? one.text : escapeHtml(one)))
      .join(''),
  );
  return new Html(String.raw({ raw: parts }, ...text));
}

const cell = 'padding:4px 8px;border-bottom:1px solid #ccc';
const number = `${cell};text-align:right;white-space:nowrap`;

/** The mail as HTML: without scripts, images or links, styled in place, as mail programs want it. */
export function renderHtml({ title, facts, message, lines, total }: OrderDocument): string {
  const { sku, name, quantity, unitPrice, amount } = columnTitles;
  return html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${title}</title></head>
<body style="font-family:sans-serif;font-size:14px;color:#222">
<h1 style="font-size:20px">${title}</h1>
${message === null ? [] : html`<p style="white-space:pre-wrap">${message}</p>`}
<table style="border-collapse:collapse;margin-bottom:16px">
${facts.map((fact) => html`<tr><th style="text-align:left;padding:2px 16px 2px 0">${fact.label}</th><td>${fact.value}</td></tr>\n`)}</table>
<table style="border-collapse:collapse">
<tr><th style="${cell};text-align:left">${sku}</th><th style="${cell};text-align:left">${name}</th><th style="${number}">${quantity}</th><th style="${number}">${unitPrice}</th><th style="${number}">${amount}</th></tr>
${lines.map(
  (line) =>
    html`<tr><td style="${cell}">${line.sku}</td><td style="${cell}">${line.name}</td><td style="${number}">${line.quantity}</td><td style="${number}">${line.unitPrice}</td><td style="${number}">${line.amount}</td></tr>\n`,
)}<tr><th colspan="4" style="${number}">Total</th><th style="${number}">${total}</th></tr>
</table>
<p>The order is attached as a PDF. Please name its number in your answer and on your invoice.</p>
</body>
</html>
`.text;
}
