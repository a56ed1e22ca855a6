import { type ShellMessage, shellChannels } from '../../shared/desktop-shell';
import { router } from './router';

/** Shows the pages that the desktop app asks for: by its tray, its menus or a deep link. */
export function followShell(): void {
  window.addEventListener('message', ({ source, origin, data }: MessageEvent<ShellMessage | undefined>) => {
    if (source !== window || origin !== window.location.origin) return;
    if (data?.channel === shellChannels.show && data.path.startsWith('/')) router.history.push(data.path);
  });
}
