import { eventually } from '@stockade/testing';
import { Registry } from 'prom-client';
import t from 'tap';
import { createLogger } from '../src/logger.ts';
import { taskMetrics } from '../src/task-metrics.ts';
import { startTasks } from '../src/tasks.ts';

t.test('periodic tasks tell how they fare', async (t) => {
  const registry = new Registry();
  const log = await createLogger({ service: 'test', level: 'silent', format: 'json' });
  const runs = { 'clean-up': 0, failing: 0, plain: 0 };
  const began = Date.now() / 1_000;
  const stop = startTasks(
    [
      { name: 'clean-up', everyMs: 1, run: async () => (++runs['clean-up'] === 1 ? 7 : 0) },
      {
        name: 'failing',
        everyMs: 1,
        run: async () => {
          runs.failing++;
          throw new Error('The disk is full');
        },
      },
      { name: 'plain', everyMs: 1, run: async () => void runs.plain++ },
    ],
    { log },
    taskMetrics(registry),
  );
  await eventually('each ran three times', () => Object.values(runs).every((n) => n >= 3));
  await stop();
  const figures = await registry.getMetricsAsJSON();
  const figure = (name: string, labels: Record<string, string>) =>
    figures
      .find((metric) => metric.name === name)
      ?.values.find((value) =>
        Object.entries(labels).every(
          ([label, wanted]) => (value.labels as Record<string, unknown>)[label] === wanted,
        ),
      )?.value;
  t.equal(figure('task_removed_total', { task: 'clean-up' }), 7);
  t.equal(figure('task_removed_total', { task: 'plain' }), undefined, 'what removes nothing tells no number');
  t.equal(figure('task_runs_total', { task: 'clean-up', outcome: 'done' }), runs['clean-up']);
  t.equal(
    figure('task_runs_total', { task: 'failing', outcome: 'failed' }),
    runs.failing,
    'a failure is tried again',
  );
  t.equal(figure('task_runs_total', { task: 'failing', outcome: 'done' }), undefined);
  t.ok((figure('task_last_success_timestamp_seconds', { task: 'plain' }) ?? 0) >= began - 1);
  t.equal(figure('task_last_success_timestamp_seconds', { task: 'failing' }), undefined);
  t.ok((figure('task_duration_seconds', { task: 'failing' }) ?? -1) >= 0);
});

t.test('what works things off has one that looks, and lanes for what it finds', async (t) => {
  const log = await createLogger({ service: 'test', level: 'silent', format: 'json' });
  const left = ['a', 'b', 'c', 'd'];
  const working = new Map<string, () => void>();
  let looks = 0;
  const stop = startTasks(
    [
      {
        ...{ name: 'jobs', everyMs: 20, lanes: 3 },
        run: async (_service, _signal, found) => {
          looks++;
          const job = left.shift();
          if (!job) return;
          found?.();
          await new Promise<void>((resolve) => working.set(job, resolve));
          working.delete(job);
        },
      },
    ],
    { log },
    taskMetrics(new Registry()),
  );
  await eventually('three are at work', () => working.size === 3);
  t.equal(looks, 3, 'each looked once, without a wait, and nobody looks when all lanes are taken');
  working.get('b')?.();
  await eventually('the fourth takes the lane that is free', () => working.has('d'));
  t.equal(looks, 4);
  working.get('a')?.();
  working.get('c')?.();
  await eventually('it is looked for more beside what is at work', () => looks >= 7);
  const began = performance.now();
  const before = looks;
  await eventually('five more looks', () => looks >= before + 5);
  t.ok(performance.now() - began >= 60, 'by one alone, every 20 ms');
  let stopped = false;
  const stopping = stop().then(() => {
    stopped = true;
  });
  await new Promise((resolve) => setTimeout(resolve, 50));
  t.notOk(stopped, 'what is under way comes to its end');
  working.get('d')?.();
  await stopping;
});
