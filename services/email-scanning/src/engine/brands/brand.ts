/** A company or authority in whose name phishing is sent. Facts only: how it is called and which domains are its own. */
export interface Brand {
  name: string;
  /** How it names itself, folded (lower case, no accents), words divided by blanks. */
  aliases: readonly string[];
  /** Domains that it registered, for its pages, its mail and what it has sent in its name; the best known first. */
  domains: readonly string[];
  /** Its name is also a word or a family name: by itself it says nothing. */
  common: boolean;
  /** It has its name under the endings of many countries: `amazon.de`, `amazon.co.jp`. */
  worldwide: boolean;
}

type Flag = 'common' | 'worldwide';

/** A brand as the tables write it: aliases divided by `|`, domains by blanks. */
export function brand(name: string, aliases: string, domains: string, ...flags: Flag[]): Brand {
  return {
    name,
    aliases: aliases.split('|'),
    domains: domains.split(' '),
    common: flags.includes('common'),
    worldwide: flags.includes('worldwide'),
  };
}
