import t from 'tap';
import { createSealer, SealError } from '../src/seal.ts';

const key = 'a key that is long enough: 0123456789';
const sealer = createSealer({ current: key }, 'test');
const plain = Buffer.from('Dear Sir or Madam');

t.test('what is sealed opens again, and shows nothing', async (t) => {
  const sealed = sealer.seal(plain, 'here');
  t.strictSame(sealer.open(sealed, 'here'), plain);
  t.notOk(sealed.includes(plain));
  t.notSame(sealer.seal(plain, 'here'), sealed, 'never twice the same');
  t.strictSame(sealer.open(sealer.seal(Buffer.alloc(0), ''), ''), Buffer.alloc(0));
});

t.test('it does not open elsewhere, changed or cut off', async (t) => {
  const sealed = sealer.seal(plain, 'here');
  t.throws(() => sealer.open(sealed, 'there'), SealError);
  for (let at = 0; at < sealed.length; at++) {
    const changed = Buffer.from(sealed);
    changed[at] = (changed[at] ?? 0) ^ 1;
    t.throws(() => sealer.open(changed, 'here'), SealError);
  }
  for (const length of [0, 1, 40, 56, sealed.length - 1])
    t.throws(() => sealer.open(sealed.subarray(0, length), 'here'), SealError);
});

t.test('earlier keys open, the current one seals', async (t) => {
  const next = 'another key that is long enough: 9876';
  const sealed = sealer.seal(plain, 'here');
  const both = createSealer({ current: next, old: ['unused', key] }, 'test');
  t.strictSame(both.open(sealed, 'here'), plain);
  t.not(both.keyId, sealer.keyId);
  t.throws(() => sealer.open(both.seal(plain, 'here'), 'here'), /not among/);
});

t.test('the same secret for another purpose opens nothing', async (t) => {
  const sealed = sealer.seal(plain, 'here');
  t.throws(() => createSealer({ current: key }, 'other').open(sealed, 'here'), SealError);
});
