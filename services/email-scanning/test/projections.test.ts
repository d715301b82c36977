import { orderChanged, supplierChanged, tenantChanged, userChanged } from '@stockade/contracts';
import { newId } from '@stockade/database';
import { isolationTest } from '@stockade/testing';
import t from 'tap';
import { domain, knowSupplier, letter, rfc822, scanAccepted, start } from './service.ts';

t.test('copies take only what is newer', async (t) => {
  const service = await start(t);
  const supplierId = newId();
  const supplier = (name: string) => ({
    supplierId,
    code: 'S',
    name,
    mailDomains: [domain],
    contacts: [],
    active: true,
  });
  const tell = (name: string, aggregateVersion: number) =>
    service.consume(supplierChanged, supplier(name), { aggregateId: supplierId, aggregateVersion });
  await tell('second', 2);
  await tell('first', 1);
  const stored = () => service.query('select name, version from suppliers');
  t.strictSame(await stored(), [{ name: 'second', version: 2 }], 'an older event changes nothing');
  await tell('third', 3);
  await tell('third again', 3);
  t.strictSame(await stored(), [{ name: 'third', version: 3 }]);

  const userId = newId();
  await service.consume(
    userChanged,
    { userId, email: 'a@b.example', name: 'A', role: 'owner', active: true },
    { aggregateId: userId },
  );
  await service.consume(
    tenantChanged,
    { tenantId: service.tenantId, name: 'T', mailDomains: ['demo.example'], active: true },
    { aggregateId: service.tenantId },
  );
  await isolationTest(t, service, ['suppliers', 'users', 'tenants']);
});

t.test('a mail that is quicker than the news of its order is judged with it', async (t) => {
  const service = await start(t);
  const { supplierId } = await knowSupplier(service, 'PO-2026-000001');
  const sent = await service
    .as('operator')
    .post('/v1/mail/messages', letter({ subject: 'Your order PO-2026-000002' }), rfc822);
  const scanning = scanAccepted(service, sent.body.id);
  const purchaseOrderId = newId();
  await service.consume(
    orderChanged,
    {
      ...{ purchaseOrderId, number: 'PO-2026-000002', supplierId, siteId: newId(), status: 'approved' },
      ...{ total: '1', currency: 'EUR', onHold: false },
    },
    { aggregateId: purchaseOrderId },
  );
  await scanning;
  const message = (await service.as('operator').get(`/v1/mail/messages/${sent.body.id}`)).body;
  t.strictSame(message.related.purchaseOrderIds, [purchaseOrderId]);
  t.equal(message.verdict, 'clean');
});
