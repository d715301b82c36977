import type { Dashboard } from '@stockade/contracts/inventory';
import { sql } from 'kysely';
import type { Db, Scope } from './scope.ts';

const days = 30;
const dayMs = 86_400_000;

type PerDay = Dashboard['movementsPerDay'];

/** Today where it is latest: of the sites, or of the one that is asked for. */
async function latestToday(db: Db, { siteId }: Scope): Promise<string> {
  const { rows } = await sql<{ today: string }>`
    select coalesce(max((now() at time zone time_zone)::date), (now() at time zone 'UTC')::date)::text as today
    from sites where active ${siteId === undefined ? sql`` : sql`and id = ${siteId}`}`.execute(db);
  return rows[0]?.today as string;
}

const back = (today: string, daysAgo: number): string =>
  new Date(Date.parse(today) - daysAgo * dayMs).toISOString().slice(0, 10);

/** The last 30 days, the newest last, also those on which nothing moved. */
export async function movementsPerDay(db: Db, scope: Scope): Promise<PerDay> {
  const today = await latestToday(db, scope);
  const { rows } = await sql<{ date: string; type: string; movements: number }>`
    select day::text as date, type, sum(movements)::int as movements from movement_counts
    where day between ${back(today, days - 1)}::date and ${today}::date
      ${scope.siteId === undefined ? sql`` : sql`and site_id = ${scope.siteId}`}
    group by day, type`.execute(db);
  const perDay = Array.from({ length: days }, (_, at): PerDay[number] => ({
    date: back(today, days - 1 - at),
    total: 0,
    byType: {},
  }));
  const byDate = new Map(perDay.map((day) => [day.date, day]));
  for (const { date, type, movements } of rows) {
    const day = byDate.get(date);
    if (!day) continue;
    day.total += movements;
    day.byType[type] = movements;
  }
  return perDay;
}
