const projectLabel = 'com.docker.compose.project';

/** Throws in a test run that would touch the containers of a real user: those of the project `watchtower`. */
export function refuseRealProject(
  labels: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string | undefined>> = process.env,
): void {
  if (env.WATCHTOWER_TEST === '1' && labels[projectLabel] === 'watchtower') {
    throw new Error('A test used the real project: set WATCHTOWER_PROJECT to a name such as wt-test-1234.');
  }
}

/** The same for a filter such as `com.docker.compose.project=watchtower`. */
export function refuseRealLabel(label: string, env: Readonly<Record<string, string | undefined>> = process.env): void {
  const [name = '', value = ''] = label.split('=');
  refuseRealProject({ [name]: value }, env);
}
