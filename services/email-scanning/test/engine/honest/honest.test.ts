import t from 'tap';
import { wordingChecks } from '../../../src/engine/checks/wording/index.ts';
import { noKnowledge, parseMessage, scan } from '../../../src/engine/index.ts';
import { honestMail } from './honest-mail.ts';

const wording = new Set(wordingChecks.flatMap(({ techniques }) => techniques.map(({ id }) => id)));

for (const half of ['train', 'held-out'] as const) {
  t.test(`honest mail is clean: ${half}`, async (t) => {
    const mails = honestMail(half);
    t.ok(mails.length >= 75, `${mails.length} mails`);
    const suspected: string[] = [];
    const loud: string[] = [];
    for (const { name, raw } of mails) {
      const { verdict, score, findings } = scan(await parseMessage(raw), noKnowledge);
      const found = findings.map((finding) => `${finding.technique} ${finding.score}`);
      if (verdict !== 'clean') suspected.push(`${name}: ${score} by ${found.join(', ')}`);
      if (findings.some((finding) => finding.score >= 20 && wording.has(finding.technique)))
        loud.push(`${name}: ${found.join(', ')}`);
    }
    t.strictSame(suspected, [], 'none is suspected');
    t.strictSame(loud, [], 'their words alone say little');
  });
}

t.test('it is the same on every run, and the halves share no letter', async (t) => {
  const [train, again, heldOut] = [honestMail('train'), honestMail('train'), honestMail('held-out')];
  t.strictSame(
    train.map(({ raw }) => raw.toString('base64')),
    again.map(({ raw }) => raw.toString('base64')),
  );
  t.ok(train.length + heldOut.length >= 150, 'there are many');
  const known = new Set(train.map(({ raw }) => raw.toString('base64')));
  t.notOk(heldOut.some(({ raw }) => known.has(raw.toString('base64'))));
  t.equal(new Set(heldOut.map(({ language }) => language)).size, 8);
});
