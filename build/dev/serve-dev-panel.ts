import type { ClientRequest, IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { createServer, type ProxyOptions, type ViteDevServer } from 'vite';
import { panelConfig } from '../panel-config.mts';
import type { DevKey } from './dev-key';
import type { DevPorts } from './dev-options';

/**
 * Serves the panel from its sources with hot reload; its calls go on to the host. Host and Origin are left as the browser
 * sent them, so that the host's own guard judges them. `hostToken` is of the host that runs now.
 */
export async function serveDevPanel(
  root: string,
  ports: DevPorts,
  key: DevKey,
  hostToken: () => string,
): Promise<ViteDevServer> {
  const toHost: ProxyOptions = {
    target: `http://127.0.0.1:${ports.host}`,
    ws: true,
    configure(proxy) {
      const show = (outgoing: ClientRequest, incoming: IncomingMessage) => {
        if (key.isShownBy(incoming)) outgoing.setHeader('authorization', `Bearer ${hostToken()}`);
      };
      proxy.on('proxyReq', show);
      proxy.on('proxyReqWs', show);
    },
  };
  const server = await createServer({
    ...panelConfig,
    configFile: false,
    root: join(root, panelConfig.root),
    cacheDir: join(root, 'node_modules', '.vite', 'panel'),
    clearScreen: false,
    // All that any page needs is prepared at the start: found later, it would load the page anew.
    optimizeDeps: { entries: ['**/*.{ts,tsx}', '!**/*.test.{ts,tsx}', '!test-host/**'] },
    plugins: [
      ...panelConfig.plugins,
      {
        name: 'host-of-the-panel',
        configureServer({ middlewares }) {
          middlewares.use((request, response, next) => {
            if (!key.takeFromAddress(request, response)) next();
          });
        },
      },
    ],
    server: { host: '127.0.0.1', port: ports.panel, strictPort: true, proxy: { '/rpc': toHost } },
  });
  return server.listen();
}
