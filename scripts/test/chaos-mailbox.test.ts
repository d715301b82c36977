import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import t from 'tap';
import { startMailbox } from '../chaos/mailbox.ts';

/** Sends a mail's `text` after DATA, and hangs up. */
async function deliver(url: string, text: string, { whole }: { whole: boolean }): Promise<void> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  const closed = once(socket, 'close');
  const answers = createInterface(socket)[Symbol.asyncIterator]();
  const answer = async () => (await answers.next()).value as string;
  await answer();
  for (const command of ['HELO a.test', 'MAIL FROM:<a@a.test>', 'RCPT TO:<b@b.test>', 'DATA']) {
    socket.write(`${command}\r\n`);
    await answer();
  }
  socket.write(text);
  if (whole) {
    socket.write('\r\n.\r\n');
    await answer();
  }
  socket.destroy();
  await closed;
}

t.test('half a mail of a sender that was killed is none, and the mailbox goes on', async (t) => {
  const { url, mails } = await startMailbox(t);
  await deliver(url, 'Subject: A\r\n\r\nhalf', { whole: false });
  await deliver(url, 'Subject: B\r\n\r\nwhole', { whole: true });
  t.same(mails, ['Subject: B\r\n\r\nwhole\r\n']);
});
