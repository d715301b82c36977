import type { Subject } from './catalogue.ts';
import { maliciousFrom, suspiciousFrom } from './score.ts';
import type { Technique } from './types.ts';

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

function row({ id, title, description, maxScore, source }: Technique): string {
  const from = source ? ` _Source: ${cell(source)}._` : '';
  return `| \`${id}\` | ${cell(title)} | ${maxScore} | ${cell(description)}${from} |`;
}

/** The catalogue as the Markdown of docs/detection.md. */
export function detectionDocument(catalogue: readonly Subject[]): string {
  const count = catalogue.reduce((sum, { techniques }) => sum + techniques.length, 0);
  const sections = catalogue
    .filter(({ techniques }) => techniques.length > 0)
    .map(({ title, about, techniques }) => {
      const rows = [...techniques].sort((a, b) => a.id.localeCompare(b.id, 'en')).map(row);
      return [
        `## ${title}`,
        '',
        about,
        '',
        '| technique | what | score up to | why |',
        '| --- | --- | ---: | --- |',
        ...rows,
        '',
      ].join('\n');
    });
  return `# What the scanner looks for

Made from the checks themselves by \`npm run generate:detection\`: ${count} techniques. Every finding carries its technique's id, a
score, the evidence (addresses made harmless), and a sentence that explains it.

**Scores.** A finding's score says how sure that sign alone makes us that the mail is bad. Of each technique the strongest counts;
signs that stand by themselves (20 and more) are combined as 100·(1 − Π(1 − sᵢ/100)), and no classifier can weaken them. All signs,
weak ones too, are weighed together with the [classifier](classifier.md), which alone never makes a mail malicious. The mail's score
is the higher of the two. A mail is **suspicious** from ${suspiciousFrom} and **malicious** from ${maliciousFrom}, unless the tenant's policy says otherwise; a tenant
can turn single techniques off, and what its people say about mails moves the classifier for that tenant alone.

${sections.join('\n')}`;
}
