// dockerode brings two things along that Watchtower never uses: ssh2 (with native parts that are not built here)
// and BuildKit sessions over gRPC. Both are left out of the bundles.
const leftOut = [
  { source: 'ssh2', importer: /docker-modem[\\/]lib[\\/]ssh\.js$/ },
  { source: './session', importer: /dockerode[\\/]lib[\\/]docker\.js$/ },
];

/** Vite plugin. */
export function leanDockerode() {
  return {
    name: 'lean-dockerode',
    enforce: 'pre' as const,
    resolveId(source: string, importer = '') {
      const isLeftOut = leftOut.some((part) => part.source === source && part.importer.test(importer));
      return isLeftOut ? '\0left-out-of-dockerode' : null;
    },
    load(id: string) {
      return id === '\0left-out-of-dockerode' ? 'export default {}' : null;
    },
  };
}
