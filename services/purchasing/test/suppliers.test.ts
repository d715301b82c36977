import { bankAccountChanged, supplierChanged } from '@stockade/contracts';
import { newId } from '@stockade/database';
import { isolationTest } from '@stockade/testing';
import t from 'tap';
import { isRoutingNumber } from '../src/bank-accounts/rules.ts';
import { addSupplier, iban, otherIban, start } from './service.ts';

t.test('suppliers', async (t) => {
  const service = await start(t);
  const buyer = service.as('operator');
  const path = '/v1/purchasing/suppliers';
  const body = {
    code: 'NORD',
    name: 'Nordwind',
    mailDomains: ['nordwind.example'],
    contacts: [{ name: 'Jo', email: 'jo@nordwind.example' }],
    currency: 'EUR',
  };
  const made = await buyer.post(path, body);
  t.match(made, { status: 201, body: { ...body, active: true, version: 1 } });
  t.equal((await buyer.post(path, body)).body.error.code, 'CONFLICT', 'a code is used once');
  for (const [change, field] of [
    [{ code: 'a b' }, '/code'],
    [{ name: ' ' }, '/name'],
    [{ mailDomains: ['Not a domain'] }, '/mailDomains/0'],
    [{ contacts: [{ name: 'x', email: 'x' }] }, '/contacts/0/email'],
    [{ currency: 'EURO' }, '/currency'],
  ] as const) {
    const answer = await buyer.post(path, { ...body, code: 'OTHER', ...change });
    t.equal(answer.status, 400, field);
    t.equal(answer.body.error.details.errors[0].path, field);
  }
  const changed = await buyer.patch(
    `${path}/${made.body.id}`,
    { mailDomains: ['nordwind.example', 'nord.example'] },
    { 'if-match': '"1"' },
  );
  t.match(changed.body, { version: 2, mailDomains: ['nordwind.example', 'nord.example'] });
  t.equal((await buyer.patch(`${path}/${made.body.id}`, { name: 'X' }, { 'if-match': '"1"' })).status, 412);
  t.equal((await service.as('viewer').post(path, body)).status, 403);
  t.equal((await service.as('owner', { tenantId: newId() }).get(`${path}/${made.body.id}`)).status, 404);
  t.equal((await buyer.get(`${path}?search=nordw`)).body.data.length, 1);
  const events = await service.outbox(supplierChanged.type);
  t.strictSame(
    events.map((event) => event.aggregateVersion),
    [1, 2],
  );
});

t.test('bank accounts', async (t) => {
  const service = await start(t);
  const [proposer, verifier] = [service.as('manager'), service.as('manager')];
  const supplierId = await addSupplier(proposer);
  const path = `/v1/purchasing/suppliers/${supplierId}/bank-accounts`;
  const propose = async (body: object, caller = proposer) =>
    caller.post(path, { holder: 'Nordwind', ...body });

  t.test('numbers are checked and normalised', async (t) => {
    t.equal((await propose({ iban: 'DE89 3704 0044 0532 0130 00' })).body.iban, iban);
    t.match((await propose({ routingNumber: '021000021', accountNumber: '12345678' })).body, {
      iban: null,
      routingNumber: '021000021',
    });
    for (const [body, field] of [
      [{ iban: 'DE89370400440532013001' }, '/iban'],
      [{ iban: 'XX00123456789012345' }, '/iban'],
      [{}, '/iban'],
      [{ routingNumber: '021000022', accountNumber: '12345678' }, '/routingNumber'],
      [{ routingNumber: '021000021' }, '/accountNumber'],
      [{ iban, routingNumber: '021000021', accountNumber: '12345678' }, '/iban'],
    ] as const) {
      const answer = await propose(body);
      t.equal(answer.status, 400, JSON.stringify(body));
      t.equal(answer.body.error.details.errors[0].path, field);
    }
    t.ok(isRoutingNumber('011401533'));
    t.notOk(isRoutingNumber('000000000'));
  });

  t.test('one person proposes, another verifies, and the account before is superseded', async (t) => {
    const first = (await propose({ iban })).body;
    t.equal(first.status, 'proposed');
    t.equal((await proposer.post(`${path}/${first.id}/verify`)).status, 403);
    const ownKey = service.as('manager', { type: 'api_key', personId: proposer.personId });
    t.equal(
      (await ownKey.post(`${path}/${first.id}/verify`)).status,
      403,
      'a key of one’s own is no second person',
    );
    t.equal((await service.as('operator').post(`${path}/${first.id}/verify`)).status, 403);
    t.match((await verifier.post(`${path}/${first.id}/verify`)).body, {
      status: 'verified',
      decidedBy: { id: verifier.personId },
    });
    t.equal((await verifier.post(`${path}/${first.id}/verify`)).body.error.code, 'INVALID_STATE');
    t.equal((await proposer.post(`${path}/${first.id}/verify`)).status, 409, 'the state is looked at first');
    const second = (await propose({ iban: otherIban })).body;
    await verifier.post(`${path}/${second.id}/verify`);
    t.equal((await proposer.get(`${path}/${first.id}`)).body.status, 'superseded');
    t.equal((await proposer.get(`${path}?status=verified`)).body.data.length, 1);
    const told = (await service.outbox(bankAccountChanged.type)).filter(
      (event) => event.aggregateId === first.id,
    );
    t.strictSame(
      told.map((event) => event.payload.status),
      ['proposed', 'verified', 'superseded'],
    );
    const audits = JSON.stringify(
      (await service.outbox('audit.entry-recorded.v1')).map((event) => event.payload),
    );
    t.notMatch(audits, iban, 'the audit shows the end of the number alone');
  });

  t.test('two verifications at once leave one verified', async (t) => {
    const accounts = await Promise.all([propose({ iban }), propose({ iban: otherIban })]);
    await Promise.all(accounts.map(({ body }) => verifier.post(`${path}/${body.id}/verify`)));
    t.equal((await proposer.get(`${path}?status=verified`)).body.data.length, 1);
  });

  t.test('a rejected one stays rejected', async (t) => {
    const { id } = (await propose({ iban })).body;
    t.equal(
      (await verifier.post(`${path}/${id}/reject`, { reason: 'Nobody answered' })).body.status,
      'rejected',
    );
    t.equal((await verifier.post(`${path}/${id}/verify`)).status, 409);
    t.equal((await verifier.post(`${path}/${newId()}/verify`)).status, 404);
  });

  await isolationTest(t, service, ['suppliers', 'bank_accounts']);
});
