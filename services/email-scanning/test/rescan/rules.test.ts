import t from 'tap';
import { dispositionAfter, isWorse } from '../../src/rescan/rules.ts';

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

t.test('what a person released or removed stays where they put it', async (t) => {
  const at = (disposition: 'delivered' | 'quarantined' | 'released' | 'deleted' | null) =>
    dispositionAfter({ verdict: 'clean', score: 0, disposition }, 'quarantined');
  t.strictSame([at('delivered'), at(null), at('quarantined')], ['quarantined', 'quarantined', 'quarantined']);
  t.strictSame([at('released'), at('deleted')], ['released', 'deleted']);
});
