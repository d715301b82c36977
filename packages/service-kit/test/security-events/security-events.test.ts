import { setTimeout as delay } from 'node:timers/promises';
import {
  auditEntryRecorded,
  type EventEnvelope,
  EventHead,
  platformTenantId,
  securityEvents,
} from '@stockade/contracts';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import t from 'tap';
import { Value } from 'typebox/value';
import { createSecurityEvents, type SecurityEventInput } from '../../src/security-events.ts';

const settings = {
  ...{ SECURITY_EVENTS_MAX: 200, SECURITY_EVENTS_PER_SOURCE: 10, SECURITY_EVENTS_WINDOW_SECONDS: 3_600 },
};
const refusedFrom = (ip: string): SecurityEventInput => ({
  ...{ type: 'gateway.credential.refused', tenantId: null, actor: null, ip },
  ...{ route: 'GET /v1/x', requestId: 'r', traceparent: null },
});

function open(store: (events: EventEnvelope[]) => Promise<void>) {
  const lines: Record<string, unknown>[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  const registry = new Registry();
  const events = createSecurityEvents({ settings, log, registry, store });
  const told = () => lines.filter(({ msg }) => msg === 'security-event');
  return { events, registry, lines: told, all: lines };
}

async function eventually(what: string, ask: () => boolean): Promise<void> {
  for (let tries = 0; !ask(); tries++) {
    if (tries > 400) throw new Error(`Not within ten seconds: ${what}`);
    await delay(25);
  }
}

interface Payload {
  action: string;
  changes: Record<string, { after: unknown }>;
}
const countOf = ({ payload }: EventEnvelope) => Number((payload as Payload).changes.count?.after ?? 1);
const sum = (events: EventEnvelope[]) => events.reduce((total, event) => total + countOf(event), 0);

t.test('a burst of 20,000 refusals from as many addresses', async (t) => {
  const stored: EventEnvelope[] = [];
  const { events, registry, lines } = open(async (batch) => void stored.push(...batch));
  for (let n = 0; n < 20_000; n++) events.note(refusedFrom(`10.9.${n >> 8}.${n & 255}`));
  await events.close();
  t.ok(stored.length <= settings.SECURITY_EVENTS_MAX, `${stored.length} entries`);
  t.equal(lines().length, stored.length);
  t.equal(sum(stored), 20_000);
  t.equal(
    lines().reduce((total, { count = 1 }) => total + Number(count), 0),
    20_000,
  );
  t.equal(new Set(stored.map(({ id }) => id)).size, stored.length);
  t.match(
    await registry.metrics(),
    'stockade_security_events_total{type="gateway.credential.refused",severity="notice"} 20000',
  );
});

t.test(
  'while the database is away: bounded, written down once it is back, what was lost is told',
  async (t) => {
    const stored: EventEnvelope[] = [];
    let away = true;
    const { events, all } = open(async (batch) => {
      if (away) throw new Error('away');
      stored.push(...batch);
    });
    let noted = 0;
    for (let window = 0; window < 50; window++) {
      for (let n = 0; n < 1_000; n++, noted++) events.note(refusedFrom(`10.${window}.${n >> 8}.${n & 255}`));
      events.summarize();
    }
    await eventually('it says so', () => all.some(({ msg }) => /cannot be written down/.test(String(msg))));
    away = false;
    await eventually('what waited is written', () => stored.length >= 2_000);
    t.equal(stored.length, 2_000, 'no more than that was kept');
    events.summarize();
    await events.close();
    const late = stored.filter(({ payload }) => (payload as Payload).changes.late?.after === true);
    t.equal(late.length, 1);
    t.equal(late[0]?.tenantId, platformTenantId);
    t.equal(sum(stored), noted, 'none is forgotten');
    t.equal(all.filter(({ msg }) => /cannot be written down/.test(String(msg))).length, 1, 'said once');
  },
);

t.test('a batch that failed comes again as it was', async (t) => {
  const batches: string[][] = [];
  const { events } = open(async (batch) => {
    batches.push(batch.map(({ id }) => id));
    if (batches.length === 1) {
      events.note(refusedFrom('192.0.2.2'));
      throw new Error('committed, but nobody heard');
    }
  });
  events.note(refusedFrom('192.0.2.1'));
  await eventually('both are written', () => batches.length === 3);
  t.strictSame(batches[1], batches[0]);
  t.equal(batches[2]?.length, 1);
  await events.close();
});

t.test('closing waits for no dead database', async (t) => {
  const { events } = open(() => new Promise(() => {}));
  events.note(refusedFrom('192.0.2.1'));
  const before = performance.now();
  await events.close();
  t.ok(performance.now() - before < 4_000);
});

t.test('every event fits the contract of audit entries', async (t) => {
  for (const [type, { recorded }] of Object.entries(securityEvents)) {
    t.match(type, /^[a-z-]+\.[a-z-]+\.[a-z-]+$/);
    if (recorded !== 'sampled') continue;
    const stored: EventEnvelope[] = [];
    const { events } = open(async (batch) => void stored.push(...batch));
    for (const ip of [...Array(12).fill('2001:db8::1'), null])
      events.note({ ...refusedFrom(''), type: type as SecurityEventInput['type'], ip });
    await events.close();
    t.equal(sum(stored), 13);
    for (const event of stored)
      t.ok(Value.Check(EventHead, event) && Value.Check(auditEntryRecorded.payload, event.payload), type);
  }
});
