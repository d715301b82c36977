import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** What we are called ourselves, and what the public list lacks. */
const ownWords = 'stockade qwertz welcometo login abc abcd abcdef abcdefg abcdefgh qwe asd zxc'.split(' ');
let common: ReadonlySet<string> | undefined;

/**
 * The 49,000 most common passwords of public leaks, as @zxcvbn-ts/language-common lists them. A password that is nothing but
 * one of them with digits, signs and replaced letters around is refused. Loaded when the first password is set: it takes 14 MB.
 */
function commonPasswords(): ReadonlySet<string> {
  if (!common) {
    const { dictionary } = require('@zxcvbn-ts/language-common') as {
      dictionary: { 'passwords-common': readonly string[] };
    };
    common = new Set([...dictionary['passwords-common'], ...ownWords]);
  }
  return common;
}

const replaced: Record<string, string> = {
  '0': 'o',
  '1': 'l',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

/** Letters alone, once with replaced ones turned back and once without them. */
function cores(password: string): string[] {
  const lower = password.toLowerCase();
  // What is hung on at the ends is digits and signs; in the middle they stand for letters.
  const turned = lower
    .replace(/^[^a-z]+|[^a-z]+$/g, '')
    .replace(/[013457@$!]/g, (char) => replaced[char] ?? '');
  return [lower.replace(/[^a-z]/g, ''), turned.replace(/[^a-z]/g, '')];
}

const classes = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9]/];

/** Why a password may not be used, as a sentence's end, or null. Length is checked by the schema. */
export function passwordProblem(password: string, email: string): string | null {
  if (classes.filter((one) => one.test(password)).length < 3) {
    return 'needs 3 of these 4: lower case letters, upper case letters, digits, other characters';
  }
  if (new Set(password).size < 5) return 'has too few different characters';
  const local = email.split('@')[0]?.toLowerCase() ?? '';
  if (local.length >= 4 && password.toLowerCase().includes(local)) return 'must not hold the e-mail address';
  if (isCommon(password.toLowerCase()) || cores(password).some(isCommon))
    return 'is one of the most common passwords';
  return null;
}

/** `passwordpassword` is no better than `password`. */
function isCommon(core: string): boolean {
  const known = commonPasswords();
  for (let length = core.length; length >= 3; length--) {
    const part = core.slice(0, length);
    if (core.length % length === 0 && known.has(part) && core === part.repeat(core.length / length))
      return true;
  }
  return false;
}
