import { randomBytes } from 'node:crypto';
import { isPublic, type Operation } from '@stockade/contracts';
import { allOperations } from '@stockade/contracts/operations';
import type { Teardown } from '@stockade/testing';
import { type Stack, startStack } from '@stockade/testing/stack';
import pg from 'pg';
import { type StoryOutcome, tellStory } from '../../demo/story.ts';
import { databaseUrl } from '../../laws/database-url.ts';
import { seed } from './seed.ts';

/** A tenant with people and with at least one of everything. */
export interface Tenant extends StoryOutcome {
  id: string;
  email: string;
  password: string;
}

export interface World {
  url: string;
  stack: Stack;
  /** Who attacks, and whose things are none of their business. */
  own: Tenant;
  other: Tenant;
  /** As the platform's operator. */
  operate(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }>;
  query(sql: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
}

/** What a tenant's people may call, by the table. */
export const tenantOperations: readonly Operation[] = allOperations.filter(
  (operation) => isPublic(operation) && operation.access !== 'operator' && operation.access !== 'public',
);

/** A Stockade with two tenants that know nothing of each other. */
export async function startWorld(t: Teardown, env: Record<string, string> = {}): Promise<World> {
  const stack = await startStack(t, env);
  const { url, credentials } = stack;
  const client = new pg.Client(stack.databaseUrl ?? (await databaseUrl({ STOCKADE_HOME: stack.home })));
  await client.connect();
  t.teardown(() => client.end());
  const operate: World['operate'] = async (method, path, body) => {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${credentials.operatorKey}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: text ? JSON.parse(text) : null };
  };
  const owner = {
    email: `owner-${randomBytes(4).toString('hex')}@other.example`,
    password: `Another-tenants-owner-${randomBytes(4).toString('hex')}`,
  };
  const made = await operate('POST', '/v1/admin/tenants', {
    ...{ name: 'Other', ownerName: 'Olga Other', ownerEmail: owner.email, ownerPassword: owner.password },
  });
  if (made.status !== 201) throw new Error(JSON.stringify(made.body));
  const [own, other] = await Promise.all([
    openTenant(url, credentials.tenantId, credentials),
    openTenant(url, (made.body as { id: string }).id, owner),
  ]);
  const query: World['query'] = async (sql, values) => (await client.query(sql, values)).rows;
  return { url, stack, own, other, operate, query };
}

async function openTenant(
  url: string,
  id: string,
  { email, password }: { email: string; password: string },
): Promise<Tenant> {
  const told = await tellStory({ url, email, password }, () => {});
  await seed(told, { url, password });
  return { ...told, id, email, password };
}

/** The list that `/…/noun/:nounId` is read from: the same path without the id, or the list of that noun elsewhere. */
function listOf(prefix: string, param: string): Operation | undefined {
  const lists = tenantOperations.filter(({ method, path }) => method === 'GET' && !/:\w+$/.test(path));
  const noun = param.replace(/Id$/, '').toLowerCase();
  const nounOf = ({ path }: Operation) => path.split('/').at(-1)?.replaceAll('-', '').replace(/s$/, '');
  return (
    lists.find(({ path }) => path === prefix) ??
    lists.find((list) => nounOf(list) === noun) ??
    lists.find((list) => nounOf(list)?.endsWith(noun))
  );
}

/** Finds ids of what a tenant has, by the operations themselves. */
export interface Ids {
  /** Every way to put ids that belong together in the path's parameters. */
  paths(path: string): Promise<string[]>;
  /** The id that a field of a body or a query may name. */
  of(field: string): Promise<string>;
}

const most = 20;

export function idsOf({ owner, order }: StoryOutcome): Ids {
  const known = new Map<string, Promise<string>>();

  async function firstOf(list: Operation): Promise<string> {
    for (const path of await paths(list.path)) {
      const { data } = await owner.get(path);
      if (typeof data?.[0]?.id === 'string') return data[0].id;
    }
    throw new Error(`There is nothing in ${list.path}: make one in seed.ts`);
  }

  function idFor(template: string, param: string): Promise<string> {
    const list = listOf(template, param);
    if (!list) return Promise.reject(new Error(`No operation lists what ${template}/:${param} names`));
    const found = known.get(list.id) ?? firstOf(list);
    known.set(list.id, found);
    return found;
  }

  async function paths(path: string): Promise<string[]> {
    let made = [''];
    let template = '';
    for (const segment of path.split('/').slice(1)) {
      const param = segment.startsWith(':') ? segment.slice(1) : null;
      const before = made;
      if (param === null) made = before.map((one) => `${one}/${segment}`);
      else if (listOf(template, param)?.path === template) {
        const pages = await Promise.all(before.map((one) => owner.get(`${one}?limit=${most}`)));
        // Feature flags are named by their keys.
        const named = ({ id, key }: { id?: string; key?: string }) => id ?? key;
        made = pages.flatMap(({ data }, at) => data.map((one: object) => `${before[at]}/${named(one)}`));
      } else {
        const id = await idFor(template, param);
        made = before.map((one) => `${one}/${id}`);
      }
      if (made.length === 0) throw new Error(`There is nothing in ${template}: make one in seed.ts`);
      made = made.slice(0, most);
      template += `/${segment}`;
    }
    return made;
  }

  return {
    paths,
    async of(field) {
      if (/lineIds?$/i.test(field)) return order.lines[0]?.id ?? '';
      const noun = field.replace(/^(to|from)(?=[A-Z])/, '').replace(/Ids$/, 'Id');
      const param = noun === 'counterId' ? 'userId' : noun.charAt(0).toLowerCase() + noun.slice(1);
      // What nothing lists is asked for by the id of something else, which is as foreign.
      return idFor('', param).catch(() => idFor('', 'itemId'));
    },
  };
}
