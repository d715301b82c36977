import { createHash } from 'node:crypto';
import { type FileBudget, fileBudget, fileLimits, outOfTime } from './budget.ts';
import { endingOf } from './endings.ts';
import { type Examination, sign } from './examination.ts';
import { examiners } from './examiners.ts';
import type { FileFacts, FileKind } from './facts.ts';
import { kindOf } from './kind.ts';
import { examineName } from './name.ts';
import { examinePage } from './texts/page.ts';
import { examineSvg } from './texts/svg.ts';
import { examineType } from './type-mismatch.ts';

export interface Declared {
  filename: string | null;
  mimeType: string;
}

const eicar = Buffer.from(
  // Split, so that this file is none.
  ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join(''),
);

const nothing = (): FileFacts => ({ kind: 'other', signs: [], urls: [], qrUrls: [], text: '', entries: [] });

/** A file in another one: told with its hash among the entries, and examined as far as depth and budget go. */
function examineWithin(outer: Examination, bytes: Buffer, name: string, mimeType: string): FileKind {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const { budget, facts } = outer;
  const path = [...outer.path, name.slice(0, fileLimits.detail)];
  const inner = examination(budget, facts, path, [...outer.around, sha256], outer.depth + 1);
  let kind = kindOf(bytes);
  if (outer.around.includes(sha256)) sign(inner, 'archive-bomb', 'it holds itself');
  else kind = examineBytes(inner, bytes, kind, { filename: name, mimeType });
  if (facts.entries.length < fileLimits.entries) facts.entries.push({ name: path.join('/'), sha256, kind });
  return kind;
}

function examination(
  budget: FileBudget,
  facts: FileFacts,
  path: string[],
  around: string[],
  depth: number,
): Examination {
  const own: Examination = {
    ...{ budget, facts, path, around, depth },
    within: (bytes, name, mimeType = '') => examineWithin(own, bytes, name, mimeType),
  };
  return own;
}

/** Browsers go by the ending: a page that begins like a picture, or after a long preface, is a page all the same. */
function examineAsOpened(own: Examination, bytes: Buffer, kind: FileKind, { filename }: Declared): void {
  const ending = endingOf(filename ?? '');
  if (/^svgz?$/.test(ending)) {
    if (kind !== 'svg') examineSvg(own, bytes);
  } else if (/^(?:s?html?|xht(?:ml)?)$/.test(ending) && kind !== 'html' && kind !== 'empty')
    examinePage(own, bytes);
}

function examineBytes(own: Examination, bytes: Buffer, byBytes: FileKind, declared: Declared): FileKind {
  let kind = byBytes;
  if (bytes.subarray(0, 200).includes(eicar)) sign(own, 'eicar');
  examineName(own, declared.filename ?? '', kind);
  if (outOfTime(own.budget)) {
    if (kind !== 'image') sign(own, 'not-examined', 'time');
  } else {
    try {
      kind = examiners[kind]?.(own, bytes, declared) ?? kind;
      examineAsOpened(own, bytes, kind, declared);
    } catch (error) {
      sign(own, 'damaged', (error as Error).message);
    }
  }
  examineType(own, kind, declared);
  return kind;
}

/**
 * What a file is and what is found in it, within limits of depth, number, size and time. Never throws. Attachments of one
 * message share a `budget`; what it no longer covers gets the sign `not-examined`.
 */
export function examineFile(bytes: Buffer, declared: Declared, budget: FileBudget = fileBudget()): FileFacts {
  const facts = nothing();
  const own = examination(budget, facts, [], [], 0);
  facts.kind = examineBytes(own, bytes, kindOf(bytes), declared);
  return facts;
}
