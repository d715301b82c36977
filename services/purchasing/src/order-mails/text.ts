import type { OrderDocument } from './document.ts';

/** The mail for those who read no HTML. */
export function renderText({ title, facts, message, lines, total }: OrderDocument): string {
  const width = Math.max(...facts.map(({ label }) => label.length)) + 2;
  return [
    `${title}\n`,
    ...(message === null ? [] : [`${message}\n`]),
    ...facts.map(({ label, value }) => `${`${label}:`.padEnd(width)}${value}`),
    '',
    ...lines.flatMap(({ sku, name, quantity, unitPrice, amount }, at) => [
      `${at + 1}. ${sku}  ${name}`,
      `   ${quantity} at ${unitPrice} = ${amount}`,
    ]),
    '',
    `Total: ${total}`,
    '',
    'The order is attached as a PDF. Please name its number in your answer and on your invoice.',
    '',
  ].join('\n');
}
