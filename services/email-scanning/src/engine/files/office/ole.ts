import { fileLimits } from '../budget.ts';
import { addText, addUrlsIn, type Examination, sign } from '../examination.ts';
import { type CompoundFile, openCompound } from './compound.ts';
import { examineMacros } from './macros.ts';
import { examinePackage } from './package.ts';
import { printable } from './printable.ts';
import { examineSpreadsheet } from './spreadsheet.ts';

const maxEmbedded = 20;
/** Class ids, in the byte order of the file. */
const installer = '84100c0000000000c000000000000046';
const equation = '02ce020000000000c000000000000046';

/** Fields begin with this sign ([MS-DOC] 2.8.25). */
const fieldBegins = '\x13';
const ddeField = /^\s{0,5}"?\s{0,5}DDE(?:AUTO)?\b/i;

function examineWord(own: Examination, stream: Buffer): void {
  // FibBase ([MS-DOC] 2.5.2): fEncrypted.
  if (stream.length > 12 && (stream.readUInt16LE(10) & 0x0100) !== 0) sign(own, 'encrypted-document', 'Word');
  const text = printable(stream);
  addText(own, text);
  addUrlsIn(own, text);
  const fields = stream
    .toString('latin1', 0, 512 * 1024)
    .replaceAll('\0', '')
    .split(fieldBegins);
  const dde = fields.slice(1).find((field) => ddeField.test(field));
  if (dde !== undefined) sign(own, 'dde', dde.slice(0, 200).trim());
}

/** An Outlook message as a file ([MS-OXMSG]): its text, and the files that are attached to it. */
function examineOutlook(own: Examination, file: CompoundFile): void {
  for (const entry of file.entries) {
    if (!entry.isStream) continue;
    if (entry.path.length === 0 && entry.name === '__substg1.0_1000001F')
      addText(own, file.read(entry, 200_000).toString('utf16le'));
    if (!/^__attach_version1\.0_/.test(entry.path.at(-1) ?? '') || entry.name !== '__substg1.0_37010102')
      continue;
    const named = file.entries.find(
      ({ name, path }) => /^__substg1\.0_(?:3707|3704)001F$/.test(name) && path.join() === entry.path.join(),
    );
    if (own.budget.entries-- <= 0) return;
    own.within(file.read(entry), named ? file.read(named, 600).toString('utf16le') : 'attachment');
  }
}

/** A compound file: Word, Excel and PowerPoint up to 2003, Outlook messages, installers, and encrypted new documents. */
export function examineOle(own: Examination, bytes: Buffer): undefined {
  const file = openCompound(bytes);
  if (!file) return void sign(own, 'damaged');
  if (own.depth > fileLimits.depth) return void sign(own, 'archive-too-deep');
  const [root] = file.entries;
  if (root?.classId === installer) sign(own, 'program', 'an installer (MSI)');
  if (file.entries.some(({ classId }) => classId === equation)) sign(own, 'equation-editor');
  examineMacros(own, file);
  let embedded = 0;
  for (const entry of file.entries) {
    if (!entry.isStream) continue;
    if (entry.name === 'EncryptedPackage') sign(own, 'encrypted-document', 'Office');
    else if (entry.name === 'WordDocument') examineWord(own, file.read(entry));
    else if (entry.name === 'Workbook' || entry.name === 'Book') {
      const stream = file.read(entry);
      examineSpreadsheet(own, stream);
      addText(own, printable(stream));
    } else if (entry.name === '\x01Ole10Native' && embedded++ < maxEmbedded)
      examinePackage(own, file.read(entry));
    else if (entry.name === 'Equation Native') sign(own, 'equation-editor');
  }
  if (file.entries.some(({ name }) => name.startsWith('__properties_version1.0'))) examineOutlook(own, file);
}
