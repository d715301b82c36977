import { gzipSync } from 'node:zlib';
import t from 'tap';
import { fileLimits } from '../../../src/engine/files/budget.ts';
import { examine } from './examine.ts';
import { eicar, program } from './fixtures/documents.ts';
import { tar, zip } from './fixtures/zip.ts';

const nested = (bytes: Buffer, depth: number): Buffer =>
  depth === 0 ? bytes : nested(zip([{ name: `${depth}.zip`, bytes }]), depth - 1);

t.test('files in archives are examined, with their names and hashes', async (t) => {
  const facts = examine(
    zip([
      { name: 'notes/read.txt', bytes: 'x' },
      { name: 'run.exe', bytes: program, stored: true },
    ]),
  );
  t.equal(facts.kind, 'zip');
  t.match(facts.entries, [
    { name: 'notes/read.txt', kind: 'text', sha256: /^[0-9a-f]{64}$/ },
    { name: 'run.exe', kind: 'windows-program' },
  ]);
  t.match(facts.signs, [{ code: 'program', path: ['run.exe'] }]);
  t.strictSame(
    examine(
      zip([
        { name: 'a.txt', bytes: 'x' },
        { name: 'ü.pdf', bytes: '%PDF-' },
      ]),
    ).codes,
    ['damaged'],
    'a PDF of nothing',
  );
  t.strictSame(examine(zip([])).codes, []);
});

t.test('EICAR, wherever it is packed', async (t) => {
  const packed: [string, Buffer][] = [
    ['alone', eicar],
    ['zip', zip([{ name: 'x.txt', bytes: eicar }])],
    ['gzip', gzipSync(eicar)],
    [
      'tar',
      tar([
        { name: 'x', bytes: 'y' },
        { name: 'z', bytes: eicar },
      ]),
    ],
    ['tar.gz in zip', zip([{ name: 'x.tar.gz', bytes: gzipSync(tar([{ name: 'z', bytes: eicar }])) }])],
    ['three zips', nested(zip([{ name: 'e.com', bytes: eicar }]), 2)],
  ];
  for (const [name, bytes] of packed) t.ok(examine(bytes).codes.includes('eicar'), name);
});

t.test('depth', async (t) => {
  t.notOk(examine(nested(zip([{ name: 'x', bytes: 'x' }]), 4)).codes.includes('archive-too-deep'));
  t.ok(examine(nested(zip([{ name: 'x', bytes: 'x' }]), 6)).codes.includes('archive-too-deep'));
});

t.test('encryption', async (t) => {
  const facts = examine(zip([{ name: 'invoice.exe', bytes: 'x', encrypted: true }]));
  t.strictSame(facts.codes, ['program', 'encrypted-entry'], 'names are seen all the same');
  t.strictSame(facts.entries, [{ name: 'invoice.exe', sha256: null, kind: 'other' }]);
});

t.test('bombs', async (t) => {
  const zeros = Buffer.alloc(30 * 1024 * 1024);
  const bomb = zip(Array.from({ length: 8 }, (_, index) => ({ name: `${index}`, bytes: zeros })));
  t.strictSame(examine(bomb).codes, ['archive-bomb']);
  t.strictSame(
    examine(
      zip(
        [
          { name: 'a', bytes: zeros },
          { name: 'b', bytes: 'x' },
        ],
        { overlap: true },
      ),
    ).codes.includes('archive-bomb'),
    true,
  );
  t.ok(examine(gzipSync(zeros)).codes.includes('archive-bomb'));
  t.ok(
    examine(zip([{ name: 'a', bytes: zeros, size: 10 }])).codes.includes('archive-inconsistent'),
    'a lie about its size',
  );
  t.strictSame(
    examine(zip([{ name: 'log.txt', bytes: Buffer.alloc(1024 * 1024, 'log line\n') }])).codes,
    [],
    'an ordinary log',
  );
});

t.test('headers of large archives', async (t) => {
  // By Python's zipfile, with force_zip64.
  const bytes = Buffer.from(
    'UEsDBC0AAAAIAAAAIQBdneob//////////8HABQAcnVuLmV4ZQEAEABAAAAAAAAAAAgAAAAAAAAA842awEAJAABQSwECLQMtAAAACAAAACEAXZ3qGwgAAABAAAAABwAAAAAAAAAAAAAAgAEAAAAAcnVuLmV4ZVBLBQYAAAAAAQABADUAAABBAAAAAAA=',
    'base64',
  );
  t.match(examine(bytes), { codes: ['program'], entries: [{ name: 'run.exe', kind: 'windows-program' }] });
  const directory = zip([{ name: 'a.txt', bytes: 'x' }]);
  const end = directory.length - 22;
  const large = Buffer.alloc(56 + 20);
  large.writeUInt32LE(0x06064b50, 0);
  large.writeBigUInt64LE(1n, 32);
  large.writeBigUInt64LE(BigInt(directory.readUInt32LE(end + 12)), 40);
  large.writeBigUInt64LE(BigInt(directory.readUInt32LE(end + 16)), 48);
  large.writeUInt32LE(0x07064b50, 56);
  large.writeBigUInt64LE(BigInt(end), 64);
  const last = Buffer.from(directory.subarray(end));
  last.fill(0xff, 8, 20);
  t.match(examine(Buffer.concat([directory.subarray(0, end), large, last])), {
    codes: [],
    entries: [{ name: 'a.txt' }],
  });
});

