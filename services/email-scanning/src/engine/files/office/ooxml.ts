import type { Unpack } from '../archives/zip.ts';
import type { ZipEntry } from '../archives/zip-directory.ts';
import { fileLimits, outOfTime } from '../budget.ts';
import { addText, type Examination, sign } from '../examination.ts';
import { openCompound } from './compound.ts';
import { examineMacros } from './macros.ts';
import { examineRelationships } from './relationships.ts';

const textParts =
  /^(?:word\/(?:document|header\d{0,2}|footer\d{0,2}|footnotes|comments)\.xml|xl\/sharedStrings\.xml|xl\/worksheets\/sheet[1-3]\.xml|ppt\/slides\/slide\d{1,2}\.xml|content\.xml)$/;
const maxPartBytes = 3 * 1024 * 1024;

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** What a person reads of a part: paragraphs and cells as lines. */
export function xmlText(xml: string): string {
  return xml
    .replace(/<\/(?:w:p|a:p|text:p|text:h|si|row|table:table-row)>|<(?:w:br|w:tab|text:line-break)\/>/g, '\n')
    .replace(/<[^<>]*>/g, '')
    .replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => entities[name] ?? '')
    .replace(/\n{2,}/g, '\n')
    .trim();
}

/** Fields of a document that start a program. Word splits their code into runs as it likes. */
function examineFields(own: Examination, xml: string): void {
  const code = [...xml.matchAll(/<w:(?:instrText|fldSimple)\b[^<>]{0,1000}>([^<]{0,1000})/g)]
    .map(([tag, text]) => `${/w:instr="([^"]{0,500})/.exec(tag)?.[1] ?? ''}${text}`)
    .join('');
  const dde = /\bDDE(?:AUTO)?\s[\s\S]{0,200}/i.exec(code)?.[0];
  if (dde !== undefined) sign(own, 'dde', dde);
}

/** What documents are made of. Anything else in one is a file that somebody put there. */
const usualPart =
  /(?:^mimetype|^META-INF\/.*|\/|\.(?:xml|rels|vml|emf|wmf|wdp|bin|png|jpe?g|gif|bmp|tiff?|odttf|fntdata|psmdcp|sigs|rdf|data|ttf))$/i;

function examinePart(own: Examination, name: string, unpack: () => Buffer | null): void {
  if (/vbaProject\.bin$/i.test(name)) {
    sign(own, 'macro', name);
    const file = openCompound(unpack() ?? Buffer.alloc(0));
    if (file) examineMacros(own, file);
  } else if (/\.rels$/i.test(name)) {
    examineRelationships(own, unpack()?.toString('utf8') ?? '');
  } else if (/^xl\/macrosheets\//i.test(name)) sign(own, 'excel4-macro', name);
  else if (/\/activeX\//i.test(name)) sign(own, 'active-x', name);
  else if (/^Basic\/.+\.xml$/i.test(name)) sign(own, 'macro', name);
  else if (/^xl\/externalLinks\/.+\.xml$/i.test(name)) {
    const dde = /<ddeLink\s[^<>]{0,300}/.exec(unpack()?.toString('utf8') ?? '')?.[0];
    if (dde !== undefined) sign(own, 'dde', dde);
  } else if (/\/embeddings\/|^Object /i.test(name)) {
    const bytes = unpack();
    if (bytes && own.depth < fileLimits.depth) own.within(bytes, name.split('/').at(-1) ?? name);
  } else if (/\/media\/[^/]+\.(?:png|jpe?g|gif)$/i.test(name) && own.budget.images > 0) {
    const bytes = unpack();
    if (bytes) own.within(bytes, name.split('/').at(-1) ?? name);
  } else if (textParts.test(name)) {
    const xml = unpack()?.subarray(0, maxPartBytes).toString('utf8') ?? '';
    if (name.startsWith('word/')) examineFields(own, xml);
    addText(own, xmlText(xml));
  } else if (!usualPart.test(name) && own.depth < fileLimits.depth) {
    const bytes = unpack();
    if (bytes) own.within(bytes, name);
  }
}

/** A document of Office since 2007 (ECMA-376) or of OpenDocument, by its parts. */
export function examineOoxml(own: Examination, entries: ZipEntry[], unpack: Unpack): void {
  for (const entry of entries) {
    if (outOfTime(own.budget)) {
      sign(own, 'not-examined', 'time');
      return;
    }
    examinePart(own, entry.name, () => unpack(entry));
    if (entry.encrypted) sign(own, 'encrypted-entry', entry.name);
  }
}
