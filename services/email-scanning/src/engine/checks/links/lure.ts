/** Words in addresses of pages that ask for a password or card. */
const lures =
  /(?:^|[^a-z])(?:log-?[io]n|log-?on|sign-?[io]n|signin|verif[a-z]{0,7}|secur[a-z]{0,4}|account[a-z]?|auth[a-z]{0,10}|update|confirm[a-z]{0,5}|password|passwd|webmail|wallet|billing|payment|banking|owa|office365|o365|unlock|recover[a-z]?|validat[a-z]{0,4}|suspend[a-z]{0,4}|mailbox|quarantine|sso|anmeld[a-z]{0,4}|konto|connexion|compte|acceso|cuenta|accesso|inloggen)(?:[^a-z]|$)/;

/** Whether a host and path read as those of a page for signing in or paying. */
export const luring = ({ host, url }: { host: string; url: URL }): boolean =>
  lures.test(`${host}${url.pathname.slice(0, 200)}`.toLowerCase());
