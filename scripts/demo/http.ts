/** An answer of Stockade's, with what a failing call must show a person. */
export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: the demo reads many shapes; the API's schemas describe them
  body: any;
  headers: Headers;
}

export class CallFailed extends Error {
  override name = 'CallFailed';
  readonly status: number;
  constructor(method: string, path: string, { status, body }: Answer) {
    super(`${method} ${path} answered ${status}: ${body?.error?.message ?? JSON.stringify(body)}`);
    this.status = status;
  }
}

export interface RequestOptions {
  body?: unknown;
  headers?: Record<string, string>;
}

async function send(url: string, method: string, { body, headers = {} }: RequestOptions): Promise<Answer> {
  const isText = typeof body === 'string';
  const response = await fetch(url, {
    method,
    headers: { ...(body === undefined || isText ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: isText ? body : JSON.stringify(body) }),
    signal: AbortSignal.timeout(30_000),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json');
  return {
    status: response.status,
    body: isJson && text ? JSON.parse(text) : text,
    headers: response.headers,
  };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** How long a service may be away: its breaker alone holds calls back for half a minute after a crash in the midst of several. */
const patienceMs = 60_000;

/**
 * A call is repeated while a service is away (503), as soon as the answer says and four times a second where it does not: with
 * its key it has one effect, however often it arrives.
 */
async function sendUntilAnswered(url: string, method: string, options: RequestOptions): Promise<Answer> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const answer = await send(url, method, options).catch((error: Error) => {
      if (Date.now() > deadline) throw error;
      return null;
    });
    const away =
      answer === null ||
      answer.status === 503 ||
      answer.status === 504 ||
      answer.body?.error?.code === 'REQUEST_IN_PROGRESS';
    if (answer && (!away || Date.now() > deadline)) return answer;
    await pause(Math.max(250, Number(answer?.headers.get('retry-after') ?? 0) * 1_000));
  }
}

/** Someone signed in with e-mail and password: carries the session's cookie and the token that changes need. */
export class Person {
  readonly #url: string;
  #headers: Record<string, string> = {};
  // biome-ignore lint/suspicious/noExplicitAny: see Answer
  user: any;

  private constructor(url: string) {
    this.#url = url;
  }

  static async signIn(url: string, email: string, password: string): Promise<Person> {
    const person = new Person(url);
    const answer = await sendUntilAnswered(`${url}/v1/auth/login`, 'POST', { body: { email, password } });
    if (answer.status !== 200) throw new CallFailed('POST', '/v1/auth/login', answer);
    const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
    person.#headers = { cookie, 'x-csrf-token': answer.body.csrfToken, origin: new URL(url).origin };
    person.user = answer.body.user;
    return person;
  }

  /** Any answer, also an error's. */
  call(method: string, path: string, options: RequestOptions = {}): Promise<Answer> {
    const key = method === 'GET' ? {} : { 'idempotency-key': crypto.randomUUID() };
    return sendUntilAnswered(`${this.#url}${path}`, method, {
      ...options,
      headers: { ...this.#headers, ...key, ...options.headers },
    });
  }

  /** The body of a good answer; anything else is thrown. */
  // biome-ignore lint/suspicious/noExplicitAny: see Answer
  async get(path: string): Promise<any> {
    const answer = await this.call('GET', path);
    if (answer.status !== 200) throw new CallFailed('GET', path, answer);
    return answer.body;
  }

  // biome-ignore lint/suspicious/noExplicitAny: see Answer
  async post(path: string, body?: unknown, headers: Record<string, string> = {}): Promise<any> {
    const answer = await this.call('POST', path, { body, headers });
    if (answer.status >= 300) throw new CallFailed('POST', path, answer);
    return answer.body;
  }
}

/** Reads again and again until `found` says so; the parts of Stockade tell each other what happened within moments. */
export async function until<T>(
  what: string,
  read: () => Promise<T>,
  found: (value: T) => boolean,
  timeoutMs = 60_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = await read();
    if (found(value)) return value;
    if (Date.now() > deadline)
      throw new Error(
        `Still waiting after ${timeoutMs / 1_000} s: ${what}. Last seen: ${JSON.stringify(value)}`,
      );
    await pause(100);
  }
}
