/** A name such as `/Type`, without its slash. */
export class PdfName {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/** A reference to another object. */
export class PdfRef {
  readonly number: number;
  constructor(number: number) {
    this.number = number;
  }
}

/** A string's bytes, one a character. */
export class PdfString {
  readonly bytes: string;
  constructor(bytes: string) {
    this.bytes = bytes;
  }
}

/** A bare word: an operator of a content stream, `obj`, `stream`, … */
export class PdfWord {
  readonly word: string;
  constructor(word: string) {
    this.word = word;
  }
}

export type PdfDict = Map<string, PdfValue>;
export type PdfValue =
  | number
  | boolean
  | null
  | PdfName
  | PdfRef
  | PdfString
  | PdfWord
  | PdfValue[]
  | PdfDict;

export const nameOf = (value: PdfValue | undefined): string => (value instanceof PdfName ? value.name : '');
export const numberOf = (value: PdfValue | undefined, otherwise = 0): number =>
  typeof value === 'number' && Number.isFinite(value) ? value : otherwise;

/** A text string: UTF-16 with its mark, UTF-8 with its mark, else bytes. */
export function textOf(value: PdfValue | undefined): string {
  if (!(value instanceof PdfString)) return '';
  const { bytes } = value;
  if (bytes.startsWith('\xfe\xff')) {
    const swapped = Buffer.from(bytes.slice(2, 2 + ((bytes.length - 2) & ~1)), 'latin1').swap16();
    return swapped.toString('utf16le');
  }
  return bytes.startsWith('\xef\xbb\xbf') ? Buffer.from(bytes.slice(3), 'latin1').toString('utf8') : bytes;
}
