import { clamdAddress } from './address.ts';
import { ClamdError, scanStream } from './clamd.ts';
import { Places } from './places.ts';

export interface AntivirusConfig {
  /** `CLAMD_URL`; null: there is no antivirus daemon. */
  url: string | null;
  /** Of one file or message; larger ones are not sent. clamd's own StreamMaxLength is 100 MB unless set otherwise. */
  maxBytes?: number;
  timeoutMs?: number;
  maxConnections?: number;
  maxWaiting?: number;
  /** How long it is left alone after a failure. */
  restMs?: number;
}

export interface AntivirusState {
  /** `off`: not configured. `unknown`: not asked yet. */
  status: 'off' | 'unknown' | 'up' | 'down';
  /** Of the last failure, until the next success. */
  reason: string | null;
  /** Since when that is so (RFC 3339); null: from the start. */
  since: string | null;
  asked: number;
  found: number;
  /** Questions that got no answer, or were not asked because of an outage, the size or too many at once. */
  unanswered: number;
}

/** Names of viruses by SHA-256, or by `message` for a whole mail: what goes into MessageKnowledge.viruses. */
export type Viruses = Record<string, string>;

/**
 * An antivirus daemon beside the engine. It never fails a scan: when it cannot be asked the answer is null ("not asked"),
 * and its state tells why. For mails `scanMessage` is enough: clamd unpacks MIME, archives and documents by itself.
 */
export interface Antivirus {
  scan(files: readonly { sha256: string; bytes: Uint8Array }[]): Promise<Viruses | null>;
  scanMessage(raw: Uint8Array): Promise<Viruses | null>;
  state(): AntivirusState;
  close(): void;
}

const defaults = {
  maxBytes: 26 * 1024 * 1024,
  timeoutMs: 10_000,
  maxConnections: 4,
  maxWaiting: 100,
  restMs: 5_000,
};

/** The client of the configured daemon. Throws when the address is none. */
export function createAntivirus(config: AntivirusConfig): Antivirus {
  const { maxBytes, timeoutMs, maxConnections, maxWaiting, restMs } = { ...defaults, ...config };
  const address = config.url === null ? null : clamdAddress(config.url);
  const places = new Places(maxConnections, maxWaiting);
  const closing = new AbortController();
  const state: AntivirusState = {
    ...{ status: address ? 'unknown' : 'off', reason: null, since: null },
    ...{ asked: 0, found: 0, unanswered: 0 },
  };
  let restsUntil = 0;

  const tell = (status: 'up' | 'down', reason: string | null) => {
    if (state.status !== status) state.since = new Date().toISOString();
    state.status = status;
    state.reason = reason;
  };

  /** The name, `null` for none, `undefined` when it was not asked or did not answer. */
  async function ask(bytes: Uint8Array): Promise<string | null | undefined> {
    if (!address || closing.signal.aborted) return undefined;
    const answer = await places.take(async () => {
      if (bytes.length > maxBytes || performance.now() < restsUntil) return null;
      state.asked++;
      try {
        const name = await scanStream(address, bytes, { timeoutMs, signal: closing.signal });
        tell('up', null);
        if (name !== null) state.found++;
        return { name };
      } catch (error) {
        const answered = error instanceof ClamdError && error.answered;
        if (!answered) restsUntil = performance.now() + restMs;
        tell(answered ? 'up' : 'down', (error as Error).message);
        return null;
      }
    });
    if (!answer) state.unanswered++;
    return answer?.name;
  }

  async function scan(files: readonly { sha256: string; bytes: Uint8Array }[]): Promise<Viruses | null> {
    const answers = await Promise.all(files.map(({ bytes }) => ask(bytes)));
    const viruses: Viruses = {};
    for (const [index, name] of answers.entries()) {
      const key = files[index]?.sha256;
      if (name && key !== undefined) viruses[key] = name;
    }
    // What was found counts even when another file got no answer; "nothing found" needs all of them.
    return Object.keys(viruses).length > 0 || !answers.includes(undefined) ? viruses : null;
  }

  return {
    scan,
    scanMessage: (raw) => scan([{ sha256: 'message', bytes: raw }]),
    state: () => ({ ...state }),
    close: () => closing.abort(),
  };
}
