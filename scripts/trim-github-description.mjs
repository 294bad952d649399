/**
 * Cuts GitHub's official REST description down to the operations that the action uses, for the tests' validating proxy.
 *
 *   npm pack @octokit/openapi@23.0.2 && tar xzf octokit-openapi-23.0.2.tgz
 *   node scripts/trim-github-description.mjs package/generated/api.github.com.json test/fixtures/github/api.github.com.trimmed.json
 *
 * Schemas are kept whole, so that requests and answers are held to the original; prose and examples go. A path that the
 * action starts to use has to be added here: the proxy refuses what it does not know. The download of an artifact is not
 * in it, because the proxy would follow its redirect.
 */
import { readFileSync, writeFileSync } from 'node:fs';

/** Path → methods, as the description spells them. */
const OPERATIONS = {
  '/repos/{owner}/{repo}': ['get'],
  '/repos/{owner}/{repo}/actions/artifacts': ['get'],
  '/repos/{owner}/{repo}/actions/runs/{run_id}': ['get'],
  '/repos/{owner}/{repo}/actions/runs/{run_id}/artifacts': ['get'],
  '/repos/{owner}/{repo}/check-runs': ['post'],
  '/repos/{owner}/{repo}/check-runs/{check_run_id}': ['patch'],
  '/repos/{owner}/{repo}/collaborators/{username}/permission': ['get'],
  '/repos/{owner}/{repo}/commits/{commit_sha}/pulls': ['get'],
  '/repos/{owner}/{repo}/commits/{ref}/check-runs': ['get'],
  '/repos/{owner}/{repo}/issues/{issue_number}/comments': ['get', 'post'],
  '/repos/{owner}/{repo}/issues/comments/{comment_id}': ['patch'],
  '/repos/{owner}/{repo}/issues/{issue_number}/labels': ['get'],
  '/repos/{owner}/{repo}/issues/{issue_number}/timeline': ['get'],
  '/repos/{owner}/{repo}/pulls': ['get'],
};

const PROSE = new Set(['description', 'summary', 'example', 'examples', 'externalDocs', 'tags', 'x-github', 'title']);

/** Keys below `properties` are names of values, not words of the description language: `title` is kept there. */
const withoutProse = (node, isNameMap = false) => {
  if (Array.isArray(node)) return node.map((each) => withoutProse(each));
  if (node === null || typeof node !== 'object') return node;
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key]) => isNameMap || !PROSE.has(key))
      .map(([key, value]) => [key, withoutProse(value, !isNameMap && (key === 'properties' || key === 'schemas'))]),
  );
};

const referencesIn = (node) =>
  [...JSON.stringify(node).matchAll(/"\$ref":"#\/components\/([^/"]+)\/([^"]+)"/g)].map(([, kind, name]) => ({
    kind,
    name,
  }));

const [source, target] = process.argv.slice(2);
if (!source || !target) throw new Error('usage: trim-github-description.mjs SOURCE TARGET');
const whole = JSON.parse(readFileSync(source, 'utf8'));

const paths = {};
for (const [path, methods] of Object.entries(OPERATIONS)) {
  const { parameters } = whole.paths[path];
  paths[path] = parameters === undefined ? {} : { parameters };
  for (const method of methods) paths[path][method] = withoutProse(whole.paths[path][method]);
}

const components = {};
const open = referencesIn(paths);
while (open.length > 0) {
  const { kind, name } = open.pop();
  components[kind] ??= {};
  // Examples are prose that is referred to: nothing points at them any more once it is gone.
  if (components[kind][name] !== undefined) continue;
  components[kind][name] = withoutProse(whole.components[kind][name]);
  open.push(...referencesIn(components[kind][name]));
}

// Prism wants a description of every response; an empty one is one.
const operations = Object.values(paths).flatMap((item) => Object.values(item).filter((each) => each.responses));
for (const responses of [...operations.map((each) => each.responses), components.responses ?? {}])
  for (const response of Object.values(responses)) if (!response.$ref) response.description ??= '';

const { title, version, license } = whole.info;
const trimmed = {
  openapi: whole.openapi,
  info: { title, version, license },
  servers: whole.servers,
  paths,
  components,
};
const text = `${JSON.stringify(trimmed)}\n`;
writeFileSync(target, text);
console.log(`${target}: ${Object.keys(paths).length} paths, ${Math.round(text.length / 1024)} KiB`);
