import type { HostFile } from '../core/ownership/host-file';
import type { Terminal } from './terminal';

/** The panel's address; with the key in it only for a person, never for a pipe that may end in a log. */
export function panelLink({ url, token }: Pick<HostFile, 'url' | 'token'>, terminal: Terminal): string {
  return terminal.isPerson ? `${url}/?token=${token}` : url;
}
