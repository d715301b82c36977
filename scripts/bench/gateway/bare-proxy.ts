// @fastify/http-proxy and nothing else: what a proxy made of Fastify gives on this machine. Arguments: port, upstream.
import proxy from '@fastify/http-proxy';
import Fastify from 'fastify';

const [port, upstream] = process.argv.slice(2);
const app = Fastify();
await app.register(proxy, { upstream: upstream ?? '' });
await app.listen({ host: '127.0.0.1', port: Number(port) });
