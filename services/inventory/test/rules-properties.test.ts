import fc from 'fast-check';
import t from 'tap';
import { explode } from '../src/boms/rules.ts';
import type { Goods, GoodsBalance } from '../src/ledger/goods.ts';
import { nilId, placeKey } from '../src/ledger/place.ts';
import { entriesOf, type MovementShape, type NewMovement, planPosting } from '../src/ledger/posting.ts';
import { least, toMicro } from '../src/ledger/quantity.ts';
import { pick } from '../src/picks/rules.ts';
import { toBackflush } from '../src/production-orders/rules.ts';
import type { Place } from '../src/tables.ts';
import { outcomesOf } from '../src/transfers/rules.ts';

const piece = 1_000_000n;
const places: Place[] = ['a', 'b', 'c'].map((site_id) => ({
  ...{ item_id: 'i', site_id, location_id: nilId, lot_id: nilId },
}));
const micro = fc.bigInt({ min: 1n, max: 20n * piece });

/** Three balances of one item, as a posting finds them locked. */
function goodsOf(balances: readonly { onHand: bigint; reserved: bigint }[], allowNegative: boolean) {
  const rows = balances.map(
    ({ onHand, reserved }, at): GoodsBalance => ({
      ...{ ...(places[at] as Place), id: `balance-${at}`, onHand, allowNegative, unused: false },
      reserved: least(reserved, onHand),
    }),
  );
  const find = (place: Place) => rows.find((row) => placeKey(row) === placeKey(place));
  const goods = {
    item: () => ({ sku: 'A' }),
    balance: (place: Place) => find(place) as GoodsBalance,
    findBalance: find,
  } as unknown as Goods;
  return { goods, rows };
}

const shape: fc.Arbitrary<MovementShape> = fc
  .record({
    type: fc.constantFrom('RECEIVE', 'ISSUE', 'ADJUST', 'TRANSFER', 'CONSUME', 'PRODUCE', 'COUNT'),
    from: fc.constantFrom('a', 'b', 'c'),
    to: fc.constantFrom('a', 'b', 'c'),
    quantity: micro,
    down: fc.boolean(),
    leg: fc.constantFrom(undefined, 'out', 'in', 'back'),
  })
  .filter(({ type, from, to }) => type !== 'TRANSFER' || from !== to)
  .map(({ type, from, to, quantity, down, leg }) => ({
    ...{ type, item_id: 'i', site_id: from, location_id: null, lot_id: null, to_location_id: null },
    quantity: (type === 'ADJUST' || type === 'COUNT') && down ? -quantity : quantity,
    to_site_id: type === 'TRANSFER' ? to : null,
    ...(type === 'TRANSFER' && leg ? { leg } : {}),
  })) as fc.Arbitrary<MovementShape>;

const stock = fc.array(
  fc.record({
    onHand: fc.bigInt({ min: 0n, max: 30n * piece }),
    reserved: fc.bigInt({ min: 0n, max: 10n * piece }),
  }),
  { minLength: 3, maxLength: 3 },
);

const holds = (t: { pass(message: string): unknown }, property: fc.IRawProperty<unknown>) => {
  fc.assert(property as fc.IProperty<unknown>, { numRuns: 500 });
  t.pass('500 cases');
};

t.test('a movement and its contrary leave nothing', async (t) =>
  holds(
    t,
    fc.property(shape, (movement) => {
      const sums = new Map<string, bigint>();
      for (const one of [movement, { ...movement, quantity: -movement.quantity }])
        for (const { quantity, ...place } of entriesOf(one))
          sums.set(placeKey(place), (sums.get(placeKey(place)) ?? 0n) + quantity);
      return [...sums.values()].every((sum) => sum === 0n);
    }),
  ),
);

t.test('a direct transfer neither makes nor loses stock', async (t) =>
  holds(
    t,
    fc.property(shape, (movement) => {
      fc.pre(movement.type === 'TRANSFER' && !movement.leg);
      return entriesOf(movement).reduce((sum, { quantity }) => sum + quantity, 0n) === 0n;
    }),
  ),
);

t.test(
  'what is planned leaves every balance as its entries say, and none below what is reserved',
  async (t) =>
    holds(
      t,
      fc.property(
        stock,
        fc.array(shape, { maxLength: 8 }),
        fc.boolean(),
        (balances, shapes, allowNegative) => {
          const { goods, rows } = goodsOf(balances, allowNegative);
          const before = rows.map(({ onHand, reserved }) => ({ onHand, reserved }));
          try {
            const planned = planPosting(goods, shapes as NewMovement[]);
            const moved = (row: GoodsBalance) =>
              planned
                .flatMap(({ entries }) => entries)
                .filter(({ balance }) => balance === row)
                .reduce((sum, { quantity }) => sum + quantity, 0n);
            return rows.every(
              (row, at) =>
                row.onHand === (before[at]?.onHand ?? 0n) + moved(row) &&
                row.reserved === before[at]?.reserved &&
                (allowNegative || row.onHand >= row.reserved),
            );
          } catch {
            return rows.every(
              (row, at) => row.onHand === before[at]?.onHand && row.reserved === before[at]?.reserved,
            );
          }
        },
      ),
    ),
);

