import t from 'tap';
import { fileBudget } from '../../../src/engine/files/budget.ts';
import { examineFile } from '../../../src/engine/files/examine.ts';
import { findCode } from '../../../src/engine/files/images/finder.ts';
import { decodeGif } from '../../../src/engine/files/images/gif.ts';
import { decodePng } from '../../../src/engine/files/images/png.ts';
import { examine } from './examine.ts';
import { chequered, codePicture, codes, gif, jpeg, type Picture, png } from './fixtures/codes.ts';

const { link, payment } = codes;

t.test('a link in a code', async (t) => {
  const pictures: [string, Picture][] = [
    ['as usual', codePicture(link.rows)],
    ['two pixels a module', codePicture(link.rows, { scale: 2 })],
    ['large', codePicture(link.rows, { scale: 20 })],
    ['light on dark', codePicture(link.rows, { inverted: true })],
    ['in a corner of a poster', codePicture(link.rows, { left: 300, top: 200 })],
  ];
  for (const [name, picture] of pictures) t.strictSame(examine(png(picture)).qrUrls, [link.says], name);
  const picture = codePicture(link.rows);
  for (const type of [0, 2, 4, 6] as const)
    t.strictSame(examine(png(picture, type)).qrUrls, [link.says], `colour type ${type}`);
  t.strictSame(examine(gif(picture)).qrUrls, [link.says], 'GIF');
  t.strictSame(examine(jpeg(picture)).qrUrls, [link.says], 'JPEG');
});

t.test('the same picture again says the same, with nothing left to spend', async (t) => {
  const picture = png(codePicture(link.rows, { scale: 5 }));
  t.strictSame(examine(picture).qrUrls, [link.says]);
  const spent = { ...fileBudget(), images: 0, pixels: 0 };
  t.strictSame(examineFile(picture, { filename: 'again.png', mimeType: '' }, spent).qrUrls, [link.says]);
  const other = png(codePicture(link.rows, { scale: 6 }));
  t.strictSame(examineFile(other, { filename: 'other.png', mimeType: '' }, spent).qrUrls, []);
});

t.test('the account in a payment code is text', async (t) => {
  const facts = examine(png(codePicture(payment.rows)));
  t.strictSame(facts.qrUrls, []);
  t.match(facts.text, payment.says);
});

t.test('other pictures', async (t) => {
  t.strictSame(examine(png(chequered)), { ...examine(png(chequered)), qrUrls: [], text: '', codes: [] });
  t.equal(findCode({ data: new Uint8ClampedArray(10_000), width: 100, height: 100 }, true), null);
  t.strictSame(
    examine(png(codePicture(link.rows, { scale: 1, border: 0 }))).qrUrls,
    [],
    'too small for anybody',
  );
});

t.test('broken pictures say nothing, and take no memory', async (t) => {
  const whole = png(codePicture(link.rows));
  for (let length = 0; length < whole.length; length += 31)
    t.doesNotThrow(() => examine(whole.subarray(0, length)));
  const huge = Buffer.from(whole);
  huge.writeUInt32BE(60_000, 16);
  huge.writeUInt32BE(60_000, 20);
  t.strictSame(examine(huge).qrUrls, []);
  t.equal(decodePng(whole.subarray(0, 60)), null);
  t.equal(
    decodeGif(Buffer.from('GIF89a\x01\0\x01\0\0\0\0\x2c\0\0\0\0\xff\xff\xff\xff\0\x02', 'latin1'), 1_000),
    null,
  );
});
