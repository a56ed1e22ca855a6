import { type Command, Option } from 'commander';
import { portFlags } from '../../core/ports/default-ports';

export type PortValues = Record<string, string>;

const serveFlags = ['--port', ...Object.values(portFlags)];

/** Ports of a host that a command may have to start: options that its help does not show. */
export function addPortOptions(command: Command): Command {
  for (const flag of serveFlags)
    command.addOption(new Option(`${flag} <port>`, 'of the host, if it is started').hideHelp());
  return command;
}

/** The ports among the options, as flags of `serve`. */
export function serveArguments(options: PortValues): string[] {
  return serveFlags.flatMap((flag) => {
    const value = options[camelCase(flag)];
    return value === undefined ? [] : [flag, value];
  });
}

function camelCase(flag: string): string {
  return flag.slice(2).replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
