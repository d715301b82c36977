import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';

interface Sight {
  at: number;
  size: number;
  signed: number;
}

const everyMs = 20;

/** Looks again and again how far logs have grown and are signed, so that it can be told afterwards when each entry was. */
export async function watchLogs(databaseUrl: string, tenantIds: readonly string[]) {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'bench-watch' });
  await client.connect();
  const sights = new Map<string, Sight[]>(tenantIds.map((id) => [id, []]));
  const look = async () => {
    const { rows } = await client.query<{ tenant_id: string; size: number; signed: number }>(
      'select tenant_id, size::float8 as size, checkpoint_size::float8 as signed from audit.trees where tenant_id = any($1)',
      [tenantIds],
    );
    const at = performance.now();
    for (const { tenant_id, size, signed } of rows) sights.get(tenant_id)?.push({ at, size, signed });
  };
  const allSigned = () =>
    [...sights.values()].every((seen) => {
      const last = seen.at(-1);
      return last !== undefined && last.signed === last.size;
    });
  let ending = false;
  const loop = async () => {
    while (!ending || !allSigned()) {
      await look();
      await delay(everyMs);
    }
  };
  const looking = loop();
  const first = (tenantId: string, reached: (sight: Sight) => boolean) =>
    sights.get(tenantId)?.find(reached)?.at ?? Number.NaN;
  return {
    /** Ends once every log is signed as it is. */
    async end() {
      ending = true;
      await looking;
      await client.end();
    },
    committedAt: (tenantId: string, sequence: number) => first(tenantId, ({ size }) => size >= sequence),
    signedAt: (tenantId: string, sequence: number) => first(tenantId, ({ signed }) => signed >= sequence),
  };
}
