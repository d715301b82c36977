import type { Check } from '../../types.ts';
import { activeDocuments } from './active-documents.ts';
import { activePdfs } from './active-pdfs.ts';
import { disguisedNames } from './disguised-names.ts';
import { diskImages } from './disk-images.ts';
import { eicar } from './eicar.ts';
import { encryptedArchives } from './encrypted-archives.ts';
import { encryptedDocuments } from './encrypted-documents.ts';
import { hostileArchives } from './hostile-archives.ts';
import { invitations } from './invitations.ts';
import { macros } from './macros.ts';
import { pages } from './pages.ts';
import { pdfLures } from './pdf-lures.ts';
import { programs } from './programs.ts';
import { qrCodes } from './qr-codes.ts';
import { shortcuts } from './shortcuts.ts';
import { typeMismatch } from './type-mismatch.ts';
import { unexamined } from './unexamined.ts';
import { virus } from './virus.ts';
import { voiceLures } from './voice-lures.ts';

/** What the mail carries. */
export const fileChecks: readonly Check[] = [
  eicar,
  virus,
  programs,
  shortcuts,
  diskImages,
  disguisedNames,
  typeMismatch,
  encryptedArchives,
  hostileArchives,
  macros,
  activeDocuments,
  encryptedDocuments,
  activePdfs,
  pdfLures,
  qrCodes,
  pages,
  voiceLures,
  invitations,
  unexamined,
];
