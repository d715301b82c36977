import { namesPrivateAddress, publicLookup } from '@stockade/service-kit/public-addresses';
import { Agent, type Dispatcher, request } from 'undici';

export interface SendOptions {
  /** Whether hosts of the own network may be spoken to. */
  allowPrivate: boolean;
  /** Of the whole call; 15,000 unless told. */
  timeoutMs?: number;
}

export type Outcome =
  | { ok: true }
  | {
      ok: false;
      /** For people; nothing is told of a network behind. */
      reason: string;
      /** What the receiver asked for. */
      retryAfterSeconds: number | null;
      /** It says that it wants nothing any more. */
      isGone: boolean;
    };

export interface Sender {
  /** Undefined when the signal came before an answer: nothing is known of the receiver then. */
  send(
    url: string,
    headers: Record<string, string>,
    body: string,
    signal: AbortSignal,
  ): Promise<Outcome | undefined>;
  close(): Promise<void>;
}

const defaultTimeoutMs = 15_000;
const leadsInside = 'It leads into a private network, which is not allowed.';
const certificateErrors = /CERT|SELF_SIGNED|UNABLE_TO|ERR_TLS/;

const failed = (
  reason: string,
  more: { retryAfterSeconds?: number | null; isGone?: boolean } = {},
): Outcome => ({
  ...{ ok: false, reason, retryAfterSeconds: null, isGone: false },
  ...more,
});

function ofError(error: unknown): Outcome {
  const { name, code = '', cause } = error as { name?: string; code?: string; cause?: Error };
  if (name === 'PrivateAddress' || cause?.name === 'PrivateAddress') return failed(leadsInside);
  if (name === 'TimeoutError' || code.includes('TIMEOUT')) return failed('It took too long to answer.');
  if (certificateErrors.test(code)) return failed(`Its certificate is not trusted (${code}).`);
  return failed(`It could not be reached${code ? ` (${code})` : ''}.`);
}

function ofAnswer({ statusCode, headers }: Dispatcher.ResponseData): Outcome {
  if (statusCode >= 200 && statusCode < 300) return { ok: true };
  if (statusCode >= 300 && statusCode < 400)
    return failed(`It was redirected (${statusCode}), which is not followed.`);
  const asked = Number(headers['retry-after']);
  return failed(`The answer was ${statusCode}.`, {
    retryAfterSeconds: Number.isFinite(asked) && asked > 0 ? asked : null,
    isGone: statusCode === 410,
  });
}

/** Posts to receivers: never to an address of a private network unless allowed, never where a redirect leads. */
export function createSender({ allowPrivate, timeoutMs = defaultTimeoutMs }: SendOptions): Sender {
  const dispatcher = new Agent({
    connect: { timeout: 5_000, ...(allowPrivate ? {} : { lookup: publicLookup }) },
    headersTimeout: timeoutMs,
    maxHeaderSize: 16_384,
    keepAliveTimeout: 10_000,
    pipelining: 1,
  });
  return {
    async send(url, headers, body, signal) {
      if (!allowPrivate && namesPrivateAddress(new URL(url))) return failed(leadsInside);
      try {
        const response = await request(url, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'user-agent': 'Stockade', ...headers },
          body,
          dispatcher,
          signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
        });
        // What it says besides is nobody's business, however long it is.
        response.body.on('error', () => {}).destroy();
        return ofAnswer(response);
      } catch (error) {
        return signal.aborted ? undefined : ofError(error);
      }
    },
    close: () => dispatcher.destroy(),
  };
}
