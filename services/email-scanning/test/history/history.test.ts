import { newId } from '@stockade/database';
import t from 'tap';
import { forgetSenders } from '../../src/history/queries.ts';
import { start } from '../service.ts';

t.test('senders who have not written for over a year are forgotten', async (t) => {
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
  // As the task does it: with the rights of the service's system role.
  await forgetSenders(service.service.systemDb);
  const left = await service.query('select value from email_scanning.senders order by value');
  t.strictSame(left, [{ value: 'last-year.example' }, { value: 'today.example' }]);
});
