// The layer law (docs/architecture.md). Default deny: a room may import itself, what stands beside its name here,
// npm packages and Node's own modules (shared and renderer: no Node). A new room without a line is an error.
const allowed = {
  shared: [],
  ground: ['shared'],
  engine: ['ground', 'shared'],
  core: ['ground', 'shared'],
  main: ['core', 'ground', 'shared'],
  cli: ['core', 'ground', 'shared'],
  preload: ['shared'],
  renderer: ['shared'],
};
const rooms = Object.keys(allowed).join('|');
const withoutNode = ['shared', 'renderer'];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      comment: 'Break the circle: move what both need to a room below.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'unlisted-room',
      severity: 'error',
      comment: 'Every file lives in a room listed in .dependency-cruiser.cjs.',
      from: { path: '^src/', pathNot: `^src/(${rooms})/` },
      to: {},
    },
    ...Object.entries(allowed).map(([room, others]) => ({
      name: `layer-${room}`,
      severity: 'error',
      comment: `${room} may import only ${[room, ...others].join(', ')}; see the layer law in docs/architecture.md.`,
      from: { path: `^src/${room}/` },
      to: { path: '^src/', pathNot: `^src/(${[room, ...others].join('|')})/` },
    })),
    {
      name: 'no-node-here',
      severity: 'error',
      comment: 'shared and renderer run in a browser: no Node modules.',
      from: { path: `^src/(${withoutNode.join('|')})/`, pathNot: '\\.test\\.tsx?$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'dockerode-in-core-docker',
      severity: 'error',
      comment: 'dockerode is imported in core/backends/docker/containers alone.',
      from: { path: '^src/', pathNot: '^src/core/backends/docker/containers/' },
      to: { path: 'node_modules/dockerode' },
    },
    {
      name: 'duckdb-in-store-duck',
      severity: 'error',
      comment: "DuckDB's library is imported in engine/store/duck alone.",
      from: { path: '^src/', pathNot: '^src/engine/store/duck/|\\.test\\.ts$' },
      to: { path: 'node_modules/@duckdb' },
    },
    {
      name: 'kubernetes-client-in-its-api',
      severity: 'error',
      comment: '@kubernetes/client-node is imported in core/backends/kubernetes/api alone.',
      from: { path: '^src/', pathNot: '^src/core/backends/kubernetes/api/' },
      to: { path: 'node_modules/@kubernetes' },
    },
    {
      name: 'electron-in-main-and-preload',
      severity: 'error',
      comment: 'electron values are imported in main and preload alone.',
      from: { path: '^src/', pathNot: '^src/(main|preload)/' },
      to: { path: '^electron$|node_modules/electron/' },
    },
    {
      name: 'stack-and-alloy-apart',
      severity: 'error',
      comment: 'stack and alloy meet only in core/backends/docker/stack-pipeline.ts.',
      from: { path: '^src/core/backends/docker/stack/' },
      to: { path: '^src/core/alloy/' },
    },
    {
      name: 'alloy-and-stack-apart',
      severity: 'error',
      comment: 'stack and alloy meet only in core/backends/docker/stack-pipeline.ts.',
      from: { path: '^src/core/alloy/' },
      to: { path: '^src/core/backends/docker/stack/' },
    },
    { name: 'not-resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
    },
  },
};
