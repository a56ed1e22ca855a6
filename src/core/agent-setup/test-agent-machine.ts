import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { AgentSetupBook } from './agent-setup-book';

/** A machine of a person: a home, a repository in it, and Watchtower's own home, all in a temporary folder. */
export class TestAgentMachine {
  readonly root = mkdtempSync(join(tmpdir(), 'wt-agents-'));
  readonly home = join(this.root, 'home');
  readonly folder = join(this.root, 'home', 'shop');
  readonly setup: AgentSetupBook;

  constructor(env: Record<string, string> = {}) {
    const kept = join(this.root, 'watchtower');
    for (const path of [this.home, join(this.folder, '.git'), kept]) mkdirSync(path, { recursive: true });
    this.setup = new AgentSetupBook({
      home: kept,
      self: { command: process.execPath, args: ['/opt/tools/cli.cjs'] },
      endpoint: () => ({ http: 'http://127.0.0.1:25018' }),
      places: () => ({ home: this.home, folder: this.folder, env, platform: 'linux' }),
    });
  }

  path(shown: string): string {
    return shown.startsWith('~') ? join(this.home, shown.slice(2)) : join(this.folder, shown);
  }

  write(shown: string, content: string | Buffer, mode = 0o644): void {
    mkdirSync(dirname(this.path(shown)), { recursive: true });
    writeFileSync(this.path(shown), content);
    chmodSync(this.path(shown), mode);
  }

  read(shown: string): string {
    return readFileSync(this.path(shown), 'utf8');
  }

  /** Every file with its bytes and mode, every folder and link. */
  snapshot(): Record<string, string> {
    const found: Record<string, string> = {};
    const look = (folder: string) => {
      for (const name of readdirSync(folder).sort()) {
        const path = join(folder, name);
        const stat = lstatSync(path);
        const key = path.slice(this.home.length);
        if (stat.isSymbolicLink()) found[key] = `-> ${readlinkSync(path)}`;
        else if (stat.isDirectory()) {
          found[key] = 'folder';
          look(path);
        } else found[key] = `${(stat.mode & 0o777).toString(8)} ${readFileSync(path).toString('latin1')}`;
      }
    };
    look(this.home);
    return found;
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
