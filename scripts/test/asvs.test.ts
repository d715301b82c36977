import { access, readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import t from 'tap';

/** The last requirement of level 1 or 2 of each section of ASVS 5.0: those of level 3 come behind them. */
const sections: Record<string, { last: number }> = {
  ...{ '1.1': { last: 2 }, '1.2': { last: 9 }, '1.3': { last: 11 }, '1.4': { last: 3 }, '1.5': { last: 2 } },
  ...{ '2.1': { last: 3 }, '2.2': { last: 3 }, '2.3': { last: 4 }, '2.4': { last: 1 } },
  ...{ '3.2': { last: 2 }, '3.3': { last: 4 }, '3.4': { last: 6 }, '3.5': { last: 5 }, '3.7': { last: 2 } },
  ...{ '4.1': { last: 3 }, '4.2': { last: 1 }, '4.3': { last: 2 }, '4.4': { last: 4 } },
  ...{ '5.1': { last: 1 }, '5.2': { last: 3 }, '5.3': { last: 2 }, '5.4': { last: 3 } },
  ...{ '6.1': { last: 3 }, '6.2': { last: 11 }, '6.3': { last: 3 }, '6.4': { last: 4 }, '6.5': { last: 5 } },
  ...{ '6.6': { last: 3 }, '6.8': { last: 4 } },
  ...{
    '7.1': { last: 3 },
    '7.2': { last: 4 },
    '7.3': { last: 2 },
    '7.4': { last: 5 },
    '7.5': { last: 2 },
    '7.6': { last: 2 },
  },
  ...{ '8.1': { last: 2 }, '8.2': { last: 3 }, '8.3': { last: 1 }, '8.4': { last: 1 } },
  ...{ '9.1': { last: 3 }, '9.2': { last: 4 } },
  ...{
    '10.1': { last: 2 },
    '10.2': { last: 2 },
    '10.3': { last: 4 },
    '10.4': { last: 11 },
    '10.5': { last: 5 },
  },
  ...{ '10.6': { last: 2 }, '10.7': { last: 3 } },
  ...{
    '11.1': { last: 2 },
    '11.2': { last: 3 },
    '11.3': { last: 3 },
    '11.4': { last: 4 },
    '11.5': { last: 1 },
    '11.6': { last: 1 },
  },
  ...{ '12.1': { last: 3 }, '12.2': { last: 2 }, '12.3': { last: 4 } },
  ...{ '13.1': { last: 1 }, '13.2': { last: 5 }, '13.3': { last: 2 }, '13.4': { last: 5 } },
  ...{ '14.1': { last: 2 }, '14.2': { last: 4 }, '14.3': { last: 3 } },
  ...{ '15.1': { last: 3 }, '15.2': { last: 3 }, '15.3': { last: 7 } },
  ...{
    '16.1': { last: 1 },
    '16.2': { last: 5 },
    '16.3': { last: 4 },
    '16.4': { last: 3 },
    '16.5': { last: 3 },
  },
  ...{ '17.1': { last: 1 }, '17.2': { last: 4 }, '17.3': { last: 2 } },
};
const required = Object.entries(sections).flatMap(([section, { last }]) =>
  Array.from({ length: last }, (_, at) => `${section}.${at + 1}`),
);

const root = resolve(import.meta.dirname, '../..');
const text = await readFile(resolve(root, 'docs/security/asvs.md'), 'utf8');
const rows = text
  .split('\n')
  .filter((line) => /^\| \d/.test(line))
  .map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  );
const applying = rows.filter((cells) => cells.length === 4);
const notApplicable = rows.filter((cells) => cells.length === 2);

t.test('every requirement of level 1 and 2 stands in docs/security/asvs.md, once', async (t) => {
  const listed = [
    ...applying.map(([id]) => id as string),
    ...notApplicable.flatMap(([ids]) => (ids as string).split(', ')),
  ];
  t.equal(rows.length, applying.length + notApplicable.length, 'each row has its cells');
  t.strictSame([...listed].sort(), [...required].sort());
});

t.test('each names a test that is there, or says what is missing', async (t) => {
  for (const [id = '', level, short, shown] of applying) {
    t.match(level, /^[12]$/, id);
    t.match(short, /\S/, id);
    const tests = [...(shown as string).matchAll(/`([\w./-]+\.test\.ts)`/g)].map(
      ([, file]) => file as string,
    );
    if (/^\*\*not met\*\*: \S/.test(shown as string)) continue;
    t.ok(tests.length > 0, `${id} is shown by a test`);
    for (const file of tests) await t.resolves(access(resolve(root, file)), `${id}: ${file}`);
  }
  for (const [ids = '', why] of notApplicable) t.match(why, /\S{2}/, ids);
});
