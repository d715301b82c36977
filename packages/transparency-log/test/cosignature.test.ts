import { generateKeyPairSync, sign } from 'node:crypto';
import t from 'tap';
import { findCosignature, openCheckpoint, signCheckpoint, verifierKey } from '../src/index.ts';
import { formatVerifierKey, keyId, rawPublicKey, signatureTypes } from '../src/note.ts';

const { privateKey } = generateKeyPairSync('ed25519');
const witness = generateKeyPairSync('ed25519').privateKey;
const name = 'witness.example/w1';
const origin = 'log.example/tenant';
const checkpoint = signCheckpoint({ origin, size: 12, rootHash: Buffer.alloc(32, 7) }, privateKey);
const witnessKey = formatVerifierKey(name, signatureTypes.cosignature, rawPublicKey(witness));

function cosign(time: bigint, note = checkpoint, claimed = time) {
  const text = note.slice(0, note.lastIndexOf('\n\n') + 1);
  const at = Buffer.alloc(8);
  at.writeBigUInt64BE(claimed);
  const id = keyId(name, signatureTypes.cosignature, rawPublicKey(witness));
  const signature = sign(null, Buffer.from(`cosignature/v1\ntime ${time}\n${text}`), witness);
  return `— ${name} ${Buffer.concat([id, at, signature]).toString('base64')}`;
}

t.test('a witness is found beside the log that it saw', async (t) => {
  const line = cosign(1_679_315_147n);
  const signed = `${checkpoint}${line}\n`;
  t.strictSame(findCosignature(signed, witnessKey), { time: 1_679_315_147, line });
  t.equal(openCheckpoint(signed, verifierKey(origin, privateKey)).size, 12);
});

t.test('what is no cosignature by that key counts for nothing', async (t) => {
  const bad = {
    'none at all': checkpoint,
    "another checkpoint's": `${checkpoint}${cosign(5n, checkpoint.replace('\n12\n', '\n13\n'))}\n`,
    "another name's": `${checkpoint}${cosign(5n).replace('/w1', '/w2')}\n`,
    'a short one': `${checkpoint}${cosign(5n).slice(0, -24)}\n`,
    'another time': `${checkpoint}${cosign(5n, checkpoint, 6n)}\n`,
  };
  for (const [what, note] of Object.entries(bad)) t.equal(findCosignature(note, witnessKey), undefined, what);
  const logKey = verifierKey(name, witness);
  t.throws(() => findCosignature(`${checkpoint}${cosign(5n)}\n`, logKey), /no Ed25519 verifier key/);
});

t.test("the document's own example is taken apart", async (t) => {
  // From C2SP tlog-cosignature; its public key is not given, the line's key id and time are.
  const line =
    '— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==';
  const bytes = Buffer.from(line.split(' ')[2] as string, 'base64');
  t.equal(bytes.length, 4 + 8 + 64);
  t.equal(bytes.readBigUInt64BE(4), 1_679_315_147n);
});
