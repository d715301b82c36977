import { readFileSync } from 'node:fs';
import t from 'tap';
import { maxShift, maxWeights, shiftOf } from '../../src/engine/classifier/adaptation.ts';
import { decodeModel, encodeModel, logOdds } from '../../src/engine/classifier/model.ts';
import { shippedModel } from '../../src/engine/classifier/shipped.ts';
import { wordHash } from '../../src/engine/classifier/words.ts';
import {
  type Features,
  featuresOf,
  learn,
  noKnowledge,
  parseMessage,
  read,
  scan,
} from '../../src/engine/index.ts';
import type { Adaptation } from '../../src/engine/types.ts';
import { mail } from './knowledge.ts';

const featuresFor = async (raw: Buffer): Promise<Features> => {
  const message = await parseMessage(raw);
  return featuresOf(message, read(message));
};
const oddsOf = async (raw: Buffer) => logOdds(shippedModel, await featuresFor(raw));

const lure = mail({
  from: 'Mail Team <team77@mailbox-center.example>',
  subject: 'ATTENTION! Verify your account now!!',
  html: `<html><body><p>Dear customer, your account has been limited. Click here to verify your password and
    update your billing information immediately, or your account will be closed.</p>
    <a href="http://login.mailbox-center.example/verify/account.php">Click here</a></body></html>`,
});
const answer = mail({
  from: 'Ada Byron <ada@workshop.example>',
  headers: [
    'In-Reply-To: <1@workshop.example>',
    'References: <1@workshop.example>',
    'User-Agent: Thunderbird',
  ],
  subject: 'Re: drawing of the bracket',
  body: 'Hi Jan,\n\nI think the second hole is off by a bit. Could you check the file again?\n\n> On the drawing it is 4 mm\n\nAda',
});

t.test('what it thinks', async (t) => {
  t.ok((await oddsOf(lure)) > 2);
  t.ok((await oddsOf(answer)) < -2);
  const message = await parseMessage(lure);
  const { verdict, findings } = scan(message, noKnowledge);
  t.not(verdict, 'clean');
  const told = findings.find(({ technique }) => technique === 'reads-like-unwanted');
  t.match(told?.explanation, /reads like unwanted mail: “/, 'it names words');
  const disabled = { ...noKnowledge.tenant.policy, disabledTechniques: ['reads-like-unwanted'] };
  const off = scan(message, { ...noKnowledge, tenant: { ...noKnowledge.tenant, policy: disabled } });
  t.notOk(
    off.findings.some(({ technique }) => technique === 'reads-like-unwanted'),
    'it can be turned off',
  );
});

t.test('features', async (t) => {
  t.equal(wordHash('4711'), wordHash('1234'), 'a number by its length');
  t.not(wordHash('4711'), wordHash('47110'));
  t.equal(wordHash('a1b2c3'), wordHash('x9'), 'what mixes letters and digits is no word');
  t.equal(wordHash('x'.repeat(50)), wordHash('y'.repeat(40)));
  t.equal(wordHash('x'), 0);
  const { words, structure } = await featuresFor(lure);
  t.equal(new Set(words).size, words.length, 'each once');
  t.ok(structure.length > 20);
  t.strictSame(await featuresFor(lure), { words, structure }, 'the same each time');
  const moved = mail({ headers: ['To: somebody@else.example', 'Received: from x', 'List-Id: <l.example>'] });
  const plain = mail({});
  t.strictSame(await featuresFor(moved), await featuresFor(plain), 'who gets it and by which way is none');
  const endless = await featuresFor(mail({ body: 'word other '.repeat(200_000) }));
  t.ok(endless.words.length < 20);
});

t.test('the file', async (t) => {
  const bytes = readFileSync(new URL('../../src/engine/classifier/model.bin', import.meta.url));
  t.ok(bytes.length < 1024 * 1024);
  t.strictSame(encodeModel(decodeModel(bytes)), bytes);
  t.throws(() => decodeModel(bytes.subarray(1)));
  t.throws(() => decodeModel(Buffer.alloc(bytes.length)));
});

t.test('what a tenant’s people teach', async (t) => {
  const offer = (n: number, product: string) =>
    mail({
      from: `Palletline <offers@palletline.example>`,
      subject: `Weekly price list ${n}`,
      body: `Good morning,\n\nplease find our weekly prices for ${product} pallets and crates below, valid until Friday.\n\nEuro pallet ${n} EUR, crate ${n + 3} EUR.\n\nYour Palletline team`,
    });
  let adaptation: Adaptation | null = null;
  const shift = async (raw: Buffer) => shiftOf(adaptation, await featuresFor(raw));
  t.equal(await shift(lure), 0, 'nothing yet');
  for (const [at, product] of ['used', 'new', 'plastic'].entries())
    adaptation = learn(adaptation, await featuresFor(offer(at + 11, product)), 'unwanted');
  t.ok((await shift(offer(31, 'repaired'))) > 2.5, 'the next one of the kind is like those');
  t.ok(Math.abs(await shift(answer)) < 0.3, 'other mail is not');
  for (let click = 0; click < 200; click++)
    adaptation = learn(adaptation, await featuresFor(offer(12, 'new')), 'unwanted');
  t.ok((await shift(offer(12, 'new'))) <= maxShift, 'clicking on moves nothing beyond the limit');
  t.ok(Math.abs(await shift(answer)) < 0.3);
  for (let click = 0; click < 6; click++)
    adaptation = learn(adaptation, await featuresFor(offer(12 + click, 'new')), 'clean');
  t.ok((await shift(offer(31, 'repaired'))) < 0, 'it can be taken back');

  for (let lesson = 0; lesson < 60; lesson++) {
    const body = Array.from(
      { length: 300 },
      (_, at) => `w${String.fromCharCode(97 + (at % 26))}${'abcdefghij'[lesson % 10]}${at}x`,
    );
    adaptation = learn(adaptation, await featuresFor(mail({ body: body.join(' ') })), 'unwanted');
  }
  t.ok(Object.keys(adaptation?.weights ?? {}).length <= maxWeights);
});

t.test('a lesson flips the verdict of the next such mail', async (t) => {
  const message = await parseMessage(lure);
  const features = featuresOf(message, read(message));
  let adaptation: Adaptation | null = null;
  for (let lesson = 0; lesson < 3; lesson++) adaptation = learn(adaptation, features, 'clean');
  const tenant = { ...noKnowledge.tenant, adaptation };
  const [before, after] = [scan(message, noKnowledge), scan(message, { ...noKnowledge, tenant })];
  t.match(
    [before.verdict, after.verdict],
    [/suspicious|malicious/, 'clean'],
    `${before.score} → ${after.score}`,
  );
});
