export { type Authenticator, createAuthenticator, unchecked } from './authenticator.ts';
export { type DnsOptions, dnsResolver } from './dns-resolver.ts';
export { LookupError, nobody, type RecordType, type Resolver } from './resolver.ts';
