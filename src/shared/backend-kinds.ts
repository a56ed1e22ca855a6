/** What can stand behind the ports. Apart from the contract's schemas, so that the panel's first page loads none. */
export const backendKinds = ['embedded', 'docker', 'kubernetes', 'external'] as const;

/** Those whose services run apart. */
export const servicesBackends = ['docker', 'kubernetes'] as const;

/** The backend, where it is one whose services run apart. */
export function asServicesBackend(backend: string): (typeof servicesBackends)[number] | undefined {
  return servicesBackends.find((each) => each === backend);
}
