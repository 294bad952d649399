import type { Config } from '../config/config.ts';
import type { Problem } from '../model/errors.ts';

const matches = (pattern: string, url: URL): boolean => {
  if (pattern.startsWith('*.')) {
    const [domain, port] = pattern.slice(1).split(':');
    return url.hostname.endsWith(domain!) && (port === undefined || port === portOf(url));
  }
  return pattern === url.hostname || pattern === `${url.hostname}:${portOf(url)}`;
};

const portOf = (url: URL): string => url.port || (url.protocol === 'https:' ? '443' : '80');

/**
 * Why load may not be sent to the configured gateway; undefined = it may. Patterns are `host`, `host:port`, or
 * `*.domain` for all its subdomains (not the domain itself); none = every host may.
 */
export const hostProblem = (config: Config, allowedHosts: readonly string[]): Problem | undefined => {
  const url = new URL(config.gateway.url);
  if (allowedHosts.length === 0 || allowedHosts.some((pattern) => matches(pattern, url))) return undefined;
  const { line } = config.originOf(['gateway', 'url']);
  return {
    file: config.file,
    line,
    path: 'gateway.url',
    message: 'this host is not among the allowed hosts, no load is sent to it',
    received: url.host,
    allowed: allowedHosts.join(', '),
  };
};
