import domains from 'free-email-domains';

/** Domains at which anybody gets an address. */
export const freeMail: ReadonlySet<string> = new Set(domains);
