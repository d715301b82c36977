import type { FastifyReply } from 'fastify';
import type { Config } from '../config.ts';

interface Cookie {
  name: string;
  value: string;
  maxAgeSeconds: number;
}

/** A cookie that no script reads and that no other site's page sends. */
export function setCookie(config: Config, reply: FastifyReply, { name, value, maxAgeSeconds }: Cookie): void {
  const secure = config.NODE_ENV === 'production' ? '; Secure' : '';
  reply.header(
    'set-cookie',
    `${name}=${value}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${maxAgeSeconds}${secure}`,
  );
}
