import { receiveInbound, sourceOperations } from '@stockade/contracts/email-scanning';
import { badCases, badInputTest, isolationTest, send } from '@stockade/testing';
import t from 'tap';
import { letter, rfc822, start } from '../service.ts';
import { sourceSamples } from './samples.ts';

const service = await start(t);
const tables = ['sources', 'source_states', 'source_recipients', 'webhook_signatures', 'message_deliveries'];

const owner = service.as('owner');
const webhook = await owner.post('/v1/mail/sources', { kind: 'webhook', name: 'Provider' });

const samples = await sourceSamples(service);

t.test('every operation', (t) =>
  badInputTest(
    t,
    service,
    sourceOperations.filter(({ access }) => access !== 'public'),
    samples,
    tables,
  ),
);

t.test('what is not signed is refused in the same way', async (t) => {
  const sample = { params: { sourceId: webhook.body.id }, body: letter({}) };
  const wrong: string[] = [];
  for (const bad of badCases(receiveInbound, sample)) {
    const { status } = await send(service.as('owner', { type: 'gateway' }), bad);
    if (status !== bad.status) wrong.push(`${bad.name}: ${status} instead of ${bad.status}`);
  }
  t.strictSame(wrong, []);
});

t.test('tenants are kept apart', async (t) => {
  const raw = letter({ body: 'twice' });
  for (const _ of [1, 2]) await owner.post('/v1/mail/messages', raw, rfc822);
  await service.query(
    "insert into webhook_signatures select tenant_id, id, '\\x01', now() from sources where id = $1",
    [webhook.body.id],
  );
  await isolationTest(t, service, [...tables, 'raw_messages']);
});
