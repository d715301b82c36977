import { examineGzip } from './archives/gzip.ts';
import { examineSealed } from './archives/sealed.ts';
import { examineTar } from './archives/tar.ts';
import { examineTnef } from './archives/tnef.ts';
import { examineZip } from './archives/zip.ts';
import type { Examination } from './examination.ts';
import type { Declared } from './examine.ts';
import type { FileKind } from './facts.ts';
import { examineImage } from './images/image.ts';
import { examineOle } from './office/ole.ts';
import { examineOneNote } from './office/onenote.ts';
import { examineRtf } from './office/rtf.ts';
import { examinePdf } from './pdf/pdf.ts';
import { examineCalendar } from './texts/calendar.ts';
import { examineMessage } from './texts/message.ts';
import { examinePage } from './texts/page.ts';
import { examineShortcut } from './texts/shortcut.ts';
import { examineSvg } from './texts/svg.ts';
import { examineText } from './texts/text.ts';

/** Looks into a file of one kind; returns the kind when it turns out to be a more special one. */
export type Examiner = (own: Examination, bytes: Buffer, declared: Declared) => FileKind | undefined;

/** Who looks into what. What is not listed is known by its bytes and name alone. */
export const examiners: { readonly [kind in FileKind]?: Examiner } = {
  zip: examineZip,
  gzip: examineGzip,
  tar: examineTar,
  tnef: examineTnef,
  rar: examineSealed,
  '7z': examineSealed,
  cab: examineSealed,
  iso: examineSealed,
  other: examineSealed,
  ole: examineOle,
  rtf: examineRtf,
  onenote: examineOneNote,
  pdf: examinePdf,
  image: examineImage,
  svg: examineSvg,
  html: examinePage,
  xml: examinePage,
  calendar: examineCalendar,
  message: examineMessage,
  shortcut: examineShortcut,
  script: examineText,
  text: examineText,
};
