import fc from 'fast-check';
import t from 'tap';
import {
  appendLeaves,
  edgeTiles,
  extendTiles,
  leafHash,
  type NodeId,
  rootHash,
  Tile,
  type TileId,
  tileOf,
  tileWidth,
} from '../src/index.ts';

const nameOf = ({ level, index }: TileId) => `${level}/${index}`;

/** Tiles that grow in the given steps; only the edge is read, and what was there stays. */
function grow(leaves: readonly Buffer[], steps: readonly number[]) {
  const stored = new Map<string, Buffer>();
  let size = 0;
  for (const step of [...steps, leaves.length]) {
    const edge = new Set(edgeTiles(size).map(nameOf));
    const read = (tile: TileId) => {
      const hashes = stored.get(nameOf(tile));
      if (!hashes || !edge.has(nameOf(tile))) throw new Error(`${nameOf(tile)} is not of the edge`);
      return hashes;
    };
    const next = leaves.slice(size, size + step);
    for (const { hashes, ...tile } of extendTiles(size, next, read)) {
      const before = stored.get(nameOf(tile)) ?? Buffer.alloc(0);
      if (!hashes.subarray(0, before.length).equals(before)) throw new Error(`${nameOf(tile)} was changed`);
      stored.set(nameOf(tile), hashes);
    }
    size += next.length;
  }
  return stored;
}

const nodeOf = (stored: Map<string, Buffer>) => (node: NodeId) => {
  const hash = new Tile(stored.get(nameOf(tileOf(node))) ?? Buffer.alloc(0)).node(node);
  if (!hash) throw new Error(`${nameOf(node)} is not there`);
  return hash;
};

const leavesOf = (size: number) =>
  Array.from({ length: size }, (_, at) => leafHash(Buffer.from(`leaf ${at}`)));

t.test('however tiles grow, they give every complete node of the tree', async () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 2_000 }),
      fc.array(fc.integer({ min: 1, max: 700 }), { maxLength: 6 }),
      (size, steps) => {
        const leaves = leavesOf(size);
        const known = new Map<string, Buffer>();
        const read = (node: NodeId) => known.get(nameOf(node)) as Buffer;
        const nodes = appendLeaves(0, leaves, read);
        for (const node of nodes) known.set(nameOf(node), node.hash);
        const inTiles = nodeOf(grow(leaves, steps));
        return (
          nodes.every((node) => inTiles(node).equals(node.hash)) &&
          rootHash(size, inTiles).equals(rootHash(size, read))
        );
      },
    ),
    { numRuns: 40 },
  );
});

t.test('tiles are cut as C2SP tlog-tiles has it', async (t) => {
  // The document's own example: a tree of 70,000 has 273 full tiles and one of 112 hashes, above it one full and one of 17, and one of 1.
  const stored = grow(leavesOf(70_000), [65_536]);
  const widths = [...stored].map(([name, hashes]) => [name, hashes.length / 32] as const);
  t.equal(widths.filter(([name, width]) => name.startsWith('0/') && width === tileWidth).length, 273);
  t.strictSame(widths.filter(([name, width]) => !name.startsWith('0/') || width < tileWidth).sort(), [
    ['0/273', 112],
    ['1/0', 256],
    ['1/1', 17],
    ['2/0', 1],
  ]);
  t.strictSame(tileOf({ level: 9, index: 3 }), { level: 1, index: 0 });
  t.strictSame(tileOf({ level: 7, index: 2 }), { level: 0, index: 1 });
  t.strictSame(tileOf({ level: 0, index: 2 ** 40 }), { level: 0, index: 2 ** 32 });
});

t.test('a tile gives nothing that it does not hold yet', async (t) => {
  const tile = new Tile(Buffer.concat(leavesOf(3)));
  t.ok(tile.node({ level: 1, index: 0 }));
  t.equal(tile.node({ level: 1, index: 1 }), undefined);
  t.equal(tile.node({ level: 0, index: 3 }), undefined);
});
