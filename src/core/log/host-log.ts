/** What core writes to its host's log: `info` for what happens, `warn` for what a user may have to mend, `error` for bugs. */
export interface HostLog {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}
