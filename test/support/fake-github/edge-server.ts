import { createServer, type IncomingMessage, type Server, type ServerResponse, request as send } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { sendJson } from './rest-server.ts';
import type { Fault, GitHubState } from './state.ts';

/** The token that the fake takes; everything else is a 401. */
export const TOKEN = 'ghs_fakeTokenOfTheJob0123456789';

const takeFault = (state: GitHubState, request: IncomingMessage): Fault | undefined => {
  const fault = state.faults.find(
    (each) => each.times > 0 && each.path.test(request.url!) && (each.method ?? request.method) === request.method,
  );
  if (fault !== undefined) fault.times -= 1;
  return fault;
};

/** Passes a request on and resolves with the whole answer. The upstream's origin in links becomes the edge's. */
const forward = async (request: IncomingMessage, body: Buffer, upstream: string) => {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const { host: _, connection: __, ...headers } = request.headers;
    send(`${upstream}${request.url}`, { method: request.method, headers: { ...headers, connection: 'close' } }, resolve)
      .on('error', reject)
      .end(body);
  });
  const { connection: _, 'keep-alive': __, 'transfer-encoding': ___, ...headers } = answer.headers;
  if (typeof headers.link === 'string')
    headers.link = headers.link.replace(/<http:\/\/[^/]+/g, `<http://${request.headers.host}`);
  return { status: answer.statusCode!, headers, body: await buffer(answer) };
};

/** The proxy follows redirects itself, so the one that leads to the storage has to go around it. */
const REDIRECTED = /^\/repos\/[^/]+\/[^/]+\/actions\/artifacts\/\d+\/zip$/;

const serve = async (options: EdgeOptions, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const { state } = options;
  const upstream = REDIRECTED.test(request.url!) ? options.restUrl : options.upstream;
  const body = await buffer(request);
  state.requests.push(`${request.method} ${request.url}`);
  const fault = takeFault(state, request);
  const refuse = ({ status, headers, body: text }: Fault) =>
    sendJson(response, { status, headers: headers ?? {}, body: text ?? { message: `planted ${status}` } });
  if (fault !== undefined && !fault.after) return refuse(fault);
  if (!request.headers.authorization?.endsWith(` ${TOKEN}`))
    return sendJson(response, { status: 401, body: { message: 'Bad credentials' } });
  if (request.url === '/graphql')
    return sendJson(response, { status: 200, body: { data: { viewer: { login: state.viewer } } } });
  const answer = await forward(request, body, upstream);
  if (fault !== undefined) return refuse(fault);
  if (answer.body.includes('prism/errors#')) state.violations.push(`${request.method} ${request.url}: ${answer.body}`);
  response.writeHead(answer.status, answer.headers).end(answer.body);
};

export interface EdgeOptions {
  readonly state: GitHubState;
  /** Origin of what stands behind: the validating proxy, or the REST server itself. */
  readonly upstream: string;
  /** Origin of the REST server itself. */
  readonly restUrl: string;
}

/**
 * What a client talks to: checks the token, plants faults, keeps the log, answers the one GraphQL question, and passes
 * the rest on. It stands in front of the validating proxy, because limits and 5xx are in no endpoint's description.
 */
export const createEdgeServer = (options: EdgeOptions): Server =>
  createServer((request, response) => {
    serve(options, request, response).catch((error) =>
      sendJson(response, { status: 599, body: { message: String(error) } }),
    );
  });
