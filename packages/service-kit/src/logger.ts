import { type DestinationStream, type Logger, pino, type StreamEntry } from 'pino';

export type { Logger };

/** Wherever these stand in what is logged, they are blanked out. */
const secrets = [
  'password',
  'passwordHash',
  'authorization',
  'cookie',
  'set-cookie',
  'x-csrf-token',
  'x-stockade-principal',
  'apiKey',
  'operatorKey',
  'key',
  'token',
  'csrfToken',
  'secret',
  'iban',
  'accountNumber',
  'raw',
];
const redactedPaths = secrets.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`]);

let second = -1;
let untilSeconds = '';

/** The time in ISO 8601. All but the milliseconds is put together once a second, not for each line. */
function timestamp(): string {
  const now = Date.now();
  const milliseconds = now % 1_000;
  if (now - milliseconds !== second) {
    second = now - milliseconds;
    untilSeconds = `,"time":"${new Date(second).toISOString().slice(0, -4)}`;
  }
  return `${untilSeconds}${String(milliseconds).padStart(3, '0')}Z"`;
}

const gatheredLength = 16_000;

/**
 * Standard output, for lines that are gathered: one write a line would cost more than the line, and to be measured, as
 * sonic-boom does with each, as much again. What is gathered goes out every 100 ms, and at the end of the process.
 */
function gatheringOutput(): DestinationStream {
  const output = pino.destination({ sync: false, minLength: gatheredLength, periodicFlush: 100 });
  const { write, flush, flushSync } = output;
  let lines = '';
  const handOver = () => {
    if (lines === '') return;
    const text = lines;
    lines = '';
    write.call(output, text);
  };
  return Object.assign(output, {
    write(line: string) {
      lines += line;
      if (lines.length >= gatheredLength) handOver();
      return true;
    },
    flush(...done: Parameters<typeof flush>) {
      handOver();
      flush.apply(output, done);
    },
    flushSync() {
      handOver();
      flushSync.call(output);
    },
  });
}

interface LoggerOptions {
  service: string;
  level: string;
  format: 'json' | 'pretty';
  /** Where lines go; standard output unless told. */
  stream?: StreamEntry['stream'];
}

/** Structured logs: JSON lines, or readable ones for a person at a terminal. Secrets and mail bodies never get in. */
export async function createLogger({ service, level, format, stream }: LoggerOptions): Promise<Logger> {
  const options = {
    level,
    base: { service },
    timestamp,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: redactedPaths, censor: '[redacted]' },
  };
  if (format === 'json') return pino(options, stream ?? gatheringOutput());
  // In process and on demand: a transport would cost a worker thread in every process.
  const { default: pretty } = await import('pino-pretty');
  return pino(options, pretty({ sync: true, ignore: 'pid,hostname', translateTime: 'HH:MM:ss.l' }));
}
