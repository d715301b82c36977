import { styleText } from 'node:util';
import { parseMessage, type ScanResult, scan } from '../../src/engine/index.ts';
import { type FraudCase, fraudCases, type Wanted } from './cases.ts';

/** At least so many attacks malicious, at most so many twins not clean. */
export const goals = { found: 0.98, falseAlarms: 0.01 };

export interface Missed {
  name: string;
  what: 'attack' | 'twin';
  result: ScanResult;
  text: string;
}

interface Count {
  attacks: number;
  found: number;
  twins: number;
  alarmed: number;
}

export interface FraudFigures {
  found: number;
  falseAlarms: number;
  /** Malicious attacks for which payments are held. */
  held: number;
  passed: boolean;
  missed: Missed[];
}

const none = (): Count => ({ attacks: 0, found: 0, twins: 0, alarmed: 0 });

function cell({ attacks, found, twins, alarmed }: Count): string {
  const right = found / attacks >= goals.found;
  const quiet = alarmed / twins <= goals.falseAlarms;
  const marked = (good: boolean, text: string) => styleText(good ? 'green' : 'red', text);
  return `${marked(right, `${Math.round((100 * found) / attacks)}`.padStart(4))}/${marked(quiet, `${Math.round((100 * alarmed) / twins)}`.padEnd(3))}`;
}

function print(counts: Map<string, Map<string, Count>>, languages: readonly string[], total: Count) {
  const out = (line: string) => process.stdout.write(`${line}\n`);
  const width = Math.max(...[...counts.keys()].map((kind) => kind.length));
  out(`\n${styleText('bold', 'Supplier fraud')}: attacks malicious / honest twins not clean, in %`);
  out(`  ${''.padEnd(width)}  ${languages.map((language) => `  ${language}`.padEnd(8)).join(' ')}`);
  for (const [kind, byLanguage] of counts) {
    const cells = languages.map((language) => cell(byLanguage.get(language) ?? none()));
    out(`  ${kind.padEnd(width)}  ${cells.join(' ')}`);
  }
  const percent = (part: number, of: number) => `${((100 * part) / of).toFixed(1)}%`;
  out(
    `  ${styleText('bold', 'all'.padEnd(width))}  ${percent(total.found, total.attacks)} of ${total.attacks} attacks (goal ≥ ${100 * goals.found}%), ${percent(total.alarmed, total.twins)} of ${total.twins} twins (goal ≤ ${100 * goals.falseAlarms}%)`,
  );
}

async function judge(raw: Buffer, knowledge: FraudCase['knowledge'], envelope: FraudCase['envelope']) {
  const message = await parseMessage(raw);
  return { message, result: scan(message, knowledge, envelope) };
}

/** Judges all cases, prints a table by kind and language, and tells what was missed. */
export async function evaluateFraud(wanted: Wanted = { seed: 1, perKind: 6 }): Promise<FraudFigures> {
  const counts = new Map<string, Map<string, Count>>();
  const total = none();
  const missed: Missed[] = [];
  const languages = new Set<string>();
  let held = 0;
  for (const one of await fraudCases(wanted)) {
    languages.add(one.language);
    const byLanguage = counts.get(one.kind) ?? new Map<string, Count>();
    counts.set(one.kind, byLanguage);
    const count = byLanguage.get(one.language) ?? none();
    byLanguage.set(one.language, count);
    const attack = await judge(one.attack, one.knowledge, one.envelope);
    const twin = await judge(one.twin, one.twinKnowledge, one.envelope);
    const found = attack.result.verdict === 'malicious';
    const alarmed = twin.result.verdict !== 'clean';
    if (found && attack.result.fraud) held++;
    for (const each of [count, total]) {
      each.attacks++;
      each.twins++;
      if (found) each.found++;
      if (alarmed) each.alarmed++;
    }
    const told = ({ message, result }: typeof attack, what: Missed['what']) =>
      missed.push({
        name: one.name,
        what,
        result,
        text: `${message.from?.address}: ${message.text || message.htmlText}`,
      });
    if (!found) told(attack, 'attack');
    if (alarmed) told(twin, 'twin');
  }
  print(counts, [...languages], total);
  const [rate, alarms] = [total.found / total.attacks, total.alarmed / total.twins];
  return {
    ...{ found: rate, falseAlarms: alarms, held: held / Math.max(1, total.found), missed },
    passed: rate >= goals.found && alarms <= goals.falseAlarms,
  };
}
