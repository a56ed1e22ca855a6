/** Ports of the Docker stack beside those that it shares with the engine. */
export interface StackPortChoice {
  grafana: number;
  alloy: number;
  faro: number;
}

const defaults: StackPortChoice = { grafana: 3000, alloy: 12345, faro: 12347 };

/** The flag of `watchtower serve` that chooses each of them. */
export const stackPortFlags: Record<keyof StackPortChoice, string> = {
  grafana: '--grafana-port',
  alloy: '--alloy-port',
  faro: '--faro-port',
};

/** Fills in what was not chosen; in a test run any free port, so that it never meets what listens on this machine. */
export function chooseStackPorts(chosen: { [Key in keyof StackPortChoice]?: number | undefined }): StackPortChoice {
  const inTest = process.env.WATCHTOWER_TEST === '1';
  const choose = (key: keyof StackPortChoice) => chosen[key] ?? (inTest ? 0 : defaults[key]);
  return { grafana: choose('grafana'), alloy: choose('alloy'), faro: choose('faro') };
}

/** The Compose project: `WATCHTOWER_PROJECT`, as the compose file reads it. A test run has one of its own. */
export function chooseProject(): string {
  const { WATCHTOWER_PROJECT: project, WATCHTOWER_TEST: test } = process.env;
  return project || (test === '1' ? `wt-test-${process.pid}` : 'watchtower');
}
