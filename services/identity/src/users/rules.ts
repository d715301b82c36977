import type { Role } from '@stockade/contracts';
import { errors } from '@stockade/service-kit';
import { passwordProblem } from '../auth/password-rules.ts';

const guarded: readonly Role[] = ['owner', 'admin'];

/** Only an owner makes owners and admins, or changes one: nobody lifts himself up. */
export function checkMayManage(callerRole: Role | null, ...concerned: Role[]): void {
  if (callerRole === 'owner') return;
  if (concerned.some((role) => guarded.includes(role))) {
    throw errors.forbidden('Only an owner may make, change or remove owners and admins.');
  }
}

export function checkPassword(password: string, email: string, path = '/password'): void {
  const problem = passwordProblem(password, email);
  if (problem) throw errors.validation([{ path, message: problem }], `The password ${problem}.`);
}

/** Whether a change takes away what the user could do so far: sessions end then. */
export function endsSessions(
  before: { role: Role; status: string },
  after: { role?: Role; status?: string; password?: string },
): boolean {
  return (
    after.password !== undefined ||
    (after.role !== undefined && after.role !== before.role) ||
    (after.status !== undefined && after.status !== before.status)
  );
}
