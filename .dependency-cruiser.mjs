// The import table of docs/architecture.md, executable.
const may = (folder, ...allowed) => ({
  name: `${folder}-imports`,
  comment: `src/${folder} may import only ${allowed.join(', ') || 'nothing of ours'}`,
  severity: 'error',
  from: { path: `^src/${folder}/`, pathNot: '\\.test\\.tsx?$' },
  to: { path: '^(src|e2e|bench|scripts|scenarios)/', pathNot: [folder, ...allowed].map((name) => `^src/${name}(/|$)`) },
});

const engineParts = ['csms', 'station', 'proxy', 'scenario'];

export default {
  forbidden: [
    { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'not-resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '\\?worker$|^electron$' },
    },
    may('ocpp'),
    may('session', 'ocpp'),
    may('workspace', 'ocpp', 'session'),
    may('bridge', 'ocpp', 'session', 'workspace'),
    may('engine', 'ocpp', 'session', 'workspace', 'bridge/(contract|security|methods/[a-z-]+)\\.ts'),
    may('main', 'engine', 'bridge', 'workspace', 'session', 'ocpp'),
    may('web', 'engine', 'bridge', 'workspace', 'session', 'ocpp'),
    may('cli', 'engine', 'workspace', 'session', 'ocpp', 'web'),
    may('renderer', 'bridge', 'workspace', 'session', 'ocpp'),
    {
      name: 'engine-uses-only-types-of-the-bridge',
      severity: 'error',
      from: { path: '^src/engine/', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/bridge/', dependencyTypesNot: ['type-only'] },
    },
    ...engineParts.map((part) => ({
      name: `${part}-is-on-its-own`,
      severity: 'error',
      from: { path: `^src/engine/${part}/`, pathNot: '\\.test\\.ts$' },
      to: { path: `^src/engine/(${engineParts.filter((other) => other !== part).join('|')})/` },
    })),
    {
      name: 'only-net-touches-sockets',
      severity: 'error',
      from: { path: '^src/engine/', pathNot: '^src/engine/net/|\\.test\\.ts$|/testing/' },
      to: { path: ['^node_modules/ws/', '^(node:)?(tls|net|http|https)$'] },
    },
    {
      name: 'a-feature-never-imports-another',
      severity: 'error',
      from: { path: '^src/renderer/features/([^/]+)/' },
      to: { path: '^src/renderer/features/', pathNot: '^src/renderer/features/$1/' },
    },
    {
      name: 'components-know-no-ocpp',
      severity: 'error',
      from: { path: '^src/renderer/components/' },
      to: { path: '^src/(ocpp|session|bridge|renderer/(app|features))/' },
    },
    {
      name: 'electron-only-in-main',
      severity: 'error',
      from: { pathNot: '^src/main/|^e2e/|^scripts/' },
      to: { path: '^electron$|^node_modules/electron/' },
    },
    {
      name: 'pure-code-has-no-platform',
      severity: 'error',
      from: { path: '^src/(ocpp|session|workspace)/', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^src/ocpp/generated/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
