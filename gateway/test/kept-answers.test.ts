import { Readable } from 'node:stream';
import t from 'tap';
import type { UpstreamAnswer } from '../src/upstream/exchange.ts';
import { KeptAnswers, type Question } from '../src/upstream/kept-answers.ts';

const question: Question = {
  service: 'inventory',
  tenantId: 'a',
  personId: null,
  path: '/v1/inventory/sites',
};
const changes = { service: 'inventory', tenantIds: ['a'] } as const;

function setUp() {
  let now = 1_000_000;
  let asked = 0;
  const kept = new KeptAnswers(() => now);
  kept.setHearing(true);
  const answer = (text: string, statusCode = 200): UpstreamAnswer => ({
    ...{ statusCode, headers: {} },
    body: Buffer.from(text),
  });
  const ask = async () => answer(`answer ${++asked}`);
  const read = async (more: Partial<Question> = {}) => {
    const found = await kept.get({ ...question, ...more }, ask);
    return `${found.from}: ${found.answer.body}`;
  };
  return { kept, read, answer, asked: () => asked, wait: (ms: number) => (now += ms) };
}

t.test('an answer is given again for two seconds', async (t) => {
  const { read, wait } = setUp();
  t.equal(await read(), 'service: answer 1');
  wait(2_000);
  t.equal(await read(), 'kept: answer 1');
  wait(1);
  t.equal(await read(), 'service: answer 2');
  wait(-60_000);
  t.equal(await read(), 'service: answer 3', 'a clock that was set back keeps nothing fresh');
});

t.test("each tenant's, person's and question's own", async (t) => {
  const { read } = setUp();
  t.equal(await read(), 'service: answer 1');
  t.equal(await read({ tenantId: 'b' }), 'service: answer 2');
  t.equal(await read({ personId: 'p' }), 'service: answer 3');
  t.equal(await read({ path: '/v1/inventory/sites?limit=1' }), 'service: answer 4');
  t.equal(await read({ service: 'purchasing' }), 'service: answer 5');
  t.equal(await read(), 'kept: answer 1');
});

t.test('after a change the service is asked, and for nobody else', async (t) => {
  const { kept, read } = setUp();
  await read();
  await read({ tenantId: 'b' });
  kept.noteChange(changes);
  t.equal(await read(), 'service: answer 3');
  t.equal(await read({ tenantId: 'b' }), 'kept: answer 2');
  kept.noteChange({ service: 'purchasing', tenantIds: null });
  t.equal(await read(), 'kept: answer 3');
  kept.noteChange({ service: 'inventory', tenantIds: null });
  t.equal(await read(), 'service: answer 4');
  t.equal(await read({ tenantId: 'b' }), 'service: answer 5');
});

t.test('while changes cannot be heard nothing is given again, nor is what was kept before', async (t) => {
  const { kept, read } = setUp();
  await read();
  kept.setHearing(false);
  t.equal(await read(), 'service: answer 2');
  t.equal(await read(), 'service: answer 3');
  kept.setHearing(true);
  t.equal(await read(), 'service: answer 4');
  t.equal(await read(), 'kept: answer 4');
});

t.test('many who ask the same at once ask once, but never across a change', async (t) => {
  const { kept, answer } = setUp();
  const gates: ((text: string) => void)[] = [];
  const ask = () => new Promise<UpstreamAnswer>((resolve) => gates.push((text) => resolve(answer(text))));
  const before = [kept.get(question, ask), kept.get(question, ask)];
  t.equal(gates.length, 1);
  kept.noteChange(changes);
  const after = [kept.get(question, ask), kept.get(question, ask)];
  t.equal(gates.length, 2, 'who comes after a change does not get what was asked for before it');
  gates[1]?.('new');
  t.strictSame(
    (await Promise.all(after)).map(({ answer }) => String(answer.body)),
    ['new', 'new'],
  );
  gates[0]?.('old');
  t.strictSame(
    (await Promise.all(before)).map(({ answer }) => String(answer.body)),
    ['old', 'old'],
  );
  const now = await kept.get(question, ask);
  t.equal(String(now.answer.body), 'new', 'the older answer that took longer did not take its place');
  t.equal(now.from, 'kept');
});

t.test('failures are shared by those who waited, and not kept', async (t) => {
  const { kept, read, answer } = setUp();
  const fail = () => Promise.reject(new Error('lost'));
  await t.rejects(Promise.all([kept.get(question, fail), kept.get(question, fail)]), { message: 'lost' });
  t.equal((await kept.get(question, async () => answer('nothing', 404))).answer.statusCode, 404);
  t.equal(await read(), 'service: answer 1');
});

t.test('a long answer has one reader: the others ask for themselves, and it is not kept', async (t) => {
  const { kept } = setUp();
  let asked = 0;
  const ask = async (): Promise<UpstreamAnswer> => {
    asked++;
    return { statusCode: 200, headers: {}, body: Readable.from(['long']) };
  };
  const found = await Promise.all([kept.get(question, ask), kept.get(question, ask)]);
  t.equal(asked, 2);
  t.not(found[0]?.answer.body, found[1]?.answer.body);
  await kept.get(question, ask);
  t.equal(asked, 3);
});

t.test(
  'what was last said is there for ten minutes when the service cannot be asked, and says how old it is',
  async (t) => {
    const { kept, read, wait } = setUp();
    t.equal(kept.stale(question), null);
    await read();
    kept.noteChange(changes);
    wait(600_000);
    t.match(kept.stale(question), { from: 'stale', ageSeconds: 600 });
    t.equal(kept.stale({ ...question, tenantId: 'b' }), null, "never another tenant's");
    wait(1);
    t.equal(kept.stale(question), null);
  },
);

t.test('it takes no more than 32 MiB: what was not used for the longest time goes first', async (t) => {
  const { kept, answer } = setUp();
  const big = async () => answer('x'.repeat(60_000));
  const ask = (at: number) => kept.get({ ...question, path: `/${at}` }, big);
  await ask(0);
  for (let at = 1; at < 700; at++) {
    await ask(at);
    if (at === 300) await ask(0);
  }
  t.ok(kept.bytes <= 32 * 1024 * 1024, `${kept.bytes} bytes`);
  t.ok(kept.bytes > 31 * 1024 * 1024);
  t.ok(kept.stale({ ...question, path: '/0' }), 'used again');
  t.notOk(kept.stale({ ...question, path: '/1' }));
  for (let at = 0; at < 10_001; at++) kept.noteChange({ service: 'audit', tenantIds: [String(at)] });
  t.equal((await ask(0)).from, 'service', 'changes that were forgotten count for everybody');
});
