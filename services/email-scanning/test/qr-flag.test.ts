import { featureFlagChanged } from '@stockade/contracts';
import { noTenant } from '@stockade/feature-flags';
import { eventually } from '@stockade/testing';
import t from 'tap';
import { fileBudget } from '../src/engine/files/budget.ts';
import { examineFile } from '../src/engine/files/examine.ts';
import { codePicture, codes, png } from './engine/files/fixtures/codes.ts';
import { letter, sendAndScan, start } from './service.ts';

const service = await start(t);
const flagKey = 'mail.read-qr-codes';
const picture = png(codePicture(codes.link.rows));

/** A mail with a QR code in a picture; none is like another. */
function withCode(): string {
  const [head = ''] = letter({ body: '' }).split('\r\n\r\n');
  const part = ['Content-Type: image/png; name="code.png"', 'Content-Transfer-Encoding: base64'];
  return [
    `${head}\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b"\r\n`,
    '--b\r\nContent-Type: text/plain\r\n\r\nPlease scan the code.\r\n',
    `--b\r\n${part.join('\r\n')}\r\n\r\n${picture.toString('base64').replace(/.{76}/g, '$&\r\n')}\r\n--b--\r\n`,
  ].join('\r\n');
}

const found = async () =>
  (await sendAndScan(service, withCode())).findings.some(
    ({ technique }: { technique: string }) => technique === 'qr-code-link',
  );

let told = 0;
const pin = (pinned: string | null) =>
  service.consume(
    featureFlagChanged,
    { flagKey, scope: 'platform', pinned, byOperator: null, byTenant: null },
    { aggregateId: flagKey, aggregateVersion: ++told, tenantId: noTenant },
  );

t.test('without it a picture is no more than a picture, in a file and in a PDF', async (t) => {
  const look = (options: object) =>
    examineFile(
      picture,
      { filename: 'code.png', mimeType: 'image/png' },
      {
        ...fileBudget(options),
        deadline: Number.POSITIVE_INFINITY,
      },
    ).qrUrls;
  t.strictSame(look({}), [codes.link.says]);
  t.strictSame(look({ codes: false }), []);
});

t.test('QR codes are read, until the operator turns it off, and again when he turns it on', async (t) => {
  t.equal(await found(), true);
  await pin('off');
  await eventually('they are not read', async () => !(await found()));
  await pin(null);
  await eventually('they are read', found);
});
