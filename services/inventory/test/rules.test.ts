import { toInstant } from '@stockade/service-kit';
import t from 'tap';
import { fitsUnit } from '../src/items/rules.ts';
import { nilId, orNil, orNull } from '../src/ledger/place.ts';
import { entriesOf } from '../src/ledger/posting.ts';
import { holdingReason } from '../src/movements/rules.ts';

const shape = {
  item_id: 'i',
  site_id: 's',
  location_id: null,
  lot_id: null,
  to_site_id: null,
  to_location_id: null,
};
const here = { item_id: 'i', site_id: 's', location_id: nilId, lot_id: nilId };

t.test('each is counted in whole numbers, written with zeros behind the point or not', async (t) => {
  for (const quantity of ['1', '1.0', '10.000000', '-3']) t.ok(fitsUnit('each', quantity), quantity);
  for (const quantity of ['1.5', '0.000001', '-1.10']) t.notOk(fitsUnit('each', quantity), quantity);
  t.ok(fitsUnit('kg', '1.5'));
});

t.test('what a movement does to balances', async (t) => {
  t.strictSame(entriesOf({ ...shape, type: 'RECEIVE', quantity: 2n }), [{ ...here, quantity: 2n }]);
  t.strictSame(entriesOf({ ...shape, type: 'ISSUE', quantity: 2n }), [{ ...here, quantity: -2n }]);
  t.strictSame(entriesOf({ ...shape, type: 'ADJUST', quantity: -2n }), [{ ...here, quantity: -2n }]);
  t.strictSame(
    entriesOf({
      ...shape,
      type: 'TRANSFER',
      quantity: 2n,
      to_site_id: 't',
      to_location_id: 'l',
      lot_id: 'x',
    }),
    [
      { ...here, lot_id: 'x', quantity: -2n },
      { ...here, lot_id: 'x', site_id: 't', location_id: 'l', quantity: 2n },
    ],
  );
});

t.test('a movement and its contrary cancel out', async (t) => {
  for (const type of ['RECEIVE', 'ISSUE', 'ADJUST', 'TRANSFER'] as const) {
    const movement = { ...shape, type, quantity: 2_500_000n, to_site_id: 't' };
    const back = entriesOf({ ...movement, quantity: -movement.quantity });
    const sums = entriesOf(movement).map((entry, at) => entry.quantity + (back[at]?.quantity ?? 0n));
    t.ok(
      sums.every((sum) => sum === 0n),
      type,
    );
  }
});

t.test('no location and no lot have a value of their own', async (t) => {
  t.equal(orNil(undefined), nilId);
  t.equal(orNil(null), nilId);
  t.equal(orNull(orNil(null)), null);
  t.equal(orNull('x'), 'x');
});

t.test('goods that fit are not held', async (t) => {
  const item = { id: 'i', sku: 'A', unit: 'kg', active: true, lot_tracked: false };
  t.equal(holdingReason(item, { quantity: '1.5', lot: 'none' }), null);
  t.equal(holdingReason({ ...item, lot_tracked: true }, { quantity: '1', lot: { item_id: 'i' } }), null);
  t.match(holdingReason({ ...item, lot_tracked: true }, { quantity: '1', lot: undefined }), /not one of A/);
});

t.test('times that no calendar has are refused', async (t) => {
  t.equal(toInstant('2026-01-02T03:04:05+01:00', '/at').toISOString(), '2026-01-02T02:04:05.000Z');
  for (const text of ['2016-12-31T23:59:60Z', '1969-12-31T23:59:59Z', '0001-01-01T00:00:00Z'])
    t.throws(() => toInstant(text, '/at'), { code: 'VALIDATION_ERROR' }, text);
});
