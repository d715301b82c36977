import type { CycleCount } from '@stockade/contracts/inventory';
import type { TestCaller } from '@stockade/testing';

export const counts = '/v1/inventory/cycle-counts';

type Verb = 'start' | 'submit' | 'recount' | 'approve' | 'reject';

export const step = (caller: TestCaller, id: string, verb: Verb, body?: object, headers = {}) =>
  caller.post(`${counts}/${id}/${verb}`, body, headers);

/** The same, of a step that has to succeed. */
export async function take(caller: TestCaller, id: string, verb: Verb, body?: object): Promise<CycleCount> {
  const answer = await step(caller, id, verb, body);
  if (answer.status !== 200)
    throw new Error(`${verb} was answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** Plans a count and starts it. */
export async function startCount(caller: TestCaller, fields: object): Promise<CycleCount> {
  const { status, body } = await caller.post(counts, fields);
  if (status !== 201) throw new Error(`The count was answered ${status}: ${JSON.stringify(body)}`);
  return take(caller, body.id, 'start');
}

/** Hands in the same quantity for every line, or for each its own, in the order of the lines. */
export const sheetOf = (count: CycleCount, quantities: readonly string[], fields: object = {}) => ({
  lines: count.lines.map(({ id }, at) => ({
    lineId: id,
    quantity: quantities[at] ?? quantities[0] ?? '0',
    ...fields,
  })),
});
