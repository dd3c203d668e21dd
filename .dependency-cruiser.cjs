/**
 * The borders between the rooms of src/, as docs/architecture.md tells them: inward only; adapters are strangers;
 * only roots introduce. `scripts/check-borders.mjs` runs this and its canary.
 */
const room = (name) => `^src/core/${name}/`;
const mayImport = {
  math: [],
  packet: [],
  device: ['math', 'packet'],
  clock: ['math', 'packet', 'device'],
  fusion: ['math'],
  body: ['math'],
  breathing: ['math'],
  quality: ['math', 'packet', 'body'],
  exercise: ['math', 'body'],
  bench: ['math', 'packet', 'device', 'clock', 'fusion', 'quality'],
  pipeline: [
    'packet',
    'device',
    'clock',
    'fusion',
    'body',
    'quality',
    'exercise',
    'breathing',
    'math',
    'recording',
  ],
  recording: [
    'packet',
    'device',
    'body',
    'math',
    'fusion',
    'exercise',
    'quality',
    'pipeline',
    'care',
    'bench',
  ],
  simulation: ['math', 'packet', 'device', 'body', 'exercise', 'recording', 'pipeline', 'bench'],
  export: ['math', 'packet', 'device', 'body', 'pipeline', 'recording'],
  care: ['exercise'],
  report: ['math', 'body', 'quality', 'exercise', 'breathing', 'care', 'pipeline'],
};

/** Packages that a core room may use, each with its reason in docs/architecture.md. */
const corePackages = { fusion: 'ahrs', recording: 'fflate|zod', export: 'hyparquet-writer' };

const roomRules = Object.entries(mayImport).map(([name, allowed]) => ({
  name: `core-${name}`,
  severity: 'error',
  comment: `core/${name} may import ${allowed.length ? allowed.join(', ') : 'nothing'} of core.`,
  from: { path: room(name) },
  to: { path: '^src/core/', pathNot: [room(name), ...allowed.map(room)] },
}));

const path = require('node:path');

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    ...roomRules,
    {
      name: 'core-knows-no-rim',
      severity: 'error',
      from: { path: '^src/core/' },
      to: { path: '^src/(adapters|ui|app|cli)/' },
    },
    {
      name: 'core-uses-no-packages',
      severity: 'error',
      from: { path: '^src/core/', pathNot: '^src/core/(fusion/baselines|recording|export)/' },
      to: { path: 'node_modules' },
    },
    {
      name: 'ahrs-in-baselines-only',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/core/fusion/baselines/' },
      to: { path: 'node_modules/ahrs' },
    },
    {
      name: 'recording-packages',
      severity: 'error',
      from: { path: '^src/core/recording/' },
      to: { path: 'node_modules', pathNot: `node_modules/(${corePackages.recording})/` },
    },
    {
      name: 'export-packages',
      severity: 'error',
      from: { path: '^src/core/export/' },
      to: { path: 'node_modules', pathNot: `node_modules/(${corePackages.export})/` },
    },
    {
      name: 'adapters-are-strangers',
      severity: 'error',
      from: { path: '^src/adapters/([^/]+)/' },
      to: { path: '^src/adapters/', pathNot: '^src/adapters/$1/' },
    },
    {
      name: 'adapters-know-no-roots',
      severity: 'error',
      from: { path: '^src/adapters/' },
      to: { path: '^src/(app|cli)/' },
    },
    {
      name: 'adapters-see-ui-ports-only',
      severity: 'error',
      from: { path: '^src/adapters/' },
      to: { path: '^src/ui/', pathNot: '^src/ui/services\\.ts$' },
    },
    {
      name: 'ui-imports-core-only',
      severity: 'error',
      from: { path: '^src/ui/' },
      to: { path: '^src/(adapters|app|cli)/' },
    },
    {
      name: 'three-in-avatar-only',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/adapters/avatar/' },
      to: { path: 'node_modules/(three|@types/three)/' },
    },
    {
      name: 'dexie-in-log-only',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/adapters/session-log/' },
      to: { path: 'node_modules/dexie/' },
    },
    {
      name: 'react-in-ui-only',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(ui|app)/' },
      to: { path: 'node_modules/(react|react-dom)/' },
    },
    {
      name: 'cli-knows-no-browser',
      severity: 'error',
      from: { path: '^src/cli/' },
      to: { path: '^src/(adapters|ui|app)/' },
    },
    {
      name: 'roots-are-not-imported',
      severity: 'error',
      from: { path: '^src/(core|adapters|ui)/' },
      to: { path: '^src/(app|cli)/' },
    },
    {
      name: 'protocol-stands-alone',
      severity: 'error',
      from: { path: '^firmware-protocol/' },
      to: { path: '^src/|node_modules' },
    },
    {
      name: 'protocol-through-device-and-simulation',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/core/(device|simulation)/' },
      to: { path: '^firmware-protocol/' },
    },
    {
      name: 'nothing-from-tests',
      severity: 'error',
      from: { path: '^(src|firmware-protocol)/' },
      to: { path: '^test/' },
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: { path: '^src/' },
      to: { couldNotResolve: true, pathNot: '\\.po$|^virtual:|\\?|^fhir/r4$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: path.join(__dirname, 'tsconfig.base.json') },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.css'],
    },
  },
};
