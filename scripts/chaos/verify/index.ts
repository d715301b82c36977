import pg from 'pg';
import { checkLaws } from '../../laws/check.ts';
import type { Records } from '../records.ts';
import type { Running } from '../world.ts';
import { checkAudit } from './audit.ts';
import { checkMails } from './mails.ts';
import { type Before, checkRows, checkStates } from './rows.ts';
import { schemasWith } from './schemas.ts';
import { checkStock } from './stock.ts';

async function brokenLaws({ postgres }: Running): Promise<string[]> {
  const client = new pg.Client({ connectionString: postgres.url(), application_name: 'check-laws' });
  await client.connect();
  const wrong: string[] = [];
  try {
    await client.query('begin transaction isolation level repeatable read read only');
    for await (const { law, found } of checkLaws(client))
      for (const { check, broken } of found)
        for (const row of broken) wrong.push(`law ${law.number}, ${check.of}: ${JSON.stringify(row)}`);
  } finally {
    await client.end();
  }
  return wrong;
}

/** Jobs that were given up. None of those that a run makes fails by itself. */
async function deadJobs(world: Running): Promise<string[]> {
  const { postgres } = world;
  const schemas = await schemasWith(world, 'dead_letters');
  const letters = await postgres.query<Record<string, unknown>>(
    schemas
      .map(
        (schema) =>
          `select queue, type, id, failures, reason from ${schema}.dead_letters where status = 'dead'`,
      )
      .join(' union all '),
  );
  const failures = await postgres.query<Record<string, unknown>>(
    schemas
      .map((schema) => `select queue, event_id, failures, last_error from ${schema}.delivery_failures`)
      .join(' union all '),
  );
  return [
    ...letters.map((letter) => `a dead letter: ${JSON.stringify(letter)}`),
    ...failures.map(
      (failure) => `a failure was counted, and the event was not to blame: ${JSON.stringify(failure)}`,
    ),
  ];
}

/** Whether what clients were told and what is there agree; each difference as a line. */
export const checks: readonly [
  string,
  (world: Running, records: Records, before: Before) => Promise<string[]>,
][] = [
  ['The laws hold', brokenLaws],
  ['What was acknowledged is there, and nothing else', checkRows],
  ['Everything is in the state that it was told to be in', checkStates],
  ['Stock is what was acknowledged', checkStock],
  ['Each mail was scanned once, and forged ones hold payments', checkMails],
  ['The audit has one entry for each change, and proves it', checkAudit],
  ['No job was given up', deadJobs],
];
