import { addUrl, type Examination, sign } from '../examination.ts';

const relationship = /<Relationship\s([^<>]{1,5000})>/g;
const attribute = (tag: string, name: string) =>
  new RegExp(`\\b${name}\\s{0,3}=\\s{0,3}["']([^"']{0,2000})["']`).exec(tag)?.[1] ?? '';

/** Kinds of parts that Office loads by itself when the document is opened. */
const loaded = /\/(attachedTemplate|oleObject|frame|subDocument|aFChunk|externalLinkPath|webSettings)$/;
const remote = /^(?:https?|ftp|file|mhtml|ms-\w{1,30}):|^\\\\|!x-usc:/i;

/** Entities as they stand in attributes. */
const plain = (value: string) =>
  value
    .replace(/&amp;/g, '&')
    .replace(/&quot;/g, '"')
    .trim();

/** The relationships of a part: links, and parts that are loaded from elsewhere. */
export function examineRelationships(own: Examination, xml: string): void {
  for (const [, tag = ''] of xml.matchAll(relationship)) {
    if (attribute(tag, 'TargetMode') !== 'External') continue;
    const target = plain(attribute(tag, 'Target'));
    const type = attribute(tag, 'Type');
    const kind = loaded.exec(type)?.[1];
    // A link to another workbook on a share of the company is what spreadsheets have.
    const isWorkbook = kind === 'externalLinkPath' && !/^https?:/i.test(target);
    if (kind !== undefined && remote.test(target) && !isWorkbook)
      sign(own, 'remote-template', kind === 'externalLinkPath' ? `workbook ${target}` : target);
    if (/^(?:https?|mailto):/i.test(target)) addUrl(own, target);
  }
}
