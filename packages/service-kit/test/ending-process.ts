// A process that is told to end. How its parts end is said by its argument: `well`, `hangs`, or `fails`.
import { pino } from 'pino';
import { closeOnSignal } from '../src/shutdown.ts';

const steps: Record<string, () => Promise<void> | void> = {
  well: () => {},
  hangs: () => new Promise(() => {}),
  fails: () => {
    throw new Error('cannot close');
  },
};
const alive = setInterval(() => {}, 1_000);
closeOnSignal(
  pino({ level: 'silent' }),
  [
    () => void process.stdout.write('first '),
    steps[process.argv[2] ?? 'well'] ?? (() => {}),
    () => void process.stdout.write('last '),
    () => clearInterval(alive),
  ],
  false,
);
process.stdout.write('ready ');
