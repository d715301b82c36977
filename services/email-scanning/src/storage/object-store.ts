import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { errors } from '@stockade/service-kit';
import { AwsClient } from 'aws4fetch';

export interface StoredObject {
  name: string;
  changedAt: Date;
}

/** A bucket of S3-compatible storage. Whatever keeps it from answering is a 503 with Retry-After. */
export interface ObjectStore {
  put(name: string, body: Buffer): Promise<void>;
  /** Null when there is no such object. Throws when there are more than `maxBytes`. */
  get(name: string, maxBytes: number): Promise<Buffer | null>;
  /** An object that is gone already is no failure. */
  delete(name: string): Promise<void>;
  /** Up to 1,000 objects in the order of their names, those after `after`. */
  list(after: string | null): Promise<StoredObject[]>;
}

/** Storage that did not do what was asked. */
export class ObjectStoreError extends Error {
  override name = 'ObjectStoreError';
}

const attempts = 3;
const firstPauseMs = 100;
const defaultTimeoutMs = 10_000;
const maxListBytes = 4 * 1024 * 1024;
const retryAfterSeconds = 5;

export interface Bucket {
  endpoint: string;
  /** With a slash at its end unless it is empty. */
  prefix: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
}

/**
 * `s3://key:secret@host:port/bucket/prefix?region=…` speaks plain HTTP, for storage in one's own network; `https://…`
 * speaks TLS. Key and secret are percent-encoded where they have to be. Throws when a part is missing.
 */
export function parseStoreUrl(text: string): Bucket {
  const url = URL.canParse(text) ? new URL(text) : null;
  const [bucket, ...folders] = url?.pathname.split('/').filter((part) => part !== '') ?? [];
  if (!url || !bucket || !url.username || !url.password || !/^(s3|https):$/.test(url.protocol))
    throw new Error('MAIL_STORE_URL is not s3:// or https://key:secret@host/bucket');
  return {
    endpoint: `${url.protocol === 's3:' ? 'http' : 'https'}://${url.host}/${bucket}`,
    prefix: folders.map((folder) => `${folder}/`).join(''),
    region: url.searchParams.get('region') ?? 'us-east-1',
    accessKeyId: decodeURIComponent(url.username),
    secretAccessKey: decodeURIComponent(url.password),
  };
}

interface Ask {
  method: 'PUT' | 'GET' | 'DELETE';
  path: string;
  body?: Buffer;
  maxBytes?: number;
}

interface Answer {
  status: number;
  body: Buffer;
}

/** Reads an answer, which must be as long as it says, and no longer than allowed. */
async function readBody(response: Response, maxBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > maxBytes) throw new ObjectStoreError(`The answer is longer than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  const announced = response.headers.get('content-length');
  if (announced !== null && Number(announced) !== length)
    throw new ObjectStoreError(`The answer was cut off after ${length} of ${announced} bytes`);
  return Buffer.concat(chunks);
}

const mayPass = (status: number) => status >= 500 || status === 429 || status === 408;

export function createObjectStore(
  { endpoint, prefix, region, accessKeyId, secretAccessKey }: Bucket,
  { timeoutMs = defaultTimeoutMs } = {},
): ObjectStore {
  const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: 0 });

  async function once({ method, path, body, maxBytes = 64 * 1024 }: Ask): Promise<Answer> {
    // The body's hash is signed as well: what arrives is what was sent.
    const hash = createHash('sha256')
      .update(body ?? '')
      .digest('hex');
    const request = await client.sign(`${endpoint}${path}`, {
      method,
      headers: { 'x-amz-content-sha256': hash },
      ...(body ? { body: new Uint8Array(body) } : {}),
    });
    const response = await fetch(request, { signal: AbortSignal.timeout(timeoutMs), redirect: 'error' });
    return { status: response.status, body: await readBody(response, maxBytes) };
  }

  /** Each of these calls may be repeated without harm. */
  async function ask(asked: Ask): Promise<Answer> {
    let failure: unknown;
    for (let attempt = 0; attempt < attempts; attempt++) {
      if (attempt > 0) await delay(firstPauseMs * 2 ** attempt * (0.5 + Math.random()));
      try {
        const answer = await once(asked);
        if (!mayPass(answer.status)) return answer;
        failure = new ObjectStoreError(`The storage answered ${answer.status}`);
      } catch (error) {
        failure = error;
      }
    }
    throw unavailable(failure);
  }

  async function expect(asked: Ask, ...statuses: number[]): Promise<Answer> {
    const answer = await ask(asked);
    if (statuses.includes(answer.status)) return answer;
    throw unavailable(new ObjectStoreError(`The storage answered ${answer.status} to ${asked.method}`));
  }

  return {
    async put(name, body) {
      await expect({ method: 'PUT', path: `/${prefix}${name}`, body }, 200);
    },
    async get(name, maxBytes) {
      const answer = await expect({ method: 'GET', path: `/${prefix}${name}`, maxBytes }, 200, 404);
      return answer.status === 404 ? null : answer.body;
    },
    async delete(name) {
      await expect({ method: 'DELETE', path: `/${prefix}${name}` }, 200, 204, 404);
    },
    async list(after) {
      const query = new URLSearchParams({ 'list-type': '2', 'max-keys': '1000', prefix });
      if (after !== null) query.set('start-after', `${prefix}${after}`);
      const { body } = await expect({ method: 'GET', path: `?${query}`, maxBytes: maxListBytes }, 200);
      return readListing(body.toString(), prefix);
    },
  };
}

/** Whoever sends mail keeps it and tries again; nothing was acknowledged. The cause is for the log alone. */
function unavailable(cause: unknown): Error {
  const error = errors.unavailable(
    'The storage of messages cannot be reached right now: try again shortly.',
    retryAfterSeconds,
  );
  error.cause = cause;
  return error;
}

/** The objects of a ListObjectsV2 answer. Names that are ours need no unescaping; others are left out. */
function readListing(xml: string, prefix: string): StoredObject[] {
  return xml.split('<Contents>').flatMap((part) => {
    const name = /<Key>([\w./-]{1,1000})<\/Key>/.exec(part)?.[1];
    const changedAt = new Date(/<LastModified>([^<]{1,40})<\/LastModified>/.exec(part)?.[1] ?? '');
    if (!name?.startsWith(prefix) || Number.isNaN(changedAt.getTime())) return [];
    return [{ name: name.slice(prefix.length), changedAt }];
  });
}
