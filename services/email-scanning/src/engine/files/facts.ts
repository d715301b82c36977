import type { SignCode } from './signs.ts';

/** What a file is by its bytes, whatever it calls itself. */
export type FileKind =
  | 'empty'
  | 'text'
  | 'html'
  | 'svg'
  | 'xml'
  | 'script'
  | 'pdf'
  | 'rtf'
  | 'ole'
  | 'ooxml'
  | 'odf'
  | 'zip'
  | 'gzip'
  | 'tar'
  | 'rar'
  | '7z'
  | 'cab'
  | 'iso'
  | 'windows-program'
  | 'linux-program'
  | 'macos-program'
  | 'shortcut'
  | 'image'
  | 'audio'
  | 'video'
  | 'font'
  | 'calendar'
  | 'message'
  | 'tnef'
  | 'onenote'
  | 'java'
  | 'other';

/** A sign that was found in a file; what the codes mean stands in signs.ts. */
export interface FileSign {
  code: SignCode;
  /** What proves it, short: a name, an address. */
  detail: string;
  /** Names of the files that it stands in, from the outermost archive inwards; empty: in the attachment itself. */
  path: string[];
}

/** What was found in a file, bounded and structured-clonable. */
export interface FileFacts {
  kind: FileKind;
  signs: FileSign[];
  /** Addresses that it leads to: of PDF links, office relationships, pages, calendars; and those of QR codes. */
  urls: string[];
  qrUrls: string[];
  /** Text in it that a person reads (PDF, office document, page, calendar, nested message), bounded. */
  text: string;
  /** Files in an archive: name and SHA-256 when it could be unpacked. */
  entries: { name: string; sha256: string | null; kind: FileKind }[];
}
