import { type SecretProvider, type SecretSet, SecretsUnavailable, type SecretVersion } from './provider.ts';

/** A process's secrets: read from the provider from time to time, at hand without waiting. */
export interface Secrets {
  /**
   * The value to sign, seal or derive with: the newest that has been there for three cache times (15 s at least), so that
   * every process accepts it by then. Throws for a name that was not asked for, or that has no value.
   */
  current(name: string): string;
  /** All values to check with, newest first: also one that is too new to be made use of. */
  accepted(name: string): readonly string[];
  /** Reads all from the provider now. What cannot be read stays as it was. */
  refresh(): Promise<void>;
  /** From now on told what is read and what fails; what was before is told at once. */
  observe(observer: SecretsObserver): void;
  state(): SecretsState;
  close(): void;
}

/** What happened at one reading. */
export interface SecretsReport {
  provider: SecretProvider['kind'];
  /** Who read what is on record, with its version; never a value. */
  read: { name: string; versions: string[] }[];
  /** What could not be read, and what is used instead. */
  failed: { name: string; reason: string; used: Source; ageSeconds: number }[];
}
export type SecretsObserver = (report: SecretsReport) => void;

/** `cache`: read before; `environment`: never read from the provider; `none`: there is no value. */
type Source = 'cache' | 'environment' | 'none';

export interface SecretsState {
  provider: SecretProvider['kind'];
  /** Whether the last reading failed for any name. */
  unavailable: boolean;
  /** By name: the accepted versions, newest first, which of them is made use of, and how long ago they were read. */
  secrets: Record<string, { versions: string[]; current: string; ageSeconds: number }>;
}

export interface WantedSecret {
  name: string;
  /** Whether this can be its value: what cannot is not taken over. */
  isValid(value: string): boolean;
}

interface StoreOptions {
  provider: SecretProvider;
  /** Asked for what the provider does not have, and while it cannot be asked. */
  fallback: SecretProvider;
  wanted: readonly WantedSecret[];
  cacheMs: number;
}

interface Held {
  /** Newest first, at least one. */
  versions: readonly SecretVersion[];
  readAt: number;
  from: 'provider' | 'environment';
}

const maxUnreported = 100;
/** A mounted file may come to one machine a minute and more after another: one cache time is not enough. */
const settleCaches = 3;
/** Longer than anybody keeps what was derived from an earlier reading (gateways keep identity's answers for 10 s). */
const leastSettleMs = 15_000;

/** Reads the wanted secrets once, and from then on every `cacheMs`. */
export async function createSecrets(options: StoreOptions): Promise<Secrets> {
  const { provider, wanted, cacheMs } = options;
  const held = new Map<string, Held>();
  const waiting: SecretsReport[] = [];
  let observer: SecretsObserver = (report) => {
    if (waiting.length < maxUnreported) waiting.push(report);
  };
  let unavailable = false;
  let running: Promise<void> | null = null;

  const readAll = async () => {
    const report: SecretsReport = { provider: provider.kind, read: [], failed: [] };
    await Promise.all(wanted.map((secret) => readOne(options, secret, held, report)));
    unavailable = report.failed.length > 0;
    observer(report);
  };
  const refresh = () => {
    running ??= readAll().finally(() => {
      running = null;
    });
    return running;
  };
  await refresh();
  // The environment never changes while a process runs.
  const timer = provider.kind === 'env' ? undefined : setInterval(() => void refresh(), cacheMs).unref();

  const get = (name: string): Held => {
    const found = held.get(name);
    if (!found) throw new Error(`The secret ${name} has no value`);
    return found;
  };
  const settleMs = Math.max(cacheMs * settleCaches, leastSettleMs);
  return {
    current: (name) => settled(get(name), settleMs).value,
    accepted: (name) => get(name).versions.map(({ value }) => value),
    refresh,
    observe(next) {
      observer = next;
      for (const report of waiting.splice(0)) observer(report);
    },
    state: () => ({
      provider: provider.kind,
      unavailable,
      secrets: Object.fromEntries([...held].map(([name, entry]) => [name, stateOf(entry, settleMs)])),
    }),
    close: () => clearInterval(timer),
  };
}

const age = ({ readAt }: Held) => Math.round((Date.now() - readAt) / 1_000);

/** When all are new, the newest: somebody took the old ones away. */
function settled({ versions }: Held, settleMs: number): SecretVersion {
  const isSettled = ({ since }: SecretVersion) => since === undefined || Date.now() - since >= settleMs;
  return (versions.find(isSettled) ?? versions[0]) as SecretVersion;
}

const namesOf = (versions: readonly SecretVersion[]) => versions.map(({ version }) => version);

const stateOf = (entry: Held, settleMs: number) => ({
  versions: namesOf(entry.versions),
  current: settled(entry, settleMs).version,
  ageSeconds: age(entry),
});

const listed = ({ current, previous }: SecretSet) => [current, ...previous];

async function readOne(
  { provider, fallback }: StoreOptions,
  { name, isValid }: WantedSecret,
  held: Map<string, Held>,
  report: SecretsReport,
): Promise<void> {
  let reason: string;
  try {
    const set = await provider.read(name);
    if (set && isValid(set.current.value)) {
      // A damaged earlier value is no reason to refuse the new one.
      const versions = listed(set).filter(({ value }) => isValid(value));
      held.set(name, { versions, readAt: Date.now(), from: 'provider' });
      report.read.push({ name, versions: namesOf(versions) });
      return;
    }
    if (!set && held.get(name)?.from !== 'provider') return await takeOver(fallback, name, held, report);
    reason = set ? 'its value cannot be one: too short, or of another form' : 'it is gone';
  } catch (error) {
    if (!(error instanceof SecretsUnavailable)) throw error;
    reason = `${error.reason}: ${error.message}`;
  }
  if (!held.has(name)) await takeOver(fallback, name, held);
  const entry = held.get(name);
  const used = !entry ? 'none' : entry.from === 'provider' ? 'cache' : 'environment';
  report.failed.push({ name, reason, used, ageSeconds: entry ? age(entry) : 0 });
}

/** What the provider does not have may stand in the environment. */
async function takeOver(
  fallback: SecretProvider,
  name: string,
  held: Map<string, Held>,
  report?: SecretsReport,
): Promise<void> {
  const set = await fallback.read(name);
  if (!set) return;
  const versions = listed(set);
  held.set(name, { versions, readAt: Date.now(), from: 'environment' });
  report?.read.push({ name, versions: namesOf(versions) });
}

/** Secrets that never change: for programs and tests that hold them already. */
export function fixedSecrets(values: Record<string, unknown>): Secrets {
  const get = (name: string): string => {
    const value = values[name];
    if (typeof value !== 'string') throw new Error(`The secret ${name} has no value`);
    return value;
  };
  return {
    current: get,
    accepted: (name) => [get(name)],
    refresh: async () => {},
    observe: () => {},
    state: () => ({ provider: 'env', unavailable: false, secrets: {} }),
    close: () => {},
  };
}
