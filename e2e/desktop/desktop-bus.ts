import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';

export interface TrayEntry {
  label?: string;
  separator?: true;
  enabled?: false;
  checked?: boolean;
  items?: TrayEntry[];
}

interface ShownTray {
  title: string;
  icon: [width: number, height: number][];
  menu: TrayEntry[];
}

interface ShownNotification {
  title: string;
  body: string;
}

/** A session bus with a desktop that shows tray icons and notifications, as a person would see and click them. */
export interface DesktopBus {
  env: NodeJS.ProcessEnv;
  /** Begins to show tray icons; before that the desktop has no place for them. */
  showTray(): Promise<void>;
  /** Null while no app has an icon there. */
  tray(): Promise<ShownTray | null>;
  /** Labels from the top; each is the beginning of an entry's. Waits for the entry as a person would. */
  click(...path: string[]): Promise<void>;
  activate(): Promise<void>;
  notifications(): Promise<ShownNotification[]>;
  clickNotification(title: string): Promise<void>;
  close(): Promise<void>;
}

// The system's Python has the system's libraries; another one on the path may not.
const python = '/usr/bin/python3';
const folder = join(process.cwd(), 'e2e', 'desktop');
const script = join(folder, 'desktop-bus.py');
const config = join(folder, 'desktop-bus.conf');
/** The menu follows the state a moment later. */
const patienceMs = 10_000;

/** Why there can be no such bus here; null when there can. */
export function whyNoDesktopBus(): string | null {
  if (process.platform !== 'linux') return 'tray icons are driven over D-Bus, on Linux alone';
  if (spawnSync('dbus-daemon', ['--version']).status !== 0) return 'dbus-daemon is not installed';
  if (spawnSync(python, ['-c', 'import gi']).status !== 0) return 'python3-gi is not installed';
  return null;
}

export async function openDesktopBus(): Promise<DesktopBus> {
  const daemon = spawn('dbus-daemon', [`--config-file=${config}`, '--nofork', '--print-address=1'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [address] = (await once(createInterface({ input: daemon.stdout }), 'line')) as [string];
  // Without the bridge to assistive technology, whose bus would have to be started.
  const env = { DBUS_SESSION_BUS_ADDRESS: address, NO_AT_BRIDGE: '1' };
  const desktop = spawn(python, [script], { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'inherit'] });
  const ask = asker(desktop, createInterface({ input: desktop.stdout }));
  return {
    env,
    showTray: async () => void (await ask({ do: 'show-tray' })),
    tray: async () => (await ask({ do: 'tray' })).tray as ShownTray | null,
    click: async (...path) => {
      const end = Date.now() + patienceMs;
      const click = (): Promise<unknown> =>
        ask({ do: 'click', path }).catch(async (error) => {
          if (Date.now() > end) throw error;
          await pause(100);
          return click();
        });
      await click();
    },
    activate: async () => void (await ask({ do: 'activate' })),
    notifications: async () => (await ask({ do: 'notifications' })).notifications as ShownNotification[],
    clickNotification: async (title) => void (await ask({ do: 'click-notification', title })),
    async close() {
      desktop.kill();
      daemon.kill();
      await once(daemon, 'exit');
    },
  };
}

/** One question at a time, answered by one line. */
function asker(desktop: ChildProcess, answers: Interface) {
  let turn: Promise<unknown> = Promise.resolve();
  return (question: object): Promise<Record<string, unknown>> => {
    const asked = turn.then(async () => {
      const line = once(answers, 'line');
      desktop.stdin!.write(`${JSON.stringify(question)}\n`);
      const answer = JSON.parse(String((await line)[0])) as Record<string, unknown>;
      const failed = ['error', 'missing', 'disabled'].some((key) => key in answer);
      if (failed) throw new Error(`${JSON.stringify(question)} was answered with ${JSON.stringify(answer)}`);
      return answer;
    });
    turn = asked.catch(() => {});
    return asked;
  };
}
