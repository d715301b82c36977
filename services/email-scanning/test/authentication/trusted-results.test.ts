import { processorTime } from '@stockade/testing';
import t from 'tap';
import { parseResults, trustedResults } from '../../src/authentication/trusted-results.ts';

const from = 'shop.example';
const read = (...headers: string[]) => trustedResults(headers, from, ['mx.demo.example']);

t.test('headers of trusted servers are read', async (t) => {
  t.match(
    read(
      'mx.demo.example; spf=pass smtp.mailfrom=a@mail.shop.example; dkim=pass (2048-bit key; unprotected) header.d=shop.example header.i=@shop.example; dmarc=pass (p=QUARANTINE sp=NONE dis=NONE) header.from=shop.example; arc=none',
    ),
    {
      from: 'trusted',
      spf: 'pass',
      dkim: 'pass',
      dkimDomain: 'shop.example',
      dmarc: 'pass',
      arc: 'none',
      aligned: true,
      policy: 'quarantine',
    },
  );
  t.match(read('mx.demo.example 1; dkim = fail reason="bad; signature" header.d=shop.example'), {
    dkim: 'fail',
    aligned: false,
  });
  t.match(
    read('mx.demo.example;\r\n\tdkim=pass header.d=evil.example;\r\n\tdkim=pass header.d=shop.example'),
    { dkimDomain: 'shop.example', aligned: true },
    'the signature that fits counts',
  );
  t.match(
    read('mx.demo.example; spf=pass smtp.mailfrom=evil.example'),
    { spf: 'pass', aligned: false },
    'passed for somebody else',
  );
  t.match(read('mx.demo.example; spf=pass smtp.mailfrom=shop.example; dmarc=fail policy.dmarc=reject'), {
    aligned: false,
    policy: 'reject',
  });
  t.match(
    read('mx.demo.example; spf=hardfail', 'mx.demo.example; dkim=none'),
    { spf: 'fail', dkim: 'none' },
    'a header for each method',
  );
});

t.test('all others are not', async (t) => {
  t.equal(read('evil.example; dmarc=pass'), null);
  t.equal(
    read('evil.example; x=pass', 'mx.demo.example; dmarc=pass'),
    null,
    'what stands below came with the mail',
  );
  t.match(read('mx.demo.example; dmarc=fail', 'evil.example; spf=pass', 'mx.demo.example; spf=pass'), {
    dmarc: 'fail',
    spf: 'none',
  });
  t.match(
    read('mx.demo.example; dmarc=fail', 'mx.demo.example; dmarc=pass'),
    { dmarc: 'fail', aligned: false },
    'the topmost counts',
  );
  t.equal(read(), null);
  t.equal(read('mx.demo.example; none'), null);
  t.equal(read('(mx.demo.example) evil.example; dmarc=pass'), null, 'a comment is no name');
});

t.test('broken ones', async (t) => {
  for (const value of [
    '',
    ';',
    '(((((',
    '"',
    'x; =',
    'x; a',
    'x; a=',
    'x; a=b=c',
    `x; ${'('.repeat(9_000)}`,
    `x;${' a=b;'.repeat(9_000)}`,
    '\\',
  ])
    t.doesNotThrow(() => parseResults(value));
  t.match(read('mx.demo.example; dkim=weird'), { dkim: 'none' });
  const spent = await processorTime(500, () => parseResults(`x; ${'a=b (c) '.repeat(100_000)}`));
  t.ok(spent < 500, `in linear time: ${Math.round(spent)} ms`);
});
