// Runs in a worker thread: what a message's bytes can keep busy or bring down is this thread alone.
import { parentPort, workerData } from 'node:worker_threads';
import type { Assignment, Outcome, Report, Task, ThreadData } from './assignment.ts';
import { KeptTenants } from './kept-tenants.ts';
import { noKnowledge } from './knowledge.ts';
import { parseMessage } from './parse.ts';
import { read } from './reading.ts';
import { references } from './references.ts';
import { scan } from './scan.ts';
import type { TenantKnowledge } from './types.ts';

const begun = new Int32Array((workerData as ThreadData).begun);
const tenants = new KeptTenants();

function run(task: Task, tenant: TenantKnowledge) {
  if (task.kind === 'parse') {
    const message = parseMessage(task.bytes, task.options);
    return { message, references: references(message, read(message)) };
  }
  const message = task.kind === 'scan' ? task.message : parseMessage(task.bytes);
  return scan(message, { tenant, message: task.knowledge }, task.envelope);
}

function outcomeOf(task: Task, tenant: TenantKnowledge): Outcome {
  try {
    return { value: run(task, tenant) };
  } catch (error) {
    return { error: (error as Error).message };
  }
}

const report = (what: Report) => parentPort?.postMessage(what);

parentPort?.on('message', ({ tasks, tenantKey, tenant: given }: Assignment) => {
  const tenant = tenantKey === undefined ? undefined : tenants.use(tenantKey, given);
  report(
    tasks.map((task) => {
      Atomics.add(begun, 0, 1);
      return outcomeOf(task, tenant ?? noKnowledge.tenant);
    }),
  );
});
report('ready');
