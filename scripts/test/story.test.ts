import { queues as queueNames } from '@stockade/contracts';
import { redisMissing, startRedis } from '@stockade/testing/redis';
import { startStack } from '@stockade/testing/stack';
import t from 'tap';
import { tellStory } from '../demo/story.ts';
import { expectFinalState } from './final-state.ts';

for (const kind of ['postgres', 'redis'] as const) {
  const missing = kind === 'redis' && redisMissing();
  t.test(`the story, with queues in ${kind}`, missing ? { skip: missing } : {}, async (t) => {
    const redis = kind === 'redis' ? await startRedis(t) : null;
    const stack = await startStack(t, redis ? { REDIS_URL: redis.url } : {});
    const outcome = await tellStory(stack.credentials, (title) => t.pass(title));
    await expectFinalState(t, outcome);
    const operator = { authorization: `Bearer ${stack.credentials.operatorKey}` };
    const queues = await fetch(`${stack.url}/v1/admin/queues`, { headers: operator }).then((answer) =>
      answer.json(),
    );
    t.strictSame(
      (queues as { data: { backend: string; deadLetters: number }[] }).data.map(
        ({ backend, deadLetters }) => [backend, deadLetters],
      ),
      queueNames.map(() => [kind, 0]),
      'all queues are on that backend, and nothing died',
    );
    t.notMatch(stack.output(), /A periodic task failed/, 'periodic tasks have the rights that they need');
  });
}
