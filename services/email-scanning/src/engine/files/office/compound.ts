/** A stream or storage of a compound file ([MS-CFB]), with the names of the storages around it. */
export interface CompoundEntry {
  path: string[];
  name: string;
  isStream: boolean;
  size: number;
  /** Its class, as hex; that of the root tells which program it belongs to. */
  classId: string;
  start: number;
}

export interface CompoundFile {
  entries: CompoundEntry[];
  /** A stream's bytes, at most `max`; as far as they can be followed when the file is broken. */
  read(entry: CompoundEntry, max?: number): Buffer;
}

const endOfChain = 0xfffffffe;
const none = 0xffffffff;
const maxEntries = 2_000;
const maxStreamBytes = 8 * 1024 * 1024;

type Table = (sector: number) => number;

/** The sectors of a chain; one that comes back to itself ends when it is longer than the file. */
function chain(start: number, next: Table, max: number): number[] {
  const sectors: number[] = [];
  for (let sector = start; sector < endOfChain && sectors.length < max; sector = next(sector))
    sectors.push(sector);
  return sectors;
}

/** The sectors that hold the allocation table: 109 in the header, more in a chain of their own. */
function tableSectors(bytes: Buffer, sectorBytes: number, maxSectors: number): number[] {
  const found: number[] = [];
  for (let index = 0; index < 109; index++) found.push(bytes.readUInt32LE(76 + index * 4));
  let more = bytes.readUInt32LE(68);
  for (let steps = 0; more < endOfChain && steps < maxSectors; steps++) {
    const at = (more + 1) * sectorBytes;
    if (at + sectorBytes > bytes.length) break;
    for (let offset = 0; offset < sectorBytes - 4; offset += 4) found.push(bytes.readUInt32LE(at + offset));
    more = bytes.readUInt32LE(at + sectorBytes - 4);
    if (found.length > maxSectors) break;
  }
  return found.filter((sector) => sector < endOfChain);
}

interface Node extends CompoundEntry {
  left: number;
  right: number;
  child: number;
}

function readNodes(directory: Buffer): Node[] {
  const nodes: Node[] = [];
  for (let at = 0; at + 128 <= directory.length && nodes.length < maxEntries; at += 128) {
    const nameBytes = Math.min(64, directory.readUInt16LE(at + 64));
    nodes.push({
      path: [],
      name: directory.toString('utf16le', at, at + Math.max(0, nameBytes - 2)),
      isStream: directory[at + 66] === 2,
      size: directory.readUInt32LE(at + 120),
      classId: directory.toString('hex', at + 80, at + 96),
      start: directory.readUInt32LE(at + 116),
      left: directory.readUInt32LE(at + 68),
      right: directory.readUInt32LE(at + 72),
      child: directory.readUInt32LE(at + 76),
    });
  }
  return nodes;
}

/** The tree of storages, flat; each node once, whatever its links say. */
function walk(nodes: Node[]): CompoundEntry[] {
  const seen = new Set<number>();
  const found: CompoundEntry[] = [];
  const queue: [index: number, path: string[]][] = [[0, []]];
  for (let next = queue.pop(); next; next = queue.pop()) {
    const [index, path] = next;
    const node = nodes[index];
    if (!node || seen.has(index)) continue;
    seen.add(index);
    found.push({ ...node, path });
    const inside = index === 0 ? [] : [...path, node.name];
    if (path.length < 20) queue.push([node.child, inside]);
    queue.push([node.left, path], [node.right, path]);
  }
  return found;
}

/** Opens a compound file (old Office documents, Outlook messages, installers); null when it is none. */
export function openCompound(bytes: Buffer): CompoundFile | null {
  if (bytes.length < 1_536 || bytes.toString('hex', 0, 8) !== 'd0cf11e0a1b11ae1') return null;
  const sectorBytes = bytes.readUInt16LE(30) === 12 ? 4_096 : 512;
  const maxSectors = Math.ceil(bytes.length / sectorBytes);
  const tables = tableSectors(bytes, sectorBytes, maxSectors);
  const perTable = sectorBytes / 4;
  const next: Table = (sector) => {
    const at = ((tables[Math.floor(sector / perTable)] ?? none) + 1) * sectorBytes + (sector % perTable) * 4;
    return at + 4 <= bytes.length ? bytes.readUInt32LE(at) : none;
  };
  const readChain = (start: number, max: number): Buffer => {
    const sectors = chain(start, next, Math.min(maxSectors, Math.ceil(max / sectorBytes)));
    return Buffer.concat(
      sectors.map((sector) => bytes.subarray((sector + 1) * sectorBytes, (sector + 2) * sectorBytes)),
    ).subarray(0, max);
  };
  const nodes = readNodes(readChain(bytes.readUInt32LE(48), maxEntries * 128));
  const [root] = nodes;
  if (!root) return null;
  const smallTable = readChain(bytes.readUInt32LE(60), maxStreamBytes);
  const smallNext: Table = (sector) =>
    sector * 4 + 4 <= smallTable.length ? smallTable.readUInt32LE(sector * 4) : none;
  let small: Buffer | null = null;
  return {
    entries: walk(nodes),
    read({ start, size }, max = maxStreamBytes) {
      const wanted = Math.min(size, max, bytes.length);
      if (size >= 4_096) return readChain(start, wanted);
      small ??= readChain(root.start, maxStreamBytes);
      const parts = chain(start, smallNext, Math.ceil(wanted / 64)).map((sector) =>
        (small as Buffer).subarray(sector * 64, sector * 64 + 64),
      );
      return Buffer.concat(parts).subarray(0, wanted);
    },
  };
}
