import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { AccessGuard } from './access-guard';
import { judgeAgent } from './agent-guard';
import { isOfThisUser } from './is-of-this-user';
import { readPanelFile } from './panel-files';
import { panelHeaders } from './panel-headers';
import { refusalPage } from './refusal-page';

/** As of a message of the WebSocket: inputs of the contract are small. */
const maxBodyBytes = 1024 * 1024;

type Env = { Bindings: HttpBindings };

export interface HostAppOptions {
  guard: AccessGuard;
  /** Folder of the built panel. */
  panel: string;
  /** Answers `/rpc/*`: the contract over HTTP. */
  rpc(request: Request): Promise<Response>;
  /** MCP over HTTP at `mcpPath`, which a token of its own opens and no other. */
  agents: { token: string; answer(request: Request): Promise<Response> };
}

export const mcpPath = '/mcp';

/**
 * The host's web app. Nothing is routed before the guard: every path, known or not, is refused without Host, Origin and
 * token. Agents come to one path, with a token that opens nothing else. A browser comes with `?token=` or `?ticket=` once and keeps a cookie.
 */
export function createHostApp({ guard, panel, rpc, agents }: HostAppOptions): Hono<Env> {
  const app = new Hono<Env>();
  app.use('*', async (context, next) => {
    for (const [name, value] of Object.entries(panelHeaders)) context.header(name, value);
    const { req } = context;
    if (req.path === mcpPath) {
      const judged = judgeAgent({ header: (name) => req.header(name) }, agents.token);
      if (judged.allowed) return next();
      if (judged.status === 401) context.header('WWW-Authenticate', 'Bearer');
      return context.text(`${judged.reason}\n`, judged.status);
    }
    const isOwnUser = req.query('ticket') === undefined || (await comesFromThisUser(context));
    const verdict = guard.judge({ url: req.url, header: (name) => req.header(name), upgrade: false, isOwnUser });
    if (!verdict.allowed) {
      if (verdict.status !== 401 || !req.header('accept')?.includes('text/html'))
        return context.text(`${verdict.reason}\n`, verdict.status);
      return context.body(refusalPage.body, 401, { ...refusalPage.headers });
    }
    if (verdict.redirect !== undefined) {
      context.header('Set-Cookie', guard.cookie());
      context.header('Cache-Control', 'no-store');
      return context.redirect(verdict.redirect, 303);
    }
    return next();
  });

  const refuseTooLarge = bodyLimit({
    maxSize: maxBodyBytes,
    onError: (context) => context.text(`A call takes at most ${maxBodyBytes} bytes.\n`, 413),
  });
  app.all('/rpc/*', refuseTooLarge, async (context) => {
    const response = await rpc(context.req.raw);
    context.header('Cache-Control', 'no-store');
    return context.newResponse(response.body, response);
  });

  app.all(mcpPath, refuseTooLarge, async (context) => {
    const response = await agents.answer(context.req.raw);
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

function comesFromThisUser({ env }: Context<Env>): Promise<boolean> {
  const { remotePort = 0, localPort = 0 } = env.incoming.socket;
  return isOfThisUser(remotePort, localPort);
}
