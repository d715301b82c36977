import { generateKeyPairSync } from 'node:crypto';
import t from 'tap';
import { BadCheckpoint, openCheckpoint, signCheckpoint, verifierKey } from '../src/index.ts';

const { privateKey } = generateKeyPairSync('ed25519');
const origin = 'log.example/tenant';
const rootHash = Buffer.alloc(32, 7);
const key = verifierKey(origin, privateKey);
const note = signCheckpoint({ origin, size: 12, rootHash }, privateKey);

t.test('a checkpoint is text that a person can read', async (t) => {
  const [name, size, root, empty, signature] = note.split('\n');
  t.strictSame([name, size, root, empty], [origin, '12', rootHash.toString('base64'), '']);
  t.match(signature, /^— log\.example\/tenant [A-Za-z0-9+/]+=*$/);
  t.match(key, /^log\.example\/tenant\+[0-9a-f]{8}\+[A-Za-z0-9+/]+=*$/);
});

t.test('whoever has the key can open it', async (t) => {
  t.strictSame(openCheckpoint(note, key), { origin, size: 12, rootHash });
  const witnessed = `${note}— witness.example AAAAAAAA\n`;
  t.equal(openCheckpoint(witnessed, key).size, 12, "others' signatures are passed over");
});

t.test('a published vector of the note format', async (t) => {
  // From the documentation of golang.org/x/mod/sumdb/note: its signature is by the key PeterNeumann.
  const vkey = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
  const text =
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
  t.throws(() => openCheckpoint(text, vkey), /no checkpoint of that log/, 'well signed, but no checkpoint');
  t.throws(() => openCheckpoint(text.replace('problem,', 'problem;'), vkey), /No good signature/);
});

t.test('anything else is refused', async (t) => {
  const other = verifierKey(origin, generateKeyPairSync('ed25519').privateKey);
  const elsewhere = signCheckpoint({ origin: 'other.example', size: 12, rootHash }, privateKey);
  const altered = {
    'another size': note.replace('\n12\n', '\n13\n'),
    'another root': note.replace(rootHash.toString('base64'), Buffer.alloc(32, 8).toString('base64')),
    'no signature': note.slice(0, note.indexOf('—')),
    "another log's": elsewhere,
    'no note at all': 'hello',
    nothing: '',
  };
  for (const [what, text] of Object.entries(altered))
    t.throws(() => openCheckpoint(text, key), BadCheckpoint as never, what);
  t.throws(() => openCheckpoint(note, other), BadCheckpoint as never, 'another key');
  t.throws(
    () => openCheckpoint(note, key.replace(/\+[0-9a-f]{8}\+/, '+00000000+')),
    BadCheckpoint as never,
    'a false id',
  );
  t.throws(() => signCheckpoint({ origin: 'two words', size: 1, rootHash }, privateKey), TypeError as never);
});
