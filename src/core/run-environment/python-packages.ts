import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fetchOnce } from './fetch-once';
import type { FoundPython } from './find-python';

const longestMs = 300_000;

/** Where the packages for each minor version of Python are kept in a home, for one version of Watchtower's list of them. */
export function pythonPackagesIn(home: string, list: string): string {
  return join(home, 'instrumentation', 'python', list);
}

/**
 * Installs the packages of `requirements`, each with its hash, for one minor version of Python, where they are not there;
 * throws where they cannot be had.
 */
export async function installPythonPackages(
  { path, minor }: FoundPython,
  packages: string,
  requirements: string,
  say: (line: string) => void,
): Promise<void> {
  await fetchOnce(join(packages, minor), (place) => {
    say(`Installing OpenTelemetry for Python ${minor} into the Watchtower home, once.`);
    const args = [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--disable-pip-version-check',
      '--no-input',
      '--no-deps',
      '--require-hashes',
    ];
    return new Promise((resolve, reject) => {
      execFile(
        path,
        [...args, '--target', place, '--requirement', requirements],
        { timeout: longestMs, windowsHide: true, maxBuffer: 16 * 1024 * 1024 },
        (error, _out, complaint) => (error ? reject(new Error(lastLine(complaint) ?? error.message)) : resolve()),
      );
    });
  });
}

function lastLine(text: string): string | undefined {
  return (
    text
      .trim()
      .split('\n')
      .findLast((line) => /error/i.test(line)) ?? text.trim().split('\n').at(-1)
  );
}
