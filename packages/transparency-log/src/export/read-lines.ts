/** Far more than the largest entry. */
const maxLineBytes = 64 * 1024 * 1024;
const lineFeed = 10;

/**
 * The lines of a file, split at line feeds alone: canonical JSON may hold other characters that end a line elsewhere.
 * Throws when a line is longer than any of an export.
 */
export async function* readLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let rest: Uint8Array[] = [];
  let restBytes = 0;
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, from)) {
      yield Buffer.concat([...rest, chunk.subarray(from, end)]);
      rest = [];
      restBytes = 0;
      from = end + 1;
    }
    if (from === chunk.length) continue;
    rest.push(chunk.subarray(from));
    restBytes += chunk.length - from;
    if (restBytes > maxLineBytes)
      throw new Error(`A line is longer than ${maxLineBytes} bytes: this is no audit export`);
  }
  if (restBytes > 0) yield Buffer.concat(rest);
}
