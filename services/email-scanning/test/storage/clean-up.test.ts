import t from 'tap';
import { letter, sendAndScan, start } from '../service.ts';

const { signal } = new AbortController();

t.test('raw mail is kept for MAIL_RAW_DAYS', async (t) => {
  const service = await start(t, { MAIL_RAW_DAYS: 60 });
  const owner = service.as('owner');
  const old = await sendAndScan(service, letter({ subject: 'Old' }));
  const young = await sendAndScan(service, letter({ subject: 'Young' }));
  const cleanUp = service.cleanUps.find(({ name }) => name === 'old-raw-mail');
  const age = (id: string, days: number) =>
    service.query(
      'update raw_messages set stored_at = now() - make_interval(days => $2) where message_id = $1',
      [id, days],
    );
  await age(old.id, 61);
  await age(young.id, 59);
  t.equal(await cleanUp?.run(service.service, signal), 1);
  t.equal(await cleanUp?.run(service.service, signal), 0);

  t.test('the bytes are gone, what was found in them stays', async (t) => {
    t.equal((await owner.get(`/v1/mail/messages/${old.id}/raw`)).status, 404);
    t.strictSame((await owner.get(`/v1/mail/messages/${old.id}`)).body, old);
    t.equal((await owner.get(`/v1/mail/messages/${young.id}/raw`)).status, 200);
  });

  t.test('it is not scanned again', async (t) => {
    t.equal((await owner.post(`/v1/mail/messages/${old.id}/rescan`)).status, 409);
    t.equal((await owner.post(`/v1/mail/messages/${young.id}/rescan`)).status, 202);
  });

  t.test('nobody removes what is younger than a month, whatever the setting', async (t) => {
    await age(young.id, 29);
    const { rows } = await (await import('kysely'))
      .sql`delete from raw_messages returning message_id`.execute(service.service.systemDb);
    t.equal(rows.length, 0);
  });
});
