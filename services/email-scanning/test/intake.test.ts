import { eventually } from '@stockade/testing';
import t from 'tap';
import { createBacklog } from '../src/messages/intake.ts';
import type { RawStore } from '../src/storage/raw-store.ts';
import { letter, rfc822, scanAccepted, start } from './service.ts';

t.test('more than can be scanned soon is turned away, for the tenant that sends it', async (t) => {
  const service = await start(t);
  const { systemDb, log } = service.service;
  const backlog = createBacklog({ tenantMax: 3, allMax: 8 });
  const closers: (() => unknown)[] = [];
  backlog.start({ systemDb, log, onShutdown: (close) => void closers.push(close) });
  t.teardown(() => Promise.all(closers.map((close) => close())));
  const stored: string[] = [];
  const raws: RawStore = {
    put: async (tenantId) => {
      stored.push(tenantId);
      return { message_id: 'x', codec: 'zstd', body: null, key_id: null, object_name: null };
    },
    get: async () => Buffer.alloc(0),
    discard: async () => {},
  };
  const urgent = backlog.urgent(raws);
  const caller = service.as('operator');
  const ids: string[] = [];
  for (const body of ['one', 'two', 'three'])
    ids.push((await caller.post('/v1/mail/messages', letter({ body }), rfc822)).body.id);

  // One of its own makes it look; what others stored counts as well.
  await urgent.put(service.tenantId, Buffer.alloc(1));
  await eventually('it is full', () =>
    urgent.put(service.tenantId, Buffer.alloc(1)).then(
      () => false,
      (error) => error.code === 'SERVICE_UNAVAILABLE' && error.retryAfter > 0,
    ),
  );
  const before = stored.length;
  await t.rejects(urgent.put(service.tenantId, Buffer.alloc(1)), { code: 'SERVICE_UNAVAILABLE' });
  t.equal(stored.length, before, 'nothing is stored of what is turned away');
  await urgent.put('another tenant', Buffer.alloc(1));
  t.equal(stored.at(-1), 'another tenant', 'others have room');

  const waiting = backlog.patient(raws).put(service.tenantId, Buffer.alloc(1));
  for (const id of ids) await scanAccepted(service, id);
  await waiting;
  await urgent.put(service.tenantId, Buffer.alloc(1));
  t.pass('room again once the verdicts are there');
});
