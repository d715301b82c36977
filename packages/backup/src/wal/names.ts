/** How PostgreSQL names the files of its write-ahead log: timeline, then the segment's number in two halves, in hex. */
const segment = /^[0-9A-F]{24}$/;
const archivable = /^[0-9A-F]{24}(\.partial|\.[0-9A-F]{8}\.backup)?$|^[0-9A-F]{8}\.history$/;

/** What the embedded server is initialised with: segments of 16 MB. */
export const segmentBytes = 16n * 1024n * 1024n;
const perLog = 0x1_0000_0000n / segmentBytes;

export interface Segment {
  timeline: number;
  /** Counts through all of the log, whatever the timeline. */
  no: bigint;
}

export const isArchivable = (name: string): boolean => archivable.test(name);
export const isSegment = (name: string): boolean => segment.test(name);
export const isHistory = (name: string): boolean => name.endsWith('.history');

const hex = (value: number | bigint) => value.toString(16).toUpperCase().padStart(8, '0');

export const segmentName = ({ timeline, no }: Segment): string =>
  hex(timeline) + hex(no / perLog) + hex(no % perLog);

/** Also of a partial segment and of a backup's label. */
export function parseSegment(name: string): Segment {
  const part = (at: number) => name.slice(at, at + 8);
  return {
    timeline: Number.parseInt(part(0), 16),
    no: BigInt(`0x${part(8)}`) * perLog + BigInt(`0x${part(16)}`),
  };
}

/** A place in the log, as PostgreSQL writes it (`1/6B374D8`), in bytes. */
export function parseLsn(lsn: string): bigint {
  const [high = '', low = ''] = lsn.split('/');
  return (BigInt(`0x${high}`) << 32n) + BigInt(`0x${low}`);
}

export const historyName = (timeline: number): string => `${hex(timeline)}.history`;

/** Where a timeline's ancestors were left: at `lsn` of `timeline` the next one began. */
export interface Branch {
  timeline: number;
  lsn: bigint;
}

/** The ancestors in a timeline's history file, oldest first. */
export function parseHistory(text: string): Branch[] {
  return [...text.matchAll(/^\s*(\d+)\s+([0-9A-F]+\/[0-9A-F]+)/gm)].map(([, timeline, lsn]) => ({
    timeline: Number(timeline),
    lsn: parseLsn(lsn as string),
  }));
}

/** The timeline whose file has a segment, on the way along `ancestors` to `timeline`: where one begins, its own file counts. */
export function timelineOf(no: bigint, timeline: number, ancestors: readonly Branch[]): number {
  return ancestors.find((branch) => no < branch.lsn / segmentBytes)?.timeline ?? timeline;
}
