import { type PoolOptions, TaskFailed, WorkerPool } from './pool.ts';
import { unscannable } from './scan.ts';
import type { Envelope, ParsedMessage, References, ScanKnowledge, ScanResult } from './types.ts';

export type Parsed = { message: ParsedMessage; references: References } | { message: null; reason: string };

/** The scanner with its worker threads. What breaks or blocks them ends with a result all the same. */
export interface Engine {
  /** Takes the bytes over: they cannot be read afterwards. */
  parse(bytes: Uint8Array): Promise<Parsed>;
  scan(message: ParsedMessage, knowledge: ScanKnowledge, envelope?: Envelope): Promise<ScanResult>;
  close(): Promise<void>;
}

export function createEngine(options: PoolOptions = {}): Engine {
  const pool = new WorkerPool(options);
  return {
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
    close: () => pool.close(),
  };
}
