import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '@stockade/testing';
import type { Fault } from './schedule.ts';
import type { World } from './world.ts';

/** A machine that many share may take its time; a process that is not back by then is not brought back. */
const backMs = 120_000;
const slowMs = 120;
const stallMs = 4_000;

/** Begins a fault; what it gives ends it. */
type Begin = (world: World, target: string) => Promise<(() => Promise<void> | void) | undefined>;

const kill: Begin = async (world, target) => {
  if (target === 'postgres') await world.postgres.signal('SIGKILL');
  else if (target === 'postgres-backend') await world.postgres.killBackend();
  else if (target === 'redis') {
    await world.redis?.kill();
    await world.redis?.start();
  } else await killProcess(world, target);
  return undefined;
};

async function pidOf({ stack }: World, name: string): Promise<number> {
  // While it is restarted there is no file.
  const found = await eventually(`${name} runs`, () => stack.process(name).catch(() => null), backMs);
  return found.pid;
}

async function killProcess(world: World, name: string): Promise<void> {
  const pid = await pidOf(world, name);
  process.kill(pid, 'SIGKILL');
  await eventually(
    `the launcher has started ${name} again`,
    async () => {
      const now = await world.stack.process(name).catch(() => null);
      return now !== null && now.pid !== pid;
    },
    backMs,
  );
}

const freeze: Begin = async (world, target) => {
  const pid = await pidOf(world, target);
  process.kill(pid, 'SIGSTOP');
  return () => void process.kill(pid, 'SIGCONT');
};

const onTheWay =
  (how: 'cut' | 'slow' | 'stall'): Begin =>
  async ({ ways }, target) => {
    const way = ways[target];
    if (how === 'cut') await way?.cut();
    else if (how === 'slow') await way?.slow(slowMs);
    else await way?.stall(stallMs);
    return () => way?.mend();
  };

const fill: Begin = async ({ disk, redis }, target) => {
  if (target === 'disk') {
    await disk?.fill();
    return () => disk?.free();
  }
  await redis?.command('CONFIG', 'SET', 'maxmemory-policy', 'noeviction');
  await redis?.command('CONFIG', 'SET', 'maxmemory', '1');
  return async () => void (await redis?.command('CONFIG', 'SET', 'maxmemory', '0'));
};

const restart: Begin = async ({ postgres, redis }, target) => {
  if (target === 'postgres') await postgres.signal('SIGINT');
  else {
    await redis?.stop();
    await redis?.start();
  }
  return undefined;
};

const empty: Begin = async ({ redis }) => {
  await redis?.command('FLUSHALL');
  return undefined;
};

const step: Begin = async ({ clock }, offset) => {
  clock?.step(offset);
  return () => clock?.set();
};

const begins: Record<string, Begin> = {
  kill,
  freeze,
  cut: onTheWay('cut'),
  slow: onTheWay('slow'),
  stall: onTheWay('stall'),
  fill,
  restart,
  empty,
  step,
};

/** Does a fault and ends it. */
export async function run(fault: Fault, world: World): Promise<void> {
  const end = await (begins[fault.what] as Begin)(world, fault.target);
  try {
    await delay(fault.forMs);
  } finally {
    await end?.();
  }
}
