import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { hostname } from 'node:os';
import { maxMessageBytes } from '@stockade/contracts/email-scanning';
import type { Service } from '@stockade/service-kit';
import {
  SMTPServer,
  type SMTPServerAddress,
  type SMTPServerDataStream,
  type SMTPServerSession,
} from 'smtp-server';
import type { MailSettings } from '../config.ts';
import type { RawStore } from '../storage/raw-store.ts';
import type { EmailScanningDb } from '../tables.ts';
import { deliver } from './deliver.ts';
import { type Held, readMessage } from './read-message.ts';
import { findRoute, maySend, plainAddress, type Route } from './recipients.ts';
import { isExpected, Refusal, refusals, toRefusal } from './refusal.ts';

export interface SmtpListener {
  readonly port: number;
  /** Takes no more connections, lets messages under way come to their end for 5 s. */
  close(): Promise<void>;
}

interface Parts {
  service: Pick<Service<EmailScanningDb>, 'db' | 'systemDb' | 'log'>;
  raws: RawStore;
  settings: MailSettings;
}

const maxRecipients = 100;
const maxStoring = 50;
const idleMs = 60_000;
const closeMs = 5_000;

/** What a session's recipients were found to be. */
const routes = new WeakMap<SMTPServerSession, Map<string, Route>>();

type Done = (error?: Error | null) => void;

/** Takes mail in by SMTP. A message is acknowledged once it is committed for each of its recipients, and not before. */
export async function startSmtp({ service, raws, settings }: Parts): Promise<SmtpListener> {
  const { log, db, systemDb } = service;
  const held: Held = { bytes: 0 };
  let storing = 0;

  /** Answers a command with what `act` says; failures of ours are logged, and told as something that passes. */
  const answering = (act: () => Promise<void>, done: Done) =>
    act().then(
      () => done(),
      (error) => {
        if (!(error instanceof Refusal))
          log[isExpected(error) ? 'warn' : 'error']({ err: error }, 'Mail could not be taken in by SMTP');
        done(toRefusal(error));
      },
    );

  async function addRecipient({ address }: SMTPServerAddress, session: SMTPServerSession): Promise<void> {
    if (session.envelope.rcptTo.length >= maxRecipients) throw refusals.tooManyRecipients();
    const route = await findRoute(systemDb, address);
    if (!route) throw refusals.unknown();
    if (!maySend(route, plainAddress(session.remoteAddress))) throw refusals.notAllowed();
    const known = routes.get(session) ?? new Map<string, Route>();
    routes.set(session, known.set(address, route));
  }

  async function receive(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> {
    const raw = await readMessage(stream, held);
    try {
      if (storing >= maxStoring) throw refusals.overloaded();
      storing++;
      try {
        await deliver({ db, raws }, raw, envelopeOf(session));
      } finally {
        storing--;
      }
    } finally {
      held.bytes -= raw.length;
    }
  }

  const server = new SMTPServer({
    ...(await tlsOf(settings)),
    name: settings.SMTP_NAME ?? hostname(),
    banner: 'Stockade',
    size: maxMessageBytes,
    authOptional: true,
    disableReverseLookup: true,
    useProxy: false,
    logger: false,
    maxClients: settings.SMTP_MAX_CONNECTIONS,
    socketTimeout: idleMs,
    closeTimeout: closeMs,
    onConnect: (session, done) => {
      const here = [...server.connections].filter(
        (connection) => connection.session?.remoteAddress === session.remoteAddress,
      );
      done(here.length > settings.SMTP_MAX_CONNECTIONS_PER_IP ? refusals.tooManyConnections() : null);
    },
    onRcptTo: (address, session, done) => void answering(() => addRecipient(address, session), done),
    onData: (stream, session, done) =>
      void answering(
        () =>
          receive(stream, session).catch((error) => {
            if (error instanceof Refusal && error.responseCode === 421) hangUp(server, session);
            throw error;
          }),
        done,
      ),
  });
  // Of single connections, too: a client that is gone is nothing to worry about.
  server.on('error', (error) => log.debug({ err: error }, 'An SMTP connection failed'));
  const listening = server.listen(settings.SMTP_PORT ?? 0, settings.SMTP_HOST);
  await once(listening, 'listening');
  const { port } = listening.address() as AddressInfo;
  log.info({ port }, 'Mail is taken in by SMTP');
  return {
    port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Once the client was told why. */
function hangUp(server: SMTPServer, session: SMTPServerSession): void {
  setTimeout(() => {
    for (const connection of server.connections) if (connection.session === session) connection.close();
  }, 100).unref();
}

async function tlsOf({ SMTP_TLS_CERT: cert, SMTP_TLS_KEY: key }: MailSettings) {
  // Nobody signs in here. Without a certificate of one's own there is no STARTTLS: the library's is known to everybody.
  if (!cert || !key) return { disabledCommands: ['AUTH', 'STARTTLS'] };
  return { disabledCommands: ['AUTH'], cert: await readFile(cert), key: await readFile(key) };
}

function envelopeOf(session: SMTPServerSession) {
  const { mailFrom, rcptTo } = session.envelope;
  const known = routes.get(session);
  return {
    from: mailFrom ? mailFrom.address || undefined : undefined,
    to: rcptTo.flatMap(({ address }) => {
      const route = known?.get(address);
      return route ? [{ address, route }] : [];
    }),
    clientIp: plainAddress(session.remoteAddress),
  };
}
