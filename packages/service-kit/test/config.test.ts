import t from 'tap';
import { Type } from 'typebox';
import { ConfigError, parseConfig, Secret } from '../src/config.ts';

const schema = Type.Object({
  PORT: Type.Integer({ minimum: 0, maximum: 65_535 }),
  LIMIT: Type.Integer({ default: 5, minimum: 1 }),
  STRICT: Type.Boolean({ default: false }),
  KEY: Secret('x'),
  NAME: Type.Optional(Type.String()),
});
const good = { PORT: '8080', KEY: 'k'.repeat(32) };

t.test('text becomes what the schema says, with its defaults', async (t) => {
  t.strictSame(parseConfig(schema, { ...good, STRICT: 'true', UNRELATED: 'x' }), {
    ...good,
    PORT: 8080,
    LIMIT: 5,
    STRICT: true,
  });
  t.equal(parseConfig(schema, { ...good, LIMIT: '' }).LIMIT, 5, 'empty is unset');
});

t.test('every problem is named, and no value', async (t) => {
  const bad = { PORT: 'eighty', LIMIT: '0', KEY: 'hunter2' };
  try {
    parseConfig(schema, bad);
    t.fail('it was taken');
  } catch (error) {
    t.ok(error instanceof ConfigError);
    const { message } = error as Error;
    for (const name of ['PORT', 'LIMIT', 'KEY']) t.match(message, name);
    t.notMatch(message, /eighty|hunter2/);
  }
  const choice = Type.Union([Type.Literal('json'), Type.Literal('pretty')]);
  const more = Type.Object({ FORMAT: choice, STRICT: Type.Boolean(), LIMIT: Type.Integer() });
  t.throws(
    () => parseConfig(more, { FORMAT: 'xml', STRICT: 'maybe', LIMIT: '5.5' }),
    /FORMAT must be one of json, pretty\n {2}STRICT must be true or false\n {2}LIMIT must be integer\n/,
  );
  t.throws(() => parseConfig(schema, {}), /PORT is missing\n {2}KEY is missing/);
});
