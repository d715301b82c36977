import { setTimeout as delay } from 'node:timers/promises';
import type { Journal } from './journal.ts';
import { Random } from './random.ts';
import type { Effect } from './records.ts';

// biome-ignore lint/suspicious/noExplicitAny: clients read many shapes; the API's schemas describe them
export type Body = any;

export interface Answer {
  status: number;
  body: Body;
  headers: Headers;
}

/** Who calls: what its requests carry. */
export type Credentials = Readonly<Record<string, string>>;

export interface Change {
  path: string;
  method?: 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  body?: unknown;
  headers?: Credentials;
  /** As somebody else than the client. */
  as?: Credentials;
  /** Without an Idempotency-Key, for what takes none. */
  keyless?: boolean;
  /** Codes of refusals that can come of what others do at the same time; any other refusal is a finding. */
  mayBeRefused?: readonly string[];
  /** What it did, by its answer. */
  effect?: (body: Body) => Effect;
}

/** What all clients of a run share. */
export interface Traffic {
  readonly url: string;
  readonly seed: number;
  readonly journal: Journal;
  /** No new work is begun. */
  over(): boolean;
  /** Calls without an answer are not repeated any more. */
  gaveUp(): boolean;
  /** Calls whose refusal may not be the last word: asked again when all is quiet. */
  readonly doubtful: (() => Promise<void>)[];
}

/** Above the gateway's own limit of 30 s: it answers first. */
const timeoutMs = 45_000;
/** So often a call is sent twice at once with the same key, as impatient networks do. */
const twiceShare = 0.1;
const retryMs = { from: 200, to: 2_000 };

