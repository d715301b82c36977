import { connect, type NetConnectOpts } from 'node:net';

/** clamd could not be asked, or gave no answer that says yes or no. */
export class ClamdError extends Error {
  override name = 'ClamdError';
  /** Whether clamd itself said so, of this file alone (as of one that is too large for it): it is up, then. */
  readonly answered: boolean;

  constructor(message: string, answered = false) {
    super(message);
    this.answered = answered;
  }
}

const chunkBytes = 256 * 1024;
/** `stream: Some.Name FOUND` is what it says at most. */
const maxAnswer = 4_096;

/** The name that clamd found, or null when it found nothing. Throws ClamdError on any other answer. */
function readAnswer(answer: string): string | null {
  const line = answer.replaceAll('\0', '').trim();
  if (/^stream: OK$/.test(line)) return null;
  const name = /^stream: (.{1,500}) FOUND$/.exec(line)?.[1];
  if (name !== undefined) return name;
  if (/\bERROR$/.test(line)) throw new ClamdError(line.slice(0, 200), true);
  throw new ClamdError(
    line === '' ? 'closed without an answer' : `not the answer of clamd: ${line.slice(0, 100)}`,
  );
}

/** The bytes as clamd wants them (clamd(8), INSTREAM): chunks with their length before them, an empty one at the end. */
function* framed(bytes: Uint8Array): Generator<Uint8Array> {
  yield Buffer.from('zINSTREAM\0');
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    const chunk = bytes.subarray(at, at + chunkBytes);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(chunk.length);
    yield Buffer.concat([length, chunk]);
  }
  yield Buffer.alloc(4);
}

interface Limits {
  timeoutMs: number;
  signal: AbortSignal;
}

/**
 * Sends bytes to clamd over a connection of their own and waits for its word, at most `timeoutMs` in all.
 * Gives the virus's name, or null for none; rejects with ClamdError.
 */
export async function scanStream(
  address: NetConnectOpts,
  bytes: Uint8Array,
  { timeoutMs, signal }: Limits,
): Promise<string | null> {
  const deadline = performance.now() + timeoutMs;
  try {
    return await askOnce(address, bytes, { timeoutMs, signal });
  } catch (error) {
    if (!(error instanceof HungUp)) throw error;
    // Its answer, if there was one, was lost with the connection: that is rare, and no reason to take it for down.
    return await askOnce(address, bytes, { timeoutMs: Math.ceil(deadline - performance.now()), signal });
  }
}

/** The connection was lost while something was still to be sent. */
class HungUp extends ClamdError {}

function askOnce(
  address: NetConnectOpts,
  bytes: Uint8Array,
  { timeoutMs, signal }: Limits,
): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const socket = connect(address);
    let answer = '';
    let isSending = false;
    let settled = false;
    const settle = (finish: () => void) => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      socket.destroy();
      finish();
    };
    const conclude = () =>
      settle(() => {
        try {
          resolve(readAnswer(answer));
        } catch (error) {
          reject(error);
        }
      });
    const fail = (error: ClamdError) => settle(() => reject(error));
    const abort = () => fail(new ClamdError('the antivirus client is closed'));
    const timer = setTimeout(() => fail(new ClamdError(`no answer within ${timeoutMs} ms`)), timeoutMs);
    signal.addEventListener('abort', abort);
    if (signal.aborted) abort();
    socket.on('data', (data) => {
      answer += data.toString('latin1');
      if (answer.includes('\0')) conclude();
      else if (answer.length > maxAnswer) fail(new ClamdError('an answer without an end'));
    });
    socket.on('error', ({ message }) => {
      if (answer !== '') conclude();
      else fail(isSending ? new HungUp(message) : new ClamdError(message));
    });
    socket.on('close', conclude);
    const chunks = framed(bytes);
    // When its size limit is passed it answers before all is sent, and closes; writing to it then ends the connection with
    // the answer unread. So what it says is read between one chunk and the next.
    const send = () => {
      if (settled) return;
      const next = chunks.next();
      isSending = !next.done;
      if (!next.done) socket.write(next.value, () => setImmediate(send));
    };
    socket.on('connect', send);
  });
}
