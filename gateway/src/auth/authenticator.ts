import type { Principal } from '@stockade/contracts';
import { checkOf } from '@stockade/contracts/checks';
import { type Authenticated, Revocation, revocationChannel } from '@stockade/contracts/identity';
import { type Listener, listen } from '@stockade/database/listen';
import type { Logger } from 'pino';
import type { GatewayConfig } from '../config.ts';
import type { Upstreams } from '../upstream/upstreams.ts';
import { CredentialCache } from './cache.ts';
import type { Credential } from './credentials.ts';

/** The gateway itself, as services see it: before a caller is known, and for internal calls. */
export const gatewayPrincipal: Principal = {
  type: 'gateway',
  id: 'gateway',
  name: 'gateway',
  tenantId: null,
  personId: null,
  role: null,
  scopes: [],
};

export interface Authenticator {
  /** Whose credential it is; null for nobody's. Throws when identity cannot be asked. */
  identify(credential: Credential): Promise<Authenticated | null>;
  /** Forgets what an answer of identity says was revoked. */
  revoke(message: string): void;
  readonly hearing: boolean;
  stop(): Promise<void>;
}

/** Asks identity about credentials, remembers the answers for seconds, and forgets what is revoked. */
export function createAuthenticator(config: GatewayConfig, upstreams: Upstreams, log: Logger): Authenticator {
  const cache = new CredentialCache();
  const revoke = (message: string) => {
    const revocation = parse(message);
    if (revocation) {
      cache.evict(revocation);
      return;
    }
    log.error('A revocation could not be read: nothing stays cached');
    cache.setHearing(cache.hearing);
  };
  const listener: Listener = listen({
    url: config.DATABASE_DIRECT_URL ?? config.DATABASE_SYSTEM_URL,
    channel: revocationChannel,
    applicationName: 'stockade-gateway-revocations',
    onNotification: revoke,
    onState: (listening) => cache.setHearing(listening),
    log,
  });
  return {
    identify: ({ kind, value, hash }) => cache.get(hash, () => ask(upstreams, kind, value)),
    revoke,
    get hearing() {
      return cache.hearing;
    },
    stop: () => listener.stop(),
  };
}

async function ask(
  upstreams: Upstreams,
  kind: Credential['kind'],
  value: string,
): Promise<Authenticated | null> {
  const { status, body } = await upstreams.json('identity', {
    method: 'POST',
    path: '/internal/authenticate',
    principal: gatewayPrincipal,
    isSafe: true,
    content: { credential: { kind, value } },
  });
  if (status === 200) return body as Authenticated;
  if (status === 401 || status === 400) return null;
  throw new Error(`identity answered ${status}`);
}

const isRevocation = checkOf(Revocation);

function parse(message: string): Revocation | null {
  try {
    const value = JSON.parse(message);
    return isRevocation(value) ? value : null;
  } catch {
    return null;
  }
}
