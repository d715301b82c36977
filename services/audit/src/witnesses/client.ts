import { findCosignature } from '@stockade/transparency-log';
import type { Witness } from './settings.ts';

/** The witness itself cannot be asked at the moment: not there, too slow, or in trouble. */
export class WitnessUnavailable extends Error {
  override name = 'WitnessUnavailable';
}

/** What a witness says to a checkpoint: its signature, or which size it knows, or that it will not sign. */
export type WitnessAnswer =
  | { kind: 'cosigned'; line: string }
  | { kind: 'conflict'; size: number }
  | { kind: 'refused'; reason: string };

export interface Submission {
  /** The size that the witness signed last. */
  old: number;
  /** Consistency from there. */
  proof: readonly Buffer[];
  checkpoint: string;
}

const maxAnswerBytes = 64 * 1024;

const bodyOf = ({ old, proof, checkpoint }: Submission) =>
  `old ${old}\n${proof.map((hash) => `${hash.toString('base64')}\n`).join('')}\n${checkpoint}`;

async function readText(answer: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of answer.body ?? []) {
    bytes += part.length;
    if (bytes > maxAnswerBytes) throw new WitnessUnavailable('It answers with too much');
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
}

/** C2SP tlog-witness, `add-checkpoint`. Throws WitnessUnavailable when there is no answer to go by. */
export async function addCheckpoint(
  { url, key }: Witness,
  submission: Submission,
  signal: AbortSignal,
): Promise<WitnessAnswer> {
  let status: number;
  let type: string | null;
  let text: string;
  try {
    const answer = await fetch(url, { method: 'POST', body: bodyOf(submission), redirect: 'error', signal });
    [status, type, text] = [answer.status, answer.headers.get('content-type'), await readText(answer)];
  } catch (error) {
    if (error instanceof WitnessUnavailable) throw error;
    const { name, cause, message } = error as Error;
    throw new WitnessUnavailable(
      name === 'TimeoutError' ? 'It did not answer in time' : ((cause as Error)?.message ?? message),
    );
  }
  if (status >= 500 || status === 429) throw new WitnessUnavailable(`It answers ${status}`);
  if (status === 409 && type === 'text/x.tlog.size' && /^(0|[1-9][0-9]{0,15})\n$/.test(text))
    return { kind: 'conflict', size: Number(text) };
  if (status !== 200) return { kind: 'refused', reason: `It answers ${status}` };
  const found = findCosignature(`${submission.checkpoint}${text}`, key);
  return found
    ? { kind: 'cosigned', line: found.line }
    : { kind: 'refused', reason: 'It answers without a good signature of its own' };
}
