import { type FileBudget, fileLimits } from './budget.ts';
import type { FileFacts, FileKind } from './facts.ts';
import type { SignCode } from './signs.ts';

/** One file on its way through the examiners: what may be spent, what was found, where we are. */
export interface Examination {
  readonly budget: FileBudget;
  readonly facts: FileFacts;
  /** Names of the files around this one, and its own; empty for the attachment. */
  readonly path: string[];
  /** SHA-256 of the archives around it: one that holds itself has no end. */
  readonly around: string[];
  /** Archives around it. */
  readonly depth: number;
  /** Examines a file that stands in this one. */
  readonly within: (bytes: Buffer, name: string, mimeType?: string) => FileKind;
}

export function sign({ facts, path }: Examination, code: SignCode, detail = ''): void {
  const known = facts.signs.some((other) => other.code === code && other.path.join('/') === path.join('/'));
  if (known || facts.signs.length >= fileLimits.signs) return;
  facts.signs.push({ code, detail: detail.slice(0, fileLimits.detail), path: [...path] });
}

export function addText({ facts }: Examination, text: string): void {
  const room = fileLimits.text - facts.text.length;
  if (room > 0 && text !== '') facts.text += (facts.text === '' ? text : `\n${text}`).slice(0, room);
}

export function addUrl({ facts }: Examination, url: string): void {
  const address = url.trim().slice(0, 2_000);
  if (address !== '' && facts.urls.length < fileLimits.urls && !facts.urls.includes(address))
    facts.urls.push(address);
}

const webAddress = /\bhttps?:\/\/[^\s<>"')\]}\\]{3,2000}/gi;

/** Web addresses that are written out in a text. */
export function addUrlsIn(examination: Examination, text: string): void {
  for (const [address] of text.matchAll(webAddress)) {
    if (examination.facts.urls.length >= fileLimits.urls) return;
    addUrl(examination, address.replace(/[.,;:!?]+$/, ''));
  }
}
