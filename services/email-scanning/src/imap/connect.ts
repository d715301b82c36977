import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { maxMessageBytes } from '@stockade/contracts/email-scanning';
import { isPublicAddress } from '@stockade/service-kit/public-addresses';
import type { ImapFlow } from 'imapflow';
import type { SourceSettings } from '../sources/tables.ts';
import { MailboxError } from './errors.ts';

const timeoutMs = 15_000;
const idleAfterMs = 500;
const maxLine = 8 * 1024 * 1024;

/**
 * Where to connect to. A tenant names the host: into networks that are not public it may not lead, whatever its name
 * resolves to, and what was checked is what is connected to.
 */
export async function resolveHost(host: string, allowPrivate: boolean): Promise<string> {
  const addresses = isIP(host) ? [host] : (await lookup(host, { all: true })).map(({ address }) => address);
  const allowed = allowPrivate ? addresses : addresses.filter(isPublicAddress);
  const [address] = allowed;
  if (!address) throw new MailboxError('The server is in a network that is not public.');
  return address;
}

/** Signs in to a mailbox's server and opens the mailbox to be read, never to be changed. */
export async function openMailbox(
  settings: SourceSettings,
  password: string,
  { allowPrivate }: { allowPrivate: boolean },
): Promise<ImapFlow> {
  const { host = '', port = 993, tls = 'implicit', user = '', mailbox = 'INBOX' } = settings;
  // Loaded where there is a mailbox to read: thirty megabytes otherwise kept for nothing.
  const imapflow = await import('imapflow');
  const client = new imapflow.ImapFlow({
    host: await resolveHost(host, allowPrivate),
    ...(isIP(host) ? {} : { servername: host }),
    port,
    secure: tls === 'implicit',
    ...(tls === 'implicit' ? {} : { doSTARTTLS: tls === 'starttls' }),
    auth: { user, pass: password },
    clientInfo: { name: 'Stockade' },
    logger: false,
    disableCompression: true,
    autoIdleDelay: idleAfterMs,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: 120_000,
    maxLineLength: maxLine,
    maxLiteralSize: maxMessageBytes + 1024,
    maxResponseSize: maxMessageBytes + maxLine,
  });
  // What waits for an answer is told as well; without a listener the process would end.
  client.on('error', () => {});
  try {
    await client.connect();
    await client.mailboxOpen(mailbox, { readOnly: true });
    return client;
  } catch (error) {
    client.close();
    throw error;
  }
}
