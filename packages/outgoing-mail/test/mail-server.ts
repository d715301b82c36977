import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import type { Test } from 'tap';

/** A real SMTP server without TLS or login unless the test asks for them; it ends with the test. */
export async function serveMail(t: Test, options: SMTPServerOptions = {}) {
  const mails: Email[] = [];
  let secured = false;
  const server = new SMTPServer({
    authOptional: !options.onAuth,
    disabledCommands: options.cert ? [] : ['STARTTLS'],
    closeTimeout: 100,
    onData: (stream, session, done) =>
      void buffer(stream)
        .then(PostalMime.parse)
        .then((mail) => {
          mails.push(mail);
          secured = session.secure;
          done(null, 'OK queued as 4F2A-1');
        }, done),
    ...options,
  });
  // A client that hangs up in the middle is what some tests are about.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  t.teardown(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const { port } = server.server.address() as AddressInfo;
  return { port, url: `smtp://127.0.0.1:${port}`, mails, secured: () => secured };
}

/** What a server says no with. */
export const reply = (responseCode: number, message: string): Error =>
  Object.assign(new Error(message), { responseCode });
