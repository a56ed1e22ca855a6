import { describeDevHost } from './describe-dev-host';
import { DevKey } from './dev-key';
import type { DevOptions } from './dev-options';
import { hostCommand } from './host-command';
import { RestartedProcess } from './restarted-process';
import { serveDevPanel } from './serve-dev-panel';

/** The panel's development server, and the host behind it, which runs once `restart` is called. */
export async function startDevHost(
  root: string,
  options: DevOptions,
  say: (text: string) => void,
): Promise<Pick<RestartedProcess, 'restart' | 'stop'>> {
  const key = new DevKey();
  let token = '';
  let told = false;
  const host = new RestartedProcess(
    {
      ...hostCommand(root, options),
      onLine(line) {
        const ready = JSON.parse(line) as { ui: string };
        token = new URL(ready.ui).searchParams.get('token') ?? '';
        say(told ? 'the host runs again' : describeDevHost(options, key));
        told = true;
      },
    },
    (text) => say(`the host: ${text}`),
  );
  const panel = await serveDevPanel(root, options.ports, key, () => token);
  return {
    restart: () => host.restart(),
    async stop() {
      await Promise.allSettled([host.stop(), panel.close()]);
    },
  };
}
