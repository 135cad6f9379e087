// The arrows of ARCHITECTURE.md as imports. The arrows between modules are data: architecture.json.
const { modules } = require('./architecture.json')

/** Code under `from` may import, of our own code, only itself and `to`. */
const only = (name, comment, from, ...to) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: '^(contracts|server|web|bench|tests|tools)/', pathNot: [from, ...to] },
})

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'If A needs B and B needs A, one of them owns the wrong thing.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'only-the-face-of-a-module',
      comment: 'Other modules see index.ts and nothing else.',
      severity: 'error',
      from: { path: '^server/modules/([^/]+)/' },
      to: { path: '^server/modules/([^/]+)/', pathNot: ['^server/modules/$1/', '^server/modules/[^/]+/index\\.ts$'] },
    },
    {
      name: 'only-the-face-from-outside',
      comment: 'wiring.ts may also mount routes.ts, jobs.ts and listeners.ts.',
      severity: 'error',
      from: { path: '^(server/(exchange|commands|demo|wiring|main|start-node)|bench|tests)' },
      to: { path: '^server/modules/', pathNot: '^server/modules/[^/]+/(index|routes|jobs|listeners)\\.ts$' },
    },
    ...Object.entries(modules).map(([name, needs]) =>
      only(
        `module-${name}`,
        `${name} may use: ${needs.join(', ') || 'no other module'}.`,
        `^server/modules/${name}/`,
        '^contracts/',
        '^server/platform/',
        ...needs.map((other) => `^server/modules/${other}/`),
      ),
    ),
    only(
      'platform-knows-no-module',
      'The platform is below every module.',
      '^server/platform/',
      '^contracts/(endpoint|problems|values)\\.ts$',
    ),
    only(
      'standards-are-pure',
      'A codec knows its standard and nothing of ours.',
      '^server/standards/',
      '^contracts/values\\.ts$',
    ),
    only(
      'exchange-uses-faces',
      'Adapters translate between standards and the faces of modules.',
      '^server/exchange/',
      '^contracts/',
      '^server/(platform|standards|modules)/',
      '^server/config\\.ts$',
    ),
    only('contracts-are-leaves', 'Contracts import no code of ours.', '^contracts/'),
    only('web-sees-contracts', 'The web talks to the server through contracts only.', '^web/', '^contracts/'),
    {
      name: 'citizen-and-staff-are-strangers',
      comment: 'What both need lies in web/ui, web/api or web/domain.',
      severity: 'error',
      from: { path: '^web/(citizen|staff)/' },
      to: { path: '^web/(citizen|staff)/', pathNot: '^web/$1/' },
    },
    only(
      'domain-is-pure',
      'What records mean on any screen: functions over contracts, in words of the kit.',
      '^web/domain/',
      '^contracts/',
      '^web/ui/',
    ),
    {
      name: 'ui-fetches-nothing',
      comment: 'The design system is told what to show.',
      severity: 'error',
      from: { path: '^web/ui/' },
      to: { path: '^(web/(api|citizen|staff)|contracts)/', pathNot: '^contracts/(values|endpoint|problems)\\.ts$' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(\\.(test|e2e)\\.tsx?$|node_modules|^server/(testing|platform/testing)/)' },
  },
}
