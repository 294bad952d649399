import type { Micros } from '../model/units.ts';
import type { GatewayConfig, HeaderConfig } from './config.ts';
import { isRecord, valueAt } from './config-source.ts';
import { DEFAULTS } from './defaults.ts';
import { readHeaders } from './read-headers.ts';
import { type Reading, readMap, readPlainText } from './reading.ts';
import { gatewaySchema } from './schema.ts';
import type { Path } from './source-document.ts';

/** The gateway, and the timeout of scenarios that set none. */
export interface GatewayReading {
  readonly gateway: GatewayConfig;
  readonly timeout: Micros;
  /** What of the URL must not be shown. */
  readonly secrets: readonly string[];
}

/** Reads `gateway`. What could not be read is reported and stands empty in the result. */
export const readGateway = (reading: Reading): GatewayReading => {
  const at: Path = ['gateway'];
  const read = readMap({ schema: gatewaySchema, at, except: ['headers'] }, reading);
  const written = readHeaders([...at, 'headers'], reading);
  // A file without any map says so itself.
  const isMap = isRecord(reading.source.value) && isRecord(valueAt(reading.source.value, at) ?? {});
  if (isMap && valueAt(reading.source.value, [...at, 'url']) === undefined)
    reading.report([...at, 'url'], 'is required', { allowed: `${URL_ALLOWED}, here or as the gateway-url input` });
  const target = read.url === undefined ? undefined : readUrl(read.url, [...at, 'url'], reading);
  const isAuthorized = written.some((header) => header.name === 'authorization');
  return {
    gateway: {
      url: target?.url ?? '',
      dialect: read.dialect ?? 'generic',
      headers: target?.credentials === undefined || isAuthorized ? written : [target.credentials, ...written],
      http2: read.http2 ?? false,
      ca: read.ca === undefined ? undefined : readAuthority(read.ca.file, [...at, 'ca', 'file'], reading),
    },
    timeout: read.timeout ?? DEFAULTS.timeout,
    secrets: target?.secrets ?? [],
  };
};

interface TargetReading {
  readonly url: string;
  readonly credentials: HeaderConfig | undefined;
  readonly secrets: readonly string[];
}

const URL_ALLOWED = 'an absolute URL such as https://gateway.example:8443/v1';

const readUrl = (text: string, at: Path, { source, plainEnv, report }: Reading): TargetReading | undefined => {
  // A URL from outside the file is taken as it is: a `${` in it is not ours to read.
  const isOverride = source.originOf(at).source === 'override';
  const resolved = isOverride ? text : readPlainText(text, at, { report, env: plainEnv });
  if (resolved === undefined) return undefined;
  const url = URL.parse(resolved.trim());
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    report(at, url === null ? 'is not a URL' : 'is not an http(s) URL', { allowed: URL_ALLOWED });
    return undefined;
  }
  const queried = [...url.searchParams.values()].filter((value) => value !== '');
  if (url.search !== '' || url.hash !== '')
    report(at, 'has a query or fragment, which would be lost behind the path of an endpoint', {
      allowed: `${URL_ALLOWED}; a query belongs into endpoint: {method, path}`,
    });
  const isAnonymous = url.username === '' && url.password === '';
  const credentials = isAnonymous ? undefined : basicAuthorization(url, at);
  return {
    url: `${url.origin}${url.pathname}`.replace(/\/+$/, ''),
    credentials: credentials?.header,
    secrets: [...queried, ...(credentials?.secrets ?? [])],
  };
};

/** RFC 7617; fetch, too, refuses credentials inside a URL. */
const basicAuthorization = (
  url: URL,
  at: Path,
): { readonly header: HeaderConfig; readonly secrets: readonly string[] } => {
  const [user, password] = [percentDecoded(url.username), percentDecoded(url.password)];
  const encoded = Buffer.from(`${user}:${password}`).toString('base64');
  const name = 'authorization';
  return {
    header: { name, value: [`Basic ${encoded}`], source: 'Basic (credentials of the URL)', at },
    // A user name beside a password is no secret, and often a common word; alone it is a token.
    secrets: [...new Set(password === '' ? [user, url.username, encoded] : [password, url.password, encoded])],
  };
};

const percentDecoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    // A stray % is a part of the password, as browsers have it.
    return text;
  }
};

const readAuthority = (written: string, at: Path, reading: Reading): string | undefined => {
  const path = readPlainText(written, at, reading);
  const pem = path === undefined ? undefined : reading.readFile(path);
  if (path !== undefined && pem === undefined) reading.report(at, 'the file cannot be read');
  if (pem !== undefined && !pem.includes('-----BEGIN CERTIFICATE-----'))
    reading.report(at, 'the file holds no PEM certificate', {
      allowed: 'a file with -----BEGIN CERTIFICATE-----',
    });
  return pem;
};
