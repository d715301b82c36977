import { addText, addUrlsIn, type Examination, sign } from '../examination.ts';
import { decodeText } from './decode.ts';

const read =
  /^(SUMMARY|DESCRIPTION|LOCATION|URL|COMMENT|X-ALT-DESC|ATTACH|CONFERENCE)\b([^:\n]{0,300}):([^\n]{0,20000})/gim;
const organizer = /^ORGANIZER\b[^\n]{0,1000}?mailto:([^\s;"]{1,320})/im;

/** An invitation (RFC 5545): programs put it into the calendar without anybody having said yes. */
export function examineCalendar(own: Examination, bytes: Buffer): undefined {
  const lines = decodeText(bytes.subarray(0, 500_000)).replace(/\r?\n[ \t]/g, '');
  const from = organizer.exec(lines)?.[1];
  if (from !== undefined) sign(own, 'calendar-organizer', from.toLowerCase());
  for (const [, , , value = ''] of lines.matchAll(read)) {
    const text = value.replace(/\\n/gi, '\n').replace(/\\([,;\\])/g, '$1');
    addText(own, text.replace(/<[^<>]*>/g, ' '));
    addUrlsIn(own, text);
  }
}
