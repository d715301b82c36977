import { createWriteStream, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import { type Effect, Records } from './records.ts';

/** What clients sent and were told, kept on disk line by line, and the sum of it. */
export class Journal {
  readonly records = new Records();
  /** What must not happen and did, found while the clients were at work. */
  readonly findings: string[] = [];
  readonly statuses = new Map<string, number>();
  calls = 0;
  accepted = 0;
  refused = 0;
  again = 0;
  readonly #file: WriteStream;

  constructor(folder: string) {
    this.#file = createWriteStream(join(folder, 'journal.ndjson'));
  }

  write(line: Record<string, unknown>): void {
    this.#file.write(`${JSON.stringify({ at: new Date().toISOString(), ...line })}\n`);
  }

  sent(line: Record<string, unknown>): void {
    this.calls++;
    this.write({ did: 'sent', ...line });
  }

  told(key: string, status: number | string, code: string | undefined, body?: unknown): void {
    const name = code ? `${status} ${code}` : String(status);
    this.statuses.set(name, (this.statuses.get(name) ?? 0) + 1);
    this.write({ did: 'told', key, status, code, ...(body === undefined ? {} : { body }) });
  }

  accept(key: string, effect: Effect): void {
    this.accepted++;
    this.records.apply(effect);
    this.write({ did: 'accepted', key, effect });
  }

  find(finding: string): void {
    this.findings.push(finding);
    this.write({ did: 'finding', finding });
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#file.end(resolve));
  }
}
