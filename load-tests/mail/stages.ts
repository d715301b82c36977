import { printTable, type Result } from '../../scripts/bench/table.ts';
import { watched } from './machine.ts';
import type { Ran, Runner } from './run.ts';

const number = (value: number) => Math.round(value).toLocaleString('en');
const ms = (value: number) => `${number(value)} ms`;
const out = (text: string) => process.stdout.write(`${text}\n`);

const perMinute = ({ accepted, sending }: Ran) => (accepted / sending.seconds) * 60;
/** Everything that was accepted has exactly one verdict and one entry each; an answer that got lost may make it more. */
const nothingLost = (ran: Ran) =>
  ran.stored >= ran.accepted &&
  ran.stored <= ran.accepted + ran.failed &&
  ran.scanned === ran.stored &&
  ran.auditedAccepted === ran.stored &&
  ran.auditedVerdicts === ran.stored;

function tell(title: string, ran: Ran, results: readonly Result[]): void {
  printTable(title, ['value'], results);
  const mails = Math.max(1, ran.stored);
  const used = watched.map((name) => {
    const [before, after] = [ran.before.processes.get(name), ran.after.processes.get(name)];
    const cpu = ((after?.cpuMs ?? 0) - (before?.cpuMs ?? 0)) / mails;
    return `${name} ${cpu.toFixed(2)} ms, ${number(before?.rssMb ?? 0)} → ${number(after?.rssMb ?? 0)} MB, ${before?.handles} → ${after?.handles} handles`;
  });
  const postgres = (ran.after.postgresCpuMs - ran.before.postgresCpuMs) / mails;
  out(
    `  processor time a mail and memory: ${used.slice(0, 3).join('; ')}; PostgreSQL ${postgres.toFixed(2)} ms`,
  );
  out(`  connections to PostgreSQL: ${ran.connectionsBefore} → ${ran.connectionsAfter}`);
}

interface Steady {
  senders: number;
  ratePerMinute: number;
  seconds: number;
  isShort: boolean;
}

/** A steady rate; gives whether all goals are met. */
export async function steady(runner: Runner, options: Steady): Promise<boolean> {
  const ran = await runner.send(options);
  // The short form looks for what gets lost or shed; how fast a machine is that does other things beside it is no finding.
  const leastPerMinute = options.isShort ? (options.ratePerMinute * 2) / 3 : options.ratePerMinute;
  const goals: Result[] = [
    {
      what: 'accepted a minute',
      cells: { value: number(perMinute(ran)) },
      goal: `≥ ${number(leastPerMinute)}`,
      passed: perMinute(ran) >= leastPerMinute,
    },
    {
      what: 'accept → verdict p95',
      cells: { value: ms(ran.p95) },
      goal: options.isShort ? '≤ 5,000 ms' : '≤ 500 ms',
      passed: ran.p95 <= (options.isShort ? 5_000 : 500),
    },
    {
      what: 'accept → verdict p50, p99, max',
      cells: { value: [ran.p50, ran.p99, ran.max].map(ms).join(', ') },
    },
    {
      what: 'as senders see it: accepted, verdict p95',
      cells: { value: `${ms(ran.acceptP95)}, ${ms(ran.verdictP95)}` },
    },
    { what: 'until the last one was audited, looking included', cells: { value: ms(ran.drainedMs) } },
    {
      what: 'shed, failed',
      cells: { value: `${ran.shed}, ${ran.failed}` },
      goal: '0',
      passed: ran.shed + ran.failed === 0,
    },
    {
      what: 'accepted = verdicts = audited',
      cells: { value: [ran.accepted, ran.scanned, ran.auditedVerdicts].map(number).join(' = ') },
      goal: 'equal',
      passed: nothingLost(ran),
    },
  ];
  tell(`${options.senders} senders, ${options.seconds} s`, ran, goals);
  return goals.every(({ passed }) => passed !== false);
}

const stepSeconds = 30;
const maxSenders = 500;

/** The highest rate that is kept up for half a minute with verdicts in half a second and nothing shed. */
export async function findMax(runner: Runner): Promise<number> {
  let best = 0;
  for (let rate = 8_000; rate <= 60_000; rate = Math.round(rate * 1.15)) {
    const ran = await runner.send({ senders: maxSenders, ratePerMinute: rate, seconds: stepSeconds });
    const held = perMinute(ran) >= rate * 0.97 && ran.p95 <= 500 && ran.shed + ran.failed === 0;
    out(
      `  ${number(rate)} a minute: ${number(perMinute(ran))} accepted, p95 ${ms(ran.p95)}, shed ${ran.shed}${held ? '' : ' – too much'}`,
    );
    if (!held) break;
    best = perMinute(ran);
  }
  out(`Highest sustained rate: ${number(best)} a minute`);
  return best;
}

/** Half as much again as it can do: what it cannot take it says so at once, nothing is lost, and then all is as before. */
export async function overload(runner: Runner, max: number): Promise<boolean> {
  const ran = await runner.send({
    senders: 1_000,
    ratePerMinute: Math.round(Math.max(max, 10_000) * 1.5),
    seconds: 60,
  });
  const rss = (name: string) => ran.after.processes.get(name)?.rssMb ?? 0;
  const after = await runner.send({ senders: 100, ratePerMinute: 6_000, seconds: 10 });
  const goals: Result[] = [
    { what: 'accepted, shed a minute', cells: { value: `${number(perMinute(ran))}, ${number(ran.shed)}` } },
    {
      what: 'shed without Retry-After; failed',
      cells: { value: `${ran.shedWithoutRetryAfter}; ${ran.failed}` },
      goal: '0; 0',
      passed: ran.shedWithoutRetryAfter + ran.failed === 0,
    },
    {
      what: 'accepted = verdicts = audited',
      cells: { value: [ran.accepted, ran.scanned, ran.auditedVerdicts].map(number).join(' = ') },
      goal: 'equal',
      passed: nothingLost(ran),
    },
    {
      what: 'until nothing waits',
      cells: { value: ms(ran.drainedMs) },
      goal: '≤ 10,000 ms',
      passed: ran.drainedMs <= 10_000,
    },
    {
      what: 'memory of email-scanning',
      cells: { value: `${number(rss('email-scanning'))} MB` },
      goal: '≤ 700 MB',
      passed: rss('email-scanning') <= 700,
    },
    {
      what: 'right afterwards: p95',
      cells: { value: ms(after.p95) },
      goal: '≤ 500 ms',
      passed: after.p95 <= 500,
    },
  ];
  tell('150% of what it can do', ran, goals);
  return goals.every(({ passed }) => passed !== false);
}
