/**
 * Where a worker's entry is: beside this file in the sources, in a bundle folder of its own in dist/. The URL is kept from
 * the bundler's eyes, which would ship the worker's file unbundled.
 */
export const workerUrl = (name: 'load-worker' | 'provider-worker'): URL => {
  const here = import.meta.url;
  return new URL(here.endsWith('.ts') ? `${name}.ts` : `../${name}/index.js`, here);
};
