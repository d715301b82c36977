import t from 'tap';
import { isWorse } from '../../src/rescan/rules.ts';

t.test('another scan counts only when it finds worse', async (t) => {
  const known = (verdict: 'clean' | 'suspicious' | 'malicious', score: number) => ({
    ...{ verdict, score, disposition: 'delivered' as const },
  });
  t.ok(isWorse(known('clean', 10), 'suspicious', 45));
  t.ok(isWorse(known('suspicious', 70), 'malicious', 60), 'by the verdict, whatever the score');
  t.ok(isWorse(known('suspicious', 45), 'suspicious', 60));
  t.notOk(isWorse(known('suspicious', 45), 'suspicious', 45));
  t.notOk(
    isWorse(known('suspicious', 45), 'clean', 90),
    'the policy may have changed: nothing is released by it',
  );
  t.notOk(isWorse(known('malicious', 80), 'suspicious', 60));
  t.ok(isWorse({ verdict: null, score: null, disposition: null }, 'clean', 0));
});
