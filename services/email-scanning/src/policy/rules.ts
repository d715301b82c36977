import { errors, type FieldProblem } from '@stockade/service-kit';
import { certainTechniques } from '../engine/certain.ts';
import { checks } from '../engine/checks/index.ts';
import type { Policy } from '../engine/index.ts';

const known: ReadonlySet<string> = new Set(
  checks.flatMap(({ techniques }) => techniques.map((technique) => technique.id)),
);

function techniqueProblem(technique: string): string | null {
  if (certainTechniques.has(technique))
    return `${technique} is payment fraud, malware or a known threat: it is always looked for`;
  return known.has(technique) ? null : `${technique} is not in the catalogue of techniques`;
}

/** Throws unless the policy makes sense as a whole. */
export function checkPolicy({ suspiciousFrom, maliciousFrom, disabledTechniques }: Policy): void {
  const problems: FieldProblem[] = disabledTechniques.flatMap((technique, at) => {
    const message = techniqueProblem(technique);
    return message === null ? [] : [{ path: `/disabledTechniques/${at}`, message }];
  });
  if (suspiciousFrom >= maliciousFrom)
    problems.push({
      path: '/suspiciousFrom',
      message: `must be below maliciousFrom, which is ${maliciousFrom}`,
    });
  if (problems.length > 0) throw errors.validation(problems.slice(0, 20));
}
