/**
 * Milliseconds of CPU time that this thread has used. Limits on a message's work are measured with it: a busy machine must
 * not make honest mail look as if it took too long.
 */
export function threadMilliseconds(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}