export async function send(
  url: string,
  method: string,
  headers: Credentials,
  body: unknown,
): Promise<Answer> {
  const isText = typeof body === 'string';
  const response = await fetch(url, {
    method,
    headers: { ...(body === undefined || isText ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: isText ? body : JSON.stringify(body) }),
    signal: AbortSignal.timeout(timeoutMs),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') && text !== '';
  return { status: response.status, body: isJson ? JSON.parse(text) : text, headers: response.headers };
}

const codeOf = ({ body }: Answer): string | undefined => body?.error?.code;

/** Says nothing about whether the call had its effect, or will have: the same is sent again. */
const isOpen = (answer: Answer): boolean =>
  answer.status >= 500 ||
  answer.status === 429 ||
  answer.status === 408 ||
  codeOf(answer) === 'REQUEST_IN_PROGRESS';

/** One of those who work with Stockade at the same time. What it decides comes of the seed and its name alone. */
export class Client {
  readonly name: string;
  readonly random: Random;
  readonly traffic: Traffic;
  /** Waits and doubled calls, apart from the decisions: how often something has to be repeated changes none of them. */
  readonly #pace: Random;
  #credentials: Credentials;

  constructor(traffic: Traffic, name: string, credentials: Credentials = {}) {
    this.traffic = traffic;
    this.name = name;
    this.#credentials = credentials;
    this.random = new Random(`${traffic.seed} ${name}`);
    this.#pace = new Random(`${traffic.seed} ${name} pace`);
  }

  use(credentials: Credentials): void {
    this.#credentials = credentials;
  }

  /** Works until the traffic is over, with a pause between two pieces of work. */
  async run(step: () => Promise<void>, pauseMs: readonly [number, number] = [50, 250]): Promise<void> {
    while (!this.traffic.over()) {
      await step();
      await delay(this.#pace.integer(...pauseMs));
    }
  }

  /**
   * Sends a change until it is known what became of it, always with the same key. Gives the body of a good answer, and null
   * when it was refused or never answered.
   */
  async change(change: Change): Promise<Body | null> {
    const answer = await this.exchange(change);
    return answer === null ? null : answer.body;
  }

  /** Like `change`, with the whole answer. */
  async exchange(change: Change): Promise<Answer | null> {
    const { path, method = 'POST', body, headers = {}, keyless = false } = change;
    const { journal, url } = this.traffic;
    const key = `${this.name}-${crypto.randomUUID()}`;
    const all = {
      ...(change.as ?? this.#credentials),
      ...(keyless ? {} : { 'idempotency-key': key }),
      ...headers,
    };
    journal.sent({ key, method, path, body });
    const ask = () => this.#ask(key, () => send(`${url}${path}`, method, all, body));
    const twice = !keyless && this.#pace.chance(twiceShare);
    let doubtful = twice;
    for (let attempt = 0; !this.traffic.gaveUp(); attempt++) {
      const answers = await Promise.all(twice && attempt === 0 ? [ask(), ask()] : [ask()]);
      const good = answers.filter((answer) => answer !== null && answer.status < 300) as Answer[];
      if (good.length > 0) return this.#accepted(key, change, good);
      if (answers.every((answer) => answer !== null && !isOpen(answer)))
        return this.#refused(key, change, answers[0] as Answer, doubtful ? ask : undefined);
      doubtful = true;
      journal.again++;
      await delay(Math.min(retryMs.to, retryMs.from * 2 ** attempt) * (0.5 + this.#pace.next() / 2));
    }
    journal.find(`${this.name}: ${method} ${path} was never answered (key ${key})`);
    return null;
  }

  /** Reads until it is answered; what was acknowledged has to be there. */
  async read(path: string, as: Credentials = this.#credentials): Promise<Body | null> {
    const { journal, url } = this.traffic;
    const key = `${this.name}-${crypto.randomUUID()}`;
    journal.sent({ key, method: 'GET', path });
    for (let attempt = 0; !this.traffic.gaveUp(); attempt++) {
      const answer = await this.#ask(key, () => send(`${url}${path}`, 'GET', as, undefined));
      if (answer?.status === 200) {
        journal.accepted++;
        return answer.body;
      }
      if (answer !== null && !isOpen(answer)) {
        journal.find(
          `${this.name}: GET ${path} was answered ${answer.status} ${codeOf(answer)} (request ${answer.headers.get('x-request-id')})`,
        );
        return null;
      }
      journal.again++;
      await delay(Math.min(retryMs.to, retryMs.from * 2 ** attempt) * (0.5 + this.#pace.next() / 2));
    }
    journal.find(`${this.name}: GET ${path} was never answered`);
    return null;
  }

  /** The status that a read gets, when it gets one that is not about an outage. */
  async status(path: string, as: Credentials): Promise<number | null> {
    const key = `${this.name}-${crypto.randomUUID()}`;
    this.traffic.journal.sent({ key, method: 'GET', path });
    while (!this.traffic.gaveUp()) {
      const answer = await this.#ask(key, () => send(`${this.traffic.url}${path}`, 'GET', as, undefined));
      if (answer !== null && !isOpen(answer)) return answer.status;
      this.traffic.journal.again++;
      await delay(retryMs.to * (0.5 + this.#pace.next() / 2));
    }
    return null;
  }

  async #ask(key: string, call: () => Promise<Answer>): Promise<Answer | null> {
    const { journal } = this.traffic;
    try {
      const answer = await call();
      journal.told(key, answer.status, codeOf(answer), answer.status < 300 ? undefined : answer.body);
      return answer;
    } catch (error) {
      const { name, message, cause } = error as Error;
      journal.told(key, 'no answer', (cause as { code?: string } | undefined)?.code ?? name, message);
      return null;
    }
  }

  #accepted(key: string, change: Change, answers: readonly Answer[]): Answer {
    const { journal } = this.traffic;
    const [first, ...others] = answers as [Answer, ...Answer[]];
    if (others.some((other) => other.body?.id !== first.body?.id))
      journal.find(`${this.name}: ${change.path} was done twice with one key (${key})`);
    journal.accept(key, change.effect?.(first.body) ?? {});
    return first;
  }

  /**
   * After an attempt without an answer a refusal may not be the last word: that attempt may still be under way, and what was
   * refused leaves its key free. So it is asked again when all is quiet; what it did then counts.
   */
  #refused(
    key: string,
    change: Change,
    answer: Answer,
    ask: (() => Promise<Answer | null>) | undefined,
  ): null {
    const { journal, doubtful, gaveUp } = this.traffic;
    journal.refused++;
    const code = codeOf(answer) ?? String(answer.status);
    const what = `${this.name}: ${change.method ?? 'POST'} ${change.path}`;
    if (!change.mayBeRefused?.includes(code))
      journal.find(
        `${what} was refused: ${answer.status} ${code} ${answer.body?.error?.message ?? ''} (key ${key}, request ${answer.headers.get('x-request-id')})`,
      );
    else if (ask)
      doubtful.push(async () => {
        for (;;) {
          const last = await ask();
          if (last !== null && last.status < 300) return void this.#accepted(key, change, [last]);
          if (last !== null && !isOpen(last)) return;
          if (gaveUp()) return journal.find(`${what} was never answered (key ${key})`);
          await delay(retryMs.to);
        }
      });
    return null;
  }
}
