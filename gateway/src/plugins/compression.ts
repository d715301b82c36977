import { constants } from 'node:zlib';
import compress from '@fastify/compress';
import fp from 'fastify-plugin';

/** Smaller answers take no less time on their way. */
const worthwhileBytes = 1_024;

/**
 * Answers are made smaller for who can read them so; at a level that costs little, for a list is sent once. Routes whose
 * answers hold a secret beside what the caller chose are left alone (`compress: false`): their length would tell of it
 * (BREACH). What comes in compressed is refused: it could be a bomb.
 */
export const compression = fp(
  async (app) => {
    await app.register(compress, {
      globalDecompression: false,
      threshold: worthwhileBytes,
      encodings: ['br', 'gzip'],
      zlibOptions: { level: 4 },
      brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 3 } },
    });
  },
  { name: 'compression' },
);
