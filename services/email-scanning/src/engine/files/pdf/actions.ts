import { addUrl, type Examination, sign } from '../examination.ts';
import type { PdfDocument } from './document.ts';
import { nameOf, type PdfDict, textOf } from './values.ts';

const maxEmbedded = 20;

/** The file that a specification names. */
const fileOf = (document: PdfDocument, dict: PdfDict): string => {
  const value = document.resolve(dict.get('UF') ?? dict.get('F') ?? dict.get('Win'));
  return textOf(value instanceof Map ? document.resolve(value.get('UF') ?? value.get('F')) : value);
};

function examineEmbedded(own: Examination, document: PdfDocument, dict: PdfDict): void {
  const files = document.dictOf(dict.get('EF'));
  const name = fileOf(document, dict) || 'file';
  sign(own, 'embedded-file', name);
  const stream = document.streamOf(files.get('UF') ?? files.get('F'));
  const bytes = stream && document.decode(stream)?.bytes;
  if (bytes) own.within(bytes, name);
}

/** What an object does or holds. Actions are known by their keys, wherever they stand. */
function examineDict(own: Examination, document: PdfDocument, dict: PdfDict): void {
  const action = nameOf(document.resolve(dict.get('S')));
  if (action === 'JavaScript' || dict.has('JS')) sign(own, 'pdf-javascript');
  if (action === 'Launch') sign(own, 'pdf-launch', fileOf(document, dict));
  if (action === 'SubmitForm') sign(own, 'pdf-form', 'SubmitForm');
  if (dict.has('XFA')) sign(own, 'pdf-form', 'XFA');
  if (action === 'GoToR' || action === 'GoToE' || action === 'ImportData') {
    const file = fileOf(document, dict);
    if (/^(?:https?:|\\\\)/i.test(file)) addUrl(own, file);
  }
  const uri = action === 'URI' || dict.has('URI') ? textOf(document.resolve(dict.get('URI'))) : '';
  if (uri !== '') addUrl(own, uri);
  const target = document.resolve(dict.get('F'));
  if (action === 'SubmitForm' && target instanceof Map) addUrl(own, textOf(target.get('F')));
}

/** Goes through all objects, with the dictionaries in them. */
export function examineActions(own: Examination, document: PdfDocument): void {
  let embedded = 0;
  for (const number of document.numbers) {
    const queue = [document.get(number)];
    for (let steps = 0; queue.length > 0 && steps < 2_000; steps++) {
      const value = queue.pop();
      if (value instanceof Map) {
        examineDict(own, document, value);
        if (value.has('EF') && embedded++ < maxEmbedded) examineEmbedded(own, document, value);
        for (const inner of value.values())
          if (typeof inner === 'object' && inner !== null) queue.push(inner);
      } else if (Array.isArray(value) && typeof value[0] === 'object')
        for (const inner of value.slice(0, 200)) queue.push(inner);
    }
  }
}
