import type { Changes, ServiceName } from '@stockade/contracts';
import type { UpstreamAnswer } from './exchange.ts';

export interface Question {
  service: ServiceName;
  tenantId: string;
  /** Null: the answer is the same for all of the tenant. */
  personId: string | null;
  /** With its query. */
  path: string;
}

/** A whole answer: several callers may get it. */
interface WholeAnswer extends UpstreamAnswer {
  body: Buffer;
}

interface Kept {
  answer: WholeAnswer;
  /** When the service gave it, in milliseconds since the epoch. */
  at: number;
  /** The number of the last change that it may have seen. */
  change: number;
}

interface UnderWay {
  answer: Promise<UpstreamAnswer>;
  change: number;
}

export interface Found {
  answer: UpstreamAnswer;
  /** `service`: it was asked; `kept`: it would say the same; `stale`: it cannot be asked, and said this last. */
  from: 'service' | 'kept' | 'stale';
  /** Since the service gave it. */
  ageSeconds: number;
}

/** An answer is given again for so long, though nothing was heard of a change. */
const freshMs = 2_000;
/** An answer is kept for so long for when its service cannot be asked. */
const staleMs = 600_000;
const maxBytes = 32 * 1024 * 1024;
/** What an entry takes besides its body. */
const overheadBytes = 2_048;
const maxChanges = 10_000;

const keyOf = ({ service, tenantId, personId, path }: Question) =>
  `${service} ${tenantId} ${personId ?? ''} ${path}`;

const isWhole = (answer: UpstreamAnswer): answer is WholeAnswer => Buffer.isBuffer(answer.body);
const bytesOf = ({ answer }: Kept) => answer.body.length + overheadBytes;

/**
 * Answers that many ask for, for seconds. Many who ask the same at once ask once. Whoever made a change reads it: an answer
 * that was asked for before a change that is known here is given to nobody afterwards. While changes cannot be heard the
 * service is asked every time. Bounded: what was not used for the longest time goes first.
 */
export class KeptAnswers {
  /** The last used stand last. */
  readonly #kept = new Map<string, Kept>();
  readonly #underWay = new Map<string, UnderWay>();
  /** The number of the last change, by service and tenant; that of a whole service by its name alone. */
  readonly #changes = new Map<string, number>();
  readonly #now: () => number;
  #change = 0;
  /** Something changed for everybody, or was forgotten. */
  #changeOfAll = 0;
  #bytes = 0;
  #hearing = false;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Whether changes are heard. Meanwhile anything may have changed. */
  setHearing(hearing: boolean): void {
    this.#hearing = hearing;
    this.#changeOfAll = ++this.#change;
  }

  noteChange({ service, tenantIds }: Changes): void {
    this.#change++;
    if (this.#changes.size >= maxChanges) {
      this.#changes.clear();
      this.#changeOfAll = this.#change;
    }
    const whose = tenantIds === null ? [service] : tenantIds.map((tenantId) => `${service} ${tenantId}`);
    for (const one of whose) this.#changes.set(one, this.#change);
  }

  /** From what is kept, else by `ask`, or together with somebody who is asking already. */
  async get(question: Question, ask: () => Promise<UpstreamAnswer>): Promise<Found> {
    const key = keyOf(question);
    const change = this.#lastChange(question);
    const kept = this.#kept.get(key);
    if (kept && this.#isFresh(kept, change)) return this.#found(key, kept, 'kept');
    const running = this.#underWay.get(key);
    if (running?.change === change) {
      const answer = await running.answer;
      // A stream has one reader: the others ask for themselves.
      return { answer: isWhole(answer) ? answer : await ask(), from: 'service', ageSeconds: 0 };
    }
    const underWay = { answer: ask(), change };
    this.#underWay.set(key, underWay);
    try {
      const answer = await underWay.answer;
      if (isWhole(answer) && answer.statusCode === 200) this.#keep(key, { answer, at: this.#now(), change });
      return { answer, from: 'service', ageSeconds: 0 };
    } finally {
      if (this.#underWay.get(key) === underWay) this.#underWay.delete(key);
    }
  }

  /** What the service said last, for when it cannot be asked; null when that is too long ago. */
  stale(question: Question): Found | null {
    const key = keyOf(question);
    const kept = this.#kept.get(key);
    return kept && this.#now() - kept.at <= staleMs ? this.#found(key, kept, 'stale') : null;
  }

  #isFresh({ at, change }: Kept, lastChange: number): boolean {
    const age = this.#now() - at;
    return this.#hearing && change === lastChange && age >= 0 && age <= freshMs;
  }

  #lastChange({ service, tenantId }: Question): number {
    return Math.max(
      this.#changeOfAll,
      this.#changes.get(service) ?? 0,
      this.#changes.get(`${service} ${tenantId}`) ?? 0,
    );
  }

  #found(key: string, kept: Kept, from: Found['from']): Found {
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    return {
      answer: kept.answer,
      from,
      ageSeconds: Math.max(0, Math.floor((this.#now() - kept.at) / 1_000)),
    };
  }

  #keep(key: string, kept: Kept): void {
    const before = this.#kept.get(key);
    // An older one that took longer does not replace it.
    if (before && before.change > kept.change) return;
    this.#drop(key);
    this.#kept.set(key, kept);
    this.#bytes += bytesOf(kept);
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes <= maxBytes) break;
      this.#drop(oldest);
    }
  }

  #drop(key: string): void {
    const kept = this.#kept.get(key);
    if (kept) this.#bytes -= bytesOf(kept);
    this.#kept.delete(key);
  }
}
