import { Counter, Gauge, type Registry } from 'prom-client';

/** What is told of periodic tasks; clean-ups among them tell besides how much they removed. */
export interface TaskMetrics {
  done(task: string, durationMs: number, removed?: number): void;
  failed(task: string, durationMs: number): void;
}

export function taskMetrics(registry: Registry): TaskMetrics {
  const labelNames = ['task'] as const;
  const registers = [registry];
  const runs = new Counter({
    ...{ name: 'task_runs_total', help: 'Runs of periodic tasks, by outcome: done or failed' },
    ...{ labelNames: ['task', 'outcome'], registers },
  });
  const removed = new Counter({
    ...{ name: 'task_removed_total', help: 'Rows (or partitions) that clean-ups removed' },
    ...{ labelNames, registers },
  });
  const lastSuccess = new Gauge({
    ...{ name: 'task_last_success_timestamp_seconds', help: 'When a periodic task last came to its end' },
    ...{ labelNames, registers },
  });
  const duration = new Gauge({
    ...{ name: 'task_duration_seconds', help: 'How long the last run of a periodic task took' },
    ...{ labelNames, registers },
  });
  const ended = (task: string, outcome: string, durationMs: number) => {
    runs.inc({ task, outcome });
    duration.set({ task }, durationMs / 1_000);
  };
  return {
    done(task, durationMs, count) {
      ended(task, 'done', durationMs);
      lastSuccess.setToCurrentTime({ task });
      if (count !== undefined) removed.inc({ task }, count);
    },
    failed: (task, durationMs) => ended(task, 'failed', durationMs),
  };
}
