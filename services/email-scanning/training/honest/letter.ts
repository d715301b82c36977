/** What a letter says, before somebody's name and numbers stand in it. */
export interface Letter {
  /** invoice, order, shipping, newsletter, password-reset … */
  kind: string;
  subject: string;
  paragraphs: string[];
  /** Label and value, as in a table of positions. */
  rows: [string, string][];
  /** The text of its button; null when it has none. */
  action: string | null;
}

/**
 * Letters as they are written down: blocks between empty lines; first the kind, then the subject, then paragraphs; `|` begins a row
 * (`| label | value`), `>` the button.
 */
export function lettersIn(text: string): Letter[] {
  return text
    .trim()
    .split(/\n\s*\n/)
    .map((block) => {
      const [kind = '', subject = '', ...lines] = block.split('\n').map((line) => line.trim());
      const rows = lines.filter((line) => line.startsWith('|')).map((line) => line.slice(1).split('|'));
      return {
        kind,
        subject,
        paragraphs: lines.filter((line) => !/^[|>]/.test(line)),
        rows: rows.map(([label = '', value = '']): [string, string] => [label.trim(), value.trim()]),
        action:
          lines
            .find((line) => line.startsWith('>'))
            ?.slice(1)
            .trim() ?? null,
      };
    });
}

/** How a language begins and ends its letters, and the people and firms that write them. */
export interface Stationery {
  language: string;
  /** With `{name}`. */
  greeting: string;
  /** With `{company}`. */
  closing: string;
  unsubscribe: string;
  browser: string;
  /** First and last name of recipients. */
  people: string[];
  /** Name, domain and postal address of senders. */
  companies: [name: string, domain: string, address: string][];
}
