/** What a verifier key (`name+id+key`) says of itself; whether it is a good one is seen when something is opened with it. */
export function describeKey(key: string): { origin: string; id: string } {
  const [, origin, id] = /^([^\s+]+)\+([0-9a-f]{8})\+[A-Za-z0-9+/]+=*$/.exec(key) ?? [];
  if (!origin || !id) throw new Error('This is no public key of a log: name+id+key');
  return { origin, id };
}
