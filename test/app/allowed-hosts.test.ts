import { describe, expect, it } from 'vitest';
import { hostProblem } from '../../src/app/allowed-hosts.ts';
import type { Config } from '../../src/config/config.ts';

const configFor = (url: string): Config =>
  ({
    file: 'gatemark.yml',
    gateway: { url },
    originOf: () => ({ line: 4, path: ['gateway', 'url'], source: 'file' }),
  }) as unknown as Config;

describe('hostProblem', () => {
  it.each([
    ['no list allows every host', 'https://preview.example.com/v1', [], true],
    ['the host', 'https://preview.example.com/v1', ['preview.example.com'], true],
    ['the host among others', 'http://127.0.0.1:8080', ['localhost', '127.0.0.1'], true],
    ['host and port', 'http://127.0.0.1:8080', ['127.0.0.1:8080'], true],
    ['another port', 'http://127.0.0.1:8080', ['127.0.0.1:8081'], false],
    ['the default port of https', 'https://gw.example.com', ['gw.example.com:443'], true],
    ['the default port of http', 'http://gw.example.com', ['gw.example.com:443'], false],
    ['a subdomain', 'https://pr-7.preview.example.com', ['*.example.com'], true],
    ['a wildcard is not the domain itself', 'https://example.com', ['*.example.com'], false],
    ['a wildcard does not match a longer name', 'https://evilexample.com', ['*.example.com'], false],
    ['the name as a prefix', 'https://preview.example.com.evil.net', ['preview.example.com'], false],
    ['the name as credentials', 'https://preview.example.com@evil.net', ['preview.example.com'], false],
    ['a wildcard with a port', 'https://a.example.com:8443', ['*.example.com:8443'], true],
    ['a wildcard with another port', 'https://a.example.com', ['*.example.com:8443'], false],
  ])('%s', (_, url, allowed, isAllowed) => {
    expect(hostProblem(configFor(url), allowed) === undefined).toBe(isAllowed);
  });

  it('names the place, the host and what is allowed', () => {
    expect(hostProblem(configFor('https://evil.net/v1'), ['a.example', 'b.example'])).toEqual({
      file: 'gatemark.yml',
      line: 4,
      path: 'gateway.url',
      message: 'this host is not among the allowed hosts, no load is sent to it',
      received: 'evil.net',
      allowed: 'a.example, b.example',
    });
  });
});
