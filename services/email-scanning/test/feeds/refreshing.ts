import type { TestAnswer, TestCaller, TestService } from '@stockade/testing';
import { refreshDue } from '../../src/feeds/refresh.ts';

export const path = '/v1/mail/feeds';

/** Refreshes all feeds that are due, as the task does. Gives how many there were. */
export async function refreshAll(service: TestService, allowPrivate = true): Promise<number> {
  let refreshed = 0;
  const { signal } = new AbortController();
  while (await refreshDue(service.service, { allowPrivate, signal })) refreshed++;
  return refreshed;
}

export async function addFeed(caller: TestCaller, body: object): Promise<string> {
  const answer = await caller.post(path, { name: `Feed ${Math.random()}`, format: 'domain-list', ...body });
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return answer.body.id;
}

export const upload = (caller: TestCaller, id: string, content: string, query = ''): Promise<TestAnswer> =>
  caller.post(`${path}/${id}/upload${query}`, content, { 'content-type': 'text/plain' });

/** So many domains, the first of that number. */
export const domains = (count: number, from = 0): string =>
  Array.from({ length: count }, (_, at) => `evil-${from + at}.example\n`).join('');
