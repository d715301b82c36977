/**
 * Words that most leaked passwords are made of (the heads of public lists of the most common ones). A password that is
 * nothing but one of them with digits, signs and replaced letters around is refused.
 */
const commonWords = new Set(
  'password passwort passw0rd qwerty qwertyuiop qwertz azerty asdfghjkl zxcvbnm letmein welcome welcometo admin administrator iloveyou monkey dragon football baseball superman batman princess sunshine shadow master michael jordan charlie trustno starwars computer internet whatever freedom summer winter spring autumn secret changeme default login access hello test testing guest user root stockade company abc abcd abcdef abcdefg abcdefgh qazwsx qwe asd zxc'.split(
    ' ',
  ),
);

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
  if (cores(password).some((core) => commonWords.has(core) || isRepeated(core)))
    return 'is one of the most common passwords';
  return null;
}

/** `passwordpassword` is no better than `password`. */
function isRepeated(core: string): boolean {
  for (const word of commonWords) {
    if (
      core.length >= word.length * 2 &&
      core.length % word.length === 0 &&
      core === word.repeat(core.length / word.length)
    )
      return true;
  }
  return false;
}
