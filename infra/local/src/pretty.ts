const colours: Record<string, number> = { fatal: 31, error: 31, warn: 33, info: 32, debug: 36, trace: 90 };
/** Said elsewhere in the line, or of no use to a person. */
const hidden = new Set(['level', 'time', 'service', 'msg', 'pid', 'hostname', 'err']);

/**
 * One of our processes' JSON lines for a person: time, level, process, message, then the other fields, then an error's
 * stack. Undefined for a line that is none. Written here and not pino-pretty, which would add nine megabytes to a
 * process that lives as long as the system.
 */
export function prettyLine(line: string, colour: boolean): string | undefined {
  let entry: Record<string, unknown>;
  try {
    entry = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof entry !== 'object' || entry === null || typeof entry.level !== 'string') return undefined;
  const paint = (code: number, text: string) => (colour ? `\x1b[${code}m${text}\x1b[0m` : text);
  const time = typeof entry.time === 'string' ? entry.time.slice(11, 23) : '';
  const level = paint(colours[entry.level] ?? 0, entry.level.toUpperCase().padEnd(5));
  const fields = Object.entries(entry)
    .filter(([name]) => !hidden.has(name))
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  const head = [
    paint(90, time),
    level,
    `${entry.service ?? '?'}:`,
    entry.msg ?? '',
    paint(90, fields.join(' ')),
  ];
  return [head.join(' ').trimEnd(), ...errorLines(entry.err)].join('\n');
}

function errorLines(error: unknown): string[] {
  if (typeof error !== 'object' || error === null) return [];
  const { stack, message } = error as { stack?: string; message?: string };
  return (stack ?? message ?? JSON.stringify(error)).split('\n').map((text) => `    ${text}`);
}
