import { endingOf } from './endings.ts';
import { type Examination, sign } from './examination.ts';
import type { Declared } from './examine.ts';
import type { FileKind } from './facts.ts';

const image: FileKind[] = ['image'];
const office: FileKind[] = ['ole', 'ooxml', 'rtf', 'xml', 'html', 'message', 'text', 'odf'];

/** What endings stand for; old programs save Word and Excel files as RTF, page or text under the same ending. */
const expected: Record<string, FileKind[]> = {
  pdf: ['pdf'],
  ...{ png: image, jpg: image, jpeg: image, gif: image, bmp: image, tif: image, tiff: image, webp: image },
  ...{ doc: office, xls: office, ppt: ['ole', 'ooxml'], dot: office },
  ...{ docx: ['ooxml', 'ole'], xlsx: ['ooxml', 'ole'], pptx: ['ooxml', 'ole'] },
  ...{ odt: ['odf'], ods: ['odf'], rtf: ['rtf', 'text'] },
  ...{ txt: ['text', 'script', 'message', 'xml', 'html', 'svg'], csv: ['text'] },
  ...{ mp3: ['audio'], wav: ['audio'], mp4: ['video'], zip: ['zip', 'ooxml', 'odf', 'java'] },
};

/** Kinds that say so in their bytes beyond doubt and can do harm. */
const telling = new Set<FileKind>(
  'html svg script pdf rtf ole ooxml zip gzip rar 7z cab iso windows-program linux-program macos-program shortcut onenote java tnef'.split(
    ' ',
  ) as FileKind[],
);

const mediaEndings: [RegExp, string][] = [
  [/^application\/pdf$/, 'pdf'],
  [/^image\/(?:png|jpe?g|gif|bmp|tiff|webp)$/, 'png'],
  [/^audio\//, 'mp3'],
];

/** Whether it is what its ending, or without one its declared type, says. Broken and unknown kinds are no sign. */
export function examineType(own: Examination, kind: FileKind, { filename, mimeType }: Declared): void {
  if (!telling.has(kind)) return;
  const ending =
    endingOf(filename ?? '') || (mediaEndings.find(([media]) => media.test(mimeType))?.[1] ?? '');
  const kinds = Object.hasOwn(expected, ending) ? expected[ending] : undefined;
  if (kinds && !kinds.includes(kind)) sign(own, 'type-mismatch', kind);
}
