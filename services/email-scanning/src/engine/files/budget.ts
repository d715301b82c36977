/** What files may cost. One budget is shared by all attachments of a message. */
export const fileLimits = {
  milliseconds: 200,
  /** Archives in archives. */
  depth: 5,
  entries: 1_000,
  unpackedBytes: 50 * 1024 * 1024,
  /** One file in an archive or one stream of a document. */
  entryBytes: 20 * 1024 * 1024,
  /** Images that are looked at for QR codes, and their pixels. */
  images: 5,
  pixels: 1_250_000,
  /** Of all files of one attachment. */
  text: 50_000,
  urls: 100,
  signs: 100,
  detail: 200,
} as const;

/** Milliseconds that this thread has computed: a busy machine must not change what is found. */
export function computed(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

/** What is left of it. `deadline`: by the clock of `computed()`. */
export interface FileBudget {
  deadline: number;
  entries: number;
  unpackedBytes: number;
  images: number;
  pixels: number;
  /** Whether pictures are looked at for QR codes. */
  codes: boolean;
}

export function fileBudget({ codes = true }: { codes?: boolean } = {}): FileBudget {
  const { milliseconds, entries, unpackedBytes, images, pixels } = fileLimits;
  return { deadline: computed() + milliseconds, entries, unpackedBytes, images, pixels, codes };
}

export const outOfTime = (budget: FileBudget): boolean => computed() > budget.deadline;
