import { createHmac } from 'node:crypto';
import { createRequire } from 'node:module';
import { type ChildServer, startChildServer } from './child-server.ts';

/** The account that every Azurite knows; its key is public: https://github.com/Azure/Azurite#default-storage-account */
const ACCOUNT = 'devstoreaccount1';
const KEY = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';
const CONTAINER = 'artifacts';

/** Query of an account SAS: https://learn.microsoft.com/rest/api/storageservices/create-account-sas */
const signature = (permissions: string): string => {
  const [version, services, types, expiry] = ['2019-12-12', 'b', 'sco', '2099-01-01T00:00:00Z'];
  const parts = [ACCOUNT, permissions, services, types, '', expiry, '', '', version, ''];
  const sig = createHmac('sha256', Buffer.from(KEY, 'base64')).update(parts.join('\n')).digest('base64');
  return String(new URLSearchParams({ sv: version!, ss: services!, srt: types!, sp: permissions, se: expiry!, sig }));
};

/** Azure's storage emulator, in memory, with the one container that artifacts lie in. */
export interface BlobStorage {
  readonly uploadUrl: (blob: string) => string;
  readonly downloadUrl: (blob: string) => string;
  stop(): Promise<void>;
}

export const startBlobStorage = async (folder: string): Promise<BlobStorage> => {
  const script = createRequire(import.meta.url).resolve('azurite/dist/src/blob/main.js');
  const flags = ['--inMemoryPersistence', '--skipApiVersionCheck', '--disableTelemetry', '--silent', '--blobPort', '0'];
  const child: ChildServer = await startChildServer(script, flags, folder);
  const container = `${child.origin}/${ACCOUNT}/${CONTAINER}`;
  const created = await fetch(`${container}?restype=container&${signature('rwc')}`, { method: 'PUT' });
  if (created.status !== 201) throw new Error(`no container: ${created.status} ${await created.text()}`);
  return {
    uploadUrl: (blob) => `${container}/${blob}?${signature('rcw')}`,
    downloadUrl: (blob) => `${container}/${blob}?${signature('r')}`,
    stop: () => child.stop(),
  };
};
