import { codeOf, safeDetail } from './detail.ts';
import { type FailureKind, ProviderError } from './provider.ts';

interface SmtpFault {
  code?: string;
  originalCode?: string;
  command?: string;
  response?: string;
  responseCode?: number;
}

const late = new Set(['EABORT', 'ETIMEDOUT']);
const ofTheMail = new Set(['EENVELOPE', 'EMESSAGE']);
const ofTheSettings = new Set(['EAUTH', 'ENOAUTH', 'ETLS', 'ECONFIG']);
// RFC 4954: authentication required, mechanism too weak, invalid credentials, encryption required.
const authentication = new Set([530, 534, 535, 538]);
const tooLarge = 552;

/** What went wrong with an SMTP server, from nodemailer's error. */
export function smtpFailure(error: unknown, secrets: readonly string[]): ProviderError {
  const fault = (error ?? {}) as SmtpFault;
  if (fault.responseCode && fault.response) {
    const detail = `The server answered ${fault.command ?? 'us'} with ${fault.response}`;
    return new ProviderError(kindOfReply(fault, fault.responseCode), safeDetail(detail, secrets), {
      statusCode: fault.responseCode,
    });
  }
  if (late.has(fault.code ?? '')) return new ProviderError('temporary', 'No answer in time');
  if (ofTheMail.has(fault.code ?? '')) return new ProviderError('permanent', `Not sendable: ${fault.code}`);
  const code = codeOf(error);
  if (ofTheSettings.has(fault.code ?? '') || /CERT|_TLS_/.test(code))
    return new ProviderError('misconfigured', `No safe connection: ${code}`);
  return new ProviderError('temporary', `No connection: ${code}`);
}

/** A 5xx speaks of the mail when it answers a recipient or the data; before that, of who we are. */
function kindOfReply({ command = '' }: SmtpFault, status: number): FailureKind {
  if (status < 500) return 'temporary';
  if (authentication.has(status)) return 'misconfigured';
  return command === 'RCPT TO' || command === 'DATA' || status === tooLarge ? 'permanent' : 'misconfigured';
}
