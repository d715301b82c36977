/** Kinds of records that authentication asks for. */
export type RecordType = 'A' | 'AAAA' | 'MX' | 'PTR' | 'TXT';

/** Answers questions about domains; the process has one, tests give their own. */
export interface Resolver {
  /**
   * Records as `node:dns/promises` gives them. Throws an error with its codes: `ENOTFOUND` and `ENODATA` say that there is none,
   * all others that nobody knows.
   */
  resolve(name: string, type: RecordType): Promise<unknown[]>;
  /** Whether no server can be reached at present: then nothing is checked, at no cost. */
  readonly out: boolean;
  close(): void;
}

/** Whether an error says that the record is not there, and not that it could not be looked up. */
export const isAbsence = (code: string | undefined): boolean => code === 'ENOTFOUND' || code === 'ENODATA';

/** An error as `node:dns` throws it. */
export class LookupError extends Error {
  override name = 'LookupError';
  readonly code: string;
  constructor(code: string, message = code) {
    super(message);
    this.code = code;
  }
}

/** Where no server is to be asked: what a trusted upstream server says still counts. */
export const nobody: Resolver = {
  resolve: () => Promise.reject(new LookupError('ECONNREFUSED')),
  out: true,
  close: () => {},
};
