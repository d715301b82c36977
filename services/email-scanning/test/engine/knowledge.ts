import { classifierTechnique } from '../../src/engine/classifier/index.ts';
import type { MessageKnowledge, ParsedMessage, TenantKnowledge } from '../../src/engine/index.ts';
import { noKnowledge, parseMessage, scan } from '../../src/engine/index.ts';

export const verifiedIban = 'DE89370400440532013000';
export const otherIban = 'GB29NWBK60161331926819';

/** A tenant with one supplier that has a verified account, and orders in several states. */
export const tenant: TenantKnowledge = {
  ...noKnowledge.tenant,
  key: 'demo',
  ownDomains: ['demo.example'],
  users: [{ name: 'Olive Owner', email: 'olive@demo.example' }],
  suppliers: [
    {
      id: 's1',
      name: 'Nordwind Metall GmbH',
      mailDomains: ['nordwind-metall.example'],
      contacts: [{ name: 'Jonas Petersen', email: 'jonas@nordwind-metall.example' }],
      bankAccounts: [
        { id: 'b1', iban: verifiedIban, routingNumber: null, accountNumber: null, status: 'verified' },
      ],
    },
    {
      id: 's2',
      name: 'Hafen Logistik',
      mailDomains: ['hafen-logistik.example'],
      contacts: [],
      bankAccounts: [],
    },
  ],
};

export const order = (number: string, supplierId = 's1', status = 'approved') => ({
  id: `o-${number}`,
  number,
  supplierId,
  status,
  total: '1250',
  currency: 'EUR',
});

interface Mail {
  from?: string;
  headers?: string[];
  subject?: string;
  body?: string;
  html?: string;
}

export function mail({
  from = 'Nordwind Metall <billing@nordwind-metall.example>',
  headers = [],
  subject = 'Invoice',
  body = 'Hello',
  html,
}: Mail): Buffer {
  const type = html === undefined ? 'text/plain' : 'text/html';
  return Buffer.from(
    [
      `From: ${from}`,
      ...headers,
      `Subject: ${subject}`,
      `Content-Type: ${type}; charset=utf-8`,
      '',
      html ?? body,
      '',
    ].join('\r\n'),
  );
}

/** A mail with one attachment. */
export function withAttachment(
  filename: string,
  content: Buffer | string,
  type = 'application/octet-stream',
): Buffer {
  const encoded = Buffer.from(content).toString('base64');
  return Buffer.from(
    [
      'From: a@b.example',
      'Subject: x',
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      'Content-Type: text/plain',
      '',
      'See attachment.',
      '--b',
      `Content-Type: ${type}`,
      `Content-Disposition: attachment; filename="${filename}"`,
      'Content-Transfer-Encoding: base64',
      '',
      encoded,
      '--b--',
      '',
    ].join('\r\n'),
  );
}

/** Parses and judges a mail by what the demo tenant knows, and by what the test adds to it. */
export async function judge(raw: Buffer, known: Partial<MessageKnowledge & TenantKnowledge> = {}) {
  const message: ParsedMessage = await parseMessage(raw);
  const result = scan(message, {
    tenant: { ...tenant, ...known },
    message: { ...noKnowledge.message, ...known },
  });
  // What the classifier thinks is tested where it is: here it is about checks.
  const techniques = result.findings
    .map((finding) => finding.technique)
    .filter((technique) => technique !== classifierTechnique.id);
  return { ...result, techniques, message };
}
