// With the real daemon, where it is installed, and with signatures of our own alone.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { createAntivirus } from '../src/antivirus/index.ts';

const clamd = '/usr/sbin/clamd';
const virus = Buffer.from('A file of this test that the signature below knows; harmless otherwise.');

t.test('clamd', { skip: !existsSync(clamd) && 'clamd is not installed' }, async (t) => {
  const directory = t.testdir({ signatures: {} });
  const sha256 = createHash('sha256').update(virus).digest('hex');
  writeFileSync(join(directory, 'signatures', 'own.hsb'), `${sha256}:${virus.length}:Stockade.Test:73\n`);
  const socket = join(directory, 'clamd.ctl');
  mkdirSync(join(directory, 'temporary'));
  const settings = join(directory, 'clamd.conf');
  const lines = [
    `DatabaseDirectory ${join(directory, 'signatures')}`,
    `TemporaryDirectory ${join(directory, 'temporary')}`,
    `LocalSocket ${socket}`,
    'Foreground yes',
    'StreamMaxLength 1M',
    'DisableCache yes',
  ];
  writeFileSync(settings, `${lines.join('\n')}\n`);
  const daemon = spawn(clamd, ['--config-file', settings], { stdio: 'ignore' });
  const ended = new Promise((resolve) => daemon.once('exit', resolve));
  t.teardown(async () => {
    daemon.kill('SIGTERM');
    await ended;
  });
  const antivirus = createAntivirus({ url: `unix://${socket}`, restMs: 0 });
  t.teardown(() => antivirus.close());
  const until = performance.now() + 30_000;
  while ((await antivirus.scanMessage(Buffer.from('ready?'))) === null && performance.now() < until)
    await new Promise((resolve) => setTimeout(resolve, 100));

  t.strictSame(await antivirus.scan([{ sha256, bytes: virus }]), { [sha256]: 'Stockade.Test.UNOFFICIAL' });
  t.strictSame(await antivirus.scan([{ sha256: 'other', bytes: Buffer.from('harmless') }]), {});
  const mail = [
    'From: a@b.example',
    'MIME-Version: 1.0',
    'Content-Type: application/octet-stream; name=x.bin',
    'Content-Disposition: attachment; filename=x.bin',
    'Content-Transfer-Encoding: base64',
    '',
    virus.toString('base64'),
    '',
  ].join('\r\n');
  t.strictSame(
    await antivirus.scanMessage(Buffer.from(mail)),
    { message: 'Stockade.Test.UNOFFICIAL' },
    'clamd unpacks mail',
  );
  t.equal(await antivirus.scanMessage(Buffer.alloc(3 * 1024 * 1024, 'x')), null);
  t.match(antivirus.state(), { status: 'up', reason: /size limit exceeded/ });
});
