import { connect } from 'node:net';

const timeoutMs = 2_000;

/**
 * The status that a GET of `path` on a port of this machine is answered with; 0 without an answer in 2 s. Asked over a
 * bare socket: node:http would cost the launcher eleven megabytes for as long as the system runs.
 */
export function statusOf(
  port: number,
  path: string,
  headers: Record<string, string> = {},
  host = '127.0.0.1',
): Promise<number> {
  return new Promise((resolve) => {
    const socket = connect({ port, host });
    let head = '';
    const finish = () => {
      socket.destroy();
      resolve(Number(/^HTTP\/1\.[01] (\d{3}) /.exec(head)?.[1] ?? 0));
    };
    socket.setTimeout(timeoutMs, finish);
    socket.on('error', finish);
    socket.on('close', finish);
    socket.on('data', (chunk) => {
      head += chunk.toString('latin1');
      if (head.includes('\r\n') || head.length > 1_000) finish();
    });
    const lines = Object.entries({ host: `${host}:${port}`, connection: 'close', ...headers });
    socket.write(
      `GET ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`,
    );
  });
}
