import fc from 'fast-check';
import t from 'tap';
import {
  appendLeaves,
  completeNodes,
  consistencyRanges,
  hashRange,
  inclusionRanges,
  leafHash,
  type NodeId,
  nodeHash,
  type Range,
  rootHash,
  verifyConsistency,
  verifyInclusion,
} from '../src/index.ts';

/** The leaves and roots of Certificate Transparency's reference tests (certificate-transparency, merkletree tests). */
const referenceLeaves = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
].map((hex) => Buffer.from(hex, 'hex'));
const referenceRoots = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

const key = ({ level, index }: NodeId) => `${level}/${index}`;

/** A tree that is grown in the given steps; reads only what was stored. */
function grow(leaves: readonly Buffer[], steps: readonly number[]) {
  const stored = new Map<string, Buffer>();
  const read = (node: NodeId) => {
    const hash = stored.get(key(node));
    if (!hash) throw new Error(`Node ${key(node)} is not there`);
    return hash;
  };
  let size = 0;
  for (const step of [...steps, leaves.length]) {
    const next = leaves.slice(size, size + step);
    const frontier = new Set(completeNodes({ lo: 0, hi: size }).map(key));
    const readFrontier = (node: NodeId) => {
      if (!frontier.has(key(node))) throw new Error(`Node ${key(node)} is not of the frontier`);
      return read(node);
    };
    for (const node of appendLeaves(size, next.map(leafHash), readFrontier)) stored.set(key(node), node.hash);
    size += next.length;
  }
  return { read, hashes: (ranges: Range[]) => ranges.map((range) => hashRange(range, read)) };
}

t.test('the reference roots', async (t) => {
  const { read } = grow(referenceLeaves, []);
  for (const [at, root] of referenceRoots.entries()) t.equal(rootHash(at + 1, read).toString('hex'), root);
  t.equal(
    rootHash(0, read).toString('hex'),
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  );
});

t.test('reference proofs', async (t) => {
  const { hashes } = grow(referenceLeaves, []);
  const hex = (ranges: Range[]) => hashes(ranges).map((hash) => hash.toString('hex'));
  t.strictSame(hex(inclusionRanges(0, 8)), [
    '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
    '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
    '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
  ]);
  t.strictSame(hex(inclusionRanges(5, 8)), [
    'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  ]);
  t.strictSame(hex(consistencyRanges(6, 8)), [
    '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
    'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  ]);
});

t.test('a leaf is never taken for a node', async (t) => {
  const [a, b] = [leafHash(Buffer.from('a')), leafHash(Buffer.from('b'))];
  t.notSame(leafHash(Buffer.concat([a, b])), nodeHash(a, b));
});

const leavesOf = (size: number) => Array.from({ length: size }, (_, at) => Buffer.from(`leaf ${at}`));
const flip = (hash: Buffer) => {
  const copy = Buffer.from(hash);
  copy[0] = (copy[0] ?? 0) ^ 1;
  return copy;
};

t.test('however a tree grows, every inclusion proof verifies, and no altered one', async () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 300 }),
      fc.array(fc.integer({ min: 1, max: 70 }), { maxLength: 8 }),
      fc.nat(),
      (size, steps, pick) => {
        const leaves = leavesOf(size);
        const { read, hashes } = grow(leaves, steps);
        const leafIndex = pick % size;
        const proof = {
          leafHash: leafHash(leaves[leafIndex] as Buffer),
          leafIndex,
          treeSize: size,
          hashes: hashes(inclusionRanges(leafIndex, size)),
          rootHash: rootHash(size, read),
        };
        const altered = [
          { ...proof, leafHash: flip(proof.leafHash) },
          { ...proof, rootHash: flip(proof.rootHash) },
          { ...proof, leafIndex: size },
          { ...proof, hashes: [...proof.hashes, proof.leafHash] },
          ...proof.hashes.map((hash, at) => ({ ...proof, hashes: proof.hashes.with(at, flip(hash)) })),
          ...(proof.hashes.length > 0 ? [{ ...proof, hashes: proof.hashes.slice(1) }] : []),
        ];
        return verifyInclusion(proof) && !altered.some(verifyInclusion);
      },
    ),
    { numRuns: 300 },
  );
});

t.test('every consistency proof verifies, and no altered one', async () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), fc.nat(), (to, pick) => {
      const from = 1 + (pick % to);
      const { read, hashes } = grow(leavesOf(to), []);
      const proof = {
        from,
        to,
        fromRoot: rootHash(from, read),
        toRoot: rootHash(to, read),
        hashes: hashes(consistencyRanges(from, to)),
      };
      const altered = [
        { ...proof, toRoot: flip(proof.toRoot) },
        { ...proof, fromRoot: flip(proof.fromRoot) },
        { ...proof, hashes: [...proof.hashes, proof.toRoot] },
        ...proof.hashes.map((hash, at) => ({ ...proof, hashes: proof.hashes.with(at, flip(hash)) })),
        ...(proof.hashes.length > 0 ? [{ ...proof, hashes: proof.hashes.slice(0, -1) }] : []),
      ];
      return verifyConsistency(proof) && !altered.some(verifyConsistency);
    }),
    { numRuns: 300 },
  );
});

t.test('what is out of range is refused', async (t) => {
  t.throws(() => inclusionRanges(3, 3), RangeError);
  t.throws(() => inclusionRanges(-1, 3), RangeError);
  t.throws(() => consistencyRanges(0, 3), RangeError);
  t.throws(() => consistencyRanges(4, 3), RangeError);
  t.strictSame(completeNodes({ lo: 0, hi: 2 ** 40 + 1 }), [
    { level: 40, index: 0 },
    { level: 0, index: 2 ** 40 },
  ]);
});
