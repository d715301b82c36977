import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '@stockade/testing';
import { startStack } from '@stockade/testing/stack';
import t from 'tap';
import { tellStory } from '../demo/story.ts';
import { expectFinalState } from './final-state.ts';

const processes = ['identity', 'inventory', 'purchasing', 'email-scanning', 'audit', 'gateway'];

t.test('any process may die during the story: it ends in the same state', async (t) => {
  const stack = await startStack(t);
  for (const name of processes) {
    await t.test(name, async (t) => {
      const deaths: Promise<void>[] = [];
      let killed = 0;
      // Killed a moment after each chapter began, so that it dies in the midst of it.
      const between = async () => {
        await Promise.all(deaths);
        // The file still names the dead one until the launcher has noticed.
        const { pid } = await eventually('another one runs', async () => {
          const found = await stack.process(name).catch(() => null);
          return found && found.pid !== killed && found;
        });
        killed = pid;
        deaths.push(
          delay(20 + Math.random() * 120).then(() => {
            process.kill(pid, 'SIGKILL');
          }),
        );
      };
      const outcome = await tellStory(stack.credentials, (title) => t.pass(title), between);
      await Promise.all(deaths);
      t.equal(deaths.length, 4, 'it was killed in each chapter');
      await expectFinalState(t, outcome);
    });
  }
});
