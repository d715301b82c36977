import { connect, type Socket } from 'node:net';

const timeoutMs = 2_000;

/** A port of a process on this machine. */
export interface Place {
  port: number;
  /** 127.0.0.1 unless told. */
  host?: string | undefined;
  tls?: boolean | undefined;
}

/** It is our own process that is asked: its certificate says nothing that we would not know. */
async function open({ port, host, tls }: Place): Promise<Socket> {
  if (!tls) return connect({ port, host: host as string });
  const secure = await import('node:tls');
  return secure.connect({ port, host: host as string, rejectUnauthorized: false });
}

/**
 * The status that a GET of `path` there is answered with; 0 without an answer in 2 s. Asked over a bare socket: node:http
 * would cost the launcher eleven megabytes for as long as the system runs.
 */
export async function statusOf(
  { port, host = '127.0.0.1', tls }: Place,
  path: string,
  headers: Record<string, string> = {},
): Promise<number> {
  const socket = await open({ port, host, tls });
  return new Promise((resolve) => {
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
