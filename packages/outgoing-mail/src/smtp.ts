import type { Transporter } from 'nodemailer';
import { formsOf, safeDetail } from './detail.ts';
import { isLoopback } from './loopback.ts';
import type { Address, Mail } from './mail.ts';
import type { Provider } from './provider.ts';
import { smtpFailure } from './smtp-failure.ts';

export interface SmtpOptions {
  /** `smtp://` or `smtps://`, with user and password if the server wants them. */
  url: string;
  timeoutMs?: number;
  /** Certificates to trust besides the known ones. */
  ca?: string;
  /** Whether an unencrypted connection has to be upgraded before anything is said; by default unless it is loopback. */
  requireTls?: boolean;
}

/** Any SMTP server. One connection a mail: none is held open and found dead. */
export function createSmtpProvider({ url, timeoutMs = 10_000, ca, requireTls }: SmtpOptions): Provider {
  const { protocol, hostname, port, username, password } = new URL(url);
  if (protocol !== 'smtp:' && protocol !== 'smtps:') throw new Error('SMTP_URL must be smtp:// or smtps://');
  const secure = protocol === 'smtps:';
  const encrypted = requireTls ?? !isLoopback(hostname);
  const auth = { user: decodeURIComponent(username), pass: decodeURIComponent(password) };
  const secrets = auth.pass ? [...formsOf(auth.pass), ...formsOf(`\0${auth.user}\0${auth.pass}`)] : [];
  const options = {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port ? Number(port) : secure ? 465 : 587,
    secure,
    requireTLS: encrypted,
    ...(username ? { auth } : {}),
    // On loopback nobody is in between, and certificates are rarely made for it.
    tls: { minVersion: 'TLSv1.2', rejectUnauthorized: encrypted, ...(ca ? { ca } : {}) },
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  } as const;
  let transport: Promise<Transporter> | undefined;
  // Loaded with the first mail: a process that sends none does not carry it.
  const open = () => {
    transport ??= import('nodemailer').then(({ createTransport }) => createTransport(options));
    return transport;
  };
  return {
    name: 'smtp',
    async send(mail, signal) {
      try {
        const { response, rejected } = await (await open()).sendMail({ ...messageOf(mail), signal });
        const providerId = /queued as ([\w.-]{1,100})/i.exec(response ?? '')?.[1] ?? null;
        if (!rejected?.length) return { providerId };
        return { providerId, note: safeDetail(`Refused for ${rejected.join(', ')}`, secrets) };
      } catch (error) {
        throw smtpFailure(error, secrets);
      }
    },
    async close() {
      (await transport)?.close();
    },
  };
}

const messageOf = (mail: Mail) => ({
  messageId: `<${mail.messageId}>`,
  from: mailboxOf(mail.from),
  to: mail.to.map(mailboxOf),
  ...(mail.replyTo ? { replyTo: mailboxOf(mail.replyTo) } : {}),
  subject: mail.subject,
  text: mail.text,
  ...(mail.html ? { html: mail.html } : {}),
  // Whatever its type, a file arrives byte for byte: quoted-printable would touch its line ends.
  attachments: mail.attachments.map((attachment) => ({
    ...attachment,
    contentDisposition: 'attachment' as const,
    contentTransferEncoding: 'base64' as const,
  })),
});

const mailboxOf = ({ name, email }: Address) => ({ name: name ?? '', address: email });
