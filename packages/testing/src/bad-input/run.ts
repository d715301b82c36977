import { ErrorEnvelope, type Operation } from '@stockade/contracts';
import { newId } from '@stockade/database';
import type { Test } from 'tap';
import { Value } from 'typebox/value';
import type { TestAnswer, TestCaller, TestService } from '../service.ts';
import { type BadCase, badCases, goodRequest, idParams, type Sample } from './cases.ts';

type Request = Pick<BadCase, 'method' | 'url' | 'body' | 'headers'>;

/** Sends a request as it is. */
export function send(caller: TestCaller, { method, url, body, headers }: Request): Promise<TestAnswer> {
  if (method === 'GET') return caller.get(url, headers);
  if (method === 'DELETE') return caller.delete(url, headers);
  return caller[method.toLowerCase() as 'post' | 'patch' | 'put'](url, body, headers);
}

type Expected = Pick<BadCase, 'name' | 'url' | 'status' | 'code' | 'path'>;

/** What is wrong with the answer to a bad request, in one line; null when it is as it should be. */
function complaint({ name, url, status, code, path }: Expected, answer: TestAnswer): string | null {
  const { error } = answer.body ?? {};
  const pointers: string[] = (error?.details?.errors ?? []).map((problem: { path: string }) => problem.path);
  const isRight =
    answer.status === status &&
    Value.Check(ErrorEnvelope, answer.body) &&
    error.code === code &&
    error.statusCode === status &&
    error.path === url.split('?')[0] &&
    (path === undefined || pointers.includes(path));
  if (isRight) return null;
  const got = `${answer.status} ${error?.code ?? 'without an envelope'} [${pointers.slice(0, 5).join(' ')}]`;
  return `${name}: expected ${status} ${code}${path === undefined ? '' : ` [${path}]`}, got ${got}`;
}

/** What tells by table whether a row was added, changed or removed. */
async function fingerprint(service: TestService, tables: readonly string[]): Promise<Map<string, string>> {
  const sums = tables.map(
    (table) =>
      `select '${table}' as name, concat_ws(' ', count(*), sum(hashtextextended(r::text, 0))) as mark from ${table} r`,
  );
  const rows = await service.query<{ name: string; mark: string }>(sums.join(' union all '));
  return new Map(rows.map(({ name, mark }) => [name, mark]));
}

const shown = 20;

function firstOf(wrong: string[]): string[] {
  return wrong.length > shown ? [...wrong.slice(0, shown), `and ${wrong.length - shown} more`] : wrong;
}

/** Bad requests first, as they change nothing; the good one last, as it may use up what it needs. */
async function testOperation(
  t: Test,
  service: TestService,
  { operation, sample, tables }: { operation: Operation; sample: Sample; tables: readonly string[] },
): Promise<void> {
  const { personId } = sample;
  const caller = service.as('owner', personId ? { personId } : {});
  const good = goodRequest(operation, sample);
  const before = await fingerprint(service, tables);
  const wrong: string[] = [];
  for (const bad of badCases(operation, sample)) {
    const found = complaint(bad, await send(caller, bad));
    if (found) wrong.push(found);
  }
  t.strictSame(firstOf(wrong), [], 'every bad request is refused as it should be');
  if (idParams(operation).length > 0) {
    const stranger = service.as('owner', { tenantId: newId() });
    const expected = { ...good, name: 'another tenant', status: 404, code: 'NOT_FOUND' } as const;
    t.equal(complaint(expected, await send(stranger, good)), null, 'for another tenant it does not exist');
  }
  const after = await fingerprint(service, tables);
  const changed = tables.filter((table) => after.get(table) !== before.get(table));
  t.strictSame(changed, [], 'nothing was changed or told');
  const { status, body } = await send(caller, good);
  const refusal = status < 300 ? null : `${status} ${body?.error?.code}: ${body?.error?.message}`;
  t.equal(refusal, null, 'the sample is good: what was refused was so for what was made wrong');
}

/**
 * Sends every bad request that the contracts let one think of to every operation, as an owner, and checks the status,
 * the envelope, the pointer to the bad field, and that no row of the tables or the outbox changed. Then the same
 * without a mistake as another tenant, who finds nothing, and as the owner, for whom it works: each sample needs
 * things of its own where the call uses them up, made by other people where it needs a second one.
 */
export async function badInputTest(
  t: Test,
  service: TestService,
  operations: readonly Operation[],
  samples: Readonly<Record<string, Sample>>,
  tables: readonly string[],
): Promise<void> {
  const ids = new Set(operations.map(({ id }) => id));
  const unused = Object.keys(samples).filter((id) => !ids.has(id));
  t.strictSame(unused, [], 'every sample is of an operation');
  const watched = [...new Set([...tables, 'outbox'])];
  for (const operation of operations) {
    await t.test(`${operation.id} refuses bad input`, async (t) => {
      const sample = samples[operation.id];
      if (sample) await testOperation(t, service, { operation, sample, tables: watched });
      else t.fail(`there is no sample of ${operation.id}`);
    });
  }
}
