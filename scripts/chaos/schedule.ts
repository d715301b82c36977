import { Random } from './random.ts';

export const processes = [
  'identity',
  'inventory',
  'purchasing',
  'email-scanning',
  'audit',
  'gateway',
] as const;

export type Lane = 'process' | 'postgres' | 'redis' | 'clock';

/** How long a fault lasts, in ms, from and to; what is over at once has none. */
interface Kind {
  readonly what: string;
  readonly targets: readonly string[];
  readonly lasts: readonly [number, number];
}

/** Longer than the lock of a job (10 s): another worker has it when the frozen one wakes. */
const pastTheLock = [11_000, 14_000] as const;
const atOnce = [0, 0] as const;
const network = (target: string): Kind[] => [
  { what: 'cut', targets: [target], lasts: [1_000, 4_000] },
  { what: 'slow', targets: [target], lasts: [4_000, 8_000] },
  { what: 'stall', targets: [target], lasts: [3_000, 6_000] },
];

/** What happens one after the other; the lanes run beside each other, so that faults of different kinds meet. */
const lanes: Record<Lane, readonly Kind[]> = {
  process: [
    { what: 'kill', targets: processes, lasts: atOnce },
    { what: 'kill', targets: processes, lasts: atOnce },
    { what: 'freeze', targets: processes, lasts: pastTheLock },
  ],
  postgres: [
    { what: 'restart', targets: ['postgres'], lasts: atOnce },
    { what: 'kill', targets: ['postgres'], lasts: atOnce },
    { what: 'kill', targets: ['postgres-backend'], lasts: atOnce },
    { what: 'fill', targets: ['disk'], lasts: [3_000, 6_000] },
    ...network('postgres'),
  ],
  redis: [
    { what: 'restart', targets: ['redis'], lasts: atOnce },
    { what: 'kill', targets: ['redis'], lasts: atOnce },
    { what: 'empty', targets: ['redis'], lasts: atOnce },
    { what: 'fill', targets: ['redis'], lasts: [3_000, 6_000] },
    ...network('redis'),
  ],
  clock: [{ what: 'step', targets: ['+70s', '-70s', '+5s', '-5s'], lasts: [4_000, 10_000] }],
};

export interface Fault {
  /** After the traffic began. */
  readonly atMs: number;
  readonly what: string;
  readonly target: string;
  readonly forMs: number;
}

export interface ScheduleOptions {
  seed: number;
  /** How long faults go on. */
  ms: number;
  lanes: readonly Lane[];
}

/** Kinds in a new order each time, each kind's targets in their own: all have had their turn before any comes again. */
function* deal(kinds: readonly Kind[], random: Random): Generator<Omit<Fault, 'atMs'>> {
  const targets = kinds.map(() => [] as string[]);
  for (;;) {
    for (const at of random.shuffled([...kinds.keys()])) {
      const kind = kinds[at] as Kind;
      if (targets[at]?.length === 0) targets[at] = random.shuffled(kind.targets);
      const [from, to] = kind.lasts;
      yield { what: kind.what, target: targets[at]?.pop() as string, forMs: random.integer(from, to) };
    }
  }
}

/** Between two faults of a lane the system has a moment to come back, or not quite. */
const pauseMs = [2_000, 5_000] as const;
/** A lane does not begin with what is still starting. */
const firstMs = 2_000;

/** The faults of a seed, in the order of their time. The same seed gives the same ones. */
export function schedule({ seed, ms, lanes: which }: ScheduleOptions): Fault[] {
  const faults = which.flatMap((lane) => {
    const random = new Random(`${seed} faults ${lane}`);
    const dealt: Fault[] = [];
    let atMs = firstMs + random.integer(0, pauseMs[1]);
    for (const fault of deal(lanes[lane], random)) {
      if (atMs + fault.forMs > ms) break;
      dealt.push({ ...fault, atMs });
      atMs += fault.forMs + random.integer(...pauseMs);
    }
    return dealt;
  });
  return faults.sort((a, b) => a.atMs - b.atMs);
}
