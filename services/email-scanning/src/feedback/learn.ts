import { setImmediate as nextTurn } from 'node:timers/promises';
import { inTenant } from '@stockade/database';
import { SealError } from '@stockade/secrets';
import type { Service, Task } from '@stockade/service-kit';
import type { Adaptation } from '../engine/types.ts';
import { findRaw } from '../messages/queries.ts';
import type { Scanner } from '../scanning/scanner.ts';
import { DamagedRaw } from '../storage/raw-store.ts';
import type { EmailScanningDb } from '../tables.ts';
import * as queries from './adaptation-queries.ts';

/** Loaded when somebody has something to learn: the classifier works in threads otherwise. */
const loadEngine = () => import('../engine/index.ts');

/** So many lessons make a tenant's adaptation: the newest. */
const maxLessons = 500;
/** Words of one message that are kept for learning. */
const maxWords = 3_000;
const maxStructure = 500;
/** A lesson takes milliseconds: after so many of them the process does something else first. */
const lessonsInTurn = 2;

type Learning = Pick<Service<EmailScanningDb>, 'db' | 'systemDb' | 'log'>;

/** Null for bytes that are damaged: they will not be better the next time. */
async function readable(raw: Promise<Buffer>): Promise<Buffer | null> {
  return raw.catch((error) => {
    if (error instanceof DamagedRaw || error instanceof SealError) return null;
    throw error;
  });
}

/** The message as the classifier sees it, parsed in a thread; a message that nobody can read teaches nothing. */
async function readFeatures(
  { db }: Learning,
  { engine, raws }: Pick<Scanner, 'engine' | 'raws'>,
  { tenantId, messageId }: { tenantId: string; messageId: string },
) {
  const stored = await inTenant(db, tenantId, (trx) => findRaw(trx, messageId), { readOnly: true });
  const raw = stored && (await readable(raws.get(stored)));
  const parsed = raw && (await engine.parse(raw));
  if (!parsed?.message) return { words: [], structure: [] };
  const { featuresOf, read } = await loadEngine();
  const { words, structure } = featuresOf(parsed.message, read(parsed.message));
  return {
    words: [...words.subarray(0, maxWords)],
    structure: [...structure.subarray(0, maxStructure)],
  };
}

async function adaptationOf(lessons: readonly queries.Lesson[]): Promise<Adaptation> {
  const { learn } = await loadEngine();
  let adaptation: Adaptation | null = null;
  for (const [at, { verdict, features }] of lessons.entries()) {
    if (features && features.words.length + features.structure.length > 0)
      adaptation = learn(adaptation, features, verdict === 'clean' ? 'clean' : 'unwanted');
    if (at % lessonsInTurn === 0) await nextTurn();
  }
  return adaptation ?? { bias: 0, weights: {} };
}

/**
 * Makes a tenant's adaptation anew from what its people say today: who changed their mind has never said anything else.
 * Nothing is locked while this takes its time; of two who do it at once, what is made of the newer feedback stays.
 */
export async function teach(
  service: Learning,
  scanner: Pick<Scanner, 'engine' | 'raws'>,
  tenantId: string,
): Promise<void> {
  const { db } = service;
  const readAll = () =>
    inTenant(db, tenantId, (trx) => queries.readLessons(trx, maxLessons), { readOnly: true });
  for (const { id, messageId } of (await readAll()).lessons.filter(({ features }) => features === null)) {
    const features = await readFeatures(service, scanner, { tenantId, messageId });
    await inTenant(db, tenantId, (trx) => queries.storeFeatures(trx, id, features));
  }
  const { revision, lessons } = await readAll();
  const adaptation = await adaptationOf(lessons);
  await inTenant(db, tenantId, (trx) => queries.storeAdaptation(trx, adaptation, revision));
}

/** Teaches what is to be learnt; a tenant for whom it fails keeps nobody else from learning. */
export async function teachAll(
  service: Learning,
  scanner: Pick<Scanner, 'engine' | 'raws'>,
  signal?: AbortSignal,
): Promise<void> {
  for (const tenantId of await queries.tenantsToTeach(service.systemDb)) {
    if (signal?.aborted) return;
    await teach(service, scanner, tenantId).catch((error) =>
      service.log.error({ err: error, tenantId }, 'Feedback could not be learnt from; it is tried again'),
    );
  }
}

export const learningTask = (scanner: Pick<Scanner, 'engine' | 'raws'>): Task<EmailScanningDb> => ({
  name: 'learn-from-feedback',
  // Five hundred lessons take seconds: what people say within these is learnt in one go.
  everyMs: 10_000,
  run: (service, signal) => teachAll(service, scanner, signal),
});
