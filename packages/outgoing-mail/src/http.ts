import { Agent, type Dispatcher, request } from 'undici';
import { codeOf } from './detail.ts';
import { isLoopback } from './loopback.ts';
import { ProviderError } from './provider.ts';

const maxAnswerBytes = 64 * 1024;

export interface Answer {
  statusCode: number;
  header(name: string): string | null;
  /** Parsed JSON; null when it is none or too long. */
  body: unknown;
  /** Whether the body came to its end. */
  complete: boolean;
}

export interface Poster {
  post(path: string, headers: Record<string, string>, payload: unknown, signal: AbortSignal): Promise<Answer>;
  close(): Promise<void>;
}

/** Posts JSON to one provider. Throws a plain Error for an address that would carry the key in the open. */
export function createPoster(baseUrl: string): Poster {
  const base = new URL(baseUrl);
  if (base.username || base.password) throw new Error(`The URL of ${base.hostname} must hold no credentials`);
  if (base.protocol !== 'https:' && !isLoopback(base.hostname))
    throw new Error(`The URL of ${base.hostname} must be https`);
  const prefix = base.origin + base.pathname.replace(/\/$/, '');
  const agent = new Agent({ connections: 16, maxResponseSize: maxAnswerBytes });
  return {
    async post(path, headers, payload, signal) {
      try {
        const answer = await request(prefix + path, {
          method: 'POST',
          headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
          body: JSON.stringify(payload),
          dispatcher: agent,
          signal,
        });
        return await read(answer);
      } catch (error) {
        throw new ProviderError(
          'temporary',
          signal.aborted ? 'No answer in time' : `No connection: ${codeOf(error)}`,
        );
      }
    },
    close: () => agent.close(),
  };
}

/** The status decides: a body that breaks off does not make an accepted mail one that is sent again elsewhere. */
async function read({ statusCode, headers, body }: Dispatcher.ResponseData): Promise<Answer> {
  const text = await body.text().catch(() => null);
  return {
    statusCode,
    header: (name) => [headers[name]].flat()[0] ?? null,
    body: parse(text),
    complete: text !== null,
  };
}

function parse(text: string | null): unknown {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}
