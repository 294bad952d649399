import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The same request that the engine sends, without what changes from one to the next. */
export const PEER_BODY = JSON.stringify({
  model: 'bench-small',
  user: 'peer',
  messages: [{ role: 'user', content: 'Where is my parcel? (ticket 0123456789abcdef)' }],
  max_tokens: 100,
});

export const PATH = '/v1/chat/completions';

export const writeBody = (folder: string): string => write(folder, 'body.json', PEER_BODY);

/** wrk prints no p95 of its own; the script does. */
export const writeWrkScript = (folder: string): string =>
  write(
    folder,
    'wrk.lua',
    `wrk.method = "POST"
wrk.body = [[${PEER_BODY}]]
wrk.headers["Content-Type"] = "application/json"
function done(summary, latency, requests)
  io.write(string.format("percentiles %d %d %d\\n", latency:percentile(50), latency:percentile(95), latency:percentile(99)))
end
`,
  );

/** `perUser`: requests a second of each user; undefined = as fast as answers come. */
export const writeLocustFile = (
  folder: string,
  user: 'HttpUser' | 'FastHttpUser',
  perUser: number | undefined,
): string =>
  write(
    folder,
    'locustfile.py',
    `from locust import ${user}, constant, constant_throughput, task

BODY = ${JSON.stringify(PEER_BODY)}


class Bench(${user}):
    wait_time = ${perUser === undefined ? 'constant(0)' : `constant_throughput(${perUser})`}

    @task
    def chat(self):
        self.client.post("${PATH}", data=BODY, headers={"Content-Type": "application/json"})
`,
  );

/** From this many users a second on, artillery's users share connections; by default each opens its own. */
const SHARED_FROM = 500;

/** `rate`: users a second with one request each; else `users` with `loops` requests each. JSON is YAML. */
export const writeArtilleryScript = (
  folder: string,
  load: {
    readonly url: string;
    readonly connections: number;
    readonly duration: number;
    readonly rate: number | undefined;
    readonly loops: number;
  },
): string => {
  const { url, connections, duration, rate, loops } = load;
  const post = { post: { url: PATH, headers: { 'content-type': 'application/json' }, body: PEER_BODY } };
  const script = {
    config: {
      target: url,
      http: { timeout: 30, ...(rate !== undefined && rate < SHARED_FROM ? {} : { pool: connections }) },
      phases: [rate === undefined ? { duration: 1, arrivalCount: connections } : { duration, arrivalRate: rate }],
    },
    scenarios: [{ flow: rate === undefined ? [{ loop: [post], count: loops }] : [post] }],
  };
  return write(folder, 'artillery.yml', JSON.stringify(script));
};

const write = (folder: string, name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
