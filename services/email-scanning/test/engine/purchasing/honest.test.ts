import t from 'tap';
import { noKnowledge, parseMessage, scan } from '../../../src/engine/index.ts';
import { read } from '../../../src/engine/reading.ts';
import { references } from '../../../src/engine/references.ts';
import { honestMail } from '../honest/honest-mail.ts';
import { tenant } from '../knowledge.ts';

t.test('a supplier’s honest mail is clean, whatever it writes about', async (t) => {
  const suspected: string[] = [];
  for (const { name, raw } of [...honestMail('train'), ...honestMail('held-out')]) {
    const message = await parseMessage(raw);
    const { name: called = '', address = '' } = message.from ?? {};
    const { ibans } = references(message, read(message));
    const supplier = {
      ...{ id: 's', name: called || 'Firm', contacts: [{ name: called, email: address }] },
      mailDomains: [address.split('@')[1] ?? ''],
      bankAccounts: ibans.map((iban) => ({
        ...{ id: iban, iban, status: 'verified' },
        routingNumber: null,
        accountNumber: null,
      })),
    };
    const { verdict, findings } = scan(message, {
      tenant: { ...tenant, suppliers: [supplier, ...tenant.suppliers] },
      message: {
        ...noKnowledge.message,
        history: { fromAddressSeen: 3, fromDomainSeen: 4, threadKnown: false },
      },
    });
    if (verdict !== 'clean') suspected.push(`${name}: ${findings[0]?.technique}`);
  }
  t.strictSame(suspected, []);
});
