import { completedBy } from '../compact-range.ts';
import { completeNodes, type NodeId, type Range } from '../tree.ts';
import { formatEntryLine, formatLine } from './format.ts';

/** Gives a stored hash; undefined where there is none: an export shows the log as it is, and never fails for that. */
export type FindNode = (node: NodeId) => Uint8Array | undefined;

const leaf = (sequence: number): NodeId => ({ level: 0, index: sequence - 1 });
const toText = (hash: Uint8Array | undefined) => (hash ? Buffer.from(hash).toString('base64') : null);

/** The nodes whose hashes an entry's line holds. */
export const nodesOfEntry = (sequence: number): NodeId[] => [leaf(sequence), ...completedBy(leaf(sequence))];

/** The line of an entry, by its canonical JSON. What is no line of its own, as canonical JSON always is, is made one. */
export const writeEntry = (sequence: number, text: string | null, find: FindNode): string =>
  formatEntryLine(text === null ? null : text.replaceAll('\n', ' '), {
    hash: toText(find(leaf(sequence))),
    nodes: completedBy(leaf(sequence)).map((node) => toText(find(node))),
    sequence,
  });

/** The nodes whose hashes the line of left out leaves holds. */
export const nodesOfGap = (leaves: Range): NodeId[] =>
  completeNodes(leaves).flatMap((node) => [node, ...completedBy(node)]);

/** The line that stands for leaves that are left out. */
export function writeGap(leaves: Range, find: FindNode): string {
  const nodes = completeNodes(leaves);
  return formatLine({
    kind: 'gap',
    first: leaves.lo + 1,
    last: leaves.hi,
    hashes: nodes.map((node) => toText(find(node))),
    nodes: nodes.flatMap(completedBy).map((node) => toText(find(node))),
  });
}
