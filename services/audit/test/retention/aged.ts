import type { TestService } from '@stockade/testing';

/** What makes an entry one of a read, or of something refused. */
export const read = { action: 'purchasing.bank-account.read', target: { type: 'bank-account', id: 'b-1' } };
export const refused = { action: 'gateway.access.refused', target: { type: 'address', id: '192.0.2.1' } };

/** As if an entry had come into the log so many days ago: it moves to that day's partition. */
export async function age(service: TestService, id: string, days: number): Promise<void> {
  await service.query('update leaves set recorded_on = current_date - $2::int where entry_id = $1', [
    id,
    days,
  ]);
  await service.query(
    `update entries set recorded_on = current_date - $2::int, occurred_at = now() - make_interval(days => $2) where id = $1`,
    [id, days],
  );
}
