import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';

/** What the database says of a run's messages. */
export interface Outcome {
  stored: number;
  scanned: number;
  /** Audit entries for taking messages in, and for their verdicts. */
  auditedAccepted: number;
  auditedVerdicts: number;
  /** Milliseconds from accepting to the verdict. */
  p50: number;
  p95: number;
  p99: number;
  max: number;
  /** How long it took after the last one was sent until nothing was left to do. */
  drainedMs: number;
}

const counts = `
  with mine as (select id::text, status from email_scanning.messages where source = $1),
    audited as (
      select count(*) filter (where e.action = 'email-scanning.message.create')::int as "auditedAccepted",
        count(*) filter (where e.action = 'email-scanning.message.scan')::int as "auditedVerdicts"
      from audit.entries e join mine on e.target_id = mine.id)
  select count(*)::int as stored, count(*) filter (where status = 'scanned')::int as scanned,
    (select "auditedAccepted" from audited), (select "auditedVerdicts" from audited)
  from mine`;

const latencies = `
  select p[1] as p50, p[2] as p95, p[3] as p99, p[4] as max from (
    select percentile_cont(array[0.5, 0.95, 0.99, 1]) within group (
      order by extract(epoch from scanned_at - received_at) * 1000)::float8[] as p
    from email_scanning.messages where source = $1 and scanned_at is not null) of_all`;

const isSettled = ({ stored, scanned, auditedAccepted, auditedVerdicts }: Counts) =>
  stored === scanned && auditedAccepted === stored && auditedVerdicts === stored;

type Counts = Pick<Outcome, 'stored' | 'scanned' | 'auditedAccepted' | 'auditedVerdicts'>;

/** Waits until everything that a run sent has its verdict and its audit entries, or a minute passes. */
export async function outcomeOf(databaseUrl: string, run: string): Promise<Outcome> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const started = performance.now();
  try {
    let found: Counts;
    for (;;) {
      // Of very much the count alone takes a minute, and it tells of when it began.
      const asked = performance.now();
      ({
        rows: [found],
      } = await client.query(counts, [run]));
      if (isSettled(found) || asked - started > 60_000) break;
      await delay(500);
    }
    const drainedMs = performance.now() - started;
    const {
      rows: [times],
    } = await client.query(latencies, [run]);
    return { ...found, ...times, drainedMs };
  } finally {
    await client.end();
  }
}

/** Connections to the database. */
export async function connections(databaseUrl: string): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query(
      `select count(*)::int as n from pg_stat_activity where backend_type = 'client backend'`,
    );
    return rows[0].n;
  } finally {
    await client.end();
  }
}
