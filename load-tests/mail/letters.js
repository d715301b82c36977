// Letters as a purchasing department gets them: plain invoices, HTML confirmations and newsletters, and one in fifty that
// wants a password. Each is a message of its own, so that none is a duplicate.
const crlf = (lines) => lines.join('\r\n');

const paragraph =
  'Thank you for your order. The goods leave our warehouse this week; the delivery note is in the parcel. ' +
  'If a position is missing or damaged, please tell us within eight days, with the number of the parcel. ';

function invoice(id, number) {
  return [
    'Content-Type: text/plain; charset=utf-8',
    '',
    'Dear colleagues,',
    '',
    paragraph.repeat(4),
    '',
    `Invoice ${number} over EUR ${100 + (number % 900)}.50 is due within 30 days. Our account is as always.`,
    '',
    'Kind regards',
    `Accounts receivable, reference ${id}`,
  ];
}

function confirmation(id, number) {
  const row = (n) =>
    `<tr><td style="padding:4px 8px">${n}</td><td>Steel bracket ${80 + n} mm</td><td align="right">${10 * n}</td><td align="right">${n}.25</td></tr>`;
  const rows = Array.from({ length: 12 }, (_, n) => row(n + 1)).join('\r\n');
  return [
    `Content-Type: multipart/alternative; boundary="b-${number}"`,
    '',
    `--b-${number}`,
    'Content-Type: text/plain; charset=utf-8',
    '',
    `Order confirmation ${number}. ${paragraph.repeat(3)}`,
    `--b-${number}`,
    'Content-Type: text/html; charset=utf-8',
    '',
    `<html><head><style>td{font:14px Arial}</style></head><body><table width="600"><tr><td><h2>Order confirmation ${number}</h2></td></tr>`,
    `<tr><td>${paragraph.repeat(3)}</td></tr></table><table>${rows}</table>`,
    `<p>See it at <a href="https://www.load-supplier.example/orders/${id}">www.load-supplier.example</a>.</p></body></html>`,
    `--b-${number}--`,
  ];
}

function lure(id) {
  return [
    'Content-Type: text/html; charset=utf-8',
    '',
    '<html><body><p>Dear user, your mailbox is almost full and will be suspended within 24 hours.</p>',
    `<p><a href="http://192.0.2.7/login/${id}">Verify your password now</a></p></body></html>`,
  ];
}

/** A letter of its own for each sender and turn. */
export function letter(run, sender, turn) {
  const id = `${run}-${sender}-${turn}`;
  const number = sender * 100_000 + turn;
  const isLure = number % 50 === 7;
  const body = isLure ? lure(id) : turn % 2 === 0 ? invoice(id, number) : confirmation(id, number);
  const from = isLure
    ? `IT desk <it-${sender}@mail-quota.example>`
    : `Accounts <accounts@load-supplier-${sender % 40}.example>`;
  return crlf([
    `From: ${from}`,
    'To: buying@demo.example',
    `Subject: ${isLure ? 'Your mailbox' : `Your order ${number}`}`,
    `Message-ID: <${id}@load.example>`,
    `Date: ${new Date().toUTCString()}`,
    'MIME-Version: 1.0',
    ...body,
    '',
  ]);
}
