import type { Mail } from './mail.ts';

export type ProviderName = 'sendgrid' | 'resend' | 'smtp';

/** The provider answers for the mail from here on. */
export interface Receipt {
  /** What the provider calls the mail; null when it did not say. */
  providerId: string | null;
  /** What is worth knowing of an accepted mail: recipients that the server refused. */
  note?: string;
}

export interface Provider {
  readonly name: ProviderName;
  /** Resolves once the mail is accepted; rejects with a ProviderError. Stops when `signal` is aborted. */
  send(mail: Mail, signal: AbortSignal): Promise<Receipt>;
  close?(): Promise<void>;
}

/**
 * - `permanent`: the mail itself is refused, and would be by others.
 * - `temporary`: too many requests, a fault of theirs, no connection, no answer in time.
 * - `misconfigured`: key, password, sender domain or address of the provider are wrong.
 */
export type FailureKind = 'temporary' | 'permanent' | 'misconfigured';

interface Facts {
  statusCode?: number | null;
  retryAfterSeconds?: number | null;
  failOver?: boolean;
}

/** Its message is shown and stored: it never holds a secret. */
export class ProviderError extends Error {
  override name = 'ProviderError';
  readonly kind: FailureKind;
  /** Of HTTP or SMTP; null when there was no answer. */
  readonly statusCode: number | null;
  readonly retryAfterSeconds: number | null;
  /** Whether the next provider may be tried. Not when this one is at work on the mail already: it would go out twice. */
  readonly failOver: boolean;

  constructor(kind: FailureKind, message: string, facts: Facts = {}) {
    super(message);
    this.kind = kind;
    this.statusCode = facts.statusCode ?? null;
    this.retryAfterSeconds = facts.retryAfterSeconds ?? null;
    this.failOver = facts.failOver ?? kind !== 'permanent';
  }
}
