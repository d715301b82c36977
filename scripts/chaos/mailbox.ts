import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { Teardown } from '@stockade/testing';
import { SMTPServer } from 'smtp-server';

export interface Mailbox {
  readonly url: string;
  /** What came, as it came. */
  readonly mails: string[];
}

/** The suppliers' mail server: a real one, in this process. */
export async function startMailbox(t: Teardown): Promise<Mailbox> {
  const mails: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    closeTimeout: 100,
    // A sender that is killed in the middle is what this is about: half a mail fails, and is none.
    onData: (stream, _session, done) =>
      void buffer(stream).then((mail) => {
        mails.push(mail.toString());
        done(null, 'OK');
      }, done),
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return { url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`, mails };
}