t.test('a sequence is refused exactly when one of its steps would take what is not there', async (t) =>
  holds(
    t,
    fc.property(stock, fc.array(shape, { maxLength: 8 }), (balances, shapes) => {
      const { goods, rows } = goodsOf(balances, false);
      const left = new Map(rows.map((row) => [placeKey(row), row.onHand - row.reserved]));
      let possible = true;
      for (const { quantity, ...place } of shapes.flatMap(entriesOf)) {
        const after = (left.get(placeKey(place)) ?? 0n) + quantity;
        if (quantity < 0n && after < 0n) possible = false;
        left.set(placeKey(place), after);
        if (!possible) break;
      }
      try {
        planPosting(goods, shapes as NewMovement[]);
        return possible;
      } catch {
        return !possible;
      }
    }),
  ),
);

t.test(
  'picks are taken in order, from nowhere more than is there, and with the shortage make what was wanted',
  async (t) =>
    holds(
      t,
      fc.property(fc.array(fc.bigInt({ min: 0n, max: 5n * piece })), micro, (available, wanted) => {
        const from = available.map((quantity, at) => ({ at, available: quantity }));
        const { picks, shortage } = pick(from, wanted);
        const sum = picks.reduce((total, { quantity }) => total + quantity, 0n);
        const untouchedBefore = (at: number) =>
          from
            .slice(0, at)
            .every(
              (one) =>
                one.available <= 0n || picks.some((p) => p.from === one && p.quantity === one.available),
            );
        return (
          sum + shortage === wanted &&
          picks.every(({ from: { available: there }, quantity }) => quantity > 0n && quantity <= there) &&
          picks.every(({ from: { at } }) => untouchedBefore(at)) &&
          (shortage === 0n || sum === available.reduce((total, quantity) => total + quantity, 0n))
        );
      }),
    ),
);

const decimal = fc.integer({ min: 0, max: 20 }).map(String);

t.test('of a transfer no more arrives and is lost than is in transit', async (t) =>
  holds(
    t,
    fc.property(
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 0, max: 20 }),
      decimal,
      decimal,
      (sent, received, quantity, lost) => {
        fc.pre(received <= sent);
        const line = {
          ...{ id: 'l', transfer_id: 't', no: 0, item_id: 'i', lot_id: null, from_location_id: null },
          ...{ to_location_id: null, quantity: `${sent}`, dispatched: `${sent}`, received: `${received}` },
          ...{ lost: '0', returned: '0' },
        };
        const fits =
          Number(quantity) + Number(lost) > 0 && Number(quantity) + Number(lost) <= sent - received;
        try {
          const [outcome] = outcomesOf([line], [{ lineId: 'l', quantity, lost }]);
          return fits && outcome?.received === toMicro(quantity) && outcome.lost === toMicro(lost);
        } catch {
          return !fits;
        }
      },
    ),
  ),
);

t.test('a bill never asks for too little, and by less than one piece too much', async (t) =>
  holds(
    t,
    fc.property(
      micro,
      fc.integer({ min: 1, max: 50 }),
      fc.integer({ min: 1, max: 50 }),
      fc.boolean(),
      (wanted, makes, each, pieces) => {
        const parts = [{ item_id: 'p', makes: `${makes}`, component_id: 'c', quantity: `${each}` }];
        const [needed] = explode({ itemId: 'p', quantity: wanted }, parts, () => (pieces ? 'each' : 'kg'));
        const exactTimesMakes = wanted * BigInt(each);
        const got = (needed?.quantity ?? 0n) * BigInt(makes);
        const step = pieces ? piece : 1n;
        return (
          got >= exactTimesMakes &&
          got - exactTimesMakes < step * BigInt(makes) &&
          (!pieces || (needed?.quantity ?? 0n) % piece === 0n)
        );
      },
    ),
  ),
);

t.test('backflush and what was consumed together are at least what was made asks for', async (t) =>
  holds(
    t,
    fc.property(
      micro,
      micro,
      micro,
      fc.bigInt({ min: 0n, max: 20n * piece }),
      (required, planned, made, consumed) => {
        const text = (value: bigint) => `${value / piece}.${String(value % piece).padStart(6, '0')}`;
        const open = toBackflush({ required: text(required), consumed: text(consumed) }, 'kg', {
          made,
          planned,
        });
        return open >= 0n && (open + consumed) * planned >= required * made;
      },
    ),
  ),
);
