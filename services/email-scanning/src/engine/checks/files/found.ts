import { trueName } from '../../files/endings.ts';
import type { FileSign } from '../../files/facts.ts';
import type { SignCode } from '../../files/signs.ts';
import type { Attachment, Finding, ParsedMessage } from '../../types.ts';

/** A sign with the attachment that it was found in. */
export interface Found {
  attachment: Attachment;
  sign: FileSign;
}

/** All signs of these kinds. */
export function found(message: ParsedMessage, ...codes: SignCode[]): Found[] {
  return message.attachments.flatMap((attachment) =>
    attachment.facts.signs.filter(({ code }) => codes.includes(code)).map((sign) => ({ attachment, sign })),
  );
}

/** Whether the same file has that sign as well. */
export const alsoHas = ({ attachment, sign }: Found, ...codes: SignCode[]): boolean =>
  attachment.facts.signs.some(
    ({ code, path }) => codes.includes(code) && path.join('/') === sign.path.join('/'),
  );

/** A file's name as it is, without signs that turn it round. */
export const shownName = ({ filename, mimeType }: Attachment): string =>
  trueName(filename ?? '') || `without a name (${mimeType || 'of no kind'})`;

/** `run.exe in invoice.zip`, or the attachment's name alone. */
export const placeOf = ({ attachment, sign }: Found): string =>
  [...[...sign.path].reverse().map(trueName), shownName(attachment)].join(' in ').slice(0, 300);

/** What lets somebody find the file again. */
export const evidenceOf = ({ attachment, sign }: Found): Record<string, unknown> => ({
  filename: attachment.filename,
  sha256: attachment.sha256,
  ...(sign.path.length > 0 && { inside: sign.path }),
});

/** The strongest of them, as a list: ten bad files are not ten findings of a kind. */
export function strongest(findings: readonly Finding[]): Finding[] {
  const [first] = [...findings].sort((a, b) => b.score - a.score);
  return first ? [first] : [];
}
