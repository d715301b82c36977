import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DemoInput } from './demo-tenant.ts';
import { type Place, statusOf } from './http-status.ts';
import { createApiKey } from './operator-key.ts';
import { runScript } from './run-script.ts';

/** How to get in: kept in the home, mode 0600. */
export interface Credentials {
  url: string;
  tenantId: string;
  email: string;
  password: string;
  apiKey: string;
  operatorKey: string;
}

export function credentialsPath(home: string): string {
  return join(home, 'credentials.json');
}

/** Those of an earlier start with this start's address and operator key; undefined when there are none (or half ones). */
export function keptCredentials(home: string, url: string, operatorKey: string): Credentials | undefined {
  let kept: Partial<Credentials>;
  try {
    kept = JSON.parse(readFileSync(credentialsPath(home), 'utf8'));
  } catch {
    return undefined;
  }
  const { tenantId, email, password, apiKey } = kept;
  if (!tenantId || !email || !password || !apiKey) return undefined;
  const credentials = { url, tenantId, email, password, apiKey, operatorKey };
  if (kept.url !== url || kept.operatorKey !== operatorKey) write(home, credentials);
  return credentials;
}

interface MakeOptions {
  home: string;
  url: string;
  operatorKey: string;
  identityUrl: string;
  principalPrivateKey: string;
  signal: AbortSignal;
  /** Made again with what an earlier start handed out, for a database that has been emptied. */
  kept?: Credentials | undefined;
}

/** Has the demo tenant made and writes down how to get in. The same credentials again make no second tenant. */
export async function makeCredentials(options: MakeOptions): Promise<Credentials> {
  const { home, url, operatorKey, identityUrl, principalPrivateKey, kept } = options;
  const person = kept ?? {
    email: 'owner@demo.example',
    // Random, and of all four classes that the password rules know.
    password: `${randomBytes(18).toString('base64url')}-aA1`,
    apiKey: createApiKey(),
  };
  const { email, password, apiKey } = person;
  const input: DemoInput = {
    identityUrl,
    principalPrivateKey,
    tenant: { tenantName: 'Demo', userName: 'Demo owner', email, password, apiKey },
  };
  const { tenantId } = await runScript<{ tenantId: string }>('demo-tenant.ts', input, options.signal);
  const credentials = { url, tenantId, email, password, apiKey, operatorKey };
  write(home, credentials);
  return credentials;
}

/** Whether the system lets these credentials in. */
export async function areAccepted({ apiKey }: Credentials, gateway: Place): Promise<boolean> {
  return (await statusOf(gateway, '/v1/auth/session', { authorization: `Bearer ${apiKey}` })) !== 401;
}

function write(home: string, credentials: Credentials): void {
  const path = credentialsPath(home);
  writeFileSync(`${path}.new`, `${JSON.stringify(credentials, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
