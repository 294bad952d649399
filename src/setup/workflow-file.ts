import { secretNames } from './secrets-of.ts';
import type { BaselineKind, Setup } from './setup.ts';
import { workflowText } from './yaml-text.ts';

/**
 * The text of `.github/workflows/gatemark.yml`: a job that starts the gateway (where it runs on the runner itself), sends the
 * load to it and to nothing else, and may do no more than that takes. Secrets are named, never held.
 */
export const workflowFile = (setup: Setup): string =>
  `${[intro(setup.baseline), triggers(setup.baseline), RIGHTS, concurrency(setup.baseline), job(setup)].join('\n\n')}\n`;

const ABOUT: Readonly<Record<BaselineKind, readonly string[]>> = {
  stored: [
    '# The performance gate on pull requests, and its baseline.',
    '#',
    '# Runs on main become the baseline that pull requests are compared with, but only successful ones of this very file:',
    '# keep other jobs out of it.',
  ],
  live: [
    '# The performance gate on pull requests: the gateway of the target branch and that of the pull request side by side.',
    '#',
    '# Both get the same requests in alternating blocks, so that the machine and the hour are the same for both. It takes',
    '# twice as long.',
  ],
  none: ['# The performance gate on pull requests and on main: SLOs only, nothing is compared.'],
};

const intro = (baseline: BaselineKind): string => [...ABOUT[baseline], 'name: gatemark'].join('\n');

const triggers = (baseline: BaselineKind): string =>
  ['on:', '  pull_request:', ...(baseline === 'live' ? [] : ['  push:', '    branches: [main]'])].join('\n');

const RIGHTS = '# Nothing by default; the job asks for what it needs.\npermissions: {}';

const concurrency = (baseline: BaselineKind): string =>
  [
    'concurrency:',
    '  # A new commit replaces the run for the one before it; runs on main all count.',
    '  group: gatemark-${{ github.ref }}',
    `  cancel-in-progress: ${baseline === 'live' ? 'true' : "${{ github.event_name == 'pull_request' }}"}`,
  ].join('\n');

const job = (setup: Setup): string => {
  const isLive = setup.baseline === 'live';
  return [
    'jobs:',
    '  gate:',
    '    runs-on: ubuntu-24.04',
    `    timeout-minutes: ${isLive ? 30 : 15}`,
    '    permissions:',
    '      contents: read # the configuration',
    ...ACTIONS_READ[setup.baseline],
    '      pull-requests: write # the comment',
    '    steps:',
    [checkout([]), ...beforeSteps(setup), ...startSteps(setup), gate(setup)].join('\n\n'),
  ].join('\n');
};

/** Without the right to look for a baseline, a gate says in each report that it could not. */
const ACTIONS_READ: Readonly<Record<BaselineKind, readonly string[]>> = {
  stored: ['      actions: read # finds and downloads the baseline'],
  live: [],
  none: ['      actions: read # looks for a baseline, and finds none'],
};

/** actions/checkout v6, by commit. */
const CHECKOUT = 'actions/checkout@8e8c483db84b4bee98b60c0593521ed34d9990e8 # v6';

const checkout = (more: readonly string[]): string =>
  [`      - uses: ${CHECKOUT}`, '        with:', ...more, '          persist-credentials: false'].join('\n');

/** The second gateway is started from the target branch, unless it runs somewhere already. */
const startsBaseline = ({ baseline, baselineUrl }: Setup): boolean => baseline === 'live' && baselineUrl === undefined;

const beforeSteps = (setup: Setup): readonly string[] =>
  startsBaseline(setup) ? [checkout(['          ref: ${{ github.base_ref }}', '          path: before'])] : [];

/** Whether this URL is one of the machine that asks. */
export const isLocal = (url: string): boolean => /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(new URL(url).hostname);

const startSteps = (setup: Setup): readonly string[] => {
  if (!isLocal(setup.gatewayUrl)) return [];
  if (!startsBaseline(setup))
    return [
      [
        '      # ---- REPLACE THIS STEP: build and start the gateway of this commit, and wait until it answers. ----',
        '      - name: Start the gateway',
        '        run: docker compose up --build --detach --wait',
        ...environment(setup),
      ].join('\n'),
    ];
  return [
    [
      '      # ---- REPLACE THESE STEPS: start both gateways, each with a cache of its own, and wait until they answer. ----',
      '      - name: Start the gateway of this pull request',
      '        run: docker compose --project-name after up --build --detach --wait',
      ...environment(setup, portOf(setup.gatewayUrl)),
      '      - name: Start the gateway of the target branch',
      '        run: docker compose --project-name before up --build --detach --wait',
      '        working-directory: before',
      ...environment(setup, portOf(besideUrl(setup.gatewayUrl))),
    ].join('\n'),
  ];
};

const portOf = (url: string): string => {
  const { port, protocol } = new URL(url);
  return port || (protocol === 'https:' ? '443' : '80');
};

/** Where the second gateway is started: on the port behind the first's. */
const besideUrl = (gatewayUrl: string): string => {
  const port = Number(portOf(gatewayUrl));
  const url = new URL(gatewayUrl);
  url.port = String(port === 65_535 ? port - 1 : port + 1);
  return url.href.replace(/\/+$/, '');
};

const secretLines = (setup: Setup): readonly string[] =>
  secretNames(setup).map((name) => `          ${name}: \${{ secrets.${name} }}`);

const environment = (setup: Setup, port?: string): readonly string[] => {
  const lines = [...(port === undefined ? [] : [`          GATEWAY_PORT: ${port}`]), ...secretLines(setup)];
  return lines.length === 0 ? [] : ['        env:', ...lines];
};

const gate = (setup: Setup): string => {
  const other = baselineUrlOf(setup);
  const urls = [setup.gatewayUrl, ...(other === undefined ? [] : [other])];
  const hosts = [...new Set(urls.map((url) => `${new URL(url).hostname}:${portOf(url)}`))];
  const secrets = secretLines(setup);
  return [
    '      # Pin it by commit, as above: a tag can be moved.',
    '      - uses: gatemark/gatemark@v0',
    '        with:',
    '          config: .github/gatemark.yml',
    `          gateway-url: ${workflowText(setup.gatewayUrl)}`,
    ...(other === undefined ? [] : [`          baseline-url: ${workflowText(other)}`]),
    '          # Load goes nowhere else, whatever a pull request writes into the configuration.',
    `          allowed-hosts: ${workflowText(hosts.join(', '))}`,
    ...FAIL_ON[setup.baseline],
    ...(secrets.length === 0
      ? []
      : ['        env:', '          # Pull requests from forks see no secrets.', ...secrets]),
  ].join('\n');
};

const FAIL_ON: Readonly<Record<BaselineKind, readonly string[]>> = {
  stored: [
    '          # What is merged was accepted: on main only SLOs fail, so that a slowdown that was meant becomes part of the',
    '          # baseline.',
    "          fail-on: ${{ github.event_name == 'pull_request' && 'slo,regression' || 'slo' }}",
  ],
  live: [],
  none: ['          fail-on: slo', '          save-baseline: never'],
};

/** The second gateway of a comparison side by side, the one beside the first if no other is named; undefined = none. */
export const baselineUrlOf = (setup: Setup): string | undefined => {
  if (setup.baseline !== 'live') return undefined;
  return setup.baselineUrl ?? besideUrl(setup.gatewayUrl);
};