t.test('two lists of files', async (t) => {
  const inconsistent = (bytes: Buffer) => examine(bytes).codes.includes('archive-inconsistent');
  t.ok(inconsistent(zip([{ name: 'a.txt', localName: 'a.exe', bytes: 'x' }])));
  t.ok(inconsistent(zip([{ name: 'a.txt', bytes: 'x' }], { unlisted: [{ name: 'b.exe', bytes: 'y' }] })));
  t.ok(inconsistent(Buffer.concat([zip([{ name: 'a', bytes: 'x' }]), zip([{ name: 'b', bytes: 'y' }])])));
  t.notOk(
    inconsistent(
      zip([
        { name: 'a.txt', bytes: 'x' },
        { name: 'b.txt', bytes: 'y' },
      ]),
    ),
  );
});

t.test('without its directory a zip is read by its headers', async (t) => {
  const whole = zip([{ name: 'a.exe', bytes: program }]);
  t.match(examine(whole.subarray(0, whole.length - 40)).codes, ['damaged', 'program']);
});

t.test('number of files', async (t) => {
  const many = zip(
    Array.from({ length: 1_200 }, (_, index) => ({ name: `${index}.txt`, bytes: 'x', stored: true })),
  );
  const facts = examine(many);
  t.ok(facts.codes.includes('not-examined'));
  t.equal(facts.entries.length, fileLimits.entries);
});

t.test('what is recognised and not unpacked', async (t) => {
  const rar4 = (flags: number, type = 0x73) =>
    Buffer.concat([
      Buffer.from('526172211a0700', 'hex'),
      Buffer.from([0, 0, type, flags, 0, 13, 0]),
      Buffer.alloc(10),
    ]);
  t.strictSame(examine(rar4(0)).codes, ['archive-not-unpacked']);
  t.strictSame(
    examine(rar4(0x80)).codes,
    ['archive-not-unpacked', 'encrypted-entry'],
    'the list is encrypted',
  );
  t.strictSame(
    examine(rar4(0x04, 0x74)).codes,
    ['archive-not-unpacked', 'encrypted-entry'],
    'a file is encrypted',
  );
  const rar5 = (type: number) =>
    Buffer.concat([
      Buffer.from('526172211a070100', 'hex'),
      Buffer.from([0, 0, 0, 0, 3, type, 0, 0]),
      Buffer.alloc(20),
    ]);
  t.strictSame(examine(rar5(1)).codes, ['archive-not-unpacked']);
  t.strictSame(examine(rar5(4)).codes, ['archive-not-unpacked', 'encrypted-entry']);
  const seven = (list: string) => {
    const bytes = Buffer.concat([
      Buffer.from('377abcaf271c0004', 'hex'),
      Buffer.alloc(24),
      Buffer.from(list, 'hex'),
    ]);
    bytes.writeBigUInt64LE(BigInt(list.length / 2), 20);
    return bytes;
  };
  t.strictSame(examine(seven('17060701')).codes, ['archive-not-unpacked']);
  t.strictSame(examine(seven('170606f107010a')).codes, ['archive-not-unpacked', 'encrypted-entry']);
  t.strictSame(examine('\0\0\0\0\0\0\0**ACE**\0\0').codes, ['rare-archive']);
});

t.test('winmail.dat', async (t) => {
  const attribute = (id: number, value: Buffer) => {
    const head = Buffer.alloc(9);
    head[0] = 2;
    head.writeUInt32LE(id, 1);
    head.writeUInt32LE(value.length, 5);
    return Buffer.concat([head, value, Buffer.alloc(2)]);
  };
  const attached = (name: string, bytes: Buffer) => [
    attribute(0x00069002, Buffer.alloc(14)),
    attribute(0x00018010, Buffer.from(`${name}\0`)),
    attribute(0x0006800f, bytes),
  ];
  const tnef = Buffer.concat([
    ...[Buffer.from('789f3e220100', 'hex'), attribute(0x0002800c, Buffer.from('The text\0'))],
    ...[...attached('a.txt', Buffer.from('x')), ...attached('b.exe', program)],
  ]);
  const facts = examine(tnef, 'winmail.dat');
  t.match(facts, {
    kind: 'tnef',
    text: /The text/,
    entries: [{ name: 'a.txt' }, { name: 'b.exe' }],
    signs: [{ code: 'program', path: ['b.exe'] }],
  });
});
