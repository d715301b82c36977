import { verify } from '@node-rs/bcrypt';

/** Other systems' hashes, imported with their users; the first sign-in puts argon2id in their place. */
export const isBcrypt = (hash: string): boolean => hash.startsWith('$2');

const sampleCost = 8;
const sample = `$2b$0${sampleCost}$${'.'.repeat(53)}`;

/** What a round takes here, as measured of late. */
let msOfRound: number | null = null;

/** Of a password longer than 72 bytes the rest does not count, as in the systems that made the hashes. */
export async function compare(password: string, hash: string): Promise<{ matches: boolean; ms: number }> {
  const started = performance.now();
  const matches = await verify(password, hash);
  const ms = performance.now() - started;
  const measured = ms / 2 ** Number(hash.slice(4, 6));
  msOfRound = msOfRound === null ? measured : 0.8 * msOfRound + 0.2 * measured;
  return { matches, ms };
}

/** Half as long again as a comparison of that cost takes: a busy core does not make it longer than what is waited for. */
export async function longestMs(cost: number): Promise<number> {
  if (msOfRound === null) await compare('', sample);
  return 1.5 * (msOfRound ?? 0) * 2 ** cost;
}
