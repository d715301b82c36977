import t from 'tap';
import { growth } from '../../evaluation/memory.ts';
import { featuresOf } from '../../src/engine/classifier/features.ts';
import { places } from '../../src/engine/classifier/hash.ts';
import { rawScore } from '../../src/engine/classifier/model.ts';
import { parseMessage, read } from '../../src/engine/index.ts';
import { platt } from '../../training/calibrate.ts';
import { campaigns, fingerprint } from '../../training/campaigns.ts';
import { fit, fitDefaults, vocabulary } from '../../training/fit.ts';
import { fitStack } from '../../training/stack.ts';
import { mail } from './knowledge.ts';

const readMail = async (raw: Buffer) => {
  const message = await parseMessage(raw);
  const reading = read(message);
  return { features: featuresOf(message, reading), print: fingerprint(message, reading) };
};

const letter = (n: number) =>
  `Dear friend, the committee has chosen your address for the payment of ${n} dollars. Please send your name and telephone number to the office today so that we can release the fund. The fund was left by a client of our bank who died without a will; no relative has asked for it in all these years, and the bank will keep it unless somebody comes forward before the end of the month.`;

t.test('campaigns: near-duplicates and equal subjects belong together, other mail does not', async (t) => {
  const mails = [
    mail({ subject: 'Fund', body: letter(1_000) }),
    mail({ subject: 'Your fund', body: letter(2_500_000) }),
    mail({ subject: 'Re: [list] Question about the build 17', body: 'Does it need the new compiler?' }),
    mail({ subject: 'Question about the build 18', body: 'Yes, since the last release, as the notes say.' }),
    mail({
      subject: 'Minutes',
      body: 'The meeting began at nine; all were there and nobody had anything to add.',
    }),
  ];
  const [a, b, c, d, e] = campaigns((await Promise.all(mails.map(readMail))).map(({ print }) => print));
  t.equal(a, b);
  t.equal(c, d);
  t.equal(new Set([a, c, e]).size, 3);
});

const sample = (words: number[], target: 0 | 1, family: string, campaign: number) => ({
  features: { words: Uint32Array.from(words), structure: new Uint32Array() },
  ...{ target, family, campaign, weight: 1 },
});
const samples = Array.from({ length: 80 }, (_, at) =>
  at % 2 === 0
    ? sample([1, 2, 900 + at], 1, at % 4 === 0 ? 'one' : 'two', at)
    : sample([1, 3, 7], 0, at % 4 === 1 ? 'one' : 'three', at),
);

t.test('what only one family says, or too few campaigns, gets no weight', async (t) => {
  const known = vocabulary([...samples, sample([5], 1, 'one', 500), sample([5], 1, 'two', 501)], fitDefaults);
  t.strictSame(
    [1, 2, 3, 5, 900].map((at) => known[at]),
    [1, 1, 1, 0, 0],
  );
  const alone = vocabulary(
    Array.from({ length: 20 }, (_, at) => sample([9], 1, 'one', at)),
    fitDefaults,
  );
  t.equal(alone[9], 0);
});

t.test('fitting is the same each time and separates what can be separated', async (t) => {
  const [model, again] = [fit(samples), fit(samples)];
  t.strictSame(model, again);
  t.equal(model.weights.length, places);
  const score = (words: number[]) => rawScore(model, sample(words, 0, '', 0).features);
  t.ok(score([1, 2]) > 1);
  t.ok(score([1, 3]) < -1);
});

t.test('calibration and stack', async (t) => {
  const points = Array.from({ length: 400 }, (_, at) => ({
    ...{ raw: (at % 20) - 10, weight: 1 },
    target: ((at * 7919) % 100 < 100 / (1 + Math.exp(-((at % 20) - 10) / 2)) ? 1 : 0) as 0 | 1,
  }));
  const { slope } = platt(points);
  t.ok(slope > 0.3 && slope < 0.8, `half as sure as it says: ${slope}`);
  const judged = points.map(({ raw, target }) => ({
    ...{ set: target ? 'spam' : 'honest', target, weight: 1, classifier: raw, checks: target * 30 },
  }));
  const stack = fitStack(judged);
  t.ok(stack.checks >= 2 && stack.classifier > 0, 'neither counts against the mail');
  t.ok(stack.malicious >= stack.suspicious + 2);
});

t.test('growth of memory is reckoned after warming up', async (t) => {
  const at = (rss: number) => ({ seconds: 0, heap: 0, threads: 0, rss });
  t.equal(growth([10, 50, 100, 100, 100, 100, 100, 100].map(at), ({ rss }) => rss) < 60, true);
  t.equal(
    growth(
      Array.from({ length: 30 }, () => at(100)),
      ({ rss }) => rss,
    ),
    0,
  );
  t.ok(
    growth(
      Array.from({ length: 30 }, (_, n) => at(100 + n)),
      ({ rss }) => rss,
    ) > 5,
  );
});
