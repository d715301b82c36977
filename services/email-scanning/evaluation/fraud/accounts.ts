import { composeIBAN, isValidIBAN } from 'ibantools';
import { isRoutingNumber } from '../../src/engine/money/local-accounts.ts';
import type { Chance } from './chance.ts';

/** What the national part of an IBAN is made of; `9` a digit, `A` a letter. */
const structures: Record<string, string> = {
  DE: '999999999999999999',
  FR: '99999999999999999999999',
  ES: '99999999999999999999',
  IT: 'A9999999999999999999999',
  NL: 'AAAA9999999999',
  GB: 'AAAA99999999999999',
  AT: '9999999999999999',
  BE: '999999999999',
  LT: '9999999999999999',
  PL: '999999999999999999999999',
  PT: '999999999999999999999',
};
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const tries = 20_000;

/** A made-up IBAN with good check digits, also of the country's own where it has some. */
export function makeIban(chance: Chance, country: string): string {
  for (let at = 0; at < tries; at++) {
    const bban = (structures[country] ?? '').replace(/./g, (kind) =>
      kind === 'A' ? chance.pick([...letters]) : chance.digits(1),
    );
    const iban = composeIBAN({ countryCode: country, bban });
    if (iban && isValidIBAN(iban)) return iban;
  }
  throw new Error(`No IBAN for ${country}`);
}

export function makeUsAccount(chance: Chance) {
  for (;;) {
    const routingNumber = `0${chance.digits(8)}`;
    if (isRoutingNumber(routingNumber)) return { routingNumber, accountNumber: `4${chance.digits(9)}` };
  }
}

/** The ways in which people write an IBAN. */
export function written(chance: Chance, iban: string): string {
  const groups = iban.match(/.{1,4}/g) ?? [];
  return chance.pick([groups.join(' '), iban, groups.join('\u00a0'), groups.join('-'), groups.join(' ')]);
}

/** An account that people can read and programs cannot. */
export function disguised(chance: Chance, iban: string): string {
  const wide = (text: string) => text.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit)));
  const cut = (sign: string) => iban.replace(/(.{3})/g, `$1${sign}`);
  return chance.pick([wide(iban), cut('\u200b'), cut('\u2060'), cut('\u00ad'), cut('\u200d')]);
}
