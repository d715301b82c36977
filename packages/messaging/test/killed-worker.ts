// Started by a test, which kills it in the middle of a job: DATABASE_URL is the app role's, QUEUE_URL the system
// role's; it says `working` when its handler has begun, and ends that after ENDS_AFTER_MS, or never by itself.
import { setTimeout as delay } from 'node:timers/promises';
import { goodsReceived } from '@stockade/contracts';
import { createDatabase } from '@stockade/database';
import { consumer, createQueueBackend, on, startConsumers } from '../src/index.ts';
import { log, type Tables } from './setup.ts';

const { DATABASE_URL = '', QUEUE_URL = '', REDIS_URL, ENDS_AFTER_MS } = process.env;
const { db } = createDatabase<Tables>({ url: DATABASE_URL, applicationName: 'killed' });
const backend = await createQueueBackend({
  directUrl: QUEUE_URL,
  redisUrl: REDIS_URL,
  applicationName: 'killed',
  log,
});
const stuck = on<Tables, typeof goodsReceived.payload>(goodsReceived, async (work, event) => {
  await work.trx
    .insertInto('effects')
    .values({ tenant_id: work.tenantId, event_id: event.id, note: 'half done' })
    .execute();
  process.stdout.write('working\n');
  if (ENDS_AFTER_MS) await delay(Number(ENDS_AFTER_MS));
  else await new Promise(() => {});
});
await startConsumers({ db, backend, log, consumers: [consumer<Tables>('inventory', [stuck])] });
