import { execFile } from 'node:child_process';
import { basename } from 'node:path';
import type { Revision } from '../../shared/runs/run';
import { readRemote } from './read-remote';

/** A repository so large, or on so slow a disk, that git takes longer is told without. */
const longestMs = 3_000;

/**
 * Where a folder's code stands, asked of git; undefined where there is no repository, no commit, or no git. Neither the
 * index nor anything else of the repository is written, and no program that its configuration names is started.
 */
export async function readRevision(folder: string): Promise<Revision | undefined> {
  const git = (...args: string[]) => ask(folder, args);
  const known = readRemote(folder, process.env);
  const [status, remote] = await Promise.all([
    git(
      'status',
      '--porcelain=v2',
      '--branch',
      '--no-ahead-behind',
      '--untracked-files=no',
      '--ignore-submodules=dirty',
    ),
    known ?? git('config', '--get', 'remote.origin.url'),
  ]);
  const [, commit] = /^# branch\.oid ([0-9a-f]{40,64})$/m.exec(status ?? '') ?? [];
  if (status === undefined || commit === undefined) return undefined;
  const named = nameOf(remote?.trim());
  // Most have a remote, and each process costs the start of a command some milliseconds.
  const root = named === undefined ? await git('rev-parse', '--show-toplevel') : undefined;
  const [, head] = /^# branch\.head (.+)$/m.exec(status) ?? [];
  return {
    commit,
    ...(head !== undefined && head !== '(detached)' && { branch: head }),
    repository: named ?? basename(root?.trim() ?? folder),
    dirty: /^[^#\n]/m.test(status),
  };
}

/** The last part of an address: it may hold a password before that. */
function nameOf(address: string | undefined): string | undefined {
  return /([^/:\\]+?)(?:\.git)?[/\\]*$/.exec(address ?? '')?.[1];
}

function ask(folder: string, args: readonly string[]): Promise<string | undefined> {
  const settings = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null'];
  return new Promise((resolve) => {
    execFile(
      'git',
      ['--no-optional-locks', ...settings, ...args],
      {
        cwd: folder,
        timeout: longestMs,
        maxBuffer: 64 * 1024 * 1024,
        windowsHide: true,
        env: { ...process.env, GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' },
      },
      (error, stdout) => resolve(error ? undefined : stdout),
    );
  });
}
