import t from 'tap';
import { createSealer, keyIdOf, SealError } from '../src/seal.ts';

const key = 'a key that is long enough: 0123456789';
const sealerWith = (current: string, ...older: string[]) =>
  createSealer({ current: () => current, accepted: () => [current, ...older] }, 'test');
const sealer = sealerWith(key);
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
  const both = sealerWith(next, 'unused', key);
  t.strictSame(both.open(sealed, 'here'), plain);
  t.not(both.keyId, sealer.keyId);
  t.throws(() => sealer.open(both.seal(plain, 'here'), 'here'), /not among the accepted/);
});

t.test('which key it was is told by what is sealed, and the keys may change meanwhile', async (t) => {
  const next = 'another key that is long enough: 9876';
  let keys = [key];
  const live = createSealer({ current: () => keys.at(-1) ?? '', accepted: () => keys }, 'test');
  const sealed = live.seal(plain, 'here');
  t.equal(keyIdOf(sealed), sealer.keyId);
  keys = [key, next];
  t.not(keyIdOf(live.seal(plain, 'here')), keyIdOf(sealed));
  t.strictSame(live.open(sealed, 'here'), plain);
  keys = [next];
  t.throws(() => live.open(sealed, 'here'), SealError);
});

t.test('things of another purpose do not open', async (t) => {
  const other = createSealer({ current: () => key, accepted: () => [key] }, 'other');
  t.throws(() => other.open(sealer.seal(plain, 'here'), 'here'), SealError);
});
