import { Hono } from 'hono';
import type { AccessGuard } from './access-guard';
import { readPanelFile } from './panel-files';

export interface HostAppOptions {
  guard: AccessGuard;
  /** Folder of the built panel. */
  panel: string;
  /** Answers `/rpc/*`: the contract over HTTP. */
  rpc(request: Request): Promise<Response>;
}

/** No script, style, font or request but this server's own; the panel shows hostile text and must stay inert. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * The host's web app. Nothing is routed before the guard: every path, known or not, is refused without Host, Origin and
 * token. A browser comes with `?token=` once and keeps a cookie.
 */
export function createHostApp({ guard, panel, rpc }: HostAppOptions): Hono {
  const app = new Hono();
  app.use('*', async (context, next) => {
    context.header('Content-Security-Policy', contentSecurityPolicy);
    context.header('X-Content-Type-Options', 'nosniff');
    context.header('Referrer-Policy', 'no-referrer');
    context.header('Cross-Origin-Opener-Policy', 'same-origin');
    context.header('Cross-Origin-Resource-Policy', 'same-origin');
    const { req } = context;
    const verdict = guard.judge({ url: req.url, header: (name) => req.header(name), upgrade: false });
    if (!verdict.allowed) return context.text(`${verdict.reason}\n`, verdict.status);
    if (verdict.redirect !== undefined) {
      context.header('Set-Cookie', guard.cookie());
      context.header('Cache-Control', 'no-store');
      return context.redirect(verdict.redirect, 303);
    }
    return next();
  });

  app.all('/rpc/*', async (context) => {
    const response = await rpc(context.req.raw);
    context.header('Cache-Control', 'no-store');
    return context.newResponse(response.body, response);
  });

  app.get('*', async (context) => {
    const file = await readPanelFile(panel, context.req.path);
    if (!file) return context.text('Not found. Is the panel built (npm run build:app)?\n', 404);
    context.header('Content-Type', file.contentType);
    context.header('Cache-Control', file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache');
    return context.body(file.body);
  });
  return app;
}
