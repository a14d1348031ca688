/**
 * Is the door of the simulated API: raw bodies in, the documented envelope out, for answers and refusals alike.
 */
import type { FastifyInstance } from 'fastify';
import type { Counter } from '../merchant.ts';
import { accountRoutes } from './account-routes.ts';
import { ApiError } from './api-error.ts';
import { API_PREFIX } from './authenticate.ts';
import { paymentRoutes } from './payment-routes.ts';
import { GATEWAY_PAGE } from './send-creation.ts';

export async function registerApi(app: FastifyInstance, counter: Counter): Promise<void> {
  await app.register(
    async (api) => {
      // Bodies stay bytes: a signature covers what was sent, not what a parser made of it.
      api.removeAllContentTypeParsers();
      api.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
      api.setErrorHandler(async (error: Error & { statusCode?: number }, _request, reply) => {
        if (error instanceof ApiError && error.status === 502) {
          return await reply.code(502).type('text/html').send(GATEWAY_PAGE);
        }
        const [status, code] =
          error instanceof ApiError ? [error.status, error.errorCode] : [error.statusCode ?? 500, 'ERROR'];
        return await reply.code(status).send({ success: false, message: error.message, error_code: code });
      });
      api.setNotFoundHandler(
        async (_request, reply) =>
          await reply
            .code(404)
            .send({ success: false, message: 'This endpoint does not exist.', error_code: 'NOT_FOUND' }),
      );
      accountRoutes(api, counter);
      paymentRoutes(api, counter);
    },
    { prefix: API_PREFIX },
  );
}
