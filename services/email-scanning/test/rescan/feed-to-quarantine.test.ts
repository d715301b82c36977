import { rescanRequested } from '@stockade/contracts';
import t from 'tap';
import { findMessages, requestScans } from '../../src/rescan/tasks.ts';
import { addFeed, refreshAll, upload } from '../feeds/refreshing.ts';
import { letter, sendAndScan, start } from '../service.ts';

const mail = (link: string) =>
  letter({ from: 'Somebody <somebody@unknown.example>', body: `The document: ${link}` });

t.test('from a feed to the quarantine', async (t) => {
  const service = await start(t);
  const manager = service.as('manager');
  const read = async (id: string) => (await manager.get(`/v1/mail/messages/${id}`)).body;
  const feed = await addFeed(manager, { name: 'URLs', format: 'url-list' });
  const bad = 'https://files.evil-1.example/a.zip';

  t.test('old mail that a feed comes to know is found and kept back', async (t) => {
    const old = await sendAndScan(service, mail(`${bad}?id=7`));
    const other = await sendAndScan(service, mail('https://files.good.example/a.zip'));
    t.match(old, { verdict: 'clean', disposition: 'delivered' });
    await upload(manager, feed, `${bad}\n`);
    await refreshAll(service);
    await findMessages(service.service, { settle: 0 });
    await requestScans(service.service);
    const requests = await service.outbox(rescanRequested.type);
    t.strictSame(
      requests.map(({ payload }) => payload),
      [{ messageId: old.id, reason: 'feed' }],
    );
    for (const { id, payload } of requests) await service.consume(rescanRequested, payload, { id });
    const after = await read(old.id);
    t.match(after, { verdict: 'malicious', disposition: 'quarantined' });
    t.match(after.findings[0], { technique: 'known-threat', evidence: { feed: 'URLs' } });
    t.match(await read(other.id), { verdict: 'clean', version: other.version });
  });

  t.test('new mail is judged by it at once', async (t) => {
    t.match(await sendAndScan(service, mail(`http://files.EVIL-1.example:80/a.zip#x`)), {
      verdict: 'malicious',
      disposition: 'quarantined',
    });
  });

  t.test('lists and policy rule from the next mail on', async (t) => {
    const from = letter({ from: 'Ann <ann@blocked.example>', body: 'Harmless' });
    t.match(await sendAndScan(service, from), { verdict: 'clean' });
    await manager.post('/v1/mail/lists', { effect: 'block', kind: 'domain', value: 'blocked.example' });
    t.match(await sendAndScan(service, from.replace('Harmless', 'Harmless again')), {
      verdict: 'malicious',
      disposition: 'quarantined',
    });
  });
});
