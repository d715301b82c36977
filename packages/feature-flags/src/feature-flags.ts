import {
  type Client,
  type EvaluationDetails,
  NOOP_PROVIDER,
  OpenFeature,
  ProviderEvents,
} from '@openfeature/server-sdk';
import type { ServiceName } from '@stockade/contracts';
import { newId } from '@stockade/database';
import type { Kysely } from 'kysely';
import { type catalogue as all, catalogue as ours, type ValueOf } from './catalogue.ts';
import { type Catalogue, type FlagDefinition, findFlag, typeOfFlag, variantValue } from './flag.ts';
import { PostgresFlagProvider } from './provider.ts';
import { readRules } from './read-rules.ts';
import type { RuleCacheOptions } from './rule-cache.ts';
import type { FlagTables } from './tables.ts';
import type { Who } from './targeting.ts';
import { FlagUsage } from './usage.ts';

/** What is needed of a service. */
interface FlagService {
  // biome-ignore lint/suspicious/noExplicitAny: each service has tables of its own, and those of flags among them
  readonly db: Kysely<any>;
  readonly log: { warn(fields: object, message: string): void; info(fields: object, message: string): void };
  onShutdown(close: () => Promise<void> | void): void;
}

export interface FeatureFlags<C> {
  /** Has OpenFeature ask this service's copies. A store that cannot be asked stops nobody: the code's defaults hold. */
  start(service: FlagService): Promise<void>;
  /** What a flag is worth for somebody. Never throws; not to be called within a transaction, it may need a connection. */
  value<K extends keyof C & string>(key: K, who: Who): Promise<ValueOf<C, K>>;
  /** The same with the variant, the reason and what went wrong. */
  details<K extends keyof C & string>(key: K, who: Who): Promise<EvaluationDetails<ValueOf<C, K>>>;
  readonly client: Client;
}

/** Of the flags that Stockade has. */
export type OurFlags = FeatureFlags<typeof all>;

const tellEveryMs = 60_000;

interface Options<C> extends Pick<RuleCacheOptions, 'freshMs' | 'staleMs' | 'timeoutMs' | 'pauseMs'> {
  catalogue?: C;
}

/** The feature flags of one process of a service, through a client of OpenFeature in a domain of its own. */
export function createFeatureFlags<const C extends Catalogue = typeof all>(
  name: ServiceName,
  { catalogue = ours as unknown as C, ...options }: Options<C> = {},
): FeatureFlags<C> {
  const domain = `${name}-${newId()}`;
  const client = OpenFeature.getClient(domain);
  const usage = new FlagUsage();
  client.addHooks(usage.hook);

  async function start({ db, log, onShutdown }: FlagService): Promise<void> {
    const keys = Object.keys(catalogue);
    const provider = new PostgresFlagProvider(catalogue, {
      ...options,
      read: (tenantId) => readRules(db as Kysely<FlagTables>, tenantId, keys),
    });
    const tell = () =>
      usage
        .tell(db, name)
        .catch((error) =>
          log.warn({ err: error }, 'The use of feature flags could not be told; it is told later'),
        );
    const timer = setInterval(tell, tellEveryMs).unref();
    onShutdown(async () => {
      clearInterval(timer);
      await tell();
      await OpenFeature.setProviderAndWait(domain, NOOP_PROVIDER);
    });
    client.addHandler(ProviderEvents.Stale, (event) =>
      log.warn(
        { reason: event?.message },
        'The store of feature flags cannot be asked: last known rules decide',
      ),
    );
    client.addHandler(ProviderEvents.Error, (event) =>
      log.warn(
        { reason: event?.message },
        "The store of feature flags cannot be asked: the code's defaults hold",
      ),
    );
    // What goes wrong is told by the handler above.
    await OpenFeature.setProviderAndWait(domain, provider).catch(() => {});
  }

  function details(key: string, { tenantId, userId }: Who) {
    const flag = findFlag(catalogue, key) as FlagDefinition;
    const context = { targetingKey: userId ?? tenantId, tenantId, ...(userId ? { userId } : {}) };
    const otherwise = variantValue(flag, flag.defaultVariant) as never;
    switch (typeOfFlag(flag)) {
      case 'boolean':
        return client.getBooleanDetails(key, otherwise, context);
      case 'string':
        return client.getStringDetails(key, otherwise, context);
      case 'number':
        return client.getNumberDetails(key, otherwise, context);
      case 'object':
        return client.getObjectDetails(key, otherwise, context);
    }
  }

  return {
    start,
    client,
    details: (key, who) => details(key, who) as never,
    value: async (key, who) => (await details(key, who)).value as never,
  };
}
