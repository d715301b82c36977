/** Why a mailbox cannot be read, in a sentence for its owner. */
export class MailboxError extends Error {
  override name = 'MailboxError';
}

const sentences: Record<string, string> = {
  ECONNREFUSED: 'The server refuses connections.',
  ENOTFOUND: 'There is no server of this name.',
  EAI_AGAIN: 'The name of the server cannot be resolved right now.',
  ETIMEDOUT: 'The server does not answer.',
  ETIMEOUT: 'The server does not answer.',
  CONNECT_TIMEOUT: 'The server does not answer.',
  GREETING_TIMEOUT: 'The server does not answer as a mail server does.',
  CERT_HAS_EXPIRED: "The server's certificate has expired.",
  ERR_TLS_CERT_ALTNAME_INVALID: "The server's certificate is for another name.",
  DEPTH_ZERO_SELF_SIGNED_CERT: "The server's certificate is not signed by anybody known.",
  SELF_SIGNED_CERT_IN_CHAIN: "The server's certificate is not signed by anybody known.",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "The server's certificate is not signed by anybody known.",
};

interface Failure {
  code?: string;
  authenticationFailed?: boolean;
  responseStatus?: string;
}

/** What a source's status shows. What the server said is not among it: it need not be a mail server. */
export function explain(error: unknown): string {
  if (error instanceof MailboxError) return error.message;
  const { code = '', authenticationFailed, responseStatus } = error as Failure;
  if (authenticationFailed) return 'The server refused the user or the password.';
  if (sentences[code]) return sentences[code];
  if (responseStatus === 'NO') return 'The server refused to open the mailbox, or to read from it.';
  return 'The connection to the server failed.';
}

/** Whether it is the mailbox, or the way to it, that fails, and not something of ours. */
export const isOfMailbox = (error: unknown): boolean => {
  const { code = '', authenticationFailed, responseStatus } = error as Failure;
  return (
    error instanceof MailboxError ||
    authenticationFailed === true ||
    responseStatus !== undefined ||
    code in sentences ||
    /^(E[A-Z]+|NoConnection|EConnectionClosed|ClosedAfter.*|STARTTLS.*|UPGRADE_TIMEOUT|MissingServerExtension|.*Too(Large|Many).*)$/.test(
      code,
    )
  );
};
