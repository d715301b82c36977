import type { Envelope, ScanKnowledge } from '../../src/engine/index.ts';
import { createChance } from './chance.ts';
import { accountKinds } from './kinds-accounts.ts';
import { peopleKinds } from './kinds-people.ts';
import { write } from './letter.ts';
import { languages } from './phrases/index.ts';
import { createScene, type Part, type Staged } from './scene.ts';
import { createWorld } from './world.ts';

export const kinds = { ...accountKinds, ...peopleKinds };

export interface FraudCase {
  name: string;
  kind: string;
  language: string;
  /** A mail that tries a fraud, and what is known of it. */
  attack: Buffer;
  knowledge: ScanKnowledge;
  /** The same mail, honest. */
  twin: Buffer;
  twinKnowledge: ScanKnowledge;
  envelope: Envelope;
}

export interface Wanted {
  seed: number;
  /** So many cases of each kind in each language. */
  perKind: number;
  /** Which of the phrases are used. */
  part?: Part;
}

/** Pairs of mail, an attack and its honest twin, for each kind and language; the same for the same seed. */
export async function fraudCases({ seed, perKind, part = 'all' }: Wanted): Promise<FraudCase[]> {
  const cases: FraudCase[] = [];
  let count = 0;
  for (const [kind, stage] of Object.entries(kinds)) {
    for (const language of Object.keys(languages)) {
      for (let at = 0; at < perKind; at++) {
        const chance = createChance(seed * 100_003 + count++);
        const world = createWorld(chance, language);
        const { attack, twin } = stage(createScene(chance, language, world, part));
        const known = ({ circumstances }: Staged): ScanKnowledge => ({
          tenant: world.knowledge.tenant,
          message: { ...world.knowledge.message, ...circumstances },
        });
        const named = (staged: Staged) => ({
          ...known(staged),
          message: { ...known(staged).message, orders: ordersNamed(staged, world.knowledge.message.orders) },
        });
        cases.push({
          ...{ kind, language, name: `${kind} (${language}, ${at + 1})` },
          attack: await write(attack.letter, chance),
          knowledge: named(attack),
          twin: await write(twin.letter, chance),
          twinKnowledge: named(twin),
          envelope: { to: [attack.letter.to] },
        });
      }
    }
  }
  return cases;
}

/** The service looks up only those orders that a mail names. */
function ordersNamed({ letter }: Staged, orders: ScanKnowledge['message']['orders']) {
  const text = JSON.stringify(letter);
  return orders.filter(({ number }) => text.includes(number));
}
