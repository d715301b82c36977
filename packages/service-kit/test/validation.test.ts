import { Strict, Timestamp } from '@stockade/contracts';
import t from 'tap';
import { compileSchema } from '../src/validation.ts';

const schema = Strict({ at: Timestamp });

/** Whether the schema takes it, in a body and in a query alike. */
function takes(at: string): boolean {
  const [inBody, inQuery] = ['body', 'querystring'].map((httpPart) => {
    const validate = compileSchema({ schema, httpPart, method: 'GET', url: '/' } as never) as (
      v: unknown,
    ) => boolean;
    return validate({ at });
  });
  if (inBody !== inQuery) throw new Error(`Body and query differ on ${at}`);
  return inBody === true;
}

t.test('a time is RFC 3339 and one that a Date can hold', async (t) => {
  for (const at of ['2026-06-30T23:59:59Z', '2024-02-29T00:00:00.123456+02:00', '2026-06-30t10:00:00z'])
    t.ok(takes(at), at);
  const refused = {
    'a leap second': '2026-06-30T23:59:60Z',
    'a leap second elsewhere': '2026-07-01T01:59:60+02:00',
    'a day that is none': '2026-02-29T00:00:00Z',
    'no offset': '2026-06-30T10:00:00',
    'no time': '2026-06-30',
    words: 'yesterday',
  };
  for (const [what, at] of Object.entries(refused)) t.notOk(takes(at), what);
});
