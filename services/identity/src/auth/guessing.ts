import { createHmac } from 'node:crypto';
import { runWork, systemCaller } from '@stockade/messaging';
import { type CleanUp, type Service, ServiceError, type Task } from '@stockade/service-kit';
import type { FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';
import type { IdentityDb } from '../tables.ts';
import { knownDevice } from './devices.ts';
import * as queries from './guessing-queries.ts';

type IdentityService = Service<IdentityDb>;

const stranger = Buffer.alloc(0);
const ruleOf = ({ SIGN_IN_SLOW_AFTER, SIGN_IN_SLOW_WINDOW_SECONDS }: Config) => ({
  after: SIGN_IN_SLOW_AFTER,
  windowSeconds: SIGN_IN_SLOW_WINDOW_SECONDS,
});

/** Whom failures are counted for; of the address itself nothing is kept, as it may be anybody's. */
function counterOf(service: IdentityService, request: FastifyRequest, email: string): queries.Counter {
  const account = createHmac('sha256', service.secrets.current('SESSION_SECRET')).update(
    `account ${email.toLowerCase()}`,
  );
  return { account: account.digest(), device: knownDevice(service, request, email) ?? stranger };
}

/**
 * Lets a sign-in try its password, or refuses it with a 429: an account that is being guessed at is slowed for
 * everybody but the devices that its owner signed in with before; each of those has a counter of its own. Addresses that
 * are nobody's are counted like any other. Gives what to call when the sign-in succeeded.
 */
export async function admitAttempt(
  service: IdentityService,
  request: FastifyRequest,
  email: string,
  user: { tenant_id: string; id: string } | undefined,
): Promise<() => Promise<void>> {
  const config = service.config as Config;
  const counter = counterOf(service, request, email);
  const owner = { tenantId: user?.tenant_id ?? null, userId: user?.id ?? null };
  if (!(await queries.takeAttempt(service.systemDb, counter, owner, ruleOf(config)))) {
    const seconds = await queries.secondsShut(service.systemDb, counter);
    throw new ServiceError(
      'RATE_LIMITED',
      `There were too many failed sign-ins to this account: try again in ${seconds} s.`,
      undefined,
      seconds,
    );
  }
  return () => queries.forgetFailures(service.systemDb, counter, ruleOf(config));
}

const toldAtOnce = 100;

/** One audit entry for each episode: written apart from the sign-in, whose time must not tell that somebody has the address. */
async function tellOfSlowed({ db, systemDb, config }: IdentityService): Promise<void> {
  const { after } = ruleOf(config as Config);
  for (const slowed of await queries.listUntold(systemDb, toldAtOnce)) {
    await runWork(db, systemCaller(slowed.tenant_id, 'identity'), async (work) => {
      if (!(await queries.markTold(work.trx, slowed))) return;
      work.audit({
        action: 'identity.account.slowed',
        target: { type: 'user', id: slowed.user_id },
        changes: {
          failures: { before: null, after },
          device: { before: null, after: slowed.device.length > 0 ? 'known' : 'unknown' },
        },
      });
    });
  }
}

export const slowedAccounts: Task<IdentityDb> = {
  name: 'slowed-accounts',
  everyMs: 1_000,
  run: tellOfSlowed,
};

export const oldFailures: CleanUp<IdentityDb> = {
  name: 'old-sign-in-failures',
  everyMs: 60_000,
  run: ({ systemDb, config }) => queries.deleteOldFailures(systemDb, ruleOf(config as Config).windowSeconds),
};
