import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A client that says what a test has it say, byte by byte. */
export class RawClient {
  readonly socket: Socket;
  private received = '';

  constructor(port: number) {
    this.socket = connect(port, '127.0.0.1');
    this.socket.on('data', (chunk) => {
      this.received += chunk;
    });
    this.socket.on('error', () => {});
  }

  write(text: string): void {
    this.socket.write(text);
  }

  /** Waits for `count` more replies; gives them. */
  async replies(count = 1): Promise<string[]> {
    for (;;) {
      const lines = this.received.split('\r\n').filter((line) => /^\d{3} /.test(line));
      if (lines.length >= count) {
        this.received = '';
        return lines;
      }
      if (this.socket.closed) throw new Error(`Closed after: ${this.received}`);
      const turn = new AbortController();
      const heard = ['data', 'close'].map((event) => once(this.socket, event, { signal: turn.signal }));
      await Promise.race(heard).finally(() => turn.abort());
    }
  }

  async say(text: string): Promise<string> {
    this.write(`${text}\r\n`);
    return (await this.replies())[0] ?? '';
  }

  /** Up to where the message itself is sent. */
  async begin(...recipients: string[]): Promise<void> {
    await this.replies();
    await this.say('EHLO client.example');
    await this.say('MAIL FROM:<ann@sender.example>');
    for (const recipient of recipients) await this.say(`RCPT TO:<${recipient}>`);
    await this.say('DATA');
  }
}
