import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { auditTargets, maskChanges } from '@stockade/contracts';
import t from 'tap';

const root = resolve(import.meta.dirname, '../../..');
const shown = (target: string, field: string, after: unknown) =>
  maskChanges(target, { [field]: { before: null, after } })[field];

t.test('names, addresses, bank details and secrets are masked, the rest is not', async (t) => {
  const cases: [target: string, field: string, value: unknown, masked: unknown][] = [
    ['user', 'name', 'Zoë  O’Hara', 'Z… O…'],
    ['user', 'name', '😀', '😀…'],
    ['user', 'email', 'zoe.ohara@acme.example', 'z…@acme.example'],
    ['user', 'role', 'owner', 'owner'],
    ['user', 'failures', 4, 4],
    ['user', 'password', 'Correct-horse-1', '…'],
    ['mail-source', 'secret', 'whsec_x', '…'],
    ['mail-source', 'settings', { user: 'buyer@a.example', port: 993 }, { user: 'b…@a.example', port: 993 }],
    ['mail-source', 'addresses', ['@a.example', 'ann@a.example'], ['@a.example', 'a…@a.example']],
    ['bank-account', 'iban', 'DE89370400440532013000', '…3000'],
    ['bank-account', 'iban', '…3000', '…3000'],
    ['bank-account', 'holder', 'Nordwind Metall GmbH', 'N… M… G…'],
    ['account-mail', 'note', '550 <ann@a.example>: unknown', '550 <a…@a.example>: unknown'],
    ['user', 'email', '"Zoe Miller"@acme.example', 'Z…@acme.example'],
    ['user', 'email', 'zoe.miller@österreich.example', 'z…@österreich.example'],
    [
      'account-mail',
      'note',
      'to "Ann \\"A\\" @home"@a.example, "Bob" <bob@例え.example>',
      'to A…@a.example, "Bob" <b…@例え.example>',
    ],
    ['account-mail', 'note', '{"to":"ann@a.example"}', '{"to":"a…@a.example"}'],
    ['account-mail', 'note', '"ann@a.example" @ 5 "@b.example', '"a…@a.example …@b.example'],
    ['feed', 'url', 'https://me:pw@feeds.example/l.txt?key=abc', 'https://feeds.example/l.txt?…'],
    ['feed', 'url', 'https://feeds.example/l.txt', 'https://feeds.example/l.txt'],
    ['item', 'conversions', [{ unit: 'box', factor: '12' }], [{ unit: 'box', factor: '12' }]],
    [
      'supplier',
      'contacts',
      [{ name: 'Ann Sales', email: 'ann@s.example', phone: '+49 30 1' }],
      [{ name: 'A… S…', email: 'a…@s.example', phone: '…' }],
    ],
  ];
  for (const [target, field, value, masked] of cases)
    t.strictSame(shown(target, field, value), { before: null, after: masked }, `${target}.${field}`);
  const both = maskChanges('user', { name: { before: 'Ann', after: new Date(0) } });
  t.strictSame(both, { name: { before: 'A…', after: '1…' } }, 'both sides, and whatever stands there');
});

t.test('hostile texts take time as they are long, and no more', async (t) => {
  const length = 1_000_000;
  for (const part of ['a', '"', '@', '"@a', '\\"@a', '"\\"@a ', 'a@', '\\', '@a'])
    for (const end of ['', '@a', '"@a']) {
      const text = part.repeat(length / part.length) + end;
      const started = performance.now();
      shown('user', 'email', text);
      const ms = performance.now() - started;
      // Quadratic, these would take a quarter of an hour and more.
      t.ok(ms < 10_000, `${part} … ${end}: ${ms} ms`);
    }
});

t.test('what nobody thought of is shown as a secret', async (t) => {
  for (const [target, field] of [
    ['user', 'nickname'],
    ['user', 'constructor'],
    ['constructor', 'name'],
    ['nobody', 'name'],
  ] as const)
    for (const value of ['x', 1, true, ['x'], { x: 1 }])
      t.strictSame(shown(target, field, value), { before: null, after: '…' }, `${target}.${field}`);
});

/** Actors have a type as well. */
const actors = new Set(['user', 'api_key', 'operator', 'system']);

async function targetsIn(folder: string): Promise<string[]> {
  const files = await readdir(join(root, folder), { recursive: true });
  const found = new Set<string>();
  for (const file of files.filter((name) => name.endsWith('.ts'))) {
    const text = await readFile(join(root, folder, file), 'utf8');
    for (const [, type = ''] of text.matchAll(/\{ type: '([a-z_-]+)', id\b/g)) found.add(type);
  }
  return [...found].filter((type) => !actors.has(type));
}

t.test('every kind of target that is written of is in the list', async (t) => {
  const services = ['identity', 'inventory', 'purchasing', 'email-scanning', 'audit'];
  const folders = [...services.map((name) => `services/${name}/src`), 'packages/messaging/src'];
  const written = new Set((await Promise.all(folders.map(targetsIn))).flat());
  t.ok(written.size > 30, 'they are found');
  t.strictSame(
    [...written].filter((type) => !Object.hasOwn(auditTargets, type)),
    [],
  );
});
