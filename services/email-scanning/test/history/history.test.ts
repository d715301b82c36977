import { newId } from '@stockade/database';
import t from 'tap';
import { forgetHistory } from '../../src/history/queries.ts';
import { start } from '../service.ts';

t.test('who has not written for over a year is forgotten, and what was sent as long ago', async (t) => {
  const service = await start(t);
  const other = newId();
  const seen: [string, string, number][] = [
    [service.tenantId, 'long-ago.example', 401],
    [other, 'long-ago.example', 1_000],
    [service.tenantId, 'last-year.example', 400],
    [service.tenantId, 'today.example', 0],
  ];
  for (const [tenantId, domain, daysAgo] of seen)
    await service.query(
      `insert into email_scanning.senders (tenant_id, kind, value, clean_messages, last_seen_on)
       values ($1, 'domain', $2, 3, current_date - $3::int)`,
      [tenantId, domain, daysAgo],
    );
  for (const daysAgo of [399, 401])
    await service.query(
      `insert into email_scanning.sent_messages (tenant_id, message_id_hash, purchase_order_id, supplier_id, sent_at)
       values ($1, decode($2, 'hex'), $1, $1, now() - make_interval(days => $3))`,
      [service.tenantId, String(daysAgo).padStart(4, '0'), daysAgo],
    );
  // As the task does it: with the rights of the service's system role.
  await forgetHistory(service.service.systemDb);
  const sent = await service.query(
    "select encode(message_id_hash, 'hex') as hash from email_scanning.sent_messages",
  );
  t.strictSame(sent, [{ hash: '0399' }]);
  const left = await service.query('select value from email_scanning.senders order by value');
  t.strictSame(left, [{ value: 'last-year.example' }, { value: 'today.example' }]);
});
