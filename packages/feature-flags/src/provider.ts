import {
  type EvaluationContext,
  FlagNotFoundError,
  GeneralError,
  InvalidContextError,
  type JsonValue,
  OpenFeatureEventEmitter,
  type Provider,
  ProviderEvents,
  type ResolutionDetails,
  StandardResolutionReasons,
  TypeMismatchError,
} from '@openfeature/server-sdk';
import { type Catalogue, type FlagType, findFlag, typeOfFlag, variantValue } from './flag.ts';
import { RuleCache, type RuleCacheOptions, type StoreState } from './rule-cache.ts';
import { decide, noRules } from './targeting.ts';

/** The nil tenant: it has no rules of its own. */
export const noTenant = '00000000-0000-0000-0000-000000000000';

const eventOf = {
  ready: ProviderEvents.Ready,
  stale: ProviderEvents.Stale,
  down: ProviderEvents.Error,
} as const satisfies Record<StoreState, ProviderEvents>;

/**
 * OpenFeature's provider over PostgreSQL. The context names `tenantId`, and `userId` when a person is behind the call. While
 * the store cannot be asked, last known rules decide for some minutes (reason STALE); then evaluations fail (GENERAL), and
 * the caller's default holds.
 */
export class PostgresFlagProvider implements Provider {
  readonly metadata = { name: 'stockade-postgres' } as const;
  readonly runsOn = 'server' as const;
  readonly events = new OpenFeatureEventEmitter();
  readonly #catalogue: Catalogue;
  readonly #cache: RuleCache;

  constructor(catalogue: Catalogue, options: Omit<RuleCacheOptions, 'onState'>) {
    this.#catalogue = catalogue;
    this.#cache = new RuleCache({
      ...options,
      onState: (state, message) => this.events.emit(eventOf[state], { message }),
    });
  }

  async initialize(): Promise<void> {
    await this.#cache.rulesOf(noTenant);
  }

  resolveBooleanEvaluation(key: string, _: boolean, context: EvaluationContext) {
    return this.#resolve<boolean>(key, 'boolean', context);
  }

  resolveStringEvaluation(key: string, _: string, context: EvaluationContext) {
    return this.#resolve<string>(key, 'string', context);
  }

  resolveNumberEvaluation(key: string, _: number, context: EvaluationContext) {
    return this.#resolve<number>(key, 'number', context);
  }

  resolveObjectEvaluation<T extends JsonValue>(key: string, _: T, context: EvaluationContext) {
    return this.#resolve<T>(key, 'object', context);
  }

  async #resolve<T>(
    key: string,
    type: FlagType,
    { tenantId, userId }: EvaluationContext,
  ): Promise<ResolutionDetails<T>> {
    const flag = findFlag(this.#catalogue, key);
    if (!flag) throw new FlagNotFoundError(`No flag ${key} is in the catalogue`);
    if (typeOfFlag(flag) !== type) throw new TypeMismatchError(`${key} is no ${type}`);
    if (typeof tenantId !== 'string') throw new InvalidContextError('The context names no tenantId');
    const { rules, stale } = await this.#cache.rulesOf(tenantId).catch((error: Error) => {
      throw new GeneralError(error.message, { cause: error });
    });
    const who = { tenantId, userId: typeof userId === 'string' ? userId : null };
    const { variant, reason, decidedBy } = decide(key, flag, rules.get(key) ?? noRules, who);
    return {
      value: variantValue(flag, variant) as T,
      variant,
      reason: stale ? StandardResolutionReasons.STALE : reason,
      flagMetadata: { decidedBy },
    };
  }
}
