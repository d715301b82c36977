// Stands in a thread of the pool in place of the scanner and misbehaves on demand, as no mail is known to make it.
import { parentPort, workerData } from 'node:worker_threads';
import type { Assignment, Outcome, Task, ThreadData } from '../../src/engine/assignment.ts';

const begun = new Int32Array((workerData as ThreadData).begun);
let assignments = 0;

function run(task: Task, tenant: boolean): Outcome {
  Atomics.add(begun, 0, 1);
  const order = task.kind === 'scan' ? '' : Buffer.from(task.bytes).toString();
  if (order === 'loop') for (;;);
  if (order === 'exit') process.exit(1);
  if (order === 'throw') throw new Error('thrown');
  if (order === 'fill') {
    const filled: number[][] = [];
    for (;;) filled.push(new Array<number>(1_000_000).fill(1.5));
  }
  return order === 'fail' ? { error: 'failed' } : { value: { order, tenant, assignments } };
}

parentPort?.on('message', ({ tasks, tenant }: Assignment) => {
  assignments++;
  parentPort?.postMessage(tasks.map((task) => run(task, tenant !== undefined)));
});
parentPort?.postMessage('ready');
