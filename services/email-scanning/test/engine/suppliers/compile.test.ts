import t from 'tap';
import { compiledTenant } from '../../../src/engine/suppliers/compile.ts';
import { nameWords } from '../../../src/engine/suppliers/names.ts';
import type { Supplier } from '../../../src/engine/types.ts';
import { otherIban, tenant, verifiedIban } from '../knowledge.ts';

const [nordwind, hafen] = tenant.suppliers as [Supplier, Supplier];

t.test('whose a domain and an address are', async (t) => {
  const small: Supplier = {
    ...hafen,
    id: 's3',
    name: 'Ada Handel',
    mailDomains: ['gmail.com', 'ada-handel.example'],
    contacts: [
      { name: 'Ada', email: 'Ada.Handel@gmail.com' },
      { name: 'Olive', email: 'olive@demo.example' },
    ],
  };
  const known = compiledTenant({ ...tenant, suppliers: [nordwind, hafen, small] });
  t.equal(known.ownerOf('mail.nordwind-metall.example'), nordwind);
  t.equal(known.ownerOf('notnordwind-metall.example'), null);
  t.equal(known.ownerOf('gmail.com'), null, 'free mail is nobody’s');
  t.equal(known.contactAt('ada.handel@gmail.com'), small, 'but one address there can be');
  t.equal(known.contactAt('olive@demo.example'), null, 'a colleague is no supplier');
  t.ok(known.isOwn('mail.demo.example'));
  t.equal(known.imitatedBy('gmail.com'), null);
  t.match(known.imitatedBy('hafen-logistik.test'), { supplier: { id: 's2' } });
  t.equal(known.supplier('s1'), nordwind);
  t.equal(known.supplier('s9'), null);
});

t.test('whose an account is', async (t) => {
  const british: Supplier = {
    ...hafen,
    bankAccounts: [
      { id: 'b2', iban: otherIban, routingNumber: null, accountNumber: null, status: 'verified' },
    ],
  };
  const known = compiledTenant({ ...tenant, suppliers: [nordwind, british] });
  t.match(known.accounts.get(verifiedIban), [{ supplier: { id: 's1' } }]);
  t.match(
    known.accounts.get('GB 601613/31926819'),
    [{ supplier: { id: 's2' } }],
    'sort code and account of a British IBAN',
  );
});

t.test('who is called so', async (t) => {
  const known = compiledTenant(tenant);
  for (const name of [
    'Nordwind Metall',
    'NORDWIND-METALL GmbH & Co. KG',
    'Billing | Nordwind Metall',
    'Nordwind Metall (Jonas)',
    'Nоrdwind Metall',
    'Nordwind Metall',
    'Nordwindmetall',
  ])
    t.equal(known.named(name)?.id, 's1', name);
  for (const name of ['Nordwind', 'Metall', 'Nordwind Holz', '', 'Metall Nordwind und mehr'])
    t.equal(known.named(name), null, name);
  t.strictSame(known.mentioned(['dear', 'nordwind', 'metall', 'gmbh']), [nordwind]);
  t.strictSame(known.mentioned(['nordwind', 'holz', 'metall']), []);
  t.match(known.userNamed('Owner, Olive'), { email: 'olive@demo.example' });
  t.equal(known.userNamed('Olive'), null);
  t.strictSame(nameWords('Müller & Söhne GmbH'), ['muller', 'sohne']);
});

t.test('a name of common words names nobody', async (t) => {
  const plain = { ...hafen, name: 'Service International GmbH' };
  t.equal(compiledTenant({ ...tenant, suppliers: [plain] }).named('Service International'), null);
});

t.test('it is compiled once for each knowledge', async (t) => {
  t.equal(compiledTenant(tenant), compiledTenant(tenant));
  t.not(compiledTenant(tenant), compiledTenant({ ...tenant }));
});
