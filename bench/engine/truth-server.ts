import { writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

/**
 * The truth server where there is no C compiler: the same protocol and log as truth-server.c, whose head describes both.
 * Slower and less exact: its own event loop stands between the system and its times.
 */
const MAX_TOKENS = 1_000;
const LIFETIME_MS = 900_000;

const logFile = process.argv[2];
if (logFile === undefined) throw new Error('usage: truth-server LOG_FILE');

const ANSWER = JSON.stringify({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1_700_000_000,
  model: 'bench-model',
  choices: [
    {
      index: 0,
      message: { role: 'assistant', content: 'The parcel left the warehouse this morning.' },
      finish_reason: 'stop',
    },
  ],
  usage: { prompt_tokens: 24, completion_tokens: 8, total_tokens: 32 },
});
const event = (delta: object, reason: string | null): string => {
  const choices = [{ index: 0, delta, finish_reason: reason }];
  return `data: ${JSON.stringify({ id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1_700_000_000, model: 'bench-model', choices })}\n\n`;
};
const chunk = (text: string): string => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
const STREAM_HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n';
const TOKEN = chunk(event({ content: ' word' }, null));
const STREAM_END = `${chunk(`${event({}, 'stop')}data: [DONE]\n\n`)}0\r\n\r\n`;

const settings = { delay: 0n, interval: 10_000_000n, stallUntil: 0n, stallLength: 0n, stallAfter: 0 };
let records: bigint[] = [];
let tokens: bigint[] = [];

const now = (): bigint => process.hrtime.bigint();

/** Runs at that time or soon after it, but not during a stall. */
const at = (due: bigint, run: () => void): void => {
  const time = now();
  const until = due > settings.stallUntil ? due : settings.stallUntil;
  if (time >= until) run();
  else setTimeout(() => at(due, run), Number((until - time + 999_999n) / 1_000_000n));
};

const serve = (socket: Socket): void => {
  let text = '';
  let arrived = 0n;
  let busy = false;
  const take = (): void => {
    const end = text.indexOf('\r\n\r\n');
    if (busy || end < 0) return;
    const head = text.slice(0, end);
    const length = Number(/content-length: *(\d+)/i.exec(head)?.[1] ?? 0);
    if (text.length < end + 4 + length) return;
    const body = text.slice(end + 4, end + 4 + length);
    text = text.slice(end + 4 + length);
    busy = true;
    const received = arrived;
    if (settings.stallAfter > 0 && --settings.stallAfter === 0) settings.stallUntil = now() + settings.stallLength;
    answer(head, body, received);
  };
  const answer = (head: string, body: string, received: bigint): void => {
    const id = BigInt(/"user":"r(\d+)/.exec(body)?.[1] ?? -1);
    const old = head.includes(' HTTP/1.0');
    const keep = old ? /connection: *keep-alive/i.test(head) : !/connection: *close/i.test(head);
    const finish = (first: bigint, last: bigint, times: readonly bigint[]): void => {
      records.push(id, received, first, last, BigInt(times.length), BigInt(tokens.length));
      tokens.push(...times);
      busy = false;
      if (!keep) socket.end();
      else take();
    };
    if (/"stream": ?true/.test(body)) {
      const wanted = Math.max(1, Math.min(MAX_TOKENS, Number(/"max_tokens": ?(\d+)/.exec(body)?.[1] ?? 20)));
      const times: bigint[] = [];
      const next = (): void => {
        if (socket.destroyed) return;
        const isLast = times.length + 1 === wanted;
        times.push(now());
        socket.write(`${times.length === 1 ? STREAM_HEAD : ''}${TOKEN}${isLast ? STREAM_END : ''}`);
        if (isLast) finish(times[0]!, times.at(-1)!, times);
        else at(received + settings.delay + BigInt(times.length) * settings.interval, next);
      };
      at(received + settings.delay, next);
      return;
    }
    at(received + settings.delay, () => {
      if (socket.destroyed) return;
      const connection = keep ? (old ? 'Connection: keep-alive\r\n' : '') : 'Connection: close\r\n';
      const time = now();
      socket.write(
        `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n${connection}Content-Length: ${ANSWER.length}\r\n\r\n${ANSWER}`,
      );
      finish(time, time, []);
    });
  };
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  socket.on('data', (bytes) => {
    if (text === '') arrived = now();
    text += bytes.toString('latin1');
    take();
  });
};

const commands: Readonly<Record<string, (value: bigint, count: bigint) => void>> = {
  delay: (value) => {
    settings.delay = value * 1_000n;
  },
  interval: (value) => {
    settings.interval = value * 1_000n;
  },
  stall: (value, count) => {
    settings.stallLength = value * 1_000n;
    settings.stallAfter = Number(count);
  },
  reset: () => {
    records = [];
    tokens = [];
    settings.stallAfter = 0;
    settings.stallUntil = 0n;
  },
  dump: () => {
    const counts = [BigInt(records.length / 6), BigInt(tokens.length)];
    writeFileSync(logFile, BigInt64Array.from([...counts, ...records, ...tokens]));
  },
};

const server = createServer(serve);
server.listen(0, '127.0.0.1', 4_096, () => {
  const address = server.address();
  process.stdout.write(`listening ${typeof address === 'object' ? address?.port : 0}\n`);
});
const lifetime = setTimeout(() => process.exit(1), LIFETIME_MS).unref();
const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  const [name, value, count] = line.split(' ');
  const command = commands[name ?? ''];
  if (command === undefined) return;
  lifetime.refresh();
  command(BigInt(value ?? 0), BigInt(count ?? 0));
  process.stdout.write('ok\n');
});
lines.on('close', () => process.exit(0));
