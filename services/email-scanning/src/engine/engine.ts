import { type PoolOptions, TaskFailed, WorkerPool } from './pool.ts';
import { unscannable } from './scan.ts';
import type {
  Envelope,
  MessageKnowledge,
  ParsedMessage,
  References,
  ScanKnowledge,
  ScanResult,
  TenantKnowledge,
} from './types.ts';

export type Parsed = { message: ParsedMessage; references: References } | { message: null; reason: string };

/** The scanner with its worker threads. What breaks or blocks them ends with a result all the same. */
export interface Engine {
  /** Takes the bytes over: they cannot be read afterwards. */
  parse(bytes: Uint8Array): Promise<Parsed>;
  scan(message: ParsedMessage, knowledge: ScanKnowledge, envelope?: Envelope): Promise<ScanResult>;
  /** As `parse`, for many messages at once; the results are in their order. */
  parseMany(raws: readonly Uint8Array[]): Promise<Parsed[]>;
  /** As `scan`, for many messages of one tenant at once. */
  scanMany(items: readonly ScanItem[], tenant: TenantKnowledge): Promise<ScanResult[]>;
  close(): Promise<void>;
}

export interface ScanItem {
  message: ParsedMessage;
  knowledge: MessageKnowledge;
  envelope: Envelope;
}

export function createEngine(options: PoolOptions = {}): Engine {
  const pool = new WorkerPool(options);
  const engine: Engine = {
    async parse(bytes) {
      // A copy of its own: small buffers share their memory with others, which must not go along.
      const own = new Uint8Array(bytes);
      try {
        return await pool.run<Parsed>({ kind: 'parse', bytes: own }, [own.buffer]);
      } catch (error) {
        if (error instanceof TaskFailed) return { message: null, reason: error.message };
        throw error;
      }
    },
    async scan(message, knowledge, envelope = {}) {
      try {
        return await pool.run<ScanResult>({ kind: 'scan', message, knowledge, envelope });
      } catch (error) {
        if (error instanceof TaskFailed) return unscannable(error.message);
        throw error;
      }
    },
    parseMany: (raws) => Promise.all(raws.map((raw) => engine.parse(raw))),
    scanMany: (items, tenant) =>
      Promise.all(
        items.map(({ message, knowledge, envelope }) =>
          engine.scan(message, { tenant, message: knowledge }, envelope),
        ),
      ),
    close: () => pool.close(),
  };
  return engine;
}
