import { setTimeout as delay } from 'node:timers/promises';
import { hash, verify } from '@node-rs/argon2';
import { errors } from '@stockade/service-kit';
import * as bcrypt from './bcrypt.ts';

/** argon2id as OWASP's Password Storage Cheat Sheet names it: 19 MiB, 2 passes, 1 lane. */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

const maxAtOnce = 2;
const maxWaiting = 64;

/** Lets two hashes be computed at once: each costs 19 MiB and 40 ms of a core. Who finds too long a queue is told so. */
function createGate() {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= maxAtOnce) {
      if (waiting.length >= maxWaiting)
        throw errors.unavailable('Too many sign-ins at once: try again shortly.');
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else {
      running++;
    }
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
}

const gate = createGate();

export const hashPassword = (password: string): Promise<string> => gate(() => hash(password, parameters));

/** Of a random password that nobody has: compared with when there is no user, so that the answer takes as long. */
const nobody =
  '$argon2id$v=19$m=19456,t=2,p=1$c3RvY2thZGUtbm9ib2R5IQ$Wd2jkZ2XmCvd4BHzQT2hW1gSqnE7rj7y9fP1gcl1B3c';

/** Whether the password is the one that was hashed; takes as long without a hash. */
export async function passwordMatches(password: string, stored: string | null | undefined): Promise<boolean> {
  return (await compare(password, stored)).matches;
}

/**
 * As passwordMatches, for who is not known yet. A bcrypt hash takes as long as its cost says, which would tell that
 * somebody has the address: so while there are any, each refusal takes as long as that of the costliest. It waits and
 * does not work for it, as nobody's import may keep a core from others.
 */
export async function strangerMatches(
  password: string,
  stored: string | null | undefined,
  costliestBcrypt: () => Promise<number | null>,
): Promise<boolean> {
  const { matches, bcryptMs } = await compare(password, stored);
  if (matches) return true;
  const cost = await costliestBcrypt();
  if (cost !== null) await delay(Math.max(0, (await bcrypt.longestMs(cost)) - bcryptMs));
  return false;
}

/** A bcrypt hash that does not match costs an argon2 besides: that of everybody else. */
async function compare(password: string, stored: string | null | undefined) {
  return gate(async () => {
    if (!stored || !bcrypt.isBcrypt(stored)) {
      const matches = await verify(stored ?? nobody, password);
      return { matches: matches && Boolean(stored), bcryptMs: 0 };
    }
    const { matches, ms } = await bcrypt.compare(password, stored);
    if (!matches) await verify(nobody, password);
    return { matches, bcryptMs: ms };
  });
}
