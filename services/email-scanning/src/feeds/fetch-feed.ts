import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { namesPrivateAddress, publicLookup } from '@stockade/service-kit/public-addresses';
import { Agent, type Dispatcher, request } from 'undici';
import { BadFeed } from './read-feed.ts';

export interface FetchOptions {
  /** Whether hosts of the own network may be asked. */
  allowPrivate: boolean;
  /** Of the whole answer; 120,000 unless told. */
  timeoutMs?: number;
  signal?: AbortSignal;
}

export interface Fetchable {
  url: string;
  /** What the last answer was marked with: nothing is sent again that has not changed. */
  etag: string | null;
  lastModified: string | null;
}

export interface Fetched {
  etag: string | null;
  lastModified: string | null;
  body: AsyncIterable<Uint8Array>;
}

const maxRedirects = 5;
const defaultTimeoutMs = 120_000;
const silentMs = 20_000;

const createAgent = (allowPrivate: boolean) =>
  new Agent({
    connect: { timeout: 10_000, ...(allowPrivate ? {} : { lookup: publicLookup }) },
    headersTimeout: silentMs,
    bodyTimeout: silentMs,
    maxHeaderSize: 16_384,
    pipelining: 0,
  });

const leadsInside = 'It leads into a private network, which is not allowed.';

function checkedUrl(text: string, base: string | undefined, allowPrivate: boolean): URL {
  const url = URL.parse(text, base);
  if (!url || !/^https?:$/.test(url.protocol)) throw new BadFeed('It leads to no http or https address.');
  if (!allowPrivate && namesPrivateAddress(url)) throw new BadFeed(leadsInside);
  return url;
}

const header = ({ headers }: Dispatcher.ResponseData, name: string): string | null => {
  const value = headers[name];
  return (Array.isArray(value) ? value[0] : value)?.slice(0, 512) ?? null;
};

/** What went wrong, for people; an address of the network behind is not told. */
function toBadFeed(error: unknown): BadFeed {
  if (error instanceof BadFeed) return error;
  const { name, code, cause } = error as { name?: string; code?: string; cause?: Error };
  if (name === 'PrivateAddress' || cause?.name === 'PrivateAddress') return new BadFeed(leadsInside);
  if (name === 'TimeoutError' || String(code).includes('TIMEOUT'))
    return new BadFeed('It took too long to answer.');
  return new BadFeed(`It could not be fetched${code ? ` (${code})` : ''}.`);
}

/** The answer behind whatever redirects there are, each checked like the first address. */
async function follow(
  { url, etag, lastModified }: Fetchable,
  { dispatcher, signal, allowPrivate }: { dispatcher: Agent; signal: AbortSignal; allowPrivate: boolean },
): Promise<Dispatcher.ResponseData> {
  let target = checkedUrl(url, undefined, allowPrivate);
  for (let redirects = 0; redirects <= maxRedirects; redirects++) {
    const response = await request(target, {
      dispatcher,
      signal,
      headers: {
        'user-agent': 'Stockade',
        accept: 'text/csv, text/plain, */*;q=0.5',
        'accept-encoding': 'gzip',
        ...(etag ? { 'if-none-match': etag } : {}),
        ...(lastModified ? { 'if-modified-since': lastModified } : {}),
      },
    });
    const location = header(response, 'location');
    if (![301, 302, 303, 307, 308].includes(response.statusCode) || location === null) return response;
    await response.body.dump();
    target = checkedUrl(location, target.href, allowPrivate);
  }
  throw new BadFeed(`It was redirected more than ${maxRedirects} times.`);
}

function checkAnswer(response: Dispatcher.ResponseData): void {
  const { statusCode } = response;
  if (statusCode !== 200) throw new BadFeed(`The answer was ${statusCode}.`);
  if (header(response, 'content-type')?.toLowerCase().startsWith('text/html'))
    throw new BadFeed('The answer was a web page.');
}

/** A failure of either shows where it is read. */
function unzipped(body: Readable): Readable {
  return pipeline(body, createGunzip(), () => {});
}

async function* readBody(response: Dispatcher.ResponseData): AsyncGenerator<Uint8Array> {
  const encoding = header(response, 'content-encoding')?.toLowerCase() ?? 'identity';
  if (encoding !== 'identity' && encoding !== 'gzip')
    throw new BadFeed('The answer is compressed in a way that was not asked for.');
  try {
    yield* encoding === 'gzip' ? unzipped(response.body) : response.body;
  } catch (error) {
    throw toBadFeed(error);
  }
}

/**
 * Asks for a feed and hands its content to `use` as it comes; null when it has not changed. Throws `BadFeed` when it
 * cannot be had. Size is for whoever reads to bound; time is bounded here, the reading included.
 */
export async function fetchFeed<T>(
  feed: Fetchable,
  { allowPrivate, timeoutMs = defaultTimeoutMs, signal }: FetchOptions,
  use: (fetched: Fetched) => Promise<T>,
): Promise<T | null> {
  const dispatcher = createAgent(allowPrivate);
  const limit = AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])]);
  try {
    const response = await follow(feed, { dispatcher, signal: limit, allowPrivate }).catch((error) => {
      throw toBadFeed(error);
    });
    if (response.statusCode === 304) return null;
    checkAnswer(response);
    return await use({
      etag: header(response, 'etag'),
      lastModified: header(response, 'last-modified'),
      body: readBody(response),
    });
  } finally {
    // Ends what is under way as well, and whatever of the body nobody read.
    await dispatcher.destroy();
  }
}
