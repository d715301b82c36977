import type { Outcome, Task } from './assignment.ts';
import { noKnowledge } from './knowledge.ts';
import { type PoolOptions, WorkerPool } from './pool.ts';
import type {
  Envelope,
  MessageKnowledge,
  ParsedMessage,
  ParseOptions,
  References,
  ScanKnowledge,
  ScanResult,
  TenantKnowledge,
} from './types.ts';
import { unscannable } from './unscannable.ts';

export type Parsed = { message: ParsedMessage; references: References } | { message: null; reason: string };

export interface ScanItem {
  message: ParsedMessage;
  knowledge: MessageKnowledge;
  envelope: Envelope;
}

/**
 * The scanner with its worker threads. What breaks or blocks them ends with a result all the same; it rejects only when it
 * is closed. Bytes stay the caller's; they must not change until the result is there.
 */
export interface Engine {
  /** Starts the threads that are to be kept (`PoolOptions.kept`), so that no mail waits for them. */
  warm(): void;
  parse(bytes: Uint8Array): Promise<Parsed>;
  scan(message: ParsedMessage, knowledge: ScanKnowledge, envelope?: Envelope): Promise<ScanResult>;
  /** Parses and judges in one go, when nothing has to be looked up in between. */
  examine(bytes: Uint8Array, knowledge?: ScanKnowledge, envelope?: Envelope): Promise<ScanResult>;
  /** As `parse`, for many messages at once; the results are in their order. */
  parseMany(raws: readonly Uint8Array[], options?: ParseOptions): Promise<Parsed[]>;
  /** As `scan`, for many messages of one tenant at once. */
  scanMany(items: readonly ScanItem[], tenant: TenantKnowledge): Promise<ScanResult[]>;
  close(): Promise<void>;
}

/** Fewer are not worth a second thread. */
const minShare = 4;

const parsed = (outcome: Outcome): Parsed =>
  'error' in outcome ? { message: null, reason: outcome.error } : (outcome.value as Parsed);

const scanned = (outcome: Outcome): ScanResult =>
  'error' in outcome ? unscannable(outcome.error) : (outcome.value as ScanResult);

const lost: Outcome = { error: 'it was lost' };

export function createEngine(options: PoolOptions = {}): Engine {
  const pool = new WorkerPool(options);

  /** In as many shares as there are threads, each in one round trip. */
  async function runAll(tasks: readonly Task[], tenant?: TenantKnowledge): Promise<Outcome[]> {
    const share = Math.max(minShare, Math.ceil(tasks.length / pool.size));
    const shares: Promise<Outcome[]>[] = [];
    for (let from = 0; from < tasks.length; from += share)
      shares.push(pool.run({ tasks: tasks.slice(from, from + share), ...(tenant && { tenant }) }));
    return (await Promise.all(shares)).flat();
  }

  const one = async (task: Task, tenant?: TenantKnowledge) => (await runAll([task], tenant))[0] ?? lost;
  const toParse = (bytes: Uint8Array, options: ParseOptions = {}): Task => ({
    kind: 'parse',
    bytes,
    options,
  });

  return {
    warm: () => pool.warm(),
    parse: async (bytes) => parsed(await one(toParse(bytes))),
    scan: async (message, { tenant, message: knowledge }, envelope = {}) =>
      scanned(await one({ kind: 'scan', message, knowledge, envelope }, tenant)),
    examine: async (bytes, { tenant, message: knowledge } = noKnowledge, envelope = {}) =>
      scanned(await one({ kind: 'examine', bytes, knowledge, envelope }, tenant)),
    parseMany: async (raws, options) =>
      (await runAll(raws.map((bytes) => toParse(bytes, options)))).map(parsed),
    scanMany: async (items, tenant) =>
      (
        await runAll(
          items.map((item): Task => ({ kind: 'scan', ...item })),
          tenant,
        )
      ).map(scanned),
    close: () => pool.close(),
  };
}
