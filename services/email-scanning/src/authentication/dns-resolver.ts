import { Resolver as NodeResolver } from 'node:dns/promises';
import { registrable } from '../engine/domains.ts';
import { isAbsence, LookupError, type RecordType, type Resolver } from './resolver.ts';

export interface DnsOptions {
  /** `192.0.2.1`, `192.0.2.1:5353`; none: those of the machine. */
  servers?: readonly string[];
  /** For one question, all tries together. */
  timeoutMs?: number;
  /** How long an answer is kept; one that says that there is nothing; and that nobody answered. */
  answerMs?: number;
  absenceMs?: number;
  outageMs?: number;
  now?: () => number;
}

interface Entry {
  until: number;
  answer: Promise<unknown[]>;
}

const maxEntries = 10_000;
/** So many domains in a row of which nobody answers are an outage of ours, not of theirs. One alone may be made to be silent. */
const outageFrom = 5;
/** What our own side says at once, without asking anybody. */
const unreachable = new Set(['ECONNREFUSED', 'ENETUNREACH', 'EHOSTUNREACH', 'ENONAME']);

const codeOf = (error: unknown) => (error as { code?: string }).code ?? 'EUNKNOWN';

/** Asks DNS servers, each question once in a while, and nobody for a while when none of them answers. */
export function dnsResolver(options: DnsOptions = {}): Resolver {
  const { servers = [], timeoutMs = 800, now = Date.now } = options;
  const { answerMs = 300_000, absenceMs = 60_000, outageMs = 30_000 } = options;
  const asked = new NodeResolver({ timeout: Math.ceil(timeoutMs / 2), tries: 2, maxTimeout: timeoutMs });
  if (servers.length > 0) asked.setServers(servers);
  const cache = new Map<string, Entry>();
  const silent = new Set<string>();
  let outUntil = 0;

  function failed(name: string, code: string) {
    silent.add(registrable(name) ?? name);
    if (!unreachable.has(code) && silent.size < outageFrom) return;
    outUntil = now() + outageMs;
    silent.clear();
  }

  async function ask(key: string, name: string, type: RecordType): Promise<unknown[]> {
    const keep = (forMs: number) => {
      const entry = cache.get(key);
      if (entry) entry.until = now() + forMs;
    };
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new LookupError('ETIMEOUT')), timeoutMs);
      timer.unref();
    });
    try {
      const answer = (await Promise.race([asked.resolve(name, type), late])) as unknown[];
      silent.clear();
      keep(answerMs);
      return answer;
    } catch (error) {
      const code = codeOf(error);
      if (isAbsence(code)) {
        silent.clear();
        keep(absenceMs);
      } else {
        keep(outageMs);
        failed(name, code);
      }
      throw new LookupError(code, `${code}: ${type} of ${name}`);
    } finally {
      clearTimeout(timer);
    }
  }

  function remember(key: string, answer: Promise<unknown[]>) {
    cache.delete(key);
    // Oldest first: a map keeps the order of insertion.
    for (const oldest of cache.keys()) {
      if (cache.size < maxEntries) break;
      cache.delete(oldest);
    }
    // Until it is answered, those who ask the same wait for the same answer.
    cache.set(key, { until: Number.POSITIVE_INFINITY, answer });
  }

  return {
    resolve(name, type) {
      const key = `${type} ${name.toLowerCase()}`;
      const known = cache.get(key);
      if (known && known.until > now()) return known.answer;
      if (outUntil > now()) return Promise.reject(new LookupError('ETIMEOUT', 'no DNS server answers'));
      const answer = Promise.resolve().then(() => ask(key, name, type));
      remember(key, answer);
      return answer;
    },
    get out() {
      return outUntil > now();
    },
    close: () => asked.cancel(),
  };
}
