import type { Hono } from 'hono';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** Answers what no route takes: 405 with `Allow` where the path takes other methods, else 404. */
export function refuseWrongMethod(app: Hono): void {
  app.notFound((context) => {
    const allowed = METHODS.filter((method) => app.router.match(method, context.req.path)[0].length > 0);
    if (allowed.length === 0) return context.text('404 page not found\n', 404);
    return context.text(`Method Not Allowed: send ${allowed.join(' or ')}\n`, 405, {
      allow: [...allowed, 'OPTIONS'].join(', '),
    });
  });
}
