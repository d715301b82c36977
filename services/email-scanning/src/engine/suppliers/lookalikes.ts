import { domainToUnicode } from 'node:url';
import { getDomainWithoutSuffix } from 'tldts';
import { registrable, skeleton } from '../domains.ts';
import { departmentWords, genericWords } from './generic-words.ts';
import { similarLabels } from './similar-labels.ts';

/** A domain that passes itself off as another. */
export interface Imitation {
  /** The genuine domain. */
  domain: string;
  /** How, as the end of a sentence. */
  how: string;
  /** 0–100: how sure it is that this is no coincidence. */
  certainty: number;
}

const minSame = 4;
const minLabel = 5;
const shortName = 7;
const minContained = 8;
/** A name of that many letters is in another one by no coincidence. */
const longName = 11;
/** A label that stands in that many suppliers' names is a word of the trade. */
const commonFrom = 3;
const maxDomain = 253;
const maxAnswers = 5_000;

/** The name part of a domain as a person reads it: `mail.xn--bcher-kva.co.uk` → `bücher`. */
function labelOf(domain: string): string {
  const base = registrable(domain) ?? domain;
  const label = getDomainWithoutSuffix(base) ?? base.slice(0, Math.max(0, base.lastIndexOf('.'))) ?? base;
  return label.includes('xn--') ? domainToUnicode(label) || label : label;
}

/** What a label consists of beside words that anybody may add: departments, legal forms, countries. */
function* cores(label: string): Generator<string> {
  const words = label.split(/[-_.]+/).slice(0, 8);
  for (let from = 0; from < words.length; from++) {
    for (let to = words.length; to > from; to--) {
      if (to - from < words.length) yield words.slice(from, to).join('');
    }
  }
  const whole = words.join('');
  for (const word of departmentWords) {
    if (whole.length - word.length < minLabel) continue;
    if (whole.startsWith(word)) yield whole.slice(word.length);
    if (whole.endsWith(word)) yield whole.slice(0, -word.length);
  }
}

export interface LookalikeIndex {
  /** Which of the domains a foreign one imitates. The caller has made sure that it is none of them. */
  imitatedBy(domain: string): Imitation | null;
}

/** Makes a list of domains searchable for those that a foreign one passes itself off as, without comparing with each. */
export function lookalikeIndex(domains: Iterable<string>): LookalikeIndex {
  const whole = new Set(domains);
  const byLabel = new Map<string, string>();
  const byShape = new Map<string, string>();
  const wordCounts = new Map<string, number>();
  for (const domain of whole) {
    const label = labelOf(domain);
    if (label.length < minSame || genericWords.has(label)) continue;
    if (!byLabel.has(label)) byLabel.set(label, domain);
    const shape = skeleton(label);
    if (!byShape.has(shape)) byShape.set(shape, domain);
    for (const word of new Set(label.split('-'))) wordCounts.set(word, (wordCounts.get(word) ?? 0) + 1);
  }
  const similar = similarLabels(byShape.keys());
  const answers = new Map<string, Imitation | null>();
  const telling = (label: string) => (wordCounts.get(label) ?? 0) < commonFrom && !genericWords.has(label);

  function inFront(domain: string): Imitation | null {
    const base = registrable(domain) ?? domain;
    const labels = domain.split('.').slice(-12);
    const own = base.split('.').length;
    for (let from = 0; from < labels.length - own; from++) {
      for (let to = labels.length - 1; to > from + 1; to--) {
        const genuine = labels.slice(from, to).join('.');
        if (whole.has(genuine))
          return {
            domain: genuine,
            how: `puts ${genuine} in front of a domain of somebody else`,
            certainty: 70,
          };
      }
      const genuine = byShape.get(skeleton(labels[from] ?? ''));
      if (genuine && (labels[from]?.length ?? 0) >= minLabel && telling(labelOf(genuine)))
        return {
          domain: genuine,
          how: `puts the name of ${genuine} in front of a domain of somebody else`,
          certainty: 38,
        };
    }
    return null;
  }

  function sameName(label: string): Imitation | null {
    const sameLabel = byLabel.get(label);
    if (sameLabel) {
      const certainty = label.length >= minLabel ? 65 : 40;
      return {
        domain: sameLabel,
        how: `has the same name under another ending than ${sameLabel}`,
        certainty,
      };
    }
    const shape = byShape.get(skeleton(label));
    return shape && labelOf(shape).length >= minLabel
      ? { domain: shape, how: `looks like ${shape} but is written differently`, certainty: 70 }
      : null;
  }

  function nearMiss(label: string): Imitation | null {
    const found = similar.find(skeleton(label));
    const domain = found && byShape.get(found.label);
    if (!domain) return null;
    return {
      domain,
      how: `differs from ${domain} by ${found.edits === 1 ? 'one letter' : 'two letters'}`,
      certainty: found.label.length < shortName ? 45 : 65,
    };
  }

  function withMore(label: string): Imitation | null {
    for (const core of cores(label)) {
      const domain = byShape.get(skeleton(core));
      if (domain && labelOf(domain).length >= minLabel && telling(labelOf(domain)))
        return { domain, how: `adds a word to ${domain}`, certainty: 55 };
    }
    const shape = skeleton(label);
    for (let length = shape.length - 1; length >= minContained; length--) {
      const domain = byShape.get(shape.slice(0, length)) ?? byShape.get(shape.slice(-length));
      if (domain && telling(labelOf(domain)))
        return { domain, how: `adds letters to ${domain}`, certainty: length >= longName ? 55 : 45 };
    }
    return null;
  }

  function find(domain: string): Imitation | null {
    const label = labelOf(domain);
    return inFront(domain) ?? sameName(label) ?? nearMiss(label) ?? withMore(label);
  }

  return {
    imitatedBy(domain) {
      if (byLabel.size === 0 || domain.length > maxDomain) return null;
      const known = answers.get(domain);
      if (known !== undefined) return known;
      const found = find(domain);
      // The same domains write and are linked to again and again.
      if (answers.size >= maxAnswers) answers.clear();
      answers.set(domain, found);
      return found;
    },
  };
}
