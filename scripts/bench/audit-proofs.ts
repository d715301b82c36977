import { principalHeader } from '@stockade/contracts';
import type { AuditEntry } from '@stockade/contracts/audit';
import { createPrincipalSigner } from '@stockade/service-kit';
import { userPrincipal } from '@stockade/testing';
import type { Stack } from '@stockade/testing/stack';
import {
  canonicalize,
  leafHash,
  openCheckpoint,
  verifyConsistency,
  verifyInclusion,
} from '@stockade/transparency-log';
import pg from 'pg';
import { fillLog, type LogData } from './audit-log-data.ts';
import { createClient, percentile } from './load.ts';
import { ms, printTable, type Result } from './table.ts';

const goalMs = 5;
const warmUp = 50;

interface Options {
  stack: Stack;
  databaseUrl: string;
  principalPrivateKey: string;
  entries: number;
  requests: number;
}

interface Proof {
  entry: AuditEntry;
  leafIndex: number;
  treeSize: number;
  hashes: string[];
  checkpoint: string;
}

const bytes = (text: string) => Buffer.from(text, 'base64');

function includes({ entry, leafIndex, treeSize, hashes, checkpoint }: Proof, key: string): boolean {
  const { size, rootHash } = openCheckpoint(checkpoint, key);
  const hash = leafHash(Buffer.from(canonicalize(entry)));
  return (
    size === treeSize &&
    verifyInclusion({ leafHash: hash, leafIndex, treeSize, hashes: hashes.map(bytes), rootHash })
  );
}

interface Consistency {
  from: number;
  to: number;
  fromRootHash: string;
  toRootHash: string;
  hashes: string[];
}

const isConsistent = ({ from, to, fromRootHash, toRootHash, hashes }: Consistency) =>
  verifyConsistency({
    ...{ from, to, fromRoot: bytes(fromRootHash), toRoot: bytes(toRootHash) },
    hashes: hashes.map(bytes),
  });

/** Beside a health check, one proof after the other from the service, over all of a big log; each is verified, which is not timed. */
export async function benchProofs(options: Options): Promise<boolean> {
  const { stack, databaseUrl, principalPrivateKey, entries, requests } = options;
  const admin = new pg.Client({ connectionString: databaseUrl, application_name: 'bench-load' });
  await admin.connect();
  process.stdout.write(`\nFilling a log of ${entries.toLocaleString('en')} leaves\n`);
  const data = await fillLog(admin, entries, requests + warmUp);
  await admin.end();
  const { port } = await stack.process('audit');
  const client = createClient(`http://127.0.0.1:${port}`, {}, 1);
  const signer = createPrincipalSigner(principalPrivateKey);
  const principal = userPrincipal(data.tenantId, 'owner');
  const ask = async (path: string) => {
    const token = await signer.sign(principal, 'audit');
    const began = performance.now();
    const { status, body } = await client.send('GET', path, undefined, { [principalHeader]: token });
    const time = performance.now() - began;
    if (status !== 200) throw new Error(`GET ${path} answered ${status}: ${body}`);
    return { time, body: JSON.parse(body) };
  };
  const { verifierKey } = (await ask('/v1/audit/checkpoints/latest')).body;
  const measure = async (what: string, path: (no: number) => string, holds: (body: never) => boolean) => {
    const times: number[] = [];
    for (let no = 0; no < requests + warmUp; no++) {
      const { time, body } = await ask(path(no));
      if (!holds(body as never)) throw new Error(`The proof at ${path(no)} does not hold`);
      if (no >= warmUp) times.push(time);
    }
    return toResult(what, times);
  };
  const results = [
    // What an answer takes here that says nothing: the rest of each time is the proof's.
    {
      ...(await measure(
        'a health check',
        () => '/health/live',
        () => true,
      )),
      goal: undefined,
      passed: undefined,
    },
    await measure('inclusion', inclusionPath(data), (proof: Proof) => includes(proof, verifierKey)),
    await measure('consistency', consistencyPath(data), isConsistent),
  ];
  client.close();
  printTable(
    `Proofs over HTTP in a log of ${entries.toLocaleString('en')} entries, which was put into tiles and signed within ${(data.signedMs / 1_000).toFixed(0)} s`,
    ['p50', 'p99'],
    results,
  );
  return results.every(({ passed }) => passed !== false);
}

/** All over the log: neighbours come long after one another. */
const spread = (no: number, count: number) => (no * 7_919) % count;

const inclusionPath =
  ({ entryIds }: LogData) =>
  (no: number) =>
    `/v1/audit/entries/${entryIds[spread(no, entryIds.length)]}/proof`;

const consistencyPath =
  ({ size }: LogData) =>
  (no: number) => {
    const to = 2 + spread(no * 104_729, size - 1);
    return `/v1/audit/consistency?from=${1 + spread(no * 1_299_709, to - 1)}&to=${to}`;
  };

function toResult(what: string, times: readonly number[]): Result {
  const sorted = times.toSorted((a, b) => a - b);
  const p99 = percentile(sorted, 0.99);
  return {
    what,
    cells: { p50: ms(percentile(sorted, 0.5)), p99: ms(p99) },
    goal: `p99 ≤ ${goalMs} ms`,
    passed: p99 <= goalMs,
  };
}
