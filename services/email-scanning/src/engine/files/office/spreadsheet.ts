import { type Examination, sign } from '../examination.ts';

/** Records of [MS-XLS]. */
const sheetRecord = 0x0085;
const passwordRecord = 0x002f;
const maxRecords = 20_000;

/** An old Excel file's records: sheets of Excel 4 macros, and whether a password is needed. */
export function examineSpreadsheet(own: Examination, stream: Buffer): void {
  for (let at = 0, records = 0; at + 4 <= stream.length && records < maxRecords; records++) {
    const type = stream.readUInt16LE(at);
    const length = stream.readUInt16LE(at + 2);
    if (type === passwordRecord) sign(own, 'encrypted-document', 'Excel');
    // Sheet type 1 is a macro sheet; its state says whether a person can see it.
    if (type === sheetRecord && length >= 6 && stream[at + 9] === 1)
      sign(own, 'excel4-macro', (stream[at + 8] ?? 0) & 3 ? 'hidden' : 'visible');
    at += 4 + length;
  }
}
