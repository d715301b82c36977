import fc from 'fast-check';
import t from 'tap';
import { parseJsonBody } from '../src/json-body.ts';

const parse = (text: string) => parseJsonBody(Buffer.from(text));

t.test('takes what JSON.parse takes', async (t) => {
  const plain = fc.dictionary(
    fc.string({ unit: 'grapheme' }).filter((key) => key !== '__proto__' && !key.includes('\u0000')),
    fc.jsonValue({ maxDepth: 4, noUnicodeString: true }),
  );
  fc.assert(
    fc.property(plain, (value) => {
      const text = JSON.stringify(value);
      if (/\\u0000|__proto__/.test(text)) return;
      t.same(parse(text), JSON.parse(text));
    }),
    { numRuns: 200 },
  );
});

t.test('an empty body is none', async (t) => {
  t.equal(parse(''), undefined);
});

const refused: Record<string, string | Buffer> = {
  'text that is no JSON': '{"a":',
  'the same key twice': '{"sku":"A","sku":"B"}',
  'the same key twice, one escaped': '{"sku":"A","sk\\u0075":"B"}',
  'the same key twice in an inner object': '{"lines":[{"q":"1"},{"q":"1","q":"2"}]}',
  'a NUL in a text': '{"name":"a\\u0000b"}',
  'a lone surrogate': '{"name":"\\ud800"}',
  'a prototype': '{"__proto__":{"admin":true}}',
  'bytes that are no UTF-8': Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]),
  'nesting without end': `${'['.repeat(100)}${']'.repeat(100)}`,
};
for (const [what, body] of Object.entries(refused)) {
  t.test(`refuses ${what}`, async (t) => {
    t.throws(() => parseJsonBody(Buffer.from(body)), { name: 'ServiceError', message: /./ });
  });
}

t.test('a colon in a text is no member', async (t) => {
  t.same(parse('{"a":"x:y:\\"z\\":","b":["::"]}'), { a: 'x:y:"z":', b: ['::'] });
});
