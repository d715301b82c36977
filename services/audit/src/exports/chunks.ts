export const maxChunkBytes = 1024 * 1024;

/** Lines as pieces that are each small enough to be kept and sent as one; a longer line is a piece of its own. */
export function toChunks(lines: readonly string[]): string[] {
  const chunks: string[] = [];
  let chunk: string[] = [];
  let bytes = 0;
  for (const line of lines) {
    const size = Buffer.byteLength(line);
    if (chunk.length > 0 && bytes + size > maxChunkBytes) {
      chunks.push(chunk.join(''));
      chunk = [];
      bytes = 0;
    }
    chunk.push(line);
    bytes += size;
  }
  if (chunk.length > 0) chunks.push(chunk.join(''));
  return chunks;
}
