import { setTimeout as delay } from 'node:timers/promises';
import { SecretsUnavailable } from '../provider.ts';

export interface VaultAnswer {
  status: number;
  body: unknown;
}

export interface VaultCall {
  method: 'GET' | 'POST';
  /** Below `/v1/`. */
  path: string;
  token?: string;
  content?: unknown;
}

export interface VaultClientOptions {
  address: string;
  namespace: string | undefined;
  timeoutMs: number;
}

export type VaultClient = (call: VaultCall) => Promise<VaultAnswer>;

const attempts = 3;
const maxBytes = 1024 * 1024;
const maxWaitMs = 2_000;

/**
 * Speaks to Vault's HTTP API. What may pass is tried three times: no connection, time-outs, 412 (a replica that is not up
 * to date yet), 429 and 5xx. Gives what is left: 2xx, 400, 403, 404; throws SecretsUnavailable otherwise. Redirects are
 * not followed: the token is for this address alone.
 */
export function createVaultClient(options: VaultClientOptions): VaultClient {
  return async (call) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await ask(options, call);
      } catch (error) {
        if (!(error instanceof Passing)) throw error;
        if (attempt === attempts) throw error.unavailable;
        await delay(Math.min(error.waitMs ?? 100 * 2 ** attempt * (0.5 + Math.random()), maxWaitMs));
      }
    }
  };
}

/** A failure that may be over in a moment. */
class Passing extends Error {
  readonly unavailable: SecretsUnavailable;
  readonly waitMs: number | undefined;

  constructor(unavailable: SecretsUnavailable, waitMs?: number) {
    super(unavailable.message);
    this.unavailable = unavailable;
    this.waitMs = waitMs;
  }
}

async function ask(
  { address, namespace, timeoutMs }: VaultClientOptions,
  { method, path, token, content }: VaultCall,
): Promise<VaultAnswer> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(`${address}/v1/${path}`, {
      method,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
      headers: {
        'x-vault-request': 'true',
        ...(namespace ? { 'x-vault-namespace': namespace } : {}),
        ...(token ? { 'x-vault-token': token } : {}),
      },
      ...(content === undefined ? {} : { body: JSON.stringify(content) }),
    });
    text = await readBounded(response);
  } catch (error) {
    if (error instanceof SecretsUnavailable) throw error;
    const slow = (error as Error).name === 'TimeoutError';
    throw new Passing(
      new SecretsUnavailable(
        slow ? 'slow' : 'unreachable',
        slow ? `Vault took longer than ${timeoutMs} ms` : 'Vault cannot be reached',
      ),
    );
  }
  const { status } = response;
  const refusal = passingRefusal(status);
  if (refusal) throw new Passing(refusal, retryAfterMs(response));
  if (status >= 300 && status < 400)
    throw new SecretsUnavailable('unreachable', 'Vault redirects: VAULT_ADDR has to name the active node');
  return { status, body: parse(text) };
}

function passingRefusal(status: number): SecretsUnavailable | null {
  if (status === 503)
    return new SecretsUnavailable('sealed', 'Vault is sealed or down for maintenance (503)');
  if (status === 429) return new SecretsUnavailable('throttled', 'Vault refuses so many calls (429)');
  if (status === 412 || status >= 472)
    return new SecretsUnavailable('unreachable', `Vault cannot answer now (${status})`);
  return null;
}

function retryAfterMs(response: Response): number | undefined {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) ? Math.max(0, seconds * 1_000) : undefined;
}

async function readBounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new SecretsUnavailable('malformed', 'Vault’s answer is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parse(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    throw new SecretsUnavailable('malformed', 'What answers at VAULT_ADDR is not Vault: that is no JSON');
  }
}
