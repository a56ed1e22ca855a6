import { net, protocol, type Session } from 'electron';
import { readPanelFile } from '../../core/http/panel-files';
import { panelHeaders } from '../../core/http/panel-headers';
import { isPanelAddress, panelScheme } from '../bridge/panel-address';

declare const __WATCHTOWER_DEV__: boolean;

/** Set by `npm run dev -- --desktop` alone: the panel from its sources. What is built never asks for it. */
const developmentServer = __WATCHTOWER_DEV__ ? process.env.ELECTRON_RENDERER_URL : undefined;

/** Makes the panel's scheme a secure origin of its own. Only before the app is ready; throws later. */
export function registerPanelScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: panelScheme, privileges: { standard: true, secure: true } }]);
}

/** Answers the panel's scheme in one session with the files of `folder`. */
export function servePanel(session: Session, folder: string): void {
  session.protocol.handle(panelScheme, async ({ method, url }) => {
    if (method !== 'GET') return new Response(null, { status: 405 });
    if (developmentServer && isPanelAddress(url)) {
      const { pathname, search } = new URL(url);
      return net.fetch(`${developmentServer}${pathname}${search}`);
    }
    const file = isPanelAddress(url) ? await readPanelFile(folder, new URL(url).pathname) : null;
    if (!file) return new Response('Not found.\n', { status: 404, headers: panelHeaders });
    return new Response(file.body, { headers: { ...panelHeaders, 'Content-Type': file.contentType } });
  });
}
