import t from 'tap';
import { readReport } from '../test-report.ts';

const REPORT = `TAP version 14
1..3
# Subtest: scripts/test/one.test.ts
    # Subtest: whole
        ok 1 - should be equal
        # Subtest: within
            ok 1 - should be equal
            1..1
        ok 2 - within # time=9.985ms
        1..2
    ok 1 - whole # time=29.719ms
    # Subtest: broken
        # Subtest: deep
            not ok 1 - alike
              ---
              diff: |
                --- expected
                +++ actual
                -  2
                +  1
              at:
                fileName: scripts/test/one.test.ts
                lineNumber: 3
              stack: |
                Test.<anonymous> (scripts/test/one.test.ts:3:62)
              source: >
                t.test('deep')
              ...
            1..1
        not ok 1 - deep # time=82.513ms
        1..1
    not ok 2 - broken # time=91.1ms
    # Subtest: left out
        1..0
    ok 3 - left out # SKIP no browser
    1..3
not ok 1 - scripts/test/one.test.ts # time=1200ms

# Subtest: scripts/test/two.test.ts
    # Subtest: whole
        ok 1 - should be equal
        1..1
    ok 1 - whole # time=3ms
    1..1
not ok 2 - scripts/test/two.test.ts # time=700ms
  ---
  command: node
  exitCode: 3
  signal: null
  ...

# Subtest: scripts/test/three.test.ts
    # Subtest: whole
        ok 1 - should be equal
        1..1
    ok 1 - whole # time=3ms
    1..1
ok 3 - scripts/test/three.test.ts # time=300ms
`;

t.test('cases are counted, and what failed is told: where, and what the runner says of it', async (t) => {
  const { failures, ...counted } = readReport(REPORT);
  t.same(counted, { passed: 4, failed: 3, skipped: 1 });
  t.same(failures, [
    [
      '✗ scripts/test/one.test.ts > broken > deep > alike',
      'at scripts/test/one.test.ts:3',
      '--- expected',
      '+++ actual',
      '-  2',
      '+  1',
    ].join('\n    '),
    ['✗ scripts/test/two.test.ts', 'exitCode: 3'].join('\n    '),
  ]);
});

t.test('of a long diagnosis the beginning is told, and where the rest is', async (t) => {
  const diff = Array.from({ length: 50 }, (_, line) => `              ${line}`).join('\n');
  const [failure = ''] = readReport(`TAP version 14
1..1
# Subtest: one.test.ts
    # Subtest: long
        not ok 1 - alike
          ---
          diff: |
${diff}
          ...
        1..1
    not ok 1 - long # time=3ms
    1..1
not ok 1 - one.test.ts # time=4ms
`).failures;
  t.equal(failure.split('\n').length, 31);
  t.match(failure, /… 21 more lines in \.tap\/report\.tap$/);
});
