import {
  diskImageEndings,
  endingOf,
  hasHarmlessEndingBefore,
  isPadded,
  isReversed,
  macroEndings,
  pageEndings,
  programEndings,
  rareArchiveEndings,
  scriptEndings,
  shortcutEndings,
} from './endings.ts';
import { type Examination, sign } from './examination.ts';
import type { FileKind } from './facts.ts';

const programs = new Set<FileKind>(['windows-program', 'linux-program', 'macos-program', 'java']);

/** What really begins as a text is no program whatever its ending; `example.com` is also a name. */
const textual = new Set<FileKind>(['text', 'html', 'xml', 'message', 'calendar', 'pdf', 'image', 'svg']);

/** What a file's name says, and whether it hides its ending. */
export function examineName(own: Examination, name: string, kind: FileKind): void {
  const ending = endingOf(name);
  const isCompany = ending === 'com' && textual.has(kind);
  const runs =
    (programEndings.has(ending) && !isCompany) ||
    scriptEndings.has(ending) ||
    shortcutEndings.has(ending) ||
    diskImageEndings.has(ending);
  if (programs.has(kind) || (programEndings.has(ending) && !isCompany)) sign(own, 'program', name || kind);
  if (scriptEndings.has(ending)) sign(own, 'script', name);
  // Of a real one its examiner says where it leads.
  if (shortcutEndings.has(ending) && kind !== 'shortcut') sign(own, 'shortcut', name);
  if (kind === 'iso' || diskImageEndings.has(ending)) sign(own, 'disk-image', name || kind);
  if (rareArchiveEndings.has(ending)) sign(own, 'rare-archive', ending);
  if (macroEndings.has(ending) && ending !== 'xlsb') sign(own, 'macro', name);
  if (pageEndings.has(ending) && !ending.startsWith('svg')) sign(own, 'page', name);
  if (isReversed(name)) sign(own, 'reversed-name', name);
  if (isPadded(name)) sign(own, 'padded-name', name);
  if ((runs || pageEndings.has(ending)) && hasHarmlessEndingBefore(name)) sign(own, 'double-ending', name);
}
