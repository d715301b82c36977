import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Teardown } from '@stockade/testing';
import type { Traffic } from './client.ts';
import { prepare } from './clients/index.ts';
import { run as runFault } from './faults.ts';
import { Journal } from './journal.ts';
import { type Fault, schedule } from './schedule.ts';
import type { Teller } from './tell.ts';
import { checks } from './verify/index.ts';
import { untilQuiet } from './verify/quiet.ts';
import { type Before, rowsBefore } from './verify/rows.ts';
import { startWorld, type World } from './world.ts';

export interface RunOptions {
  seed: number;
  seconds: number;
  redis: boolean;
  folder: string;
  teller: Teller;
  /** Sets the teller's clock to nothing. */
  begin: () => void;
}

/** After the last fault calls are repeated for so long; a machine that many share is slow. */
const answeredWithinMs = 240_000;
const progressMs = 10_000;

/** One run: traffic and faults, quiet, and whether all agree. Gives what does not. */
export async function chaos(t: Teardown, options: RunOptions): Promise<string[]> {
  const { seed, seconds, redis, folder, teller, begin } = options;
  const journal = new Journal(folder);
  t.teardown(() => journal.close());
  const world = await startWorld(t, {
    ...{ folder, redis, minutes: seconds / 60, note: teller.note },
    find: (finding) => journal.find(finding),
    skip: teller.skip,
  });
  teller.note(`Stockade is ready at ${world.stack.url}`);
  const before = await rowsBefore(world);
  let [isOver, hasGivenUp] = [false, false];
  const traffic: Traffic = {
    ...{ url: world.stack.url, seed, journal, doubtful: [] },
    over: () => isOver,
    gaveUp: () => hasGivenUp,
  };
  const work = await prepare(traffic, world, () => untilQuiet(world, () => {}, 0)).catch((error: Error) => {
    throw new Error(`${error.message}: ${journal.findings.join('; ')}`);
  });
  const faults = schedule({
    ...{ seed, ms: seconds * 1_000 },
    lanes: ['process', 'postgres', 'clock', ...(redis ? (['redis'] as const) : [])],
  }).filter(({ what, target }) => (target !== 'disk' || world.disk) && (what !== 'step' || world.clock));
  await writeFile(join(folder, 'faults.json'), `${JSON.stringify(faults, null, 2)}\n`);
  begin();
  teller.step(`${faults.length} faults in ${seconds} s`);

  const working = work();
  const progress = setInterval(() => tellProgress(teller, journal), progressMs);
  await Promise.all([
    ...faults.map((fault) => strike(fault, { world, journal, teller })),
    delay(seconds * 1_000),
  ]);
  isOver = true;
  teller.step('No more faults; every call is brought to its end');
  const late = setTimeout(() => {
    hasGivenUp = true;
  }, answeredWithinMs);
  await working;
  clearInterval(progress);
  tellProgress(teller, journal);
  await settle(world, traffic, teller);
  clearTimeout(late);
  return verify(world, journal, before, teller);
}

interface Scene {
  world: World;
  journal: Journal;
  teller: Teller;
}

async function strike(fault: Fault, { world, journal, teller }: Scene): Promise<void> {
  await delay(fault.atMs);
  teller.fault(fault);
  journal.write({ did: 'fault', ...fault });
  try {
    await runFault(fault, world);
    if (fault.forMs > 0) teller.note(`${fault.what} ${fault.target} is over`);
  } catch (error) {
    journal.find(`${fault.what} ${fault.target}: ${(error as Error).message}`);
  }
}

function tellProgress({ note }: Teller, { calls, accepted, refused, again, findings }: Journal): void {
  note(
    `${calls} calls: ${accepted} accepted, ${refused} refused; ${again} times sent again; ${findings.length} findings`,
  );
}

/** All quiet; then what was refused after an attempt without an answer is asked once more, and all is quiet again. */
async function settle(world: World, { journal, doubtful }: Traffic, teller: Teller): Promise<void> {
  const quiet = async () => {
    const stuck = await untilQuiet(world, teller.note);
    if (stuck) journal.find(`stuck: ${stuck}`);
  };
  await quiet();
  if (doubtful.length === 0) return;
  teller.note(`${doubtful.length} refusals are asked for once more`);
  for (const ask of doubtful) await ask();
  await quiet();
}

async function verify(world: World, journal: Journal, before: Before, teller: Teller): Promise<string[]> {
  const wrong: string[] = [];
  for (const [title, check] of [
    ['Clients were told nothing wrong', async () => journal.findings] as const,
    ...checks,
  ]) {
    const found = await check(world, journal.records, before).catch((error: Error) => [
      `could not be checked: ${error.stack}`,
    ]);
    if (found.length === 0) teller.good(title);
    else teller.bad(`${title}: ${found.length} differences`);
    for (const one of found.slice(0, 20)) teller.say(`    ${one}`);
    wrong.push(...found.map((one) => `${title}: ${one}`));
  }
  const statuses = [...journal.statuses].sort(([, a], [, b]) => b - a);
  teller.note(`answers: ${statuses.map(([status, n]) => `${n} × ${status}`).join(', ')}`);
  return wrong;
}
