import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
var __webpack_exports__ = {};

;// CONCATENATED MODULE: external "node:worker_threads"
const external_node_worker_threads_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:worker_threads");
;// CONCATENATED MODULE: ./build/adapters/clock/system-clock.js
/** A timer of the event loop has steps of 1 ms; it is set that much early, and the rest is waited for turn by turn. */
const TIMER_STEP = 1_000;
/**
 * Share of the time that may be spent waiting turn by turn. Waiting that way removes up to 1 ms of release lag, but from
 * about 500 arrivals a second it would keep a core busy, and then garbage collection and the responses compete with it.
 */
const TURNING_SHARE = 0.1;
/**
 * The machine's clock. `now` has the origin of the system's monotonic clock, so that all threads (and on Linux all
 * processes) agree on it. `schedule` runs its callback within a few tens of µs of `at` while timers are rare, and within
 * about 1 ms when they are dense; never early.
 */
const createSystemClock = () => {
    // performance.now() is cheaper than hrtime, but counts from the start of its thread.
    const origin = Number(process.hrtime.bigint()) / 1_000 - performance.now() * 1_000;
    const now = () => Math.round(origin + performance.now() * 1_000);
    const allowance = createAllowance();
    return {
        now,
        date: () => new Date(),
        schedule(at, run) {
            const alarm = new Alarm(at, run, now, allowance);
            return () => alarm.cancel();
        },
    };
};
const createAllowance = () => {
    let left = TIMER_STEP;
    let seen = 0;
    const grow = (now) => {
        if (seen > 0)
            left = Math.min(TIMER_STEP, left + (now - seen) * TURNING_SHARE);
        seen = now;
    };
    return {
        take(now) {
            grow(now);
            return left > 0;
        },
        spend(from, now) {
            left -= now - from;
        },
        left(now) {
            grow(now);
            return left;
        },
    };
};
/** One scheduled callback, through as many timers and turns as it takes. */
class Alarm {
    #timer;
    #turn;
    #at;
    #run;
    #now;
    #allowance;
    constructor(at, run, now, allowance) {
        this.#at = at;
        this.#run = run;
        this.#now = now;
        this.#allowance = allowance;
        this.#arm(now());
    }
    cancel() {
        clearTimeout(this.#timer);
        clearImmediate(this.#turn);
    }
    #arm(now) {
        const remaining = this.#at - now;
        if (remaining <= 0)
            this.#turn = setImmediate(this.#onTurn, now);
        else if (remaining <= TIMER_STEP && this.#allowance.take(now))
            this.#turn = setImmediate(this.#onTurn, now);
        else {
            const early = this.#allowance.left(now) > TIMER_STEP / 2 ? TIMER_STEP : 0;
            this.#timer = setTimeout(this.#onTimer, Math.max(1, Math.floor((remaining - early) / 1_000)));
        }
    }
    #onTimer = () => {
        const now = this.#now();
        if (now >= this.#at)
            this.#run();
        else
            this.#arm(now);
    };
    #onTurn = (from) => {
        const now = this.#now();
        if (from < this.#at)
            this.#allowance.spend(from, now);
        if (now >= this.#at)
            this.#run();
        else
            this.#arm(now);
    };
}

;// CONCATENATED MODULE: external "node:http2"
const external_node_http2_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http2");
;// CONCATENATED MODULE: external "node:tls"
const external_node_tls_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:tls");
;// CONCATENATED MODULE: ./build/model/units.js
/** Brands a number as microseconds and rounds it to a whole one. */
const units_micros = (value) => Math.round(value);
/** Milliseconds to microseconds. */
const fromMillis = (value) => units_micros(value * 1_000);
/** Seconds to microseconds. */
const fromSeconds = (value) => units_micros(value * 1_000_000);
/** Microseconds to milliseconds, unrounded. */
const toMillis = (value) => value / 1_000;
/** Microseconds to seconds, unrounded. */
const toSeconds = (value) => value / 1_000_000;
/** Brands a number as a share from 0 to 1. The caller guarantees the range. */
const units_ratio = (value) => value;

;// CONCATENATED MODULE: ./build/adapters/http/system-error.js
const MAX_LINE = 160;
/** The code of a system or TLS error; of several attempts (one an address), the first one's. */
const codeOf = (error) => {
    if (error instanceof AggregateError && error.errors[0] instanceof Error)
        return codeOf(error.errors[0]);
    const code = 'code' in error ? error.code : undefined;
    return typeof code === 'string' ? code : undefined;
};
/** One line that says what happened, without stack, at most 160 characters. */
const lineOf = (error) => {
    const first = error instanceof AggregateError && error.errors[0] instanceof Error ? error.errors[0] : error;
    return first.message.replace(/\s+/g, ' ').trim().slice(0, MAX_LINE) || (codeOf(error) ?? first.name);
};

;// CONCATENATED MODULE: ./build/adapters/http/http2-exchange.js


/** Sends the request, as soon as the connection is open, and tells the listener. Returns its cancel. */
const startHttp2Exchange = (parts) => {
    const exchange = new Http2Exchange(parts);
    if (parts.opened === undefined)
        exchange.start(undefined);
    else
        parts.opened.then((took) => exchange.start(took), (error) => exchange.fail({ kind: 'connect', detail: `no connection: ${lineOf(error)}` }));
    return () => exchange.cancel();
};
class Http2Exchange {
    #parts;
    #stream;
    #hasAnswered = false;
    #isOver = false;
    constructor(parts) {
        this.#parts = parts;
    }
    start(took) {
        if (this.#isOver)
            return;
        const { request, listener, clock, session, authority } = this.#parts;
        if (took !== undefined)
            listener.connected?.(took);
        const at = clock.now();
        try {
            this.#stream = session.request(headersOf(request, authority), { endStream: request.body === undefined });
        }
        catch (error) {
            // The request has no form in HTTP/2, or the connection has just gone.
            const kind = session.destroyed || session.closed ? 'connect' : 'protocol';
            this.fail({ kind, detail: `the request cannot be sent: ${lineOf(error)}` });
            return;
        }
        if (request.body !== undefined)
            this.#stream.end(request.body);
        listener.written(at);
        this.#listen(this.#stream);
    }
    cancel() {
        if (!this.#over())
            return;
        this.#stream?.on('error', () => { });
        this.#stream?.close(external_node_http2_namespaceObject.constants.NGHTTP2_CANCEL);
    }
    fail(failure) {
        const at = this.#parts.clock.now();
        if (this.#over())
            this.#parts.listener.failed(failure, at);
    }
    #listen(stream) {
        const { listener, clock } = this.#parts;
        let problem;
        stream.on('response', (headers, _flags, raw) => {
            const at = clock.now();
            this.#hasAnswered = true;
            if (!this.#isOver)
                listener.headers(Number(headers[':status']), flatHeaders(raw), at);
        });
        stream.on('data', (bytes) => {
            if (!this.#isOver)
                listener.chunk(bytes, clock.now());
        });
        let endedAt;
        stream.on('end', () => {
            endedAt = clock.now();
        });
        stream.on('error', (error) => {
            problem = error;
        });
        // A reset ends the readable side as well: whether the response is whole is only known when the stream is closed.
        stream.on('close', () => {
            const isWhole = endedAt !== undefined && this.#hasAnswered && problem === undefined && !stream.aborted;
            if (!isWhole || stream.rstCode !== external_node_http2_namespaceObject.constants.NGHTTP2_NO_ERROR)
                this.fail(this.#whyClosed(stream, problem));
            else if (this.#over())
                listener.end(endedAt);
        });
    }
    #whyClosed(stream, problem) {
        const code = RESET_NAMES[stream.rstCode ?? 0];
        const why = code === undefined || code === 'NO_ERROR' ? problem && lineOf(problem) : `the stream was reset (${code})`;
        const reason = why ?? 'the other side closed the connection';
        return this.#hasAnswered
            ? { kind: 'truncated', detail: `the response broke off: ${reason}` }
            : { kind: 'connect', detail: `closed before a byte came back: ${reason}` };
    }
    /** True the first time. */
    #over() {
        if (this.#isOver)
            return false;
        this.#isOver = true;
        this.#parts.onOver();
        return true;
    }
}
/** Names of RFC 9113 §7 by code. */
const RESET_NAMES = Object.fromEntries(Object.entries(external_node_http2_namespaceObject.constants)
    .filter(([name]) => /^NGHTTP2_(NO_ERROR|[A-Z_]*_ERROR|CANCEL|REFUSED_STREAM|STREAM_CLOSED|ENHANCE_YOUR_CALM|INADEQUATE_SECURITY|HTTP_1_1_REQUIRED)$/.test(name))
    .map(([name, code]) => [Number(code), name.replace('NGHTTP2_', '')]));
const headersOf = ({ method, path, headers }, authority) => {
    const all = { ':method': method, ':path': path, ':authority': authority };
    for (let index = 0; index + 1 < headers.length; index += 2) {
        const name = headers[index].toLowerCase();
        const known = all[name];
        all[name] = known === undefined ? headers[index + 1] : [known, headers[index + 1]].flat();
    }
    return all;
};
/** Without the pseudo-headers. */
const flatHeaders = (raw) => {
    const flat = [];
    for (let index = 0; index + 1 < raw.length; index += 2)
        if (!raw[index].startsWith(':'))
            flat.push(raw[index].toLowerCase(), raw[index + 1]);
    return flat;
};

;// CONCATENATED MODULE: ./build/model/errors.js
/** The one exception class of the program. The message never carries a secret; the hint says what to do next. */
class errors_GateError extends Error {
    name = 'GateError';
    code;
    hint;
    constructor(code, message, more = {}) {
        super(message, more.cause === undefined ? undefined : { cause: more.cause });
        this.code = code;
        this.hint = more.hint;
    }
}
/** A configuration with at least one problem. */
class ConfigError extends errors_GateError {
    problems;
    constructor(problems) {
        super('config', `${problems.length} problem${problems.length === 1 ? '' : 's'} in the configuration`);
        this.problems = problems;
    }
}

;// CONCATENATED MODULE: ./build/adapters/http/unreachable.js


const TRUST_HINT = 'Use a certificate that this machine trusts, or name the PEM file of its certificate authority in gateway.ca.file.';
const EXPLANATIONS = [
    [
        /^ECONNREFUSED$/,
        { reason: 'the connection was refused', hint: 'Is the gateway up, and does it listen on this host and port?' },
    ],
    [
        /^(ENOTFOUND|EAI_AGAIN|EAI_FAIL)$/,
        {
            reason: 'the host name does not resolve (DNS)',
            hint: 'Check the host in the gateway URL; is it public, or up already?',
        },
    ],
    [
        /^(ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT)$/,
        { reason: 'nothing answered in time', hint: 'Is a firewall in between, or the gateway in another network?' },
    ],
    [
        /^(EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)$/,
        { reason: 'there is no route to the host', hint: 'Can this machine reach the network of the gateway?' },
    ],
    [
        /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN)$/,
        { reason: 'its TLS certificate is self-signed and not trusted', hint: TRUST_HINT },
    ],
    [
        /^(UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT(_LOCALLY)?|CERT_UNTRUSTED)$/,
        { reason: 'its TLS certificate comes from an authority that is not trusted', hint: TRUST_HINT },
    ],
    [/^CERT_HAS_EXPIRED$/, { reason: 'its TLS certificate has expired', hint: 'Renew the certificate of the gateway.' }],
    [
        /^CERT_NOT_YET_VALID$/,
        { reason: 'its TLS certificate is not valid yet', hint: 'Check the clocks of this machine and of the gateway.' },
    ],
    [
        /^ERR_TLS_CERT_ALTNAME_INVALID$/,
        {
            reason: 'its TLS certificate is for another host name',
            hint: 'Use the host name that the certificate names in the gateway URL.',
        },
    ],
    [
        /^ERR_HTTP2_|NO_APPLICATION_PROTOCOL$/,
        {
            reason: 'it does not speak HTTP/2',
            hint: 'Take gateway.http2 out of the configuration, or turn HTTP/2 on in the gateway.',
        },
    ],
    [
        /^(EPROTO|ERR_SSL_.*)$/,
        { reason: 'it does not speak TLS as expected', hint: 'Is it http:// instead of https://, or the wrong port?' },
    ],
    [
        /^(ECONNRESET|UND_ERR_SOCKET|EPIPE)$/,
        { reason: 'it closed the connection while it was being opened', hint: 'Look into the log of the gateway.' },
    ],
];
const UNKNOWN = { reason: 'the connection failed', hint: 'Check the gateway URL.' };
/** The error for a gateway that took no connection. `origin` is scheme, host and port. */
const unreachable = (origin, cause) => {
    const code = codeOf(cause);
    const found = EXPLANATIONS.find(([pattern]) => code !== undefined && pattern.test(code));
    const { reason, hint } = found?.[1] ?? UNKNOWN;
    const suffix = code === undefined ? '' : ` (${code})`;
    return new errors_GateError('unreachable', `The gateway at ${origin} cannot be reached: ${reason}${suffix}.`, {
        hint,
        cause,
    });
};

;// CONCATENATED MODULE: ./build/adapters/http/http2-transport.js





const OPENING_LIMIT = fromMillis(4_000);
/** Streams at once on one connection where the gateway sets no limit: RFC 9113 §6.5.2 advises at least that many. */
const DEFAULT_STREAMS = 100;
/**
 * Connections to one gateway that speak HTTP/2, and nothing else: requests share a connection up to the number of streams
 * that the gateway allows at once, then a further one is opened. Over TLS it is agreed on by ALPN; over a plain
 * connection it is taken for granted ("prior knowledge").
 */
const createHttp2Transport = (target, clock, options = {}) => {
    const pool = new SessionPool(target, clock);
    return {
        warm: (count) => pool.warm(count, options.openingLimit ?? OPENING_LIMIT),
        send: (request, listener) => pool.send(request, listener),
        close: () => pool.close(),
    };
};
class SessionPool {
    #origin;
    #authority;
    #clock;
    #ca;
    #sessions = new Set();
    constructor(target, clock) {
        const url = new URL(target.url);
        this.#origin = url.origin;
        this.#authority = url.host;
        this.#clock = clock;
        this.#ca = target.ca;
    }
    async warm(count, within) {
        const took = [];
        const deadline = this.#clock.now() + within;
        for (let room = this.#room(); room < count; room = this.#room()) {
            try {
                took.push(await this.#openWithin(units_micros(Math.max(1_000, deadline - this.#clock.now()))));
            }
            catch (error) {
                // A gateway that takes some connections is reachable: what it refuses will show as errors of requests.
                if (this.#sessions.size === 0)
                    throw unreachable(this.#origin, error);
                return took;
            }
        }
        return took;
    }
    send(request, listener) {
        const known = this.#withRoom();
        const session = known ?? this.#create();
        session.open += 1;
        return startHttp2Exchange({
            request,
            authority: this.#authority,
            listener,
            clock: this.#clock,
            session: session.http2,
            opened: known?.took === undefined ? session.opened : undefined,
            onOver: () => {
                session.open -= 1;
            },
        });
    }
    async close() {
        await Promise.all([...this.#sessions].map(({ http2 }) => {
            if (http2.destroyed)
                return undefined;
            const closed = new Promise((resolve) => http2.once('close', resolve));
            http2.destroy();
            return closed;
        }));
    }
    /** Requests that the open connections could take now. */
    #room() {
        return [...this.#sessions].reduce((sum, session) => sum + roomOf(session), 0);
    }
    /** The connection with the least room, so that a load that needs few connections keeps to few. */
    #withRoom() {
        let best;
        for (const session of this.#sessions)
            if (roomOf(session) > 0 && (best === undefined || roomOf(session) < roomOf(best)))
                best = session;
        return best;
    }
    #create() {
        const startedAt = this.#clock.now();
        const http2 = (0,external_node_http2_namespaceObject.connect)(this.#origin, {
            ...(this.#ca === undefined
                ? {}
                : { secureContext: (0,external_node_tls_namespaceObject.createSecureContext)({ ca: [...(0,external_node_tls_namespaceObject.getCACertificates)('default'), this.#ca] }) }),
        });
        const opened = new Promise((resolve, reject) => {
            // The first settings of the peer say how many streams it takes.
            http2.once('remoteSettings', () => resolve(units_micros(this.#clock.now() - startedAt)));
            http2.once('error', reject);
            http2.once('close', () => reject(new Error('the connection was closed before HTTP/2 was agreed on')));
        });
        const session = { http2, opened, took: undefined, open: 0, isGone: false };
        this.#sessions.add(session);
        opened.then((took) => {
            session.took = took;
        }, () => this.#forget(session));
        http2.on('error', () => this.#forget(session));
        http2.on('goaway', () => this.#forget(session));
        http2.on('close', () => this.#forget(session));
        return session;
    }
    async #openWithin(within) {
        const session = this.#create();
        const timeout = setTimeout(() => {
            session.http2.destroy(Object.assign(new Error('no connection in time'), { code: 'ETIMEDOUT' }));
        }, toMillis(within));
        try {
            return await session.opened;
        }
        finally {
            clearTimeout(timeout);
        }
    }
    /** Requests on it may still end; it gets no more. */
    #forget(session) {
        session.isGone = true;
        this.#sessions.delete(session);
    }
}
const roomOf = ({ http2, open, isGone, took }) => {
    if (isGone || http2.closed || http2.destroyed)
        return 0;
    // Before its settings are known, a connection is for the request that opened it.
    const allowed = took === undefined ? 1 : (http2.remoteSettings.maxConcurrentStreams ?? DEFAULT_STREAMS);
    return Math.max(0, Math.min(allowed, DEFAULT_STREAMS) - open);
};

;// CONCATENATED MODULE: external "node:buffer"
const external_node_buffer_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:buffer");
;// CONCATENATED MODULE: external "node:net"
const external_node_net_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");
;// CONCATENATED MODULE: ./build/adapters/http/request-text.js

/** A request that HTTP/1.1 has no form for. The message is a clause. */
class InvalidRequest extends Error {
}
/** Heads kept at most. A scenario's steady headers come within its first requests; those rendered anew fill up the rest. */
const MAX_KEPT = 256;
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
const PATH = /^\/[\x21-\xff]*$/;
const ASCII = /^[\0-\x7f]*$/;
/** Headers that are not the caller's: they frame the message, or speak for the connection. */
const OWN = new Set([
    'host',
    'content-length',
    'transfer-encoding',
    'connection',
    'keep-alive',
    'upgrade',
    'expect',
    'te',
]);
/** Methods that say how long their body is even where there is none (RFC 9110 §8.6). */
const WITH_BODY = new Set(['POST', 'PUT', 'PATCH']);
/**
 * Writes requests to one host. Head and body become one piece: one system call, one segment. The head is kept by the
 * identity of the headers' array, which is the same for all requests of a tenant unless they hold templates.
 */
class RequestWriter {
    #host;
    #heads = new Map();
    /** `host`: as in the host header. */
    constructor(host) {
        this.#host = host;
    }
    /** Throws `InvalidRequest`. */
    write({ method, path, headers, body }) {
        const known = this.#heads.get(headers);
        const head = known?.path === path && known.method === method ? known : this.#head(method, path, headers);
        if (body === undefined)
            return { bytes: `${head.text}${WITH_BODY.has(method) ? 'content-length: 0\r\n' : ''}\r\n`, encoding: 'latin1' };
        const length = external_node_buffer_namespaceObject.Buffer.byteLength(body);
        const text = `${head.text}content-length: ${length}\r\n\r\n`;
        // ASCII throughout goes as latin1, which is copied and not transcoded.
        if (length === body.length)
            return { bytes: text + body, encoding: 'latin1' };
        if (head.isAscii)
            return { bytes: text + body, encoding: 'utf8' };
        return { bytes: external_node_buffer_namespaceObject.Buffer.concat([external_node_buffer_namespaceObject.Buffer.from(text, 'latin1'), external_node_buffer_namespaceObject.Buffer.from(body)]), encoding: 'utf8' };
    }
    #head(method, path, headers) {
        if (!TOKEN.test(method))
            throw new InvalidRequest('invalid request method');
        if (!PATH.test(path))
            throw new InvalidRequest('invalid request path');
        let text = `${method} ${path} HTTP/1.1\r\nhost: ${this.#host}\r\nconnection: keep-alive\r\n`;
        for (let index = 0; index + 1 < headers.length; index += 2) {
            const [name, value] = [headers[index], headers[index + 1]];
            if (!TOKEN.test(name) || OWN.has(name.toLowerCase()))
                throw new InvalidRequest(`invalid header name ${JSON.stringify(name)}`);
            if (!VALUE.test(value))
                throw new InvalidRequest(`invalid ${name} header`);
            text += `${name}: ${value}\r\n`;
        }
        const head = { method, path, text, isAscii: ASCII.test(text) };
        if (this.#heads.size < MAX_KEPT)
            this.#heads.set(headers, head);
        return head;
    }
}

;// CONCATENATED MODULE: ./build/adapters/http/header-names.js
/** A token of RFC 9110 §5.6.2. */
const header_names_TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
/** Names kept at most, so that a peer that makes them up costs no memory. */
const header_names_MAX_KEPT = 512;
const ROLES = new Map(['content-length', 'transfer-encoding', 'connection', 'keep-alive'].map((role) => [role, role]));
const kept = new Map();
/**
 * The name as it stands on the wire; undefined when it is none. Names repeat from response to response: one look-up
 * instead of check, lower case and a new string each.
 */
const headerName = (written) => kept.get(written) ?? learn(written);
const learn = (written) => {
    if (!header_names_TOKEN.test(written))
        return undefined;
    const name = written.toLowerCase();
    const header = { name, role: ROLES.get(name) ?? 'none' };
    if (kept.size < header_names_MAX_KEPT)
        kept.set(written, header);
    return header;
};

;// CONCATENATED MODULE: ./build/adapters/http/response-head.js


/** A character that no field value may hold, or a CR that ends no line. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const BAD_CHARACTER = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]|\r(?!\n)/;
/** Lines kept for comparison at most, and their length: what a peer may cost in memory. */
const MAX_KNOWN = 64;
const MAX_KNOWN_LINE = 1_024;
const STATUS_LINE = /^HTTP\/1\.([01]) (\d{3})(?: |\r\n$)/;
const DIGITS = /^\d{1,15}$/;
const KEEP_ALIVE_TIMEOUT = /timeout=\s*(\d+)/i;
/**
 * The heads of the responses on one connection, line by line.
 *
 * Most lines stand where they stood in the response before. They are compared as bytes, and then cost neither a search for
 * their end nor a new string nor a check: a response with nine lines takes 1.3 µs instead of 3.2, and 2.2 where one line
 * changes.
 */
class ResponseHead {
    status = 0;
    /** Flat: name in lower case, value, … */
    headers = [];
    #minor = 1;
    #contentLength = -1;
    #encoding;
    #connection = '';
    #keepAlive = '';
    #isTrailer = false;
    #knownStatus;
    /** By place. */
    #knownHeaders = [];
    reset() {
        this.status = 0;
        // Anew, not emptied: the listener keeps it.
        this.headers = [];
        this.#isTrailer = false;
        this.#contentLength = -1;
        this.#encoding = undefined;
        this.#connection = '';
        this.#keepAlive = '';
    }
    get contentLength() {
        return this.#contentLength;
    }
    /** The peer closes the connection after this response (RFC 9112 §9.3). */
    get closes() {
        if (this.#connection === '')
            return this.#minor === 0;
        const said = this.#connection.toLowerCase();
        return said.includes('close') || (this.#minor === 0 && !said.includes('keep-alive'));
    }
    /** Seconds that the peer says it keeps an idle connection; undefined when it does not say. */
    get keepAliveSeconds() {
        const found = this.#keepAlive === '' ? null : KEEP_ALIVE_TIMEOUT.exec(this.#keepAlive);
        return found === null ? undefined : Number(found[1]);
    }
    /** Takes the status line that begins at `at` if it is the last response's; returns its length, 0 when it is another. */
    takeKnownStatus(bytes, at) {
        const known = this.#knownStatus;
        if (known === undefined || !isAt(known.bytes, bytes, at))
            return 0;
        this.#minor = known.minor;
        this.status = known.status;
        return known.bytes.length;
    }
    /** Takes the header line that begins at `at` if it stood at this place before; returns its length, 0 when it is another. */
    takeKnownHeader(bytes, at) {
        const known = this.#knownHeaders[this.headers.length >> 1];
        if (known === undefined || !isAt(known.bytes, bytes, at))
            return 0;
        // What it means may clash with other lines now: then it is read like a new one, which says so.
        if (known.header.role !== 'none' && this.#apply(known.header, known.value) !== undefined)
            return 0;
        this.headers.push(known.header.name, known.value);
        return known.bytes.length;
    }
    /** Reads a status line, its CR LF included. Returns what is wrong, in words; undefined when nothing is. */
    readStatusLine(line) {
        if (line.at(-2) !== '\r')
            return line.startsWith('HTTP/') ? 'Missing expected CR after response line' : 'Expected HTTP/';
        const found = STATUS_LINE.exec(line);
        if (found === null)
            return whyNotStatus(line);
        this.#minor = found[1] === '0' ? 0 : 1;
        this.status = Number(found[2]);
        if (this.status < 100)
            return 'Invalid status code';
        if (line.length < MAX_KNOWN_LINE)
            this.#knownStatus = { bytes: external_node_buffer_namespaceObject.Buffer.from(line, 'latin1'), status: this.status, minor: this.#minor };
        return undefined;
    }
    /** What follows is the trailer section: checked like headers, and dropped. */
    startTrailer() {
        this.headers = [];
        this.#isTrailer = true;
        this.#contentLength = -1;
        this.#encoding = undefined;
    }
    /** Reads a header line, its CR LF included. Returns what is wrong, in words; undefined when nothing is. */
    readHeaderLine(line) {
        if (line.at(-2) !== '\r')
            return 'Missing expected CR after header value';
        if (BAD_CHARACTER.test(line))
            return 'Invalid header value char';
        const colon = line.indexOf(':');
        const header = colon === -1 ? undefined : headerName(line.slice(0, colon));
        if (header === undefined)
            return line.charCodeAt(0) <= 0x20 ? 'Folded header line' : 'Invalid header token';
        const value = trimBlanks(line, colon + 1, line.length - 2);
        const place = this.headers.length >> 1;
        if (!this.#isTrailer && place < MAX_KNOWN && line.length < MAX_KNOWN_LINE)
            this.#knownHeaders[place] = { bytes: external_node_buffer_namespaceObject.Buffer.from(line, 'latin1'), header, value };
        this.headers.push(header.name, value);
        return this.#apply(header, value);
    }
    framing(isHead) {
        if (isHead || this.status === 204 || this.status === 304)
            return 'none';
        if (this.#encoding !== undefined)
            return isChunked(this.#encoding) ? 'chunked' : 'until-close';
        if (this.#contentLength === -1)
            return 'until-close';
        return this.#contentLength === 0 ? 'none' : 'length';
    }
    /** A 204 or 304 that announces a body all the same may send it, too, which would look like the next response. */
    get announcesForbiddenBody() {
        return (this.status === 204 || this.status === 304) && (this.#contentLength > 0 || this.#encoding !== undefined);
    }
    #apply({ role }, value) {
        switch (role) {
            case 'none':
                return undefined;
            case 'content-length':
                return this.#readContentLength(value);
            case 'transfer-encoding':
                this.#encoding = value;
                return this.#framingProblem();
            case 'connection':
                this.#connection += `,${value}`;
                return undefined;
            case 'keep-alive':
                this.#keepAlive += `,${value}`;
                return undefined;
        }
    }
    #readContentLength(value) {
        if (this.#contentLength !== -1)
            return 'Content-Length already present';
        if (!DIGITS.test(value))
            return 'Invalid character in Content-Length';
        this.#contentLength = Number(value);
        return this.#framingProblem();
    }
    /** Both at once are how responses are smuggled (RFC 9112 §6.3, 3). */
    #framingProblem() {
        if (this.#encoding === undefined || this.#contentLength === -1)
            return undefined;
        return "Transfer-Encoding can't be present with Content-Length";
    }
}
/** The text between two places, without the spaces and tabs at its ends. */
const trimBlanks = (text, start, end) => {
    let [from, to] = [start, end];
    while (from < to && isBlank(text.charCodeAt(from)))
        from += 1;
    while (to > from && isBlank(text.charCodeAt(to - 1)))
        to -= 1;
    return text.slice(from, to);
};
const isAt = (line, bytes, at) => {
    if (at + line.length > bytes.length)
        return false;
    for (let index = 0; index < line.length; index++)
        if (bytes[at + index] !== line[index])
            return false;
    return true;
};
const isBlank = (code) => code === 0x20 || code === 0x09;
/** Only the last coding frames the message (RFC 9112 §6.1). */
const isChunked = (encoding) => encoding
    .slice(encoding.lastIndexOf(',') + 1)
    .trim()
    .toLowerCase() === 'chunked';
const whyNotStatus = (line) => {
    if (!line.startsWith('HTTP/'))
        return 'Expected HTTP/';
    return /^HTTP\/1\.[01]/.test(line) ? 'Invalid status code' : 'Invalid HTTP version';
};

;// CONCATENATED MODULE: ./build/adapters/http/response-parser.js

/** The longest head of a response, and the longest trailer section, in bytes: four times what undici takes by default. */
const MAX_HEAD = 64 * 1024;
const LF = 0x0a;
const CR = 0x0d;
const SEMICOLON = 0x3b;
const SPACE = 0x20;
const DELETE = 0x7f;
/** Digits of a chunk's size at most: more are no size that any machine holds. */
const MAX_SIZE = 2 ** 48;
/** Where in a response the parser stands. Up to `trailer` it reads lines. */
const PHASE = {
    status: 0,
    headers: 1,
    trailer: 2,
    length: 3,
    untilClose: 4,
    firstSizeDigit: 5,
    size: 6,
    extension: 7,
    sizeLf: 8,
    chunk: 9,
    chunkCr: 10,
    chunkLf: 11,
    complete: 12,
    failed: 13,
};
/**
 * A push parser of HTTP/1.1 responses over bytes, cut anywhere, one response at a time (RFC 9112). As strict as llhttp by
 * default: no folded lines, no bare CR or LF, no blank before a colon, no second content-length, none beside a
 * transfer-encoding. Trailers are checked and dropped.
 */
class ResponseParser {
    #sink;
    #head = new ResponseHead();
    #phase = PHASE.status;
    #isHead = false;
    /** The line under way, whose beginning came with earlier bytes. Put together only at its end, however many pieces there are. */
    #held = '';
    /** Bytes of the head (or trailer section) so far. */
    #headBytes = 0;
    /** Bytes left of the body or of its chunk. */
    #left = 0;
    #problem = '';
    #hasSurplus = false;
    constructor(sink) {
        this.#sink = sink;
    }
    /** Begins a new response. `isHead`: to a HEAD request, so that no body follows, whatever the headers say. */
    start(isHead) {
        this.#phase = PHASE.status;
        this.#isHead = isHead;
        this.#headBytes = 0;
        this.#hasSurplus = false;
        this.#held = '';
        this.#head.reset();
    }
    /** The response is whole. */
    get isComplete() {
        return this.#phase === PHASE.complete;
    }
    /** What is wrong, in words; undefined while nothing is. What is pushed after it is ignored. */
    get problem() {
        return this.#phase === PHASE.failed ? this.#problem : undefined;
    }
    /** Whether the connection can take another request after this (complete) response. */
    get isReusable() {
        return !this.#hasSurplus && !this.#head.closes && !this.#head.announcesForbiddenBody;
    }
    /** Seconds that the peer says it keeps an idle connection; undefined when it does not say. */
    get keepAliveSeconds() {
        return this.#head.keepAliveSeconds;
    }
    push(bytes) {
        let at = 0;
        while (at < bytes.length && this.#phase !== PHASE.failed) {
            if (this.#phase === PHASE.complete) {
                this.#hasSurplus = true;
                return;
            }
            if (this.#phase <= PHASE.trailer)
                at = this.#pushLine(bytes, at);
            else if (this.#phase === PHASE.length || this.#phase === PHASE.chunk)
                at = this.#pushCounted(bytes, at);
            else if (this.#phase === PHASE.untilClose) {
                this.#sink.onBody(at === 0 ? bytes : bytes.subarray(at));
                return;
            }
            else
                this.#readChunkFrame(bytes[at++]);
        }
    }
    /** The connection has ended: completes a body that nothing else ends. Returns what is missing, in words. */
    finish() {
        if (this.#phase === PHASE.untilClose)
            this.#phase = PHASE.complete;
        if (this.#phase === PHASE.complete)
            return undefined;
        return this.#phase === PHASE.length
            ? 'the connection closed before all bytes of the content-length had come'
            : 'the connection closed inside the response';
    }
    #pushCounted(bytes, at) {
        const end = Math.min(bytes.length, at + this.#left);
        const isAll = end - at === this.#left;
        this.#left -= end - at;
        if (isAll)
            this.#phase = this.#phase === PHASE.length ? PHASE.complete : PHASE.chunkCr;
        this.#sink.onBody(at === 0 && end === bytes.length ? bytes : bytes.subarray(at, end));
        return end;
    }
    /** Reads the line that begins at `at`, or as much of it as there is; returns where it stopped. */
    #pushLine(bytes, at) {
        const known = this.#held === '' ? this.#takeKnown(bytes, at) : 0;
        if (known > 0)
            return this.#count(known, at + known);
        const lf = bytes.indexOf(LF, at);
        const end = lf === -1 ? bytes.length : lf + 1;
        const before = this.#held.length;
        const line = this.#held + bytes.toString('latin1', at, end);
        this.#held = lf === -1 ? line : '';
        this.#count(end - at, end);
        if (this.#phase === PHASE.failed)
            return end;
        if (lf !== -1)
            this.#readLine(line);
        else if (this.#phase === PHASE.status && before < STATUS_START.length && !isStatusStart(line))
            this.#reject('Expected HTTP/');
        return end;
    }
    #takeKnown(bytes, at) {
        if (this.#phase === PHASE.headers)
            return this.#head.takeKnownHeader(bytes, at);
        if (this.#phase === PHASE.trailer)
            return 0;
        const length = this.#head.takeKnownStatus(bytes, at);
        if (length > 0)
            this.#phase = PHASE.headers;
        return length;
    }
    /** Counts bytes of the head; returns `next`. */
    #count(bytes, next) {
        this.#headBytes += bytes;
        if (this.#headBytes > MAX_HEAD)
            this.#fail('the response headers are larger than 64 KiB');
        return next;
    }
    /** Reads a line, its line end included. */
    #readLine(line) {
        const isBlank = line === '\r\n';
        if (this.#phase !== PHASE.status) {
            if (isBlank)
                this.#endHead();
            else
                this.#expect(this.#head.readHeaderLine(line));
            return;
        }
        // Empty lines in front of a response are passed over (RFC 9112 §2.2), as by llhttp.
        if (isBlank || line === '\n')
            return;
        this.#phase = PHASE.headers;
        this.#expect(this.#head.readStatusLine(line));
    }
    #expect(problem) {
        if (problem !== undefined)
            this.#reject(problem);
    }
    /** The blank line is read. */
    #endHead() {
        if (this.#phase === PHASE.trailer) {
            this.#phase = PHASE.complete;
            return;
        }
        const { status, headers } = this.#head;
        if (status === 101)
            this.#fail('an unexpected interim or upgrade response');
        else if (status < 200)
            this.start(this.#isHead);
        else {
            this.#startBody();
            this.#sink.onHead(status, headers);
        }
    }
    #startBody() {
        switch (this.#head.framing(this.#isHead)) {
            case 'none':
                this.#phase = PHASE.complete;
                break;
            case 'length':
                this.#phase = PHASE.length;
                this.#left = this.#head.contentLength;
                break;
            case 'chunked':
                this.#phase = PHASE.firstSizeDigit;
                break;
            case 'until-close':
                this.#phase = PHASE.untilClose;
                break;
        }
    }
    /** One byte of what stands around the chunks (RFC 9112 §7.1). */
    #readChunkFrame(byte) {
        switch (this.#phase) {
            case PHASE.firstSizeDigit:
                this.#left = 0;
                this.#readSize(byte, true);
                break;
            case PHASE.size:
                this.#readSize(byte, false);
                break;
            case PHASE.extension:
                if (byte === CR)
                    this.#phase = PHASE.sizeLf;
                else if (byte < SPACE || byte === DELETE)
                    this.#reject('Invalid character in chunk extensions');
                break;
            case PHASE.sizeLf:
                if (byte === LF)
                    this.#endSize();
                else
                    this.#reject('Expected LF after chunk size');
                break;
            case PHASE.chunkCr:
                if (byte === CR)
                    this.#phase = PHASE.chunkLf;
                else
                    this.#reject('Expected CR LF after chunk data');
                break;
            default:
                if (byte === LF)
                    this.#phase = PHASE.firstSizeDigit;
                else
                    this.#reject('Expected LF after chunk data');
        }
    }
    #readSize(byte, isFirst) {
        const digit = hexDigit(byte);
        if (digit >= 0) {
            this.#left = this.#left * 16 + digit;
            this.#phase = PHASE.size;
            if (this.#left >= MAX_SIZE)
                this.#reject('Chunk size overflow');
        }
        else if (!isFirst && byte === CR)
            this.#phase = PHASE.sizeLf;
        else if (!isFirst && byte === SEMICOLON)
            this.#phase = PHASE.extension;
        else
            this.#reject('Invalid character in chunk size');
    }
    #endSize() {
        if (this.#left > 0) {
            this.#phase = PHASE.chunk;
            return;
        }
        this.#phase = PHASE.trailer;
        this.#headBytes = 0;
        this.#head.startTrailer();
    }
    #reject(reason) {
        this.#fail(`not HTTP/1.1: ${reason}`);
    }
    #fail(problem) {
        this.#phase = PHASE.failed;
        this.#problem = problem;
    }
}
const STATUS_START = 'HTTP/1.';
/** Whether a status line, or an empty line in front of it, may begin like this. */
const isStatusStart = (text) => text === '\r' || STATUS_START.startsWith(text.slice(0, STATUS_START.length));
const hexDigit = (byte) => {
    if (byte >= 0x30 && byte <= 0x39)
        return byte - 0x30;
    const letter = byte | 0x20;
    return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
};

;// CONCATENATED MODULE: ./build/adapters/http/socket-connection.js



/**
 * A connection is given up that much before the time at which the peer says (`Keep-Alive: timeout=N`) that it will close
 * it, so that no request is written into a closing connection.
 */
const KEEP_ALIVE_MARGIN = fromSeconds(1);
/** One connection, with one request on it at a time. */
class SocketConnection {
    /** It lies among the idle ones. */
    isIdle = false;
    /** From then on the peer may close it at any moment. */
    usableUntil = Number.POSITIVE_INFINITY;
    #clock;
    #owner;
    #parser = new ResponseParser(this);
    #socket;
    #startedAt;
    #isReady = false;
    #isGone = false;
    /** A request that waits for the connection. */
    #waiting;
    #listener;
    /** Number of the request on it: who cancels an earlier one cancels nothing. */
    #turn = 0;
    #hasAnswered = false;
    /** Of the read under way: every call that it leads to has the same time, from before any parsing. */
    #at = 0;
    #onOpened;
    constructor(clock, owner, open) {
        this.#clock = clock;
        this.#owner = owner;
        this.#startedAt = clock.now();
        const { socket, readyEvent } = open((bytes) => this.#read(bytes));
        this.#socket = socket;
        socket.once(readyEvent, () => this.#ready());
        socket.on('end', () => this.#ended(undefined));
        socket.on('error', (error) => this.#ended(error));
        socket.on('close', () => this.#ended(undefined));
    }
    /** Tells, once, the µs that opening took, or why it failed. */
    whenOpened(tell) {
        this.#onOpened = tell;
    }
    /** Whether a request written at `now` has a chance. */
    isUsable(now) {
        return !this.#isGone && this.#socket.writable && now < this.usableUntil;
    }
    /** Writes the request, or keeps it until the connection is open. Returns the request's cancel. */
    send(request, isHead, listener) {
        this.#listener = listener;
        this.#hasAnswered = false;
        this.#parser.start(isHead);
        const turn = ++this.#turn;
        if (this.#isReady)
            this.#write(request);
        else
            this.#waiting = request;
        return () => {
            if (turn === this.#turn && this.#listener !== undefined)
                this.abandon();
        };
    }
    /** Closes it at once, whatever is on it; nothing more is told. */
    abandon() {
        this.#listener = undefined;
        this.#leave();
    }
    /** Resolves when its socket is closed. */
    close() {
        this.abandon();
        if (this.#socket.closed)
            return Promise.resolve();
        return new Promise((resolve) => this.#socket.once('close', () => resolve()));
    }
    onHead(status, headers) {
        this.#listener?.headers(status, headers, this.#at);
    }
    onBody(bytes) {
        this.#listener?.chunk(bytes, this.#at);
    }
    #ready() {
        if (this.#isGone)
            return;
        const took = units_micros(this.#clock.now() - this.#startedAt);
        this.#isReady = true;
        this.#onOpened?.(took);
        const request = this.#waiting;
        this.#waiting = undefined;
        if (request === undefined)
            return;
        this.#listener?.connected?.(took);
        if (!this.#isGone)
            this.#write(request);
    }
    #write(request) {
        const at = this.#clock.now();
        this.#socket.write(request.bytes, request.encoding);
        this.#listener?.written(at);
    }
    #read(bytes) {
        const at = this.#clock.now();
        if (this.#listener === undefined) {
            // Nobody asked for them: whatever comes next here could not be told from them.
            this.#leave();
            return;
        }
        this.#at = at;
        this.#hasAnswered = true;
        this.#parser.push(bytes);
        this.#conclude(at);
    }
    /** Ends the exchange if the parser has come to an end. */
    #conclude(at) {
        const { problem } = this.#parser;
        if (problem !== undefined)
            this.#fail({ kind: 'protocol', detail: problem }, at);
        else if (this.#parser.isComplete)
            this.#finish(at);
    }
    #finish(at) {
        const listener = this.#listener;
        if (listener === undefined)
            return;
        this.#listener = undefined;
        // First the connection is free again, so that what the listener sends from within `end` goes out on it at once.
        if (this.#canRest(at))
            this.#owner.rested(this);
        else
            this.#leave();
        listener.end(at);
    }
    /** An answer that came before its request was written in full leaves the rest of the request in the way. */
    #canRest(at) {
        if (this.#isGone || !this.#parser.isReusable || this.#socket.writableLength > 0)
            return false;
        const seconds = this.#parser.keepAliveSeconds;
        this.usableUntil = seconds === undefined ? Number.POSITIVE_INFINITY : at + fromSeconds(seconds) - KEEP_ALIVE_MARGIN;
        return this.usableUntil > at;
    }
    /** The peer closed it, or an error did. May be called again for the same end. */
    #ended(error) {
        const at = this.#clock.now();
        if (!this.#isReady)
            this.#onOpened?.(error ?? Object.assign(new Error(CLOSED), { code: 'ECONNRESET' }));
        if (this.#listener === undefined)
            this.#leave();
        else
            this.#fail(this.#failure(error), at);
    }
    /** Undefined = the end was what the response waited for. */
    #failure(error) {
        if (!this.#isReady)
            return { kind: 'connect', detail: `no connection: ${error === undefined ? CLOSED : lineOf(error)}` };
        if (!this.#hasAnswered)
            return { kind: 'connect', detail: `closed before a byte came back: ${closing(error)}` };
        if (error !== undefined)
            return { kind: 'truncated', detail: `the response broke off: ${closing(error)}` };
        const missing = this.#parser.finish();
        return missing === undefined ? undefined : { kind: 'truncated', detail: missing };
    }
    #fail(failure, at) {
        const listener = this.#listener;
        this.#listener = undefined;
        this.#leave();
        if (failure === undefined)
            listener?.end(at);
        else
            listener?.failed(failure, at);
    }
    #leave() {
        if (this.#isGone)
            return;
        this.#isGone = true;
        this.#waiting = undefined;
        this.#socket.destroy();
        this.#owner.gone(this);
    }
}
const CLOSED = 'the other side closed the connection';
const closing = (error) => {
    if (error === undefined)
        return CLOSED;
    return codeOf(error) === 'ECONNRESET' ? 'the other side reset the connection' : lineOf(error);
};

;// CONCATENATED MODULE: ./build/adapters/http/socket-transport.js







/** Connections that are opened at the same moment; more at once would be a burst of TLS handshakes before the test. */
const OPEN_AT_ONCE = 32;
/** How long opening connections may take in all before the gateway counts as unreachable. */
const socket_transport_OPENING_LIMIT = fromMillis(4_000);
/** Idle TCP connections are probed by the system after that long. */
const PROBE_AFTER_MS = 60_000;
/** Bytes that one read takes at most. */
const READ_BUFFER = 64 * 1024;
/**
 * Connections to one gateway on sockets of the platform: HTTP/1.1, one request at a time on each, TLS where the URL says so.
 * The connection that became idle last is used first: it is the one that the peer is least likely to have timed out, and
 * a load that needs few connections keeps to few.
 */
const createSocketTransport = (target, clock, options = {}) => {
    const pool = new ConnectionPool(target, clock);
    return {
        warm: (count) => pool.warm(count, options.openingLimit ?? socket_transport_OPENING_LIMIT),
        send: (request, listener) => pool.send(request, listener),
        close: () => pool.close(),
    };
};
class ConnectionPool {
    #origin;
    #clock;
    #openSocket;
    #writer;
    #idle = [];
    #open = new Set();
    constructor(target, clock) {
        const url = new URL(target.url);
        this.#origin = url.origin;
        this.#clock = clock;
        this.#openSocket = url.protocol === 'https:' ? secureSockets(url, target.ca) : plainSockets(url);
        this.#writer = new RequestWriter(url.host);
    }
    async warm(count, within) {
        const missing = count - this.#idle.length;
        const deadline = this.#clock.now() + within;
        const took = [];
        let failure;
        for (let left = missing; left > 0 && failure === undefined; left -= OPEN_AT_ONCE) {
            const remaining = Math.max(1_000, deadline - this.#clock.now());
            const opened = Array.from({ length: Math.min(left, OPEN_AT_ONCE) }, () => this.#openOne(remaining));
            for (const result of await Promise.allSettled(opened)) {
                if (result.status === 'fulfilled')
                    took.push(result.value);
                else
                    failure ??= result.reason;
            }
        }
        // A gateway that takes some connections is reachable: what it refuses will show as errors of requests.
        if (failure !== undefined && this.#idle.length === 0)
            throw unreachable(this.#origin, failure);
        return took;
    }
    send(request, listener) {
        let text;
        try {
            text = this.#writer.write(request);
        }
        catch (error) {
            if (!(error instanceof InvalidRequest))
                throw error;
            listener.failed({ kind: 'protocol', detail: `the request cannot be sent: ${error.message}` }, this.#clock.now());
            return () => { };
        }
        return this.#take().send(text, request.method === 'HEAD', listener);
    }
    async close() {
        await Promise.all([...this.#open].map((connection) => connection.close()));
    }
    rested(connection) {
        connection.isIdle = true;
        this.#idle.push(connection);
    }
    gone(connection) {
        if (connection.isIdle)
            this.#idle.splice(this.#idle.indexOf(connection), 1);
        connection.isIdle = false;
        this.#open.delete(connection);
    }
    /** The idle connection that was used last, or a new one. One that the peer has closed, or is about to, is closed here. */
    #take() {
        for (let last = this.#idle.pop(); last !== undefined; last = this.#idle.pop()) {
            last.isIdle = false;
            if (last.isUsable(this.#clock.now()))
                return last;
            last.abandon();
        }
        return this.#create();
    }
    #create() {
        const connection = new SocketConnection(this.#clock, this, this.#openSocket);
        this.#open.add(connection);
        return connection;
    }
    #openOne(within) {
        const connection = this.#create();
        return new Promise((resolve, reject) => {
            const timer = setTimeout(() => {
                reject(Object.assign(new Error('no connection in time'), { code: 'ETIMEDOUT' }));
                connection.abandon();
            }, toMillis(within));
            connection.whenOpened((result) => {
                clearTimeout(timer);
                if (result instanceof Error)
                    reject(result);
                else {
                    this.rested(connection);
                    resolve(result);
                }
            });
        });
    }
}
const tcpOptions = (url, defaultPort) => ({
    // The URL has an IPv6 address in brackets.
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? defaultPort : Number(url.port),
    noDelay: true,
    keepAlive: true,
    keepAliveInitialDelay: PROBE_AFTER_MS,
});
const plainSockets = (url) => {
    const options = tcpOptions(url, 80);
    // Reads are handed over one after the other, so all connections can share one buffer; on Windows the system holds on to
    // the buffer of each read under way.
    const shared = external_node_buffer_namespaceObject.Buffer.allocUnsafeSlow(READ_BUFFER);
    const buffer = process.platform === 'win32' ? () => external_node_buffer_namespaceObject.Buffer.allocUnsafeSlow(READ_BUFFER) : () => shared;
    return (onBytes) => {
        const read = buffer();
        const onread = {
            buffer: read,
            callback: (length) => {
                onBytes(read.subarray(0, length));
                return true;
            },
        };
        return { socket: (0,external_node_net_namespaceObject.connect)({ ...options, onread }), readyEvent: 'connect' };
    };
};
/** One context for all connections: building it parses every root certificate, which takes milliseconds. */
const secureSockets = (url, ca) => {
    const tcp = tcpOptions(url, 443);
    const options = {
        ...tcp,
        ALPNProtocols: ['http/1.1'],
        secureContext: (0,external_node_tls_namespaceObject.createSecureContext)(ca === undefined ? {} : { ca: [...(0,external_node_tls_namespaceObject.getCACertificates)('default'), ca] }),
        ...((0,external_node_net_namespaceObject.isIP)(tcp.host) === 0 ? { servername: tcp.host } : {}),
    };
    let session;
    return (onBytes) => {
        const socket = (0,external_node_tls_namespaceObject.connect)({ ...options, ...(session === undefined ? {} : { session }) });
        socket.on('session', (latest) => {
            session = latest;
        });
        socket.on('data', onBytes);
        return { socket: socket, readyEvent: 'secureConnect' };
    };
};

;// CONCATENATED MODULE: ./build/adapters/http/connect-transport.js


/** A transport to a gateway, in the version of HTTP that its configuration asks for. */
const connectTransport = (target, clock) => target.http2 === true ? createHttp2Transport(target, clock) : createSocketTransport(target, clock);

;// CONCATENATED MODULE: ./build/adapters/load-thread/serve-load.js

/** The thread's side of `createLoadThread`: runs the plan, tells progress and result, and hears when to start and of an abort. */
const serveLoad = async (plan, owner, run) => {
    const say = (message, handedOver = []) => owner.postMessage(message, handedOver);
    const controller = new AbortController();
    const start = Promise.withResolvers();
    owner.on('message', (message) => {
        if (message.kind === 'abort')
            controller.abort(message.reason);
        else
            start.resolve(message.at);
    });
    const whenToStart = () => {
        say({ kind: 'ready' });
        return start.promise;
    };
    try {
        const onProgress = (progress) => say({ kind: 'progress', progress });
        const result = await run(plan, { signal: controller.signal, onProgress, whenToStart });
        say({ kind: 'result', result }, [...countersIn(result)]);
    }
    catch (error) {
        say(failure(error));
    }
};
/** The memory of its histograms, several MB of a long burst: the owner takes it over, where it would copy it twice. */
const countersIn = (value, found = new Set()) => {
    if (value instanceof Float64Array || value instanceof Uint32Array) {
        // The empty ones share theirs.
        if (value.length > 0)
            found.add(value.buffer);
    }
    else if (typeof value === 'object' && value !== null)
        for (const part of Object.values(value))
            countersIn(part, found);
    return found;
};
const failure = (error) => {
    const known = error instanceof errors_GateError ? error : new errors_GateError('internal', 'the load engine failed', { cause: error });
    const { code, message, hint, cause } = known;
    // The stack names the place, which the message of an internal fault alone does not.
    const text = cause instanceof Error ? (code === 'internal' ? cause.stack : cause.message) : undefined;
    return { kind: 'failed', code, message, hint, cause: text };
};

;// CONCATENATED MODULE: external "node:perf_hooks"
const external_node_perf_hooks_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:perf_hooks");
;// CONCATENATED MODULE: ./build/stats/bucket-layout.js
/**
 * The bucket layout of HdrHistogram (http://hdrhistogram.org) for values from 1 µs to 1 h with 3 significant digits:
 * 2048 buckets of width 1 for the values below 2048, then 1024 buckets for every doubling, so that a bucket is never
 * wider than 0.1 % of its values. The numbers here are those of `Histogram(1, 3600000000, 3)` in the reference
 * implementation, which is what makes the encoded form readable by other tools.
 */
const LOWEST_VALUE = 1;
const bucket_layout_HIGHEST_VALUE = 3_600_000_000;
const SIGNIFICANT_DIGITS = 3;
const HALF_MAGNITUDE = 10;
const HALF_COUNT = 1 << HALF_MAGNITUDE;
/** Bucket of a value, µs. The value is a whole number (a fraction is cut off) from 0 to 2³² − 1; the caller clamps. */
const bucket_layout_bucketOf = (value) => {
    const shift = Math.max(0, 31 - HALF_MAGNITUDE - Math.clz32(value));
    return (shift << HALF_MAGNITUDE) + (value >>> shift);
};
/** How many buckets the layout has; every index is below it. */
const BUCKET_COUNT = 23 * HALF_COUNT;
/** Values of one bucket differ by less than this, µs: 1 below 2048, then doubling. */
const bucketWidth = (index) => 2 ** shiftOf(index);
/** Smallest value of a bucket, µs. */
const bucket_layout_lowestOf = (index) => (index - shiftOf(index) * HALF_COUNT) * bucketWidth(index);
/** Largest whole value of a bucket, µs: what HdrHistogram calls the highest equivalent value. */
const highestOf = (index) => bucket_layout_lowestOf(index) + bucketWidth(index) - 1;
/** The value that stands for a bucket in a mean, µs: what HdrHistogram calls the median equivalent value. */
const bucket_layout_middleOf = (index) => bucket_layout_lowestOf(index) + Math.floor(bucketWidth(index) / 2);
const shiftOf = (index) => (index < 2 * HALF_COUNT ? 0 : Math.floor(index / HALF_COUNT) - 1);

;// CONCATENATED MODULE: ./build/stats/histogram.js


/** The histogram without a value. */
const EMPTY_HISTOGRAM = { indexes: new Uint32Array(0), counts: new Float64Array(0) };
/** Counters come in chunks of this many buckets: a quarter of a doubling above 2 ms. */
const CHUNK_BITS = 8;
const CHUNK_SIZE = 1 << CHUNK_BITS;
const CHUNK_MASK = CHUNK_SIZE - 1;
/**
 * Counts durations as they come. `record` takes the same short time whatever was recorded before, and allocates nothing
 * but the first time that a value falls into a chunk of 256 buckets (1 kB). Memory therefore follows the span of the
 * values (a few kB for one block of one metric) and not the 94 kB of the full layout, nor the number of values.
 */
class HistogramRecorder {
    #chunks = new Array(BUCKET_COUNT / CHUNK_SIZE).fill(undefined);
    #count = 0;
    #clamped = 0;
    /**
     * Counts one duration, µs; a fraction is cut off. What lies outside 1 µs to 1 h counts as the nearer end. A negative
     * value, one above 1 h and NaN (counted as 1 µs) are also counted as `clamped`; 0 is merely below the resolution.
     */
    record(us) {
        let value = us;
        if (!(us >= LOWEST_VALUE && us <= bucket_layout_HIGHEST_VALUE)) {
            if (!(us >= 0 && us <= bucket_layout_HIGHEST_VALUE))
                this.#clamped += 1;
            value = us > bucket_layout_HIGHEST_VALUE ? bucket_layout_HIGHEST_VALUE : LOWEST_VALUE;
        }
        const bucket = bucket_layout_bucketOf(value);
        const at = bucket >>> CHUNK_BITS;
        let chunk = this.#chunks[at];
        if (chunk === undefined) {
            chunk = new Uint32Array(CHUNK_SIZE);
            this.#chunks[at] = chunk;
        }
        chunk[bucket & CHUNK_MASK] += 1;
        this.#count += 1;
    }
    /** Values recorded since the start or the last `reset`. A bucket holds at most 2³² − 1 of them. */
    get count() {
        return this.#count;
    }
    /** How many of them were NaN, negative or above 1 h. */
    get clamped() {
        return this.#clamped;
    }
    /** What has been recorded so far, as data of its own. */
    snapshot() {
        const first = this.#chunks.findIndex((chunk) => chunk !== undefined);
        if (first < 0)
            return EMPTY_HISTOGRAM;
        const end = this.#chunks.findLastIndex((chunk) => chunk !== undefined) + 1;
        const dense = cleared((end - first) * CHUNK_SIZE);
        for (let at = first; at < end; at++) {
            const chunk = this.#chunks[at];
            if (chunk !== undefined)
                dense.set(chunk, (at - first) * CHUNK_SIZE);
        }
        return fromDense(dense, first * CHUNK_SIZE);
    }
    /** Forgets all values; the chunks stay, for a block like the one before it. */
    reset() {
        for (const chunk of this.#chunks)
            chunk?.fill(0);
        this.#count = 0;
        this.#clamped = 0;
    }
}
/** The values of all of them together; exact, and the same in any order. No histogram, or only empty ones → the empty one. */
const addHistograms = (histograms) => {
    const filled = histograms.filter((each) => each.indexes.length > 0);
    if (filled.length < 2)
        return filled[0] ?? EMPTY_HISTOGRAM;
    const first = Math.min(...filled.map((each) => each.indexes[0]));
    const last = Math.max(...filled.map((each) => each.indexes.at(-1)));
    const dense = cleared(last - first + 1);
    for (const { indexes, counts } of filled)
        for (let i = 0; i < indexes.length; i++)
            dense[indexes[i] - first] += counts[i];
    return fromDense(dense, first);
};
const scratch = new Float64Array(BUCKET_COUNT);
/** That many counters of 0, until it is called again: made anew for each of hundreds of sums, they were several MB of garbage. */
const cleared = (length) => scratch.subarray(0, length).fill(0);
/** Turns counters of consecutive buckets, from bucket `first` on, into a histogram. */
const fromDense = (dense, first = 0) => {
    let used = 0;
    for (let i = 0; i < dense.length; i++)
        if (dense[i] > 0)
            used++;
    const indexes = new Uint32Array(used);
    const counts = new Float64Array(used);
    let next = 0;
    for (let i = 0; i < dense.length; i++) {
        if (dense[i] <= 0)
            continue;
        indexes[next] = first + i;
        counts[next++] = dense[i];
    }
    return { indexes, counts };
};
/** How many values it holds. */
const countOf = ({ counts }) => {
    let sum = 0;
    for (let i = 0; i < counts.length; i++)
        sum += counts[i];
    return sum;
};
/**
 * The quantile by HdrHistogram's convention: the highest value equivalent to the ⌈q·n⌉-th smallest (at least the
 * first), so at most 0.1 % above the value recorded. `q` from 0 to 1; 1 is the maximum. Empty → undefined.
 */
const quantile = (histogram, q) => {
    const total = countOf(histogram);
    if (total === 0)
        return undefined;
    const exact = q * total;
    // q·n can come out one rounding error above the whole number that it is (0.95 · 20); that must not skip a value.
    const rank = Math.min(total, Math.max(1, Math.ceil(exact - exact * Number.EPSILON)));
    let seen = 0;
    for (let i = 0; i < histogram.counts.length; i++) {
        seen += histogram.counts[i];
        if (seen >= rank)
            return units_micros(highestOf(histogram.indexes[i]));
    }
    return maximum(histogram);
};
/** Mean, µs, unrounded: each value counts as the middle of its bucket (within 0.05 %). Empty → undefined. */
const mean = (histogram) => {
    const total = countOf(histogram);
    if (total === 0)
        return undefined;
    return histogram.counts.reduce((sum, count, i) => sum + count * middleOf(histogram.indexes[i]), 0) / total;
};
/** Highest value equivalent to the largest one recorded. Empty → undefined. */
const maximum = (histogram) => {
    const last = histogram.indexes.at(-1);
    return last === undefined ? undefined : units_micros(highestOf(last));
};
/** Lowest value equivalent to the smallest one recorded. Empty → undefined. */
const minimum = (histogram) => {
    const first = histogram.indexes[0];
    return first === undefined ? undefined : micros(lowestOf(first));
};
/** Values at or below `us`, or equivalent to it: a bucket counts whole. */
const countAtOrBelow = (histogram, us) => {
    if (us < 0)
        return 0;
    const limit = bucketOf(Math.min(us, HIGHEST_VALUE));
    let sum = 0;
    for (let i = 0; i < histogram.indexes.length && histogram.indexes[i] <= limit; i++)
        sum += histogram.counts[i];
    return sum;
};
/** Values above `us` and not equivalent to it. */
const countAbove = (histogram, us) => countOf(histogram) - countAtOrBelow(histogram, us);

;// CONCATENATED MODULE: external "node:fs"
const external_node_fs_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");
;// CONCATENATED MODULE: ./build/adapters/load-thread/machine-time.js

/** Where Linux keeps it; undefined on other systems, and where it cannot be read. */
const readMachineTime = () => {
    try {
        return parseMachineTime((0,external_node_fs_namespaceObject.readFileSync)('/proc/stat', 'latin1'));
    }
    catch {
        return undefined;
    }
};
/**
 * Reads the `cpu` line of `/proc/stat`: user, nice, system, idle, iowait, irq, softirq, steal (the guest times behind them are
 * already in user and nice). Undefined for a text without that line, or with fewer numbers.
 */
const parseMachineTime = (text) => {
    const ticks = /^cpu +([\d ]+)$/m.exec(text)?.[1]?.trim().split(/ +/).slice(0, 8).map(Number);
    if (ticks?.length !== 8)
        return undefined;
    return { total: ticks.reduce((sum, each) => sum + each, 0), stolen: ticks[7] };
};
/** Share of the machine's time that was stolen between two looks, 0–1; undefined when either is missing or no tick lies between. */
const stealBetween = (from, to) => {
    if (from === undefined || to === undefined || to.total <= from.total)
        return undefined;
    // The kernel may take a little stolen time back.
    return Math.min(1, Math.max(0, to.stolen - from.stolen) / (to.total - from.total));
};

;// CONCATENATED MODULE: ./build/adapters/load-thread/thread-vitals.js



/** How often the event loop is looked at. */
const SAMPLE_EVERY_MS = 10;
/**
 * The vitals of the thread that calls this. The loop's delay is that of something due every 10 ms, whatever became of the one
 * before: a loop blocked for 40 ms was 40, 30, 20 and 10 ms late, as it was for answers that came in that time. A timer's
 * own step of 1 ms is in it. Pauses for garbage collection are this thread's, as V8 tells them; steal is the whole machine's. Does not keep the
 * thread alive. `machineTime` is where steal is read from, `/proc/stat` by default.
 */
const createThreadVitals = (machineTime = readMachineTime) => {
    const delays = new HistogramRecorder();
    const pauses = new HistogramRecorder();
    const observer = new external_node_perf_hooks_namespaceObject.PerformanceObserver((list) => {
        for (const { duration } of list.getEntries())
            pauses.record(duration * 1_000);
    });
    let timer;
    let due = 0;
    let from = mark(machineTime);
    const schedule = (now) => {
        timer = setTimeout(sample, Math.max(1, due - now));
        timer.unref();
    };
    const sample = () => {
        const now = performance.now();
        for (; due <= now; due += SAMPLE_EVERY_MS)
            delays.record((now - due) * 1_000);
        schedule(now);
    };
    const take = () => {
        const to = mark(machineTime);
        const reading = {
            loopDelay: delays.snapshot(),
            gc: pauses.snapshot(),
            cpu: to.wall > from.wall ? (to.cpu - from.cpu) / (to.wall - from.wall) : undefined,
            steal: stealBetween(from.machine, to.machine),
        };
        delays.reset();
        pauses.reset();
        from = to;
        return reading;
    };
    return {
        start() {
            clearTimeout(timer);
            observer.observe({ entryTypes: ['gc'] });
            take();
            const now = performance.now();
            due = now + SAMPLE_EVERY_MS;
            schedule(now);
        },
        take,
        stop() {
            clearTimeout(timer);
            observer.disconnect();
        },
    };
};
const mark = (machineTime) => {
    const { user, system } = process.threadCpuUsage();
    return { wall: performance.now() * 1_000, cpu: user + system, machine: machineTime() };
};

;// CONCATENATED MODULE: ./node_modules/zod/v4/core/util.js

// functions
function assertEqual(val) {
    return val;
}
function assertNotEqual(val) {
    return val;
}
function toZod() {
    return (schema) => schema;
}
function assertIs(_arg) { }
function assertNever(_x) {
    throw new Error("Unexpected value in exhaustive check");
}
function assert(_) { }
function getEnumValues(entries) {
    const numericValues = Object.values(entries).filter((v) => typeof v === "number");
    const values = Object.entries(entries)
        .filter(([k, _]) => numericValues.indexOf(+k) === -1)
        .map(([_, v]) => v);
    return values;
}
function joinValues(array, separator = "|") {
    return array.map((val) => stringifyPrimitive(val)).join(separator);
}
function jsonStringifyReplacer(_, value) {
    if (typeof value === "bigint")
        return value.toString();
    return value;
}
// the accessor lives on a shared prototype: an own accessor makes every box a dictionary-mode object (~360 B and a slow load per read against ~100 B and an inlined getter here)
class Cached {
    constructor(getter) {
        this._getter = getter;
        this._value = undefined;
    }
    get value() {
        const getter = this._getter;
        if (getter !== undefined) {
            this._value = getter();
            this._getter = undefined;
        }
        return this._value;
    }
}
function cached(getter) {
    return new Cached(getter);
}
function nullish(input) {
    return input === null || input === undefined;
}
function cleanRegex(source) {
    const start = source.startsWith("^") ? 1 : 0;
    const end = source.endsWith("$") ? source.length - 1 : source.length;
    return source.slice(start, end);
}
function floatSafeRemainder(val, step) {
    const ratio = val / step;
    const roundedRatio = Math.round(ratio);
    // `val` and `step` each round to a double before the division rounds again, so a true decimal multiple's quotient can sit up to 1.5 of these scaled epsilons from the integer. A 1x tolerance therefore rejected 2.03 as a multiple of 0.07; 4x covers the worst case with margin.
    const tolerance = 4 * Number.EPSILON * Math.max(Math.abs(ratio), 1);
    if (Math.abs(ratio - roundedRatio) < tolerance)
        return 0;
    return ratio - roundedRatio;
}
const EVALUATING = /* @__PURE__*/ (/* unused pure expression or super */ null && (Symbol("evaluating")));
function defineLazy(object, key, getter) {
    let value = undefined;
    Object.defineProperty(object, key, {
        get() {
            if (value === EVALUATING) {
                // Circular reference detected, return undefined to break the cycle
                return undefined;
            }
            if (value === undefined) {
                value = EVALUATING;
                value = getter();
            }
            return value;
        },
        set(v) {
            Object.defineProperty(object, key, {
                value: v,
                // configurable: true,
            });
            // object[key] = v;
        },
        configurable: true,
    });
}
function objectClone(obj) {
    return Object.create(Object.getPrototypeOf(obj), Object.getOwnPropertyDescriptors(obj));
}
function util_assignProp(target, prop, value) {
    Object.defineProperty(target, prop, {
        value,
        writable: true,
        enumerable: true,
        configurable: true,
    });
}
/**
 * Whichever object a def's `shape` currently answers from: the one the caller passed until the first read, the frozen copy after it.
 *
 * Its keys and descriptors read without invoking anything, which is what lets a discriminated union check its discriminator, and the cycle walk read a shape, without resolving a getter that references the schema being constructed. A def that answers `shape` from an accessor of its own has none.
 */
function rawShape(def) {
    const desc = Object.getOwnPropertyDescriptor(def, "shape");
    return desc?.get ? desc.get.raw : desc?.value;
}
// where a builder reads its source's keys and descriptors, resolving only a shape a def answers for itself. A shape resolves by object spread, so only its enumerable keys are ever part of it.
function sourceShape(schema) {
    return rawShape(schema._zod.def) ?? schema._zod.def.shape;
}
// a key whose value is not settled yet, self-caching so every read after the first gets the same one
function deferProp(target, key, getter) {
    Object.defineProperty(target, key, {
        get() {
            const value = getter();
            util_assignProp(this, key, value);
            return value;
        },
        enumerable: true,
        configurable: true,
    });
}
// Writes a settled key. A plain assignment is much cheaper than `defineProperty` and produces the same descriptor, but it runs whatever setter already answers to the key — an accessor this shape deferred, or an inherited one, which `__proto__` has on every object and prototype pollution can add for any name.
function putProp(target, key, value) {
    if (key in target)
        util_assignProp(target, key, value);
    else
        target[key] = value;
}
/**
 * Copies `keys` of `source`'s shape onto `target`, each value passed through `wrap`.
 *
 * A key the source has resolved is copied through now, so the derived shape states it outright and nothing has to resolve it to learn what it holds. A key the source still defers stays deferred, and reads back through the source's own `shape`, so it resolves once and both shapes get that one schema.
 */
function mirrorShape(target, source, keys, wrap) {
    const raw = sourceShape(source);
    for (const key of keys) {
        const desc = Object.getOwnPropertyDescriptor(raw, key);
        if (!desc.enumerable)
            continue;
        if (desc.get) {
            deferProp(target, key, () => {
                const value = source._zod.def.shape[key];
                return wrap ? wrap(value, key) : value;
            });
        }
        else
            putProp(target, key, wrap ? wrap(desc.value, key) : desc.value);
    }
}
// same, for a plain shape a caller passed rather than a schema's
function mirrorProps(target, source) {
    for (const key of Reflect.ownKeys(source)) {
        const desc = Object.getOwnPropertyDescriptor(source, key);
        if (!desc.enumerable)
            continue;
        if (desc.get)
            deferProp(target, key, () => source[key]);
        else
            putProp(target, key, desc.value);
    }
}
function mergeDefs(...defs) {
    const mergedDescriptors = {};
    for (const def of defs) {
        const descriptors = Object.getOwnPropertyDescriptors(def);
        Object.assign(mergedDescriptors, descriptors);
    }
    return Object.defineProperties({}, mergedDescriptors);
}
function cloneDef(schema) {
    return mergeDefs(schema._zod.def);
}
function getElementAtPath(obj, path) {
    if (!path)
        return obj;
    return path.reduce((acc, key) => acc?.[key], obj);
}
function promiseAllObject(promisesObj) {
    const keys = Object.keys(promisesObj);
    const promises = keys.map((key) => promisesObj[key]);
    return Promise.all(promises).then((results) => {
        const resolvedObj = {};
        for (let i = 0; i < keys.length; i++) {
            resolvedObj[keys[i]] = results[i];
        }
        return resolvedObj;
    });
}
function randomString(length = 10) {
    const chars = "abcdefghijklmnopqrstuvwxyz";
    let str = "";
    for (let i = 0; i < length; i++) {
        str += chars[Math.floor(Math.random() * chars.length)];
    }
    return str;
}
function esc(str) {
    return JSON.stringify(str);
}
function slugify(input) {
    return input
        .toLowerCase()
        .trim()
        .replace(/[^\w\s-]/g, "")
        .replace(/[\s_-]+/g, "-")
        .replace(/^-+|-+$/g, "");
}
const captureStackTrace = ("captureStackTrace" in Error ? Error.captureStackTrace : (..._args) => { });
function util_isObject(data) {
    return typeof data === "object" && data !== null && !Array.isArray(data);
}
const util_allowsEval = /* @__PURE__*/ cached(() => {
    // Skip the probe under `jitless`: strict CSPs report the caught `new Function` as a `securitypolicyviolation` even though the throw is swallowed.
    if (globalConfig.jitless) {
        return false;
    }
    // @ts-ignore
    if (typeof navigator !== "undefined" && navigator?.userAgent?.includes("Cloudflare")) {
        return false;
    }
    try {
        const F = Function;
        new F("");
        return true;
    }
    catch (_) {
        return false;
    }
});
function isPlainObject(o) {
    if (util_isObject(o) === false)
        return false;
    // modified constructor
    const ctor = o.constructor;
    if (ctor === undefined)
        return true;
    if (typeof ctor !== "function")
        return true;
    // modified prototype
    const prot = ctor.prototype;
    if (util_isObject(prot) === false)
        return false;
    // ctor doesn't have static `isPrototypeOf`
    if (Object.prototype.hasOwnProperty.call(prot, "isPrototypeOf") === false) {
        return false;
    }
    return true;
}
function shallowClone(o) {
    if (isPlainObject(o))
        return { ...o };
    if (Array.isArray(o))
        return [...o];
    if (o instanceof Map)
        return new Map(o);
    if (o instanceof Set)
        return new Set(o);
    return o;
}
function numKeys(data) {
    let keyCount = 0;
    for (const key in data) {
        if (Object.prototype.hasOwnProperty.call(data, key)) {
            keyCount++;
        }
    }
    return keyCount;
}
const getParsedType = (data) => {
    const t = typeof data;
    switch (t) {
        case "undefined":
            return "undefined";
        case "string":
            return "string";
        case "number":
            return Number.isNaN(data) ? "nan" : "number";
        case "boolean":
            return "boolean";
        case "function":
            return "function";
        case "bigint":
            return "bigint";
        case "symbol":
            return "symbol";
        case "object":
            if (Array.isArray(data)) {
                return "array";
            }
            if (data === null) {
                return "null";
            }
            if (data.then && typeof data.then === "function" && data.catch && typeof data.catch === "function") {
                return "promise";
            }
            if (typeof Map !== "undefined" && data instanceof Map) {
                return "map";
            }
            if (typeof Set !== "undefined" && data instanceof Set) {
                return "set";
            }
            if (typeof Date !== "undefined" && data instanceof Date) {
                return "date";
            }
            // @ts-ignore
            if (typeof File !== "undefined" && data instanceof File) {
                return "file";
            }
            return "object";
        default:
            throw new Error(`Unknown data type: ${t}`);
    }
};
const propertyKeyTypes = /* @__PURE__*/ new Set(["string", "number", "symbol"]);
const primitiveTypes = /* @__PURE__*/ new Set([
    "string",
    "number",
    "bigint",
    "boolean",
    "symbol",
    "undefined",
]);
function escapeRegex(str) {
    return str.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
// zod-specific utils
function clone(inst, def, params) {
    const cl = new inst._zod.constr(def ?? inst._zod.def);
    if (!def || params?.parent)
        cl._zod.parent = inst;
    return cl;
}
function normalizeParams(_params) {
    const params = _params;
    if (!params)
        return {};
    if (typeof params === "string")
        return { error: () => params };
    if (params?.message !== undefined) {
        if (params?.error !== undefined)
            throw new Error("Cannot specify both `message` and `error` params");
        params.error = params.message;
    }
    delete params.message;
    if (typeof params.error === "string")
        return { ...params, error: () => params.error };
    return params;
}
function createTransparentProxy(getter) {
    let target;
    return new Proxy({}, {
        get(_, prop, receiver) {
            target ?? (target = getter());
            return Reflect.get(target, prop, receiver);
        },
        set(_, prop, value, receiver) {
            target ?? (target = getter());
            return Reflect.set(target, prop, value, receiver);
        },
        has(_, prop) {
            target ?? (target = getter());
            return Reflect.has(target, prop);
        },
        deleteProperty(_, prop) {
            target ?? (target = getter());
            return Reflect.deleteProperty(target, prop);
        },
        ownKeys(_) {
            target ?? (target = getter());
            return Reflect.ownKeys(target);
        },
        getOwnPropertyDescriptor(_, prop) {
            target ?? (target = getter());
            return Reflect.getOwnPropertyDescriptor(target, prop);
        },
        defineProperty(_, prop, descriptor) {
            target ?? (target = getter());
            return Reflect.defineProperty(target, prop, descriptor);
        },
    });
}
function stringifyPrimitive(value) {
    if (typeof value === "bigint")
        return value.toString() + "n";
    if (typeof value === "string")
        return `"${value}"`;
    return `${value}`;
}
function optionalKeys(shape) {
    return Object.keys(shape).filter((k) => {
        return shape[k]._zod.optin !== undefined && shape[k]._zod.optout === "optional";
    });
}
// Wrapped in a `@__PURE__` IIFE: esbuild never tree-shakes a top-level initializer that contains a member access on `Number`, so the bare object literal survived into every bundle.
const NUMBER_FORMAT_RANGES = /*@__PURE__*/ (() => ({
    safeint: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
    int32: [-2147483648, 2147483647],
    uint32: [0, 4294967295],
    float32: [-3.4028234663852886e38, 3.4028234663852886e38],
    float64: [-Number.MAX_VALUE, Number.MAX_VALUE],
}))();
const BIGINT_FORMAT_RANGES = {
    int64: [/* @__PURE__*/ BigInt("-9223372036854775808"), /* @__PURE__*/ BigInt("9223372036854775807")],
    uint64: [/* @__PURE__*/ BigInt(0), /* @__PURE__*/ BigInt("18446744073709551615")],
};
function pick(schema, mask) {
    const currDef = schema._zod.def;
    const checks = currDef.checks;
    const hasChecks = checks && checks.length > 0;
    if (hasChecks) {
        throw new Error(".pick() cannot be used on object schemas containing refinements");
    }
    const newShape = {};
    mirrorShape(newShape, schema, maskedKeys(schema, mask));
    return clone(schema, mergeDefs(currDef, { shape: newShape, checks: [] }));
}
// the mask keys that select something, checked against the source's shape without resolving it
function maskedKeys(schema, mask) {
    const raw = sourceShape(schema);
    const keys = [];
    // `for...in` skips symbols, so a symbol in the mask would select nothing
    for (const key of Reflect.ownKeys(mask)) {
        if (!Object.getOwnPropertyDescriptor(raw, key)?.enumerable) {
            throw new Error(`Unrecognized key: "${String(key)}"`);
        }
        if (mask[key])
            keys.push(key);
    }
    return keys;
}
function omit(schema, mask) {
    const currDef = schema._zod.def;
    const checks = currDef.checks;
    const hasChecks = checks && checks.length > 0;
    if (hasChecks) {
        throw new Error(".omit() cannot be used on object schemas containing refinements");
    }
    const omitted = new Set(maskedKeys(schema, mask));
    const newShape = {};
    mirrorShape(newShape, schema, Reflect.ownKeys(sourceShape(schema)).filter((key) => !omitted.has(key)));
    return clone(schema, mergeDefs(currDef, { shape: newShape, checks: [] }));
}
function extend(schema, shape) {
    if (!isPlainObject(shape)) {
        throw new Error("Invalid input to extend: expected a plain object");
    }
    const checks = schema._zod.def.checks;
    const hasChecks = checks && checks.length > 0;
    if (hasChecks) {
        // Only throw if new shape overlaps with existing shape. Use getOwnPropertyDescriptor to check key existence without accessing values
        const existingShape = sourceShape(schema);
        for (const key of Reflect.ownKeys(shape)) {
            if (Object.getOwnPropertyDescriptor(existingShape, key) !== undefined) {
                throw new Error("Cannot overwrite keys on object schemas containing refinements. Use `.safeExtend()` instead.");
            }
        }
    }
    return clone(schema, mergeDefs(schema._zod.def, { shape: extended(schema, shape) }));
}
// the source's keys, then the caller's overlaid on top
function extended(schema, shape) {
    const newShape = {};
    mirrorShape(newShape, schema, Reflect.ownKeys(sourceShape(schema)));
    mirrorProps(newShape, shape);
    return newShape;
}
function safeExtend(schema, shape) {
    if (!isPlainObject(shape)) {
        throw new Error("Invalid input to safeExtend: expected a plain object");
    }
    return clone(schema, mergeDefs(schema._zod.def, { shape: extended(schema, shape) }));
}
function merge(a, b) {
    if (!b?._zod?.def) {
        throw new Error("Invalid input to merge: expected an object schema. To merge a plain shape, use `.extend()`.");
    }
    if (a._zod.def.checks?.length) {
        throw new Error(".merge() cannot be used on object schemas containing refinements. Use .safeExtend() instead.");
    }
    const newShape = {};
    mirrorShape(newShape, a, Reflect.ownKeys(sourceShape(a)));
    mirrorShape(newShape, b, Reflect.ownKeys(sourceShape(b)));
    const def = mergeDefs(a._zod.def, {
        shape: newShape,
        get catchall() {
            return b._zod.def.catchall;
        },
        checks: b._zod.def.checks ?? [],
    });
    return clone(a, def);
}
function partial(Class, schema, mask, name = "partial") {
    const currDef = schema._zod.def;
    const checks = currDef.checks;
    const hasChecks = checks && checks.length > 0;
    if (hasChecks) {
        throw new Error(`.${name}() cannot be used on object schemas containing refinements`);
    }
    const selected = mask ? new Set(maskedKeys(schema, mask)) : undefined;
    const newShape = {};
    mirrorShape(newShape, schema, Reflect.ownKeys(sourceShape(schema)), Class &&
        ((value, key) => (selected && !selected.has(key) ? value : new Class({ type: "optional", innerType: value }))));
    return clone(schema, mergeDefs(schema._zod.def, { shape: newShape, checks: [] }));
}
function required(Class, schema, mask) {
    const selected = mask ? new Set(maskedKeys(schema, mask)) : undefined;
    const newShape = {};
    mirrorShape(newShape, schema, Reflect.ownKeys(sourceShape(schema)), (value, key) => 
    // overwrite with non-optional
    selected && !selected.has(key) ? value : new Class({ type: "nonoptional", innerType: value }));
    return clone(schema, mergeDefs(schema._zod.def, { shape: newShape }));
}
// invalid_type | too_big | too_small | invalid_format | not_multiple_of | unrecognized_keys | invalid_union | invalid_key | invalid_element | invalid_value | custom
function aborted(x, startIndex = 0) {
    if (x.aborted === true)
        return true;
    for (let i = startIndex; i < x.issues.length; i++) {
        if (x.issues[i]?.continue !== true) {
            return true;
        }
    }
    return false;
}
// Checks for explicit abort (continue === false), as opposed to implicit abort (continue === undefined). Used to respect `abort: true` in .refine() even for checks that have a `when` function.
function explicitlyAborted(x, startIndex = 0) {
    if (x.aborted === true)
        return true;
    for (let i = startIndex; i < x.issues.length; i++) {
        if (x.issues[i]?.continue === false) {
            return true;
        }
    }
    return false;
}
function prefixIssues(path, issues) {
    return issues.map((iss) => {
        var _a;
        (_a = iss).path ?? (_a.path = []);
        iss.path.unshift(path);
        return iss;
    });
}
function unwrapMessage(message) {
    return typeof message === "string" ? message : message?.message;
}
/* A check holds no link back to the schema it is attached to — the same check instance is shared by every clone of that schema — so the owner is stamped onto the issues a check just raised, at the only point where both are in scope. Runs on the failure path only; `start` is the issue count from before the check ran. */
/** The leading size checks of `defChecks` that set an upper bound, each paired with it. */
function sizeCaps(defChecks) {
    const caps = [];
    for (const ch of defChecks ?? []) {
        const d = ch._zod.def;
        // a later check may rewrite the value
        if (!/_(length|size)$|_equals$/.test(d.check))
            break;
        const max = d.maximum ?? d.length ?? d.size;
        if (max >= 0)
            caps.push([max, ch]);
    }
    return caps;
}
function attachSchema(issues, start, inst) {
    var _a;
    for (let i = start; i < issues.length; i++) {
        (_a = issues[i]).schema ?? (_a.schema = inst);
    }
}
function finalizeIssue(iss, ctx, config) {
    var _a;
    // A schema that raised an issue itself owns it outright, and outranks any stamp an enclosing check left in `attachSchema`. String formats and z.custom() are schema and check at once, so when they act as a check they defer to that stamp instead.
    const traits = iss.inst?._zod?.traits;
    if (traits?.has("$ZodType")) {
        if (traits.has("$ZodCheck"))
            (_a = iss).schema ?? (_a.schema = iss.inst);
        else
            iss.schema = iss.inst;
    }
    // Decreasing specificity, first map to return a message wins. `inst` is whatever raised the issue, so a check's own map outranks the owning schema's.
    const schemaError = iss.schema !== iss.inst ? iss.schema?._zod.def?.error : undefined;
    const message = iss.message
        ? iss.message
        : (unwrapMessage(iss.inst?._zod.def?.error?.(iss)) ??
            unwrapMessage(schemaError?.(iss)) ??
            unwrapMessage(ctx?.error?.(iss)) ??
            unwrapMessage(config.customError?.(iss)) ??
            unwrapMessage(config.localeError?.(iss)) ??
            "Invalid input");
    // an explicit own-key copy beats object rest with excluded keys, which v8 routes through a generic runtime call; Object.keys rather than for-in so an issue pushed with a prototype does not leak inherited keys, and an own __proto__ key is dropped rather than assigned through the setter
    const full = {};
    for (const k of Object.keys(iss)) {
        if (k === "inst" || k === "schema" || k === "continue" || k === "input" || k === "__proto__")
            continue;
        full[k] = iss[k];
    }
    full.path ?? (full.path = []);
    full.message = message;
    if (ctx?.reportInput) {
        full.input = iss.input;
    }
    return full;
}
function getSizableOrigin(input) {
    if (input instanceof Set)
        return "set";
    if (input instanceof Map)
        return "map";
    // @ts-ignore
    if (input instanceof File)
        return "file";
    return "unknown";
}
const highSurrogate = /[\uD800-\uDBFF]/;
// Code points in `str`: a surrogate pair counts once, a lone surrogate as itself. Hand-rolled because the string iterator allocates and runs ~250x slower on this path; the regex probe exits ~50x quicker for a string with no astral characters.
function codePointLength(str) {
    const units = str.length;
    if (!highSurrogate.test(str))
        return units;
    let count = units;
    for (let i = 0; i < units - 1; i++) {
        if ((str.charCodeAt(i) & 0xfc00) === 0xd800 && (str.charCodeAt(i + 1) & 0xfc00) === 0xdc00) {
            count--;
            i++;
        }
    }
    return count;
}
function getLengthableOrigin(input) {
    if (Array.isArray(input))
        return "array";
    if (typeof input === "string")
        return "string";
    return "unknown";
}
function parsedType(data) {
    const t = typeof data;
    switch (t) {
        case "number": {
            return Number.isNaN(data) ? "nan" : "number";
        }
        case "object": {
            if (data === null) {
                return "null";
            }
            if (Array.isArray(data)) {
                return "array";
            }
            const obj = data;
            if (obj && Object.getPrototypeOf(obj) !== Object.prototype && "constructor" in obj && obj.constructor) {
                return obj.constructor.name;
            }
        }
    }
    return t;
}
function util_issue(...args) {
    const [iss, input, inst] = args;
    if (typeof iss === "string") {
        return {
            message: iss,
            code: "custom",
            input,
            inst,
        };
    }
    return { ...iss };
}
function cleanEnum(obj) {
    return Object.entries(obj)
        .filter(([k, _]) => {
        // return true if NaN, meaning it's not a number, thus a string key
        return Number.isNaN(Number.parseInt(k, 10));
    })
        .map((el) => el[1]);
}
// Codec utility functions
function base64ToUint8Array(base64) {
    const binaryString = atob(base64);
    const bytes = new Uint8Array(binaryString.length);
    for (let i = 0; i < binaryString.length; i++) {
        bytes[i] = binaryString.charCodeAt(i);
    }
    return bytes;
}
function uint8ArrayToBase64(bytes) {
    let binaryString = "";
    for (let i = 0; i < bytes.length; i++) {
        binaryString += String.fromCharCode(bytes[i]);
    }
    return btoa(binaryString);
}
function base64urlToUint8Array(base64url) {
    const base64 = base64url.replace(/-/g, "+").replace(/_/g, "/");
    const padding = "=".repeat((4 - (base64.length % 4)) % 4);
    return base64ToUint8Array(base64 + padding);
}
function uint8ArrayToBase64url(bytes) {
    return uint8ArrayToBase64(bytes).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
}
function hexToUint8Array(hex) {
    const cleanHex = hex.replace(/^0x/, "");
    if (cleanHex.length % 2 !== 0) {
        throw new Error("Invalid hex string length");
    }
    const bytes = new Uint8Array(cleanHex.length / 2);
    for (let i = 0; i < cleanHex.length; i += 2) {
        bytes[i / 2] = Number.parseInt(cleanHex.slice(i, i + 2), 16);
    }
    return bytes;
}
function uint8ArrayToHex(bytes) {
    return Array.from(bytes)
        .map((b) => b.toString(16).padStart(2, "0"))
        .join("");
}
// instanceof
class Class {
    constructor(..._args) { }
}
//////////    PROTOTYPE INSTALLERS     //////////
//
// Members live on the prototype and materialize per instance on first read, which keeps own-property count under the step where V8 stops using inline slots. Changing anything here means re-measuring runtime, memory and bundle size together — see "The three axes" in AGENTS.md.
/**
 * Installs a trait's members on its prototype. Each value builds that member for the instance on first read; the built value shadows the accessor as an own property, so a detached `const { parse } = schema` keeps working.
 *
 * Call this from a `proto` initializer, which runs once per prototype — never per instance.
 */
function members(proto, table) {
    for (const key in table) {
        const desc = Object.getOwnPropertyDescriptor(table, key);
        // a getter installs as written, so it stays live: `description` reads through to the registry on every access. not enumerable: an object literal's is, and a prototype member never was
        if (desc.get)
            Object.defineProperty(proto, key, { ...desc, enumerable: false });
        // a method materializes bound on first read, which is what keeps a detached member working: `const opt = schema.optional; opt()`
        else
            defineBound(proto, key, desc.value);
    }
}
/** Shadows a prototype member with an own value, so a getter that builds from the instance runs once. */
function own(inst, key, value, enumerable = true) {
    Object.defineProperty(inst, key, { configurable: true, writable: true, enumerable, value });
    return value;
}
/** Like {@link own}, for a member that was never an own data property and has to stay out of `Object.keys`. */
function hide(inst, key, value) {
    return own(inst, key, value, false);
}
/** Adds members a table derives from the instance: each builds on first read and shadows as own data, and assignment shadows the same way, as when these were own properties. */
function derived(computes, table) {
    for (const key in computes) {
        const compute = computes[key];
        // an object literal's accessor is configurable and enumerable, and `members` copies the descriptor as written
        Object.defineProperty(table, key, {
            configurable: true,
            enumerable: true,
            get() {
                return own(this, key, compute(this));
            },
            set(value) {
                own(this, key, value);
            },
        });
    }
    return table;
}
function defineBound(proto, key, fn) {
    Object.defineProperty(proto, key, {
        configurable: true,
        get() {
            // vitest's spyOn calls a prototype getter bare to find the function it wraps, so a nullish receiver answers the raw method
            return this == null ? fn : own(this, key, fn.bind(this));
        },
        set(value) {
            own(this, key, value);
        },
    });
}
/** Returns the prototype to install on, or `undefined` if this group is already installed on it. */
function claim(inst, sentinel) {
    const proto = Object.getPrototypeOf(inst);
    // Runs on every construction, so `in` rather than the costlier `hasOwnProperty.call`. Sentinels are keys the group itself defines.
    return sentinel in proto ? undefined : proto;
}
// The internals whose init chain is installing. A second call for the same one is a derived constructor overriding its base, so it must not construct another schema in between or the override is dropped.
let installing;
// Set while a getter is running, so a value that resolved through a recursion break is not memoized. One shared descriptor shadows the key for the duration, which costs no per-key allocation.
let broke = false;
const breaker = {
    configurable: true,
    get() {
        broke = true;
        return undefined;
    },
};
/**
 * Installs a lazily-derived internal on the `_zod` prototype of `inst`'s
 * constructor, computed from the internals object itself and cached there on
 * first read. One accessor per constructor rather than one per instance.
 */
function defineLazyInternal(inst, key, compute) {
    const proto = Object.getPrototypeOf(inst._zod);
    if (key in proto && installing !== inst._zod) {
        // A repeat construction: everything is installed already. Cleared here so the reference is not held past the first construction of every type.
        installing = undefined;
        return;
    }
    installing = inst._zod;
    Object.defineProperty(proto, key, {
        configurable: true,
        get() {
            // Shadowed before computing so a re-entrant read from a recursive schema resolves to undefined instead of running the getter again.
            Object.defineProperty(this, key, breaker);
            const outer = broke;
            broke = false;
            try {
                const value = compute(this);
                // A result that resolved through a recursion break is recomputed once the graph is complete; everything else memoizes, undefined included.
                if (broke)
                    delete this[key];
                else
                    Object.defineProperty(this, key, { configurable: true, writable: true, value });
                broke = broke || outer;
                return value;
            }
            catch (err) {
                // A compute that threw memoizes nothing, so a later read runs it again and fails the same way. The shadow goes with it, since leaving it installed would answer undefined for every later read.
                delete this[key];
                broke = broke || outer;
                throw err;
            }
        },
        set(value) {
            Object.defineProperty(this, key, { configurable: true, writable: true, value });
        },
    });
}
/**
 * Installs `key` on `inst`'s prototype, computed by `make` on first read and cached there as an own
 * data property. One accessor per constructor rather than one per instance, because an own accessor
 * puts every instance after the first into v8 dictionary mode. The key doubles as the sentinel.
 */
function installLazyProp(inst, key, make, enumerable) {
    const proto = claim(inst, key);
    if (!proto)
        return;
    Object.defineProperty(proto, key, {
        configurable: true,
        get() {
            // Shadowed before computing, so a re-entrant read from a self-referential shape resolves to undefined instead of running the getter again. A data property rather than an accessor: an own accessor is the dictionary-mode transition this exists to avoid.
            const desc = { configurable: true, writable: true, enumerable, value: undefined };
            Object.defineProperty(this, key, desc);
            // a compute that throws leaves the shadow behind, so later reads answer undefined instead of re-throwing; `defineLazy` did the same, and `defineLazyInternal`'s delete-on-catch would cost bytes in every bundle for a case only a throwing user getter reaches
            desc.value = make(this);
            Object.defineProperty(this, key, desc);
            return desc.value;
        },
        set(value) {
            Object.defineProperty(this, key, { configurable: true, writable: true, enumerable, value });
        },
    });
}
/** Marks the thunk `_catch` synthesises for a constant catch value. `Function.length` cannot tell that thunk from a user callback — rest and defaulted parameters both report arity 0 — and a user callback reads `ctx.error`, whose issues only finalize correctly against the caller's per-parse error map. Provenance can say what arity cannot. A plain string key rather than `Symbol.for`, whose call at module scope no bundler can prove pure — the same shape that anchored `urlCanParse` into every build. */
const CONSTANT_CATCH = "~constantCatch";
/** Wraps a constant catch value in a thunk tagged with {@link CONSTANT_CATCH}. */
function constantCatch(value) {
    const fn = () => value;
    fn[CONSTANT_CATCH] = true;
    return fn;
}

;// CONCATENATED MODULE: ./node_modules/zod/v4/core/core.js
var _a;

/** A special constant with type `never` */
const NEVER = /*@__PURE__*/ Object.freeze({
    status: "aborted",
});
/* Shared descriptor for installing `_zod`; defineProperty reads it
 * synchronously, so reusing one object avoids a per-instance allocation. */
const _zodDesc = { value: undefined, enumerable: false };
// null where suppressing the capture would be unrecoverable: `parse()` puts the frames back with `captureStackTrace`, so without it the throw would lose its stack. also latched to null once `stackTraceLimit` proves unassignable, which a realm can do at any point by hardening Error
let _E = "captureStackTrace" in Error ? Error : null;
// v8 captures a stack trace inside the Error constructor, which dominates a failed parse; costs only the frames, and parse() restores those. the constructor must RUN: Object.create is cheaper and passes instanceof, but Error.isError and util.types.isNativeError check an internal slot
function newError(Definition) {
    const E = _E;
    if (E) {
        const saved = E.stackTraceLimit;
        if (typeof saved === "number") {
            try {
                E.stackTraceLimit = 0;
            }
            catch {
                _E = null;
                return new Definition();
            }
            try {
                return new Definition();
            }
            finally {
                E.stackTraceLimit = saved;
            }
        }
    }
    return new Definition();
}
function $constructor(name, initializer, 
/** This trait's members, installed once on every prototype that composes it. They cannot be declared in the initializer above: that runs per instance, and the prototype is shared. */
proto, params) {
    // Prototype for this constructor's `_zod` internals. Lazily-derived fields (`values`, `pattern`, `optin`, …) install here once rather than as an accessor on every instance.
    const zodProto = {};
    // Assigning the fields in the constructor body is what gives instances in-object slots; building the object literally and reparenting it costs a second allocation and a generic property copy.
    function Internals(def) {
        this.def = def;
        this.constr = _;
        this.traits = new Set();
    }
    Internals.prototype = zodProto;
    const protoMembers = proto;
    // One trait's members land on every prototype whose chain composes it, so the answer is per prototype rather than per trait.
    const initialized = protoMembers && new WeakSet();
    function init(inst, def) {
        if (!inst._zod) {
            _zodDesc.value = new Internals(def);
            try {
                Object.defineProperty(inst, "_zod", _zodDesc);
            }
            finally {
                // Cleared even on throw, so the shared descriptor never leaks one instance's internals into the next.
                _zodDesc.value = undefined;
            }
        }
        else if (inst._zod.traits.has(name)) {
            return;
        }
        inst._zod.traits.add(name);
        initializer(inst, def);
        if (initialized) {
            // `super(def)` from a user subclass gives `this` a prototype the subclass owns, and installing there would overwrite whatever the subclass declared. `constr` built the instance, so its prototype is the one below the subclass's that should carry the members. A receiver whose chain never reaches that prototype installs on its own, which for a plain object handed straight to `init` means `Object.prototype` — unchanged from before.
            const own = Object.getPrototypeOf(inst);
            const ctorProto = inst._zod.constr.prototype;
            let up = own;
            while (up && up !== ctorProto)
                up = Object.getPrototypeOf(up);
            const target = up ?? own;
            if (!initialized.has(target)) {
                initialized.add(target);
                members(target, protoMembers);
            }
        }
        // support prototype modifications; for-in avoids the array allocation of Object.keys on the (usually empty) prototype
        const proto = _.prototype;
        for (const k in proto) {
            if (!Object.prototype.hasOwnProperty.call(proto, k))
                continue;
            if (!(k in inst)) {
                inst[k] = proto[k].bind(inst);
            }
        }
    }
    // doesn't work if Parent has a constructor with arguments
    const Parent = params?.Parent ?? Object;
    class Definition extends Parent {
    }
    Object.defineProperty(Definition, "name", { value: name });
    function _(def) {
        const inst = params?.Parent ? newError(Definition) : this;
        init(inst, def);
        const deferred = inst._zod.deferred;
        if (deferred) {
            for (const fn of deferred) {
                fn();
            }
            // Released: initializers run once, and the list would otherwise be retained for the schema's lifetime.
            inst._zod.deferred = undefined;
        }
        // Global post-processor hook. Internal: installed by `import "zod/compile"` to enable AOT compilation for every constructed schema. Runs last, once the instance is fully built, because it hands the instance to compile(). The post-processor is expected to be reentrancy-guarded by its own implementation.
        const pp = globalThis.__zod_globalConfig?.postProcessor;
        if (pp)
            pp(inst);
        return inst;
    }
    Object.defineProperty(_, "init", { value: init });
    Object.defineProperty(_, Symbol.hasInstance, {
        value: (inst) => {
            if (params?.Parent && inst instanceof params.Parent)
                return true;
            return inst?._zod?.traits?.has(name);
        },
    });
    Object.defineProperty(_, "name", { value: name });
    return _;
}
//////////////////////////////   UTILITIES   ///////////////////////////////////////
const $brand = /*@__PURE__*/ (/* unused pure expression or super */ null && (Symbol("zod_brand")));
class $ZodAsyncError extends Error {
    constructor() {
        super(`Encountered Promise during synchronous parse. Use .parseAsync() instead.`);
    }
}
class $ZodEncodeError extends Error {
    constructor(name) {
        super(`Encountered unidirectional transform during encode: ${name}`);
        this.name = "ZodEncodeError";
    }
}
(_a = globalThis).__zod_globalConfig ?? (_a.__zod_globalConfig = {});
const globalConfig = globalThis.__zod_globalConfig;
function config(newConfig) {
    if (newConfig)
        Object.assign(globalConfig, newConfig);
    return globalConfig;
}

;// CONCATENATED MODULE: ./node_modules/zod/v4/core/memoizer.js

class $ZodCyclicError extends Error {
    constructor() {
        super(`Cannot parse a reference cycle that closes through a transform`);
        this.name = "ZodCyclicError";
    }
}
/** Keyed off the context object every schema in one parse call already shares. */
const STATE = "~memo";
const NO_ISSUES = [];
// a value a cycle can close through
function isRef(value) {
    return value !== null && typeof value === "object";
}
// Receivers prefix paths in place, so the cache and every hand-out need their own copies.
function cloneIssues(issues) {
    return issues.map((iss) => (iss.path ? { ...iss, path: iss.path.slice() } : { ...iss }));
}
const recursive = /*@__PURE__*/ new WeakMap();
/** What the walk established, in order of certainty: ordered so the strongest answer among children wins. */
const NONE = 0;
const ASSUMED = 1;
const PROVEN = 2;
/** Whether this schema's subtree contains a cycle, so one parse can re-enter it. */
function isRecursive(inst, stack, resolve) {
    const cached = recursive.get(inst);
    if (cached !== undefined)
        return cached ? PROVEN : NONE;
    // Relative to the walk in progress, so not cached.
    if (stack.has(inst))
        return PROVEN;
    stack.add(inst);
    let result = NONE;
    const check = (child) => {
        if (result !== PROVEN && child?._zod) {
            const answer = isRecursive(child, stack, resolve);
            if (answer > result)
                result = answer;
        }
    };
    // `Reflect.ownKeys` rather than `Object.keys`, so a cycle through a declared symbol key is still seen
    const shape = (sh, spread) => {
        let answer = NONE;
        for (const key of Reflect.ownKeys(sh)) {
            const desc = Object.getOwnPropertyDescriptor(sh, key);
            // an object resolves its shape by spread, so a key it does not enumerate is never parsed; `z.properties` reads every own key and so keeps them all
            if (spread && !desc.enumerable)
                continue;
            // resolving runs user code, and a factory mints a fresh subtree per read, so an edge the walk can't follow counts as a cycle
            const child = desc.get ? ASSUMED : desc.value?._zod ? isRecursive(desc.value, stack, resolve) : NONE;
            if (child > answer)
                answer = child;
        }
        return answer;
    };
    const merge = (answer) => {
        if (answer > result)
            result = answer;
    };
    const def = inst._zod.def;
    const kind = def.type;
    switch (kind) {
        case "object": {
            const raw = rawShape(def);
            // a def with no raw shape answers `shape` from an accessor of its own, and running that can mint a whole fresh subtree
            merge(raw ? shape(raw, true) : ASSUMED);
            check(def.catchall);
            break;
        }
        case "array":
            check(def.element);
            break;
        case "tuple":
            for (const el of def.items)
                check(el);
            check(def.rest);
            break;
        case "record":
        case "map":
            check(def.keyType);
            check(def.valueType);
            break;
        case "set":
            check(def.valueType);
            break;
        case "union":
            for (const el of def.options)
                check(el);
            break;
        case "intersection":
            check(def.left);
            check(def.right);
            break;
        case "optional":
        case "nullable":
        case "default":
        case "prefault":
        case "catch":
        case "readonly":
        case "nonoptional":
        case "promise":
        case "success":
            check(def.innerType);
            break;
        case "pipe":
            check(def.in);
            check(def.out);
            break;
        case "function":
            check(def.input);
            check(def.output);
            break;
        // `$ZodLazy` caches its inner on the def, so a resolved edge is followed exactly
        case "lazy": {
            const inner = def._cachedInner ?? (resolve ? inst._zod.innerType : undefined);
            // walked with resolution off: one hop sees past the deferral, and a lazy that yields only another unresolved lazy is generative, so it stops there
            merge(inner ? isRecursive(inner, stack, false) : ASSUMED);
            break;
        }
        // a leaf by choice: `parts` are regex fragments, not data positions
        case "template_literal":
        // leaves
        case "string":
        case "number":
        case "int":
        case "boolean":
        case "bigint":
        case "symbol":
        case "undefined":
        case "null":
        case "void":
        case "never":
        case "any":
        case "unknown":
        case "date":
        case "nan":
        case "enum":
        case "literal":
        case "file":
        case "transform":
        case "custom":
            break;
        default: {
            // a new built-in kind becomes a compile error here
            kind;
            // a user-defined kind can still hold children, and only its author knows where, so fall back to scanning the def — skipping accessors, since reading one can run user code
            for (const key in def) {
                const desc = Object.getOwnPropertyDescriptor(def, key);
                if (!desc || desc.get)
                    continue;
                const value = desc.value;
                if (!value || typeof value !== "object")
                    continue;
                if (value._zod)
                    check(value);
                else if (Array.isArray(value))
                    for (const el of value)
                        check(el);
            }
        }
    }
    stack.delete(inst);
    return settle(inst, result);
}
/** An assumed answer must not outlive the resolution that settles it, so only a certain one is cached. */
function settle(inst, answer) {
    if (answer !== ASSUMED)
        recursive.set(inst, answer === PROVEN);
    return answer;
}
/**
 * Whether one parse can re-enter this schema, i.e. its subtree contains a cycle.
 * Exported for `z.compile`, which refuses to compile such a schema: cycle
 * breaking is driven from here off state keyed on the parse context, and a
 * generated fast path has no context to key on.
 */
function isRecursiveSchema(inst) {
    // z.compile never parses, so nothing would ever resolve a lazy for it; it runs once and already treats a throw here as recursive
    return isRecursive(inst, new Set(), true) !== NONE;
}
function bucketFor(state, inst) {
    let bucket = state.buckets.get(inst);
    if (!bucket) {
        bucket = new WeakMap();
        state.buckets.set(inst, bucket);
    }
    return bucket;
}
// Set immediately before delegating to core and cleared immediately after, so `alloc` registers only for a visit this module is driving.
let handoff;
// Allocated but unfinished entries. `alloc` and the matching pop both happen in the synchronous part of a parse, so they nest even when children are async, and one stack serves every schema.
const memoizer_open = [];
const memo = {
    alloc(_inst, payload, empty) {
        const bucket = handoff;
        if (!bucket)
            return empty;
        handoff = undefined;
        const entry = { value: empty, issues: null };
        bucket.set(payload.value, entry);
        memoizer_open.push(entry);
        return empty;
    },
    guard(inst) {
        var _a;
        (_a = inst._zod).deferred ?? (_a.deferred = []);
        inst._zod.deferred.push(() => {
            const base = inst._zod.parse;
            const wrapped = (payload, ctx) => {
                // The value is a placeholder a back-edge is still waiting on, so the cycle closes through this transform. Its output can't exist in time to bind.
                if (ctx.direction !== "backward" && isBackEdge(ctx, payload.value))
                    throw new $ZodCyclicError();
                return base(payload, ctx);
            };
            inst._zod.parse = wrapped;
            if (inst._zod.run === base)
                inst._zod.run = wrapped;
        });
    },
    attach(inst) {
        var _a;
        let isRecursiveInst;
        let rechecked = false;
        // a recursive schema is re-entered many times per parse and its bucket never changes
        let lastCtx;
        let lastBucket;
        // Wraps `parse` in a deferred so it sees the container's final parse. Core's own deferred copies `parse` into `run` when there are no checks, and it ran first, so `run` is patched to match; with checks, `run` reads `parse` dynamically.
        (_a = inst._zod).deferred ?? (_a.deferred = []);
        inst._zod.deferred.push(() => {
            const base = inst._zod.parse;
            const wrapped = (payload, ctx) => {
                if (isRecursiveInst === undefined) {
                    const walked = isRecursive(inst, new Set(), false);
                    if (walked === NONE) {
                        // Nothing here can ever fire, so take it back out.
                        inst._zod.parse = base;
                        if (inst._zod.run === wrapped)
                            inst._zod.run = base;
                        return base(payload, ctx);
                    }
                    // this parse resolves the deferred edges on its own path, so ask once more before latching
                    if (walked === PROVEN || rechecked)
                        isRecursiveInst = true;
                    else
                        rechecked = true;
                }
                const input = payload.value;
                if (!isRef(input))
                    return base(payload, ctx);
                let state = ctx[STATE];
                if (!state) {
                    state = { buckets: new WeakMap(), backEdges: undefined };
                    ctx[STATE] = state;
                }
                let bucket;
                if (lastCtx === ctx) {
                    bucket = lastBucket;
                }
                else {
                    bucket = bucketFor(state, inst);
                    lastCtx = ctx;
                    lastBucket = bucket;
                }
                const hit = bucket.get(input);
                if (hit) {
                    payload.value = hit.value;
                    if (hit.issues) {
                        if (hit.issues.length)
                            payload.issues.push(...cloneIssues(hit.issues));
                    }
                    else {
                        // Still being parsed: its own checks cover it, so skip them here.
                        payload.memo = true;
                        state.backEdges ?? (state.backEdges = new WeakSet());
                        state.backEdges.add(hit.value);
                    }
                    return payload;
                }
                handoff = bucket;
                const depth = memoizer_open.length;
                const result = base(payload, ctx);
                handoff = undefined;
                // A container that rejected its input outright allocated nothing.
                const entry = memoizer_open.length > depth ? memoizer_open.pop() : undefined;
                // Both paths written out so the sync one allocates no closure. It runs once per node, and capturing here cost more than everything else combined.
                if (result instanceof Promise) {
                    return result.then((r) => {
                        if (entry)
                            entry.issues = r.issues.length ? cloneIssues(r.issues) : NO_ISSUES;
                        return r;
                    });
                }
                if (entry)
                    entry.issues = result.issues.length ? cloneIssues(result.issues) : NO_ISSUES;
                return result;
            };
            inst._zod.parse = wrapped;
            if (inst._zod.run === base)
                inst._zod.run = wrapped;
        });
    },
};
/** The memoizer that gives containers cycle support. `zod` installs it by default; `zod/mini` opts in with `config({ memoizer: memoizer() })`. */
function memoizer() {
    return memo;
}
/** Whether this value is a node a back-edge resolved to before it finished. */
function isBackEdge(ctx, value) {
    const backEdges = ctx[STATE]?.backEdges;
    return backEdges !== undefined && isRef(value) && backEdges.has(value);
}

;// CONCATENATED MODULE: ./node_modules/zod/v4/core/regexes.js

/**
 * @deprecated CUID v1 is deprecated by its authors due to information leakage
 * (timestamps embedded in the id). Use {@link cuid2} instead.
 * See https://github.com/paralleldrive/cuid.
 */
const cuid = /^[cC][0-9a-z]{6,}$/;
const cuid2 = /^[0-9a-z]+$/;
const ulid = /^[0-7][0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{25}$/;
const xid = /^[0-9a-vA-V]{20}$/;
const ksuid = /^[A-Za-z0-9]{27}$/;
const nanoid = /^[a-zA-Z0-9_-]{21}$/;
function nanoidOfLength(length) {
    return new RegExp(`^[a-zA-Z0-9_-]{${length}}$`);
}
/** ISO 8601-1 duration regex. Does not support the 8601-2 extensions like negative durations or fractional/negative components. */
const duration = /^P(?:(\d+W)|(?!.*W)(?=\d|T\d)(\d+Y)?(\d+M)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+([.,]\d+)?S)?)?)$/;
/** Implements ISO 8601-2 extensions like explicit +- prefixes, mixing weeks with other units, and fractional/negative components. */
const extendedDuration = /^[-+]?P(?!$)(?:(?:[-+]?\d+Y)|(?:[-+]?\d+[.,]\d+Y$))?(?:(?:[-+]?\d+M)|(?:[-+]?\d+[.,]\d+M$))?(?:(?:[-+]?\d+W)|(?:[-+]?\d+[.,]\d+W$))?(?:(?:[-+]?\d+D)|(?:[-+]?\d+[.,]\d+D$))?(?:T(?=[\d+-])(?:(?:[-+]?\d+H)|(?:[-+]?\d+[.,]\d+H$))?(?:(?:[-+]?\d+M)|(?:[-+]?\d+[.,]\d+M$))?(?:[-+]?\d+(?:[.,]\d+)?S)?)??$/;
/** A regex for any UUID-like identifier: 8-4-4-4-12 hex pattern */
const guid = /^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})$/;
/** Returns a regex for validating an RFC 9562/4122 UUID.
 *
 * @param version Optionally specify a version 1-8. If no version is specified, all versions are supported. */
const uuid = (version) => {
    if (!version)
        return /^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$/;
    return new RegExp(`^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-${version}[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12})$`);
};
const uuid4 = /*@__PURE__*/ (/* unused pure expression or super */ null && (uuid(4)));
const uuid6 = /*@__PURE__*/ (/* unused pure expression or super */ null && (uuid(6)));
const uuid7 = /*@__PURE__*/ (/* unused pure expression or super */ null && (uuid(7)));
/** Practical email validation */
const email = /^(?:[A-Za-z0-9_'+\-]+\.)*[A-Za-z0-9_'+\-]*[A-Za-z0-9_+-]@(?:[A-Za-z0-9][A-Za-z0-9\-]*\.)+[A-Za-z]{2,}$/;
/** Equivalent to the HTML5 input[type=email] validation implemented by browsers. Source: https://developer.mozilla.org/en-US/docs/Web/HTML/Element/input/email */
const html5Email = /^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$/;
/** The classic emailregex.com regex for RFC 5322-compliant emails */
const rfc5322Email = /^(([^<>()\[\]\\.,;:\s@"]+(\.[^<>()\[\]\\.,;:\s@"]+)*)|(".+"))@((\[[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}])|(([a-zA-Z\-0-9]+\.)+[a-zA-Z]{2,}))$/;
/** A loose regex that allows Unicode characters, enforces length limits, and that's about it. */
const unicodeEmail = /^[^\s@"]{1,64}@[^\s@]{1,255}$/u;
const idnEmail = (/* unused pure expression or super */ null && (unicodeEmail));
const browserEmail = /^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$/;
// from https://thekevinscott.com/emojis-in-javascript/#writing-a-regular-expression
// Single character class, not an alternation: the two properties overlap (U+1F9B0-U+1F9B3), so `(A|B)+` backtracks exponentially on a failed match. The leading lookahead then demands one anchor — a pictograph, a regional indicator, or the enclosing keycap — because `\p{Emoji_Component}` on its own covers ASCII digits, `#`, `*`, ZWJ, variation selectors and skin tone modifiers, none of which is an emoji without a base.
const _emoji = `^(?=[\\s\\S]*[\\p{Extended_Pictographic}\\p{Regional_Indicator}\\u20E3])[\\p{Extended_Pictographic}\\p{Emoji_Component}]+$`;
function emoji() {
    return new RegExp(_emoji, "u");
}
const ipv4 = /^(?:(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9][0-9]|[0-9])\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9][0-9]|[0-9])$/;
const ipv6 = /^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){1,7}:|([0-9a-fA-F]{1,4}:){1,6}:[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){1,5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){1,4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){1,3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){1,2}(:[0-9a-fA-F]{1,4}){1,5}|[0-9a-fA-F]{1,4}:((:[0-9a-fA-F]{1,4}){1,6})|:((:[0-9a-fA-F]{1,4}){1,7}|:))$/;
const mac = (delimiter) => {
    const escapedDelim = util.escapeRegex(delimiter ?? ":");
    return new RegExp(`^(?:[0-9A-F]{2}${escapedDelim}){5}[0-9A-F]{2}$|^(?:[0-9a-f]{2}${escapedDelim}){5}[0-9a-f]{2}$`);
};
const cidrv4 = /^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9][0-9]|[0-9])\.){3}(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9][0-9]|[0-9])\/([0-9]|[1-2][0-9]|3[0-2])$/;
const cidrv6 = /^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){1,7}:|([0-9a-fA-F]{1,4}:){1,6}:[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){1,5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){1,4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){1,3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){1,2}(:[0-9a-fA-F]{1,4}){1,5}|[0-9a-fA-F]{1,4}:((:[0-9a-fA-F]{1,4}){1,6})|:((:[0-9a-fA-F]{1,4}){1,7}|:))\/(12[0-8]|1[01][0-9]|[1-9]?[0-9])$/;
// https://stackoverflow.com/questions/7860392/determine-if-string-is-in-base64-using-javascript
const base64 = /^$|^(?:[0-9a-zA-Z+/]{4})*(?:(?:[0-9a-zA-Z+/]{2}==)|(?:[0-9a-zA-Z+/]{3}=))?$/;
const base64url = /^(?:[A-Za-z0-9_-]{4})*(?:[A-Za-z0-9_-]{2,3})?$/;
// based on https://stackoverflow.com/questions/106179/regular-expression-to-match-dns-hostname-or-ip-address
// export const hostname: RegExp = /^([a-zA-Z0-9-]+\.)*[a-zA-Z0-9-]+$/;
const hostname = /^(?=.{1,253}\.?$)[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[-0-9a-zA-Z]{0,61}[0-9a-zA-Z])?)*\.?$/;
const domain = /^(?=.{1,253}$)([a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\.)+[a-zA-Z]{2,63}$/;
const httpProtocol = /^https?$/;
// https://blog.stevenlevithan.com/archives/validate-phone-number#r4-3 (regex sans spaces) E.164: leading digit must be 1-9; total digits (excluding '+') between 7-15
const e164 = /^\+[1-9]\d{6,14}$/;
// Credit card shape: 12–19 digits, optionally separated by single spaces or single hyphens. ISO/IEC 7812 caps the PAN at 19 digits; 12 is the shortest issued length (Maestro).
const creditCard = /^\d(?:[ -]?\d){11,18}$/;
// ISO 4217 alpha codes from the SIX list, regenerated by scripts/update-iso-4217.ts
const currencyCode = /^(?:AED|AFN|ALL|AMD|AOA|ARS|AUD|AWG|AZN|BAM|BBD|BDT|BHD|BIF|BMD|BND|BOB|BOV|BRL|BSD|BTN|BWP|BYN|BZD|CAD|CDF|CHE|CHF|CHW|CLF|CLP|CNY|COP|COU|CRC|CUP|CVE|CZK|DJF|DKK|DOP|DZD|EGP|ERN|ETB|EUR|FJD|FKP|GBP|GEL|GHS|GIP|GMD|GNF|GTQ|GYD|HKD|HNL|HTG|HUF|IDR|ILS|INR|IQD|IRR|ISK|JMD|JOD|JPY|KES|KGS|KHR|KMF|KPW|KRW|KWD|KYD|KZT|LAK|LBP|LKR|LRD|LSL|LYD|MAD|MDL|MGA|MKD|MMK|MNT|MOP|MRU|MUR|MVR|MWK|MXN|MXV|MYR|MZN|NAD|NGN|NIO|NOK|NPR|NZD|OMR|PAB|PEN|PGK|PHP|PKR|PLN|PYG|QAR|RON|RSD|RUB|RWF|SAR|SBD|SCR|SDG|SEK|SGD|SHP|SLE|SOS|SRD|SSP|STN|SVC|SYP|SZL|THB|TJS|TMT|TND|TOP|TRY|TTD|TWD|TZS|UAH|UGX|USD|USN|UYI|UYU|UYW|UZS|VED|VES|VND|VUV|WST|XAD|XAF|XAG|XAU|XBA|XBB|XBC|XBD|XCD|XCG|XDR|XOF|XPD|XPF|XPT|XSU|XTS|XUA|XXX|YER|ZAR|ZMW|ZWG)$/;
// iban electronic format: 2-letter country, check digits 02-98 (the only values `98 - remainder` can produce), 11-30 bban characters
const iban = /^[A-Z]{2}(?!00|01|99)\d{2}[A-Z0-9]{11,30}$/;
const dateSource = `(?:(?:\\d\\d[2468][048]|\\d\\d[13579][26]|\\d\\d0[48]|[02468][048]00|[13579][26]00)-02-29|\\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|(?:02)-(?:0[1-9]|1\\d|2[0-8])))`;
/** Anchors a pattern source. The interpolation lives here rather than at the call site because
 * esbuild will not drop a `@__PURE__` call whose own argument interpolates a variable, but it
 * will drop `anchor(dateSource)`. Keeping it inline pinned `date` into every bundle. */
function regexes_anchor(source) {
    return new RegExp(`^${source}$`);
}
const date = /*@__PURE__*/ regexes_anchor(dateSource);
function timeSource(args) {
    const hhmm = `(?:[01]\\d|2[0-3]):[0-5]\\d`;
    const regex = typeof args.precision === "number"
        ? args.precision === -1
            ? `${hhmm}`
            : args.precision === 0
                ? `${hhmm}:[0-5]\\d`
                : `${hhmm}:[0-5]\\d\\.\\d{${args.precision}}`
        : args.seconds
            ? `${hhmm}:[0-5]\\d(?:\\.\\d+)?`
            : `${hhmm}(?::[0-5]\\d(?:\\.\\d+)?)?`;
    return regex;
}
function time(args) {
    return new RegExp(`^${timeSource(args)}$`);
}
// Adapted from https://stackoverflow.com/a/3143231
function datetime(args) {
    const opts = ["Z"];
    // if (args.offset) opts.push(`([+-]\\d{2}:\\d{2})`);
    if (args.offset)
        opts.push(`([+-](?:[01]\\d|2[0-3]):[0-5]\\d)`);
    // RFC 3339 mandates seconds wherever the time carries a `Z` or an offset, so only the unqualified form `local` adds may omit them
    const qualified = `${timeSource({ precision: args.precision, seconds: true })}(?:${opts.join("|")})`;
    const timeRegex = args.local ? `${qualified}|${timeSource({ precision: args.precision })}` : qualified;
    return new RegExp(`^${dateSource}T(?:${timeRegex})$`);
}
// the unbounded form of `string()` as a literal, so every plain string shares one instance instead of building its own
const anyString = /^[\s\S]{0,}$/;
const string = (params) => {
    const regex = params ? `[\\s\\S]{${params?.minimum ?? 0},${params?.maximum ?? ""}}` : `[\\s\\S]*`;
    return new RegExp(`^${regex}$`);
};
const bigint = /^-?\d+n?$/;
const integer = /^-?\d+$/;
const number = /^-?\d+(?:\.\d+)?$/;
const regexes_boolean = /^(?:true|false)$/i;
const _null = /^null$/i;

const _undefined = /^undefined$/i;

// regex for string with no uppercase letters
const lowercase = /^[^A-Z]*$/;
// regex for string with no lowercase letters
const uppercase = /^[^a-z]*$/;
// regex for hexadecimal strings (any length)
const hex = /^[0-9a-fA-F]*$/;
// Hash regexes for different algorithms and encodings
// Helper function to create base64 regex with exact length and padding
function fixedBase64(bodyLength, padding) {
    return new RegExp(`^[A-Za-z0-9+/]{${bodyLength}}${padding}$`);
}
// Helper function to create base64url regex with exact length (no padding)
function fixedBase64url(length) {
    return new RegExp(`^[A-Za-z0-9_-]{${length}}$`);
}
// MD5 (16 bytes): base64 = 24 chars total (22 + "==")
const md5_hex = /^[0-9a-fA-F]{32}$/;
const md5_base64 = /*@__PURE__*/ (/* unused pure expression or super */ null && (fixedBase64(22, "==")));
const md5_base64url = /*@__PURE__*/ (/* unused pure expression or super */ null && (fixedBase64url(22)));
// SHA1 (20 bytes): base64 = 28 chars total (27 + "=")
const sha1_hex = /^[0-9a-fA-F]{40}$/;
const sha1_base64 = /*@__PURE__*/ (/* unused pure expression or super */ null && (fixedBase64(27, "=")));
const sha1_base64url = /*@__PURE__*/ (/* unused pure expression or super */ null && (fixedBase64url(27)));
// SHA256 (32 bytes): base64 = 44 chars total (43 + "=")
const sha256_hex = /^[0-9a-fA-F]{64}$/;
const sha256_base64 = /*@__PURE__*/ (/* unused pure expression or super */ null && (fixedBase64(43, "=")));
const sha256_base64url = /*@__PURE__*/ (/* unused pure expression or super */ null && (fixedBase64url(43)));
// SHA384 (48 bytes): base64 = 64 chars total (no padding)
const sha384_hex = /^[0-9a-fA-F]{96}$/;
const sha384_base64 = /*@__PURE__*/ (/* unused pure expression or super */ null && (fixedBase64(64, "")));
const sha384_base64url = /*@__PURE__*/ (/* unused pure expression or super */ null && (fixedBase64url(64)));
// SHA512 (64 bytes): base64 = 88 chars total (86 + "==")
const sha512_hex = /^[0-9a-fA-F]{128}$/;
const sha512_base64 = /*@__PURE__*/ (/* unused pure expression or super */ null && (fixedBase64(86, "==")));
const sha512_base64url = /*@__PURE__*/ (/* unused pure expression or super */ null && (fixedBase64url(86)));

;// CONCATENATED MODULE: ./node_modules/zod/v4/core/checks.js
// import { $ZodType } from "./schemas.js";



const $ZodCheck = /*@__PURE__*/ $constructor("$ZodCheck", (inst, def) => {
    var _a;
    inst._zod ?? (inst._zod = {});
    inst._zod.def = def;
    (_a = inst._zod).onattach ?? (_a.onattach = []);
});
/** Default `when` for size-based checks: run only on non-nullish values with a `size`. */
const _whenHasSize = (payload) => {
    const val = payload.value;
    return !util.nullish(val) && val.size !== undefined;
};
/** Default `when` for length-based checks: run only on non-nullish values with a `length`. */
const _whenHasLength = (payload) => {
    const val = payload.value;
    return !nullish(val) && val.length !== undefined;
};
const numericOriginMap = {
    number: "number",
    bigint: "bigint",
    object: "date",
};
const $ZodCheckLessThan = /*@__PURE__*/ $constructor("$ZodCheckLessThan", (inst, def) => {
    $ZodCheck.init(inst, def);
    const origin = numericOriginMap[typeof def.value];
    inst._zod.check = (payload) => {
        if (def.inclusive ? payload.value <= def.value : payload.value < def.value) {
            return;
        }
        payload.issues.push({
            origin: numericOriginMap[typeof payload.value] ?? origin,
            code: "too_big",
            maximum: typeof def.value === "object" ? def.value.getTime() : def.value,
            input: payload.value,
            inclusive: def.inclusive,
            inst,
            continue: !def.abort,
        });
    };
});
const $ZodCheckGreaterThan = /*@__PURE__*/ $constructor("$ZodCheckGreaterThan", (inst, def) => {
    $ZodCheck.init(inst, def);
    const origin = numericOriginMap[typeof def.value];
    inst._zod.check = (payload) => {
        if (def.inclusive ? payload.value >= def.value : payload.value > def.value) {
            return;
        }
        payload.issues.push({
            origin: numericOriginMap[typeof payload.value] ?? origin,
            code: "too_small",
            minimum: typeof def.value === "object" ? def.value.getTime() : def.value,
            input: payload.value,
            inclusive: def.inclusive,
            inst,
            continue: !def.abort,
        });
    };
});
const $ZodCheckMultipleOf = 
/*@__PURE__*/ $constructor("$ZodCheckMultipleOf", (inst, def) => {
    $ZodCheck.init(inst, def);
    inst._zod.check = (payload) => {
        if (typeof payload.value !== typeof def.value)
            throw new Error("Cannot mix number and bigint in multiple_of check.");
        const isMultiple = typeof payload.value === "bigint"
            ? // `value % 0n` throws, and nothing is a multiple of zero — the number branch already fails this way via NaN
                def.value !== BigInt(0) && payload.value % def.value === BigInt(0)
            : floatSafeRemainder(payload.value, def.value) === 0;
        if (isMultiple)
            return;
        payload.issues.push({
            origin: typeof payload.value,
            code: "not_multiple_of",
            divisor: def.value,
            input: payload.value,
            inst,
            continue: !def.abort,
        });
    };
});
const $ZodCheckNumberFormat = /*@__PURE__*/ $constructor("$ZodCheckNumberFormat", (inst, def) => {
    $ZodCheck.init(inst, def); // no format checks
    def.format = def.format || "float64";
    const isInt = def.format?.includes("int");
    const origin = isInt ? "int" : "number";
    const [minimum, maximum] = NUMBER_FORMAT_RANGES[def.format];
    inst._zod.check = (payload) => {
        const input = payload.value;
        if (isInt) {
            if (!Number.isInteger(input)) {
                // invalid_format issue
                // payload.issues.push({
                //   expected: def.format,
                //   format: def.format,
                //   code: "invalid_format",
                //   input,
                //   inst,
                // });
                // invalid_type issue
                payload.issues.push({
                    expected: origin,
                    format: def.format,
                    code: "invalid_type",
                    continue: false,
                    input,
                    inst,
                });
                return;
                // not_multiple_of issue
                // payload.issues.push({
                //   code: "not_multiple_of",
                //   origin: "number",
                //   input,
                //   inst,
                //   divisor: 1,
                // });
            }
            if (!Number.isSafeInteger(input)) {
                if (input > 0) {
                    // too_big
                    payload.issues.push({
                        input,
                        code: "too_big",
                        maximum: Number.MAX_SAFE_INTEGER,
                        note: "Integers must be within the safe integer range.",
                        inst,
                        origin,
                        inclusive: true,
                        continue: !def.abort,
                    });
                }
                else {
                    // too_small
                    payload.issues.push({
                        input,
                        code: "too_small",
                        minimum: Number.MIN_SAFE_INTEGER,
                        note: "Integers must be within the safe integer range.",
                        inst,
                        origin,
                        inclusive: true,
                        continue: !def.abort,
                    });
                }
                return;
            }
        }
        if (input < minimum) {
            payload.issues.push({
                origin: "number",
                input,
                code: "too_small",
                minimum,
                inclusive: true,
                inst,
                continue: !def.abort,
            });
        }
        if (input > maximum) {
            payload.issues.push({
                origin: "number",
                input,
                code: "too_big",
                maximum,
                inclusive: true,
                inst,
                continue: !def.abort,
            });
        }
    };
});
const $ZodCheckBigIntFormat = /*@__PURE__*/ (/* unused pure expression or super */ null && (core.$constructor("$ZodCheckBigIntFormat", (inst, def) => {
    $ZodCheck.init(inst, def); // no format checks
    const [minimum, maximum] = util.BIGINT_FORMAT_RANGES[def.format];
    inst._zod.check = (payload) => {
        const input = payload.value;
        if (input < minimum) {
            payload.issues.push({
                origin: "bigint",
                input,
                code: "too_small",
                minimum: minimum,
                inclusive: true,
                inst,
                continue: !def.abort,
            });
        }
        if (input > maximum) {
            payload.issues.push({
                origin: "bigint",
                input,
                code: "too_big",
                maximum,
                inclusive: true,
                inst,
                continue: !def.abort,
            });
        }
    };
})));
const $ZodCheckMaxSize = /*@__PURE__*/ (/* unused pure expression or super */ null && (core.$constructor("$ZodCheckMaxSize", (inst, def) => {
    var _a;
    $ZodCheck.init(inst, def);
    (_a = inst._zod.def).when ?? (_a.when = _whenHasSize);
    inst._zod.check = (payload) => {
        const input = payload.value;
        const size = input.size;
        if (size <= def.maximum)
            return;
        payload.issues.push({
            origin: util.getSizableOrigin(input),
            code: "too_big",
            maximum: def.maximum,
            inclusive: true,
            input,
            inst,
            continue: !def.abort,
        });
    };
})));
const $ZodCheckMinSize = /*@__PURE__*/ (/* unused pure expression or super */ null && (core.$constructor("$ZodCheckMinSize", (inst, def) => {
    var _a;
    $ZodCheck.init(inst, def);
    (_a = inst._zod.def).when ?? (_a.when = _whenHasSize);
    inst._zod.check = (payload) => {
        const input = payload.value;
        const size = input.size;
        if (size >= def.minimum)
            return;
        payload.issues.push({
            origin: util.getSizableOrigin(input),
            code: "too_small",
            minimum: def.minimum,
            inclusive: true,
            input,
            inst,
            continue: !def.abort,
        });
    };
})));
const $ZodCheckSizeEquals = /*@__PURE__*/ (/* unused pure expression or super */ null && (core.$constructor("$ZodCheckSizeEquals", (inst, def) => {
    var _a;
    $ZodCheck.init(inst, def);
    (_a = inst._zod.def).when ?? (_a.when = _whenHasSize);
    inst._zod.check = (payload) => {
        const input = payload.value;
        const size = input.size;
        if (size === def.size)
            return;
        const tooBig = size > def.size;
        payload.issues.push({
            origin: util.getSizableOrigin(input),
            ...(tooBig ? { code: "too_big", maximum: def.size } : { code: "too_small", minimum: def.size }),
            inclusive: true,
            exact: true,
            input: payload.value,
            inst,
            continue: !def.abort,
        });
    };
})));
const $ZodCheckMaxLength = /*@__PURE__*/ $constructor("$ZodCheckMaxLength", (inst, def) => {
    var _a;
    $ZodCheck.init(inst, def);
    (_a = inst._zod.def).when ?? (_a.when = _whenHasLength);
    inst._zod.check = (payload) => {
        const input = payload.value;
        const units = input.length;
        // Strings are measured in Unicode code points, not UTF-16 units. A code point is at most two units, so a string that already fits in units fits in code points; only an overflow has to be counted.
        const length = typeof input === "string" && units > def.maximum ? codePointLength(input) : units;
        if (length <= def.maximum)
            return;
        const origin = getLengthableOrigin(input);
        payload.issues.push({
            origin,
            code: "too_big",
            maximum: def.maximum,
            inclusive: true,
            input,
            inst,
            continue: !def.abort,
        });
    };
});
const $ZodCheckMinLength = /*@__PURE__*/ $constructor("$ZodCheckMinLength", (inst, def) => {
    var _a;
    $ZodCheck.init(inst, def);
    (_a = inst._zod.def).when ?? (_a.when = _whenHasLength);
    inst._zod.check = (payload) => {
        const input = payload.value;
        const units = input.length;
        // A code point is one or two UTF-16 units, so fewer units than the floor can never reach it and twice the floor always clears it. Only in between is the exact count in doubt.
        const length = typeof input === "string" && units >= def.minimum && units < def.minimum * 2
            ? codePointLength(input)
            : units;
        if (length >= def.minimum)
            return;
        const origin = getLengthableOrigin(input);
        payload.issues.push({
            origin,
            code: "too_small",
            minimum: def.minimum,
            inclusive: true,
            input,
            inst,
            continue: !def.abort,
        });
    };
});
const $ZodCheckLengthEquals = /*@__PURE__*/ $constructor("$ZodCheckLengthEquals", (inst, def) => {
    var _a;
    $ZodCheck.init(inst, def);
    (_a = inst._zod.def).when ?? (_a.when = _whenHasLength);
    inst._zod.check = (payload) => {
        const input = payload.value;
        const units = input.length;
        // A code point is one or two UTF-16 units, so outside `[length, length * 2]` units the target is missed either way — and missed in the same direction in both measures.
        const length = typeof input === "string" && units >= def.length && units <= def.length * 2
            ? codePointLength(input)
            : units;
        if (length === def.length)
            return;
        const origin = getLengthableOrigin(input);
        const tooBig = length > def.length;
        payload.issues.push({
            origin,
            ...(tooBig ? { code: "too_big", maximum: def.length } : { code: "too_small", minimum: def.length }),
            inclusive: true,
            exact: true,
            input: payload.value,
            inst,
            continue: !def.abort,
        });
    };
});
const $ZodCheckStringFormat = /*@__PURE__*/ $constructor("$ZodCheckStringFormat", (inst, def) => {
    var _a, _b;
    $ZodCheck.init(inst, def);
    if (def.pattern)
        (_a = inst._zod).check ?? (_a.check = (payload) => {
            def.pattern.lastIndex = 0;
            if (def.pattern.test(payload.value))
                return;
            payload.issues.push({
                origin: "string",
                code: "invalid_format",
                format: def.format,
                input: payload.value,
                ...(def.pattern ? { pattern: def.pattern.toString() } : {}),
                inst,
                continue: !def.abort,
            });
        });
    else
        (_b = inst._zod).check ?? (_b.check = () => { });
});
const $ZodCheckRegex = /*@__PURE__*/ $constructor("$ZodCheckRegex", (inst, def) => {
    $ZodCheckStringFormat.init(inst, def);
    inst._zod.check = (payload) => {
        def.pattern.lastIndex = 0;
        if (def.pattern.test(payload.value))
            return;
        payload.issues.push({
            origin: "string",
            code: "invalid_format",
            format: "regex",
            input: payload.value,
            pattern: def.pattern.toString(),
            inst,
            continue: !def.abort,
        });
    };
});
const $ZodCheckLowerCase = /*@__PURE__*/ $constructor("$ZodCheckLowerCase", (inst, def) => {
    def.pattern ?? (def.pattern = lowercase);
    $ZodCheckStringFormat.init(inst, def);
});
const $ZodCheckUpperCase = /*@__PURE__*/ $constructor("$ZodCheckUpperCase", (inst, def) => {
    def.pattern ?? (def.pattern = uppercase);
    $ZodCheckStringFormat.init(inst, def);
});
const $ZodCheckIncludes = /*@__PURE__*/ $constructor("$ZodCheckIncludes", (inst, def) => {
    $ZodCheck.init(inst, def);
    const escapedRegex = escapeRegex(def.includes);
    // `String.prototype.includes(sub, position)` matches `sub` at `position`
    // OR LATER, so the pattern must allow at least `position` leading chars
    // (`{N,}`), not exactly `position` chars (`{N}`).
    const pattern = new RegExp(typeof def.position === "number" ? `^.{${def.position},}${escapedRegex}` : escapedRegex);
    def.pattern = pattern;
    inst._zod.check = (payload) => {
        if (payload.value.includes(def.includes, def.position))
            return;
        payload.issues.push({
            origin: "string",
            code: "invalid_format",
            format: "includes",
            includes: def.includes,
            input: payload.value,
            inst,
            continue: !def.abort,
        });
    };
});
const $ZodCheckStartsWith = /*@__PURE__*/ $constructor("$ZodCheckStartsWith", (inst, def) => {
    $ZodCheck.init(inst, def);
    const pattern = new RegExp(`^${escapeRegex(def.prefix)}.*`);
    def.pattern ?? (def.pattern = pattern);
    inst._zod.check = (payload) => {
        if (payload.value.startsWith(def.prefix))
            return;
        payload.issues.push({
            origin: "string",
            code: "invalid_format",
            format: "starts_with",
            prefix: def.prefix,
            input: payload.value,
            inst,
            continue: !def.abort,
        });
    };
});
const $ZodCheckEndsWith = /*@__PURE__*/ $constructor("$ZodCheckEndsWith", (inst, def) => {
    $ZodCheck.init(inst, def);
    const pattern = new RegExp(`.*${escapeRegex(def.suffix)}$`);
    def.pattern ?? (def.pattern = pattern);
    inst._zod.check = (payload) => {
        if (payload.value.endsWith(def.suffix))
            return;
        payload.issues.push({
            origin: "string",
            code: "invalid_format",
            format: "ends_with",
            suffix: def.suffix,
            input: payload.value,
            inst,
            continue: !def.abort,
        });
    };
});
///////////////////////////////////
/////    $ZodCheckProperty    /////
///////////////////////////////////
function handleCheckPropertyResult(result, payload, property) {
    if (result.issues.length) {
        payload.issues.push(...prefixIssues(property, result.issues));
    }
}
const $ZodCheckProperty = /*@__PURE__*/ (/* unused pure expression or super */ null && (core.$constructor("$ZodCheckProperty", (inst, def) => {
    $ZodCheck.init(inst, def);
    inst._zod.check = (payload) => {
        const result = def.schema._zod.run({
            value: payload.value[def.property],
            issues: [],
        }, {});
        if (result instanceof Promise) {
            return result.then((result) => handleCheckPropertyResult(result, payload, def.property));
        }
        handleCheckPropertyResult(result, payload, def.property);
        return;
    };
})));
const $ZodCheckProperties = /*@__PURE__*/ $constructor("$ZodCheckProperties", (inst, def) => {
    $ZodCheck.init(inst, def);
    hide(inst, Symbol.iterator, function* () {
        yield inst;
    });
    // key and schema snapshotted together: reading one live and the other cached lets a later mutation of the caller's shape object pair a stale key with a missing schema
    let entries;
    inst._zod.check = (payload) => {
        // the base schema already typed the value, so only a nullish one is rejected here: the properties read on a primitive too, matching z.property() on a string's length
        if (payload.value == null) {
            payload.issues.push({ expected: "object", code: "invalid_type", input: payload.value, inst });
            return undefined;
        }
        entries ?? (entries = Reflect.ownKeys(def.shape).map((key) => [key, def.shape[key]]));
        const input = payload.value;
        let proms;
        for (const [key, schema] of entries) {
            const result = schema._zod.run({ value: input[key], issues: [] }, {});
            if (result instanceof Promise) {
                proms ?? (proms = []);
                proms.push(result.then((result) => handleCheckPropertyResult(result, payload, key)));
            }
            else {
                handleCheckPropertyResult(result, payload, key);
            }
        }
        if (proms)
            return Promise.all(proms).then(() => undefined);
        return undefined;
    };
});
const $ZodCheckMimeType = /*@__PURE__*/ (/* unused pure expression or super */ null && (core.$constructor("$ZodCheckMimeType", (inst, def) => {
    $ZodCheck.init(inst, def);
    const mimeSet = new Set(def.mime);
    inst._zod.check = (payload) => {
        if (mimeSet.has(payload.value.type))
            return;
        payload.issues.push({
            code: "invalid_value",
            values: def.mime,
            input: payload.value.type,
            inst,
            continue: !def.abort,
        });
    };
})));
const $ZodCheckOverwrite = /*@__PURE__*/ $constructor("$ZodCheckOverwrite", (inst, def) => {
    $ZodCheck.init(inst, def);
    inst._zod.check = (payload) => {
        payload.value = def.tx(payload.value);
    };
});

;// CONCATENATED MODULE: ./node_modules/zod/v4/core/doc.js
class Doc {
    constructor(args = [], closed = {}) {
        this.content = [];
        this.indent = 0;
        this.args = args;
        this.closed = closed;
    }
    // the compiler catches a child's throw and keeps writing into this doc, so the indent has to unwind with it
    indented(fn) {
        this.indent += 1;
        try {
            fn(this);
        }
        finally {
            this.indent -= 1;
        }
    }
    write(arg) {
        if (typeof arg === "function") {
            arg(this, { execution: "sync" });
            arg(this, { execution: "async" });
            return;
        }
        const content = arg;
        const lines = content.split("\n").filter((x) => x);
        const minIndent = Math.min(...lines.map((x) => x.length - x.trimStart().length));
        const dedented = lines.map((x) => x.slice(minIndent)).map((x) => " ".repeat(this.indent * 2) + x);
        for (const line of dedented) {
            this.content.push(line);
        }
    }
    compile() {
        const F = Function;
        const content = this?.content ?? [``];
        const factory = new F(...Object.keys(this.closed), `return function (${this.args.join(", ")}) {\n${content.join("\n")}\n};`);
        return factory(...Object.values(this.closed));
    }
}

;// CONCATENATED MODULE: ./node_modules/zod/v4/core/versions.js
const version = {
    major: 4,
    minor: 6,
    patch: 7,
};

;// CONCATENATED MODULE: ./node_modules/zod/v4/core/schemas.js







const $ZodType = /*@__PURE__*/ $constructor("$ZodType", (inst, def) => {
    var _a;
    inst ?? (inst = {});
    inst._zod.def = def; // set _def property
    inst._zod.bag = inst._zod.bag || {}; // initialize _bag object
    inst._zod.version = version;
    const defChecks = inst._zod.def.checks;
    // if inst is itself a checks.$ZodCheck, run it as a check
    const checks = inst._zod.traits.has("$ZodCheck")
        ? [inst, ...(defChecks ?? [])]
        : defChecks?.length
            ? [...defChecks]
            : [];
    for (const ch of checks) {
        for (const fn of ch._zod.onattach) {
            fn(inst);
        }
    }
    if (checks.length === 0) {
        // deferred initializer inst._zod.parse is not yet defined
        (_a = inst._zod).deferred ?? (_a.deferred = []);
        inst._zod.deferred?.push(() => {
            inst._zod.run = inst._zod.parse;
        });
    }
    else {
        const runChecks = (payload, checks, ctx) => {
            if (payload.memo)
                return payload;
            let isAborted = aborted(payload);
            let asyncResult;
            for (const ch of checks) {
                if (ch._zod.def.when) {
                    if (explicitlyAborted(payload))
                        continue;
                    const shouldRun = ch._zod.def.when(payload);
                    if (!shouldRun)
                        continue;
                }
                else if (isAborted) {
                    continue;
                }
                const currLen = payload.issues.length;
                const _ = ch._zod.check(payload);
                if (_ instanceof Promise && ctx?.async === false) {
                    throw new $ZodAsyncError();
                }
                if (asyncResult || _ instanceof Promise) {
                    asyncResult = (asyncResult ?? Promise.resolve()).then(async () => {
                        await _;
                        const nextLen = payload.issues.length;
                        if (nextLen === currLen)
                            return;
                        attachSchema(payload.issues, currLen, inst);
                        if (!isAborted)
                            isAborted = aborted(payload, currLen);
                    });
                }
                else {
                    const nextLen = payload.issues.length;
                    if (nextLen === currLen)
                        continue;
                    attachSchema(payload.issues, currLen, inst);
                    if (!isAborted)
                        isAborted = aborted(payload, currLen);
                }
            }
            if (asyncResult) {
                return asyncResult.then(() => {
                    return payload;
                });
            }
            return payload;
        };
        const handleCanaryResult = (canary, payload, ctx) => {
            // abort if the canary is aborted
            if (aborted(canary)) {
                canary.aborted = true;
                return canary;
            }
            // run checks first, then
            const checkResult = runChecks(payload, checks, ctx);
            if (checkResult instanceof Promise) {
                if (ctx.async === false)
                    throw new $ZodAsyncError();
                return checkResult.then((checkResult) => inst._zod.parse(checkResult, ctx));
            }
            return inst._zod.parse(checkResult, ctx);
        };
        inst._zod.run = (payload, ctx) => {
            if (ctx.skipChecks) {
                return inst._zod.parse(payload, ctx);
            }
            if (ctx.direction === "backward") {
                // run canary initial pass (no checks)
                const canary = inst._zod.parse({ value: payload.value, issues: [] }, { ...ctx, skipChecks: true });
                if (canary instanceof Promise) {
                    return canary.then((canary) => {
                        return handleCanaryResult(canary, payload, ctx);
                    });
                }
                return handleCanaryResult(canary, payload, ctx);
            }
            // forward
            const result = inst._zod.parse(payload, ctx);
            if (result instanceof Promise) {
                if (ctx.async === false)
                    throw new $ZodAsyncError();
                return result.then((result) => runChecks(result, checks, ctx));
            }
            return runChecks(result, checks, ctx);
        };
    }
}, {
    // Wrappers extend this by installing a richer factory over it; reading it eagerly would defeat the laziness.
    get "~standard"() {
        return hide(this, "~standard", standardProps(this));
    },
    set "~standard"(value) {
        own(this, "~standard", value);
    },
});
/** The Standard Schema surface for `inst`. Shared so wrappers can extend it without forcing it. */
// a Standard Schema result only reports issues, so a failure finalizes them straight off the raw payload: no ZodError, and no lazy result to read through
const toStandardResult = (r, ctx) => r.issues.length ? { issues: r.issues.map((iss) => finalizeIssue(iss, ctx, config())) } : { value: r.value };
async function validateAsync(inst, value) {
    const ctx = { async: true };
    return toStandardResult((await inst._zod.run({ value, issues: [] }, ctx)), ctx);
}
function standardProps(inst) {
    return {
        validate: (value) => {
            const ctx = { async: false };
            try {
                const r = inst._zod.run({ value, issues: [] }, ctx);
                if (!(r instanceof Promise))
                    return toStandardResult(r, ctx);
            }
            catch (_) { }
            // async function so a synchronously throwing check rejects instead of escaping validate
            return validateAsync(inst, value);
        },
        vendor: "zod",
        version: 1,
    };
}

const $ZodString = /*@__PURE__*/ $constructor("$ZodString", (inst, def) => {
    $ZodType.init(inst, def);
    // a format's own pattern, else unbounded; a template literal derives the check-aware form itself
    inst._zod.pattern = def.pattern ?? anyString;
    inst._zod.parse = (payload, _) => {
        if (def.coerce)
            try {
                payload.value = String(payload.value);
            }
            catch (_) { }
        if (typeof payload.value === "string")
            return payload;
        payload.issues.push({
            expected: "string",
            code: "invalid_type",
            input: payload.value,
            inst,
        });
        return payload;
    };
});
const $ZodStringFormat = /*@__PURE__*/ $constructor("$ZodStringFormat", (inst, def) => {
    // check initialization must come first
    $ZodCheckStringFormat.init(inst, def);
    $ZodString.init(inst, def);
});
const $ZodGUID = /*@__PURE__*/ $constructor("$ZodGUID", (inst, def) => {
    def.pattern ?? (def.pattern = guid);
    $ZodStringFormat.init(inst, def);
});
const $ZodUUID = /*@__PURE__*/ $constructor("$ZodUUID", (inst, def) => {
    if (def.version) {
        const versionMap = {
            v1: 1,
            v2: 2,
            v3: 3,
            v4: 4,
            v5: 5,
            v6: 6,
            v7: 7,
            v8: 8,
        };
        const v = versionMap[def.version];
        if (v === undefined)
            throw new Error(`Invalid UUID version: "${def.version}"`);
        def.pattern ?? (def.pattern = uuid(v));
    }
    else
        def.pattern ?? (def.pattern = uuid());
    $ZodStringFormat.init(inst, def);
});
const $ZodEmail = /*@__PURE__*/ $constructor("$ZodEmail", (inst, def) => {
    def.pattern ?? (def.pattern = email);
    $ZodStringFormat.init(inst, def);
});
/** The `://` guard rejected the input before the URL constructor saw it. */
const URL_BAD_FORMAT = 1;
/** The URL parser rejected the input. */
const URL_UNPARSEABLE = 2;
function canParseURL(input) {
    try {
        if (typeof URL !== "undefined" && typeof URL.canParse === "function")
            return URL.canParse(input);
        new URL(input);
        return true;
    }
    catch {
        return false;
    }
}
function validateURL(trimmed, def) {
    if (!("normalize" in def) && !("hostname" in def) && !("protocol" in def)) {
        return canParseURL(trimmed) || URL_UNPARSEABLE;
    }
    return parseURLObject(trimmed, def);
}
/** Parses a URL while preserving the non-normalizing HTTP guard. */
function parseURLObject(trimmed, def) {
    // When normalize is off, require :// for http/https URLs. This prevents strings like "http:example.com" or "https:/path" from being silently accepted
    if (!def.normalize && def.protocol?.source === httpProtocol.source && !/^https?:\/\//i.test(trimmed)) {
        return URL_BAD_FORMAT;
    }
    try {
        if (typeof URL !== "undefined") {
            const URLStatic = URL;
            if (typeof URLStatic.parse === "function")
                return URLStatic.parse(trimmed) ?? URL_UNPARSEABLE;
        }
        // @ts-ignore
        return new URL(trimmed);
    }
    catch {
        return URL_UNPARSEABLE;
    }
}
const asciiTabOrNewline = /[\t\n\r]/g;
/** The URL parser deletes every ASCII tab, LF and CR from its input before it parses, so `new URL("https://exa\nmple.com")` reports on `example.com`. Applying the same deletion to the returned value closes the half of that divergence which can move the host; the parser's other rewrite, stripping C0 controls at the edges, cannot. */
function stripTabAndNewline(value) {
    return value.replace(asciiTabOrNewline, "");
}
function urlHostnameOk(url, hostname) {
    hostname.lastIndex = 0;
    return hostname.test(url.hostname);
}
function urlProtocolOk(url, protocol) {
    protocol.lastIndex = 0;
    return protocol.test(url.protocol.endsWith(":") ? url.protocol.slice(0, -1) : url.protocol);
}
const $ZodURL = /*@__PURE__*/ $constructor("$ZodURL", (inst, def) => {
    $ZodStringFormat.init(inst, def);
    inst._zod.check = (payload) => {
        try {
            // Trim whitespace from input
            const trimmed = payload.value.trim();
            const url = validateURL(trimmed, def);
            if (url === URL_BAD_FORMAT) {
                payload.issues.push({
                    code: "invalid_format",
                    format: "url",
                    note: "Invalid URL format",
                    input: payload.value,
                    inst,
                    continue: !def.abort,
                });
                return;
            }
            if (url === URL_UNPARSEABLE) {
                payload.issues.push({
                    code: "invalid_format",
                    format: "url",
                    input: payload.value,
                    inst,
                    continue: !def.abort,
                });
                return;
            }
            if (url === true) {
                payload.value = stripTabAndNewline(trimmed);
                return;
            }
            if (def.hostname && !urlHostnameOk(url, def.hostname)) {
                payload.issues.push({
                    code: "invalid_format",
                    format: "url",
                    note: "Invalid hostname",
                    pattern: def.hostname.source,
                    input: payload.value,
                    inst,
                    continue: !def.abort,
                });
            }
            if (def.protocol && !urlProtocolOk(url, def.protocol)) {
                payload.issues.push({
                    code: "invalid_format",
                    format: "url",
                    note: "Invalid protocol",
                    pattern: def.protocol.source,
                    input: payload.value,
                    inst,
                    continue: !def.abort,
                });
            }
            // Set the output value based on normalize flag
            payload.value = def.normalize ? url.href : stripTabAndNewline(trimmed);
            return;
        }
        catch (_) {
            payload.issues.push({
                code: "invalid_format",
                format: "url",
                input: payload.value,
                inst,
                continue: !def.abort,
            });
        }
    };
});
const $ZodEmoji = /*@__PURE__*/ $constructor("$ZodEmoji", (inst, def) => {
    def.pattern ?? (def.pattern = emoji());
    $ZodStringFormat.init(inst, def);
});
const $ZodNanoID = /*@__PURE__*/ $constructor("$ZodNanoID", (inst, def) => {
    if (def.length !== undefined && (!Number.isInteger(def.length) || def.length < 1))
        throw new Error(`Invalid nanoid length: ${def.length}`);
    def.pattern ?? (def.pattern = def.length === undefined ? nanoid : nanoidOfLength(def.length));
    $ZodStringFormat.init(inst, def);
});
/**
 * @deprecated CUID v1 is deprecated by its authors due to information leakage
 * (timestamps embedded in the id). Use {@link $ZodCUID2} instead.
 * See https://github.com/paralleldrive/cuid.
 */
const $ZodCUID = /*@__PURE__*/ $constructor("$ZodCUID", (inst, def) => {
    def.pattern ?? (def.pattern = cuid);
    $ZodStringFormat.init(inst, def);
});
const $ZodCUID2 = /*@__PURE__*/ $constructor("$ZodCUID2", (inst, def) => {
    def.pattern ?? (def.pattern = cuid2);
    $ZodStringFormat.init(inst, def);
});
const $ZodULID = /*@__PURE__*/ $constructor("$ZodULID", (inst, def) => {
    def.pattern ?? (def.pattern = ulid);
    $ZodStringFormat.init(inst, def);
});
const $ZodXID = /*@__PURE__*/ $constructor("$ZodXID", (inst, def) => {
    def.pattern ?? (def.pattern = xid);
    $ZodStringFormat.init(inst, def);
});
const $ZodKSUID = /*@__PURE__*/ $constructor("$ZodKSUID", (inst, def) => {
    def.pattern ?? (def.pattern = ksuid);
    $ZodStringFormat.init(inst, def);
});
const $ZodISODateTime = /*@__PURE__*/ $constructor("$ZodISODateTime", (inst, def) => {
    def.pattern ?? (def.pattern = datetime(def));
    $ZodStringFormat.init(inst, def);
});
const $ZodISODate = /*@__PURE__*/ $constructor("$ZodISODate", (inst, def) => {
    def.pattern ?? (def.pattern = date);
    $ZodStringFormat.init(inst, def);
});
const $ZodISOTime = /*@__PURE__*/ $constructor("$ZodISOTime", (inst, def) => {
    def.pattern ?? (def.pattern = time(def));
    $ZodStringFormat.init(inst, def);
});
const $ZodISODuration = /*@__PURE__*/ $constructor("$ZodISODuration", (inst, def) => {
    def.pattern ?? (def.pattern = duration);
    $ZodStringFormat.init(inst, def);
});
const $ZodIPv4 = /*@__PURE__*/ $constructor("$ZodIPv4", (inst, def) => {
    def.pattern ?? (def.pattern = ipv4);
    $ZodStringFormat.init(inst, def);
});
/** An IPv6 address is written with hex digits, colons and dots, and nothing else. The guard is what makes the check below an IPv6 check: `new URL("http://[...]")` parses an authority, not an address, so `@` and `\` re-delimit it and `"::@1\\"` validates against the host `0.0.0.1`. The URL parser also deletes ASCII tab, LF and CR rather than failing, which is how `"::1\n"` validated as `::1`. */
const ipv6Alphabet = /^[0-9a-fA-F:.]+$/;
function isValidIPv6(value) {
    if (!ipv6Alphabet.test(value))
        return false;
    return canParseURL(`http://[${value}]`);
}
const $ZodIPv6 = /*@__PURE__*/ $constructor("$ZodIPv6", (inst, def) => {
    def.pattern ?? (def.pattern = ipv6);
    $ZodStringFormat.init(inst, def);
    inst._zod.check = (payload) => {
        if (!isValidIPv6(payload.value)) {
            payload.issues.push({
                code: "invalid_format",
                format: "ipv6",
                input: payload.value,
                inst,
                continue: !def.abort,
            });
        }
    };
});
const $ZodMAC = /*@__PURE__*/ (/* unused pure expression or super */ null && (core.$constructor("$ZodMAC", (inst, def) => {
    def.pattern ?? (def.pattern = regexes.mac(def.delimiter));
    $ZodStringFormat.init(inst, def);
})));
const $ZodCIDRv4 = /*@__PURE__*/ $constructor("$ZodCIDRv4", (inst, def) => {
    def.pattern ?? (def.pattern = cidrv4);
    $ZodStringFormat.init(inst, def);
});
function isValidCIDRv6(value) {
    const parts = value.split("/");
    if (parts.length !== 2)
        return false;
    const [address, prefix] = parts;
    if (!prefix)
        return false;
    const prefixNum = Number(prefix);
    if (`${prefixNum}` !== prefix)
        return false;
    if (prefixNum < 0 || prefixNum > 128)
        return false;
    return isValidIPv6(address);
}
const $ZodCIDRv6 = /*@__PURE__*/ $constructor("$ZodCIDRv6", (inst, def) => {
    def.pattern ?? (def.pattern = cidrv6); // not used for validation
    $ZodStringFormat.init(inst, def);
    inst._zod.check = (payload) => {
        if (!isValidCIDRv6(payload.value)) {
            payload.issues.push({
                code: "invalid_format",
                format: "cidrv6",
                input: payload.value,
                inst,
                continue: !def.abort,
            });
        }
    };
});
//////////////////////////////   ZodBase64   //////////////////////////////
function isValidBase64(data) {
    if (data === "")
        return true;
    // atob ignores whitespace, so reject it up front.
    if (/\s/.test(data))
        return false;
    if (data.length % 4 !== 0)
        return false;
    try {
        // @ts-ignore
        atob(data);
        return true;
    }
    catch {
        return false;
    }
}
// lax on purpose: the quantified regexes.base64 overflows the regex stack on multi-MB input and its leading ^$| alternation leaks through template-literal composition; isValidBase64 enforces length and padding
const base64Charset = /^[0-9a-zA-Z+/]*={0,2}$/;
const $ZodBase64 = /*@__PURE__*/ $constructor("$ZodBase64", (inst, def) => {
    def.pattern ?? (def.pattern = base64Charset);
    $ZodStringFormat.init(inst, def);
    inst._zod.check = (payload) => {
        if (isValidBase64(payload.value))
            return;
        payload.issues.push({
            code: "invalid_format",
            format: "base64",
            input: payload.value,
            inst,
            continue: !def.abort,
        });
    };
});
//////////////////////////////   ZodBase64URL   //////////////////////////////
// lax on purpose: the quantified regexes.base64url overflows the regex stack on multi-MB input; isValidBase64 enforces length on the padded string
const base64urlCharset = /^[A-Za-z0-9_-]*$/;
function isValidBase64URL(data) {
    if (!base64urlCharset.test(data))
        return false;
    const base64 = data.replace(/[-_]/g, (c) => (c === "-" ? "+" : "/"));
    const padded = base64.padEnd(Math.ceil(base64.length / 4) * 4, "=");
    return isValidBase64(padded);
}
const $ZodBase64URL = /*@__PURE__*/ $constructor("$ZodBase64URL", (inst, def) => {
    def.pattern ?? (def.pattern = base64urlCharset);
    $ZodStringFormat.init(inst, def);
    inst._zod.check = (payload) => {
        if (isValidBase64URL(payload.value))
            return;
        payload.issues.push({
            code: "invalid_format",
            format: "base64url",
            input: payload.value,
            inst,
            continue: !def.abort,
        });
    };
});
const $ZodE164 = /*@__PURE__*/ $constructor("$ZodE164", (inst, def) => {
    def.pattern ?? (def.pattern = e164);
    $ZodStringFormat.init(inst, def);
});
//////////////////////////////   ZodCreditCard   //////////////////////////////
const CC_SANITIZE = /[- ]/g;
/** Luhn checksum on a digit-only string. Adapted from valibot (MIT). */
function isLuhnAlgo(digits) {
    let length = digits.length;
    let bit = 1;
    let sum = 0;
    while (length) {
        const value = digits.charCodeAt(--length) - 48;
        bit ^= 1;
        sum += bit ? [0, 2, 4, 6, 8, 1, 3, 5, 7, 9][value] : value;
    }
    return sum % 10 === 0;
}
function isValidCreditCard(input) {
    if (!regexes.creditCard.test(input))
        return false;
    return isLuhnAlgo(input.replace(CC_SANITIZE, ""));
}
const $ZodCreditCard = /*@__PURE__*/ (/* unused pure expression or super */ null && (core.$constructor("$ZodCreditCard", (inst, def) => {
    // Shape only — the Luhn check below is not expressible as a pattern, so consumers of `pattern` (JSON Schema, template literals) get the length and separator rules alone.
    def.pattern ?? (def.pattern = regexes.creditCard);
    $ZodStringFormat.init(inst, def);
    inst._zod.check = (payload) => {
        if (isValidCreditCard(payload.value))
            return;
        payload.issues.push({
            code: "invalid_format",
            format: "credit_card",
            input: payload.value,
            inst,
            continue: !def.abort,
        });
    };
})));
//////////////////////////////   ZodIBAN   //////////////////////////////
// iso 7064 mod 97-10 checksum without BigInt
function isIso7064Mod97(iban) {
    let remainder = 0;
    const len = iban.length;
    for (let i = 4; i < len; i++) {
        const code = iban.charCodeAt(i);
        remainder = (code >= 65 ? remainder * 100 + (code - 55) : remainder * 10 + (code - 48)) % 97;
    }
    for (let i = 0; i < 4; i++) {
        const code = iban.charCodeAt(i);
        remainder = (code >= 65 ? remainder * 100 + (code - 55) : remainder * 10 + (code - 48)) % 97;
    }
    return remainder === 1;
}
function isValidIBAN(input) {
    if (!regexes.iban.test(input))
        return false;
    return isIso7064Mod97(input);
}
const $ZodIBAN = /*@__PURE__*/ (/* unused pure expression or super */ null && (core.$constructor("$ZodIBAN", (inst, def) => {
    // shape only — checksum is not expressible as a pattern
    def.pattern ?? (def.pattern = regexes.iban);
    $ZodStringFormat.init(inst, def);
    inst._zod.check = (payload) => {
        if (isValidIBAN(payload.value))
            return;
        payload.issues.push({
            code: "invalid_format",
            format: "iban",
            input: payload.value,
            inst,
            continue: !def.abort,
        });
    };
})));
//////////////////////////////   ZodJWT   //////////////////////////////
function isValidJWT(token, algorithm = null) {
    try {
        const tokensParts = token.split(".");
        if (tokensParts.length !== 3)
            return false;
        const [header] = tokensParts;
        if (!header)
            return false;
        // @ts-ignore
        const parsedHeader = JSON.parse(atob(header));
        if ("typ" in parsedHeader && parsedHeader?.typ !== "JWT")
            return false;
        if (!parsedHeader.alg)
            return false;
        if (algorithm && (!("alg" in parsedHeader) || parsedHeader.alg !== algorithm))
            return false;
        return true;
    }
    catch {
        return false;
    }
}
const $ZodJWT = /*@__PURE__*/ $constructor("$ZodJWT", (inst, def) => {
    $ZodStringFormat.init(inst, def);
    inst._zod.check = (payload) => {
        if (isValidJWT(payload.value, def.alg))
            return;
        payload.issues.push({
            code: "invalid_format",
            format: "jwt",
            input: payload.value,
            inst,
            continue: !def.abort,
        });
    };
});
const $ZodCustomStringFormat = /*@__PURE__*/ (/* unused pure expression or super */ null && (core.$constructor("$ZodCustomStringFormat", (inst, def) => {
    $ZodStringFormat.init(inst, def);
    inst._zod.check = (payload) => {
        if (def.fn(payload.value))
            return;
        payload.issues.push({
            code: "invalid_format",
            format: def.format,
            input: payload.value,
            inst,
            continue: !def.abort,
        });
    };
})));
const $ZodNumber = /*@__PURE__*/ $constructor("$ZodNumber", (inst, def) => {
    $ZodType.init(inst, def);
    inst._zod.pattern = number;
    inst._zod.parse = (payload, _ctx) => {
        if (def.coerce)
            try {
                payload.value = Number(payload.value);
            }
            catch (_) { }
        const input = payload.value;
        if (typeof input === "number" && !Number.isNaN(input) && Number.isFinite(input)) {
            return payload;
        }
        const received = typeof input === "number"
            ? Number.isNaN(input)
                ? "NaN"
                : !Number.isFinite(input)
                    ? String(input)
                    : undefined
            : undefined;
        payload.issues.push({
            expected: "number",
            code: "invalid_type",
            input,
            inst,
            ...(received ? { received } : {}),
        });
        return payload;
    };
});
const $ZodNumberFormat = /*@__PURE__*/ $constructor("$ZodNumberFormat", (inst, def) => {
    $ZodCheckNumberFormat.init(inst, def);
    $ZodNumber.init(inst, def); // no format checks
});
const $ZodBoolean = /*@__PURE__*/ $constructor("$ZodBoolean", (inst, def) => {
    $ZodType.init(inst, def);
    inst._zod.pattern = regexes_boolean;
    inst._zod.parse = (payload, _ctx) => {
        if (def.coerce)
            try {
                payload.value = Boolean(payload.value);
            }
            catch (_) { }
        const input = payload.value;
        if (typeof input === "boolean")
            return payload;
        payload.issues.push({
            expected: "boolean",
            code: "invalid_type",
            input,
            inst,
        });
        return payload;
    };
});
const $ZodBigInt = /*@__PURE__*/ $constructor("$ZodBigInt", (inst, def) => {
    $ZodType.init(inst, def);
    inst._zod.pattern = bigint;
    inst._zod.parse = (payload, _ctx) => {
        if (def.coerce)
            try {
                payload.value = BigInt(payload.value);
            }
            catch (_) { }
        if (typeof payload.value === "bigint")
            return payload;
        payload.issues.push({
            expected: "bigint",
            code: "invalid_type",
            input: payload.value,
            inst,
        });
        return payload;
    };
});
const $ZodBigIntFormat = /*@__PURE__*/ (/* unused pure expression or super */ null && (core.$constructor("$ZodBigIntFormat", (inst, def) => {
    checks.$ZodCheckBigIntFormat.init(inst, def);
    $ZodBigInt.init(inst, def); // no format checks
})));
const $ZodSymbol = /*@__PURE__*/ (/* unused pure expression or super */ null && (core.$constructor("$ZodSymbol", (inst, def) => {
    $ZodType.init(inst, def);
    inst._zod.parse = (payload, _ctx) => {
        const input = payload.value;
        if (typeof input === "symbol")
            return payload;
        payload.issues.push({
            expected: "symbol",
            code: "invalid_type",
            input,
            inst,
        });
        return payload;
    };
})));
const $ZodUndefined = /*@__PURE__*/ (/* unused pure expression or super */ null && (core.$constructor("$ZodUndefined", (inst, def) => {
    $ZodType.init(inst, def);
    inst._zod.pattern = regexes.undefined;
    inst._zod.values = new Set([undefined]);
    inst._zod.parse = (payload, _ctx) => {
        const input = payload.value;
        if (typeof input === "undefined")
            return payload;
        payload.issues.push({
            expected: "undefined",
            code: "invalid_type",
            input,
            inst,
        });
        return payload;
    };
})));
const $ZodNull = /*@__PURE__*/ (/* unused pure expression or super */ null && (core.$constructor("$ZodNull", (inst, def) => {
    $ZodType.init(inst, def);
    inst._zod.pattern = regexes.null;
    inst._zod.values = new Set([null]);
    inst._zod.parse = (payload, _ctx) => {
        const input = payload.value;
        if (input === null)
            return payload;
        payload.issues.push({
            expected: "null",
            code: "invalid_type",
            input,
            inst,
        });
        return payload;
    };
})));
const $ZodAny = /*@__PURE__*/ (/* unused pure expression or super */ null && (core.$constructor("$ZodAny", (inst, def) => {
    $ZodType.init(inst, def);
    inst._zod.parse = (payload) => payload;
})));
const $ZodUnknown = /*@__PURE__*/ $constructor("$ZodUnknown", (inst, def) => {
    $ZodType.init(inst, def);
    inst._zod.parse = (payload) => payload;
});
const $ZodNever = /*@__PURE__*/ $constructor("$ZodNever", (inst, def) => {
    $ZodType.init(inst, def);
    inst._zod.parse = (payload, _ctx) => {
        payload.issues.push({
            expected: "never",
            code: "invalid_type",
            input: payload.value,
            inst,
        });
        return payload;
    };
});
const $ZodVoid = /*@__PURE__*/ (/* unused pure expression or super */ null && (core.$constructor("$ZodVoid", (inst, def) => {
    $ZodType.init(inst, def);
    inst._zod.parse = (payload, _ctx) => {
        const input = payload.value;
        if (typeof input === "undefined")
            return payload;
        payload.issues.push({
            expected: "void",
            code: "invalid_type",
            input,
            inst,
        });
        return payload;
    };
})));
const $ZodDate = /*@__PURE__*/ $constructor("$ZodDate", (inst, def) => {
    $ZodType.init(inst, def);
    inst._zod.parse = (payload, _ctx) => {
        if (def.coerce) {
            try {
                payload.value = new Date(payload.value);
            }
            catch (_err) { }
        }
        const input = payload.value;
        const isDate = input instanceof Date;
        const isValidDate = isDate && !Number.isNaN(input.getTime());
        if (isValidDate)
            return payload;
        payload.issues.push({
            expected: "date",
            code: "invalid_type",
            input,
            ...(isDate ? { received: "Invalid Date" } : {}),
            inst,
        });
        return payload;
    };
});
// an oversized container fails its leading size checks before any element is parsed
function capSize(inst, size) {
    const caps = sizeCaps(inst._zod.def.checks);
    if (!caps.length)
        return;
    const cap = Math.min(...caps.map((c) => c[0]));
    const parse = inst._zod.parse;
    inst._zod.parse = (payload, ctx) => {
        const n = size(payload.value);
        if (n > cap && !ctx?.skipChecks && ctx?.direction !== "backward") {
            for (const [max, ch] of sizeCaps(inst._zod.def.checks)) {
                if (n > max && ch._zod.def.when(payload)) {
                    const start = payload.issues.length;
                    ch._zod.check(payload);
                    // the value is still the raw input, so no later check may read it
                    payload.issues[start].continue = false;
                    attachSchema(payload.issues, start, inst);
                    return payload;
                }
            }
        }
        return parse(payload, ctx);
    };
}
const arraySize = (input) => (Array.isArray(input) ? input.length : -1);
const mapSize = (input) => (input instanceof Map ? input.size : -1);
const setSize = (input) => (input instanceof Set ? input.size : -1);
function handleArrayResult(result, final, index) {
    if (result.issues.length) {
        final.issues.push(...prefixIssues(index, result.issues));
    }
    final.value[index] = result.value;
}
const $ZodArray = /*@__PURE__*/ $constructor("$ZodArray", (inst, def) => {
    $ZodType.init(inst, def);
    const memo = globalConfig.memoizer;
    memo?.attach(inst);
    inst._zod.parse = (payload, ctx) => {
        const input = payload.value;
        if (!Array.isArray(input)) {
            payload.issues.push({
                expected: "array",
                code: "invalid_type",
                input,
                inst,
            });
            return payload;
        }
        payload.value = memo ? memo.alloc(inst, payload, Array(input.length), ctx) : Array(input.length);
        const proms = [];
        const abortEarly = ctx?.abortEarly;
        for (let i = 0; i < input.length; i++) {
            const item = input[i];
            const result = def.element._zod.run({
                value: item,
                issues: [],
            }, ctx);
            if (result instanceof Promise) {
                proms.push(result.then((result) => handleArrayResult(result, payload, i)));
            }
            else {
                handleArrayResult(result, payload, i);
                // the element's payload is authoritative here, since handleArrayResult forwards every issue; an object's is not, because it drops a failed absent optional
                if (abortEarly && result.issues.length !== 0 && aborted(result))
                    break;
            }
        }
        if (proms.length) {
            return Promise.all(proms).then(() => payload);
        }
        return payload; //handleArrayResultsAsync(parseResults, final);
    };
    capSize(inst, arraySize);
});
function handlePropertyResult(result, final, key, input, optin, optout) {
    const isPresent = key in input;
    const isOptionalOut = optout === "optional";
    // The middle rung means "absence permitted, nothing supplied in its place", so an absent key contributes nothing — whatever the schema made of `undefined` is invented, not substituted. Only `optional` reaches this with a value: `defaulted` substitutes, and a schema that isn't optional-out has to keep the key.
    if (!isPresent && isOptionalOut && optin === "optional") {
        return;
    }
    if (result.issues.length) {
        // For optional-in/out schemas, ignore errors on absent keys.
        if (optin !== undefined && isOptionalOut && !isPresent) {
            return;
        }
        final.issues.push(...prefixIssues(key, result.issues));
    }
    if (!isPresent && optin === undefined) {
        if (!result.issues.length) {
            final.issues.push({
                code: "invalid_type",
                expected: "nonoptional",
                input: undefined,
                path: [key],
            });
        }
        return;
    }
    if (result.value === undefined) {
        if (isPresent || (optin === "defaulted" && !isOptionalOut)) {
            final.value[key] = undefined;
        }
    }
    else {
        final.value[key] = result.value;
    }
}
// one shared instance; a fresh [] per schema cost 56 bytes retained
const NO_SYMBOL_KEYS = [];
function normalizeDef(def) {
    const keys = Object.keys(def.shape);
    const ownSymbols = Object.getOwnPropertySymbols(def.shape);
    const symbolKeys = ownSymbols.length ? ownSymbols : NO_SYMBOL_KEYS;
    // aliases `keys` when there are no symbols, so a string-only shape keeps one array
    const allKeys = symbolKeys.length ? [...keys, ...symbolKeys] : keys;
    for (const k of allKeys) {
        if (!def.shape?.[k]?._zod?.traits?.has("$ZodType")) {
            throw new Error(`Invalid element at key "${String(k)}": expected a Zod schema`);
        }
    }
    const okeys = optionalKeys(def.shape);
    return {
        ...def,
        allKeys,
        symbolKeys,
        // string-only: handleCatchall matches it against `for...in`, which never yields a symbol
        keySet: new Set(keys),
        numKeys: keys.length,
        optionalKeys: new Set(okeys),
    };
}
function handleCatchall(proms, input, payload, ctx, def, inst, abortEarly) {
    const unrecognized = [];
    const keySet = def.keySet;
    const _catchall = def.catchall._zod;
    const t = _catchall.def.type;
    const optin = _catchall.optin;
    const optout = _catchall.optout;
    // starts at 0, not the current length: the shape phase already ran and may have aborted
    let seen = 0;
    for (const key in input) {
        if (abortEarly && payload.issues.length !== seen) {
            if (aborted(payload, seen))
                break;
            seen = payload.issues.length;
        }
        // Must precede the __proto__ branch: a declared key is not unrecognized, even though the shape loop deliberately strips __proto__ from the parsed output.
        if (keySet.has(key))
            continue;
        // Don't copy an undeclared __proto__ into the result; assignment to a plain {} would replace the result prototype. But in strict mode it is still an unknown key, so report it before skipping.
        if (key === "__proto__") {
            if (t === "never")
                unrecognized.push(key);
            continue;
        }
        if (t === "never") {
            unrecognized.push(key);
            continue;
        }
        const r = _catchall.run({ value: input[key], issues: [] }, ctx);
        if (r instanceof Promise) {
            proms.push(r.then((r) => handlePropertyResult(r, payload, key, input, optin, optout)));
        }
        else {
            handlePropertyResult(r, payload, key, input, optin, optout);
        }
    }
    if (unrecognized.length) {
        payload.issues.push({
            code: "unrecognized_keys",
            keys: unrecognized,
            input,
            inst,
            // Describes the shape of the input, not the validity of the parsed value, so it never aborts. The parse still fails; the schema's own checks just get to run first, and an enclosing intersection can reconcile the key against a sibling operand.
            continue: true,
        });
    }
    if (!proms.length)
        return payload;
    return Promise.all(proms).then(() => {
        return payload;
    });
}
const $ZodObject = /*@__PURE__*/ $constructor("$ZodObject", (inst, def) => {
    // requires cast because technically $ZodObject doesn't extend
    $ZodType.init(inst, def);
    const desc = Object.getOwnPropertyDescriptor(def, "shape");
    // a cloned def carries its source's accessor, which knows the shape it answers from; adopting that keeps the clone's keys readable without running it
    const sh = desc?.get ? desc.get.raw : (def.shape ?? {});
    if (sh) {
        // Freezes the shape on first read, so its getters resolve once and every later read sees the same schemas.
        const get = () => {
            const newSh = { ...sh };
            Object.defineProperty(def, "shape", { value: newSh });
            get.raw = newSh;
            return newSh;
        };
        get.raw = sh;
        Object.defineProperty(def, "shape", { get });
    }
    const _normalized = cached(() => normalizeDef(def));
    defineLazyInternal(inst, "propValues", (zod) => {
        const shape = zod.def.shape;
        const propValues = {};
        for (const key in shape) {
            const field = shape[key]._zod;
            if (field.values) {
                if (!Object.prototype.hasOwnProperty.call(propValues, key)) {
                    util_assignProp(propValues, key, new Set());
                }
                for (const v of field.values)
                    propValues[key].add(v);
                // An omittable slot reads back as undefined at a discriminator lookup, so it has to claim undefined: two options that can both omit the key are not discriminable on it.
                if (field.optin !== undefined)
                    propValues[key].add(undefined);
            }
        }
        return propValues;
    });
    const isObject = util_isObject;
    const catchall = def.catchall;
    let value;
    const memo = globalConfig.memoizer;
    memo?.attach(inst);
    inst._zod.parse = (payload, ctx) => {
        value ?? (value = _normalized.value);
        const input = payload.value;
        if (!isObject(input)) {
            payload.issues.push({
                expected: "object",
                code: "invalid_type",
                input,
                inst,
            });
            return payload;
        }
        payload.value = memo ? memo.alloc(inst, payload, {}, ctx) : {};
        const proms = [];
        const shape = value.shape;
        const abortEarly = ctx?.abortEarly;
        let seen = payload.issues.length;
        for (const key of value.allKeys) {
            if (abortEarly && payload.issues.length !== seen) {
                if (aborted(payload, seen))
                    break;
                seen = payload.issues.length;
            }
            if (key === "__proto__")
                continue;
            const el = shape[key];
            const optin = el._zod.optin;
            const optout = el._zod.optout;
            const r = el._zod.run({ value: input[key], issues: [] }, ctx);
            if (r instanceof Promise) {
                proms.push(r.then((r) => handlePropertyResult(r, payload, key, input, optin, optout)));
            }
            else {
                handlePropertyResult(r, payload, key, input, optin, optout);
            }
        }
        if (!catchall) {
            return proms.length ? Promise.all(proms).then(() => payload) : payload;
        }
        return handleCatchall(proms, input, payload, ctx, _normalized.value, inst, abortEarly === true);
    };
});
const $ZodObjectJIT = /*@__PURE__*/ $constructor("$ZodObjectJIT", (inst, def) => {
    // requires cast because technically $ZodObject doesn't extend
    $ZodObject.init(inst, def);
    const superParse = inst._zod.parse;
    const _normalized = cached(() => normalizeDef(def));
    const memo = globalConfig.memoizer;
    const generateFastpass = (shape) => {
        const normalized = _normalized.value;
        const syms = normalized.symbolKeys;
        // a symbol has no source literal, so it is read as `syms[i]` off the closed-over scope
        const doc = new Doc(["payload", "ctx"], { shape, inst, memo, syms });
        const parseStr = (k) => `shape[${k}]._zod.run({ value: input[${k}], issues: [] }, ctx)`;
        // prefixes in place, like util.prefixIssues. newResult must land before the early return: a catchall runs after this and would otherwise write onto the caller's input
        const prefixStr = (id, k) => `
          let ${id}_ab = false;
          for (let i = 0; i < ${id}.issues.length; i++) {
            const iss = ${id}.issues[i];
            iss.path = iss.path ? [${k}, ...iss.path] : [${k}];
            payload.issues.push(iss);
            if (iss.continue !== true) ${id}_ab = true;
          }
          if (${id}_ab && ctx && ctx.abortEarly) {
            payload.value = newResult;
            return payload;
          }`;
        doc.write(`const input = payload.value;`);
        const ids = Object.create(null);
        let counter = 0;
        for (const key of normalized.allKeys) {
            ids[key] = `key_${counter++}`;
        }
        // A: preserve key order {
        doc.write(memo ? `const newResult = memo.alloc(inst, payload, {}, ctx);` : `const newResult = {};`);
        for (const key of normalized.allKeys) {
            if (key === "__proto__")
                continue;
            const id = ids[key];
            const k = typeof key === "symbol" ? `syms[${syms.indexOf(key)}]` : esc(key);
            const isPresent = `${k} in input`;
            const schema = shape[key];
            const optin = schema?._zod?.optin;
            const isOptionalIn = optin !== undefined;
            const isOptionalOut = schema?._zod?.optout === "optional";
            doc.write(`const ${id} = ${parseStr(k)};`);
            if (isOptionalIn && isOptionalOut) {
                // For optional-in/out schemas, ignore errors on absent keys — and, like the interpreted path, drop the value produced alongside them. The middle rung goes further: it permits absence without supplying anything in its place, so an absent key contributes nothing at all.
                const assign = optin === "optional" ? `${id}_present` : `${id}.value !== undefined || ${id}_present`;
                doc.write(`
        const ${id}_present = ${isPresent};
        if (!${id}.issues.length || ${id}_present) {
          if (${id}.issues.length) {${prefixStr(id, k)}
          }

          if (${assign}) {
            newResult[${k}] = ${id}.value;
          }
        }

      `);
            }
            else if (!isOptionalIn) {
                doc.write(`
        const ${id}_present = ${isPresent};
        if (${id}.issues.length) {${prefixStr(id, k)}
        }
        if (!${id}_present && !${id}.issues.length) {
          payload.issues.push({
            code: "invalid_type",
            expected: "nonoptional",
            input: undefined,
            path: [${k}]
          });
          if (ctx && ctx.abortEarly) {
            payload.value = newResult;
            return payload;
          }
        }

        if (${id}_present) {
          newResult[${k}] = ${id}.value;
        }

      `);
            }
            else {
                doc.write(`
        if (${id}.issues.length) {${prefixStr(id, k)}
        }
      `);
                if (optin === "defaulted") {
                    doc.write(`newResult[${k}] = ${id}.value;`);
                }
                else {
                    doc.write(`
        if (${id}.value !== undefined || ${isPresent}) {
          newResult[${k}] = ${id}.value;
        }
      `);
                }
            }
        }
        doc.write(`payload.value = newResult;`);
        doc.write(`return payload;`);
        // closing `shape` in is what pays: turbofan specializes the parser against that one shape object, so every `shape[k]._zod.run` folds to a known callee. as a parameter it stays a generic load and measures 13% slower even with the forwarding frame gone
        return doc.compile();
    };
    let fastpass;
    const isObject = util_isObject;
    const jit = !globalConfig.jitless;
    const allowsEval = util_allowsEval;
    const fastEnabled = jit && allowsEval.value; // && !def.catchall;
    const catchall = def.catchall;
    let value;
    inst._zod.parse = (payload, ctx) => {
        value ?? (value = _normalized.value);
        const input = payload.value;
        if (!isObject(input)) {
            payload.issues.push({
                expected: "object",
                code: "invalid_type",
                input,
                inst,
            });
            return payload;
        }
        if (jit && fastEnabled && ctx?.async === false && ctx.jitless !== true) {
            // always synchronous
            if (!fastpass)
                fastpass = generateFastpass(def.shape);
            payload = fastpass(payload, ctx);
            if (!catchall)
                return payload;
            return handleCatchall([], input, payload, ctx, value, inst, ctx?.abortEarly === true);
        }
        return superParse(payload, ctx);
    };
});
function handleUnionResults(results, final, inst, ctx) {
    for (const result of results) {
        if (result.issues.length === 0) {
            final.value = result.value;
            return final;
        }
    }
    const nonaborted = results.filter((r) => !aborted(r));
    if (nonaborted.length === 1) {
        final.value = nonaborted[0].value;
        return nonaborted[0];
    }
    final.issues.push({
        code: "invalid_union",
        input: final.value,
        inst,
        errors: results.map((result) => result.issues.map((iss) => finalizeIssue(iss, ctx, config()))),
    });
    return final;
}
const $ZodUnion = /*@__PURE__*/ $constructor("$ZodUnion", (inst, def) => {
    $ZodType.init(inst, def);
    defineLazyInternal(inst, "optin", (zod) => zod.def.options.some((o) => o._zod.optin === "defaulted")
        ? "defaulted"
        : zod.def.options.some((o) => o._zod.optin !== undefined)
            ? "optional"
            : undefined);
    defineLazyInternal(inst, "optout", (zod) => zod.def.options.some((o) => o._zod.optout === "optional") ? "optional" : undefined);
    defineLazyInternal(inst, "values", (zod) => {
        if (zod.def.options.every((o) => o._zod.values)) {
            return new Set(zod.def.options.flatMap((option) => Array.from(option._zod.values)));
        }
        return undefined;
    });
    defineLazyInternal(inst, "pattern", (zod) => {
        if (zod.def.options.every((o) => o._zod.pattern)) {
            const patterns = zod.def.options.map((o) => o._zod.pattern);
            return new RegExp(`^(${patterns.map((p) => cleanRegex(p.source)).join("|")})$`);
        }
        return undefined;
    });
    const first = def.options.length === 1 ? def.options[0]._zod.run : null;
    inst._zod.parse = (payload, ctx) => {
        if (first) {
            return first(payload, ctx);
        }
        let async = false;
        const results = [];
        for (const option of def.options) {
            const result = option._zod.run({
                value: payload.value,
                issues: [],
            }, ctx);
            if (result instanceof Promise) {
                results.push(result);
                async = true;
            }
            else {
                if (result.issues.length === 0)
                    return result;
                results.push(result);
            }
        }
        if (!async)
            return handleUnionResults(results, payload, inst, ctx);
        return Promise.all(results).then((results) => {
            return handleUnionResults(results, payload, inst, ctx);
        });
    };
});
function handleExclusiveUnionResults(results, final, inst, ctx) {
    const matches = [];
    for (let i = 0; i < results.length; i++) {
        if (results[i].issues.length === 0)
            matches.push(i);
    }
    if (matches.length === 1) {
        final.value = results[matches[0]].value;
        return final;
    }
    if (matches.length === 0) {
        // No matches - same as regular union
        final.issues.push({
            code: "invalid_union",
            input: final.value,
            inst,
            errors: results.map((result) => result.issues.map((iss) => util.finalizeIssue(iss, ctx, core.config()))),
        });
    }
    else {
        // Multiple matches - exclusive union failure
        final.issues.push({
            code: "invalid_union",
            input: final.value,
            inst,
            errors: [],
            inclusive: false,
            matches,
        });
    }
    return final;
}
const $ZodXor = /*@__PURE__*/ (/* unused pure expression or super */ null && (core.$constructor("$ZodXor", (inst, def) => {
    $ZodUnion.init(inst, def);
    def.inclusive = false;
    const first = def.options.length === 1 ? def.options[0]._zod.run : null;
    inst._zod.parse = (payload, ctx) => {
        if (first) {
            return first(payload, ctx);
        }
        let async = false;
        const results = [];
        for (const option of def.options) {
            const result = option._zod.run({
                value: payload.value,
                issues: [],
            }, ctx);
            if (result instanceof Promise) {
                results.push(result);
                async = true;
            }
            else {
                results.push(result);
            }
        }
        if (!async)
            return handleExclusiveUnionResults(results, payload, inst, ctx);
        return Promise.all(results).then((results) => {
            return handleExclusiveUnionResults(results, payload, inst, ctx);
        });
    };
})));
/** Returns the option whose discriminator claims `value`, or throws if ambiguous. */
function getDiscriminatedOption(union, value) {
    const internals = union._zod;
    let map = internals.bag.optionsMap;
    if (!map) {
        map = discriminatorMap(internals.def);
        internals.bag.optionsMap = map;
    }
    const option = map.get(value);
    if (option === null)
        throw new Error(`Ambiguous discriminator value "${String(value)}"`);
    return option;
}
function discriminatorMap(def) {
    const map = new Map();
    for (const option of def.options) {
        const values = option._zod.propValues?.[def.discriminator];
        if (!values || values.size === 0)
            throw new Error(`Invalid discriminated union option at index "${def.options.indexOf(option)}"`);
        for (const value of values) {
            if (map.has(value)) {
                if (value !== undefined)
                    throw new Error(`Duplicate discriminator value "${String(value)}"`);
                // keep the collision marked so a later member cannot reclaim it
                map.set(value, null);
            }
            else {
                map.set(value, option);
            }
        }
    }
    return map;
}
const $ZodDiscriminatedUnion = 
/*@__PURE__*/
(/* unused pure expression or super */ null && (core.$constructor("$ZodDiscriminatedUnion", (inst, def) => {
    def.inclusive = false;
    $ZodUnion.init(inst, def);
    const _super = inst._zod.parse;
    util.defineLazyInternal(inst, "propValues", (zod) => {
        const propValues = {};
        let undefinedCount = 0;
        for (const option of zod.def.options) {
            const pv = option._zod.propValues;
            if (!pv || Object.keys(pv).length === 0)
                throw new Error(`Invalid discriminated union option at index "${zod.def.options.indexOf(option)}"`);
            if (pv[zod.def.discriminator]?.has(undefined))
                undefinedCount++;
            for (const [k, v] of Object.entries(pv)) {
                if (!Object.prototype.hasOwnProperty.call(propValues, k)) {
                    util.assignProp(propValues, k, new Set());
                }
                for (const val of v) {
                    propValues[k].add(val);
                }
            }
        }
        if (!zod.def.unionFallback && undefinedCount > 1)
            propValues[zod.def.discriminator]?.delete(undefined);
        return propValues;
    });
    // Checked now rather than in the lookup map below, so an option that lacks the discriminator fails at the `discriminatedUnion` call instead of on the first object parsed. Options whose shape cannot be enumerated without resolving it — pipes and lazies — are left to the map.
    def.options.forEach((option, i) => {
        const propShape = util.rawShape(option._zod.def);
        if (propShape && !Object.prototype.hasOwnProperty.call(propShape, def.discriminator)) {
            throw new Error(`Invalid discriminated union option at index "${i}"`);
        }
    });
    const disc = util.cached(() => discriminatorMap(def));
    inst._zod.parse = (payload, ctx) => {
        const input = payload.value;
        if (!util.isObject(input)) {
            payload.issues.push({
                code: "invalid_type",
                expected: "object",
                input,
                inst,
            });
            return payload;
        }
        const value = input?.[def.discriminator];
        const opt = disc.value.get(value);
        // forward metadata cannot choose an encoder for an absent tag
        if (opt && (value !== undefined || ctx.direction !== "backward")) {
            return opt._zod.run(payload, ctx);
        }
        // Fall back to union matching when the fast discriminator path fails:
        // - explicitly enabled via unionFallback, or
        // - during backward direction (encode), since codec-based discriminators have different values in forward vs backward directions
        if (def.unionFallback || ctx.direction === "backward") {
            return _super(payload, ctx);
        }
        // no matching discriminator
        payload.issues.push({
            code: "invalid_union",
            errors: [],
            note: "No matching discriminator",
            discriminator: def.discriminator,
            options: Array.from(disc.value.keys()).filter((value) => disc.value.get(value) !== null),
            input,
            path: [def.discriminator],
            inst,
        });
        return payload;
    };
})));
const $ZodIntersection = /*@__PURE__*/ $constructor("$ZodIntersection", (inst, def) => {
    $ZodType.init(inst, def);
    inst._zod.parse = (payload, ctx) => {
        const input = payload.value;
        const left = def.left._zod.run({ value: input, issues: [] }, ctx);
        const right = def.right._zod.run({ value: input, issues: [] }, ctx);
        const async = left instanceof Promise || right instanceof Promise;
        if (async) {
            return Promise.all([left, right]).then(([left, right]) => {
                return handleIntersectionResults(payload, left, right);
            });
        }
        return handleIntersectionResults(payload, left, right);
    };
});
function mergeValues(a, b) {
    // const aType = parse.t(a);
    // const bType = parse.t(b);
    if (a === b) {
        return { valid: true, data: a };
    }
    if (a instanceof Date && b instanceof Date && +a === +b) {
        return { valid: true, data: a };
    }
    if (isPlainObject(a) && isPlainObject(b)) {
        const bKeys = Object.keys(b);
        const sharedKeys = Object.keys(a).filter((key) => bKeys.indexOf(key) !== -1);
        const newObj = { ...a, ...b };
        if (Object.prototype.hasOwnProperty.call(newObj, "__proto__"))
            delete newObj.__proto__;
        for (const key of sharedKeys) {
            if (key === "__proto__")
                continue;
            const sharedValue = mergeValues(a[key], b[key]);
            if (!sharedValue.valid) {
                return {
                    valid: false,
                    mergeErrorPath: [key, ...sharedValue.mergeErrorPath],
                };
            }
            newObj[key] = sharedValue.data;
        }
        return { valid: true, data: newObj };
    }
    if (Array.isArray(a) && Array.isArray(b)) {
        if (a.length !== b.length) {
            return { valid: false, mergeErrorPath: [] };
        }
        const newArray = [];
        for (let index = 0; index < a.length; index++) {
            const itemA = a[index];
            const itemB = b[index];
            const sharedValue = mergeValues(itemA, itemB);
            if (!sharedValue.valid) {
                return {
                    valid: false,
                    mergeErrorPath: [index, ...sharedValue.mergeErrorPath],
                };
            }
            newArray.push(sharedValue.data);
        }
        return { valid: true, data: newArray };
    }
    return { valid: false, mergeErrorPath: [] };
}
function handleIntersectionResults(result, left, right) {
    // Track which side(s) reject each key. A key rejection is reported only when BOTH sides reject it, so a key owned by one branch survives the other's key schema. strictObject reports these as unrecognized_keys; a record with an open key schema reports one invalid_key per key.
    const unrecKeys = new Map();
    let unrecIssue;
    const keyIssues = new Map();
    const collect = (iss, side) => {
        let keys;
        if (iss.code === "unrecognized_keys" && !iss.path?.length) {
            unrecIssue ?? (unrecIssue = iss);
            keys = iss.keys;
        }
        else if (iss.code === "invalid_key" && iss.origin === "record" && iss.path?.length === 1) {
            const k = String(iss.path[0]);
            if (!keyIssues.has(k))
                keyIssues.set(k, iss);
            keys = [k];
        }
        else {
            return false;
        }
        for (const k of keys) {
            if (!unrecKeys.has(k))
                unrecKeys.set(k, {});
            unrecKeys.get(k)[side] = true;
        }
        return true;
    };
    for (const iss of left.issues) {
        if (!collect(iss, "l"))
            result.issues.push(iss);
    }
    for (const iss of right.issues) {
        if (!collect(iss, "r"))
            result.issues.push(iss);
    }
    // Report only keys rejected by BOTH sides
    const bothKeys = [...unrecKeys].filter(([, f]) => f.l && f.r).map(([k]) => k);
    if (bothKeys.length) {
        const aggregated = unrecIssue ? bothKeys.filter((k) => unrecIssue.keys.includes(k)) : [];
        if (aggregated.length)
            result.issues.push({ ...unrecIssue, keys: aggregated });
        for (const k of bothKeys) {
            if (!aggregated.includes(k) && keyIssues.has(k))
                result.issues.push(keyIssues.get(k));
        }
    }
    const merged = mergeValues(left.value, right.value);
    if (!merged.valid) {
        if (aborted(result))
            return result;
        throw new Error(`Unmergable intersection. Error path: ` + `${JSON.stringify(merged.mergeErrorPath)}`);
    }
    result.value = merged.data;
    return result;
}
const $ZodTuple = /*@__PURE__*/ $constructor("$ZodTuple", (inst, def) => {
    $ZodType.init(inst, def);
    const items = def.items;
    const memo = globalConfig.memoizer;
    memo?.attach(inst);
    inst._zod.parse = (payload, ctx) => {
        const input = payload.value;
        if (!Array.isArray(input)) {
            payload.issues.push({
                input,
                inst,
                expected: "tuple",
                code: "invalid_type",
            });
            return payload;
        }
        payload.value = memo ? memo.alloc(inst, payload, [], ctx) : [];
        const proms = [];
        const optinStart = getTupleOptStart(items, "optin");
        const optoutStart = getTupleOptStart(items, "optout");
        if (!def.rest) {
            if (input.length < optinStart) {
                payload.issues.push({
                    code: "too_small",
                    minimum: optinStart,
                    inclusive: true,
                    input,
                    inst,
                    origin: "array",
                });
                return payload;
            }
            if (input.length > items.length) {
                payload.issues.push({
                    code: "too_big",
                    maximum: items.length,
                    inclusive: true,
                    input,
                    inst,
                    origin: "array",
                });
            }
        }
        // Run every item in parallel, collecting results into an indexed array. The post-processing in `handleTupleResults` walks them in order so it can decide whether an absent optional-output error can truncate the tail or must be reported to preserve required output.
        const itemResults = new Array(items.length);
        // only tracked when there is a rest loop to skip
        const abortEarly = def.rest ? ctx?.abortEarly : undefined;
        let itemAborted = false;
        for (let i = 0; i < items.length; i++) {
            const r = items[i]._zod.run({ value: input[i], issues: [] }, ctx);
            if (r instanceof Promise) {
                proms.push(r.then((rr) => {
                    itemResults[i] = rr;
                }));
            }
            else {
                itemResults[i] = r;
                if (abortEarly && !itemAborted && r.issues.length)
                    itemAborted = aborted(r);
            }
        }
        // sound because rest is non-empty exactly when every fixed index is present, the one case handleTupleResults cannot discard an item's issues
        if (def.rest && !itemAborted) {
            let i = items.length - 1;
            const rest = input.slice(items.length);
            let seen = payload.issues.length;
            for (const el of rest) {
                if (abortEarly && payload.issues.length !== seen) {
                    if (aborted(payload, seen))
                        break;
                    seen = payload.issues.length;
                }
                i++;
                const result = def.rest._zod.run({ value: el, issues: [] }, ctx);
                if (result instanceof Promise) {
                    proms.push(result.then((r) => handleTupleResult(r, payload, i)));
                }
                else {
                    handleTupleResult(result, payload, i);
                }
            }
        }
        if (proms.length) {
            return Promise.all(proms).then(() => handleTupleResults(itemResults, payload, items, input, optoutStart));
        }
        return handleTupleResults(itemResults, payload, items, input, optoutStart);
    };
});
function getTupleOptStart(items, key) {
    for (let i = items.length - 1; i >= 0; i--) {
        // optin is a three-rung ladder so any rung above `undefined` permits an absent slot; optout stays two-valued.
        const omittable = key === "optin" ? items[i]._zod.optin !== undefined : items[i]._zod.optout === "optional";
        if (!omittable)
            return i + 1;
    }
    return 0;
}
function handleTupleResult(result, final, index) {
    if (result.issues.length) {
        final.issues.push(...prefixIssues(index, result.issues));
    }
    final.value[index] = result.value;
}
function handleTupleResults(itemResults, final, items, input, optoutStart) {
    // Walk results in order. Mirror $ZodObject's swallow-on-absent-optional rule, but only after `optoutStart`: the first index where the output tuple tail can be absent.
    for (let i = 0; i < items.length; i++) {
        const r = itemResults[i];
        const isPresent = i < input.length;
        // The array analog of `handlePropertyResult`'s absent-key early return: the middle rung permits absence without supplying anything in its place, so the tail truncates here instead of materializing whatever the item made of `undefined`.
        if (!isPresent && i >= optoutStart && items[i]._zod.optin === "optional") {
            final.value.length = i;
            break;
        }
        if (r.issues.length) {
            if (!isPresent && i >= optoutStart) {
                final.value.length = i;
                break;
            }
            final.issues.push(...prefixIssues(i, r.issues));
        }
        final.value[i] = r.value;
    }
    // Drop trailing slots that produced `undefined` for absent input
    // (the array analog of an absent optional key on an object). The
    // `i >= input.length` floor is critical: an explicit `undefined`
    // *inside* the input must be preserved even when the schema is
    // optional-out (e.g. `z.string().or(z.undefined())` accepting an
    // explicit undefined value).
    for (let i = final.value.length - 1; i >= input.length; i--) {
        if (items[i]._zod.optout === "optional" && final.value[i] === undefined) {
            final.value.length = i;
        }
        else {
            break;
        }
    }
    return final;
}
const $ZodRecord = /*@__PURE__*/ (/* unused pure expression or super */ null && (core.$constructor("$ZodRecord", (inst, def) => {
    $ZodType.init(inst, def);
    const memo = core.globalConfig.memoizer;
    memo?.attach(inst);
    inst._zod.parse = (payload, ctx) => {
        const input = payload.value;
        if (!util.isPlainObject(input)) {
            payload.issues.push({
                expected: "record",
                code: "invalid_type",
                input,
                inst,
            });
            return payload;
        }
        // no guard in either loop below: a record's invalid_key aborts but an enclosing intersection can reconcile it, so a stopped loop hides keys the sibling does not own and the intersection then rejects nothing
        const proms = [];
        const values = def.keyType._zod.values;
        if (values && !def.partial) {
            payload.value = memo ? memo.alloc(inst, payload, {}, ctx) : {};
            const recordKeys = new Set();
            for (const key of values) {
                if (typeof key === "string" || typeof key === "number" || typeof key === "symbol") {
                    recordKeys.add(typeof key === "number" ? key.toString() : key);
                    // A declared __proto__ is stripped but is not an unrecognized key.
                    if (key === "__proto__")
                        continue;
                    const keyResult = def.keyType._zod.run({ value: key, issues: [] }, ctx);
                    if (keyResult instanceof Promise) {
                        throw new Error("Async schemas not supported in object keys currently");
                    }
                    if (keyResult.issues.length) {
                        payload.issues.push({
                            code: "invalid_key",
                            origin: "record",
                            issues: keyResult.issues.map((iss) => util.finalizeIssue(iss, ctx, core.config())),
                            input: key,
                            path: [key],
                            inst,
                        });
                        continue;
                    }
                    const outKey = keyResult.value;
                    if (outKey === "__proto__")
                        continue;
                    const result = def.valueType._zod.run({ value: input[key], issues: [] }, ctx);
                    if (result instanceof Promise) {
                        proms.push(result.then((result) => {
                            if (result.issues.length) {
                                payload.issues.push(...util.prefixIssues(key, result.issues));
                            }
                            payload.value[outKey] = result.value;
                        }));
                    }
                    else {
                        if (result.issues.length) {
                            payload.issues.push(...util.prefixIssues(key, result.issues));
                        }
                        payload.value[outKey] = result.value;
                    }
                }
            }
            let unrecognized;
            for (const key in input) {
                if (!recordKeys.has(key)) {
                    if (def.mode === "loose") {
                        // skip __proto__ so it can't replace the result prototype via the assignment setter on the plain {} we build into
                        if (key === "__proto__")
                            continue;
                        payload.value[key] = input[key];
                    }
                    else {
                        unrecognized = unrecognized ?? [];
                        unrecognized.push(key);
                    }
                }
            }
            if (unrecognized && unrecognized.length > 0) {
                payload.issues.push({
                    code: "unrecognized_keys",
                    input,
                    inst,
                    keys: unrecognized,
                    continue: true,
                });
            }
        }
        else {
            payload.value = memo ? memo.alloc(inst, payload, {}, ctx) : {};
            // An enumerable key schema declares which keys the record owns, so a key outside the set is unrecognized. A non-enumerable one (regex, refine) is a constraint every key must satisfy, so a failing key is invalid. Only the former is reconcilable against the other side of an intersection.
            let unrecognized;
            // Reflect.ownKeys for Symbol-key support; filter non-enumerable to match z.object()
            for (const key of Reflect.ownKeys(input)) {
                if (key === "__proto__")
                    continue;
                if (!Object.prototype.propertyIsEnumerable.call(input, key))
                    continue;
                let keyResult = def.keyType._zod.run({ value: key, issues: [] }, ctx);
                if (keyResult instanceof Promise) {
                    throw new Error("Async schemas not supported in object keys currently");
                }
                // Numeric string fallback: if key is a numeric string and failed, retry with Number(key). This handles z.number(), z.literal([1, 2, 3]), and unions containing numeric literals
                const checkNumericKey = typeof key === "string" && regexes.number.test(key) && keyResult.issues.length;
                if (checkNumericKey) {
                    const retryResult = def.keyType._zod.run({ value: Number(key), issues: [] }, ctx);
                    if (retryResult instanceof Promise) {
                        throw new Error("Async schemas not supported in object keys currently");
                    }
                    if (retryResult.issues.length === 0) {
                        keyResult = retryResult;
                    }
                }
                if (keyResult.issues.length) {
                    if (def.mode === "loose") {
                        // Pass through unchanged
                        payload.value[key] = input[key];
                    }
                    else if (values) {
                        unrecognized = unrecognized ?? [];
                        unrecognized.push(key);
                    }
                    else {
                        // Default "strict" behavior: error on invalid key
                        payload.issues.push({
                            code: "invalid_key",
                            origin: "record",
                            issues: keyResult.issues.map((iss) => util.finalizeIssue(iss, ctx, core.config())),
                            input: key,
                            path: [key],
                            inst,
                        });
                    }
                    continue;
                }
                // the guard above tests the raw input key, but the key schema can normalize an ordinary key into __proto__; re-check the key we actually write under
                const outKey = keyResult.value;
                if (outKey === "__proto__")
                    continue;
                const result = def.valueType._zod.run({ value: input[key], issues: [] }, ctx);
                if (result instanceof Promise) {
                    proms.push(result.then((result) => {
                        if (result.issues.length) {
                            payload.issues.push(...util.prefixIssues(key, result.issues));
                        }
                        payload.value[outKey] = result.value;
                    }));
                }
                else {
                    if (result.issues.length) {
                        payload.issues.push(...util.prefixIssues(key, result.issues));
                    }
                    payload.value[outKey] = result.value;
                }
            }
            if (unrecognized && unrecognized.length > 0) {
                payload.issues.push({
                    code: "unrecognized_keys",
                    input,
                    inst,
                    keys: unrecognized,
                    continue: true,
                });
            }
        }
        if (proms.length) {
            return Promise.all(proms).then(() => payload);
        }
        return payload;
    };
})));
const $ZodMap = /*@__PURE__*/ (/* unused pure expression or super */ null && (core.$constructor("$ZodMap", (inst, def) => {
    $ZodType.init(inst, def);
    const memo = core.globalConfig.memoizer;
    memo?.attach(inst);
    inst._zod.parse = (payload, ctx) => {
        const input = payload.value;
        if (!(input instanceof Map)) {
            payload.issues.push({
                expected: "map",
                code: "invalid_type",
                input,
                inst,
            });
            return payload;
        }
        const proms = [];
        payload.value = memo ? memo.alloc(inst, payload, new Map(), ctx) : new Map();
        const abortEarly = ctx?.abortEarly;
        let seen = payload.issues.length;
        for (const [key, value] of input) {
            if (abortEarly && payload.issues.length !== seen) {
                if (util.aborted(payload, seen))
                    break;
                seen = payload.issues.length;
            }
            const keyResult = def.keyType._zod.run({ value: key, issues: [] }, ctx);
            const valueResult = def.valueType._zod.run({ value: value, issues: [] }, ctx);
            if (keyResult instanceof Promise || valueResult instanceof Promise) {
                proms.push(Promise.all([keyResult, valueResult]).then(([keyResult, valueResult]) => {
                    handleMapResult(keyResult, valueResult, payload, key, input, inst, ctx);
                }));
            }
            else {
                handleMapResult(keyResult, valueResult, payload, key, input, inst, ctx);
            }
        }
        if (proms.length)
            return Promise.all(proms).then(() => payload);
        return payload;
    };
    capSize(inst, mapSize);
})));
function handleMapResult(keyResult, valueResult, final, key, input, inst, ctx) {
    if (keyResult.issues.length) {
        if (util.propertyKeyTypes.has(typeof key)) {
            final.issues.push(...util.prefixIssues(key, keyResult.issues));
        }
        else {
            final.issues.push({
                code: "invalid_key",
                origin: "map",
                input,
                inst,
                issues: keyResult.issues.map((iss) => util.finalizeIssue(iss, ctx, core.config())),
            });
        }
    }
    if (valueResult.issues.length) {
        if (util.propertyKeyTypes.has(typeof key)) {
            final.issues.push(...util.prefixIssues(key, valueResult.issues));
        }
        else {
            final.issues.push({
                origin: "map",
                code: "invalid_element",
                input,
                inst,
                key: key,
                issues: valueResult.issues.map((iss) => util.finalizeIssue(iss, ctx, core.config())),
            });
        }
    }
    final.value.set(keyResult.value, valueResult.value);
}
const $ZodSet = /*@__PURE__*/ (/* unused pure expression or super */ null && (core.$constructor("$ZodSet", (inst, def) => {
    $ZodType.init(inst, def);
    const memo = core.globalConfig.memoizer;
    memo?.attach(inst);
    inst._zod.parse = (payload, ctx) => {
        const input = payload.value;
        if (!(input instanceof Set)) {
            payload.issues.push({
                input,
                inst,
                expected: "set",
                code: "invalid_type",
            });
            return payload;
        }
        const proms = [];
        payload.value = memo ? memo.alloc(inst, payload, new Set(), ctx) : new Set();
        const abortEarly = ctx?.abortEarly;
        let seen = payload.issues.length;
        for (const item of input) {
            if (abortEarly && payload.issues.length !== seen) {
                if (util.aborted(payload, seen))
                    break;
                seen = payload.issues.length;
            }
            const result = def.valueType._zod.run({ value: item, issues: [] }, ctx);
            if (result instanceof Promise) {
                proms.push(result.then((result) => handleSetResult(result, payload)));
            }
            else
                handleSetResult(result, payload);
        }
        if (proms.length)
            return Promise.all(proms).then(() => payload);
        return payload;
    };
    capSize(inst, setSize);
})));
function handleSetResult(result, final) {
    if (result.issues.length) {
        final.issues.push(...result.issues);
    }
    final.value.add(result.value);
}
const $ZodEnum = /*@__PURE__*/ $constructor("$ZodEnum", (inst, def) => {
    $ZodType.init(inst, def);
    const values = getEnumValues(def.entries);
    const valuesSet = new Set(values);
    inst._zod.values = valuesSet;
    defineLazyInternal(inst, "pattern", (zod) => {
        const patternValues = getEnumValues(zod.def.entries).filter((k) => propertyKeyTypes.has(typeof k));
        // unmatchable fallback, RE2-safe: an empty alternation would compile to /^()$/, which matches ""
        return new RegExp(patternValues.length ? `^(${patternValues.map((o) => escapeRegex(o.toString())).join("|")})$` : "^[^\\s\\S]$");
    });
    inst._zod.parse = (payload, _ctx) => {
        const input = payload.value;
        if (valuesSet.has(input)) {
            return payload;
        }
        payload.issues.push({
            code: "invalid_value",
            values,
            input,
            inst,
        });
        return payload;
    };
});
const $ZodLiteral = /*@__PURE__*/ $constructor("$ZodLiteral", (inst, def) => {
    $ZodType.init(inst, def);
    const values = new Set(def.values);
    inst._zod.values = values;
    defineLazyInternal(inst, "pattern", (zod) => {
        const vals = zod.def.values;
        // unmatchable fallback, RE2-safe: an empty alternation would compile to /^()$/, which matches ""
        return new RegExp(vals.length
            ? `^(${vals
                .map((o) => typeof o === "string" ? escapeRegex(o) : o ? escapeRegex(o.toString()) : String(o))
                .join("|")})$`
            : "^[^\\s\\S]$");
    });
    inst._zod.parse = (payload, _ctx) => {
        const input = payload.value;
        if (values.has(input)) {
            return payload;
        }
        payload.issues.push({
            code: "invalid_value",
            values: def.values,
            input,
            inst,
        });
        return payload;
    };
});
const $ZodFile = /*@__PURE__*/ (/* unused pure expression or super */ null && (core.$constructor("$ZodFile", (inst, def) => {
    $ZodType.init(inst, def);
    inst._zod.parse = (payload, _ctx) => {
        const input = payload.value;
        // @ts-ignore
        if (input instanceof File)
            return payload;
        payload.issues.push({
            expected: "file",
            code: "invalid_type",
            input,
            inst,
        });
        return payload;
    };
})));
const $ZodTransform = /*@__PURE__*/ $constructor("$ZodTransform", (inst, def) => {
    $ZodType.init(inst, def);
    inst._zod.optin = "optional";
    globalConfig.memoizer?.guard(inst);
    inst._zod.parse = (payload, ctx) => {
        if (ctx.direction === "backward") {
            throw new $ZodEncodeError(inst.constructor.name);
        }
        const _out = def.transform(payload.value, payload);
        if (ctx.async) {
            const output = _out instanceof Promise ? _out : Promise.resolve(_out);
            return output.then((output) => {
                payload.value = output;
                return payload;
            });
        }
        if (_out instanceof Promise) {
            throw new $ZodAsyncError();
        }
        payload.value = _out;
        return payload;
    };
});
function handleOptionalResult(payload, result) {
    // A substituting schema that still failed has no usable answer; yield undefined. Its issues are simply dropped: it ran on a payload of its own, so there is no shared array to truncate and nothing of the caller's to lose with it.
    payload.value = result.issues.length ? undefined : result.value;
    return payload;
}
const $ZodOptional = /*@__PURE__*/ $constructor("$ZodOptional", (inst, def) => {
    $ZodType.init(inst, def);
    // .optional() propagates absence rather than substituting for it, so a defaulted inner keeps its rung.
    defineLazyInternal(inst, "optin", (zod) => zod.def.innerType._zod.optin === "defaulted" ? "defaulted" : "optional");
    inst._zod.optout = "optional";
    defineLazyInternal(inst, "values", (zod) => {
        const values = zod.def.innerType._zod.values;
        return values ? new Set([...values, undefined]) : undefined;
    });
    defineLazyInternal(inst, "pattern", (zod) => {
        const pattern = zod.def.innerType._zod.pattern;
        return pattern ? new RegExp(`^(${cleanRegex(pattern.source)})?$`) : undefined;
    });
    inst._zod.parse = (payload, ctx) => {
        if (payload.value === undefined) {
            // Only the top rung substitutes a value for absence; everything else leaves it intact, which is what .optional() means.
            if (def.innerType._zod.optin !== "defaulted")
                return payload;
            // Its own payload, for the same reason $ZodCatch gets one: a pipe forwards an unrecognized key through the caller's issues array, and this must not read that as the substituting schema failing and drop it.
            const result = def.innerType._zod.run({ value: payload.value, issues: [] }, ctx);
            if (result instanceof Promise)
                return result.then((result) => handleOptionalResult(payload, result));
            return handleOptionalResult(payload, result);
        }
        return def.innerType._zod.run(payload, ctx);
    };
});
const $ZodExactOptional = /*@__PURE__*/ $constructor("$ZodExactOptional", (inst, def) => {
    // Call parent init - inherits optin/optout = "optional"
    $ZodOptional.init(inst, def);
    // Override values/pattern to NOT add undefined
    defineLazyInternal(inst, "values", (zod) => zod.def.innerType._zod.values);
    defineLazyInternal(inst, "pattern", (zod) => zod.def.innerType._zod.pattern);
    // Override parse to just delegate (no undefined handling)
    inst._zod.parse = (payload, ctx) => {
        return def.innerType._zod.run(payload, ctx);
    };
});
const $ZodNullable = /*@__PURE__*/ $constructor("$ZodNullable", (inst, def) => {
    $ZodType.init(inst, def);
    defineLazyInternal(inst, "optin", (zod) => zod.def.innerType._zod.optin);
    defineLazyInternal(inst, "optout", (zod) => zod.def.innerType._zod.optout);
    defineLazyInternal(inst, "pattern", (zod) => {
        const pattern = zod.def.innerType._zod.pattern;
        return pattern ? new RegExp(`^(${cleanRegex(pattern.source)}|null)$`) : undefined;
    });
    defineLazyInternal(inst, "values", (zod) => {
        return zod.def.innerType._zod.values ? new Set([...zod.def.innerType._zod.values, null]) : undefined;
    });
    inst._zod.parse = (payload, ctx) => {
        // Forward direction (decode): allow null to pass through
        if (payload.value === null)
            return payload;
        return def.innerType._zod.run(payload, ctx);
    };
});
const $ZodDefault = /*@__PURE__*/ $constructor("$ZodDefault", (inst, def) => {
    $ZodType.init(inst, def);
    // inst._zod.qin = "true";
    inst._zod.optin = "defaulted";
    defineLazyInternal(inst, "values", (zod) => zod.def.innerType._zod.values);
    inst._zod.parse = (payload, ctx) => {
        if (ctx.direction === "backward") {
            return def.innerType._zod.run(payload, ctx);
        }
        // Forward direction (decode): apply defaults for undefined input
        if (payload.value === undefined) {
            payload.value = def.defaultValue;
            /**
             * $ZodDefault returns the default value immediately in forward direction.
             * It doesn't pass the default value into the validator ("prefault"). There's no reason to pass the default value through validation. The validity of the default is enforced by TypeScript statically. Otherwise, it's the responsibility of the user to ensure the default is valid. In the case of pipes with divergent in/out types, you can specify the default on the `in` schema of your ZodPipe to set a "prefault" for the pipe.   */
            return payload;
        }
        // Forward direction: continue with default handling
        const result = def.innerType._zod.run(payload, ctx);
        if (result instanceof Promise) {
            return result.then((result) => handleDefaultResult(result, def));
        }
        return handleDefaultResult(result, def);
    };
});
function handleDefaultResult(payload, def) {
    if (payload.value === undefined) {
        payload.value = def.defaultValue;
    }
    return payload;
}
const $ZodPrefault = /*@__PURE__*/ $constructor("$ZodPrefault", (inst, def) => {
    $ZodType.init(inst, def);
    inst._zod.optin = "defaulted";
    defineLazyInternal(inst, "values", (zod) => zod.def.innerType._zod.values);
    inst._zod.parse = (payload, ctx) => {
        if (ctx.direction === "backward") {
            return def.innerType._zod.run(payload, ctx);
        }
        // Forward direction (decode): apply prefault for undefined input
        if (payload.value === undefined) {
            payload.value = def.defaultValue;
        }
        return def.innerType._zod.run(payload, ctx);
    };
});
const $ZodNonOptional = /*@__PURE__*/ $constructor("$ZodNonOptional", (inst, def) => {
    $ZodType.init(inst, def);
    defineLazyInternal(inst, "values", (zod) => {
        const v = zod.def.innerType._zod.values;
        return v ? new Set([...v].filter((x) => x !== undefined)) : undefined;
    });
    inst._zod.parse = (payload, ctx) => {
        const result = def.innerType._zod.run(payload, ctx);
        if (result instanceof Promise) {
            return result.then((result) => handleNonOptionalResult(result, inst));
        }
        return handleNonOptionalResult(result, inst);
    };
});
function handleNonOptionalResult(payload, inst) {
    if (!payload.issues.length && payload.value === undefined) {
        payload.issues.push({
            code: "invalid_type",
            expected: "nonoptional",
            input: payload.value,
            inst,
        });
    }
    return payload;
}
const $ZodSuccess = /*@__PURE__*/ (/* unused pure expression or super */ null && (core.$constructor("$ZodSuccess", (inst, def) => {
    $ZodType.init(inst, def);
    inst._zod.parse = (payload, ctx) => {
        if (ctx.direction === "backward") {
            throw new core.$ZodEncodeError("ZodSuccess");
        }
        const result = def.innerType._zod.run(payload, ctx);
        if (result instanceof Promise) {
            return result.then((result) => {
                payload.value = result.issues.length === 0;
                return payload;
            });
        }
        payload.value = result.issues.length === 0;
        return payload;
    };
})));
function handleCatchResult(payload, result, def, ctx) {
    if (!result.issues.length) {
        payload.value = result.value;
        // The value carries up, so the flag describing it has to carry with it: a back-edge into a node still being parsed must not be frozen by an enclosing readonly, and its checks belong to the node itself. Guarded so the ordinary case adds no own property.
        if (result.memo)
            payload.memo = true;
        return payload;
    }
    // Spread the inner's own payload, not ours: `value` has to stay the input the catch was handed, and the inner ran on a payload of its own so its issues are already private to this call.
    payload.value = def.catchValue({
        ...result,
        value: payload.value,
        error: {
            issues: result.issues.map((iss) => finalizeIssue(iss, ctx, config())),
        },
        input: payload.value,
    });
    return payload;
}
const $ZodCatch = /*@__PURE__*/ $constructor("$ZodCatch", (inst, def) => {
    $ZodType.init(inst, def);
    defineLazyInternal(inst, "optin", (zod) => zod.def.innerType._zod.optin === "defaulted" ? "defaulted" : "optional");
    defineLazyInternal(inst, "optout", (zod) => zod.def.innerType._zod.optout);
    defineLazyInternal(inst, "values", (zod) => zod.def.innerType._zod.values);
    inst._zod.parse = (payload, ctx) => {
        if (ctx.direction === "backward") {
            return def.innerType._zod.run(payload, ctx);
        }
        // Forward direction (decode): apply catch logic
        const result = def.innerType._zod.run({ value: payload.value, issues: [] }, ctx);
        if (result instanceof Promise) {
            return result.then((result) => handleCatchResult(payload, result, def, ctx));
        }
        return handleCatchResult(payload, result, def, ctx);
    };
});
const $ZodNaN = /*@__PURE__*/ (/* unused pure expression or super */ null && (core.$constructor("$ZodNaN", (inst, def) => {
    $ZodType.init(inst, def);
    inst._zod.parse = (payload, _ctx) => {
        if (typeof payload.value !== "number" || !Number.isNaN(payload.value)) {
            payload.issues.push({
                input: payload.value,
                inst,
                expected: "nan",
                code: "invalid_type",
            });
            return payload;
        }
        return payload;
    };
})));
const $ZodPipe = /*@__PURE__*/ $constructor("$ZodPipe", (inst, def) => {
    $ZodType.init(inst, def);
    defineLazyInternal(inst, "values", (zod) => zod.def.in._zod.values);
    defineLazyInternal(inst, "optin", (zod) => zod.def.in._zod.optin);
    defineLazyInternal(inst, "optout", (zod) => zod.def.out._zod.optout);
    defineLazyInternal(inst, "propValues", (zod) => zod.def.in._zod.propValues);
    inst._zod.parse = (payload, ctx) => {
        if (ctx.direction === "backward") {
            const right = def.out._zod.run(payload, ctx);
            if (right instanceof Promise) {
                return right.then((right) => handlePipeResult(right, def.in, ctx));
            }
            return handlePipeResult(right, def.in, ctx);
        }
        const left = def.in._zod.run(payload, ctx);
        if (left instanceof Promise) {
            return left.then((left) => handlePipeResult(left, def.out, ctx));
        }
        return handlePipeResult(left, def.out, ctx);
    };
});
function handlePipeResult(left, next, ctx) {
    // Any issue stops the pipe, so a failing refinement never feeds its transform. An unrecognized key is the exception: it describes the input's extra properties, not the value being piped, and an enclosing intersection may yet reconcile it.
    if (left.issues.some((iss) => iss.code !== "unrecognized_keys")) {
        // prevent further checks
        left.aborted = true;
        return left;
    }
    return next._zod.run({ value: left.value, issues: left.issues }, ctx);
}
const $ZodCodec = /*@__PURE__*/ (/* unused pure expression or super */ null && (core.$constructor("$ZodCodec", (inst, def) => {
    $ZodType.init(inst, def);
    util.defineLazyInternal(inst, "values", (zod) => zod.def.in._zod.values);
    util.defineLazyInternal(inst, "optin", (zod) => zod.def.in._zod.optin);
    util.defineLazyInternal(inst, "optout", (zod) => zod.def.out._zod.optout);
    util.defineLazyInternal(inst, "propValues", (zod) => zod.def.in._zod.propValues);
    inst._zod.parse = (payload, ctx) => {
        const direction = ctx.direction || "forward";
        if (direction === "forward") {
            const left = def.in._zod.run(payload, ctx);
            if (left instanceof Promise) {
                return left.then((left) => handleCodecAResult(left, def, ctx));
            }
            return handleCodecAResult(left, def, ctx);
        }
        else {
            const right = def.out._zod.run(payload, ctx);
            if (right instanceof Promise) {
                return right.then((right) => handleCodecAResult(right, def, ctx));
            }
            return handleCodecAResult(right, def, ctx);
        }
    };
})));
function handleCodecAResult(result, def, ctx) {
    if (result.issues.length) {
        // prevent further checks
        result.aborted = true;
        return result;
    }
    const direction = ctx.direction || "forward";
    if (direction === "forward") {
        const transformed = def.transform(result.value, result);
        if (transformed instanceof Promise) {
            return transformed.then((value) => handleCodecTxResult(result, value, def.out, ctx));
        }
        return handleCodecTxResult(result, transformed, def.out, ctx);
    }
    else {
        const transformed = def.reverseTransform(result.value, result);
        if (transformed instanceof Promise) {
            return transformed.then((value) => handleCodecTxResult(result, value, def.in, ctx));
        }
        return handleCodecTxResult(result, transformed, def.in, ctx);
    }
}
function handleCodecTxResult(left, value, nextSchema, ctx) {
    // Check if transform added any issues
    if (left.issues.length) {
        left.aborted = true;
        return left;
    }
    return nextSchema._zod.run({ value, issues: left.issues }, ctx);
}
const $ZodPreprocess = /*@__PURE__*/ (/* unused pure expression or super */ null && (core.$constructor("$ZodPreprocess", (inst, def) => {
    $ZodPipe.init(inst, def);
})));
const $ZodReadonly = /*@__PURE__*/ $constructor("$ZodReadonly", (inst, def) => {
    $ZodType.init(inst, def);
    defineLazyInternal(inst, "propValues", (zod) => zod.def.innerType._zod.propValues);
    defineLazyInternal(inst, "values", (zod) => zod.def.innerType._zod.values);
    defineLazyInternal(inst, "optin", (zod) => zod.def.innerType?._zod?.optin);
    defineLazyInternal(inst, "optout", (zod) => zod.def.innerType?._zod?.optout);
    inst._zod.parse = (payload, ctx) => {
        if (ctx.direction === "backward") {
            return def.innerType._zod.run(payload, ctx);
        }
        const result = def.innerType._zod.run(payload, ctx);
        if (result instanceof Promise) {
            return result.then(handleReadonlyResult);
        }
        return handleReadonlyResult(result);
    };
});
function handleReadonlyResult(payload) {
    // A repeat visit hands back a node that is still being built; freezing it here would make the rest of its keys fail to assign.
    if (!payload.memo)
        payload.value = Object.freeze(payload.value);
    return payload;
}
// a leaf's pattern source with its own checks folded in: the last pattern-carrying check wins, else length bounds narrow the catch-all, else an integer format narrows the number form. the fold lives here instead of on `_zod.pattern` so a bundle without template literals never pays for it
function leafPattern(schema) {
    const def = schema._zod.def;
    let pattern = def.pattern;
    let isInt = !!def.format?.includes("int");
    let minimum;
    let maximum;
    for (const ch of def.checks ?? []) {
        const d = ch._zod.def;
        if (d.pattern)
            pattern = d.pattern;
        isInt || (isInt = !!d.format?.includes("int"));
        const lo = d.minimum ?? d.length;
        const hi = d.maximum ?? d.length;
        if (lo !== undefined && (minimum === undefined || lo > minimum))
            minimum = lo;
        if (hi !== undefined && (maximum === undefined || hi < maximum))
            maximum = hi;
    }
    if (pattern)
        return pattern.source;
    // an empty range matches nothing at runtime, and `{8,5}` is not a legal quantifier
    if (minimum !== undefined && maximum !== undefined && minimum > maximum)
        return "(?!)";
    if (minimum !== undefined || maximum !== undefined)
        return regexes.string({ minimum, maximum }).source;
    const own = schema._zod.pattern;
    return (isInt && own === regexes.number ? regexes.integer : own)?.source;
}
// a part's pattern source. a wrapper's pattern embeds its inner pattern's source verbatim, so the folded form is substituted in place without knowing the wrapper's own composition; a union's options are joined the way the union builds its own pattern
function partPattern(schema) {
    const def = schema._zod.def;
    const own = schema._zod.pattern?.source;
    // lazy resolves its inner on the internals, not the def
    const inner = def.innerType ?? schema._zod.innerType;
    if (inner) {
        const before = inner._zod.pattern?.source;
        const after = partPattern(inner);
        if (own && before && after && after !== before) {
            return own.replace(util.cleanRegex(before), () => util.cleanRegex(after));
        }
        return own;
    }
    if (def.options) {
        const sources = def.options.map(partPattern);
        if (sources.every(Boolean))
            return `^(${sources.map((s) => util.cleanRegex(s)).join("|")})$`;
    }
    return leafPattern(schema);
}
const $ZodTemplateLiteral = /*@__PURE__*/ (/* unused pure expression or super */ null && (core.$constructor("$ZodTemplateLiteral", (inst, def) => {
    $ZodType.init(inst, def);
    const regexParts = [];
    for (const part of def.parts) {
        if (typeof part === "object" && part !== null) {
            // is Zod schema
            const source = partPattern(part);
            if (!source) {
                throw new Error(`Invalid template literal part, no pattern found: ${[...part._zod.traits].shift()}`);
            }
            regexParts.push(util.cleanRegex(source));
        }
        else if (part === null || util.primitiveTypes.has(typeof part)) {
            regexParts.push(util.escapeRegex(`${part}`));
        }
        else {
            throw new Error(`Invalid template literal part: ${part}`);
        }
    }
    inst._zod.pattern = new RegExp(`^${regexParts.join("")}$`);
    inst._zod.parse = (payload, _ctx) => {
        if (typeof payload.value !== "string") {
            payload.issues.push({
                input: payload.value,
                inst,
                expected: "string",
                code: "invalid_type",
            });
            return payload;
        }
        inst._zod.pattern.lastIndex = 0;
        if (!inst._zod.pattern.test(payload.value)) {
            payload.issues.push({
                input: payload.value,
                inst,
                code: "invalid_format",
                format: def.format ?? "template_literal",
                pattern: inst._zod.pattern.source,
            });
            return payload;
        }
        return payload;
    };
})));
const $ZodFunction = /*@__PURE__*/ (/* unused pure expression or super */ null && (core.$constructor("$ZodFunction", (inst, def) => {
    $ZodType.init(inst, def);
    // Defined, not assigned: the classic prototype exposes `_def` as a getter with no setter.
    Object.defineProperty(inst, "_def", { value: def });
    inst._zod.def = def;
    inst.implement = (func) => {
        if (typeof func !== "function") {
            throw new Error("implement() must be called with a function");
        }
        // Defined inline so the closure stays anonymous: binding it to a `const` first names it, which costs 256 bytes per implemented function.
        return Object.defineProperty(function (...args) {
            const parsedArgs = inst._def.input ? parse(inst._def.input, args) : args;
            const result = Reflect.apply(func, this, parsedArgs);
            if (inst._def.output) {
                return parse(inst._def.output, result);
            }
            return result;
        }, "_zod", { value: inst._zod, enumerable: false });
    };
    inst.implementAsync = (func) => {
        if (typeof func !== "function") {
            throw new Error("implementAsync() must be called with a function");
        }
        return Object.defineProperty(async function (...args) {
            const parsedArgs = inst._def.input ? await parseAsync(inst._def.input, args) : args;
            const result = await Reflect.apply(func, this, parsedArgs);
            if (inst._def.output) {
                return await parseAsync(inst._def.output, result);
            }
            return result;
        }, "_zod", { value: inst._zod, enumerable: false });
    };
    inst._zod.parse = (payload, _ctx) => {
        if (typeof payload.value !== "function") {
            payload.issues.push({
                code: "invalid_type",
                expected: "function",
                input: payload.value,
                inst,
            });
            return payload;
        }
        // Check if output is a promise type to determine if we should use async implementation
        const hasPromiseOutput = inst._def.output && inst._def.output._zod.def.type === "promise";
        if (hasPromiseOutput) {
            payload.value = inst.implementAsync(payload.value);
        }
        else {
            payload.value = inst.implement(payload.value);
        }
        return payload;
    };
    inst.input = (...args) => {
        const F = inst.constructor;
        if (Array.isArray(args[0])) {
            return new F({
                type: "function",
                input: new $ZodTuple({
                    type: "tuple",
                    items: args[0],
                    rest: args[1],
                }),
                output: inst._def.output,
            });
        }
        return new F({
            type: "function",
            input: args[0],
            output: inst._def.output,
        });
    };
    inst.output = (output) => {
        const F = inst.constructor;
        return new F({
            type: "function",
            input: inst._def.input,
            output,
        });
    };
    return inst;
})));
const $ZodPromise = /*@__PURE__*/ (/* unused pure expression or super */ null && (core.$constructor("$ZodPromise", (inst, def) => {
    $ZodType.init(inst, def);
    inst._zod.parse = (payload, ctx) => {
        return Promise.resolve(payload.value).then((inner) => def.innerType._zod.run({ value: inner, issues: [] }, ctx));
    };
})));
const $ZodLazy = /*@__PURE__*/ (/* unused pure expression or super */ null && (core.$constructor("$ZodLazy", (inst, def) => {
    $ZodType.init(inst, def);
    // Cache the resolved inner type on the shared `def` so all clones of this lazy (e.g. via `.describe()`/`.meta()`) share the same inner instance, preserving identity for cycle detection on recursive schemas.
    util.defineLazy(inst._zod, "innerType", () => {
        const d = def;
        if (!d._cachedInner)
            d._cachedInner = def.getter();
        return d._cachedInner;
    });
    util.defineLazyInternal(inst, "pattern", (zod) => zod.innerType?._zod?.pattern);
    util.defineLazyInternal(inst, "propValues", (zod) => zod.innerType?._zod?.propValues);
    util.defineLazyInternal(inst, "optin", (zod) => zod.innerType?._zod?.optin ?? undefined);
    util.defineLazyInternal(inst, "optout", (zod) => zod.innerType?._zod?.optout ?? undefined);
    inst._zod.parse = (payload, ctx) => {
        const inner = inst._zod.innerType;
        return inner._zod.run(payload, ctx);
    };
})));
const $ZodCustom = /*@__PURE__*/ $constructor("$ZodCustom", (inst, def) => {
    $ZodCheck.init(inst, def);
    $ZodType.init(inst, def);
    inst._zod.parse = (payload, _) => {
        return payload;
    };
    inst._zod.check = (payload) => {
        const input = payload.value;
        const r = def.fn(input);
        if (r instanceof Promise) {
            return r.then((r) => handleRefineResult(r, payload, input, inst));
        }
        handleRefineResult(r, payload, input, inst);
        return;
    };
});
function handleRefineResult(result, payload, input, inst) {
    if (!result) {
        const _iss = {
            code: "custom",
            input,
            inst, // incorporates params.error into issue reporting
            path: [...(inst._zod.def.path ?? [])], // incorporates params.error into issue reporting
            continue: !inst._zod.def.abort,
            // params: inst._zod.def.params,
        };
        if (inst._zod.def.params)
            _iss.params = inst._zod.def.params;
        payload.issues.push(util_issue(_iss));
    }
}

;// CONCATENATED MODULE: ./node_modules/zod/v4/core/registries.js
var registries_a;
const $output = /*@__PURE__*/ (/* unused pure expression or super */ null && (Symbol("ZodOutput")));
const $input = /*@__PURE__*/ (/* unused pure expression or super */ null && (Symbol("ZodInput")));
class $ZodRegistry {
    constructor() {
        this._map = new WeakMap();
        this._idmap = new Map();
    }
    add(schema, ..._meta) {
        const meta = _meta[0];
        this._map.set(schema, meta);
        if (meta && typeof meta === "object" && "id" in meta) {
            this._idmap.set(meta.id, schema);
        }
        return this;
    }
    clear() {
        this._map = new WeakMap();
        this._idmap = new Map();
        return this;
    }
    remove(schema) {
        const meta = this._map.get(schema);
        if (meta && typeof meta === "object" && "id" in meta) {
            this._idmap.delete(meta.id);
        }
        this._map.delete(schema);
        return this;
    }
    get(schema) {
        // return this._map.get(schema) as any;
        // inherit metadata
        const p = schema._zod.parent;
        if (p) {
            const pm = { ...(this.get(p) ?? {}) };
            delete pm.id; // do not inherit id
            const f = { ...pm, ...this._map.get(schema) };
            return Object.keys(f).length ? f : undefined;
        }
        return this._map.get(schema);
    }
    has(schema) {
        return this._map.has(schema);
    }
}
// registries
function registry() {
    return new $ZodRegistry();
}
(registries_a = globalThis).__zod_globalRegistry ?? (registries_a.__zod_globalRegistry = registry());
const globalRegistry = globalThis.__zod_globalRegistry;

;// CONCATENATED MODULE: ./node_modules/zod/v4/core/api.js




function snapshotChecks(def) {
    if (def.checks)
        def.checks = [...def.checks];
    return def;
}
// @__NO_SIDE_EFFECTS__
function _string(Class, params) {
    return new Class(snapshotChecks({ type: "string", ...normalizeParams(params) }));
}
// @__NO_SIDE_EFFECTS__
function _coercedString(Class, params) {
    return new Class(snapshotChecks({ type: "string", coerce: true, ...util.normalizeParams(params) }));
}
// @__NO_SIDE_EFFECTS__
function _email(Class, params) {
    return new Class({
        type: "string",
        format: "email",
        check: "string_format",
        abort: false,
        ...normalizeParams(params),
    });
}
// @__NO_SIDE_EFFECTS__
function _guid(Class, params) {
    return new Class({
        type: "string",
        format: "guid",
        check: "string_format",
        abort: false,
        ...normalizeParams(params),
    });
}
// @__NO_SIDE_EFFECTS__
function _uuid(Class, params) {
    return new Class({
        type: "string",
        format: "uuid",
        check: "string_format",
        abort: false,
        ...normalizeParams(params),
    });
}
// @__NO_SIDE_EFFECTS__
function _uuidv4(Class, params) {
    return new Class({
        type: "string",
        format: "uuid",
        check: "string_format",
        abort: false,
        version: "v4",
        ...normalizeParams(params),
    });
}
// @__NO_SIDE_EFFECTS__
function _uuidv6(Class, params) {
    return new Class({
        type: "string",
        format: "uuid",
        check: "string_format",
        abort: false,
        version: "v6",
        ...normalizeParams(params),
    });
}
// @__NO_SIDE_EFFECTS__
function _uuidv7(Class, params) {
    return new Class({
        type: "string",
        format: "uuid",
        check: "string_format",
        abort: false,
        version: "v7",
        ...normalizeParams(params),
    });
}
// @__NO_SIDE_EFFECTS__
function _url(Class, params) {
    return new Class({
        type: "string",
        format: "url",
        check: "string_format",
        abort: false,
        ...normalizeParams(params),
    });
}
// @__NO_SIDE_EFFECTS__
function api_emoji(Class, params) {
    return new Class({
        type: "string",
        format: "emoji",
        check: "string_format",
        abort: false,
        ...normalizeParams(params),
    });
}
// @__NO_SIDE_EFFECTS__
function _nanoid(Class, params) {
    return new Class({
        type: "string",
        format: "nanoid",
        check: "string_format",
        abort: false,
        ...normalizeParams(params),
    });
}
/**
 * @deprecated CUID v1 is deprecated by its authors due to information leakage
 * (timestamps embedded in the id). Use {@link _cuid2} instead.
 * See https://github.com/paralleldrive/cuid.
 */
// @__NO_SIDE_EFFECTS__
function _cuid(Class, params) {
    return new Class({
        type: "string",
        format: "cuid",
        check: "string_format",
        abort: false,
        ...normalizeParams(params),
    });
}
// @__NO_SIDE_EFFECTS__
function _cuid2(Class, params) {
    return new Class({
        type: "string",
        format: "cuid2",
        check: "string_format",
        abort: false,
        ...normalizeParams(params),
    });
}
// @__NO_SIDE_EFFECTS__
function _ulid(Class, params) {
    return new Class({
        type: "string",
        format: "ulid",
        check: "string_format",
        abort: false,
        ...normalizeParams(params),
    });
}
// @__NO_SIDE_EFFECTS__
function _xid(Class, params) {
    return new Class({
        type: "string",
        format: "xid",
        check: "string_format",
        abort: false,
        ...normalizeParams(params),
    });
}
// @__NO_SIDE_EFFECTS__
function _ksuid(Class, params) {
    return new Class({
        type: "string",
        format: "ksuid",
        check: "string_format",
        abort: false,
        ...normalizeParams(params),
    });
}
// @__NO_SIDE_EFFECTS__
function _ipv4(Class, params) {
    return new Class({
        type: "string",
        format: "ipv4",
        check: "string_format",
        abort: false,
        ...normalizeParams(params),
    });
}
// @__NO_SIDE_EFFECTS__
function _ipv6(Class, params) {
    return new Class({
        type: "string",
        format: "ipv6",
        check: "string_format",
        abort: false,
        ...normalizeParams(params),
    });
}
// @__NO_SIDE_EFFECTS__
function _mac(Class, params) {
    return new Class({
        type: "string",
        format: "mac",
        check: "string_format",
        abort: false,
        ...util.normalizeParams(params),
    });
}
// @__NO_SIDE_EFFECTS__
function _cidrv4(Class, params) {
    return new Class({
        type: "string",
        format: "cidrv4",
        check: "string_format",
        abort: false,
        ...normalizeParams(params),
    });
}
// @__NO_SIDE_EFFECTS__
function _cidrv6(Class, params) {
    return new Class({
        type: "string",
        format: "cidrv6",
        check: "string_format",
        abort: false,
        ...normalizeParams(params),
    });
}
// @__NO_SIDE_EFFECTS__
function _base64(Class, params) {
    return new Class({
        type: "string",
        format: "base64",
        check: "string_format",
        abort: false,
        ...normalizeParams(params),
    });
}
// @__NO_SIDE_EFFECTS__
function _base64url(Class, params) {
    return new Class({
        type: "string",
        format: "base64url",
        check: "string_format",
        abort: false,
        ...normalizeParams(params),
    });
}
// @__NO_SIDE_EFFECTS__
function _e164(Class, params) {
    return new Class({
        type: "string",
        format: "e164",
        check: "string_format",
        abort: false,
        ...normalizeParams(params),
    });
}
// @__NO_SIDE_EFFECTS__
function _creditCard(Class, params) {
    return new Class({
        type: "string",
        format: "credit_card",
        check: "string_format",
        abort: false,
        ...util.normalizeParams(params),
    });
}
// @__NO_SIDE_EFFECTS__
function _iban(Class, params) {
    return new Class({
        type: "string",
        format: "iban",
        check: "string_format",
        abort: false,
        ...util.normalizeParams(params),
    });
}
// @__NO_SIDE_EFFECTS__
function _jwt(Class, params) {
    return new Class({
        type: "string",
        format: "jwt",
        check: "string_format",
        abort: false,
        ...normalizeParams(params),
    });
}
const TimePrecision = {
    Any: null,
    Minute: -1,
    Second: 0,
    Millisecond: 3,
    Microsecond: 6,
};
// @__NO_SIDE_EFFECTS__
function _isoDateTime(Class, params) {
    return new Class({
        type: "string",
        format: "datetime",
        check: "string_format",
        offset: false,
        local: false,
        precision: null,
        ...normalizeParams(params),
    });
}
// @__NO_SIDE_EFFECTS__
function _isoDate(Class, params) {
    return new Class({
        type: "string",
        format: "date",
        check: "string_format",
        ...normalizeParams(params),
    });
}
// @__NO_SIDE_EFFECTS__
function _isoTime(Class, params) {
    return new Class({
        type: "string",
        format: "time",
        check: "string_format",
        precision: null,
        ...normalizeParams(params),
    });
}
// @__NO_SIDE_EFFECTS__
function _isoDuration(Class, params) {
    return new Class({
        type: "string",
        format: "duration",
        check: "string_format",
        ...normalizeParams(params),
    });
}
// @__NO_SIDE_EFFECTS__
function _number(Class, params) {
    return new Class(snapshotChecks({ type: "number", checks: [], ...normalizeParams(params) }));
}
// @__NO_SIDE_EFFECTS__
function _coercedNumber(Class, params) {
    return new Class(snapshotChecks({ type: "number", coerce: true, checks: [], ...util.normalizeParams(params) }));
}
// @__NO_SIDE_EFFECTS__
function _int(Class, params) {
    return new Class({
        type: "number",
        check: "number_format",
        abort: false,
        format: "safeint",
        ...normalizeParams(params),
    });
}
// @__NO_SIDE_EFFECTS__
function _float32(Class, params) {
    return new Class({
        type: "number",
        check: "number_format",
        abort: false,
        format: "float32",
        ...util.normalizeParams(params),
    });
}
// @__NO_SIDE_EFFECTS__
function _float64(Class, params) {
    return new Class({
        type: "number",
        check: "number_format",
        abort: false,
        format: "float64",
        ...util.normalizeParams(params),
    });
}
// @__NO_SIDE_EFFECTS__
function _int32(Class, params) {
    return new Class({
        type: "number",
        check: "number_format",
        abort: false,
        format: "int32",
        ...util.normalizeParams(params),
    });
}
// @__NO_SIDE_EFFECTS__
function _uint32(Class, params) {
    return new Class({
        type: "number",
        check: "number_format",
        abort: false,
        format: "uint32",
        ...util.normalizeParams(params),
    });
}
// @__NO_SIDE_EFFECTS__
function _boolean(Class, params) {
    return new Class({
        type: "boolean",
        ...normalizeParams(params),
    });
}
// @__NO_SIDE_EFFECTS__
function _coercedBoolean(Class, params) {
    return new Class({
        type: "boolean",
        coerce: true,
        ...util.normalizeParams(params),
    });
}
// @__NO_SIDE_EFFECTS__
function _bigint(Class, params) {
    return new Class({
        type: "bigint",
        ...util.normalizeParams(params),
    });
}
// @__NO_SIDE_EFFECTS__
function _coercedBigint(Class, params) {
    return new Class({
        type: "bigint",
        coerce: true,
        ...util.normalizeParams(params),
    });
}
// @__NO_SIDE_EFFECTS__
function _int64(Class, params) {
    return new Class({
        type: "bigint",
        check: "bigint_format",
        abort: false,
        format: "int64",
        ...util.normalizeParams(params),
    });
}
// @__NO_SIDE_EFFECTS__
function _uint64(Class, params) {
    return new Class({
        type: "bigint",
        check: "bigint_format",
        abort: false,
        format: "uint64",
        ...util.normalizeParams(params),
    });
}
// @__NO_SIDE_EFFECTS__
function _symbol(Class, params) {
    return new Class({
        type: "symbol",
        ...util.normalizeParams(params),
    });
}
// @__NO_SIDE_EFFECTS__
function api_undefined(Class, params) {
    return new Class({
        type: "undefined",
        ...util.normalizeParams(params),
    });
}
// @__NO_SIDE_EFFECTS__
function api_null(Class, params) {
    return new Class({
        type: "null",
        ...util.normalizeParams(params),
    });
}
// @__NO_SIDE_EFFECTS__
function _any(Class) {
    return new Class({
        type: "any",
    });
}
// @__NO_SIDE_EFFECTS__
function _unknown(Class) {
    return new Class({
        type: "unknown",
    });
}
// @__NO_SIDE_EFFECTS__
function _never(Class, params) {
    return new Class({
        type: "never",
        ...normalizeParams(params),
    });
}
// @__NO_SIDE_EFFECTS__
function _void(Class, params) {
    return new Class({
        type: "void",
        ...util.normalizeParams(params),
    });
}
// @__NO_SIDE_EFFECTS__
function _date(Class, params) {
    return new Class({
        type: "date",
        ...util.normalizeParams(params),
    });
}
// @__NO_SIDE_EFFECTS__
function _coercedDate(Class, params) {
    return new Class({
        type: "date",
        coerce: true,
        ...util.normalizeParams(params),
    });
}
// @__NO_SIDE_EFFECTS__
function _nan(Class, params) {
    return new Class({
        type: "nan",
        ...util.normalizeParams(params),
    });
}
// @__NO_SIDE_EFFECTS__
function _lt(value, params) {
    return new $ZodCheckLessThan({
        check: "less_than",
        ...normalizeParams(params),
        value,
        inclusive: false,
    });
}
// @__NO_SIDE_EFFECTS__
function _lte(value, params) {
    return new $ZodCheckLessThan({
        check: "less_than",
        ...normalizeParams(params),
        value,
        inclusive: true,
    });
}

// @__NO_SIDE_EFFECTS__
function _gt(value, params) {
    return new $ZodCheckGreaterThan({
        check: "greater_than",
        ...normalizeParams(params),
        value,
        inclusive: false,
    });
}
// @__NO_SIDE_EFFECTS__
function _gte(value, params) {
    return new $ZodCheckGreaterThan({
        check: "greater_than",
        ...normalizeParams(params),
        value,
        inclusive: true,
    });
}

// @__NO_SIDE_EFFECTS__
function _positive(params) {
    return _gt(0, params);
}
// negative
// @__NO_SIDE_EFFECTS__
function _negative(params) {
    return _lt(0, params);
}
// nonpositive
// @__NO_SIDE_EFFECTS__
function _nonpositive(params) {
    return _lte(0, params);
}
// nonnegative
// @__NO_SIDE_EFFECTS__
function _nonnegative(params) {
    return _gte(0, params);
}
// @__NO_SIDE_EFFECTS__
function _multipleOf(value, params) {
    return new $ZodCheckMultipleOf({
        check: "multiple_of",
        ...normalizeParams(params),
        value,
    });
}
// @__NO_SIDE_EFFECTS__
function _maxSize(maximum, params) {
    return new checks.$ZodCheckMaxSize({
        check: "max_size",
        ...util.normalizeParams(params),
        maximum,
    });
}
// @__NO_SIDE_EFFECTS__
function _minSize(minimum, params) {
    return new checks.$ZodCheckMinSize({
        check: "min_size",
        ...util.normalizeParams(params),
        minimum,
    });
}
// @__NO_SIDE_EFFECTS__
function _size(size, params) {
    return new checks.$ZodCheckSizeEquals({
        check: "size_equals",
        ...util.normalizeParams(params),
        size,
    });
}
// @__NO_SIDE_EFFECTS__
function _maxLength(maximum, params) {
    const ch = new $ZodCheckMaxLength({
        check: "max_length",
        ...normalizeParams(params),
        maximum,
    });
    return ch;
}
// @__NO_SIDE_EFFECTS__
function _minLength(minimum, params) {
    return new $ZodCheckMinLength({
        check: "min_length",
        ...normalizeParams(params),
        minimum,
    });
}
// @__NO_SIDE_EFFECTS__
function _length(length, params) {
    return new $ZodCheckLengthEquals({
        check: "length_equals",
        ...normalizeParams(params),
        length,
    });
}
// @__NO_SIDE_EFFECTS__
function _regex(pattern, params) {
    return new $ZodCheckRegex({
        check: "string_format",
        format: "regex",
        ...normalizeParams(params),
        pattern,
    });
}
// @__NO_SIDE_EFFECTS__
function _lowercase(params) {
    return new $ZodCheckLowerCase({
        check: "string_format",
        format: "lowercase",
        ...normalizeParams(params),
    });
}
// @__NO_SIDE_EFFECTS__
function _uppercase(params) {
    return new $ZodCheckUpperCase({
        check: "string_format",
        format: "uppercase",
        ...normalizeParams(params),
    });
}
// @__NO_SIDE_EFFECTS__
function _includes(includes, params) {
    return new $ZodCheckIncludes({
        check: "string_format",
        format: "includes",
        ...normalizeParams(params),
        includes,
    });
}
// @__NO_SIDE_EFFECTS__
function _startsWith(prefix, params) {
    return new $ZodCheckStartsWith({
        check: "string_format",
        format: "starts_with",
        ...normalizeParams(params),
        prefix,
    });
}
// @__NO_SIDE_EFFECTS__
function _endsWith(suffix, params) {
    return new $ZodCheckEndsWith({
        check: "string_format",
        format: "ends_with",
        ...normalizeParams(params),
        suffix,
    });
}
// @__NO_SIDE_EFFECTS__
function _property(property, schema, params) {
    return new checks.$ZodCheckProperty({
        check: "property",
        property,
        schema,
        ...util.normalizeParams(params),
    });
}
// @__NO_SIDE_EFFECTS__
function _properties(shape, params) {
    return new $ZodCheckProperties({
        check: "properties",
        shape,
        ...normalizeParams(params),
    });
}
// @__NO_SIDE_EFFECTS__
function _mime(types, params) {
    return new checks.$ZodCheckMimeType({
        check: "mime_type",
        mime: types,
        ...util.normalizeParams(params),
    });
}
// @__NO_SIDE_EFFECTS__
function _overwrite(tx) {
    return new $ZodCheckOverwrite({
        check: "overwrite",
        tx,
    });
}
// normalize
// @__NO_SIDE_EFFECTS__
function _normalize(form) {
    return _overwrite((input) => input.normalize(form));
}
// trim
// @__NO_SIDE_EFFECTS__
function _trim() {
    return _overwrite((input) => input.trim());
}
// toLowerCase
// @__NO_SIDE_EFFECTS__
function _toLowerCase() {
    return _overwrite((input) => input.toLowerCase());
}
// toUpperCase
// @__NO_SIDE_EFFECTS__
function _toUpperCase() {
    return _overwrite((input) => input.toUpperCase());
}
// slugify
// @__NO_SIDE_EFFECTS__
function _slugify() {
    return _overwrite((input) => slugify(input));
}
// @__NO_SIDE_EFFECTS__
function _array(Class, element, params) {
    return new Class({
        type: "array",
        element,
        // get element() {
        //   return element;
        // },
        ...normalizeParams(params),
    });
}
// @__NO_SIDE_EFFECTS__
function _union(Class, options, params) {
    return new Class({
        type: "union",
        options,
        ...util.normalizeParams(params),
    });
}
function _xor(Class, options, params) {
    return new Class({
        type: "union",
        options,
        inclusive: false,
        ...util.normalizeParams(params),
    });
}
// @__NO_SIDE_EFFECTS__
function _discriminatedUnion(Class, discriminator, options, params) {
    return new Class({
        type: "union",
        options: options,
        discriminator,
        ...util.normalizeParams(params),
    });
}
// @__NO_SIDE_EFFECTS__
function _intersection(Class, left, right) {
    return new Class({
        type: "intersection",
        left,
        right,
    });
}
// export function _tuple(
//   Class: util.SchemaClass<schemas.$ZodTuple>,
//   items: [],
//   params?: string | $ZodTupleParams
// ): schemas.$ZodTuple<[], null>;
// @__NO_SIDE_EFFECTS__
function _tuple(Class, items, _paramsOrRest, _params) {
    const hasRest = _paramsOrRest instanceof schemas.$ZodType;
    const params = hasRest ? _params : _paramsOrRest;
    const rest = hasRest ? _paramsOrRest : null;
    return new Class({
        type: "tuple",
        items,
        rest,
        ...util.normalizeParams(params),
    });
}
// @__NO_SIDE_EFFECTS__
function _record(Class, keyType, valueType, params) {
    return new Class({
        type: "record",
        keyType,
        valueType,
        ...util.normalizeParams(params),
    });
}
// @__NO_SIDE_EFFECTS__
function _map(Class, keyType, valueType, params) {
    return new Class({
        type: "map",
        keyType,
        valueType,
        ...util.normalizeParams(params),
    });
}
// @__NO_SIDE_EFFECTS__
function _set(Class, valueType, params) {
    return new Class({
        type: "set",
        valueType,
        ...util.normalizeParams(params),
    });
}
// @__NO_SIDE_EFFECTS__
function _enum(Class, values, params) {
    const entries = Array.isArray(values) ? Object.fromEntries(values.map((v) => [v, v])) : values;
    // if (Array.isArray(values)) {
    //   for (const value of values) {
    //     entries[value] = value;
    //   }
    // } else {
    //   Object.assign(entries, values);
    // }
    // const entries: util.EnumLike = {};
    // for (const val of values) {
    //   entries[val] = val;
    // }
    return new Class({
        type: "enum",
        entries,
        ...util.normalizeParams(params),
    });
}
// @__NO_SIDE_EFFECTS__
/** @deprecated This API has been merged into `z.enum()`. Use `z.enum()` instead.
 *
 * ```ts
 * enum Colors { red, green, blue }
 * z.enum(Colors);
 * ```
 */
function _nativeEnum(Class, entries, params) {
    return new Class({
        type: "enum",
        entries,
        ...util.normalizeParams(params),
    });
}
// @__NO_SIDE_EFFECTS__
function _literal(Class, value, params) {
    return new Class({
        type: "literal",
        values: Array.isArray(value) ? value : [value],
        ...util.normalizeParams(params),
    });
}
// @__NO_SIDE_EFFECTS__
function _file(Class, params) {
    return new Class({
        type: "file",
        ...util.normalizeParams(params),
    });
}
// @__NO_SIDE_EFFECTS__
function _transform(Class, fn) {
    return new Class({
        type: "transform",
        transform: fn,
    });
}
// @__NO_SIDE_EFFECTS__
function _optional(Class, innerType) {
    return new Class({
        type: "optional",
        innerType,
    });
}
// @__NO_SIDE_EFFECTS__
function _nullable(Class, innerType) {
    return new Class({
        type: "nullable",
        innerType,
    });
}
// @__NO_SIDE_EFFECTS__
function _default(Class, innerType, defaultValue) {
    return new Class({
        type: "default",
        innerType,
        get defaultValue() {
            return typeof defaultValue === "function" ? defaultValue() : util.shallowClone(defaultValue);
        },
    });
}
// @__NO_SIDE_EFFECTS__
function _nonoptional(Class, innerType, params) {
    return new Class({
        type: "nonoptional",
        innerType,
        ...util.normalizeParams(params),
    });
}
// @__NO_SIDE_EFFECTS__
function _success(Class, innerType) {
    return new Class({
        type: "success",
        innerType,
    });
}
// @__NO_SIDE_EFFECTS__
function _catch(Class, innerType, catchValue) {
    return new Class({
        type: "catch",
        innerType,
        catchValue: (typeof catchValue === "function" ? catchValue : util.constantCatch(catchValue)),
    });
}
// @__NO_SIDE_EFFECTS__
function _pipe(Class, in_, out) {
    return new Class({
        type: "pipe",
        in: in_,
        out,
    });
}
// @__NO_SIDE_EFFECTS__
function _readonly(Class, innerType) {
    return new Class({
        type: "readonly",
        innerType,
    });
}
// @__NO_SIDE_EFFECTS__
function _templateLiteral(Class, parts, params) {
    return new Class({
        type: "template_literal",
        parts,
        ...util.normalizeParams(params),
    });
}
// @__NO_SIDE_EFFECTS__
function _lazy(Class, getter) {
    return new Class({
        type: "lazy",
        getter,
    });
}
// @__NO_SIDE_EFFECTS__
function _promise(Class, innerType) {
    return new Class({
        type: "promise",
        innerType,
    });
}
// @__NO_SIDE_EFFECTS__
function _custom(Class, fn, _params) {
    const norm = util.normalizeParams(_params);
    norm.abort ?? (norm.abort = true); // default to abort:false
    const schema = new Class({
        type: "custom",
        check: "custom",
        fn: fn,
        ...norm,
    });
    return schema;
}
// same as _custom but defaults to abort:false
// @__NO_SIDE_EFFECTS__
function _refine(Class, fn, _params) {
    const schema = new Class({
        type: "custom",
        check: "custom",
        fn: fn,
        ...normalizeParams(_params),
    });
    return schema;
}
// @__NO_SIDE_EFFECTS__
function _superRefine(fn, params) {
    const ch = _check((payload) => {
        payload.addIssue = (issue) => {
            if (typeof issue === "string") {
                payload.issues.push(util_issue(issue, payload.value, ch._zod.def));
            }
            else {
                // for Zod 3 backwards compatibility
                const _issue = issue;
                if (_issue.fatal)
                    _issue.continue = false;
                _issue.code ?? (_issue.code = "custom");
                if (!("input" in _issue))
                    _issue.input = payload.value;
                _issue.inst ?? (_issue.inst = ch);
                _issue.continue ?? (_issue.continue = !ch._zod.def.abort); // abort is always undefined, so this is always true...
                payload.issues.push(util_issue(_issue));
            }
        };
        return fn(payload.value, payload);
    }, params);
    return ch;
}
// @__NO_SIDE_EFFECTS__
function _check(fn, params) {
    const ch = new $ZodCheck({
        check: "custom",
        ...normalizeParams(params),
    });
    ch._zod.check = fn;
    return ch;
}
// @__NO_SIDE_EFFECTS__
function describe(description) {
    const ch = new $ZodCheck({ check: "describe" });
    ch._zod.onattach = [
        (inst) => {
            const existing = globalRegistry.get(inst) ?? {};
            globalRegistry.add(inst, { ...existing, description });
        },
    ];
    ch._zod.check = () => { }; // no-op check
    return ch;
}
// @__NO_SIDE_EFFECTS__
function meta(metadata) {
    const ch = new $ZodCheck({ check: "meta" });
    ch._zod.onattach = [
        (inst) => {
            const existing = globalRegistry.get(inst) ?? {};
            globalRegistry.add(inst, { ...existing, ...metadata });
        },
    ];
    ch._zod.check = () => { }; // no-op check
    return ch;
}
// @__NO_SIDE_EFFECTS__
function _stringbool(Classes, _params) {
    const params = util.normalizeParams(_params);
    let truthyArray = params.truthy ?? ["true", "1", "yes", "on", "y", "enabled"];
    let falsyArray = params.falsy ?? ["false", "0", "no", "off", "n", "disabled"];
    if (params.case !== "sensitive") {
        truthyArray = truthyArray.map((v) => (typeof v === "string" ? v.toLowerCase() : v));
        falsyArray = falsyArray.map((v) => (typeof v === "string" ? v.toLowerCase() : v));
    }
    const truthySet = new Set(truthyArray);
    const falsySet = new Set(falsyArray);
    const _Codec = Classes.Codec ?? schemas.$ZodCodec;
    const _Boolean = Classes.Boolean ?? schemas.$ZodBoolean;
    const _String = Classes.String ?? schemas.$ZodString;
    const stringSchema = new _String({ type: "string", error: params.error });
    const booleanSchema = new _Boolean({ type: "boolean", error: params.error });
    const codec = new _Codec({
        type: "pipe",
        in: stringSchema,
        out: booleanSchema,
        transform: ((input, payload) => {
            let data = input;
            if (params.case !== "sensitive")
                data = data.toLowerCase();
            if (truthySet.has(data)) {
                return true;
            }
            else if (falsySet.has(data)) {
                return false;
            }
            else {
                payload.issues.push({
                    code: "invalid_value",
                    expected: "stringbool",
                    values: [...truthySet, ...falsySet],
                    input: payload.value,
                    inst: codec,
                    continue: false,
                });
                return {};
            }
        }),
        reverseTransform: ((input, _payload) => {
            if (input === true) {
                return truthyArray[0] || "true";
            }
            else {
                return falsyArray[0] || "false";
            }
        }),
        error: params.error,
    });
    codec._zod.bag.truthy = truthyArray;
    codec._zod.bag.falsy = falsyArray;
    codec._zod.bag.case = params.case ?? "insensitive";
    return codec;
}
// @__NO_SIDE_EFFECTS__
function _stringFormat(Class, format, fnOrRegex, _params = {}) {
    const params = util.normalizeParams(_params);
    const def = {
        check: "string_format",
        type: "string",
        format,
        fn: typeof fnOrRegex === "function" ? fnOrRegex : (val) => fnOrRegex.test(val),
        ...params,
    };
    if (fnOrRegex instanceof RegExp) {
        def.pattern = fnOrRegex;
    }
    const inst = new Class(def);
    return inst;
}

;// CONCATENATED MODULE: ./node_modules/zod/v4/core/to-json-schema.js


function assignProps(target, ...sources) {
    for (const source of sources) {
        for (const key of Reflect.ownKeys(source)) {
            if (Object.prototype.propertyIsEnumerable.call(source, key)) {
                util_assignProp(target, key, source[key]);
            }
        }
    }
    return target;
}
// function initializeContext<T extends schemas.$ZodType>(inputs: JSONSchemaGeneratorParams<T>): ToJSONSchemaContext<T> {
//   return {
//     processor: inputs.processor,
//     metadataRegistry: inputs.metadata ?? globalRegistry,
//     target: inputs.target ?? "draft-2020-12",
//     unrepresentable: inputs.unrepresentable ?? "throw",
//   };
// }
function to_json_schema_initializeContext(params) {
    // Normalize target: convert old non-hyphenated versions to hyphenated versions
    let target = params?.target ?? "draft-2020-12";
    if (target === "draft-4")
        target = "draft-04";
    if (target === "draft-7")
        target = "draft-07";
    return {
        processors: params.processors ?? {},
        metadataRegistry: params?.metadata ?? globalRegistry,
        target,
        unrepresentable: params?.unrepresentable ?? "throw",
        override: params?.override ?? (() => { }),
        io: params?.io ?? "output",
        counter: 0,
        seen: new Map(),
        sharedDefsExtractedFor: undefined,
        sharedEmitDoneFor: undefined,
        cycles: params?.cycles ?? "ref",
        reused: params?.reused ?? "inline",
        intersections: [],
        deferred: [],
        external: params?.external ?? undefined,
    };
}
/**
 * Applies the `unrepresentable` setting at a site that has no JSON Schema equivalent. Throws
 * `message` unless the setting (or the handler's return value) says otherwise. Returns `true` if a
 * custom JSON Schema was written into `json`, in which case the caller must not write its own.
 */
function handleUnrepresentable(schema, ctx, json, params, message) {
    const result = typeof ctx.unrepresentable === "function"
        ? ctx.unrepresentable({ zodSchema: schema, path: params.path, message })
        : ctx.unrepresentable;
    if (result === "any")
        return false;
    if (result === undefined || result === "throw")
        throw new Error(message);
    Object.assign(json, result);
    return true;
}
// never rename this back to `process`: bundler polyfills inject a top-level `const process` that a lexical declaration of the same name collides with (#6397)
function to_json_schema_processSchema(schema, ctx, _params = { path: [], schemaPath: [] }) {
    var _a;
    const def = schema._zod.def;
    // check for schema in seens
    const seen = ctx.seen.get(schema);
    if (seen) {
        seen.count++;
        // check if cycle
        const isCycle = _params.schemaPath.includes(schema);
        if (isCycle) {
            seen.cycle = _params.path;
        }
        return seen.schema;
    }
    // initialize
    const result = { schema: {}, count: 1, cycle: undefined, path: _params.path };
    ctx.seen.set(schema, result);
    ctx.sharedDefsExtractedFor = undefined;
    ctx.sharedEmitDoneFor = undefined;
    // custom method overrides default behavior
    const overrideSchema = schema._zod.toJSONSchema?.();
    if (overrideSchema) {
        result.schema = overrideSchema;
    }
    else {
        const params = {
            ..._params,
            schemaPath: [..._params.schemaPath, schema],
            path: _params.path,
        };
        if (schema._zod.processJSONSchema) {
            schema._zod.processJSONSchema(ctx, result.schema, params);
        }
        else {
            const _json = result.schema;
            const processor = ctx.processors[def.type];
            if (!processor) {
                throw new Error(`[toJSONSchema]: Non-representable type encountered: ${def.type}`);
            }
            processor(schema, ctx, _json, params);
        }
        const parent = schema._zod.parent;
        if (parent) {
            // Also set ref if processor didn't (for inheritance)
            if (!result.ref)
                result.ref = parent;
            to_json_schema_processSchema(parent, ctx, params);
            ctx.seen.get(parent).isParent = true;
        }
    }
    // metadata
    const meta = ctx.metadataRegistry.get(schema);
    if (meta)
        assignProps(result.schema, meta);
    if (ctx.io === "input" && isTransforming(schema)) {
        // examples/defaults only apply to output type of pipe
        delete result.schema.examples;
        delete result.schema.default;
    }
    // set prefault as default
    if (ctx.io === "input" && "_prefault" in result.schema)
        (_a = result.schema).default ?? (_a.default = result.schema._prefault);
    delete result.schema._prefault;
    // pulling fresh from ctx.seen in case it was overwritten
    const _result = ctx.seen.get(schema);
    return _result.schema;
}
/** @deprecated Renamed to `processSchema`. An export alias declares no binding, so it is safe to keep. */

// Escape a reference token for use in a JSON Pointer fragment (RFC 6901): `~` becomes `~0` and `/` becomes `~1`. The `~` replacement must run first.
function encodeJSONPointerSegment(segment) {
    return segment.replace(/~/g, "~0").replace(/\//g, "~1");
}
function to_json_schema_extractDefs(ctx, schema
// params: EmitParams
) {
    // iterate over seen map;
    const root = ctx.seen.get(schema);
    if (!root)
        throw new Error("Unprocessed schema. This is a bug in Zod.");
    // With `external` set, every registered schema resolves through the external branch of `makeURI`, so the root branch below produces the same ref the external branch would — this pass is identical whichever schema it is called with, and only needs to run once.
    if (ctx.external && ctx.sharedDefsExtractedFor === ctx.external)
        return;
    // Track ids to detect duplicates across different schemas
    const idToSchema = new Map();
    for (const entry of ctx.seen.entries()) {
        const id = ctx.metadataRegistry.get(entry[0])?.id;
        if (id) {
            const existing = idToSchema.get(id);
            if (existing && existing !== entry[0]) {
                throw new Error(`Duplicate schema id "${id}" detected during JSON Schema conversion. Two different schemas cannot share the same id when converted together.`);
            }
            idToSchema.set(id, entry[0]);
        }
    }
    // returns a ref to the schema defId will be empty if the ref points to an external schema (or #)
    const makeURI = (entry) => {
        // comparing the seen objects because sometimes multiple schemas map to the same seen object. e.g. lazy
        // external is configured
        const defsSegment = ctx.target === "draft-2020-12" ? "$defs" : "definitions";
        if (ctx.external) {
            const externalId = ctx.external.registry.get(entry[0])?.id; // ?? "__shared";// `__schema${ctx.counter++}`;
            // check if schema is in the external registry
            const uriGenerator = ctx.external.uri ?? ((id) => id);
            if (externalId) {
                return { ref: uriGenerator(externalId) };
            }
            // otherwise, add to __shared
            const id = entry[1].defId ?? entry[1].schema.id ?? `schema${ctx.counter++}`;
            entry[1].defId = id; // set defId so it will be reused if needed
            return { defId: id, ref: `${uriGenerator("__shared")}#/${defsSegment}/${encodeJSONPointerSegment(id)}` };
        }
        const uriPrefix = `#`;
        const defUriPrefix = `${uriPrefix}/${defsSegment}/`;
        // an id-less root has nowhere to be extracted to, so it stays inline and self-references as `#`
        if (entry[1] === root && !entry[1].schema.id) {
            return { ref: uriPrefix };
        }
        // self-contained schema
        const defId = entry[1].schema.id ?? `__schema${ctx.counter++}`;
        return { defId, ref: defUriPrefix + encodeJSONPointerSegment(defId) };
    };
    // stored cached version in `def` property remove all properties, set $ref
    const extractToDef = (entry) => {
        // if the schema is already a reference, do not extract it
        if (entry[1].schema.$ref) {
            return;
        }
        const seen = entry[1];
        const { ref, defId } = makeURI(entry);
        seen.def = { ...seen.schema };
        // defId won't be set if the schema is a reference to an external schema or if the schema is the root schema
        if (defId)
            seen.defId = defId;
        // wipe away all properties except $ref
        const schema = seen.schema;
        for (const key in schema) {
            delete schema[key];
        }
        schema.$ref = ref;
    };
    // throw on cycles
    // break cycles
    if (ctx.cycles === "throw") {
        for (const entry of ctx.seen.entries()) {
            const seen = entry[1];
            if (seen.cycle) {
                throw new Error("Cycle detected: " +
                    `#/${seen.cycle?.join("/")}/<root>` +
                    '\n\nSet the `cycles` parameter to `"ref"` to resolve cyclical schemas with defs.');
            }
        }
    }
    // extract schemas into $defs
    for (const entry of ctx.seen.entries()) {
        const seen = entry[1];
        // convert root schema to # $ref
        if (schema === entry[0]) {
            extractToDef(entry); // this has special handling for the root schema
            continue;
        }
        // extract schemas that are in the external registry
        if (ctx.external) {
            const ext = ctx.external.registry.get(entry[0])?.id;
            if (schema !== entry[0] && ext) {
                extractToDef(entry);
                continue;
            }
        }
        // extract schemas with `id` meta
        const id = ctx.metadataRegistry.get(entry[0])?.id;
        if (id) {
            extractToDef(entry);
            continue;
        }
        // break cycles
        if (seen.cycle) {
            // any
            extractToDef(entry);
            continue;
        }
        // extract reused schemas
        if (seen.count > 1) {
            if (ctx.reused === "ref") {
                extractToDef(entry);
            }
        }
    }
    if (ctx.external)
        ctx.sharedDefsExtractedFor = ctx.external;
}
/** Rewrites `anyOf: [{type: "a"}, {type: "b"}]` to `type: ["a", "b"]`, which every JSON Schema draft treats as equivalent and most consumers render far better for the nullable case. Only branches that are a bare type assertion qualify — anything carrying a constraint, `$ref`, `const` or metadata is left alone. Runs after `flattenRef`, so a branch an override decorated or `$defs` extraction turned into a `$ref` is no longer bare and correctly stays in `anyOf`. `oneOf` is excluded: `integer` and `number` overlap, so "exactly one" and "at least one" are not the same there. OpenAPI 3.0 is excluded: its `type` must be a single string. */
function compactTypeUnion(schema) {
    const options = schema.anyOf;
    if (!Array.isArray(options) || options.length === 0 || schema.type !== undefined)
        return;
    const types = [];
    for (const option of options) {
        if (!option || typeof option !== "object")
            return;
        // A branch that is itself a compactible union folds into this one — nested `anyOf` and a flat `type` array say the same thing. Compacting it first also makes the result independent of the order this pass walks the seen map in.
        compactTypeUnion(option);
        const keys = Object.keys(option);
        if (keys.length !== 1 || keys[0] !== "type")
            return;
        const type = option.type;
        for (const member of Array.isArray(type) ? type : [type]) {
            if (typeof member !== "string")
                return;
            if (!types.includes(member))
                types.push(member);
        }
    }
    delete schema.anyOf;
    // A `type` array must be non-empty and unique (metaschema); a single member is spelled as a bare string.
    schema.type = types.length === 1 ? types[0] : types;
}
/** Keywords `foldIntersection` knows how to combine. Anything else — `$ref`, `patternProperties`,
 * an annotation like `description` — makes a member unfoldable, so a constraint this does not
 * understand leaves the `allOf` alone instead of being silently dropped or misattributed. */
const FOLDABLE_KEYS = new Set(["type", "properties", "required", "additionalProperties"]);
const UNION_KEYS = ["oneOf", "anyOf"];
/** A member's constraint on a key it does not declare itself. A `catchall` states one; `false`, an absent `additionalProperties`, and the empty schema a loose object emits state nothing. */
function undeclaredConstraint(member) {
    const extra = member.additionalProperties;
    if (extra === undefined || extra === false || typeof extra !== "object" || extra === null)
        return null;
    return Object.keys(extra).length ? extra : null;
}
/** Combines object members into the single object they describe together, or returns `null` if any of them carries a keyword outside {@link FOLDABLE_KEYS}. */
function foldObjects(members) {
    const objects = [];
    for (const member of members) {
        // A boolean subschema is legal JSON Schema and carries no keywords to fold.
        if (typeof member !== "object" || member.type !== "object")
            return null;
        for (const key in member) {
            if (!FOLDABLE_KEYS.has(key))
                return null;
        }
        objects.push(member);
    }
    const properties = {};
    const required = new Set();
    for (const object of objects) {
        for (const key in object.properties) {
            // `in` would report a `__proto__` key as already present via the prototype chain and skip it.
            if (Object.prototype.hasOwnProperty.call(properties, key))
                continue;
            // Every member constrains this key: the ones that declare it say how, and a `catchall` member constrains it too even though it does not name it. The key has to satisfy all of them, which is the same intersection one level down.
            const parts = [];
            for (const other of objects) {
                const part = other.properties?.[key] ?? undeclaredConstraint(other);
                if (part === null || part === undefined)
                    continue;
                if (!parts.some((seen) => JSON.stringify(seen) === JSON.stringify(part)))
                    parts.push(part);
            }
            const merged = parts.length === 1
                ? parts[0]
                : (foldObjects(parts) ?? { allOf: parts });
            util_assignProp(properties, key, merged);
        }
        for (const key of object.required ?? [])
            required.add(key);
    }
    const folded = { type: "object", properties };
    if (required.size)
        folded.required = [...required];
    // A key no member declares is rejected only when every member rejects it, so the fold is closed only when every member is. Otherwise it carries whatever the `catchall` members demand of such a key.
    if (objects.every((object) => object.additionalProperties === false)) {
        folded.additionalProperties = false;
    }
    else {
        const constraints = [];
        for (const object of objects) {
            const constraint = undeclaredConstraint(object);
            if (constraint && !constraints.some((seen) => JSON.stringify(seen) === JSON.stringify(constraint)))
                constraints.push(constraint);
        }
        if (constraints.length === 1)
            folded.additionalProperties = constraints[0];
        else if (constraints.length > 1)
            folded.additionalProperties = { allOf: constraints };
    }
    return folded;
}
/** `additionalProperties` in an `allOf` member sees only that member's own `properties`, so two
 * closed object members reject each other's keys and the schema validates nothing. Zod's parser
 * pools the key sets instead — `handleIntersectionResults` reports a key as unrecognized only when
 * *every* side rejects it — so the emitted schema has to pool them too, and folding the members
 * into one object is the encoding that says so on every target.
 *
 * This runs from `finalize`, after `extractDefs`, which is what keeps it clear of the `$ref`
 * machinery: a member extracted into `$defs` is already a `$ref` by now and declines to fold, so it
 * keeps its reference and its own closedness rather than being inlined as a stale copy. */
function foldIntersection(json) {
    const allOf = json.allOf;
    if (!Array.isArray(allOf) || allOf.length < 2)
        return;
    // An `override` runs before this pass and may have written object keywords onto the intersection itself. Those are deliberate, so decline rather than overwrite them.
    for (const key of FOLDABLE_KEYS)
        if (key in json)
            return;
    // An intersection distributes over a union: `A & (X | Y)` is `(A & X) | (A & Y)`. Only the first union is distributed over; a second one stays among the members every branch folds against, where it fails the object check and declines the whole intersection rather than multiplying out.
    const unions = allOf.filter((m) => UNION_KEYS.some((k) => Array.isArray(m[k])));
    let folded = null;
    if (!unions.length) {
        folded = foldObjects(allOf);
    }
    else {
        const union = unions[0];
        const keyword = UNION_KEYS.find((k) => Array.isArray(union[k]));
        if (Object.keys(union).length !== 1)
            return;
        const rest = allOf.filter((m) => m !== union);
        const branches = union[keyword].map((branch) => foldObjects([...rest, branch]));
        if (branches.some((b) => !b))
            return;
        folded = { [keyword]: branches };
    }
    if (!folded)
        return;
    delete json.allOf;
    assignProps(json, folded);
}
function to_json_schema_finalize(ctx, schema) {
    const root = ctx.seen.get(schema);
    if (!root)
        throw new Error("Unprocessed schema. This is a bug in Zod.");
    // flatten refs - inherit properties from parent schemas
    const flattenRef = (zodSchema) => {
        const seen = ctx.seen.get(zodSchema);
        // already processed
        if (seen.ref === null)
            return;
        const schema = seen.def ?? seen.schema;
        const _cached = { ...schema };
        const ref = seen.ref;
        seen.ref = null; // prevent infinite recursion
        if (ref) {
            flattenRef(ref);
            const refSeen = ctx.seen.get(ref);
            const refSchema = refSeen.schema;
            // merge referenced schema into current
            if (refSchema.$ref && (ctx.target === "draft-07" || ctx.target === "draft-04" || ctx.target === "openapi-3.0")) {
                // older drafts can't combine $ref with other properties
                schema.allOf = schema.allOf ?? [];
                schema.allOf.push(refSchema);
            }
            else {
                assignProps(schema, refSchema);
            }
            // restore child's own properties (child wins)
            assignProps(schema, _cached);
            const isParentRef = zodSchema._zod.parent === ref;
            // For parent chain, child is a refinement - remove parent-only properties
            if (isParentRef) {
                for (const key in schema) {
                    if (key === "$ref" || key === "allOf")
                        continue;
                    if (!(key in _cached)) {
                        delete schema[key];
                    }
                }
            }
            // When ref was extracted to $defs, remove properties that match the definition
            if (refSchema.$ref && refSeen.def) {
                for (const key in schema) {
                    if (key === "$ref" || key === "allOf")
                        continue;
                    if (key in refSeen.def && JSON.stringify(schema[key]) === JSON.stringify(refSeen.def[key])) {
                        delete schema[key];
                    }
                }
            }
        }
        // If parent was extracted (has $ref), propagate $ref to this schema. This handles cases like: readonly().meta({id}).describe() where processor sets ref to innerType but parent should be referenced
        const parent = zodSchema._zod.parent;
        if (parent && parent !== ref) {
            // Ensure parent is processed first so its def has inherited properties
            flattenRef(parent);
            const parentSeen = ctx.seen.get(parent);
            if (parentSeen?.schema.$ref) {
                schema.$ref = parentSeen.schema.$ref;
                // De-duplicate with parent's definition
                if (parentSeen.def) {
                    for (const key in schema) {
                        if (key === "$ref" || key === "allOf")
                            continue;
                        if (key in parentSeen.def && JSON.stringify(schema[key]) === JSON.stringify(parentSeen.def[key])) {
                            delete schema[key];
                        }
                    }
                }
            }
        }
        // execute overrides
        ctx.override({
            zodSchema: zodSchema,
            jsonSchema: schema,
            path: seen.path ?? [],
        });
    };
    // Flattening walks the whole map and clears each `ref` as it goes, so a second call over the same map is a no-op scan. Skip it outright once it has run for a registry conversion.
    if (!ctx.external || ctx.sharedEmitDoneFor !== ctx.external) {
        for (const entry of [...ctx.seen.entries()].reverse()) {
            flattenRef(entry[0]);
        }
        if (ctx.target !== "openapi-3.0") {
            for (const entry of ctx.seen.entries()) {
                compactTypeUnion(entry[1].def ?? entry[1].schema);
            }
        }
        for (const rewrite of ctx.deferred)
            rewrite();
        // After flattening, every member that was extracted is a `$ref`, so the fold sees the final shape. A schema that inherits an intersection — through `z.lazy`, or any `ref` chain — holds the same `allOf` array, so fold by array identity to catch every copy.
        if (ctx.intersections.length) {
            const carriers = new Map();
            for (const seen of ctx.seen.values()) {
                for (const json of [seen.schema, seen.def]) {
                    const allOf = json?.allOf;
                    if (!Array.isArray(allOf))
                        continue;
                    const existing = carriers.get(allOf);
                    if (existing)
                        existing.push(json);
                    else
                        carriers.set(allOf, [json]);
                }
            }
            for (const allOf of ctx.intersections) {
                for (const json of carriers.get(allOf) ?? [])
                    foldIntersection(json);
            }
        }
    }
    const result = {};
    if (ctx.target === "draft-2020-12") {
        result.$schema = "https://json-schema.org/draft/2020-12/schema";
    }
    else if (ctx.target === "draft-07") {
        result.$schema = "http://json-schema.org/draft-07/schema#";
    }
    else if (ctx.target === "draft-04") {
        result.$schema = "http://json-schema.org/draft-04/schema#";
    }
    else if (ctx.target === "openapi-3.0") {
        // OpenAPI 3.0 schema objects should not include a $schema property
    }
    else {
        // Arbitrary string values are allowed but won't have a $schema property set
    }
    if (ctx.external?.uri) {
        const id = ctx.external.registry.get(schema)?.id;
        if (!id)
            throw new Error("Schema is missing an `id` property");
        result.$id = ctx.external.uri(id);
    }
    // when the root was extracted into $defs, `root.schema` is the `$ref` wrapper and `root.def` is the body that now lives under $defs
    assignProps(result, root.defId ? root.schema : (root.def ?? root.schema));
    // The `id` in `.meta()` is a Zod-specific registration tag used to extract schemas into $defs — it is not user-facing JSON Schema metadata. Strip it from the output body where it would otherwise leak. The id is preserved implicitly via the $defs key (and via $ref paths).
    const rootMetaId = ctx.metadataRegistry.get(schema)?.id;
    if (rootMetaId !== undefined && result.id === rootMetaId)
        delete result.id;
    // build defs object. With `external`, `defs` is the shared object every schema writes into, so the same entries are reassigned on every call. Without it, `defs` is fresh per call and must be rebuilt.
    const defs = ctx.external?.defs ?? {};
    if (!ctx.external || ctx.sharedEmitDoneFor !== ctx.external) {
        for (const entry of ctx.seen.entries()) {
            const seen = entry[1];
            if (seen.def && seen.defId) {
                if (seen.def.id === seen.defId)
                    delete seen.def.id;
                util_assignProp(defs, seen.defId, seen.def);
            }
        }
    }
    if (ctx.external)
        ctx.sharedEmitDoneFor = ctx.external;
    // set definitions in result
    if (ctx.external) {
    }
    else {
        if (Object.keys(defs).length > 0) {
            if (ctx.target === "draft-2020-12") {
                result.$defs = defs;
            }
            else {
                result.definitions = defs;
            }
        }
    }
    try {
        // this "finalizes" this schema and ensures all cycles are removed each call to finalize() is functionally independent though the seen map is shared
        const finalized = JSON.parse(JSON.stringify(result));
        Object.defineProperty(finalized, "~standard", {
            value: {
                ...schema["~standard"],
                jsonSchema: {
                    input: createStandardJSONSchemaMethod(schema, "input", ctx.processors),
                    output: createStandardJSONSchemaMethod(schema, "output", ctx.processors),
                },
            },
            enumerable: false,
            writable: false,
        });
        return finalized;
    }
    catch (_err) {
        throw new Error("Error converting schema to JSON.");
    }
}
function isTransforming(_schema, _ctx) {
    const ctx = _ctx ?? { seen: new Set() };
    if (ctx.seen.has(_schema))
        return false;
    ctx.seen.add(_schema);
    const def = _schema._zod.def;
    if (def.type === "transform")
        return true;
    if (def.type === "array")
        return isTransforming(def.element, ctx);
    if (def.type === "set")
        return isTransforming(def.valueType, ctx);
    if (def.type === "lazy")
        return isTransforming(def.getter(), ctx);
    if (def.type === "promise" ||
        def.type === "optional" ||
        def.type === "nonoptional" ||
        def.type === "nullable" ||
        def.type === "readonly" ||
        def.type === "default" ||
        def.type === "prefault" ||
        def.type === "catch") {
        return isTransforming(def.innerType, ctx);
    }
    if (def.type === "intersection") {
        return isTransforming(def.left, ctx) || isTransforming(def.right, ctx);
    }
    if (def.type === "record" || def.type === "map") {
        return isTransforming(def.keyType, ctx) || isTransforming(def.valueType, ctx);
    }
    if (def.type === "pipe") {
        if (_schema._zod.traits.has("$ZodCodec"))
            return true;
        return isTransforming(def.in, ctx) || isTransforming(def.out, ctx);
    }
    if (def.type === "object") {
        for (const key in def.shape) {
            if (isTransforming(def.shape[key], ctx))
                return true;
        }
        return false;
    }
    if (def.type === "union") {
        for (const option of def.options) {
            if (isTransforming(option, ctx))
                return true;
        }
        return false;
    }
    if (def.type === "tuple") {
        for (const item of def.items) {
            if (isTransforming(item, ctx))
                return true;
        }
        if (def.rest && isTransforming(def.rest, ctx))
            return true;
        return false;
    }
    return false;
}
/**
 * Creates a toJSONSchema method for a schema instance.
 * This encapsulates the logic of initializing context, processing, extracting defs, and finalizing.
 */
const createToJSONSchemaMethod = (schema, processors = {}) => (params) => {
    const ctx = to_json_schema_initializeContext({ ...params, processors });
    to_json_schema_processSchema(schema, ctx);
    to_json_schema_extractDefs(ctx, schema);
    return to_json_schema_finalize(ctx, schema);
};
const createStandardJSONSchemaMethod = (schema, io, processors = {}) => (params) => {
    const { libraryOptions, target } = params ?? {};
    const ctx = to_json_schema_initializeContext({ ...(libraryOptions ?? {}), target, io, processors });
    to_json_schema_processSchema(schema, ctx);
    to_json_schema_extractDefs(ctx, schema);
    return to_json_schema_finalize(ctx, schema);
};

;// CONCATENATED MODULE: ./node_modules/zod/v4/core/json-schema-processors.js




const narrowMin = (agg, key, value) => {
    if (agg[key] === undefined || value > agg[key])
        agg[key] = value;
};
const narrowMax = (agg, key, value) => {
    if (agg[key] === undefined || value < agg[key])
        agg[key] = value;
};
const narrowBoth = (agg, value) => {
    narrowMin(agg, "minimum", value);
    narrowMax(agg, "maximum", value);
};
const addDivisor = (agg, value) => {
    agg.multipleOf ?? (agg.multipleOf = []);
    if (!agg.multipleOf.includes(value))
        agg.multipleOf.push(value);
};
const addPattern = (agg, pattern) => {
    agg.patterns ?? (agg.patterns = new Set());
    agg.patterns.add(pattern);
};
const intersectMime = (agg, mime) => {
    agg.mime = agg.mime ? agg.mime.filter((m) => mime.includes(m)) : [...mime];
};
// last-wins, matching the bag's historical write order; the flag keeps an integer format from being lost to a later float one
const setFormat = (agg, format) => {
    agg.format = format;
    if (format.includes("int"))
        agg.isInt = true;
};
const minContributor = (agg, def) => narrowMin(agg, "minimum", def.minimum);
const maxContributor = (agg, def) => narrowMax(agg, "maximum", def.maximum);
const formatContributor = (ranges) => (agg, def) => {
    setFormat(agg, def.format);
    const [minimum, maximum] = ranges[def.format];
    narrowMin(agg, "minimum", minimum);
    narrowMax(agg, "maximum", maximum);
};
const contributors = {
    greater_than: (agg, def) => narrowMin(agg, def.inclusive ? "minimum" : "exclusiveMinimum", def.value),
    less_than: (agg, def) => narrowMax(agg, def.inclusive ? "maximum" : "exclusiveMaximum", def.value),
    multiple_of: (agg, def) => addDivisor(agg, def.value),
    number_format: formatContributor(NUMBER_FORMAT_RANGES),
    bigint_format: formatContributor(BIGINT_FORMAT_RANGES),
    min_length: minContributor,
    max_length: maxContributor,
    length_equals: (agg, def) => narrowBoth(agg, def.length),
    min_size: minContributor,
    max_size: maxContributor,
    size_equals: (agg, def) => narrowBoth(agg, def.size),
    string_format: (agg, def) => {
        setFormat(agg, def.format);
        if (def.pattern)
            addPattern(agg, def.pattern);
        if (def.format === "base64" || def.format === "base64url")
            agg.contentEncoding = def.format;
        if (def.local || def.precision === -1)
            agg.laxFormat = true;
    },
    mime_type: (agg, def) => intersectMime(agg, def.mime),
};
function aggregateChecks(schema) {
    const agg = {};
    const def = schema._zod.def;
    // a format schema is its own first check, same rule as $ZodType init
    const list = schema._zod.traits.has("$ZodCheck")
        ? [schema, ...(def.checks ?? [])]
        : (def.checks ?? []);
    for (const ch of list)
        contributors[ch._zod.def.check]?.(agg, ch._zod.def);
    // reconcile with the bag so third-party onattach contributions still land; first-party residue is never tighter than the fold, so merging it back is idempotent for one and additive for the other
    const bag = schema._zod.bag;
    if (bag.minimum !== undefined)
        narrowMin(agg, "minimum", bag.minimum);
    if (bag.exclusiveMinimum !== undefined)
        narrowMin(agg, "exclusiveMinimum", bag.exclusiveMinimum);
    if (bag.maximum !== undefined)
        narrowMax(agg, "maximum", bag.maximum);
    if (bag.exclusiveMaximum !== undefined)
        narrowMax(agg, "exclusiveMaximum", bag.exclusiveMaximum);
    if (bag.multipleOf !== undefined)
        addDivisor(agg, bag.multipleOf);
    if (bag.format !== undefined) {
        agg.format ?? (agg.format = bag.format);
        if (bag.format.includes("int"))
            agg.isInt = true;
    }
    if (bag.mime)
        intersectMime(agg, bag.mime);
    for (const pattern of bag.patterns ?? [])
        addPattern(agg, pattern);
    return agg;
}
const formatMap = {
    guid: "uuid",
    url: "uri",
    datetime: "date-time",
    json_string: "json-string",
    regex: "", // do not set
};
// ==================== SIMPLE TYPE PROCESSORS ====================
// the runtime patterns are lax so parse paths never overflow the regex stack; the emitted schema swaps in the exact block forms, which zod itself never executes
const exactPatterns = new Map([
    [base64Charset, base64],
    [base64urlCharset, base64url],
]);
const exactPattern = (p) => exactPatterns.get(p) ?? p;
const stringProcessor = (schema, ctx, _json, _params) => {
    const json = _json;
    json.type = "string";
    const { minimum, maximum, format, patterns, contentEncoding, laxFormat } = aggregateChecks(schema);
    if (typeof minimum === "number")
        json.minLength = minimum;
    if (typeof maximum === "number")
        json.maxLength = maximum;
    // custom pattern overrides format
    if (format) {
        json.format = formatMap[format] ?? format;
        if (json.format === "")
            delete json.format; // empty format is not valid
        // `z.iso.time()` is never full-time, and `laxFormat` carries the datetime shapes that also accept what their keyword forbids
        if (format === "time" || laxFormat) {
            delete json.format;
        }
    }
    if (contentEncoding)
        json.contentEncoding = contentEncoding;
    if (patterns && patterns.size > 0) {
        const patternList = [...patterns].map(exactPattern);
        if (patternList.length === 1)
            json.pattern = patternList[0].source;
        else if (patternList.length > 1) {
            json.allOf = [
                ...patternList.map((regex) => ({
                    ...(ctx.target === "draft-07" || ctx.target === "draft-04" || ctx.target === "openapi-3.0"
                        ? { type: "string" }
                        : {}),
                    pattern: regex.source,
                })),
            ];
        }
    }
};
const numberProcessor = (schema, ctx, _json, params) => {
    const json = _json;
    const { minimum, maximum, multipleOf, exclusiveMaximum, exclusiveMinimum, isInt } = aggregateChecks(schema);
    json.type = isInt ? "integer" : "number";
    // when both minimum and exclusiveMinimum exist, pick the more restrictive one
    const exMin = typeof exclusiveMinimum === "number" && exclusiveMinimum >= (minimum ?? Number.NEGATIVE_INFINITY);
    const exMax = typeof exclusiveMaximum === "number" && exclusiveMaximum <= (maximum ?? Number.POSITIVE_INFINITY);
    const legacy = ctx.target === "draft-04" || ctx.target === "openapi-3.0";
    if (exMin) {
        if (legacy) {
            json.minimum = exclusiveMinimum;
            json.exclusiveMinimum = true;
        }
        else {
            json.exclusiveMinimum = exclusiveMinimum;
        }
    }
    else if (typeof minimum === "number") {
        json.minimum = minimum;
    }
    if (exMax) {
        if (legacy) {
            json.maximum = exclusiveMaximum;
            json.exclusiveMaximum = true;
        }
        else {
            json.exclusiveMaximum = exclusiveMaximum;
        }
    }
    else if (typeof maximum === "number") {
        json.maximum = maximum;
    }
    if (multipleOf) {
        // JSON Schema requires a divisor strictly greater than zero, and a non-finite one does not survive JSON at all. A negative divisor accepts exactly what its absolute value accepts, so it still maps; zero, NaN and Infinity have no keyword form.
        const divisors = new Set();
        for (const divisor of multipleOf) {
            if (Number.isFinite(divisor) && divisor !== 0)
                divisors.add(Math.abs(divisor));
            else
                handleUnrepresentable(schema, ctx, json, params, `A multipleOf divisor of ${divisor} cannot be represented in JSON Schema`);
        }
        // chained divisors are a conjunction the keyword cannot carry alone, so extras ride an allOf, same as stacked patterns
        const [first, ...rest] = divisors;
        if (first !== undefined)
            json.multipleOf = first;
        if (rest.length)
            json.allOf = [...(json.allOf ?? []), ...rest.map((m) => ({ multipleOf: m }))];
    }
};
const booleanProcessor = (_schema, _ctx, json, _params) => {
    json.type = "boolean";
};
const bigintProcessor = (schema, ctx, json, params) => {
    handleUnrepresentable(schema, ctx, json, params, "BigInt cannot be represented in JSON Schema");
};
const symbolProcessor = (schema, ctx, json, params) => {
    handleUnrepresentable(schema, ctx, json, params, "Symbols cannot be represented in JSON Schema");
};
const nullProcessor = (_schema, ctx, json, _params) => {
    if (ctx.target === "openapi-3.0") {
        json.type = "string";
        json.nullable = true;
        json.enum = [null];
    }
    else {
        json.type = "null";
    }
};
const undefinedProcessor = (schema, ctx, json, params) => {
    handleUnrepresentable(schema, ctx, json, params, "Undefined cannot be represented in JSON Schema");
};
const voidProcessor = (schema, ctx, json, params) => {
    handleUnrepresentable(schema, ctx, json, params, "Void cannot be represented in JSON Schema");
};
const neverProcessor = (_schema, _ctx, json, _params) => {
    json.not = {};
};
const anyProcessor = (_schema, _ctx, _json, _params) => {
    // empty schema accepts anything
};
const unknownProcessor = (_schema, _ctx, _json, _params) => {
    // empty schema accepts anything
};
const dateProcessor = (schema, ctx, json, params) => {
    handleUnrepresentable(schema, ctx, json, params, "Date cannot be represented in JSON Schema");
};
const enumProcessor = (schema, _ctx, json, _params) => {
    const def = schema._zod.def;
    const values = getEnumValues(def.entries);
    // an empty enum accepts nothing, same as z.never()
    if (values.length === 0) {
        json.not = {};
        return;
    }
    // Number enums can have both string and number values
    if (values.every((v) => typeof v === "number"))
        json.type = "number";
    if (values.every((v) => typeof v === "string"))
        json.type = "string";
    json.enum = values;
};
const literalProcessor = (schema, ctx, json, params) => {
    const def = schema._zod.def;
    // a literal with no values accepts nothing, same as z.never()
    if (def.values.length === 0) {
        json.not = {};
        return;
    }
    const vals = [];
    for (const val of def.values) {
        if (val === undefined) {
            // a custom schema replaces the whole literal, so there is nothing left to accumulate
            if (handleUnrepresentable(schema, ctx, json, params, "Literal `undefined` cannot be represented in JSON Schema"))
                return;
            // otherwise do not add to vals
        }
        else if (typeof val === "bigint") {
            if (handleUnrepresentable(schema, ctx, json, params, "BigInt literals cannot be represented in JSON Schema"))
                return;
            vals.push(Number(val));
        }
        else {
            vals.push(val);
        }
    }
    if (vals.length === 0) {
        // do nothing (an undefined literal was stripped)
    }
    else if (vals.length === 1) {
        const val = vals[0];
        json.type = val === null ? "null" : typeof val;
        if (ctx.target === "draft-04" || ctx.target === "openapi-3.0") {
            json.enum = [val];
        }
        else {
            json.const = val;
        }
    }
    else {
        if (vals.every((v) => typeof v === "number"))
            json.type = "number";
        if (vals.every((v) => typeof v === "string"))
            json.type = "string";
        if (vals.every((v) => typeof v === "boolean"))
            json.type = "boolean";
        if (vals.every((v) => v === null))
            json.type = "null";
        json.enum = vals;
    }
};
const nanProcessor = (schema, ctx, json, params) => {
    handleUnrepresentable(schema, ctx, json, params, "NaN cannot be represented in JSON Schema");
};
const templateLiteralProcessor = (schema, _ctx, json, _params) => {
    const _json = json;
    const pattern = schema._zod.pattern;
    if (!pattern)
        throw new Error("Pattern not found in template literal");
    _json.type = "string";
    _json.pattern = pattern.source;
};
const fileProcessor = (schema, _ctx, json, _params) => {
    const _json = json;
    _json.type = "string";
    _json.format = "binary";
    _json.contentEncoding = "binary";
    const { minimum, maximum, mime } = aggregateChecks(schema);
    if (minimum !== undefined)
        _json.minLength = minimum;
    if (maximum !== undefined)
        _json.maxLength = maximum;
    if (!mime)
        return;
    // an empty intersection means the mime checks share no value, so nothing passes at runtime; `anyOf` must be non-empty, so the false schema is `not: {}`
    if (mime.length === 0)
        _json.not = {};
    else if (mime.length === 1)
        _json.contentMediaType = mime[0];
    // only contentMediaType differs, so the shared props stay at the root
    else
        _json.anyOf = mime.map((m) => ({ contentMediaType: m }));
};
const successProcessor = (_schema, _ctx, json, _params) => {
    json.type = "boolean";
};
const customProcessor = (schema, ctx, json, params) => {
    handleUnrepresentable(schema, ctx, json, params, "Custom types cannot be represented in JSON Schema");
};
const functionProcessor = (schema, ctx, json, params) => {
    handleUnrepresentable(schema, ctx, json, params, "Function types cannot be represented in JSON Schema");
};
const transformProcessor = (schema, ctx, json, params) => {
    handleUnrepresentable(schema, ctx, json, params, "Transforms cannot be represented in JSON Schema");
};
const mapProcessor = (schema, ctx, json, params) => {
    handleUnrepresentable(schema, ctx, json, params, "Map cannot be represented in JSON Schema");
};
const setProcessor = (schema, ctx, json, params) => {
    handleUnrepresentable(schema, ctx, json, params, "Set cannot be represented in JSON Schema");
};
// ==================== COMPOSITE TYPE PROCESSORS ====================
const arrayProcessor = (schema, ctx, _json, params) => {
    const json = _json;
    const def = schema._zod.def;
    const { minimum, maximum } = aggregateChecks(schema);
    if (typeof minimum === "number")
        json.minItems = minimum;
    if (typeof maximum === "number")
        json.maxItems = maximum;
    json.type = "array";
    json.items = to_json_schema_processSchema(def.element, ctx, {
        ...params,
        path: [...params.path, "items"],
    });
};
// Transform and catch set `optin = "optional"` at runtime so the parser lets them observe an
// absent key, but their declared input type stays required. An input JSON Schema describes the
// declared type, so resolve past them to the schema that actually carries the optionality.
// Used by both `objectProcessor` (for `required`) and `tupleProcessor` (for `minItems`); see
// wiki/optionality.md, "The JSON Schema emitter reads the *static* value".
function inputOptin(schema) {
    const def = schema._zod.def;
    if (def.type === "pipe" && def.in._zod.traits.has("$ZodTransform")) {
        return inputOptin(def.out);
    }
    if (def.type === "catch") {
        return inputOptin(def.innerType);
    }
    return schema._zod.optin;
}
const objectProcessor = (schema, ctx, _json, params) => {
    const json = _json;
    const def = schema._zod.def;
    const shape = def.shape;
    // dropping it while still emitting `additionalProperties: false` would emit a schema that rejects data this one requires
    const symbolKeys = Object.getOwnPropertySymbols(shape);
    if (symbolKeys.length &&
        handleUnrepresentable(schema, ctx, json, params, "Symbol keys cannot be represented in JSON Schema")) {
        return;
    }
    json.type = "object";
    json.properties = {};
    for (const key in shape) {
        // assignProp so a __proto__ key becomes an own property instead of hitting the inherited setter on the plain {} we build into
        util_assignProp(json.properties, key, to_json_schema_processSchema(shape[key], ctx, {
            ...params,
            path: [...params.path, "properties", key],
        }));
    }
    // required keys
    const requiredKeys = [];
    for (const key of Object.keys(shape)) {
        const field = def.shape[key];
        if (ctx.io === "input" ? inputOptin(field) === undefined : field._zod.optout === undefined) {
            requiredKeys.push(key);
        }
    }
    if (requiredKeys.length > 0) {
        json.required = requiredKeys;
    }
    // catchall
    if (def.catchall?._zod.def.type === "never") {
        // strict
        json.additionalProperties = false;
    }
    else if (!def.catchall) {
        // regular
        if (ctx.io === "output")
            json.additionalProperties = false;
    }
    else if (def.catchall) {
        json.additionalProperties = to_json_schema_processSchema(def.catchall, ctx, {
            ...params,
            path: [...params.path, "additionalProperties"],
        });
    }
};
const unionProcessor = (schema, ctx, json, params) => {
    const def = schema._zod.def;
    // Exclusive unions (inclusive === false) use oneOf (exactly one match) instead of anyOf (one or more matches). This includes both z.xor() and discriminated unions
    const isExclusive = def.inclusive === false;
    const options = def.options.map((x, i) => to_json_schema_processSchema(x, ctx, {
        ...params,
        path: [...params.path, isExclusive ? "oneOf" : "anyOf", i],
    }));
    if (isExclusive) {
        json.oneOf = options;
    }
    else {
        json.anyOf = options;
    }
};
const intersectionProcessor = (schema, ctx, json, params) => {
    const def = schema._zod.def;
    const a = to_json_schema_processSchema(def.left, ctx, {
        ...params,
        path: [...params.path, "allOf", 0],
    });
    const b = to_json_schema_processSchema(def.right, ctx, {
        ...params,
        path: [...params.path, "allOf", 1],
    });
    const isSimpleIntersection = (val) => "allOf" in val && Object.keys(val).length === 1;
    const allOf = [
        ...(isSimpleIntersection(a) ? a.allOf : [a]),
        ...(isSimpleIntersection(b) ? b.allOf : [b]),
    ];
    json.allOf = allOf;
    // Recorded innermost first, so a nested intersection has already folded by the time this one is considered. The array is the handle rather than the schema, because a wrapper that inherits this schema shares the same array; `finalize` folds every object holding it. See `foldIntersection`.
    ctx.intersections.push(allOf);
};
const tupleProcessor = (schema, ctx, _json, params) => {
    const json = _json;
    const def = schema._zod.def;
    json.type = "array";
    const prefixPath = ctx.target === "draft-2020-12" ? "prefixItems" : "items";
    const restPath = ctx.target === "draft-2020-12" ? "items" : ctx.target === "openapi-3.0" ? "items" : "additionalItems";
    const prefixItems = def.items.map((x, i) => to_json_schema_processSchema(x, ctx, {
        ...params,
        path: [...params.path, prefixPath, i],
    }));
    const rest = def.rest
        ? to_json_schema_processSchema(def.rest, ctx, {
            ...params,
            path: [...params.path, restPath, ...(ctx.target === "openapi-3.0" ? [def.items.length] : [])],
        })
        : null;
    let minItems = def.items.length;
    while (minItems > 0) {
        const item = def.items[minItems - 1];
        const optional = ctx.io === "input" ? inputOptin(item) !== undefined : item._zod.optout === "optional";
        if (!optional)
            break;
        minItems--;
    }
    const maxItems = def.items.length;
    const isClosed = !def.rest;
    if (ctx.target === "draft-2020-12") {
        json.prefixItems = prefixItems;
        if (isClosed) {
            json.items = false;
        }
        else if (rest) {
            json.items = rest;
        }
        if (minItems > 0)
            json.minItems = minItems;
        if (isClosed)
            json.maxItems = maxItems;
    }
    else if (ctx.target === "openapi-3.0") {
        json.items = {
            anyOf: prefixItems,
        };
        if (rest) {
            json.items.anyOf.push(rest);
        }
        if (minItems > 0)
            json.minItems = minItems;
        if (isClosed)
            json.maxItems = maxItems;
    }
    else {
        json.items = prefixItems;
        if (isClosed) {
            json.additionalItems = false;
        }
        else if (rest) {
            json.additionalItems = rest;
        }
        if (minItems > 0)
            json.minItems = minItems;
        if (isClosed)
            json.maxItems = maxItems;
    }
    // explicit user-defined length checks take precedence
    const { minimum, maximum } = aggregateChecks(schema);
    if (typeof minimum === "number")
        json.minItems = minimum;
    if (typeof maximum === "number")
        json.maxItems = maximum;
};
/** JSON object keys are always strings, so a numeric record key schema is re-expressed over the
 * numeric-string form the record parser matches. Deferred to `finalize`, after the flatten: a key
 * behind a wrapper only carries its own `type` before then, and a union key only has its branches.
 *
 * A numeric bound cannot apply to a property name, so `minimum` and its siblings are dropped rather
 * than carried over: keeping them beside `type: "string"` reproduces the match-nothing schema this
 * exists to fix. A key that carries one therefore emits wider than the record parses — `z.record(z.number().min(5), V)`
 * accepts `"3"` — which is the deliberate trade, since throwing on it would reject an ordinary schema
 * outright. */
function stringifyKeyNames(bySchema, json, visited) {
    // an extracted key that rewrites cannot go on sharing its definition — the string form a key position needs is not the number form every other reference wants — so it inlines. One that does not rewrite keeps the `$ref`.
    if (json.$ref) {
        // a recursive key holds its own reference inside its definition, so a node already on the path is left alone rather than resolved again
        if (visited.has(json))
            return json;
        visited.add(json);
        const def = bySchema.get(json)?.def;
        if (!def)
            return json;
        const inlined = stringifyKeyNames(bySchema, def, visited);
        return inlined === def ? json : inlined;
    }
    for (const keyword of ["anyOf", "oneOf"]) {
        const branches = json[keyword];
        if (!Array.isArray(branches))
            continue;
        const mapped = branches.map((branch) => stringifyKeyNames(bySchema, branch, visited));
        // rebuilding regardless would detach a key that had nothing to re-express, dropping its `$ref` and leaking the internal `id`
        if (mapped.some((branch, i) => branch !== branches[i]))
            json = { ...json, [keyword]: mapped };
    }
    // a member that already admits a string leaves the key unconstrained, so the node's own type re-expresses only when every member is numeric
    const types = Array.isArray(json.type) ? json.type : [json.type];
    const numericType = !types.includes("string") && types.some((t) => t === "number" || t === "integer");
    // a heterogeneous key carries no type at all, so its numeric members are caught here instead
    const values = json.enum ?? (json.const !== undefined ? [json.const] : undefined);
    if (!numericType && !values?.some((v) => typeof v === "number"))
        return json;
    const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf, format, id, ...rest } = json;
    if (rest.enum)
        rest.enum = rest.enum.map((v) => (typeof v === "number" ? String(v) : v));
    else if (typeof rest.const === "number")
        rest.const = String(rest.const);
    // a heterogeneous key keeps its absent type: the stringified members already say what a key may be
    if (!numericType)
        return rest;
    rest.type = "string";
    if (!values)
        rest.pattern = (types.includes("number") ? number : integer).source;
    return rest;
}
/** Every record of one conversion, so the carriers are found in a single pass rather than once per record. */
const pendingRecords = new WeakMap();
function rewriteKeyNames(ctx) {
    // an extracted key is resolved by the object `extractToDef` left in its place, so the map is built once rather than searched per reference. `_zod.toJSONSchema` can hand the same object to two schemas, so the first entry carrying a body wins, as a search would have found it.
    const bySchema = new Map();
    for (const entry of ctx.seen.values()) {
        if (entry.def && !bySchema.has(entry.schema))
            bySchema.set(entry.schema, entry);
    }
    const rewrites = new Map();
    for (const record of pendingRecords.get(ctx) ?? []) {
        const seen = ctx.seen.get(record);
        const names = (seen?.def ?? seen?.schema)?.propertyNames;
        if (!names || names === true || rewrites.has(names))
            continue;
        const rewritten = stringifyKeyNames(bySchema, names, new Set());
        if (rewritten !== names)
            rewrites.set(names, rewritten);
    }
    if (!rewrites.size)
        return;
    // the flatten has already copied each record's own properties onto every wrapper by reference, and an extracted body is another such copy, so every carrier holding a rewritten key is updated together
    for (const entry of ctx.seen.values()) {
        for (const carrier of [entry.schema, entry.def]) {
            const rewritten = carrier && rewrites.get(carrier.propertyNames);
            if (rewritten)
                carrier.propertyNames = rewritten;
        }
    }
}
const recordProcessor = (schema, ctx, _json, params) => {
    const json = _json;
    const def = schema._zod.def;
    json.type = "object";
    // For looseRecord with regex patterns, use patternProperties. This correctly represents "only validate keys matching the pattern" semantics and composes well with allOf (intersections)
    const keyType = def.keyType;
    const patterns = aggregateChecks(keyType).patterns;
    if (def.mode === "loose" && patterns && patterns.size > 0) {
        // Use patternProperties for looseRecord with regex patterns
        const valueSchema = to_json_schema_processSchema(def.valueType, ctx, {
            ...params,
            path: [...params.path, "patternProperties", "*"],
        });
        json.patternProperties = {};
        for (const pattern of patterns) {
            util_assignProp(json.patternProperties, exactPattern(pattern).source, valueSchema);
        }
    }
    else {
        // Default behavior: use propertyNames + additionalProperties
        if (ctx.target === "draft-07" || ctx.target === "draft-2020-12") {
            json.propertyNames = to_json_schema_processSchema(def.keyType, ctx, {
                ...params,
                path: [...params.path, "propertyNames"],
            });
            let pending = pendingRecords.get(ctx);
            if (!pending) {
                pending = [];
                pendingRecords.set(ctx, pending);
                ctx.deferred.push(() => rewriteKeyNames(ctx));
            }
            pending.push(schema);
        }
        json.additionalProperties = to_json_schema_processSchema(def.valueType, ctx, {
            ...params,
            path: [...params.path, "additionalProperties"],
        });
    }
    // Add required for keys with discrete values (enum, literal, etc.)
    const keyValues = keyType._zod.values;
    // Every key shares one value schema, so an optional-in value makes the whole key set omittable on input. Output keeps them: the exhaustive branch assigns every key, even one whose value came back undefined.
    const omittableOnInput = ctx.io === "input" && inputOptin(def.valueType) !== undefined;
    if (keyValues && !def.partial && !omittableOnInput) {
        const validKeyValues = [...keyValues].filter((v) => typeof v === "string" || typeof v === "number");
        if (validKeyValues.length > 0) {
            json.required = validKeyValues.map(String);
        }
    }
};
const nullableProcessor = (schema, ctx, json, params) => {
    const def = schema._zod.def;
    const inner = to_json_schema_processSchema(def.innerType, ctx, params);
    const seen = ctx.seen.get(schema);
    if (ctx.target === "openapi-3.0") {
        seen.ref = def.innerType;
        json.nullable = true;
    }
    else {
        json.anyOf = [inner, { type: "null" }];
    }
};
const nonoptionalProcessor = (schema, ctx, _json, params) => {
    const def = schema._zod.def;
    to_json_schema_processSchema(def.innerType, ctx, params);
    const seen = ctx.seen.get(schema);
    seen.ref = def.innerType;
};
/** Round-trips a default value through JSON so the emitted schema is guaranteed to be valid JSON.
 * A BigInt has no reliable encoding, so it goes through `unrepresentable` like any other
 * unrepresentable value. Returns a sentinel when the caller must not write a default of its own. */
const UNREPRESENTABLE_DEFAULT = Symbol();
function serializeDefaultValue(value, schema, ctx, json, params) {
    let unrepresentable = false;
    const serialized = JSON.stringify(value, (_, val) => {
        if (typeof val !== "bigint")
            return val;
        unrepresentable = true;
        return null;
    });
    if (!unrepresentable)
        return JSON.parse(serialized);
    handleUnrepresentable(schema, ctx, json, params, "BigInt defaults cannot be represented in JSON Schema");
    return UNREPRESENTABLE_DEFAULT;
}
const defaultProcessor = (schema, ctx, json, params) => {
    const def = schema._zod.def;
    to_json_schema_processSchema(def.innerType, ctx, params);
    const seen = ctx.seen.get(schema);
    seen.ref = def.innerType;
    const value = serializeDefaultValue(def.defaultValue, schema, ctx, json, params);
    if (value !== UNREPRESENTABLE_DEFAULT)
        json.default = value;
};
const prefaultProcessor = (schema, ctx, json, params) => {
    const def = schema._zod.def;
    to_json_schema_processSchema(def.innerType, ctx, params);
    const seen = ctx.seen.get(schema);
    seen.ref = def.innerType;
    if (ctx.io !== "input")
        return;
    const value = serializeDefaultValue(def.defaultValue, schema, ctx, json, params);
    if (value !== UNREPRESENTABLE_DEFAULT)
        json._prefault = value;
};
const catchProcessor = (schema, ctx, json, params) => {
    const def = schema._zod.def;
    to_json_schema_processSchema(def.innerType, ctx, params);
    const seen = ctx.seen.get(schema);
    seen.ref = def.innerType;
    let catchValue;
    try {
        catchValue = def.catchValue(undefined);
    }
    catch {
        handleUnrepresentable(schema, ctx, json, params, "Dynamic catch values are not supported in JSON Schema");
        return;
    }
    json.default = catchValue;
};
const pipeProcessor = (schema, ctx, _json, params) => {
    const def = schema._zod.def;
    const inIsTransform = def.in._zod.traits.has("$ZodTransform");
    const innerType = ctx.io === "input" ? (inIsTransform ? def.out : def.in) : def.out;
    to_json_schema_processSchema(innerType, ctx, params);
    const seen = ctx.seen.get(schema);
    seen.ref = innerType;
};
const readonlyProcessor = (schema, ctx, json, params) => {
    const def = schema._zod.def;
    to_json_schema_processSchema(def.innerType, ctx, params);
    const seen = ctx.seen.get(schema);
    seen.ref = def.innerType;
    json.readOnly = true;
};
const promiseProcessor = (schema, ctx, _json, params) => {
    const def = schema._zod.def;
    to_json_schema_processSchema(def.innerType, ctx, params);
    const seen = ctx.seen.get(schema);
    seen.ref = def.innerType;
};
const optionalProcessor = (schema, ctx, _json, params) => {
    const def = schema._zod.def;
    to_json_schema_processSchema(def.innerType, ctx, params);
    const seen = ctx.seen.get(schema);
    seen.ref = def.innerType;
};
const lazyProcessor = (schema, ctx, _json, params) => {
    const innerType = schema._zod.innerType;
    to_json_schema_processSchema(innerType, ctx, params);
    const seen = ctx.seen.get(schema);
    seen.ref = innerType;
};
// ==================== ALL PROCESSORS ====================
const allProcessors = {
    string: stringProcessor,
    number: numberProcessor,
    boolean: booleanProcessor,
    bigint: bigintProcessor,
    symbol: symbolProcessor,
    null: nullProcessor,
    undefined: undefinedProcessor,
    void: voidProcessor,
    never: neverProcessor,
    any: anyProcessor,
    unknown: unknownProcessor,
    date: dateProcessor,
    enum: enumProcessor,
    literal: literalProcessor,
    nan: nanProcessor,
    template_literal: templateLiteralProcessor,
    file: fileProcessor,
    success: successProcessor,
    custom: customProcessor,
    function: functionProcessor,
    transform: transformProcessor,
    map: mapProcessor,
    set: setProcessor,
    array: arrayProcessor,
    object: objectProcessor,
    union: unionProcessor,
    intersection: intersectionProcessor,
    tuple: tupleProcessor,
    record: recordProcessor,
    nullable: nullableProcessor,
    nonoptional: nonoptionalProcessor,
    default: defaultProcessor,
    prefault: prefaultProcessor,
    catch: catchProcessor,
    pipe: pipeProcessor,
    readonly: readonlyProcessor,
    promise: promiseProcessor,
    optional: optionalProcessor,
    lazy: lazyProcessor,
};
function toJSONSchema(input, params) {
    if ("_idmap" in input) {
        // Registry case
        const registry = input;
        const ctx = initializeContext({ ...params, processors: allProcessors });
        const defs = {};
        // First pass: process all schemas to build the seen map
        for (const entry of registry._idmap.entries()) {
            const [_, schema] = entry;
            processSchema(schema, ctx);
        }
        const schemas = {};
        const external = {
            registry,
            uri: params?.uri,
            defs,
        };
        // Update the context with external configuration
        ctx.external = external;
        // Second pass: emit each schema
        for (const entry of registry._idmap.entries()) {
            const [key, schema] = entry;
            extractDefs(ctx, schema);
            assignProp(schemas, key, finalize(ctx, schema));
        }
        if (Object.keys(defs).length > 0) {
            const defsSegment = ctx.target === "draft-2020-12" ? "$defs" : "definitions";
            schemas.__shared = {
                [defsSegment]: defs,
            };
        }
        return { schemas };
    }
    // Single schema case
    const ctx = initializeContext({ ...params, processors: allProcessors });
    processSchema(input, ctx);
    extractDefs(ctx, input);
    return finalize(ctx, input);
}

;// CONCATENATED MODULE: ./node_modules/zod/v4/locales/en.js

const error = () => {
    const Sizable = {
        string: { unit: "characters", verb: "to have" },
        file: { unit: "bytes", verb: "to have" },
        array: { unit: "items", verb: "to have" },
        set: { unit: "items", verb: "to have" },
        map: { unit: "entries", verb: "to have" },
    };
    function getSizing(origin) {
        return Sizable[origin] ?? null;
    }
    const FormatDictionary = {
        regex: "input",
        email: "email address",
        url: "URL",
        emoji: "emoji",
        uuid: "UUID",
        uuidv4: "UUIDv4",
        uuidv6: "UUIDv6",
        nanoid: "nanoid",
        guid: "GUID",
        cuid: "cuid",
        cuid2: "cuid2",
        ulid: "ULID",
        xid: "XID",
        ksuid: "KSUID",
        datetime: "ISO datetime",
        date: "ISO date",
        time: "ISO time",
        duration: "ISO duration",
        ipv4: "IPv4 address",
        ipv6: "IPv6 address",
        mac: "MAC address",
        cidrv4: "IPv4 range",
        cidrv6: "IPv6 range",
        base64: "base64-encoded string",
        base64url: "base64url-encoded string",
        json_string: "JSON string",
        e164: "E.164 number",
        currency_code: "currency code",
        credit_card: "credit card number",
        iban: "IBAN",
        jwt: "JWT",
        template_literal: "input",
    };
    // type names: missing keys = do not translate (use raw value via ?? fallback)
    const TypeDictionary = {
        // Compatibility: "nan" -> "NaN" for display
        nan: "NaN",
        // All other type names omitted - they fall back to raw values via ?? operator
    };
    function getTypeName(type, input) {
        if (type === "number" && typeof input === "number" && !Number.isFinite(input)) {
            return String(input);
        }
        return TypeDictionary[type] ?? type;
    }
    return (issue) => {
        switch (issue.code) {
            case "invalid_type": {
                const expected = getTypeName(issue.expected);
                const receivedType = parsedType(issue.input);
                const received = getTypeName(receivedType, issue.input);
                return `Invalid input: expected ${expected}, received ${received}`;
            }
            case "invalid_value":
                if (issue.values.length === 1)
                    return `Invalid input: expected ${stringifyPrimitive(issue.values[0])}`;
                return `Invalid option: expected one of ${joinValues(issue.values, "|")}`;
            case "too_big": {
                const adj = issue.exact ? "exactly " : issue.inclusive ? "<=" : "<";
                const sizing = getSizing(issue.origin);
                if (sizing)
                    return `Too big: expected ${issue.origin ?? "value"} to have ${adj}${issue.maximum.toString()} ${sizing.unit ?? "elements"}`;
                return `Too big: expected ${issue.origin ?? "value"} to be ${adj}${issue.maximum.toString()}`;
            }
            case "too_small": {
                const adj = issue.exact ? "exactly " : issue.inclusive ? ">=" : ">";
                const sizing = getSizing(issue.origin);
                if (sizing) {
                    return `Too small: expected ${issue.origin} to have ${adj}${issue.minimum.toString()} ${sizing.unit}`;
                }
                return `Too small: expected ${issue.origin} to be ${adj}${issue.minimum.toString()}`;
            }
            case "invalid_format": {
                const _issue = issue;
                if (_issue.format === "starts_with") {
                    return `Invalid string: must start with "${_issue.prefix}"`;
                }
                if (_issue.format === "ends_with")
                    return `Invalid string: must end with "${_issue.suffix}"`;
                if (_issue.format === "includes")
                    return `Invalid string: must include "${_issue.includes}"`;
                if (_issue.format === "regex")
                    return `Invalid string: must match pattern ${_issue.pattern}`;
                return `Invalid ${FormatDictionary[_issue.format] ?? issue.format}`;
            }
            case "not_multiple_of":
                return `Invalid number: must be a multiple of ${issue.divisor}`;
            case "unrecognized_keys":
                return `Unrecognized key${issue.keys.length > 1 ? "s" : ""}: ${joinValues(issue.keys, ", ")}`;
            case "invalid_key":
                return `Invalid key in ${issue.origin}`;
            case "invalid_union":
                if (issue.options && Array.isArray(issue.options) && issue.options.length > 0) {
                    const opts = issue.options.map((o) => `'${o}'`).join(" | ");
                    return `Invalid discriminator value. Expected ${opts}`;
                }
                if (issue.inclusive === false) {
                    return "Invalid input: more than one option matched";
                }
                return "Invalid input";
            case "invalid_element":
                return `Invalid value in ${issue.origin}`;
            default:
                return `Invalid input`;
        }
    };
};
/* harmony default export */ function en() {
    return {
        localeError: error(),
    };
}

;// CONCATENATED MODULE: ./node_modules/zod/v4/core/errors.js


/* Computing the message eagerly is expensive (pretty-printed JSON of all
 * issues), so defer it until first read. The accessor functions and
 * descriptors are shared across instances to keep error construction
 * cheap; the computed message is cached on the internals object. The
 * setter preserves plain assignment semantics for consumers that
 * overwrite `message`. */
function _getMessage() {
    const internals = this._zod;
    internals.message ?? (internals.message = JSON.stringify(internals.def, jsonStringifyReplacer, 2));
    return internals.message;
}
function _setMessage(value) {
    this._zod.message = value;
}
const _messageDesc = {
    get: _getMessage,
    set: _setMessage,
    enumerable: true,
    configurable: true,
};
const _issuesDesc = { value: undefined, enumerable: false };
/* Prototypes that already carry the lazy `toString`. Seeded with the
 * intrinsics so that `init` on a foreign object — it accepts any object —
 * can never install an accessor onto a prototype we do not own. */
const _installedToString = /* @__PURE__ */ new WeakSet([Object.prototype, Error.prototype]);
const initializer = (inst, def) => {
    inst.name = "$ZodError";
    // `_zod` is already non-enumerable: $constructor's init defined it with this same descriptor
    _issuesDesc.value = def;
    Object.defineProperty(inst, "issues", _issuesDesc);
    // Clear the shared slot; a retained `value` pins the last error's issues.
    _issuesDesc.value = undefined;
    Object.defineProperty(inst, "message", _messageDesc);
    /* `toString` lives as a non-enumerable lazy getter on the shared
     * prototype; on first access it caches a per-instance closure so
     * detached usage still works. */
    const proto = Object.getPrototypeOf(inst);
    if (!_installedToString.has(proto)) {
        _installedToString.add(proto);
        Object.defineProperty(proto, "toString", {
            configurable: true,
            enumerable: false,
            get() {
                const value = () => this.message;
                Object.defineProperty(this, "toString", { value, configurable: true, writable: true });
                return value;
            },
            set(value) {
                Object.defineProperty(this, "toString", { value, configurable: true, writable: true });
            },
        });
    }
};
const $ZodError = $constructor("$ZodError", initializer);
const $ZodRealError = $constructor("$ZodError", initializer, undefined, {
    Parent: Error,
});
/** Get-or-create `obj[key]` as an own data property. A path segment naming an inherited member
 * ("toString", "constructor") would otherwise read through to the prototype, and assigning
 * "__proto__" would hit the setter instead of creating a key. */
function node(obj, key, make) {
    if (!Object.prototype.hasOwnProperty.call(obj, key)) {
        if (key === "__proto__") {
            Object.defineProperty(obj, key, { value: make(), writable: true, enumerable: true, configurable: true });
        }
        else {
            obj[key] = make();
        }
    }
    return obj[key];
}
function flattenError(error, mapper = (issue) => issue.message) {
    const fieldErrors = {};
    const formErrors = [];
    for (const sub of error.issues) {
        if (sub.path.length > 0) {
            node(fieldErrors, sub.path[0], () => []).push(mapper(sub));
        }
        else {
            formErrors.push(mapper(sub));
        }
    }
    return { formErrors, fieldErrors };
}
function formatError(error, mapper = (issue) => issue.message) {
    const fieldErrors = { _errors: [] };
    const processError = (error, path = []) => {
        for (const issue of error.issues) {
            if (issue.code === "invalid_union" && issue.errors.length) {
                issue.errors.map((issues) => processError({ issues }, [...path, ...issue.path]));
            }
            else if (issue.code === "invalid_key") {
                processError({ issues: issue.issues }, [...path, ...issue.path]);
            }
            else if (issue.code === "invalid_element") {
                processError({ issues: issue.issues }, [...path, ...issue.path]);
            }
            else {
                const fullpath = [...path, ...issue.path];
                if (fullpath.length === 0) {
                    fieldErrors._errors.push(mapper(issue));
                }
                else {
                    let curr = fieldErrors;
                    let i = 0;
                    while (i < fullpath.length) {
                        const el = fullpath[i];
                        const terminal = i === fullpath.length - 1;
                        // `_errors` is reserved by this legacy format, so merge a matching path segment into the current node instead of treating its array as a child.
                        if (el === "_errors") {
                            if (terminal)
                                curr._errors.push(mapper(issue));
                            i++;
                            continue;
                        }
                        // A path element may collide with an inherited property name such as
                        // "__proto__" or "constructor". Truthiness checks read the prototype
                        // (so no node is created, then ._errors.push throws), and bracket
                        // assignment of "__proto__" hits the setter instead of creating an
                        // own key. Guard the read with hasOwnProperty and create the node
                        // with defineProperty so any path element becomes a real own key.
                        if (!Object.prototype.hasOwnProperty.call(curr, el)) {
                            Object.defineProperty(curr, el, {
                                value: { _errors: [] },
                                enumerable: true,
                                writable: true,
                                configurable: true,
                            });
                        }
                        const node = curr[el];
                        if (terminal) {
                            node._errors.push(mapper(issue));
                        }
                        curr = node;
                        i++;
                    }
                }
            }
        }
    };
    processError(error);
    return fieldErrors;
}
function treeifyError(error, mapper = (issue) => issue.message) {
    const result = { errors: [] };
    const processError = (error, path = []) => {
        var _a;
        for (const issue of error.issues) {
            if (issue.code === "invalid_union" && issue.errors.length) {
                // regular union error
                issue.errors.map((issues) => processError({ issues }, [...path, ...issue.path]));
            }
            else if (issue.code === "invalid_key") {
                processError({ issues: issue.issues }, [...path, ...issue.path]);
            }
            else if (issue.code === "invalid_element") {
                processError({ issues: issue.issues }, [...path, ...issue.path]);
            }
            else {
                const fullpath = [...path, ...issue.path];
                if (fullpath.length === 0) {
                    result.errors.push(mapper(issue));
                    continue;
                }
                let curr = result;
                let i = 0;
                while (i < fullpath.length) {
                    const el = fullpath[i];
                    const terminal = i === fullpath.length - 1;
                    if (typeof el === "string") {
                        curr.properties ?? (curr.properties = {});
                        // el may collide with an inherited property name ("__proto__",
                        // "constructor", ...); ??= reads the prototype so the node is never
                        // created and curr.errors.push throws. Guard with hasOwnProperty and
                        // create the node with defineProperty so "__proto__" becomes a real
                        // own key rather than invoking the prototype setter.
                        if (!Object.prototype.hasOwnProperty.call(curr.properties, el)) {
                            Object.defineProperty(curr.properties, el, {
                                value: { errors: [] },
                                enumerable: true,
                                writable: true,
                                configurable: true,
                            });
                        }
                        curr = curr.properties[el];
                    }
                    else {
                        curr.items ?? (curr.items = []);
                        (_a = curr.items)[el] ?? (_a[el] = { errors: [] });
                        curr = curr.items[el];
                    }
                    if (terminal) {
                        curr.errors.push(mapper(issue));
                    }
                    i++;
                }
            }
        }
    };
    processError(error);
    return result;
}
/** Format a ZodError as a human-readable string in the following form.
 *
 * From
 *
 * ```ts
 * ZodError {
 *   issues: [
 *     {
 *       expected: 'string',
 *       code: 'invalid_type',
 *       path: [ 'username' ],
 *       message: 'Invalid input: expected string'
 *     },
 *     {
 *       expected: 'number',
 *       code: 'invalid_type',
 *       path: [ 'favoriteNumbers', 1 ],
 *       message: 'Invalid input: expected number'
 *     }
 *   ];
 * }
 * ```
 *
 * to
 *
 * ```
 * username
 *   ✖ Expected number, received string at "username
 * favoriteNumbers[0]
 *   ✖ Invalid input: expected number
 * ```
 */
function toDotPath(_path) {
    const segs = [];
    const path = _path.map((seg) => (typeof seg === "object" ? seg.key : seg));
    for (const seg of path) {
        if (typeof seg === "number")
            segs.push(`[${seg}]`);
        else if (typeof seg === "symbol")
            segs.push(`[${JSON.stringify(String(seg))}]`);
        else if (/[^\w$]/.test(seg))
            segs.push(`[${JSON.stringify(seg)}]`);
        else {
            if (segs.length)
                segs.push(".");
            segs.push(seg);
        }
    }
    return segs.join("");
}
function prettifyError(error) {
    const lines = [];
    // sort by path length
    const issues = [...error.issues].sort((a, b) => (a.path ?? []).length - (b.path ?? []).length);
    // Process each issue
    for (const issue of issues) {
        lines.push(`✖ ${issue.message}`);
        if (issue.path?.length)
            lines.push(`  → at ${toDotPath(issue.path)}`);
    }
    // Convert Map to formatted string
    return lines.join("\n");
}

;// CONCATENATED MODULE: ./node_modules/zod/v4/core/parse.js



// Always both keys, so the `_params` read site in `_parse` sees one object shape rather than two.
function finalizeParams(callee, params) {
    return { callee: params?.callee ?? callee, Err: params?.Err };
}
const _parse = (_Err) => {
    const fn = (schema, value, _ctx, _params) => {
        const ctx = _ctx ? { ..._ctx, async: false } : { async: false };
        const result = schema._zod.run({ value, issues: [] }, ctx);
        if (result instanceof Promise) {
            throw new $ZodAsyncError();
        }
        if (result.issues.length) {
            const e = new (_params?.Err ?? _Err)(result.issues.map((iss) => finalizeIssue(iss, ctx, config())));
            captureStackTrace(e, _params?.callee ?? fn);
            throw e;
        }
        return result.value;
    };
    return fn;
};
const parse_parse = /* @__PURE__*/ _parse($ZodRealError);
const _parseAsync = (_Err) => {
    const fn = async (schema, value, _ctx, params) => {
        const ctx = _ctx ? { ..._ctx, async: true } : { async: true };
        let result = schema._zod.run({ value, issues: [] }, ctx);
        if (result instanceof Promise)
            result = await result;
        if (result.issues.length) {
            const e = new (params?.Err ?? _Err)(result.issues.map((iss) => finalizeIssue(iss, ctx, config())));
            captureStackTrace(e, params?.callee ?? fn);
            throw e;
        }
        return result.value;
    };
    return fn;
};
const parse_parseAsync = /* @__PURE__*/ _parseAsync($ZodRealError);
const _safeParse = (_Err) => (schema, value, _ctx) => {
    const ctx = _ctx ? { ..._ctx, async: false } : { async: false };
    const result = schema._zod.run({ value, issues: [] }, ctx);
    if (result instanceof Promise) {
        throw new $ZodAsyncError();
    }
    return result.issues.length ? parse_failure(_Err, result.issues, ctx) : { success: true, data: result.value };
};
const safeParse = /* @__PURE__*/ _safeParse($ZodRealError);
// the error is built on the first read of `error`: finalizing the issues and constructing the instance is most of a failing parse, and a caller that only branches on `success` never pays it. a getter in the literal keeps this small; the alternative, one shared accessor descriptor plus a hidden state slot, reads ~15% faster but costs ~75 B gzipped in every bundle
function parse_failure(Err, issues, ctx) {
    let error;
    return {
        success: false,
        get error() {
            if (!error) {
                error = new Err(issues.map((iss) => finalizeIssue(iss, ctx, config())));
                // finalizeIssue drops `input`, so the built error holds nothing; keeping the raw issues past this point pins the parsed value for the life of the result
                issues = undefined;
                ctx = undefined;
            }
            return error;
        },
        set error(e) {
            error = e;
            // a replacement makes the getter's branch unreachable, so the captures have to go here too
            issues = undefined;
            ctx = undefined;
        },
    };
}
const _safeParseAsync = (_Err) => async (schema, value, _ctx) => {
    const ctx = _ctx ? { ..._ctx, async: true } : { async: true };
    let result = schema._zod.run({ value, issues: [] }, ctx);
    if (result instanceof Promise)
        result = await result;
    return result.issues.length ? parse_failure(_Err, result.issues, ctx) : { success: true, data: result.value };
};
const safeParseAsync = /* @__PURE__*/ _safeParseAsync($ZodRealError);
// registry mirrors of the compiler's sentinels, so this module never imports the compiler
const COMPILE_INVALID = /* @__PURE__ */ Symbol.for("zod.compile.invalid");
const COMPILE_FALLBACK = /* @__PURE__ */ Symbol.for("zod.compile.fallback");
// Deliberately tiny, because v8 will not inline a body carrying the fallback's object literals and throw. Everything that is not the compiled happy path lives in validateFallback, and that split is worth ~35% on a compiled schema.
const validate = ((schema, value, _ctx) => {
    const validator = schema._zod.bag.validator;
    if (validator !== undefined) {
        if (validator(value) !== COMPILE_INVALID)
            return true;
        // a definite sentinel means the runtime would reject, so skip the re-parse; a ctx can still change the answer
        if (validator.definite === true && _ctx === undefined)
            return false;
    }
    return validateFallback(schema, value, _ctx);
});
function validateFallback(schema, value, _ctx) {
    const ctx = _ctx
        ? { ..._ctx, async: false, abortEarly: true }
        : { async: false, abortEarly: true };
    const fallbackRun = schema._zod.bag.fallbackRun;
    let result;
    if (fallbackRun) {
        // skip nested fast paths on the fallback, so user callbacks keep the at-most-twice bound
        ctx[COMPILE_FALLBACK] = true;
        result = fallbackRun({ value, issues: [] }, ctx);
    }
    else {
        result = schema._zod.run({ value, issues: [] }, ctx);
    }
    if (result instanceof Promise) {
        throw new $ZodAsyncError();
    }
    return result.issues.length === 0;
}
// no fast path: the compiler keeps async parses on the runtime, because a promise-returning callback that is not declared async compiles to a throw
const parse_validateAsync = async (schema, value, _ctx) => {
    const ctx = _ctx
        ? { ..._ctx, async: true, abortEarly: true }
        : { async: true, abortEarly: true };
    let result = schema._zod.run({ value, issues: [] }, ctx);
    if (result instanceof Promise)
        result = await result;
    return result.issues.length === 0;
};
const _encode = (_Err) => {
    const parse = _parse(_Err);
    const fn = (schema, value, _ctx, _params) => {
        const ctx = _ctx ? { ..._ctx, direction: "backward" } : { direction: "backward" };
        return parse(schema, value, ctx, finalizeParams(fn, _params));
    };
    return fn;
};
const encode = /* @__PURE__*/ _encode($ZodRealError);
const _decode = (_Err) => {
    const parse = _parse(_Err);
    const fn = (schema, value, _ctx, _params) => {
        return parse(schema, value, _ctx, finalizeParams(fn, _params));
    };
    return fn;
};
const decode = /* @__PURE__*/ _decode($ZodRealError);
const _encodeAsync = (_Err) => {
    const parseAsync = _parseAsync(_Err);
    const fn = async (schema, value, _ctx, _params) => {
        const ctx = _ctx ? { ..._ctx, direction: "backward" } : { direction: "backward" };
        return (await parseAsync(schema, value, ctx, finalizeParams(fn, _params)));
    };
    return fn;
};
const encodeAsync = /* @__PURE__*/ _encodeAsync($ZodRealError);
const _decodeAsync = (_Err) => {
    const parseAsync = _parseAsync(_Err);
    const fn = async (schema, value, _ctx, _params) => {
        return await parseAsync(schema, value, _ctx, finalizeParams(fn, _params));
    };
    return fn;
};
const decodeAsync = /* @__PURE__*/ _decodeAsync($ZodRealError);
const _safeEncode = (_Err) => (schema, value, _ctx) => {
    const ctx = _ctx ? { ..._ctx, direction: "backward" } : { direction: "backward" };
    return _safeParse(_Err)(schema, value, ctx);
};
const safeEncode = /* @__PURE__*/ _safeEncode($ZodRealError);
const _safeDecode = (_Err) => (schema, value, _ctx) => {
    return _safeParse(_Err)(schema, value, _ctx);
};
const safeDecode = /* @__PURE__*/ _safeDecode($ZodRealError);
const _safeEncodeAsync = (_Err) => async (schema, value, _ctx) => {
    const ctx = _ctx ? { ..._ctx, direction: "backward" } : { direction: "backward" };
    return _safeParseAsync(_Err)(schema, value, ctx);
};
const safeEncodeAsync = /* @__PURE__*/ _safeEncodeAsync($ZodRealError);
const _safeDecodeAsync = (_Err) => async (schema, value, _ctx) => {
    return _safeParseAsync(_Err)(schema, value, _ctx);
};
const safeDecodeAsync = /* @__PURE__*/ _safeDecodeAsync($ZodRealError);

;// CONCATENATED MODULE: ./node_modules/zod/v4/classic/errors.js



/* Prototypes that already carry the lazy helper methods. Seeded with the
 * intrinsics so that `init` on a foreign object — it accepts any object —
 * can never install an accessor onto a prototype we do not own. */
const _installedErrorProtos = /* @__PURE__ */ new WeakSet([Object.prototype, Error.prototype]);
/* Helper methods live as non-enumerable lazy getters on the shared
 * prototype instead of own properties on every instance. On first
 * access the getter allocates the per-instance closure and caches it
 * as a non-enumerable own property, so detached usage still works and
 * the allocation only happens for methods actually touched. */
function _lazyMethod(proto, key, make) {
    Object.defineProperty(proto, key, {
        configurable: true,
        enumerable: false,
        get() {
            const value = make(this);
            Object.defineProperty(this, key, { value, configurable: true, writable: true });
            return value;
        },
        set(value) {
            Object.defineProperty(this, key, { value, configurable: true, writable: true });
        },
    });
}
const errors_initializer = (inst, issues) => {
    $ZodError.init(inst, issues);
    inst.name = "ZodError";
    const proto = Object.getPrototypeOf(inst);
    if (_installedErrorProtos.has(proto))
        return;
    _installedErrorProtos.add(proto);
    _lazyMethod(proto, "format", (self) => (mapper) => formatError(self, mapper));
    _lazyMethod(proto, "flatten", (self) => (mapper) => flattenError(self, mapper));
    _lazyMethod(proto, "addIssue", (self) => (issue) => {
        self.issues.push(issue);
        self.message = JSON.stringify(self.issues, jsonStringifyReplacer, 2);
    });
    _lazyMethod(proto, "addIssues", (self) => (issues) => {
        self.issues.push(...issues);
        self.message = JSON.stringify(self.issues, jsonStringifyReplacer, 2);
    });
    Object.defineProperty(proto, "isEmpty", {
        configurable: true,
        enumerable: false,
        get() {
            return this.issues.length === 0;
        },
    });
};
const ZodError = /*@__PURE__*/ (/* unused pure expression or super */ null && (core.$constructor("ZodError", errors_initializer)));
const ZodRealError = /*@__PURE__*/ $constructor("ZodError", errors_initializer, undefined, {
    Parent: Error,
});
// /** @deprecated Use `z.core.$ZodErrorMapCtx` instead. */
// export type ErrorMapCtx = core.$ZodErrorMapCtx;

;// CONCATENATED MODULE: ./node_modules/zod/v4/classic/parse.js


const classic_parse_parse = /* @__PURE__ */ _parse(ZodRealError);
const classic_parse_parseAsync = /* @__PURE__ */ _parseAsync(ZodRealError);
const parse_safeParse = /* @__PURE__ */ _safeParse(ZodRealError);
const parse_safeParseAsync = /* @__PURE__ */ _safeParseAsync(ZodRealError);

// Codec functions
const parse_encode = /* @__PURE__ */ _encode(ZodRealError);
const parse_decode = /* @__PURE__ */ _decode(ZodRealError);
const parse_encodeAsync = /* @__PURE__ */ _encodeAsync(ZodRealError);
const parse_decodeAsync = /* @__PURE__ */ _decodeAsync(ZodRealError);
const parse_safeEncode = /* @__PURE__ */ _safeEncode(ZodRealError);
const parse_safeDecode = /* @__PURE__ */ _safeDecode(ZodRealError);
const parse_safeEncodeAsync = /* @__PURE__ */ _safeEncodeAsync(ZodRealError);
const parse_safeDecodeAsync = /* @__PURE__ */ _safeDecodeAsync(ZodRealError);

;// CONCATENATED MODULE: ./node_modules/zod/v4/classic/schemas.js








// Register English as the default locale on first ZodType construction. Hooked into the `ZodType` `$constructor` (rather than a top-level `config(en())` in `external.ts`) so bundlers honoring `sideEffects: false` can't tree-shake it out — see #5953, #5725. An explicit `z.config(z.locales.xx())` call wins regardless of order, since this only sets the default when none is present.
function _ensureDefaultLocale() {
    if (!globalConfig.localeError)
        config(en());
}
// the default memoizer is read by the core container init, which runs before `ZodType.init`, so each container calls this first
function _ensureDefaultMemoizer() {
    if (!globalConfig.memoizer)
        config({ memoizer: memoizer() });
}
const ZodType = /*@__PURE__*/ $constructor("ZodType", (inst, def) => {
    _ensureDefaultLocale();
    $ZodType.init(inst, def);
    inst.def = def;
    inst.type = def.type;
    return inst;
}, {
    check(...chks) {
        const def = this.def;
        return this.clone(mergeDefs(def, {
            checks: [
                ...(def.checks ?? []),
                ...chks.map((ch) => typeof ch === "function" ? { _zod: { check: ch, def: { check: "custom" }, onattach: [] } } : ch),
            ],
        }), { parent: true });
    },
    with(...chks) {
        return this.check(...chks);
    },
    clone(def, params) {
        return clone(this, def, params);
    },
    brand() {
        return this;
    },
    register(reg, meta) {
        reg.add(this, meta);
        return this;
    },
    refine(check, params) {
        return this.check(refine(check, params));
    },
    superRefine(refinement, params) {
        return this.check(superRefine(refinement, params));
    },
    overwrite(fn) {
        return this.check(_overwrite(fn));
    },
    optional() {
        return optional(this);
    },
    exactOptional() {
        return exactOptional(this);
    },
    nullable() {
        return nullable(this);
    },
    nullish() {
        return optional(nullable(this));
    },
    nonoptional(params) {
        return nonoptional(this, params);
    },
    array() {
        return array(this);
    },
    or(arg) {
        return union([this, arg]);
    },
    and(arg) {
        return intersection(this, arg);
    },
    transform(tx) {
        return pipe(this, transform(tx));
    },
    default(d) {
        return schemas_default(this, d);
    },
    prefault(d) {
        return prefault(this, d);
    },
    catch(params) {
        return schemas_catch(this, params);
    },
    pipe(target) {
        return pipe(this, target);
    },
    readonly() {
        return readonly(this);
    },
    describe(description) {
        const cl = this.clone();
        globalRegistry.add(cl, { description });
        return cl;
    },
    meta(...args) {
        // overloaded: meta() returns the registered metadata, meta(data) returns a clone with `data` registered. The mapped type picks up the second overload, so we accept variadic any-args and return `any` to satisfy both at runtime.
        if (args.length === 0)
            return globalRegistry.get(this);
        const cl = this.clone();
        globalRegistry.add(cl, args[0]);
        return cl;
    },
    isOptional() {
        return this.safeParse(undefined).success;
    },
    isNullable() {
        return this.safeParse(null).success;
    },
    apply(fn, ...args) {
        return args.length === 0 ? fn(this) : fn(this, ...args);
    },
    // Overrides core's `~standard` to add `jsonSchema`. Must stay a prototype entry: redefining it per instance demotes instances to dictionary mode.
    get "~standard"() {
        return hide(this, "~standard", {
            ...standardProps(this),
            jsonSchema: {
                input: createStandardJSONSchemaMethod(this, "input"),
                output: createStandardJSONSchemaMethod(this, "output"),
            },
        });
    },
    set "~standard"(value) {
        own(this, "~standard", value);
    },
    parse: function _parse(data, params) {
        return classic_parse_parse(this, data, params, { callee: _parse });
    },
    parseAsync: async function _parseAsync(data, params) {
        return await classic_parse_parseAsync(this, data, params, { callee: _parseAsync });
    },
    safeParse(data, params) {
        return parse_safeParse(this, data, params);
    },
    async safeParseAsync(data, params) {
        return parse_safeParseAsync(this, data, params);
    },
    // `spa` is an alias: same function object as `safeParseAsync`, as before.
    get spa() {
        return this?.safeParseAsync;
    },
    set spa(value) {
        own(this, "spa", value);
    },
    validate(data, params) {
        return validate(this, data, params);
    },
    validateAsync(data, params) {
        return parse_validateAsync(this, data, params);
    },
    encode: function _encode(data, params) {
        return parse_encode(this, data, params, { callee: _encode });
    },
    decode: function _decode(data, params) {
        return parse_decode(this, data, params, { callee: _decode });
    },
    encodeAsync: async function _encodeAsync(data, params) {
        return await parse_encodeAsync(this, data, params, { callee: _encodeAsync });
    },
    decodeAsync: async function _decodeAsync(data, params) {
        return await parse_decodeAsync(this, data, params, { callee: _decodeAsync });
    },
    safeEncode(data, params) {
        return parse_safeEncode(this, data, params);
    },
    safeDecode(data, params) {
        return parse_safeDecode(this, data, params);
    },
    async safeEncodeAsync(data, params) {
        return parse_safeEncodeAsync(this, data, params);
    },
    async safeDecodeAsync(data, params) {
        return parse_safeDecodeAsync(this, data, params);
    },
    toJSONSchema(params) {
        return createToJSONSchemaMethod(this, {})(params);
    },
    // Reads through to the registry on every access, so it must not cache.
    get description() {
        return globalRegistry.get(this)?.description;
    },
    // No setter: `schema._def = x` throws, as it did when `_def` was a non-writable own property.
    get _def() {
        return this._zod.def;
    },
});
/** @internal */
const _ZodString = /*@__PURE__*/ $constructor("_ZodString", (inst, def) => {
    $ZodString.init(inst, def);
    ZodType.init(inst, def);
    inst._zod.processJSONSchema = (ctx, json, params) => stringProcessor(inst, ctx, json, params);
}, 
/*@__PURE__*/ derived({
    format: (inst) => aggregateChecks(inst).format ?? null,
    minLength: (inst) => aggregateChecks(inst).minimum ?? null,
    maxLength: (inst) => aggregateChecks(inst).maximum ?? null,
}, {
    regex(...args) {
        return this.check(_regex(...args));
    },
    includes(...args) {
        return this.check(_includes(...args));
    },
    startsWith(...args) {
        return this.check(_startsWith(...args));
    },
    endsWith(...args) {
        return this.check(_endsWith(...args));
    },
    min(...args) {
        return this.check(_minLength(...args));
    },
    max(...args) {
        return this.check(_maxLength(...args));
    },
    length(...args) {
        return this.check(_length(...args));
    },
    nonempty(...args) {
        return this.check(_minLength(1, ...args));
    },
    lowercase(params) {
        return this.check(_lowercase(params));
    },
    uppercase(params) {
        return this.check(_uppercase(params));
    },
    trim() {
        return this.check(_trim());
    },
    normalize(...args) {
        return this.check(_normalize(...args));
    },
    toLowerCase() {
        return this.check(_toLowerCase());
    },
    toUpperCase() {
        return this.check(_toUpperCase());
    },
    slugify() {
        return this.check(_slugify());
    },
}));
const ZodString = /*@__PURE__*/ $constructor("ZodString", (inst, def) => {
    $ZodString.init(inst, def);
    _ZodString.init(inst, def);
}, {
    email(params) {
        return this.check(_email(ZodEmail, params));
    },
    url(params) {
        return this.check(_url(ZodURL, params));
    },
    jwt(params) {
        return this.check(_jwt(ZodJWT, params));
    },
    emoji(params) {
        return this.check(api_emoji(ZodEmoji, params));
    },
    guid(params) {
        return this.check(_guid(ZodGUID, params));
    },
    uuid(params) {
        return this.check(_uuid(ZodUUID, params));
    },
    uuidv4(params) {
        return this.check(_uuidv4(ZodUUID, params));
    },
    uuidv6(params) {
        return this.check(_uuidv6(ZodUUID, params));
    },
    uuidv7(params) {
        return this.check(_uuidv7(ZodUUID, params));
    },
    nanoid(params) {
        return this.check(_nanoid(ZodNanoID, params));
    },
    cuid(params) {
        return this.check(_cuid(ZodCUID, params));
    },
    cuid2(params) {
        return this.check(_cuid2(ZodCUID2, params));
    },
    ulid(params) {
        return this.check(_ulid(ZodULID, params));
    },
    base64(params) {
        return this.check(_base64(ZodBase64, params));
    },
    base64url(params) {
        return this.check(_base64url(ZodBase64URL, params));
    },
    xid(params) {
        return this.check(_xid(ZodXID, params));
    },
    ksuid(params) {
        return this.check(_ksuid(ZodKSUID, params));
    },
    ipv4(params) {
        return this.check(_ipv4(ZodIPv4, params));
    },
    ipv6(params) {
        return this.check(_ipv6(ZodIPv6, params));
    },
    cidrv4(params) {
        return this.check(_cidrv4(ZodCIDRv4, params));
    },
    cidrv6(params) {
        return this.check(_cidrv6(ZodCIDRv6, params));
    },
    e164(params) {
        return this.check(_e164(ZodE164, params));
    },
    datetime(params) {
        return this.check(_isoDateTime(ZodISODateTime, params));
    },
    date(params) {
        return this.check(_isoDate(ZodISODate, params));
    },
    time(params) {
        return this.check(_isoTime(ZodISOTime, params));
    },
    duration(params) {
        return this.check(_isoDuration(ZodISODuration, params));
    },
});
function schemas_string(params) {
    return _string(ZodString, params);
}
const ZodStringFormat = /*@__PURE__*/ $constructor("ZodStringFormat", (inst, def) => {
    $ZodStringFormat.init(inst, def);
    _ZodString.init(inst, def);
});
const ZodISODateTime = /*@__PURE__*/ $constructor("ZodISODateTime", (inst, def) => {
    $ZodISODateTime.init(inst, def);
    ZodStringFormat.init(inst, def);
});
const ZodISODate = /*@__PURE__*/ $constructor("ZodISODate", (inst, def) => {
    $ZodISODate.init(inst, def);
    ZodStringFormat.init(inst, def);
});
const ZodISOTime = /*@__PURE__*/ $constructor("ZodISOTime", (inst, def) => {
    $ZodISOTime.init(inst, def);
    ZodStringFormat.init(inst, def);
});
const ZodISODuration = /*@__PURE__*/ $constructor("ZodISODuration", (inst, def) => {
    $ZodISODuration.init(inst, def);
    ZodStringFormat.init(inst, def);
});
const ZodEmail = /*@__PURE__*/ $constructor("ZodEmail", (inst, def) => {
    // ZodStringFormat.init(inst, def);
    $ZodEmail.init(inst, def);
    ZodStringFormat.init(inst, def);
});
function schemas_email(params) {
    return core._email(ZodEmail, params);
}
const ZodGUID = /*@__PURE__*/ $constructor("ZodGUID", (inst, def) => {
    // ZodStringFormat.init(inst, def);
    $ZodGUID.init(inst, def);
    ZodStringFormat.init(inst, def);
});
function schemas_guid(params) {
    return core._guid(ZodGUID, params);
}
const ZodUUID = /*@__PURE__*/ $constructor("ZodUUID", (inst, def) => {
    // ZodStringFormat.init(inst, def);
    $ZodUUID.init(inst, def);
    ZodStringFormat.init(inst, def);
});
function schemas_uuid(params) {
    return core._uuid(ZodUUID, params);
}
function uuidv4(params) {
    return core._uuidv4(ZodUUID, params);
}
// ZodUUIDv6
function uuidv6(params) {
    return core._uuidv6(ZodUUID, params);
}
// ZodUUIDv7
function uuidv7(params) {
    return core._uuidv7(ZodUUID, params);
}
const ZodURL = /*@__PURE__*/ $constructor("ZodURL", (inst, def) => {
    // ZodStringFormat.init(inst, def);
    $ZodURL.init(inst, def);
    ZodStringFormat.init(inst, def);
});
function url(params) {
    return core._url(ZodURL, params);
}
function httpUrl(params) {
    return core._url(ZodURL, {
        protocol: regexes.httpProtocol,
        hostname: regexes.domain,
        ...util.normalizeParams(params),
    });
}
const ZodEmoji = /*@__PURE__*/ $constructor("ZodEmoji", (inst, def) => {
    // ZodStringFormat.init(inst, def);
    $ZodEmoji.init(inst, def);
    ZodStringFormat.init(inst, def);
});
function schemas_emoji(params) {
    return core._emoji(ZodEmoji, params);
}
const ZodNanoID = /*@__PURE__*/ $constructor("ZodNanoID", (inst, def) => {
    // ZodStringFormat.init(inst, def);
    $ZodNanoID.init(inst, def);
    ZodStringFormat.init(inst, def);
});
function schemas_nanoid(params) {
    return core._nanoid(ZodNanoID, params);
}
/**
 * @deprecated CUID v1 is deprecated by its authors due to information leakage
 * (timestamps embedded in the id). Use {@link ZodCUID2} instead.
 * See https://github.com/paralleldrive/cuid.
 */
const ZodCUID = /*@__PURE__*/ $constructor("ZodCUID", (inst, def) => {
    // ZodStringFormat.init(inst, def);
    $ZodCUID.init(inst, def);
    ZodStringFormat.init(inst, def);
});
/**
 * Validates a CUID v1 string.
 *
 * @deprecated CUID v1 is deprecated by its authors due to information leakage
 * (timestamps embedded in the id). Use {@link cuid2 | `z.cuid2()`} instead.
 * See https://github.com/paralleldrive/cuid.
 */
function schemas_cuid(params) {
    return core._cuid(ZodCUID, params);
}
const ZodCUID2 = /*@__PURE__*/ $constructor("ZodCUID2", (inst, def) => {
    // ZodStringFormat.init(inst, def);
    $ZodCUID2.init(inst, def);
    ZodStringFormat.init(inst, def);
});
function schemas_cuid2(params) {
    return core._cuid2(ZodCUID2, params);
}
const ZodULID = /*@__PURE__*/ $constructor("ZodULID", (inst, def) => {
    // ZodStringFormat.init(inst, def);
    $ZodULID.init(inst, def);
    ZodStringFormat.init(inst, def);
});
function schemas_ulid(params) {
    return core._ulid(ZodULID, params);
}
const ZodXID = /*@__PURE__*/ $constructor("ZodXID", (inst, def) => {
    // ZodStringFormat.init(inst, def);
    $ZodXID.init(inst, def);
    ZodStringFormat.init(inst, def);
});
function schemas_xid(params) {
    return core._xid(ZodXID, params);
}
const ZodKSUID = /*@__PURE__*/ $constructor("ZodKSUID", (inst, def) => {
    // ZodStringFormat.init(inst, def);
    $ZodKSUID.init(inst, def);
    ZodStringFormat.init(inst, def);
});
function schemas_ksuid(params) {
    return core._ksuid(ZodKSUID, params);
}
const ZodIPv4 = /*@__PURE__*/ $constructor("ZodIPv4", (inst, def) => {
    // ZodStringFormat.init(inst, def);
    $ZodIPv4.init(inst, def);
    ZodStringFormat.init(inst, def);
});
function schemas_ipv4(params) {
    return core._ipv4(ZodIPv4, params);
}
const ZodMAC = /*@__PURE__*/ (/* unused pure expression or super */ null && (core.$constructor("ZodMAC", (inst, def) => {
    // ZodStringFormat.init(inst, def);
    core.$ZodMAC.init(inst, def);
    ZodStringFormat.init(inst, def);
})));
function schemas_mac(params) {
    return core._mac(ZodMAC, params);
}
const ZodIPv6 = /*@__PURE__*/ $constructor("ZodIPv6", (inst, def) => {
    // ZodStringFormat.init(inst, def);
    $ZodIPv6.init(inst, def);
    ZodStringFormat.init(inst, def);
});
function schemas_ipv6(params) {
    return core._ipv6(ZodIPv6, params);
}
const ZodCIDRv4 = /*@__PURE__*/ $constructor("ZodCIDRv4", (inst, def) => {
    $ZodCIDRv4.init(inst, def);
    ZodStringFormat.init(inst, def);
});
function schemas_cidrv4(params) {
    return core._cidrv4(ZodCIDRv4, params);
}
const ZodCIDRv6 = /*@__PURE__*/ $constructor("ZodCIDRv6", (inst, def) => {
    $ZodCIDRv6.init(inst, def);
    ZodStringFormat.init(inst, def);
});
function schemas_cidrv6(params) {
    return core._cidrv6(ZodCIDRv6, params);
}
const ZodBase64 = /*@__PURE__*/ $constructor("ZodBase64", (inst, def) => {
    // ZodStringFormat.init(inst, def);
    $ZodBase64.init(inst, def);
    ZodStringFormat.init(inst, def);
});
function schemas_base64(params) {
    return core._base64(ZodBase64, params);
}
const ZodBase64URL = /*@__PURE__*/ $constructor("ZodBase64URL", (inst, def) => {
    // ZodStringFormat.init(inst, def);
    $ZodBase64URL.init(inst, def);
    ZodStringFormat.init(inst, def);
});
function schemas_base64url(params) {
    return core._base64url(ZodBase64URL, params);
}
const ZodE164 = /*@__PURE__*/ $constructor("ZodE164", (inst, def) => {
    // ZodStringFormat.init(inst, def);
    $ZodE164.init(inst, def);
    ZodStringFormat.init(inst, def);
});
function schemas_e164(params) {
    return core._e164(ZodE164, params);
}
const ZodCreditCard = /*@__PURE__*/ (/* unused pure expression or super */ null && (core.$constructor("ZodCreditCard", (inst, def) => {
    core.$ZodCreditCard.init(inst, def);
    ZodStringFormat.init(inst, def);
})));
function schemas_creditCard(params) {
    return core._creditCard(ZodCreditCard, params);
}
const ZodIBAN = /*@__PURE__*/ (/* unused pure expression or super */ null && (core.$constructor("ZodIBAN", (inst, def) => {
    core.$ZodIBAN.init(inst, def);
    ZodStringFormat.init(inst, def);
})));
function schemas_iban(params) {
    return core._iban(ZodIBAN, params);
}
const ZodJWT = /*@__PURE__*/ $constructor("ZodJWT", (inst, def) => {
    // ZodStringFormat.init(inst, def);
    $ZodJWT.init(inst, def);
    ZodStringFormat.init(inst, def);
});
function jwt(params) {
    return core._jwt(ZodJWT, params);
}
const ZodCustomStringFormat = /*@__PURE__*/ (/* unused pure expression or super */ null && (core.$constructor("ZodCustomStringFormat", (inst, def) => {
    // ZodStringFormat.init(inst, def);
    core.$ZodCustomStringFormat.init(inst, def);
    ZodStringFormat.init(inst, def);
})));
function stringFormat(format, fnOrRegex, _params = {}) {
    return core._stringFormat(ZodCustomStringFormat, format, fnOrRegex, _params);
}
function schemas_hostname(_params) {
    return core._stringFormat(ZodCustomStringFormat, "hostname", regexes.hostname, _params);
}
function schemas_hex(_params) {
    return core._stringFormat(ZodCustomStringFormat, "hex", regexes.hex, _params);
}
function schemas_currencyCode(_params) {
    return core._stringFormat(ZodCustomStringFormat, "currency_code", regexes.currencyCode, _params);
}
function hash(alg, params) {
    const enc = params?.enc ?? "hex";
    const format = `${alg}_${enc}`;
    const regex = core.regexes[format];
    if (!regex)
        throw new Error(`Unrecognized hash format: ${format}`);
    return core._stringFormat(ZodCustomStringFormat, format, regex, params);
}
const ZodNumber = /*@__PURE__*/ $constructor("ZodNumber", (inst, def) => {
    $ZodNumber.init(inst, def);
    ZodType.init(inst, def);
    inst._zod.processJSONSchema = (ctx, json, params) => numberProcessor(inst, ctx, json, params);
    inst.isFinite = true;
}, 
/*@__PURE__*/ derived({
    minValue: (inst) => {
        const { minimum, exclusiveMinimum } = aggregateChecks(inst);
        return Math.max(minimum ?? Number.NEGATIVE_INFINITY, exclusiveMinimum ?? Number.NEGATIVE_INFINITY);
    },
    maxValue: (inst) => {
        const { maximum, exclusiveMaximum } = aggregateChecks(inst);
        return Math.min(maximum ?? Number.POSITIVE_INFINITY, exclusiveMaximum ?? Number.POSITIVE_INFINITY);
    },
    isInt: (inst) => {
        const { isInt, multipleOf } = aggregateChecks(inst);
        return !!isInt || !!multipleOf?.some(Number.isSafeInteger);
    },
    format: (inst) => aggregateChecks(inst).format ?? null,
}, {
    gt(value, params) {
        return this.check(_gt(value, params));
    },
    gte(value, params) {
        return this.check(_gte(value, params));
    },
    min(value, params) {
        return this.check(_gte(value, params));
    },
    lt(value, params) {
        return this.check(_lt(value, params));
    },
    lte(value, params) {
        return this.check(_lte(value, params));
    },
    max(value, params) {
        return this.check(_lte(value, params));
    },
    int(params) {
        return this.check(schemas_int(params));
    },
    safe(params) {
        return this.check(schemas_int(params));
    },
    positive(params) {
        return this.check(_gt(0, params));
    },
    nonnegative(params) {
        return this.check(_gte(0, params));
    },
    negative(params) {
        return this.check(_lt(0, params));
    },
    nonpositive(params) {
        return this.check(_lte(0, params));
    },
    multipleOf(value, params) {
        return this.check(_multipleOf(value, params));
    },
    step(value, params) {
        return this.check(_multipleOf(value, params));
    },
    finite() {
        return this;
    },
}));
function schemas_number(params) {
    return _number(ZodNumber, params);
}
const ZodNumberFormat = /*@__PURE__*/ $constructor("ZodNumberFormat", (inst, def) => {
    $ZodNumberFormat.init(inst, def);
    ZodNumber.init(inst, def);
});
function schemas_int(params) {
    return _int(ZodNumberFormat, params);
}
function float32(params) {
    return core._float32(ZodNumberFormat, params);
}
function float64(params) {
    return core._float64(ZodNumberFormat, params);
}
function int32(params) {
    return core._int32(ZodNumberFormat, params);
}
function uint32(params) {
    return core._uint32(ZodNumberFormat, params);
}
const ZodBoolean = /*@__PURE__*/ $constructor("ZodBoolean", (inst, def) => {
    $ZodBoolean.init(inst, def);
    ZodType.init(inst, def);
    inst._zod.processJSONSchema = (ctx, json, params) => booleanProcessor(inst, ctx, json, params);
});
function schemas_boolean(params) {
    return _boolean(ZodBoolean, params);
}
const ZodBigInt = /*@__PURE__*/ $constructor("ZodBigInt", (inst, def) => {
    $ZodBigInt.init(inst, def);
    ZodType.init(inst, def);
    inst._zod.processJSONSchema = (ctx, json, params) => bigintProcessor(inst, ctx, json, params);
}, 
/*@__PURE__*/ derived({
    minValue: (inst) => aggregateChecks(inst).minimum ?? null,
    maxValue: (inst) => aggregateChecks(inst).maximum ?? null,
    format: (inst) => aggregateChecks(inst).format ?? null,
}, {
    gte(value, params) {
        return this.check(_gte(value, params));
    },
    min(value, params) {
        return this.check(_gte(value, params));
    },
    gt(value, params) {
        return this.check(_gt(value, params));
    },
    lt(value, params) {
        return this.check(_lt(value, params));
    },
    lte(value, params) {
        return this.check(_lte(value, params));
    },
    max(value, params) {
        return this.check(_lte(value, params));
    },
    positive(params) {
        return this.check(_gt(BigInt(0), params));
    },
    negative(params) {
        return this.check(_lt(BigInt(0), params));
    },
    nonpositive(params) {
        return this.check(_lte(BigInt(0), params));
    },
    nonnegative(params) {
        return this.check(_gte(BigInt(0), params));
    },
    multipleOf(value, params) {
        return this.check(_multipleOf(value, params));
    },
}));
function schemas_bigint(params) {
    return core._bigint(ZodBigInt, params);
}
const ZodBigIntFormat = /*@__PURE__*/ (/* unused pure expression or super */ null && (core.$constructor("ZodBigIntFormat", (inst, def) => {
    core.$ZodBigIntFormat.init(inst, def);
    ZodBigInt.init(inst, def);
})));
function int64(params) {
    return core._int64(ZodBigIntFormat, params);
}
function uint64(params) {
    return core._uint64(ZodBigIntFormat, params);
}
const ZodSymbol = /*@__PURE__*/ (/* unused pure expression or super */ null && (core.$constructor("ZodSymbol", (inst, def) => {
    core.$ZodSymbol.init(inst, def);
    ZodType.init(inst, def);
    inst._zod.processJSONSchema = (ctx, json, params) => processors.symbolProcessor(inst, ctx, json, params);
})));
function symbol(params) {
    return core._symbol(ZodSymbol, params);
}
const ZodUndefined = /*@__PURE__*/ (/* unused pure expression or super */ null && (core.$constructor("ZodUndefined", (inst, def) => {
    core.$ZodUndefined.init(inst, def);
    ZodType.init(inst, def);
    inst._zod.processJSONSchema = (ctx, json, params) => processors.undefinedProcessor(inst, ctx, json, params);
})));
function schemas_undefined(params) {
    return core._undefined(ZodUndefined, params);
}

const ZodNull = /*@__PURE__*/ (/* unused pure expression or super */ null && (core.$constructor("ZodNull", (inst, def) => {
    core.$ZodNull.init(inst, def);
    ZodType.init(inst, def);
    inst._zod.processJSONSchema = (ctx, json, params) => processors.nullProcessor(inst, ctx, json, params);
})));
function schemas_null(params) {
    return core._null(ZodNull, params);
}

const ZodAny = /*@__PURE__*/ (/* unused pure expression or super */ null && (core.$constructor("ZodAny", (inst, def) => {
    core.$ZodAny.init(inst, def);
    ZodType.init(inst, def);
    inst._zod.processJSONSchema = (ctx, json, params) => processors.anyProcessor(inst, ctx, json, params);
})));
function any() {
    return core._any(ZodAny);
}
const ZodUnknown = /*@__PURE__*/ $constructor("ZodUnknown", (inst, def) => {
    $ZodUnknown.init(inst, def);
    ZodType.init(inst, def);
    inst._zod.processJSONSchema = (ctx, json, params) => unknownProcessor(inst, ctx, json, params);
});
function unknown() {
    return _unknown(ZodUnknown);
}
const ZodNever = /*@__PURE__*/ $constructor("ZodNever", (inst, def) => {
    $ZodNever.init(inst, def);
    ZodType.init(inst, def);
    inst._zod.processJSONSchema = (ctx, json, params) => neverProcessor(inst, ctx, json, params);
});
function never(params) {
    return _never(ZodNever, params);
}
const ZodVoid = /*@__PURE__*/ (/* unused pure expression or super */ null && (core.$constructor("ZodVoid", (inst, def) => {
    core.$ZodVoid.init(inst, def);
    ZodType.init(inst, def);
    inst._zod.processJSONSchema = (ctx, json, params) => processors.voidProcessor(inst, ctx, json, params);
})));
function schemas_void(params) {
    return core._void(ZodVoid, params);
}

const ZodDate = /*@__PURE__*/ $constructor("ZodDate", (inst, def) => {
    $ZodDate.init(inst, def);
    ZodType.init(inst, def);
    inst._zod.processJSONSchema = (ctx, json, params) => dateProcessor(inst, ctx, json, params);
    inst.min = (value, params) => inst.check(_gte(value, params));
    inst.max = (value, params) => inst.check(_lte(value, params));
}, 
/*@__PURE__*/ derived({
    minDate: (inst) => {
        const { minimum } = aggregateChecks(inst);
        return minimum ? new Date(minimum) : null;
    },
    maxDate: (inst) => {
        const { maximum } = aggregateChecks(inst);
        return maximum ? new Date(maximum) : null;
    },
}, {}));
function schemas_date(params) {
    return core._date(ZodDate, params);
}
const ZodArray = /*@__PURE__*/ $constructor("ZodArray", (inst, def) => {
    _ensureDefaultMemoizer();
    $ZodArray.init(inst, def);
    ZodType.init(inst, def);
    inst._zod.processJSONSchema = (ctx, json, params) => arrayProcessor(inst, ctx, json, params);
    inst.element = def.element;
}, {
    min(n, params) {
        return this.check(_minLength(n, params));
    },
    nonempty(params) {
        return this.check(_minLength(1, params));
    },
    max(n, params) {
        return this.check(_maxLength(n, params));
    },
    length(n, params) {
        return this.check(_length(n, params));
    },
    unwrap() {
        return this.element;
    },
});
function array(element, params) {
    return _array(ZodArray, element, params);
}
// .keyof
function keyof(schema) {
    const shape = schema._zod.def.shape;
    return schemas_enum(Object.keys(shape));
}
const ZodObject = /*@__PURE__*/ $constructor("ZodObject", (inst, def) => {
    _ensureDefaultMemoizer();
    $ZodObjectJIT.init(inst, def);
    ZodType.init(inst, def);
    inst._zod.processJSONSchema = (ctx, json, params) => objectProcessor(inst, ctx, json, params);
    installLazyProp(inst, "shape", (self) => self._zod.def.shape, false);
}, {
    keyof() {
        return schemas_enum(Object.keys(this._zod.def.shape));
    },
    catchall(catchall) {
        // `mergeDefs` rather than a spread: spreading reads `shape`, and resolving it can mint a whole fresh subtree
        return this.clone(mergeDefs(this._zod.def, { catchall: catchall }));
    },
    passthrough() {
        return this.clone(mergeDefs(this._zod.def, { catchall: unknown() }));
    },
    loose() {
        return this.clone(mergeDefs(this._zod.def, { catchall: unknown() }));
    },
    strict() {
        return this.clone(mergeDefs(this._zod.def, { catchall: never() }));
    },
    strip() {
        return this.clone(mergeDefs(this._zod.def, { catchall: undefined }));
    },
    extend(incoming) {
        return extend(this, incoming);
    },
    safeExtend(incoming) {
        return safeExtend(this, incoming);
    },
    merge(other) {
        return merge(this, other);
    },
    pick(mask) {
        return pick(this, mask);
    },
    omit(mask) {
        return omit(this, mask);
    },
    partial(...args) {
        return partial(ZodOptional, this, args[0]);
    },
    exactPartial(...args) {
        return partial(ZodExactOptional, this, args[0], "exactPartial");
    },
    required(...args) {
        return required(ZodNonOptional, this, args[0]);
    },
});
function object(shape, params) {
    const def = {
        type: "object",
        shape: shape ?? {},
        ...normalizeParams(params),
    };
    return new ZodObject(def);
}
// strictObject
function strictObject(shape, params) {
    return new ZodObject({
        type: "object",
        shape,
        catchall: never(),
        ...normalizeParams(params),
    });
}
// looseObject
function looseObject(shape, params) {
    return new ZodObject({
        type: "object",
        shape,
        catchall: unknown(),
        ...util.normalizeParams(params),
    });
}
const ZodUnion = /*@__PURE__*/ $constructor("ZodUnion", (inst, def) => {
    $ZodUnion.init(inst, def);
    ZodType.init(inst, def);
    inst._zod.processJSONSchema = (ctx, json, params) => unionProcessor(inst, ctx, json, params);
    inst.options = def.options;
});
function union(options, params) {
    return new ZodUnion({
        type: "union",
        options: options,
        ...normalizeParams(params),
    });
}
const ZodXor = /*@__PURE__*/ (/* unused pure expression or super */ null && (core.$constructor("ZodXor", (inst, def) => {
    ZodUnion.init(inst, def);
    core.$ZodXor.init(inst, def);
    inst._zod.processJSONSchema = (ctx, json, params) => processors.unionProcessor(inst, ctx, json, params);
    inst.options = def.options;
})));
/** Creates an exclusive union (XOR) where exactly one option must match.
 * Unlike regular unions that succeed when any option matches, xor fails if
 * zero or more than one option matches the input. */
function xor(options, params) {
    return new ZodXor({
        type: "union",
        options: options,
        inclusive: false,
        ...util.normalizeParams(params),
    });
}
const ZodDiscriminatedUnion = /*@__PURE__*/ (/* unused pure expression or super */ null && (core.$constructor("ZodDiscriminatedUnion", (inst, def) => {
    ZodUnion.init(inst, def);
    core.$ZodDiscriminatedUnion.init(inst, def);
})));
function discriminatedUnion(discriminator, options, params) {
    // const [options, params] = args;
    return new ZodDiscriminatedUnion({
        type: "union",
        options: options,
        discriminator,
        ...util.normalizeParams(params),
    });
}
const ZodIntersection = /*@__PURE__*/ $constructor("ZodIntersection", (inst, def) => {
    $ZodIntersection.init(inst, def);
    ZodType.init(inst, def);
    inst._zod.processJSONSchema = (ctx, json, params) => intersectionProcessor(inst, ctx, json, params);
});
function intersection(left, right) {
    return new ZodIntersection({
        type: "intersection",
        left: left,
        right: right,
    });
}
const ZodTuple = /*@__PURE__*/ $constructor("ZodTuple", (inst, def) => {
    _ensureDefaultMemoizer();
    $ZodTuple.init(inst, def);
    ZodType.init(inst, def);
    inst._zod.processJSONSchema = (ctx, json, params) => tupleProcessor(inst, ctx, json, params);
}, {
    rest(rest) {
        return this.clone({
            ...this._zod.def,
            rest: rest,
        });
    },
    partial() {
        const def = this._zod.def;
        // a refinement was authored against the full arity; partialing would run it on a shorter array
        if (def.checks?.length)
            throw new Error(".partial() cannot be used on tuple schemas containing refinements");
        return this.clone({
            ...def,
            items: def.items.map((item) => new ZodOptional({ type: "optional", innerType: item })),
        });
    },
});
function tuple(items, _paramsOrRest, _params) {
    const hasRest = _paramsOrRest instanceof core.$ZodType;
    const params = hasRest ? _params : _paramsOrRest;
    const rest = hasRest ? _paramsOrRest : null;
    return new ZodTuple({
        type: "tuple",
        items: items,
        rest,
        ...util.normalizeParams(params),
    });
}
const ZodRecord = /*@__PURE__*/ (/* unused pure expression or super */ null && (core.$constructor("ZodRecord", (inst, def) => {
    _ensureDefaultMemoizer();
    core.$ZodRecord.init(inst, def);
    ZodType.init(inst, def);
    inst._zod.processJSONSchema = (ctx, json, params) => processors.recordProcessor(inst, ctx, json, params);
    inst.keyType = def.keyType;
    inst.valueType = def.valueType;
})));
function record(keyType, valueType, params) {
    // v3-compat: z.record(valueType, params?) — defaults keyType to z.string()
    if (!valueType || !valueType._zod) {
        return new ZodRecord({
            type: "record",
            keyType: schemas_string(),
            valueType: keyType,
            ...util.normalizeParams(valueType),
        });
    }
    return new ZodRecord({
        type: "record",
        keyType,
        valueType: valueType,
        ...util.normalizeParams(params),
    });
}
// type alksjf = core.output<core.$ZodRecordKey>;
function partialRecord(keyType, valueType, params) {
    return new ZodRecord({
        type: "record",
        keyType,
        valueType: valueType,
        ...util.normalizeParams(params),
        partial: true,
    });
}
function looseRecord(keyType, valueType, params) {
    return new ZodRecord({
        type: "record",
        keyType,
        valueType: valueType,
        mode: "loose",
        ...util.normalizeParams(params),
    });
}
const ZodMap = /*@__PURE__*/ (/* unused pure expression or super */ null && (core.$constructor("ZodMap", (inst, def) => {
    _ensureDefaultMemoizer();
    core.$ZodMap.init(inst, def);
    ZodType.init(inst, def);
    inst._zod.processJSONSchema = (ctx, json, params) => processors.mapProcessor(inst, ctx, json, params);
    inst.keyType = def.keyType;
    inst.valueType = def.valueType;
    inst.min = (...args) => inst.check(core._minSize(...args));
    inst.nonempty = (params) => inst.check(core._minSize(1, params));
    inst.max = (...args) => inst.check(core._maxSize(...args));
    inst.size = (...args) => inst.check(core._size(...args));
})));
function map(keyType, valueType, params) {
    return new ZodMap({
        type: "map",
        keyType: keyType,
        valueType: valueType,
        ...util.normalizeParams(params),
    });
}
const ZodSet = /*@__PURE__*/ (/* unused pure expression or super */ null && (core.$constructor("ZodSet", (inst, def) => {
    _ensureDefaultMemoizer();
    core.$ZodSet.init(inst, def);
    ZodType.init(inst, def);
    inst._zod.processJSONSchema = (ctx, json, params) => processors.setProcessor(inst, ctx, json, params);
    inst.min = (...args) => inst.check(core._minSize(...args));
    inst.nonempty = (params) => inst.check(core._minSize(1, params));
    inst.max = (...args) => inst.check(core._maxSize(...args));
    inst.size = (...args) => inst.check(core._size(...args));
})));
function set(valueType, params) {
    return new ZodSet({
        type: "set",
        valueType: valueType,
        ...util.normalizeParams(params),
    });
}
const ZodEnum = /*@__PURE__*/ $constructor("ZodEnum", (inst, def) => {
    $ZodEnum.init(inst, def);
    ZodType.init(inst, def);
    inst._zod.processJSONSchema = (ctx, json, params) => enumProcessor(inst, ctx, json, params);
    inst.enum = def.entries;
    // reuse the parsed value set so a numeric TS enum's reverse-mapping keys stay out
    inst.options = [...inst._zod.values];
    const keys = new Set(Object.keys(def.entries));
    inst.extract = (values, params) => {
        const newEntries = {};
        for (const value of values) {
            if (keys.has(value)) {
                newEntries[value] = def.entries[value];
            }
            else
                throw new Error(`Key ${value} not found in enum`);
        }
        return new ZodEnum({
            ...def,
            checks: [],
            ...normalizeParams(params),
            entries: newEntries,
        });
    };
    inst.exclude = (values, params) => {
        const newEntries = { ...def.entries };
        for (const value of values) {
            if (keys.has(value)) {
                delete newEntries[value];
            }
            else
                throw new Error(`Key ${value} not found in enum`);
        }
        return new ZodEnum({
            ...def,
            checks: [],
            ...normalizeParams(params),
            entries: newEntries,
        });
    };
});
function schemas_enum(values, params) {
    const entries = Array.isArray(values) ? Object.fromEntries(values.map((v) => [v, v])) : values;
    return new ZodEnum({
        type: "enum",
        entries,
        ...normalizeParams(params),
    });
}

/** @deprecated This API has been merged into `z.enum()`. Use `z.enum()` instead.
 *
 * ```ts
 * enum Colors { red, green, blue }
 * z.enum(Colors);
 * ```
 */
function nativeEnum(entries, params) {
    return new ZodEnum({
        type: "enum",
        entries,
        ...util.normalizeParams(params),
    });
}
const ZodLiteral = /*@__PURE__*/ $constructor("ZodLiteral", (inst, def) => {
    $ZodLiteral.init(inst, def);
    ZodType.init(inst, def);
    inst._zod.processJSONSchema = (ctx, json, params) => literalProcessor(inst, ctx, json, params);
    inst.values = new Set(def.values);
    Object.defineProperty(inst, "value", {
        get() {
            if (def.values.length > 1) {
                throw new Error("This schema contains multiple valid literal values. Use `.values` instead.");
            }
            return def.values[0];
        },
    });
});
function literal(value, params) {
    return new ZodLiteral({
        type: "literal",
        values: Array.isArray(value) ? value : [value],
        ...normalizeParams(params),
    });
}
const ZodFile = /*@__PURE__*/ (/* unused pure expression or super */ null && (core.$constructor("ZodFile", (inst, def) => {
    core.$ZodFile.init(inst, def);
    ZodType.init(inst, def);
    inst._zod.processJSONSchema = (ctx, json, params) => processors.fileProcessor(inst, ctx, json, params);
    inst.min = (size, params) => inst.check(core._minSize(size, params));
    inst.max = (size, params) => inst.check(core._maxSize(size, params));
    inst.mime = (types, params) => inst.check(core._mime(Array.isArray(types) ? types : [types], params));
})));
function file(params) {
    return core._file(ZodFile, params);
}
const ZodTransform = /*@__PURE__*/ $constructor("ZodTransform", (inst, def) => {
    _ensureDefaultMemoizer();
    $ZodTransform.init(inst, def);
    ZodType.init(inst, def);
    inst._zod.processJSONSchema = (ctx, json, params) => transformProcessor(inst, ctx, json, params);
    inst._zod.parse = (payload, _ctx) => {
        if (_ctx.direction === "backward") {
            throw new $ZodEncodeError(inst.constructor.name);
        }
        payload.addIssue = (issue) => {
            if (typeof issue === "string") {
                payload.issues.push(util_issue(issue, payload.value, def));
            }
            else {
                // for Zod 3 backwards compatibility
                const _issue = issue;
                if (_issue.fatal)
                    _issue.continue = false;
                _issue.code ?? (_issue.code = "custom");
                if (!("input" in _issue))
                    _issue.input = payload.value;
                _issue.inst ?? (_issue.inst = inst);
                // _issue.continue ??= true;
                payload.issues.push(util_issue(_issue));
            }
        };
        const output = def.transform(payload.value, payload);
        if (output instanceof Promise) {
            return output.then((output) => {
                payload.value = output;
                return payload;
            });
        }
        payload.value = output;
        return payload;
    };
});
function transform(fn) {
    return new ZodTransform({
        type: "transform",
        transform: fn,
    });
}
const ZodOptional = /*@__PURE__*/ $constructor("ZodOptional", (inst, def) => {
    $ZodOptional.init(inst, def);
    ZodType.init(inst, def);
    inst._zod.processJSONSchema = (ctx, json, params) => optionalProcessor(inst, ctx, json, params);
    inst.unwrap = () => inst._zod.def.innerType;
});
function optional(innerType) {
    return new ZodOptional({
        type: "optional",
        innerType: innerType,
    });
}
const ZodExactOptional = /*@__PURE__*/ $constructor("ZodExactOptional", (inst, def) => {
    $ZodExactOptional.init(inst, def);
    ZodType.init(inst, def);
    inst._zod.processJSONSchema = (ctx, json, params) => optionalProcessor(inst, ctx, json, params);
    inst.unwrap = () => inst._zod.def.innerType;
});
function exactOptional(innerType) {
    return new ZodExactOptional({
        type: "optional",
        innerType: innerType,
    });
}
const ZodNullable = /*@__PURE__*/ $constructor("ZodNullable", (inst, def) => {
    $ZodNullable.init(inst, def);
    ZodType.init(inst, def);
    inst._zod.processJSONSchema = (ctx, json, params) => nullableProcessor(inst, ctx, json, params);
    inst.unwrap = () => inst._zod.def.innerType;
});
function nullable(innerType) {
    return new ZodNullable({
        type: "nullable",
        innerType: innerType,
    });
}
// nullish
function schemas_nullish(innerType) {
    return optional(nullable(innerType));
}
const ZodDefault = /*@__PURE__*/ $constructor("ZodDefault", (inst, def) => {
    $ZodDefault.init(inst, def);
    ZodType.init(inst, def);
    inst._zod.processJSONSchema = (ctx, json, params) => defaultProcessor(inst, ctx, json, params);
    inst.unwrap = () => inst._zod.def.innerType;
    inst.removeDefault = inst.unwrap;
});
function schemas_default(innerType, defaultValue) {
    return new ZodDefault({
        type: "default",
        innerType: innerType,
        get defaultValue() {
            return typeof defaultValue === "function" ? defaultValue() : shallowClone(defaultValue);
        },
    });
}
const ZodPrefault = /*@__PURE__*/ $constructor("ZodPrefault", (inst, def) => {
    $ZodPrefault.init(inst, def);
    ZodType.init(inst, def);
    inst._zod.processJSONSchema = (ctx, json, params) => prefaultProcessor(inst, ctx, json, params);
    inst.unwrap = () => inst._zod.def.innerType;
});
function prefault(innerType, defaultValue) {
    return new ZodPrefault({
        type: "prefault",
        innerType: innerType,
        get defaultValue() {
            return typeof defaultValue === "function" ? defaultValue() : shallowClone(defaultValue);
        },
    });
}
const ZodNonOptional = /*@__PURE__*/ $constructor("ZodNonOptional", (inst, def) => {
    $ZodNonOptional.init(inst, def);
    ZodType.init(inst, def);
    inst._zod.processJSONSchema = (ctx, json, params) => nonoptionalProcessor(inst, ctx, json, params);
    inst.unwrap = () => inst._zod.def.innerType;
});
function nonoptional(innerType, params) {
    return new ZodNonOptional({
        type: "nonoptional",
        innerType: innerType,
        ...normalizeParams(params),
    });
}
const ZodSuccess = /*@__PURE__*/ (/* unused pure expression or super */ null && (core.$constructor("ZodSuccess", (inst, def) => {
    core.$ZodSuccess.init(inst, def);
    ZodType.init(inst, def);
    inst._zod.processJSONSchema = (ctx, json, params) => processors.successProcessor(inst, ctx, json, params);
    inst.unwrap = () => inst._zod.def.innerType;
})));
function success(innerType) {
    return new ZodSuccess({
        type: "success",
        innerType: innerType,
    });
}
const ZodCatch = /*@__PURE__*/ $constructor("ZodCatch", (inst, def) => {
    $ZodCatch.init(inst, def);
    ZodType.init(inst, def);
    inst._zod.processJSONSchema = (ctx, json, params) => catchProcessor(inst, ctx, json, params);
    inst.unwrap = () => inst._zod.def.innerType;
    inst.removeCatch = inst.unwrap;
});
function schemas_catch(innerType, catchValue) {
    return new ZodCatch({
        type: "catch",
        innerType: innerType,
        catchValue: (typeof catchValue === "function" ? catchValue : constantCatch(catchValue)),
    });
}

const ZodNaN = /*@__PURE__*/ (/* unused pure expression or super */ null && (core.$constructor("ZodNaN", (inst, def) => {
    core.$ZodNaN.init(inst, def);
    ZodType.init(inst, def);
    inst._zod.processJSONSchema = (ctx, json, params) => processors.nanProcessor(inst, ctx, json, params);
})));
function nan(params) {
    return core._nan(ZodNaN, params);
}
const ZodPipe = /*@__PURE__*/ $constructor("ZodPipe", (inst, def) => {
    $ZodPipe.init(inst, def);
    ZodType.init(inst, def);
    inst._zod.processJSONSchema = (ctx, json, params) => pipeProcessor(inst, ctx, json, params);
    inst.in = def.in;
    inst.out = def.out;
});
function pipe(in_, out) {
    return new ZodPipe({
        type: "pipe",
        in: in_,
        out: out,
        // ...util.normalizeParams(params),
    });
}
const ZodCodec = /*@__PURE__*/ (/* unused pure expression or super */ null && (core.$constructor("ZodCodec", (inst, def) => {
    ZodPipe.init(inst, def);
    core.$ZodCodec.init(inst, def);
})));
function codec(in_, out, params) {
    return new ZodCodec({
        type: "pipe",
        in: in_,
        out: out,
        transform: params.decode,
        reverseTransform: params.encode,
    });
}
function invertCodec(codec) {
    const def = codec._zod.def;
    return new ZodCodec({
        type: "pipe",
        in: def.out,
        out: def.in,
        transform: def.reverseTransform,
        reverseTransform: def.transform,
    });
}
const ZodPreprocess = /*@__PURE__*/ (/* unused pure expression or super */ null && (core.$constructor("ZodPreprocess", (inst, def) => {
    ZodPipe.init(inst, def);
    core.$ZodPreprocess.init(inst, def);
})));
const ZodReadonly = /*@__PURE__*/ $constructor("ZodReadonly", (inst, def) => {
    $ZodReadonly.init(inst, def);
    ZodType.init(inst, def);
    inst._zod.processJSONSchema = (ctx, json, params) => readonlyProcessor(inst, ctx, json, params);
    inst.unwrap = () => inst._zod.def.innerType;
});
function readonly(innerType) {
    return new ZodReadonly({
        type: "readonly",
        innerType: innerType,
    });
}
const ZodTemplateLiteral = /*@__PURE__*/ (/* unused pure expression or super */ null && (core.$constructor("ZodTemplateLiteral", (inst, def) => {
    core.$ZodTemplateLiteral.init(inst, def);
    ZodType.init(inst, def);
    inst._zod.processJSONSchema = (ctx, json, params) => processors.templateLiteralProcessor(inst, ctx, json, params);
})));
function templateLiteral(parts, params) {
    return new ZodTemplateLiteral({
        type: "template_literal",
        parts,
        ...util.normalizeParams(params),
    });
}
const ZodLazy = /*@__PURE__*/ (/* unused pure expression or super */ null && (core.$constructor("ZodLazy", (inst, def) => {
    core.$ZodLazy.init(inst, def);
    ZodType.init(inst, def);
    inst._zod.processJSONSchema = (ctx, json, params) => processors.lazyProcessor(inst, ctx, json, params);
    inst.unwrap = () => inst._zod.def.getter();
})));
function lazy(getter) {
    return new ZodLazy({
        type: "lazy",
        getter: getter,
    });
}
const ZodPromise = /*@__PURE__*/ (/* unused pure expression or super */ null && (core.$constructor("ZodPromise", (inst, def) => {
    core.$ZodPromise.init(inst, def);
    ZodType.init(inst, def);
    inst._zod.processJSONSchema = (ctx, json, params) => processors.promiseProcessor(inst, ctx, json, params);
    inst.unwrap = () => inst._zod.def.innerType;
})));
function promise(innerType) {
    return new ZodPromise({
        type: "promise",
        innerType: innerType,
    });
}
const ZodFunction = /*@__PURE__*/ (/* unused pure expression or super */ null && (core.$constructor("ZodFunction", (inst, def) => {
    core.$ZodFunction.init(inst, def);
    ZodType.init(inst, def);
    inst._zod.processJSONSchema = (ctx, json, params) => processors.functionProcessor(inst, ctx, json, params);
})));
function _function(params) {
    return new ZodFunction({
        type: "function",
        input: Array.isArray(params?.input) ? tuple(params?.input) : (params?.input ?? array(unknown())),
        output: params?.output ?? unknown(),
    });
}

const ZodCustom = /*@__PURE__*/ $constructor("ZodCustom", (inst, def) => {
    $ZodCustom.init(inst, def);
    ZodType.init(inst, def);
    inst._zod.processJSONSchema = (ctx, json, params) => customProcessor(inst, ctx, json, params);
});
// custom checks
function check(fn) {
    const ch = new core.$ZodCheck({
        check: "custom",
        // ...util.normalizeParams(params),
    });
    ch._zod.check = fn;
    return ch;
}
function custom(fn, _params) {
    return core._custom(ZodCustom, fn ?? (() => true), _params);
}
function refine(fn, _params = {}) {
    return _refine(ZodCustom, fn, _params);
}
// superRefine
function superRefine(fn, params) {
    return _superRefine(fn, params);
}
// Re-export describe and meta from core
const schemas_describe = describe;
const schemas_meta = meta;
const ZodInstanceOf = /*@__PURE__*/ $constructor("ZodInstanceOf", (inst, def) => {
    ZodCustom.init(inst, def);
}, {
    properties(shape, params) {
        // asserts in place, so the narrowed output type is truthful without a wrapper
        return this.check(_properties(shape, params));
    },
});
function _instanceof(cls, params = {}) {
    const inst = new ZodInstanceOf({
        type: "custom",
        check: "custom",
        fn: (data) => data instanceof cls,
        abort: true,
        ...util.normalizeParams(params),
    });
    inst._zod.bag.Class = cls;
    // Override check to emit invalid_type instead of custom
    inst._zod.check = (payload) => {
        if (!(payload.value instanceof cls)) {
            payload.issues.push({
                code: "invalid_type",
                expected: cls.name,
                input: payload.value,
                inst,
                path: [...(inst._zod.def.path ?? [])],
            });
        }
    };
    return inst;
}

// stringbool
const stringbool = (...args) => core._stringbool({
    Codec: ZodCodec,
    Boolean: ZodBoolean,
    String: ZodString,
}, ...args);
function json(params) {
    const jsonSchema = lazy(() => {
        return union([schemas_string(params), schemas_number(), schemas_boolean(), schemas_null(), array(jsonSchema), record(schemas_string(), jsonSchema)]);
    });
    return jsonSchema;
}
// preprocess
function preprocess(fn, schema) {
    return new ZodPreprocess({
        type: "pipe",
        in: transform(fn),
        out: schema,
    });
}

;// CONCATENATED MODULE: ./build/model/upstream.js
/** Every fault that a simulated provider can have. */
const PROVIDER_FAULT_NAMES = [
    'status',
    'slow',
    'drip',
    'truncate',
    'cut',
    'reset',
    'silence',
    'malformed-sse',
    'wrong-content-type',
    'wrong-model',
    'wrong-usage',
    'lying-429',
];
/** Which of it goes with which fault. */
const FAULT_FIELDS = {
    status: ['status'],
    slow: ['factor', 'add'],
    drip: ['factor'],
    truncate: ['after'],
    cut: ['after'],
    reset: [],
    silence: [],
    'malformed-sse': [],
    'wrong-content-type': [],
    'wrong-model': [],
    'wrong-usage': ['factor'],
    'lying-429': ['factor'],
};
/** What is said of a fault and does not go with it. */
const strayFields = (fault) => ['status', 'factor', 'add', 'after'].filter((field) => fault[field] !== undefined && !FAULT_FIELDS[fault.name].includes(field));

;// CONCATENATED MODULE: ./build/adapters/provider/control-format.js



/** Where a simulated provider is asked about itself, on its own port; never a path of a model API. */
const CONTROL_PATH = '/_gatemark';
/** Of what is said below that path. Another number is another language. */
const CONTROL_VERSION = 1;
const control_format_time = schemas_number().transform(units_micros);
const control_format_duration = schemas_number().min(0).transform(units_micros);
const share = schemas_number().min(0).max(1).transform(units_ratio);
const control_format_introductionSchema = object({
    kind: literal('gatemark-provider'),
    version: literal(CONTROL_VERSION),
    name: schemas_string(),
    now: control_format_time,
});
const faultSchema = strictObject({
    name: schemas_enum(PROVIDER_FAULT_NAMES),
    share: share.optional(),
    from: control_format_duration.optional(),
    until: control_format_duration.optional(),
    status: schemas_int().min(400).max(599).optional(),
    factor: schemas_number().min(0).max(1_000).optional(),
    add: control_format_duration.optional(),
    after: share.optional(),
})
    .check(({ value, issues }) => {
    for (const field of strayFields(value))
        issues.push({ code: 'custom', path: [field], message: `does not go with ${value.name}`, input: value[field] });
});
/** Planted faults as they come from outside. Times are in µs, as everywhere. */
const faultsSchema = array(faultSchema, 'must be a JSON list of faults')
    .max(100);
const absent = (schema) => schema.optional().transform((value) => value);
const callSchema = object({
    index: schemas_int().min(0),
    received: control_format_time,
    firstByte: absent(control_format_time),
    firstContent: absent(control_format_time),
    end: absent(control_format_time),
    path: schemas_string(),
    api: absent(schemas_enum(['chat', 'responses', 'messages', 'embeddings'])),
    bodyHash: schemas_string(),
    identity: absent(schemas_string()),
    nonces: array(schemas_string()),
    model: absent(schemas_string()),
    usage: absent(object({ prompt: schemas_number(), completion: schemas_number() })),
    stream: schemas_boolean(),
    status: absent(schemas_int()),
    abortedByClient: schemas_boolean(),
    content: absent(schemas_string()),
    contentLength: absent(schemas_int()),
});
/** Answer to `GET /_gatemark/calls`. What a call has not got is absent there. */
const callsSchema = object({
    calls: array(callSchema),
});
/** Answer to `GET /_gatemark/ended`. */
const endedSchema = object({
    calls: array(callSchema),
    next: schemas_int().min(0),
    missed: schemas_int().min(0),
});

;// CONCATENATED MODULE: ./build/adapters/provider/control-client.js


/** For an answer that needs no more than a look into memory. */
const TIMEOUT_MS = 5_000;
/**
 * Asks simulated providers over HTTP, wherever they run: in a thread, another process or a service container. `url` may hold
 * the base path of the API; the control paths are at the root of the same port. Sends nothing until it is asked.
 */
const createInstruments = (providers) => {
    const named = (name) => {
        const provider = providers.find((each) => each.name === name);
        if (provider === undefined)
            throw new errors_GateError('usage', `there is no simulated provider named ${name}`);
        return provider;
    };
    return {
        providers: providers.map(({ name }) => name),
        calls: async ({ provider, since, nonce }) => {
            if (since !== undefined && provider === undefined)
                throw new errors_GateError('usage', 'calls since an index are those of one provider');
            const query = new URLSearchParams();
            if (since !== undefined)
                query.set('since', String(since));
            if (nonce !== undefined)
                query.set('nonce', nonce);
            const asked = provider === undefined ? providers : [named(provider)];
            const lists = await Promise.all(asked.map(async (each) => {
                const { calls } = await ask(each, callsSchema, { path: `/calls?${query}` });
                return calls.map((call) => ({ ...call, provider: each.name }));
            }));
            return lists.flat();
        },
        setFaults: async (provider, faults) => {
            await request(named(provider), { path: '/faults', method: 'PUT', body: JSON.stringify(faults) });
        },
        restoreFaults: async (provider) => {
            await request(named(provider), { path: '/faults', method: 'DELETE' });
        },
    };
};
/**
 * Makes sure that each of them is a simulated provider that can be asked.
 *
 * @throws GateError `unmeasurable` that names the first one that is not.
 */
const greetProviders = async (providers) => {
    await Promise.all(providers.map(async (provider) => {
        try {
            await ask(provider, introductionSchema, { path: '' });
        }
        catch (cause) {
            throw new GateError('unmeasurable', `${provider.name} is no simulated provider: ${cause.message}`, {
                cause,
                hint: `Start one with \`gatemark provider\` so that it listens at the url of providers.${provider.name}, before the run.`,
            });
        }
    }));
};
/** Rejects with `GateError` `io` also when the answer is not what a provider of this version says. */
const ask = async (provider, schema, call) => {
    const response = await request(provider, call);
    const read = schema.safeParse(await response.json().catch(() => undefined));
    if (!read.success)
        throw new errors_GateError('io', `${placeOf(provider, call)} did not answer as a simulated provider does`);
    return read.data;
};
const request = async (provider, call) => {
    const place = placeOf(provider, call);
    const response = await fetch(place, {
        method: call.method ?? 'GET',
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
        ...(call.body === undefined ? {} : { body: call.body, headers: { 'content-type': 'application/json' } }),
    }).catch((cause) => {
        throw new errors_GateError('io', `${place} does not answer (${reasonOf(cause)})`, { cause });
    });
    if (!response.ok)
        throw new errors_GateError('io', `${place} answered with status ${response.status}`);
    return response;
};
const placeOf = ({ url }, { path }) => new URL(url).origin + CONTROL_PATH + path;
/** What fetch says is that it failed; why is one level below. */
const reasonOf = (error) => {
    const { message, cause } = error;
    return cause instanceof Error ? cause.message : message;
};

;// CONCATENATED MODULE: ./build/adapters/provider/monotonic.js

/**
 * The system's monotonic clock in µs. Its origin is shared by every thread of the process (`performance.now()` starts
 * anew in each), so that a provider's log can be set against the load thread's times.
 */
const monotonicNow = () => {
    const [seconds, nanoseconds] = process.hrtime();
    return units_micros(seconds * 1_000_000 + nanoseconds / 1_000);
};

;// CONCATENATED MODULE: ./build/adapters/provider/call-feed.js




/** Few enough that reading one answer does not hold up a thread that has requests to send: under 2 ms. */
const PAGE = 250;
/** Asks simulated providers over HTTP for the calls that ended. Sends nothing until it is opened. */
const createCallFeed = (providers) => {
    const sources = providers.map((provider) => new Source(provider));
    return {
        open: async () => void (await Promise.all(sources.map((source) => source.open()))),
        next: async () => {
            const told = await Promise.all(sources.map((source) => source.next()));
            return {
                calls: told.flatMap(({ calls }) => calls),
                missed: told.reduce((sum, { missed }) => sum + missed, 0),
            };
        },
    };
};
/** One provider, and how far its log has been read. */
class Source {
    #provider;
    #since = 0;
    #shift = 0;
    constructor(provider) {
        this.#provider = provider;
    }
    async open() {
        const asked = monotonicNow();
        const { now } = await ask(this.#provider, control_format_introductionSchema, { path: '' });
        this.#shift = clockShift(now, asked, monotonicNow());
        const { next } = await ask(this.#provider, endedSchema, { path: `/ended?since=${BEYOND}&limit=0` });
        this.#since = next;
    }
    async next() {
        const calls = [];
        let missed = 0;
        for (;;) {
            const path = `/ended?since=${this.#since}&limit=${PAGE}`;
            const page = await ask(this.#provider, endedSchema, { path });
            for (const call of page.calls)
                calls.push(this.#told(call));
            this.#since = page.next;
            missed += page.missed;
            if (page.calls.length < PAGE)
                return { calls, missed };
        }
    }
    #told(call) {
        const on = (time) => (time === undefined ? undefined : units_micros(time - this.#shift));
        return {
            ...call,
            provider: this.#provider.name,
            received: units_micros(call.received - this.#shift),
            firstByte: on(call.firstByte),
            firstContent: on(call.firstContent),
            end: on(call.end),
        };
    }
}
/** A place in the order of ends that no log reaches. */
const BEYOND = 999_999_999_999_999;
/**
 * How far a provider's clock is ahead of ours, µs. It was read between two looks at ours: where it lies between them (give
 * or take their rounding) it is the same clock, as on one machine; else the middle of the looks is the best guess, wrong by
 * up to half their distance.
 */
const clockShift = (now, before, after) => now >= before - 2 && now <= after + 2 ? 0 : now - (before + after) / 2;

;// CONCATENATED MODULE: ./build/config/quantities.js

/** µs a unit, from the longest: the order in which the parts of a compound duration must come. */
const DURATION_UNITS = (/* unused pure expression or super */ null && ([
    ['h', 3_600_000_000],
    ['m', 60_000_000],
    ['s', 1_000_000],
    ['ms', 1_000],
    ['us', 1],
]));
/** Seconds a unit. */
const RATE_UNITS = { s: 1, m: 60, h: 3_600 };
const NUMBER = String.raw `\d+(?:\.\d+)?`;
const DURATION_PART = new RegExp(`^(${NUMBER})(h|ms|m|s|us|µs)`);
const RATE = new RegExp(`^(${NUMBER})(?:\\s*/\\s*(s|m|h))?$`);
const PERCENTAGE = new RegExp(`^(${NUMBER})\\s*(%?)$`);
/**
 * A duration with its unit: `250us`, `300ms`, `2.5s`, `4m`, `1h`, or several parts from the longest unit down, `1m30s`.
 * Rounded to whole µs. Undefined for anything else: a number without a unit has no meaning here.
 */
function quantities_parseDuration(text) {
    let rest = text.trim();
    let total = 0;
    let rank = -1;
    do {
        const [part, amount, unit] = DURATION_PART.exec(rest) ?? [];
        if (part === undefined)
            return undefined;
        const place = DURATION_UNITS.findIndex(([name]) => name === unit?.replace('µ', 'u'));
        if (place <= rank)
            return undefined;
        total += Number(amount) * DURATION_UNITS[place][1];
        rank = place;
        rest = rest.slice(part.length).trimStart();
    } while (rest !== '');
    return total <= Number.MAX_SAFE_INTEGER ? micros(total) : undefined;
}
/** A rate, per second: `20/s`, `600/m`, `36000/h`, or a bare number a second. Undefined when negative or not a rate. */
function quantities_parseRate(value) {
    if (typeof value === 'number')
        return Number.isFinite(value) && value >= 0 ? value : undefined;
    const [whole, amount, unit] = RATE.exec(value.trim()) ?? [];
    return whole === undefined ? undefined : Number(amount) / RATE_UNITS[unit ?? 's'];
}
/** A share: `50%`, or a number from 0 to 1. Undefined outside 0–100 %. */
function quantities_parsePercentage(value) {
    const [whole, amount, percent] = PERCENTAGE.exec(String(value).trim()) ?? [];
    if (whole === undefined)
        return undefined;
    // Shifted as a decimal, so that 99.9 % is 0.999 and not 0.9990000000000001.
    const share = percent === '%' ? Number(`${amount}e-2`) : Number(amount);
    return share <= 1 ? ratio(share) : undefined;
}
/** A pause between two durations, `1s..3s`, or of one length, `2s`. Undefined when they are not in order. */
function parseDurationRange(text) {
    const [low, high, ...more] = text.split('..');
    const min = quantities_parseDuration(low);
    const max = high === undefined ? min : quantities_parseDuration(high);
    if (min === undefined || max === undefined || more.length > 0 || min > max)
        return undefined;
    return { min, max };
}
/** A duration in the shortest notation that `parseDuration` reads back exactly: `250us`, `12.5ms`, `2.5s`, `1m30s`. */
function quantities_formatDuration(duration) {
    if (duration < 1_000)
        return duration === 0 ? '0s' : `${duration}us`;
    if (duration < 1_000_000)
        return `${duration / 1_000}ms`;
    const hours = Math.floor(duration / 3_600_000_000);
    const minutes = Math.floor((duration % 3_600_000_000) / 60_000_000);
    const seconds = (duration % 60_000_000) / 1_000_000;
    return [hours > 0 ? `${hours}h` : '', minutes > 0 ? `${minutes}m` : '', seconds > 0 ? `${seconds}s` : ''].join('');
}
/** A rate in words: a second (`20/s`), and where that is below one, a minute or an hour (`6/m`). At most three decimals. */
function formatRate(perSecond) {
    const [unit, size] = perSecond >= 1 || perSecond === 0 ? ['s', 1] : perSecond >= 1 / 60 ? ['m', 60] : ['h', 3_600];
    return `${Number((perSecond * Number(size)).toFixed(3))}/${unit}`;
}

;// CONCATENATED MODULE: ./build/plan/budget.js



/**
 * What a run may still spend. Every request asks first, so that no bound is ever passed: at most `requests` are admitted,
 * at most `concurrency` are in flight, none is admitted `duration` after the first one or later, and the tokens spent plus
 * those reserved for requests in flight stay within `tokens` as long as no request costs more than it reserved. Times are
 * from one monotonic clock, any origin.
 */
class Budget {
    #bounds;
    #startedAt;
    #lastNow;
    #admitted = 0;
    #inFlight = 0;
    #peak = 0;
    #spent = 0;
    #reserved = 0;
    constructor(bounds) {
        this.#bounds = bounds;
    }
    /**
     * Asks for one request that costs `worstTokens` at most. `send` counts it as sent and in flight, reserves its tokens, and
     * starts the clock of `duration` if it is the first; it must be followed by one `finish`. A `drop` is final: no later
     * moment could admit it.
     */
    admit(now, worstTokens) {
        this.#lastNow = now;
        if (this.#isOver(now))
            return { kind: 'drop', bound: 'duration' };
        if (this.#admitted >= this.#bounds.requests)
            return { kind: 'drop', bound: 'requests' };
        const tokens = this.#bounds.tokens ?? Number.POSITIVE_INFINITY;
        // What is spent stays spent; only reservations can come back.
        if (this.#spent + worstTokens > tokens)
            return { kind: 'drop', bound: 'tokens' };
        if (this.#inFlight >= this.#bounds.concurrency)
            return { kind: 'wait' };
        if (this.#spent + this.#reserved + worstTokens > tokens)
            return { kind: 'wait' };
        this.#send(now, worstTokens);
        return { kind: 'send' };
    }
    /**
     * Gives back what a request reserved and books what it cost; `actualTokens` undefined books the whole reservation.
     * Throws `GateError` `internal` when nothing is in flight.
     */
    finish(actualTokens, reserved) {
        if (this.#inFlight === 0)
            throw new errors_GateError('internal', 'a request finished that was never admitted');
        this.#inFlight -= 1;
        this.#reserved -= reserved;
        this.#spent += actualTokens ?? reserved;
    }
    /** Whether any request, however cheap, could be admitted now or after waiting. */
    canStill(now) {
        this.#lastNow = now;
        const { requests, tokens } = this.#bounds;
        return !this.#isOver(now) && this.#admitted < requests && (tokens === undefined || this.#spent < tokens);
    }
    /** When the first request was admitted; undefined before it. */
    get startedAt() {
        return this.#startedAt;
    }
    /** Requests admitted and not finished. */
    get inFlight() {
        return this.#inFlight;
    }
    /** What was used so far; `duration` runs from the first admission to the last time that the budget was asked at. */
    get used() {
        const duration = this.#startedAt === undefined ? 0 : this.#lastNow - this.#startedAt;
        return { requests: this.#admitted, duration: units_micros(duration), concurrency: this.#peak, tokens: this.#spent };
    }
    #isOver(now) {
        return this.#startedAt !== undefined && now - this.#startedAt >= this.#bounds.duration;
    }
    #send(now, worstTokens) {
        this.#startedAt ??= now;
        this.#admitted += 1;
        this.#inFlight += 1;
        this.#peak = Math.max(this.#peak, this.#inFlight);
        this.#reserved += worstTokens;
    }
}
/** What is left of the bounds after something was used; none of them below 0. */
const leftOf = (bounds, used) => ({
    ...bounds,
    requests: Math.max(0, bounds.requests - used.requests),
    duration: micros(Math.max(0, bounds.duration - used.duration)),
    tokens: bounds.tokens === undefined ? undefined : Math.max(0, bounds.tokens - used.tokens),
});
/** The breaker looks back over this many whole slices of `over` and the one under way. */
const SLICES = 50;
/** Requests that must have finished in the window before its error rate means anything. */
const MIN_FINISHED = 10;
/**
 * Ends a burst against a gateway that is down. Trips, and stays so, when the error rate of the requests that finished in the
 * last `over` (to within 2 %) is at or above `errorRate`; not before `over` has passed since the first one, and never on fewer than ten.
 * Times are from one monotonic clock and do not go back.
 */
class Breaker {
    #abort;
    #slices = Array.from({ length: SLICES + 1 }, () => ({ number: -1, finished: 0, errors: 0 }));
    #firstAt;
    #reason;
    /** Without `abort` it never trips. */
    constructor(abort) {
        this.#abort = abort;
    }
    /** Notes that a request finished. Throttled ones are no errors. */
    record(now, isError) {
        if (this.#abort === undefined)
            return;
        this.#firstAt ??= now;
        const number = this.#sliceNumber(now, this.#abort.over);
        const slice = this.#slices[number % (SLICES + 1)];
        if (slice.number !== number)
            Object.assign(slice, { number, finished: 0, errors: 0 });
        slice.finished += 1;
        if (isError)
            slice.errors += 1;
    }
    /** Why the burst must end, in a sentence; undefined while it may go on. */
    tripped(now) {
        if (this.#reason === undefined)
            this.#reason = this.#judge(now);
        return this.#reason;
    }
    #judge(now) {
        if (this.#abort === undefined || this.#firstAt === undefined)
            return undefined;
        const { over, errorRate } = this.#abort;
        if (now - this.#firstAt < over)
            return undefined;
        const oldest = this.#sliceNumber(now, over) - SLICES;
        let [finished, errors] = [0, 0];
        for (const slice of this.#slices) {
            if (slice.number >= oldest)
                [finished, errors] = [finished + slice.finished, errors + slice.errors];
        }
        if (finished < MIN_FINISHED || errors < errorRate * finished)
            return undefined;
        return `${errors} of ${finished} requests failed in the last ${quantities_formatDuration(over)}, which is at or above the limit of ${Number((errorRate * 100).toFixed(3))}%`;
    }
    #sliceNumber(now, over) {
        return Math.floor(((now - this.#firstAt) * SLICES) / over);
    }
}

;// CONCATENATED MODULE: ./build/config/random.js
const rotateLeft = (value, by) => (value << by) | (value >>> (32 - by));
/**
 * xoshiro128** 1.1 (Blackman and Vigna, "Scrambled linear pseudorandom number generators", 2021): 128 bits of state, period
 * 2^128 − 1, passes BigCrush. Not for secrets.
 */
class Xoshiro128 {
    #a;
    #b;
    #c;
    #d;
    constructor([a, b, c, d]) {
        this.#a = a;
        this.#b = b;
        this.#c = c;
        // The one state from which the generator never leaves is all zeros.
        this.#d = (a | b | c | d) === 0 ? 1 : d;
    }
    /** The next 32 bits, as an unsigned number. */
    word() {
        const result = Math.imul(rotateLeft(Math.imul(this.#b, 5), 7), 9) >>> 0;
        const shifted = this.#b << 9;
        this.#c ^= this.#a;
        this.#d ^= this.#b;
        this.#b ^= this.#c;
        this.#a ^= this.#d;
        this.#c ^= shifted;
        this.#d = rotateLeft(this.#d, 11);
        return result;
    }
    next() {
        const high = this.word() >>> 5;
        const low = this.word() >>> 6;
        return (high * 0x4000000 + low) / 0x20000000000000;
    }
    int(min, max) {
        return min + Math.floor(this.next() * (max - min + 1));
    }
}
/** MurmurHash3's 32-bit finalizer (Appleby, public domain): a bijection of 32-bit words in which every bit depends on every bit. */
const mixBits = (word) => {
    let mixed = word ^ (word >>> 16);
    mixed = Math.imul(mixed, 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return (mixed ^ (mixed >>> 16)) >>> 0;
};
/** MurmurHash3 x86_32 (Appleby, public domain) of the text's UTF-8 bytes, as an unsigned number. */
function hashText(text, seed) {
    const bytes = new TextEncoder().encode(text);
    const body = bytes.length - (bytes.length % 4);
    let hash = seed;
    for (let at = 0; at < body; at += 4) {
        hash = rotateLeft(hash ^ scramble(littleEndian(bytes, at, 4)), 13);
        hash = (Math.imul(hash, 5) + 0xe6546b64) | 0;
    }
    if (body < bytes.length)
        hash ^= scramble(littleEndian(bytes, body, bytes.length - body));
    return mixBits(hash ^ bytes.length);
}
const scramble = (word) => Math.imul(rotateLeft(Math.imul(word, 0xcc9e2d51), 15), 0x1b873593);
function littleEndian(bytes, at, count) {
    let word = 0;
    for (let byte = 0; byte < count; byte += 1)
        word |= bytes[at + byte] << (8 * byte);
    return word;
}
/** 128 bits of a text: its hash under four unlike seeds. */
const hashWords = (text) => [
    hashText(text, 0x9e3779b9),
    hashText(text, 0x243f6a88),
    hashText(text, 0xb7e15162),
    hashText(text, 0x6a09e667),
];
/** One name of two parts that no other two parts have. */
const seedOf = (seed, part) => `${seed}\u0000${part}`;
/** The stream of a seed. Any text is a seed, the empty one as well. */
const createRandom = (seed) => new Xoshiro128(hashWords(seed));
/**
 * The streams of a scenario's requests, by request index (a whole number below 2^32). A request's stream does not depend on
 * any other request's, so that two gateways, or two shards, are sent the same request i. Hashes the names once: a stream
 * costs four word mixes, not four hashes of text.
 */
function createRequestRandoms(seed, scenario) {
    const [a, b, c, d] = hashWords(seedOf(seed, scenario));
    return (index) => {
        const mixed = mixBits(index ^ a);
        return new Xoshiro128([mixed, mixBits(mixed ^ b), mixBits((mixed + c) | 0), mixBits(index ^ d)]);
    };
}
/** The stream of one request; see `createRequestRandoms`, which is cheaper for many. */
const requestRandom = (seed, scenario, index) => createRequestRandoms(seed, scenario)(index);
/** The generator itself from a given state, for comparison with its published sequence. */
const generatorFrom = (state) => new Xoshiro128(state);

;// CONCATENATED MODULE: ./build/plan/rate-curve.js
/** The area under a leg: for a rate, the arrivals expected in it. */
const areaOf = ({ from, to, seconds }) => ((from + to) / 2) * seconds;
/** Area that sums of floats may be off by; far below one arrival. */
const ROUNDING = 1e-9;
/**
 * The time at which the area under a curve reaches a given value; seconds from the curve's start. Asked in ascending order,
 * as a cursor moves over the legs; undefined past the whole area. Each answer is computed from its own leg in closed
 * form, so that no error adds up over a million arrivals.
 */
function createAreaInverse(legs) {
    let index = 0;
    let areaBefore = 0;
    let secondsBefore = 0;
    return (area) => {
        for (let leg = legs[index]; leg !== undefined; leg = legs[index]) {
            const within = area - areaBefore;
            if (leg.seconds > 0 && within <= areaOf(leg) + ROUNDING)
                return secondsBefore + secondsToArea(leg, within);
            areaBefore += areaOf(leg);
            secondsBefore += leg.seconds;
            index += 1;
        }
        return undefined;
    };
}
/**
 * Solves from·t + slope·t²/2 = area for t. Of the two forms of the root, the one that divides by the sum: it has no
 * cancellation and also holds for a flat leg and for one that starts at 0.
 */
function secondsToArea({ from, to, seconds }, area) {
    if (area <= 0)
        return 0;
    const slope = (to - from) / seconds;
    const levelThere = Math.sqrt(Math.max(0, from * from + 2 * slope * area));
    return Math.min(seconds, (2 * area) / (from + levelThere));
}
/** The level at a time; at a jump the later one. Undefined before the start and at or after the end. */
function levelAt(legs, seconds) {
    if (seconds < 0)
        return undefined;
    let before = 0;
    for (const leg of legs) {
        const within = seconds - before;
        if (within < leg.seconds)
            return leg.from + ((leg.to - leg.from) * within) / leg.seconds;
        before += leg.seconds;
    }
    return undefined;
}

;// CONCATENATED MODULE: ./build/plan/schedule.js



/** Whether arrivals come from a schedule (rates) rather than from users. */
const schedule_isOpen = (arrival) => arrival.kind === 'constant-rate' || arrival.kind === 'ramping-rate' || arrival.kind === 'steps';
/**
 * The schedule of an open arrival. Arrival i starts where the area under the rate curve, warm-up included, reaches i + ½
 * (the area is what k6's ramping-arrival-rate uses; the half puts each arrival into the middle of its share, so that
 * a phase with area N has N arrivals and none lies on an edge). In a Poisson process it is where the area reaches the
 * sum of i + 1 unit exponentials (time change of a unit-rate process).
 *
 * The warm-up runs at the arrival's first level. A ramp that starts at 0 has no level there: its warm-up runs at half of
 * what its first stage with any load leads to, the mean of that stage.
 *
 * `seed` should name the load as well as the run; it matters for Poisson processes only.
 */
function createSchedule(options) {
    const { arrival, warmup, seed } = options;
    const legs = legsOf(arrival, warmup);
    const area = legs.reduce((sum, leg) => sum + areaOf(leg), 0);
    const end = units_micros(warmup + schedule_arrivalDuration(arrival));
    const total = Math.round(area);
    const isPoisson = arrival.kind !== 'steps' && arrival.process === 'poisson';
    const areas = isPoisson ? poissonAreas(area, seed) : uniformAreas(total);
    const secondsAt = createAreaInverse(legs);
    const next = () => {
        const reached = areas();
        const seconds = reached === undefined ? undefined : secondsAt(reached);
        return seconds === undefined ? undefined : units_micros(Math.min(Math.round(seconds * 1_000_000), end - 1));
    };
    return { next, total, end };
}
function uniformAreas(total) {
    let index = 0;
    return () => {
        if (index >= total)
            return undefined;
        index += 1;
        return index - 0.5;
    };
}
function poissonAreas(area, seed) {
    const random = createRandom(seed);
    let reached = 0;
    return () => {
        if (reached < area)
            reached -= Math.log(1 - random.next());
        return reached < area ? reached : undefined;
    };
}
/** The level over time, warm-up first: requests a second, or users. */
function legsOf(arrival, warmup) {
    const measured = measuredLegs(arrival);
    const first = firstLevel(arrival);
    return warmup > 0 ? [{ from: first, to: first, seconds: toSeconds(warmup) }, ...measured] : measured;
}
function measuredLegs(arrival) {
    switch (arrival.kind) {
        case 'constant-rate':
            return [flat(arrival.rate, arrival.duration)];
        case 'constant-users':
            return [flat(arrival.users, arrival.duration)];
        case 'steps':
            return stepRates(arrival).map((rate) => flat(rate, arrival.hold));
        case 'ramping-rate':
        case 'ramping-users':
            return rampLegs(arrival.stages);
    }
}
const flat = (level, duration) => ({ from: level, to: level, seconds: toSeconds(duration) });
const rampLegs = (stages) => stages.map((stage, index) => ({ from: stages[index - 1]?.to ?? 0, to: stage.to, seconds: toSeconds(stage.over) }));
function firstLevel(arrival) {
    const legs = measuredLegs(arrival).filter((leg) => leg.seconds > 0 && leg.from + leg.to > 0);
    const [leg] = legs;
    if (leg === undefined)
        return 0;
    return leg.from > 0 ? leg.from : leg.to / 2;
}
/** Length of the measured phase. */
function schedule_arrivalDuration(arrival) {
    switch (arrival.kind) {
        case 'constant-rate':
        case 'constant-users':
            return arrival.duration;
        case 'steps':
            return units_micros(stepRates(arrival).length * arrival.hold);
        case 'ramping-rate':
        case 'ramping-users':
            return units_micros(arrival.stages.reduce((sum, stage) => sum + stage.over, 0));
    }
}
/** The rate of each step, requests a second: from `from` by `by`, none above `to`. */
function stepRates({ from, to, by }) {
    // Without the small allowance, 0.1 to 0.3 by 0.1 would lose its last step to rounding.
    const count = by > 0 ? Math.max(0, Math.floor((to - from) / by + 1e-9)) + 1 : 1;
    return Array.from({ length: count }, (_, step) => from + step * by);
}
/**
 * How many users there are, whole: at `offset` µs from the start of the measured phase, negative in the warm-up. The warm-up has
 * the first level (of a ramp from 0, half of what its first stage leads to, at least one); after the end there are none.
 */
function usersAt(arrival, offset) {
    if (offset < 0)
        return Math.ceil(firstLevel(arrival));
    return Math.round(levelAt(measuredLegs(arrival), toSeconds(offset)) ?? 0);
}
/**
 * Requests of a load, warm-up included: of an open arrival its total. Of users, each of whom sends one request a cycle of mean
 * think time and `latency` (the mean; 0 = the most there can be), rounded up; undefined when that cycle has no length.
 */
function expectedRequests(arrival, warmup, latency = units_micros(0)) {
    const area = legsOf(arrival, warmup).reduce((sum, leg) => sum + areaOf(leg), 0);
    if (schedule_isOpen(arrival))
        return Math.round(area);
    const cycle = toSeconds(units_micros((arrival.think.min + arrival.think.max) / 2 + latency));
    return cycle > 0 ? Math.ceil(area / cycle) : undefined;
}
/** The block of `blocks` equal ones, 0-based, in which an offset from the start of the measured phase lies; see `BlockGrid.indexAt`. */
function blockOf(offset, measuredDuration, blocks) {
    if (offset < 0)
        return -1;
    return Math.min(blocks - 1, Math.floor((offset * blocks) / measuredDuration));
}
/** The blocks of a load: as many as it says, but one a step for an arrival in steps. */
function createBlockGrid(load) {
    const duration = schedule_arrivalDuration(load.arrival);
    const count = load.arrival.kind === 'steps' ? stepRates(load.arrival).length : load.blocks;
    const startOf = (index) => units_micros(Math.ceil((index * duration) / count));
    return {
        count,
        indexAt: (offset) => blockOf(offset, duration, count),
        startOf,
        durationOf: (index) => units_micros(startOf(index + 1) - startOf(index)),
    };
}

;// CONCATENATED MODULE: ./build/load/closed-driver.js



/** How often the number of users follows a ramp. */
const RAMP_STEP = fromMillis(50);
/**
 * Users who send, wait for the answer, think, and send again. The first ones start spread over one mean think time, so that
 * they do not march in step; those whom a ramp adds start at once. Users whom a ramp takes away leave after their
 * answer. Every user thinks by its own seeded stream.
 */
class ClosedDriver {
    load;
    #parts;
    #arrival;
    #randoms;
    /** By number; those of other shares are absent. */
    #users = [];
    #wanted = 0;
    /** Users who think or wait for an answer. */
    #present = 0;
    /** Users without think time who have their answers. */
    #ready = [];
    #onTurn = () => this.#sendReady();
    #cancelRamp;
    #stopped = false;
    constructor(parts, arrival, seed) {
        this.load = parts.load;
        this.#parts = parts;
        this.#arrival = arrival;
        this.#randoms = createRequestRandoms(seed, seedOf('users', parts.load.plan.name));
    }
    start() {
        const { think } = this.#arrival;
        this.#follow((user, wanted) => ((think.min + think.max) / 2) * (user / wanted));
    }
    stop() {
        this.#stopped = true;
        this.#cancelRamp?.();
        for (const user of this.#users)
            user?.leave();
    }
    hasMore() {
        if (this.#stopped)
            return false;
        return this.load.startedAt === undefined || this.#parts.clock.now() < this.load.end;
    }
    /** Users have no schedule: who was not released was never there. */
    countRemaining() { }
    get isStopped() {
        return this.#stopped;
    }
    /** Whether the user of that number is to go on. */
    wants(user) {
        return !this.#stopped && user < this.#wanted;
    }
    thinkTime(random) {
        const { min, max } = this.#arrival.think;
        return units_micros(min + random.next() * (max - min));
    }
    /**
     * A user goes on at once, in one turn of the event loop with all others who are ready: requests that are written one right
     * behind the other find the gateway awake, and cost each a third less than one by one.
     */
    ready(user) {
        const { clock } = this.#parts;
        if (this.#ready.length === 0)
            clock.schedule(clock.now(), this.#onTurn);
        this.#ready.push(user);
    }
    came() {
        this.#present += 1;
    }
    left() {
        this.#present -= 1;
        this.checkDone();
    }
    checkDone() {
        if (this.#present > 0 || this.load.open > 0)
            return;
        if (this.#stopped || this.#cancelRamp === undefined)
            this.#parts.onDone();
    }
    /** Brings the number of users to what the arrival says now. `delay`: µs until a user who joins sends its first request. */
    #follow(delay) {
        const now = this.#parts.clock.now();
        this.#cancelRamp = undefined;
        this.#wanted = now >= this.load.end ? 0 : usersAt(this.#arrival, units_micros(now - this.load.measuredFrom));
        // A ramp goes on from the end of the warm-up, so the loop below must not end the load before it is there.
        if (isRamp(this.#arrival) && now < this.load.end)
            this.#cancelRamp = this.#parts.clock.schedule(units_micros(now + RAMP_STEP), () => this.#follow(() => 0));
        for (let number = 0; number < this.#wanted; number++)
            if (this.load.isOurUser(number))
                this.#user(number).join(units_micros(now + delay(number, this.#wanted)));
        for (const user of this.#users.slice(this.#wanted))
            user?.leave();
        this.checkDone();
    }
    #sendReady() {
        const users = this.#ready;
        this.#ready = [];
        for (const user of users)
            user.prepare();
        for (const user of users)
            user.send();
    }
    #user(number) {
        this.#users[number] ??= new User(number, this, this.#parts, this.#randoms(number));
        return this.#users[number];
    }
}
const isRamp = (arrival) => arrival.kind === 'ramping-users';
/** One user: away, thinking, or waiting for an answer. */
class User {
    #number;
    #driver;
    #parts;
    #random;
    #state = 'away';
    #next;
    /** Since when it waits for its turn to go on, without think time. */
    #readyAt;
    #cancelTimer;
    constructor(number, driver, parts, random) {
        this.#number = number;
        this.#driver = driver;
        this.#parts = parts;
        this.#random = random;
    }
    /** Comes, if away, to send its first request at `at`. */
    join(at) {
        if (this.#state !== 'away')
            return;
        this.#state = 'thinking';
        this.#driver.came();
        this.#sendAt(at);
    }
    /** Goes: at once when thinking, else after its answer. */
    leave() {
        if (this.#state !== 'thinking')
            return;
        this.#cancelTimer?.();
        this.#readyAt = undefined;
        this.#next = undefined;
        this.#goAway();
    }
    answered(_flight, at) {
        this.#state = 'thinking';
        if (!this.#driver.wants(this.#number)) {
            this.#goAway();
            return;
        }
        const think = this.#driver.thinkTime(this.#random);
        if (think > 0)
            this.#sendAt(units_micros(at + think));
        else {
            this.#readyAt = at;
            this.#driver.ready(this);
        }
    }
    settled() {
        this.#parts.load.open -= 1;
        this.#driver.checkDone();
    }
    /** Renders the request of a user who is ready, unless it has left. */
    prepare() {
        const at = this.#readyAt;
        this.#readyAt = undefined;
        if (at !== undefined)
            this.#next = this.#create(at);
    }
    /** Sends what `prepare` has rendered, unless the user has left. */
    send() {
        const next = this.#next;
        this.#next = undefined;
        if (next === undefined)
            return;
        this.#state = 'waiting';
        this.#parts.load.open += 1;
        this.#parts.release(next);
    }
    #goAway() {
        this.#state = 'away';
        this.#driver.left();
    }
    #sendAt(at) {
        this.#next = this.#create(at);
        if (this.#next !== undefined)
            this.#cancelTimer = this.#parts.clock.schedule(at, () => this.send());
    }
    /** The next request; none, and the user goes, at the end of the load. */
    #create(at) {
        if (at < this.#parts.load.end)
            return this.#parts.load.createFlight(this, at);
        this.#goAway();
        return undefined;
    }
}

;// CONCATENATED MODULE: ./build/wire/body-bytes.js

/** Keeps the first bytes of a body, up to a limit, and gives them back as text. */
class BodyBytes {
    #limit;
    #chunks = [];
    #bytes = 0;
    #overflowed = false;
    /** `limit`: bytes. What comes past it is dropped, and `overflowed` says so. */
    constructor(limit) {
        this.#limit = limit;
    }
    get overflowed() {
        return this.#overflowed;
    }
    /** Copies what is kept: the bytes need be valid only during the call. */
    add(bytes) {
        const room = this.#limit - this.#bytes;
        if (bytes.length > room)
            this.#overflowed = true;
        if (room <= 0 || bytes.length === 0)
            return;
        const kept = external_node_buffer_namespaceObject.Buffer.from(bytes.length > room ? bytes.subarray(0, room) : bytes);
        this.#chunks.push(kept);
        this.#bytes += kept.length;
    }
    /** UTF-8, without a byte order mark; bytes that are not UTF-8 become U+FFFD. Empty when nothing came. */
    text() {
        const [first] = this.#chunks;
        const whole = this.#chunks.length === 1 && first !== undefined ? first : external_node_buffer_namespaceObject.Buffer.concat(this.#chunks, this.#bytes);
        const text = whole.toString('utf8');
        return text.startsWith('\uFEFF') ? text.slice(1) : text;
    }
}

;// CONCATENATED MODULE: ./build/wire/headers.js
/** A lookup over flat headers: name in lower case, value, name, value … */
const headerLookup = (flat) => (name) => {
    let found;
    for (let index = 0; index + 1 < flat.length; index += 2)
        if (flat[index] === name)
            found = found === undefined ? flat[index + 1] : `${found}, ${flat[index + 1]}`;
    return found;
};
/** The media type without its parameters, in lower case; empty when the response names none. */
const mediaType = (header) => {
    const written = header('content-type') ?? '';
    if (written !== lastWritten) {
        lastWritten = written;
        lastType = written.split(';', 1)[0].trim().toLowerCase();
    }
    return lastType;
};
/** The last one, as nearly all answers of a run have the same. */
let lastWritten = '';
let lastType = '';

;// CONCATENATED MODULE: ./build/wire/json.js
/** Whether a value is a JSON object (neither null nor an array). */
const isJsonObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
/** The value behind JSON text; undefined when it is not JSON (which no JSON text stands for). */
const parseJson = (text) => {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
};
/** JSON text of a value; `…` for one nested too deeply to be written (anything a gateway sends can be parsed, not so written). */
const jsonText = (value) => {
    try {
        return JSON.stringify(value);
    }
    catch {
        return '…';
    }
};
/**
 * Looks up a dotted path, such as `choices.0.message.content`, in a JSON value: keys of objects, indexes of arrays, own
 * properties only. The empty path is the value itself. Undefined when any step is missing; a key that itself holds a dot
 * cannot be reached.
 */
const lookUp = (root, path) => {
    if (path === '')
        return root;
    let value = root;
    for (const { name, isIndex } of stepsOf(path)) {
        if (typeof value !== 'object' || value === null)
            return undefined;
        // An array's `length` is a property of the language, not of the JSON.
        if (Array.isArray(value) && !isIndex)
            return undefined;
        // What an object inherits are functions, which no JSON has, and its prototype, which is asked for by one name only.
        if (name === '__proto__' && !Object.hasOwn(value, name))
            return undefined;
        value = value[name];
        if (value === undefined || typeof value === 'function')
            return undefined;
    }
    return value;
};
/** Paths come from dialects, expectations and this code, so there are few, and each is split once. */
const splitPaths = new Map();
const stepsOf = (path) => {
    let steps = splitPaths.get(path);
    if (steps === undefined) {
        steps = path.split('.').map((name) => ({ name, isIndex: /^\d+$/.test(name) }));
        splitPaths.set(path, steps);
    }
    return steps;
};

;// CONCATENATED MODULE: ./build/wire/error-message.js

/** Where APIs, gateways and proxies put the sentence: the first path that holds a string decides. */
const MESSAGE_PATHS = [
    'message',
    'error.message',
    'error',
    'detail', // FastAPI
    'detail.message',
    'errors.0.message', // Cloudflare
    'error_description', // OAuth
    'title', // RFC 9457
];
/** The longest piece of a body that is quoted when nothing better is found, in UTF-16 units. */
const MAX_QUOTE = 120;
/** The sentence in an error value; undefined when it holds none. */
const messageOf = (error) => {
    if (typeof error === 'string')
        return error;
    if (!isJsonObject(error))
        return undefined;
    return MESSAGE_PATHS.map((path) => lookUp(error, path)).find((found) => typeof found === 'string' && found !== '');
};
/** What the body of an error response says: its message, an HTML page's title, or its beginning; empty for an empty body. */
const errorMessage = (body) => {
    const json = parseJson(body);
    const message = json === undefined ? undefined : messageOf(json);
    return message ?? /<title[^>]*>([^<]*)/i.exec(body)?.[1] ?? oneLine(body, MAX_QUOTE);
};
/** What may have to be replaced: anything but printable ASCII with single spaces, which most names are. */
const UNCLEAN = /[^ -~]| {2}/;
/** One line: control, format (bidirectional among them) and white space characters become one space, the rest is cut. */
const oneLine = (text, maxChars) => {
    const line = (UNCLEAN.test(text) ? text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ') : text).trim();
    return line.length <= maxChars ? line : `${line.slice(0, maxChars - 1).toWellFormed()}…`;
};

;// CONCATENATED MODULE: ./build/wire/outcome.js

/** The longest detail of an error, in UTF-16 units. */
const MAX_DETAIL = 200;
/** Status codes that count as throttled where the scenario accepts them, whatever the dialect says of rejections. */
const THROTTLING = [429, 503];
/** What a status that is not accepted means: the first line whose range holds it decides. */
const STATUS_CLASSES = [
    [401, 401, 'auth'],
    [403, 403, 'auth'],
    [429, 429, 'rate_limited'],
    [400, 499, 'client'],
    [502, 504, 'upstream'],
    [529, 529, 'upstream'], // Anthropic's "overloaded"
    [500, 599, 'gateway'],
    // Well-formed, only not what was expected: an unexpected 2xx, and a 3xx, since redirects are never followed.
    [200, 399, 'check'],
];
/** The names of RFC 9110 (and 529), as far as gateways send them: a number alone says little to a newcomer. */
const STATUS_NAMES = {
    301: 'moved permanently',
    302: 'found',
    303: 'see other',
    304: 'not modified',
    307: 'temporary redirect',
    308: 'permanent redirect',
    400: 'bad request',
    401: 'unauthorized',
    402: 'payment required',
    403: 'forbidden',
    404: 'not found',
    405: 'method not allowed',
    408: 'request timeout',
    409: 'conflict',
    413: 'content too large',
    415: 'unsupported media type',
    422: 'unprocessable content',
    429: 'too many requests',
    500: 'internal server error',
    501: 'not implemented',
    502: 'bad gateway',
    503: 'service unavailable',
    504: 'gateway timeout',
    529: 'overloaded',
};
/** An error's outcome; the detail becomes one line of at most `MAX_DETAIL`. */
const errorOutcome = (errorClass, detail) => ({
    kind: 'error',
    errorClass,
    detail: oneLine(detail, MAX_DETAIL),
});
/** The class of error of a status that is not accepted. Outside 200 to 599 it is no final status of HTTP: `protocol`. */
const classOfStatus = (status) => STATUS_CLASSES.find(([from, to]) => status >= from && status <= to)?.[2] ?? 'protocol';
/** What the status alone says: `throttled` or `ok` when it is accepted (checks come later), else its class of error. */
const classifyStatus = (status, accepted, { rate, quota }) => {
    if (!accepted.includes(status))
        return classOfStatus(status);
    return THROTTLING.includes(status) || rate.includes(status) || quota.includes(status) ? 'throttled' : 'ok';
};
/** The outcome of a status that is not accepted: its name, and what the response's body (text, or as much as came) says. */
const statusOutcome = (status, body) => {
    const name = STATUS_NAMES[status];
    const said = status >= 400 ? errorMessage(body).trim() : status >= 300 ? 'redirects are not followed' : 'not accepted';
    const label = name === undefined ? `${status}` : `${status} ${name}`;
    // nginx and its like put the status line into the page's title.
    const repeats = said.toLowerCase() === label || said.toLowerCase() === name;
    return errorOutcome(classOfStatus(status), said === '' || repeats ? label : `${label}: ${said}`);
};

;// CONCATENATED MODULE: ./build/wire/in-band-error.js



/**
 * What the words of an error's `code`, `status` and `type` mean, where none of them is a status code: the first line that
 * matches decides. From the error types of OpenAI, Anthropic and Google's RPC codes.
 */
const WORD_CLASSES = [
    [/rate.?limit|too.?many|quota|exhausted|throttl/i, 'rate_limited'],
    [/authenticat|permission|unauthorized|forbidden|api.?key/i, 'auth'],
    [
        /invalid.?(request|argument|param|prompt|value)|not.?found|too.?(large|long)|context.?length|unsupported/i,
        'client',
    ],
];
/**
 * The error that a JSON answer, or an event of a stream, carries although the status was a success: the value of a
 * top-level `error` that is neither null nor empty, the event itself where its type is `error`, or what a failed response
 * of the responses API names. Undefined when there is none. `type` is the event's; empty for a whole answer.
 */
const inBandError = (type, answer) => {
    if (!isJsonObject(answer))
        return undefined;
    const error = Object.hasOwn(answer, 'error') ? answer.error : undefined;
    if (typeof error === 'string' ? error !== '' : isJsonObject(error))
        return error;
    if (type === 'error')
        return answer;
    if (type === 'response.failed')
        return lookUp(answer, 'response.error') ?? FAILED;
    return answer.object === 'response' && answer.status === 'failed' ? FAILED : undefined;
};
const FAILED = 'the response failed';
/**
 * The outcome of an in-band error: by the status code that it names, else by its words, else `upstream`. Every 5xx is
 * `upstream` here: the gateway's own status was a success, so what failed stands behind it.
 */
const inBandOutcome = (error) => {
    const names = isJsonObject(error) ? [error.code, error.status, error.status_code, error.type] : [];
    const status = names.map(Number).find((name) => Number.isInteger(name) && name >= 400 && name < 600);
    const words = names.filter((name) => typeof name === 'string' && name !== 'error').join(' ');
    const label = status === undefined ? words : `${status}`;
    const message = messageOf(error) ?? jsonText(error);
    const errorClass = status === undefined ? classOfWords(words) : status >= 500 ? 'upstream' : classOfStatus(status);
    return errorOutcome(errorClass, `error inside a successful response: ${label === '' ? '' : `${label}: `}${message}`);
};
const classOfWords = (words) => WORD_CLASSES.find(([pattern]) => pattern.test(words))?.[1] ?? 'upstream';

;// CONCATENATED MODULE: ./build/wire/structured-list.js
/**
 * The members of a structured list, leniently: what is not well-formed is read as far as it goes. Values of parameters are
 * without their quotes; empty members are left out.
 */
const readStructuredList = (header) => splitOutsideQuotes(header, ',')
    .filter((member) => member.trim() !== '')
    .map((member) => {
    const [value, ...parameters] = splitOutsideQuotes(member, ';');
    return { value: unquoted(value ?? ''), parameters: new Map(parameters.map(splitParameter)) };
});
const splitParameter = (parameter) => {
    const equals = parameter.indexOf('=');
    const [name, value] = equals === -1 ? [parameter, ''] : [parameter.slice(0, equals), parameter.slice(equals + 1)];
    return [name.trim().toLowerCase(), unquoted(value)];
};
const unquoted = (text) => text.trim().replace(/^"([\s\S]*)"$/, '$1');
/** Splits where the separator does not stand in a quoted string. */
const splitOutsideQuotes = (text, separator) => text.match(separator === ',' ? /(?:"(?:\\.|[^"\\])*"|[^,])+/g : /(?:"(?:\\.|[^"\\])*"|[^;])+/g) ?? [];

;// CONCATENATED MODULE: ./build/wire/cache-status.js

/** What RFC 9211 §2.2 gives as reasons to forward a request, as far as they mean that the cache was passed by on purpose. */
const BYPASSING = ['bypass', 'method', 'request'];
/**
 * Reads a Cache-Status header (RFC 9211): a list of caches, the last of which is the nearest to the client and decides.
 * `hit` is a hit; `fwd=bypass`, `method` and `request` are a bypass, every other `fwd` (miss, uri-miss, vary-miss, stale,
 * partial) a miss. Undefined when the member says neither.
 */
const parseCacheStatus = (header) => {
    const nearest = readStructuredList(header).at(-1)?.parameters;
    const hit = nearest?.get('hit');
    if (hit === '' || hit === '?1')
        return 'hit';
    const forward = nearest?.get('fwd');
    if (forward === undefined)
        return undefined;
    return BYPASSING.includes(forward.toLowerCase()) ? 'bypass' : 'miss';
};

;// CONCATENATED MODULE: ./build/wire/server-timing.js

/**
 * The `dur` of a metric in a Server-Timing header (W3C), as written, in ms; undefined when there is none. A header without
 * quotes, as nearly all are, is searched by hand: it is looked into at every response, and the general way takes ten times
 * as long.
 */
const serverTiming = (header, metric) => {
    if (header.includes('"'))
        return readStructuredList(header)
            .find(({ value }) => value === metric)
            ?.parameters.get('dur');
    for (let at = header.indexOf(metric); at !== -1; at = header.indexOf(metric, at + 1)) {
        const isWhole = ' ,'.includes(header[at - 1] ?? ',') && ' ,;'.includes(header[at + metric.length] ?? ',');
        if (isWhole)
            return durationOf(header, at);
    }
    return undefined;
};
/** Of the member that begins at `at`. */
const durationOf = (header, at) => {
    const comma = header.indexOf(',', at);
    const end = comma === -1 ? header.length : comma;
    const duration = header.indexOf('dur=', at);
    if (duration === -1 || duration > end)
        return undefined;
    const semicolon = header.indexOf(';', duration);
    return header.slice(duration + 4, semicolon === -1 ? end : Math.min(semicolon, end)).trim();
};

;// CONCATENATED MODULE: ./build/wire/signals.js





/** The longest name that is kept, in UTF-16 units. */
const MAX_NAME = 120;
/**
 * Reads a dialect's fields. `bodies` are the places that a body field is looked up in, in order: the JSON body; of a
 * stream, the answer put together from it and its last event.
 */
const readSignals = (dialect, header, bodies) => {
    const find = (field) => ('header' in field ? header(field.header) : firstFound(bodies, field.body));
    return {
        cache: dialect.cache === 'unsupported' ? undefined : readCache(dialect.cache, find),
        provider: firstOf(dialect.provider, find, readName),
        model: firstOf(dialect.model, find, readName),
        requestId: firstOf(dialect.requestId, find, readName),
        attempts: firstOf(dialect.attempts, find, readCount),
        fallback: firstOf(dialect.fallback, find, readCount),
        gatewayTime: firstOf(dialect.gatewayTime, find, readTime),
        upstreamTime: firstOf(dialect.upstreamTime, find, readTime),
    };
};
/** Whether any of the dialect's fields is in the body, so that the body must be kept and parsed. */
const readsBody = (dialect) => [
    dialect.cache === 'unsupported' ? [] : dialect.cache.fields,
    dialect.provider,
    dialect.model,
    dialect.requestId,
    dialect.attempts,
    dialect.fallback,
    dialect.gatewayTime,
    dialect.upstreamTime,
].some((fields) => fields !== 'unsupported' && fields.some((field) => 'body' in field));
const firstFound = (bodies, path) => {
    for (const body of bodies) {
        const found = lookUp(body, path);
        if (found !== undefined)
            return found;
    }
    return undefined;
};
/** The first field that is present decides, also when nothing can be read from it. */
const firstOf = (fields, find, read) => {
    if (fields === 'unsupported')
        return undefined;
    for (const field of fields) {
        const value = find(field);
        if (isPresent(value))
            return read(value, field);
    }
    return undefined;
};
const isPresent = (value) => value !== undefined && value !== null && !(typeof value === 'string' && value.trim() === '');
/** The text of a value that is no list or map. */
const textOf = (value) => {
    if (typeof value === 'string')
        return value.trim();
    return typeof value === 'object' ? undefined : String(value);
};
const readName = (value, { part }) => {
    const text = textOf(value);
    return text === undefined ? undefined : partOf(oneLine(text, MAX_NAME), part);
};
/** A value without a slash has no provider in front: it is all name. */
const partOf = (value, part) => {
    const slash = value.indexOf('/');
    if (part === undefined)
        return value;
    if (part === 'before-slash')
        return slash === -1 ? undefined : value.slice(0, slash);
    return value.slice(slash + 1);
};
const readCount = (value, { format, plus = 0 }) => {
    const count = rawCount(value, format);
    return count === undefined || !Number.isSafeInteger(count) ? undefined : count + plus;
};
const rawCount = (value, format) => {
    switch (format) {
        case 'present':
            return 0;
        case 'items':
            return Array.isArray(value) ? value.length : undefined;
        case 'index':
            return wholeNumber(/\[(\d+)\][^[]*$/.exec(textOf(value) ?? '')?.[1] ?? textOf(value));
        default:
            return wholeNumber(textOf(value));
    }
};
const wholeNumber = (text) => text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
const readTime = (value, { unit, metric }) => {
    const text = textOf(value);
    const written = metric === undefined || text === undefined ? text : serverTiming(text, metric);
    const number = written === undefined || written === '' ? Number.NaN : Number(written);
    const time = number * MICROS_IN[metric === undefined ? (unit ?? 'ms') : 'ms'];
    return time >= 0 && time <= Number.MAX_SAFE_INTEGER ? units_micros(time) : undefined;
};
const MICROS_IN = { us: 1, ms: 1_000, s: 1_000_000 };
const readCache = (cache, find) => firstOf(cache.fields, find, (value, { format }) => {
    const text = textOf(value);
    return text === undefined ? undefined : cacheStatusOf(text, format, cache.values);
});
const cacheStatusOf = (value, format, values) => {
    if (format === 'rfc9211')
        return parseCacheStatus(value);
    if (format === 'age')
        return Number(value) > 0 ? 'hit' : undefined;
    if (format === 'tokens')
        return tokensStatus(wholeNumber(value));
    if (Object.hasOwn(values, value))
        return values[value];
    // Of caches behind one another each adds its word: the last is the nearest to us. Some put words behind it ("Hit from …").
    const last = value
        .slice(value.lastIndexOf(',') + 1)
        .trim()
        .toLowerCase();
    const known = Object.hasOwn(values, last) ? last : last.split(' ', 1)[0];
    return Object.hasOwn(values, known) ? values[known] : undefined;
};
const tokensStatus = (tokens) => tokens === undefined ? undefined : tokens === 0 ? 'hit' : 'miss';

;// CONCATENATED MODULE: ./build/wire/body-plan.js




/** Endpoints whose streams can be read; the others are asked for whole answers, whatever the scenario says. */
const STREAMING = ['chat', 'responses', 'messages', 'custom'];
/**
 * Decides by status, endpoint and content type. A stream that comes without a content type is read as one, since the
 * APIs' own clients do not look either; one that comes as anything else is not a stream.
 */
const planBody = (spec, status, header) => {
    if (classifyStatus(status, spec.expected.status, spec.dialect.rejections) !== 'ok')
        return 'error-text';
    const type = mediaType(header);
    if (asksForStream(spec) && hasContent(status))
        return (type === '' || type === 'text/event-stream') && encodingOf(header) === undefined ? 'stream' : 'json';
    if (isJsonPromised(spec, status))
        return 'json';
    return hasContent(status) && type.includes('json') && readsBody(spec.dialect) ? 'json' : 'ignore';
};
/** What is wrong with a body that was planned as `json`, before any check; `json` undefined = it is not JSON. */
const findJsonProblem = (spec, response) => {
    const { status, header, text, json } = response;
    const known = spec.endpoint !== 'custom' && hasContent(status);
    const error = known && json !== undefined ? inBandError('', json) : undefined;
    if (error !== undefined)
        return inBandOutcome(error);
    if (asksForStream(spec) && hasContent(status) && encodingOf(header) === undefined)
        return errorOutcome('check', `asked for a stream, got ${mediaType(header)}`);
    if (!isJsonPromised(spec, status))
        return undefined;
    if (json === undefined)
        return errorOutcome('protocol', whyNotJson(header, text));
    // Some gateways list their models in a bare array.
    return known && (typeof json !== 'object' || json === null)
        ? errorOutcome('protocol', 'the body is JSON, but neither an object nor an array')
        : undefined;
};
const asksForStream = (spec) => spec.stream && STREAMING.includes(spec.endpoint);
/** A success with a body: an error page is the scenario's business once its status is accepted. */
const hasContent = (status) => status >= 200 && status < 300 && status !== 204 && status !== 205;
/** By the API, or by an expectation about the body. */
const isJsonPromised = (spec, status) => spec.expected.body.length > 0 || (spec.endpoint !== 'custom' && hasContent(status));
/** A compression; it is never asked for, unless the scenario's own headers do. */
const encodingOf = (header) => {
    const encoding = header('content-encoding');
    return encoding === 'identity' ? undefined : encoding;
};
const whyNotJson = (header, text) => {
    const encoding = encodingOf(header);
    if (encoding !== undefined)
        return `the body is encoded as ${encoding}, which is not read`;
    if (text === '')
        return 'the body is empty, where JSON was promised';
    const type = mediaType(header);
    return `the body is not JSON${type === '' ? '' : ` (content-type ${type})`}`;
};

;// CONCATENATED MODULE: ./build/wire/expected-response.js


/** The longest received value that a sentence quotes. */
const expected_response_MAX_QUOTE = 60;
/**
 * The first expected header that the response does not match, in words; undefined when all match. A header's value is
 * text, compared as it came: a number or boolean in the expectation stands for its own text.
 */
const checkHeaders = (expected, header) => {
    for (const { name, matcher } of expected) {
        const received = header(name);
        if (!isMatch(matcher, received, (value, wanted) => typeof wanted !== 'object' && value === String(wanted)))
            return mismatch(`header ${name}`, matcher, received);
    }
    return undefined;
};
/** The first expected body path that the answer does not match, in words; undefined when all match. Numbers never equal text. */
const checkBody = (expected, body) => {
    for (const { path, matcher } of expected) {
        const received = lookUp(body, path);
        if (!isMatch(matcher, received, isSameJson))
            return mismatch(`body ${path}`, matcher, received);
    }
    return undefined;
};
/**
 * Whether a value is what the matcher wants. JSON's null counts as absent. What is absent matches only `absent`, and
 * `equals`, `oneOf` where they name null: in particular not `not`, since what was never said proves nothing.
 */
const isMatch = (matcher, value, isSame) => {
    const absent = value === undefined || value === null;
    switch (matcher.kind) {
        case 'present':
            return !absent;
        case 'absent':
            return absent;
        case 'nonempty':
            return !absent && !isEmpty(value);
        case 'equals':
            return value !== undefined && isSame(value, matcher.value);
        case 'oneOf':
            return value !== undefined && matcher.values.some((wanted) => isSame(value, wanted));
        case 'not':
            return !absent && !matcher.values.some((unwanted) => isSame(value, unwanted));
        case 'matches':
            return !absent && typeof value !== 'object' && compiled(matcher.pattern).test(String(value));
    }
};
const isEmpty = (value) => value === '' || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
/** Deep equality of JSON; the order of an object's keys does not matter. */
const isSameJson = (a, b) => {
    if (a === b)
        return true;
    if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null)
        return false;
    if (Array.isArray(a) !== Array.isArray(b))
        return false;
    const [left, right] = [Object.entries(a), b];
    return (left.length === Object.keys(right).length &&
        left.every(([key, value]) => Object.hasOwn(right, key) && isSameJson(value, right[key])));
};
/** Patterns come from the configuration, so there are few: each is compiled once and kept. */
const patterns = new Map();
/** Throws a SyntaxError for what is no pattern; the configuration is read with the same constructor before. */
const compiled = (pattern) => {
    const known = patterns.get(pattern) ?? new RegExp(pattern);
    patterns.set(pattern, known);
    return known;
};
const mismatch = (place, matcher, received) => `${place}: expected ${inWords(matcher)}, received ${received === undefined ? 'nothing' : quote(received)}`;
const inWords = (matcher) => {
    switch (matcher.kind) {
        case 'present':
            return 'a value';
        case 'absent':
            return 'no value';
        case 'nonempty':
            return 'something that is not empty';
        case 'equals':
            return quote(matcher.value);
        case 'oneOf':
            return `one of ${matcher.values.map(quote).join(', ')}`;
        case 'not':
            return `none of ${matcher.values.map(quote).join(', ')}`;
        case 'matches':
            return `a match of /${matcher.pattern}/`;
    }
};
const quote = (value) => oneLine(jsonText(value), expected_response_MAX_QUOTE);

;// CONCATENATED MODULE: ./build/wire/pieced-text.js
/** Pieces that are joined at a time. */
const AT_ONCE = 16;
/**
 * Text that comes in pieces of a few characters. Added up with `+=` they would be a tree of strings, each of several times its
 * characters, that lives as long as its stream; here all but the last few are one flat string.
 */
class PiecedText {
    #joined = '';
    #pieces = [];
    add(piece) {
        if (piece === '')
            return;
        if (this.#pieces.push(piece) < AT_ONCE)
            return;
        this.#joined += this.#pieces.join('');
        this.#pieces = [];
    }
    toString() {
        return this.#joined + this.#pieces.join('');
    }
}

;// CONCATENATED MODULE: ./build/wire/stream-answer.js

/**
 * The text in a delta: a string, or a list of parts with `text` or `thinking` in them (which Mistral nests once more);
 * empty for anything else.
 */
const stream_answer_textOf = (value, depth = 0) => {
    if (typeof value === 'string')
        return value;
    if (depth > MAX_DEPTH)
        return '';
    if (Array.isArray(value))
        return value.map((part) => stream_answer_textOf(part, depth + 1)).join('');
    return isJsonObject(value) ? stream_answer_textOf(value.text ?? value.thinking, depth + 1) : '';
};
/** Deeper than any of the APIs nests a delta. */
const MAX_DEPTH = 6;

;// CONCATENATED MODULE: ./build/wire/chat-answer.js



/** Streams of `/v1/chat/completions`: chunks with deltas, ended by `[DONE]`. Chunks with only a role have no content. */
const createChatAnswer = () => new ChatAnswer();
class ChatAnswer {
    terminator = '[DONE]';
    finished = false;
    #first;
    #last;
    #usage;
    #choices = new Map();
    add(_type, chunk) {
        this.#first ??= chunk;
        this.#last = chunk;
        if (isJsonObject(chunk.usage))
            this.#usage = chunk.usage;
        if (!Array.isArray(chunk.choices))
            return 0;
        let chars = 0;
        for (const choice of chunk.choices)
            if (isJsonObject(choice))
                chars += this.#addChoice(choice);
        return chars;
    }
    done() {
        this.finished = true;
    }
    answer() {
        const choices = [...this.#choices].sort(([a], [b]) => a - b).map(([index, choice]) => wholeChoice(index, choice));
        return {
            ...this.#first,
            ...this.#last,
            object: 'chat.completion',
            choices,
            ...(this.#usage === undefined ? {} : { usage: this.#usage }),
        };
    }
    #addChoice(part) {
        const choice = entryAt(this.#choices, part.index, newChoice);
        if (typeof part.finish_reason === 'string')
            choice.finishReason = part.finish_reason;
        return isJsonObject(part.delta) ? addDelta(choice, part.delta) : 0;
    }
}
const newChoice = () => ({
    role: 'assistant',
    content: new PiecedText(),
    reasoning: new PiecedText(),
    refusal: new PiecedText(),
    finishReason: null,
    calls: new Map(),
});
/** The entry of an API's `index`, made when it first comes; 0 where the API leaves it out. */
const entryAt = (entries, index, make) => {
    const key = typeof index === 'number' ? index : 0;
    const found = entries.get(key) ?? make();
    entries.set(key, found);
    return found;
};
const addDelta = (choice, delta) => {
    if (typeof delta.role === 'string')
        choice.role = delta.role;
    const content = stream_answer_textOf(delta.content);
    // Gateways that send both send the same text twice.
    const reasoning = stream_answer_textOf(delta.reasoning_content) || stream_answer_textOf(delta.reasoning);
    const refusal = stream_answer_textOf(delta.refusal);
    choice.content.add(content);
    choice.reasoning.add(reasoning);
    choice.refusal.add(refusal);
    return content.length + reasoning.length + refusal.length + addCalls(choice, delta);
};
const addCalls = (choice, delta) => {
    // `function_call` is the older form, one call without a list around it.
    const parts = Array.isArray(delta.tool_calls)
        ? delta.tool_calls
        : isJsonObject(delta.function_call)
            ? [{ function: delta.function_call }]
            : [];
    let chars = 0;
    for (const part of parts) {
        if (!isJsonObject(part) || !isJsonObject(part.function))
            continue;
        const call = entryAt(choice.calls, part.index, () => ({
            id: null,
            name: '',
            arguments: new PiecedText(),
        }));
        if (typeof part.id === 'string')
            call.id = part.id;
        const [name, args] = [stream_answer_textOf(part.function.name), stream_answer_textOf(part.function.arguments)];
        call.name += name;
        call.arguments.add(args);
        chars += name.length + args.length;
    }
    return chars;
};
const wholeChoice = (index, choice) => {
    const calls = [...choice.calls.values()].map((call) => ({
        id: call.id,
        type: 'function',
        function: { name: call.name, arguments: call.arguments.toString() },
    }));
    const [content, reasoning, refusal] = [choice.content, choice.reasoning, choice.refusal].map(String);
    const message = {
        role: choice.role,
        content: content === '' && calls.length > 0 ? null : content,
        ...(reasoning === '' ? {} : { reasoning_content: reasoning }),
        ...(refusal === '' ? {} : { refusal: refusal }),
        ...(calls.length === 0 ? {} : { tool_calls: calls }),
    };
    return { index, message, finish_reason: choice.finishReason };
};

;// CONCATENATED MODULE: ./build/wire/messages-answer.js



const newBlock = (start) => ({
    start,
    text: new PiecedText(),
    thinking: new PiecedText(),
    input: new PiecedText(),
});
/**
 * Streams of Anthropic's `/v1/messages`: typed events, ended by `message_stop`. Content is what `content_block_delta`
 * brings as text, thinking or a tool's input; signatures and pings are none. Usage is cumulative: what `message_delta`
 * states replaces what `message_start` stated.
 */
const createMessagesAnswer = () => new MessagesAnswer();
class MessagesAnswer {
    terminator = 'message_stop';
    finished = false;
    #message = {};
    #blocks = new Map();
    add(type, event) {
        if (type === 'content_block_delta')
            return this.#addDelta(event);
        if (type === 'message_stop')
            this.finished = true;
        else if (type === 'message_start' && isJsonObject(event.message))
            this.#message = event.message;
        else if (type === 'content_block_start' && isJsonObject(event.content_block))
            this.#blocks.set(event.index, newBlock(event.content_block));
        else if (type === 'message_delta')
            this.#addEnding(event);
        return 0;
    }
    done() { }
    answer() {
        return { ...this.#message, content: [...this.#blocks.values()].map(wholeBlock) };
    }
    #addDelta({ index, delta }) {
        if (!isJsonObject(delta))
            return 0;
        const block = this.#blocks.get(index) ?? newBlock({ type: 'text' });
        this.#blocks.set(index, block);
        const [text, thinking, input] = [stream_answer_textOf(delta.text), stream_answer_textOf(delta.thinking), stream_answer_textOf(delta.partial_json)];
        block.text.add(text);
        block.thinking.add(thinking);
        block.input.add(input);
        return text.length + thinking.length + input.length;
    }
    #addEnding({ delta, usage }) {
        const before = isJsonObject(this.#message.usage) ? this.#message.usage : {};
        this.#message = {
            ...this.#message,
            ...(isJsonObject(delta) ? delta : {}),
            ...(isJsonObject(usage) ? { usage: { ...before, ...usage } } : {}),
        };
    }
}
const wholeBlock = (block) => {
    const { start } = block;
    const [text, thinking, input] = [block.text, block.thinking, block.input].map(String);
    return {
        ...start,
        ...(text === '' ? {} : { text: stream_answer_textOf(start.text) + text }),
        ...(thinking === '' ? {} : { thinking: stream_answer_textOf(start.thinking) + thinking }),
        // Cut-off arguments are not JSON; the text as it came says more than nothing.
        ...(input === '' ? {} : { input: parseJson(input) ?? input }),
    };
};

;// CONCATENATED MODULE: ./build/wire/responses-answer.js


/**
 * Streams of `/v1/responses`: typed events, ended by `response.completed` or `response.incomplete`, which carry the whole
 * answer. Every `….delta` with text in it is content: output text, reasoning, refusal, arguments of a call. A `[DONE]` that
 * a gateway adds is tolerated, and ends nothing.
 */
const createResponsesAnswer = () => new ResponsesAnswer();
class ResponsesAnswer {
    terminator = 'response.completed or response.incomplete';
    finished = false;
    #response = {};
    add(type, event) {
        if (isJsonObject(event.response))
            this.#response = event.response;
        if (type === 'response.completed' || type === 'response.incomplete')
            this.finished = true;
        return type.endsWith('.delta') ? stream_answer_textOf(event.delta).length : 0;
    }
    done() { }
    answer() {
        return this.#response;
    }
}

;// CONCATENATED MODULE: ./build/wire/sse-parser.js

const sse_parser_LF = 0x0a;
const sse_parser_CR = 0x0d;
const COLON = 0x3a;
const sse_parser_SPACE = 0x20;
/**
 * Parses the stream format of WHATWG HTML §9.2.6: lines ending in LF, CR or CRLF, a byte order mark before the first,
 * `data` lines joined by LF, comments and unknown fields skipped; `id` and `retry` are of no use here and skipped too.
 *
 * Each chunk is decoded in one piece up to its last line end, and the bytes behind that are held back for the next. So a
 * character that two chunks share needs no decoder with state (CR and LF are never part of one in UTF-8), and lines are
 * looked for in a string, which was measured to cost a third less than in the bytes when each chunk is one event.
 */
const createSseParser = (onEvent) => new LineParser(onEvent);
class LineParser {
    #onEvent;
    /** The line under way, in the pieces that earlier chunks ended with. */
    #pieces = [];
    #pieceBytes = 0;
    /** A CR was the last byte: an LF that comes next is of the same line end. */
    #afterCr = false;
    #atStart = true;
    #event = '';
    /** Undefined = no data line yet, which is not the same as an empty one. */
    #data;
    constructor(onEvent) {
        this.#onEvent = onEvent;
    }
    get held() {
        return this.#pieceBytes + (this.#data?.length ?? 0);
    }
    get underway() {
        const line = external_node_buffer_namespaceObject.Buffer.concat(this.#pieces).toString('utf8');
        if (!isField(line, 0, line.length, 'data'))
            return this.#data;
        return joined(this.#data, fieldValue(line, 4, line.length));
    }
    push(bytes) {
        if (bytes.length === 0)
            return;
        const chunk = external_node_buffer_namespaceObject.Buffer.isBuffer(bytes) ? bytes : external_node_buffer_namespaceObject.Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
        const start = this.#afterCr && chunk[0] === sse_parser_LF ? 1 : 0;
        this.#afterCr = false;
        let end = chunk.length;
        while (end > start && chunk[end - 1] !== sse_parser_LF && chunk[end - 1] !== sse_parser_CR)
            end -= 1;
        if (end > start) {
            this.#afterCr = end === chunk.length && chunk[end - 1] === sse_parser_CR;
            this.#readLines(this.#decode(chunk, start, end));
        }
        if (end < chunk.length)
            this.#hold(chunk.subarray(end));
    }
    #hold(piece) {
        this.#pieces.push(external_node_buffer_namespaceObject.Buffer.from(piece));
        this.#pieceBytes += piece.length;
    }
    #decode(chunk, start, end) {
        if (this.#pieces.length === 0)
            return chunk.toString('utf8', start, end);
        this.#pieces.push(chunk.subarray(start, end));
        const lines = external_node_buffer_namespaceObject.Buffer.concat(this.#pieces).toString('utf8');
        this.#pieces = [];
        this.#pieceBytes = 0;
        return lines;
    }
    /** `text` ends with a line end. */
    #readLines(text) {
        let start = 0;
        if (this.#atStart) {
            this.#atStart = false;
            if (text.startsWith('\uFEFF'))
                start = 1;
        }
        // Looked for once, not once a line: streams without CR (nearly all) pay for a single scan.
        let cr = text.indexOf('\r', start);
        while (start < text.length) {
            const lf = text.indexOf('\n', start);
            const isCr = cr !== -1 && (lf === -1 || cr < lf);
            const end = isCr ? cr : lf;
            this.#readLine(text, start, end);
            start = end + 1;
            if (!isCr)
                continue;
            if (start === lf)
                start += 1;
            cr = text.indexOf('\r', start);
        }
    }
    #readLine(text, start, end) {
        if (start === end)
            this.#dispatch();
        else if (isField(text, start, end, 'data'))
            this.#addData(fieldValue(text, start + 4, end));
        else if (isField(text, start, end, 'event'))
            this.#event = fieldValue(text, start + 5, end);
    }
    #addData(value) {
        this.#data = joined(this.#data, value);
    }
    #dispatch() {
        const data = this.#data;
        const event = this.#event;
        this.#data = undefined;
        this.#event = '';
        if (data !== undefined)
            this.#onEvent(event, data);
    }
}
const joined = (data, value) => (data === undefined ? value : `${data}\n${value}`);
/** Whether the line is the named field: the name alone, or the name and a colon. */
const isField = (text, start, end, name) => {
    const after = start + name.length;
    return text.startsWith(name, start) && (after === end || text.charCodeAt(after) === COLON);
};
/** What follows the colon, without the one space that may stand behind it. A name alone starts past its end: empty. */
const fieldValue = (text, colon, end) => {
    const start = colon + (text.charCodeAt(colon + 1) === sse_parser_SPACE ? 2 : 1);
    return text.slice(start, end);
};

;// CONCATENATED MODULE: ./build/wire/stream-reader.js








/** The longest event, in bytes: what a gateway that never ends one may cost in memory. */
const MAX_EVENT = 16 * 1024 * 1024;
/** The longest quote of an event that is not JSON. */
const stream_reader_MAX_QUOTE = 60;
const ANSWERS = {
    chat: createChatAnswer,
    responses: createResponsesAnswer,
    messages: createMessagesAnswer,
};
/**
 * Reads a stream of server-sent events as it comes: times of content, the answer, and what is wrong with it. Streams of a
 * custom endpoint have no known terminator and need not be JSON; each of their events is content.
 */
class StreamReader {
    firstContentAt;
    lastContentAt;
    gaps = [];
    contentEvents = 0;
    outputChars = 0;
    /** The last event that was JSON. */
    lastEvent;
    #parser;
    #answer;
    #now = 0;
    #inBand;
    #malformed;
    constructor(endpoint) {
        this.#answer = ANSWERS[endpoint]?.();
        this.#parser = createSseParser((event, text) => this.#read(event, text));
    }
    /** The bytes need be valid only during the call; `at` is the time of every event that they complete. */
    push(bytes, at) {
        if (this.#parser.held > MAX_EVENT) {
            this.#malformed ??= errorOutcome('protocol', 'an event of the stream is longer than 16 MiB');
            return;
        }
        this.#now = at;
        this.#parser.push(bytes);
    }
    /**
     * Takes the end of the bytes. A `[DONE]` without the blank line that ends an event is taken as said: nothing is missing
     * before it. Kong's ai-proxy ends its streams so.
     */
    end() {
        if (isDone(this.#parser.underway ?? ''))
            this.#answer?.done();
    }
    /** Whether the API's own end of a stream has come; true where the API has none. */
    get finished() {
        return this.#answer?.finished ?? true;
    }
    /** The answer put together from the events; of a custom endpoint, the last event. */
    get answer() {
        return this.#answer === undefined ? this.lastEvent : this.#answer.answer();
    }
    /** What is wrong with the stream, once its bytes have ended: errors before the terminator, since both may be there. */
    problem() {
        if (this.#inBand !== undefined || this.#malformed !== undefined)
            return this.#inBand ?? this.#malformed;
        if (this.finished)
            return undefined;
        return errorOutcome('truncated', `the stream ended without ${this.#answer?.terminator}`);
    }
    #read(event, text) {
        if (isDone(text)) {
            this.#answer?.done();
            return;
        }
        const json = parseJson(text);
        const type = isJsonObject(json) && typeof json.type === 'string' ? json.type : event;
        const error = json === undefined ? undefined : inBandError(type, json);
        if (error !== undefined)
            this.#inBand ??= inBandOutcome(error);
        if (isJsonObject(json))
            this.lastEvent = json;
        if (this.#answer === undefined)
            this.#count(text.length);
        else if (isJsonObject(json))
            this.#count(this.#answer.add(type, json));
        else if (event === 'error')
            this.#inBand ??= inBandOutcome(text);
        else
            this.#malformed ??= notJson(text);
    }
    #count(chars) {
        if (chars === 0)
            return;
        this.outputChars += chars;
        this.contentEvents += 1;
        if (this.lastContentAt !== undefined)
            this.gaps.push(this.#now - this.lastContentAt);
        this.firstContentAt ??= this.#now;
        this.lastContentAt = this.#now;
    }
}
const isDone = (text) => text.startsWith('[DONE]');
const notJson = (text) => errorOutcome('protocol', `an event of the stream is not a JSON object: ${oneLine(text, stream_reader_MAX_QUOTE) || 'it is empty'}`);

;// CONCATENATED MODULE: ./build/wire/tokens.js

/**
 * Tokens of a text, where the response does not state them: a quarter of its UTF-16 units, rounded up; 0 for no text.
 * The rule of thumb of the tokenizers' own documentation for English; other languages and code come out too low.
 */
const estimateTokens = (chars) => Math.ceil(chars / 4);
/**
 * The tokens in a `usage` object of any of the APIs; undefined when it states no prompt tokens. Of Anthropic's, the
 * cached prompt tokens are added, since `input_tokens` leaves them out where OpenAI's `prompt_tokens` includes them.
 */
const readUsage = (usage) => {
    if (!isJsonObject(usage))
        return undefined;
    const count = (key) => {
        const value = usage[key];
        return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
    };
    const completion = count('completion_tokens') ?? count('output_tokens') ?? 0;
    const cached = (count('cache_creation_input_tokens') ?? 0) + (count('cache_read_input_tokens') ?? 0);
    const input = count('input_tokens');
    const prompt = count('prompt_tokens') ?? (input === undefined ? count('total_tokens') : input + cached);
    return prompt === undefined ? undefined : { prompt, completion };
};

;// CONCATENATED MODULE: ./build/wire/whole-answer.js

/** Keys below which an answer of any of the APIs holds what the model wrote. Everything else is framing. */
const CONTENT_KEYS = new Set([
    'choices',
    'output',
    'message',
    'content',
    'text',
    'reasoning_content',
    'thinking',
    'refusal',
    'summary',
    'tool_calls',
    'function',
    'function_call',
    'name',
    'arguments',
]);
/** Deeper than any of the APIs nests; what lies below is not looked at, so that no answer can exhaust the stack. */
const whole_answer_MAX_DEPTH = 12;
/** UTF-16 units that the model wrote in a whole answer of the chat, responses or messages API; 0 for other JSON. */
const contentChars = (answer) => (isJsonObject(answer) ? countChars(answer, 0) : 0);
const countChars = (value, depth) => {
    if (typeof value === 'string')
        return value.length;
    if (depth > whole_answer_MAX_DEPTH)
        return 0;
    if (Array.isArray(value))
        return value.reduce((sum, part) => sum + countChars(part, depth + 1), 0);
    if (!isJsonObject(value))
        return 0;
    let sum = toolInputChars(value);
    // By the keys that are there: answers have few, and JSON has no others than own ones.
    for (const key in value)
        if (CONTENT_KEYS.has(key))
            sum += countChars(value[key], depth + 1);
    return sum;
};
/** What the model wrote in a whole answer, all texts of it one after the other; empty for other JSON. */
const contentText = (answer) => isJsonObject(answer) ? contentTexts(answer, 0).join('\n') : '';
const contentTexts = (value, depth) => {
    if (typeof value === 'string')
        return [value];
    if (depth > whole_answer_MAX_DEPTH)
        return [];
    if (Array.isArray(value))
        return value.flatMap((part) => contentTexts(part, depth + 1));
    if (!isJsonObject(value))
        return [];
    const keys = Object.keys(value).filter((key) => CONTENT_KEYS.has(key));
    return keys.flatMap((key) => contentTexts(value[key], depth + 1));
};
/** Anthropic gives a tool's arguments as JSON, not as text. */
const toolInputChars = (block) => block.type === 'tool_use' && block.input !== undefined ? jsonText(block.input).length : 0;
/** Why the model stopped, by the first place that says it; undefined when none does. */
const finishReasonOf = (answer) => {
    if (!isJsonObject(answer))
        return undefined;
    return (textAt(answer, 'choices.0.finish_reason') ??
        textAt(answer, 'stop_reason') ??
        textAt(answer, 'incomplete_details.reason') ??
        (answer.object === 'response' ? textAt(answer, 'status') : undefined));
};
const textAt = (answer, path) => {
    const value = lookUp(answer, path);
    return typeof value === 'string' ? value : undefined;
};

;// CONCATENATED MODULE: ./build/wire/response-reader.js










/** The largest body that is parsed, in bytes: what a gateway that never stops may cost in memory. */
const MAX_BODY = 16 * 1024 * 1024;
/** As much of an error response as is looked at for its message, in bytes. */
const MAX_ERROR_BODY = 16 * 1024;
/**
 * A reader for the response of one request. The outcome is the first of these that applies: the timeout; a status that is
 * not accepted (a body that broke off behind a 502 is still a 502); the transport's failure; throttled; an error inside
 * the answer; malformed, or not the stream that was asked for; a stream without its terminator; a failed check; ok.
 */
const createResponseReader = (spec) => new HttpResponseReader(spec);
class HttpResponseReader {
    #spec;
    #status;
    #header = () => undefined;
    #plan = 'ignore';
    #body;
    #stream;
    constructor(spec) {
        this.#spec = spec;
    }
    headers(status, flat) {
        this.#status = status;
        this.#header = headerLookup(flat);
        this.#plan = planBody(this.#spec, status, this.#header);
        if (this.#plan === 'stream')
            this.#stream = new StreamReader(this.#spec.endpoint);
        else if (this.#plan !== 'ignore')
            this.#body = new BodyBytes(this.#plan === 'json' ? MAX_BODY : MAX_ERROR_BODY);
    }
    chunk(bytes, at) {
        if (this.#stream !== undefined)
            this.#stream.push(bytes, at);
        else
            this.#body?.add(bytes);
    }
    end() {
        this.#stream?.end();
        return this.#conclude(undefined);
    }
    failed(failure) {
        return this.#conclude(errorOutcome(failure.kind, failure.detail));
    }
    timedOut() {
        const missing = this.#status === undefined ? 'no response headers' : 'headers came, but the response did not end';
        return this.#conclude(errorOutcome('timeout', `${missing} before the timeout`));
    }
    #conclude(failure) {
        const stream = this.#stream;
        const text = this.#body?.text() ?? '';
        const answer = stream === undefined ? this.#parse(text) : stream.answer;
        const isWhole = stream === undefined || stream.finished;
        const usage = isWhole ? readUsage(lookUp(answer, 'usage')) : undefined;
        return {
            outcome: this.#judge(failure, text, answer),
            status: this.#status,
            firstContentAt: stream?.firstContentAt,
            lastContentAt: stream?.lastContentAt,
            gaps: stream?.gaps ?? [],
            contentEvents: stream?.contentEvents ?? 0,
            usage,
            // Only an estimate of the tokens asks for them, and counting costs as much as a check.
            outputChars: stream?.outputChars ?? (usage === undefined ? contentChars(answer) : 0),
            ...readSignals(this.#spec.dialect, this.#header, [answer, stream?.lastEvent]),
            answer,
            finishReason: finishReasonOf(answer),
        };
    }
    #parse(text) {
        return this.#plan === 'json' ? parseJson(text) : undefined;
    }
    #judge(failure, text, answer) {
        const { status } = this.#spec.expected;
        if (failure?.errorClass === 'timeout' || this.#status === undefined)
            return failure ?? NOTHING_CAME;
        const meaning = classifyStatus(this.#status, status, this.#spec.dialect.rejections);
        if (meaning !== 'ok' && meaning !== 'throttled')
            return statusOutcome(this.#status, text);
        if (failure !== undefined)
            return failure;
        if (meaning === 'throttled')
            return { kind: 'throttled' };
        return this.#findProblem(this.#status, text, answer) ?? this.#check(answer) ?? { kind: 'ok' };
    }
    #findProblem(status, text, json) {
        if (this.#stream !== undefined)
            return this.#stream.problem();
        if (this.#body?.overflowed)
            return errorOutcome('protocol', 'the body is longer than 16 MiB');
        return this.#plan === 'json'
            ? findJsonProblem(this.#spec, { status, header: this.#header, text, json })
            : undefined;
    }
    #check(answer) {
        const { headers, body } = this.#spec.expected;
        const mismatch = checkHeaders(headers, this.#header) ?? checkBody(body, answer);
        return mismatch === undefined ? undefined : errorOutcome('check', mismatch);
    }
}
/** Only a transport that breaks its promise ends a response that never began. */
const NOTHING_CAME = errorOutcome('protocol', 'the response ended before its headers');

;// CONCATENATED MODULE: ./build/load/deadline-list.js
/**
 * The open flights that share one timeout. Their deadlines are in the order of their releases, so that a linked list
 * keeps them sorted: adding and removing take the same short time however many there are, and one timer serves all.
 */
class DeadlineList {
    #clock;
    #timeout;
    #expire;
    #onTimer = () => this.#run();
    #first;
    #last;
    #cancelTimer;
    /** `expire` is called for each flight at its deadline, and must remove it. */
    constructor(clock, timeout, expire) {
        this.#clock = clock;
        this.#timeout = timeout;
        this.#expire = expire;
    }
    /** Sets the flight's deadline, counted from its release. */
    add(flight) {
        flight.deadline = (flight.released + this.#timeout);
        flight.sooner = this.#last;
        if (this.#last === undefined)
            this.#first = flight;
        else
            this.#last.later = flight;
        this.#last = flight;
        this.#cancelTimer ??= this.#clock.schedule(flight.deadline, this.#onTimer);
    }
    remove(flight) {
        if (flight.sooner === undefined)
            this.#first = flight.later;
        else
            flight.sooner.later = flight.later;
        if (flight.later === undefined)
            this.#last = flight.sooner;
        else
            flight.later.sooner = flight.sooner;
        flight.sooner = undefined;
        flight.later = undefined;
    }
    /** The open flights, soonest deadline first. */
    all() {
        const flights = [];
        for (let flight = this.#first; flight !== undefined; flight = flight.later)
            flights.push(flight);
        return flights;
    }
    /** Forgets the timer; no deadline is watched any more. */
    close() {
        this.#cancelTimer?.();
        this.#cancelTimer = undefined;
    }
    /** The timer is set for the first of its time, and left alone when that one finishes: most timers find nothing to do. */
    #run() {
        this.#cancelTimer = undefined;
        const now = this.#clock.now();
        while (this.#first !== undefined && this.#first.deadline <= now)
            this.#expire(this.#first);
        if (this.#first !== undefined)
            this.#cancelTimer ??= this.#clock.schedule(this.#first.deadline, this.#onTimer);
    }
}

;// CONCATENATED MODULE: ./build/load/token-cost.js

const FREE = { prompt: 0, completion: 0, total: 0, estimated: false };
/**
 * What a finished request cost: as reported, else estimated from the lengths of prompt and answer. What was refused, or never
 * reached a provider, costs nothing unless usage is reported.
 */
const tokensOf = (reading, flight) => {
    const { usage } = reading;
    if (usage !== undefined)
        return { ...usage, total: usage.prompt + usage.completion, estimated: false };
    if (!mayHaveCost(reading))
        return FREE;
    const prompt = flight.request.promptTokens;
    const completion = estimateTokens(reading.outputChars);
    const total = prompt + completion;
    return total === 0 ? FREE : { prompt, completion, total, estimated: true };
};
const mayHaveCost = ({ outcome }) => {
    if (outcome.kind === 'ok')
        return true;
    if (outcome.kind !== 'error')
        return false;
    return ['timeout', 'protocol', 'truncated', 'check'].includes(outcome.errorClass);
};

;// CONCATENATED MODULE: ./build/load/waiting-line.js
/** Spent places before the line is copied down. */
const COMPACT_AT = 1_024;
/**
 * Released flights that wait for their turn, first come, first served. One that is over by then (its deadline came first) is
 * passed over when its turn comes.
 */
class WaitingLine {
    #flights = [];
    #head = 0;
    push(flight) {
        this.#flights.push(flight);
    }
    /** The first that still waits; undefined when none does. */
    first() {
        while (this.#head < this.#flights.length) {
            const flight = this.#flights[this.#head];
            if (flight.state === 'waiting')
                return flight;
            this.shift();
        }
        return undefined;
    }
    /** Takes the first place away. */
    shift() {
        this.#head += 1;
        if (this.#head < COMPACT_AT && this.#head < this.#flights.length)
            return;
        this.#flights.splice(0, this.#head);
        this.#head = 0;
    }
}

;// CONCATENATED MODULE: ./build/load/dispatcher.js




/**
 * Takes flights from their release to their end: asks the budget, sends, lets wait in line, enforces deadlines, reads the
 * answers. Every flight given to `release` ends in exactly one of the observer's `finished` and `dropped`.
 */
class Dispatcher {
    #parts;
    #line = new WaitingLine();
    #deadlines = new Map();
    #onTurn = () => this.#readAll();
    #refusing;
    #sending;
    /** Ended, and still to be read and recorded. */
    #unread = [];
    #cancelReading;
    constructor(parts) {
        this.#parts = parts;
    }
    /** The moment from which the flight's response time runs. */
    release(flight) {
        const now = this.#parts.clock.now();
        flight.released = now;
        flight.control = this;
        this.#parts.observer.released(flight);
        this.#deadlinesOf(flight).add(flight);
        if (this.#refusing !== undefined)
            this.#drop(flight, this.#refusing, now);
        else if (this.#line.first() !== undefined)
            this.#wait(flight);
        else
            this.#admit(flight, now);
    }
    /** Whether released flights wait for their turn. */
    get isWaiting() {
        return this.#line.first() !== undefined;
    }
    /** From now on nothing is sent: what waits is dropped, and so is what is still released. */
    refuse(reason) {
        this.#refusing = reason;
        const now = this.#parts.clock.now();
        for (let flight = this.#line.first(); flight !== undefined; flight = this.#line.first()) {
            this.#line.shift();
            this.#drop(flight, reason, now);
        }
    }
    /** Cancels what is in flight. Call `refuse` first. */
    cutOff() {
        const now = this.#parts.clock.now();
        for (const list of this.#deadlines.values()) {
            for (const flight of list.all()) {
                if (flight.state === 'sent')
                    this.#hangUp(flight, now);
            }
        }
    }
    /** Closes the connection of one that is in flight; it counts as dropped, and as having cost what it could. Others are left alone. */
    hangUp(flight) {
        if (flight.state === 'sent')
            this.#hangUp(flight, this.#parts.clock.now());
    }
    /** Reads what is still to be read, and forgets its timers. */
    close() {
        this.#cancelReading?.();
        this.#readAll();
        for (const list of this.#deadlines.values())
            list.close();
    }
    ended(flight, at) {
        if (flight.state === 'sent')
            this.#conclude(flight, at, undefined);
    }
    failed(flight, failure, at) {
        if (flight.state !== 'sent')
            return;
        if (this.#sending === flight) {
            // It failed inside `send`. A user without think time would send its next request right here, which may fail the
            // same way, and so on without end: let the event loop turn first.
            this.#parts.clock.schedule(at, () => this.failed(flight, failure, at));
            return;
        }
        this.#conclude(flight, at, failure);
    }
    #admit(flight, now) {
        const admission = this.#parts.budget.admit(now, this.#reservation(flight));
        if (admission.kind === 'send')
            this.#send(flight);
        else if (admission.kind === 'wait')
            this.#wait(flight);
        else {
            this.#parts.onBound(admission.bound);
            this.#drop(flight, 'bound', now);
        }
    }
    #wait(flight) {
        flight.state = 'waiting';
        this.#line.push(flight);
    }
    #send(flight) {
        flight.state = 'sent';
        flight.reader = createResponseReader(flight.request.reader);
        this.#sending = flight;
        flight.cancel = this.#parts.transport.send(flight.request.outgoing, flight);
        this.#sending = undefined;
        this.#parts.observer.sent(flight);
    }
    /**
     * The order matters. First the place is given to the next request, then the user behind this one may go on. The answer is
     * read and recorded when all answers that came in this turn of the event loop have been taken and what they let go out is
     * sent: no parsing stands before a time or a send. Only a bound on tokens needs the answer at once.
     */
    #conclude(flight, at, failure) {
        const { budget, boundsTokens, clock } = this.#parts;
        this.#close(flight);
        flight.endedAt = at;
        flight.failure = failure;
        const reading = boundsTokens ? readingOf(flight) : undefined;
        budget.finish(reading === undefined ? 0 : tokensOf(reading, flight).total, this.#reservation(flight));
        this.#advance();
        flight.owner.answered(flight, at);
        if (reading !== undefined) {
            this.#settle(flight, reading);
            return;
        }
        if (this.#unread.length === 0)
            this.#cancelReading = clock.schedule(at, this.#onTurn);
        this.#unread.push(flight);
    }
    #readAll() {
        const flights = this.#unread;
        this.#unread = [];
        for (const flight of flights)
            this.#settle(flight, readingOf(flight));
    }
    #settle(flight, reading) {
        flight.reader = undefined;
        this.#parts.observer.finished(flight, reading, flight.endedAt);
        flight.owner.settled();
    }
    #hangUp(flight, now) {
        flight.cancel?.();
        this.#parts.budget.finish(undefined, this.#reservation(flight));
        this.#drop(flight, 'cancelled', now);
    }
    #drop(flight, reason, at) {
        this.#close(flight);
        flight.owner.answered(flight, at);
        this.#parts.observer.dropped(flight, reason, at);
        flight.owner.settled();
    }
    #close(flight) {
        flight.state = 'over';
        this.#deadlinesOf(flight).remove(flight);
    }
    /** Sends what waits, as far as the budget lets it. */
    #advance() {
        for (let flight = this.#line.first(); flight !== undefined; flight = this.#line.first()) {
            const now = this.#parts.clock.now();
            const admission = this.#parts.budget.admit(now, this.#reservation(flight));
            if (admission.kind === 'wait')
                return;
            this.#line.shift();
            if (admission.kind === 'send')
                this.#send(flight);
            else {
                this.#parts.onBound(admission.bound);
                this.#drop(flight, 'bound', now);
            }
        }
    }
    #expire(flight) {
        const now = this.#parts.clock.now();
        if (flight.state === 'sent') {
            flight.cancel?.();
            this.#conclude(flight, now, 'timeout');
        }
        else
            this.#drop(flight, 'connection', now);
    }
    #reservation(flight) {
        return this.#parts.boundsTokens ? flight.request.worstTokens : 0;
    }
    #deadlinesOf(flight) {
        const { timeout } = flight.scenario;
        let list = this.#deadlines.get(timeout);
        if (list === undefined) {
            list = new DeadlineList(this.#parts.clock, timeout, (late) => this.#expire(late));
            this.#deadlines.set(timeout, list);
        }
        return list;
    }
}
const readingOf = ({ reader, failure, endedAt }) => {
    if (failure === undefined)
        return reader.end(endedAt);
    return failure === 'timeout' ? reader.timedOut(endedAt) : reader.failed(failure, endedAt);
};

;// CONCATENATED MODULE: ./build/load/expected-length.js


/** How long the burst takes as planned: its longest chain of loads, at most the bound. Draining is not in it. */
const expectedLength = (plan) => {
    const endOf = (load) => {
        const before = plan.loads.find((each) => each.name === load.after);
        return (before === undefined ? 0 : endOf(before)) + load.warmup + schedule_arrivalDuration(load.arrival);
    };
    return units_micros(Math.min(plan.bounds.duration, Math.max(0, ...plan.loads.map(endOf))));
};
/** Response time on which the number of connections opened beforehand is reckoned, in seconds: a short chat answer. */
const ASSUMED_RESPONSE_SECONDS = 1;
/** Connections opened beforehand for one load at most. */
const MAX_OPENED = 256;
/**
 * Connections worth opening before a load starts: one a user, or by Little's law rate × response time. More are opened when
 * they are needed, and that time then counts.
 */
const connectionsFor = (load) => Math.min(MAX_OPENED, Math.max(1, Math.ceil(peakOf(load.arrival))));
const peakOf = (arrival) => {
    switch (arrival.kind) {
        case 'constant-rate':
            return arrival.rate * ASSUMED_RESPONSE_SECONDS;
        case 'ramping-rate':
            return Math.max(...arrival.stages.map((stage) => stage.to)) * ASSUMED_RESPONSE_SECONDS;
        case 'steps':
            return Math.max(...stepRates(arrival)) * ASSUMED_RESPONSE_SECONDS;
        case 'constant-users':
            return arrival.users;
        case 'ramping-users':
            return Math.max(...arrival.stages.map((stage) => stage.to));
    }
};

;// CONCATENATED MODULE: ./build/load/health-recorder.js


/** A burst has about so many blocks at most. */
const MAX_BLOCKS = 60;
/** How long the generator's blocks are in a burst of that length: one second, or more in a long one. */
const healthBlockLength = (expected) => units_micros(Math.max(1_000_000, expected / MAX_BLOCKS));
/** A shorter stretch says nothing: cuts that fall together make one, though their timers ran one after the other. */
const SHORTEST = fromMillis(10);
/** The generator's own blocks of time, cut where the burst says. */
class HealthRecorder {
    #vitals;
    #blocks = [];
    #lag = new HistogramRecorder();
    #released = 0;
    /** Start of the first block; undefined before `begin`. */
    #begunAt;
    #cutAt = units_micros(0);
    constructor(vitals) {
        this.#vitals = vitals;
    }
    /** The first block starts. Call once. */
    begin(now) {
        this.#begunAt = now;
        this.#cutAt = now;
        this.#released = 0;
        this.#vitals.start();
    }
    released(flight) {
        this.#released += 1;
        if (!flight.isWarmup)
            this.#lag.record(flight.released - flight.intended);
    }
    /** A block ends here and the next one starts. Nothing before `begin`, or when the block has only just started. */
    cut(now) {
        if (now - this.#cutAt >= SHORTEST)
            this.#seal(now);
    }
    /** The last block ends. */
    end(now) {
        if (now - this.#cutAt >= SHORTEST || this.#released > 0)
            this.#seal(now);
        this.#vitals.stop();
    }
    blocks() {
        return this.#blocks;
    }
    /** The blocks that lie at least half within a stretch of the clock. */
    between(from, to) {
        const begun = this.#begunAt;
        if (begun === undefined)
            return [];
        return this.#blocks.filter(({ start, duration }) => {
            const inside = Math.min(to, begun + start + duration) - Math.max(from, begun + start);
            return inside * 2 >= duration;
        });
    }
    #seal(now) {
        if (this.#begunAt === undefined)
            return;
        this.#blocks.push({
            ...this.#vitals.take(),
            start: units_micros(this.#cutAt - this.#begunAt),
            duration: units_micros(now - this.#cutAt),
            lag: this.#lag.snapshot(),
            released: this.#released,
        });
        this.#lag.reset();
        this.#released = 0;
        this.#cutAt = now;
    }
}

;// CONCATENATED MODULE: ./build/stats/generator.js

/** Nothing is known of the generator, and nothing stands against it. */
const NO_HEALTH = {
    lag: EMPTY_HISTOGRAM,
    loopDelay: EMPTY_HISTOGRAM,
    gc: EMPTY_HISTOGRAM,
    cpu: undefined,
    steal: undefined,
    blocks: [],
    floor: undefined,
    problems: [],
    scenarioProblems: [],
    warnings: [],
};
/** Every reason not to trust a measurement, those of the whole run first; empty = the generator was healthy. */
const generatorProblems = ({ problems, scenarioProblems, }) => [
    ...problems,
    ...scenarioProblems.map(({ text }) => text),
];
/**
 * The blocks of one thread, one after the other, as one: histograms are added, shares weighted by the time of the blocks
 * that know them. No block → empty histograms, no share.
 */
const addGeneratorBlocks = (blocks) => ({
    lag: addHistograms(blocks.map((block) => block.lag)),
    loopDelay: addHistograms(blocks.map((block) => block.loopDelay)),
    gc: addHistograms(blocks.map((block) => block.gc)),
    cpu: meanOverTime(blocks, 'cpu'),
    steal: meanOverTime(blocks, 'steal'),
});
const meanOverTime = (blocks, key) => {
    const known = blocks.filter((block) => block[key] !== undefined && block.duration > 0);
    const time = known.reduce((sum, block) => sum + block.duration, 0);
    return time === 0 ? undefined : known.reduce((sum, block) => sum + block[key] * block.duration, 0) / time;
};

;// CONCATENATED MODULE: ./build/model/measurement.js
/**
 * What is recorded as a histogram, in µs.
 *
 * - `latency`: release → last byte, `ok` requests only. `service`: written → last byte, `ok` only.
 * - `ttft`: release → first content event. `itl`: gaps between content events, pooled. `tpot`: (end − first content) /
 *   (output tokens − 1) of one request. Streams that ended `ok` only.
 * - `hit`, `miss`, `bypass`: `latency` split by the cache status that the gateway declared.
 * - `throttled`: release → last byte of expected rejections.
 * - `overhead`: `latency` less the time in which a provider was at work on the request. `ttft-overhead`: `ttft` less the time
 *   to first content of the provider's call that delivered it. `ok` requests whose calls a simulated provider has told.
 * - `declared-overhead`: what the gateway itself says of its time (else, but for streams, `latency` less the upstream's time that
 *   it declares), `ok` requests. Nobody's measurement: it is shown and never judged.
 * - `lag`: release − intended start, every released request. `connect`: opening a connection, TLS included.
 */
const METRICS = [
    'latency',
    'service',
    'ttft',
    'itl',
    'tpot',
    'hit',
    'miss',
    'bypass',
    'throttled',
    'overhead',
    'ttft-overhead',
    'declared-overhead',
    'lag',
    'connect',
];

;// CONCATENATED MODULE: ./build/stats/measurement.js



/** Nothing happened. */
const NO_COUNTS = {
    ok: 0,
    throttled: 0,
    errors: {},
    dropped: {},
    status: {},
    providers: {},
    models: {},
    cache: {},
    tokens: { prompt: 0, completion: 0, estimated: 0 },
    good: 0,
};
/** The sums of all of them; exact, and the same in any order. None → all zero. */
const addCounts = (list) => ({
    ok: sumOf(list, (each) => each.ok),
    throttled: sumOf(list, (each) => each.throttled),
    errors: addRecords(list.map((each) => each.errors)),
    dropped: addRecords(list.map((each) => each.dropped)),
    status: addRecords(list.map((each) => each.status)),
    providers: addRecords(list.map((each) => each.providers)),
    models: addRecords(list.map((each) => each.models)),
    cache: addRecords(list.map((each) => each.cache)),
    tokens: {
        prompt: sumOf(list, (each) => each.tokens.prompt),
        completion: sumOf(list, (each) => each.tokens.completion),
        estimated: sumOf(list, (each) => each.tokens.estimated),
    },
    good: sumOf(list, (each) => each.good),
});
/** What happened in all blocks together. */
const totalCounts = (blocks) => addCounts(blocks.map((block) => block.counts));
/** Requests that ended in an error, of any class. */
const errorsOf = (counts) => total(counts.errors);
/** Requests that were never sent, or cut off by the gate itself, for any reason. */
const droppedOf = (counts) => total(counts.dropped);
/** Requests that were sent and ended: ok, throttled and errors. */
const endedOf = (counts) => counts.ok + counts.throttled + errorsOf(counts);
/** Every request of the schedule: ended and dropped. */
const requestsOf = (counts) => endedOf(counts) + droppedOf(counts);
/** Sum of the numbers of a record; an empty one has 0. */
const total = (record) => Object.values(record).reduce((sum, count) => sum + (count ?? 0), 0);
/** Number under a key that may come from outside (a provider named `constructor`); 0 when it is not there. */
const numberAt = (record, key) => Object.hasOwn(record, key) ? (record[key] ?? 0) : 0;
/** All values of a metric in these blocks. No sample → the empty histogram. */
const pooled = (blocks, metric) => addHistograms(blocks.flatMap((block) => block.histograms[metric] ?? []));
/**
 * The blocks of one tenant, or with `undefined` those of the whole scenario: all tenants added block by block.
 * Ascending by index; a tenant that is not there has none.
 */
const blocksOf = (slices, tenant) => {
    const parts = partsOf(slices, tenant);
    return tenant === undefined && slices.length > 1 ? mergeBlocks(parts) : parts;
};
/** The same with the tenants' blocks one after the other: enough for what is added up over time. */
const partsOf = (slices, tenant) => tenant === undefined
    ? slices.flatMap((slice) => slice.blocks)
    : (slices.find((slice) => slice.tenant === tenant)?.blocks ?? []);
/** Adds the blocks that have the same index; a block spans from the earliest start to the latest end of its parts. Ascending. */
const mergeBlocks = (blocks) => {
    const byIndex = Map.groupBy(blocks, (block) => block.index);
    return [...byIndex.values()].map(addBlocks).sort((a, b) => a.index - b.index);
};
const addBlocks = (parts) => {
    if (parts.length === 1)
        return parts[0];
    const start = Math.min(...parts.map((part) => part.start));
    const end = Math.max(...parts.map((part) => part.start + part.duration));
    const histograms = METRICS.flatMap((metric) => {
        const histogram = pooled(parts, metric);
        return histogram.counts.length === 0 ? [] : [[metric, histogram]];
    });
    return {
        index: parts[0].index,
        start: units_micros(start),
        duration: units_micros(end - start),
        counts: totalCounts(parts),
        histograms: Object.fromEntries(histograms),
    };
};
const sumOf = (list, pick) => list.reduce((sum, counts) => sum + pick(counts), 0);
/** Through a Map, and back by `fromEntries`: names from outside may be `__proto__` or `constructor`. */
const addRecords = (records) => {
    const sums = new Map();
    for (const record of records)
        for (const [key, count] of Object.entries(record))
            sums.set(key, (sums.get(key) ?? 0) + count);
    return Object.fromEntries(sums);
};

;// CONCATENATED MODULE: ./build/load/judged-times.js


/** What a comparison with a baseline decides on by default, SLO or not. */
const ALWAYS = [
    { name: 'p95', tenant: undefined, metric: 'latency', quantile: 0.95, relation: undefined },
    { name: 'ttft.p95', tenant: undefined, metric: 'ttft', quantile: 0.95, relation: undefined },
];
/** The quantiles that SLOs speak of, and those that are compared in any case; ones without a sample are left out. */
const judgedTimes = (slos, slices) => {
    const sought = [...ALWAYS, ...slos.flatMap(soughtBy)];
    return sought.flatMap(({ name, tenant, metric, quantile: q, relation }) => {
        const value = quantile(pooled(partsOf(slices, tenant), metric), q);
        return value === undefined ? [] : [{ name, quantile: q, value, relation }];
    });
};
/**
 * Time per output token is left out: an error at the end of a stream is divided by its tokens. So is `cache.delta`, of which both
 * parts have the error.
 */
const soughtBy = ({ text, tenant, subject, relation }) => {
    const name = text.split(/\s*(?:[<>=!]|\bin\b)/)[0];
    if (subject.kind === 'quantile' && subject.metric !== 'tpot')
        return [{ name, tenant, metric: subject.metric, quantile: subject.quantile, relation }];
    return [];
};
/**
 * Whether an error of up to `error` µs may have decided: such errors only make times longer, so an SLO with an upper limit that
 * is met is met in any case, and one that is missed by more is missed in any case.
 */
const mayDecide = ({ value, relation }, error) => {
    if (relation === undefined)
        return true;
    const least = value - error;
    const crosses = (limit) => least <= limit && limit <= value;
    return relation.operator === 'in' ? crosses(relation.low) || crosses(relation.high) : crosses(relation.limit);
};

;// CONCATENATED MODULE: ./build/load/generator-health.js




/** A run without vitals: nothing is known about the thread. */
const NO_VITALS = {
    start: () => { },
    take: () => ({ loopDelay: EMPTY_HISTOGRAM, gc: EMPTY_HISTOGRAM, cpu: undefined, steal: undefined }),
    stop: () => { },
};
/**
 * The error that the generator may put into a measured time on which an SLO decides: 10 ms or a tenth of it, whichever is more,
 * which is the smallest change of a duration that counts by default (`regression.min_change_ms`, `min_change`).
 */
const ERROR_FLOOR_MS = 10;
const ERROR_SHARE = 0.1;
/** The same where a time is only compared with other runs: they have been on busy machines too, which is part of their spread. */
const COMPARED_FLOOR_MS = 50;
/** How much of the share of requests above a quantile may owe their place there to the generator; see `whySaturated`. */
const BLAMED_SHARE = 0.5;
/**
 * Release lag (p99) beyond which the load was not the one that was asked for: arrivals bunch. The lag itself is in no response
 * time, and an arrival that is late by far less than an answer takes leaves the number in flight as it was: hence the share.
 */
const LAG_FLOOR_MS = 50;
const LAG_SHARE = 0.1;
/** CPU use of the load thread beyond which it has no room left, so that its queueing shows up as the gateway's latency. */
const CPU_LIMIT = 0.95;
/** CPU use up to which a rate is advised: above, the loop's delay grows faster than the rate. */
const CPU_ADVISED = 0.5;
/** CPU use from which on the pauses for garbage collection are a load's own: with less, they are long because the machine is busy. */
const CPU_OF_GARBAGE = 0.3;
/** A rate below this share of another is a lower one. */
const NEARLY = 0.7;
/** Steal from which on it is named as a cause. */
const NOTABLE_STEAL = 0.02;
/**
 * Why a scenario's measurement is not to be trusted, in one sentence or a few; undefined = the generator was up to it.
 *
 * A measured time is too long by as much as the loop was late when the answer came. By the union bound, the quantile q of true
 * times with delays is at most the sum of both at q + (1 − q)/2: p97.5 for a p95, p99.5 for a p99, p75 for a p50. So that
 * quantile of the delay is held against each judged time that it may have decided. (Measured with loops blocked on purpose and on busy machines, the
 * error of a p95 was from a tenth of it to all of it.)
 */
const whySaturated = (inputs) => {
    const seen = cpuProblem(inputs) ?? loopProblem(inputs) ?? lagProblem(inputs);
    return seen === undefined ? undefined : `${inputs.scenario}: generator saturated: ${seen} ${advice(inputs)}`;
};
const cpuProblem = ({ blocks }) => {
    const { cpu } = addGeneratorBlocks(blocks);
    if (cpu === undefined || cpu <= CPU_LIMIT)
        return undefined;
    return `it used ${percent(cpu)} of its core (limit ${percent(CPU_LIMIT)}), so that its own queueing was measured.`;
};
const loopProblem = ({ blocks, times }) => {
    const { loopDelay } = addGeneratorBlocks(blocks);
    const [worst] = times
        .map((time) => ({ time, ...delayBeside(loopDelay, time) }))
        .filter(({ time, seen, limit }) => seen > limit && mayDecide(time, seen))
        .sort((a, b) => b.seen / b.limit - a.seen / a.limit);
    if (worst === undefined)
        return undefined;
    const { time, seen, limit, at } = worst;
    return `its event loop was late by ${ms(seen)} at p${Number((at * 100).toFixed(2))}, and a ${time.name} of ${ms(time.value)} bears ${ms(limit)}.`;
};
const delayBeside = (loopDelay, { quantile: q, value, relation }) => {
    const floor = relation === undefined ? COMPARED_FLOOR_MS : ERROR_FLOOR_MS;
    const at = 1 - (1 - q) * BLAMED_SHARE;
    return { at, seen: quantile(loopDelay, at) ?? 0, limit: Math.max(floor * 1_000, ERROR_SHARE * value) };
};
const lagProblem = ({ lag, times }) => {
    const p99 = quantile(lag, 0.99);
    const shortest = Math.min(...times.map(({ value }) => value));
    const limit = Math.max(LAG_FLOOR_MS * 1_000, Number.isFinite(shortest) ? LAG_SHARE * shortest : 0);
    if (p99 === undefined || p99 <= limit)
        return undefined;
    return `1 % of its requests were released ${ms(p99)} or more after their time (limit ${ms(limit)}), so that the load was not the one that was asked for.`;
};
/** What to do: a rate that the machine holds where the generator itself was busy, else what kept the machine from it. */
const advice = ({ blocks }) => {
    const { cpu, gc, loopDelay, steal } = addGeneratorBlocks(blocks);
    const rate = rateOf(blocks);
    const quieter = 'Use a quieter machine, and let nothing else run beside the measurement';
    if (cpu !== undefined && cpu > CPU_ADVISED && rate > 0)
        return `The load was ${perSecond(rate)}, and this machine holds about ${perSecond((rate * CPU_ADVISED) / cpu)}: lower the rate or the number of users.`;
    const pause = maximum(gc) ?? 0;
    const late = quantile(loopDelay, 0.99) ?? 0;
    const busy = cpu === undefined ? '' : `It used only ${percent(cpu)} of a core at ${perSecond(rate)}: `;
    if (steal !== undefined && steal >= NOTABLE_STEAL)
        return `${busy}the host gave ${percent(steal)} of this machine's CPU time to others. ${quieter}.`;
    if (cpu !== undefined && cpu >= CPU_OF_GARBAGE && pause > 0 && pause >= late)
        return `${busy}garbage collection paused it for up to ${ms(pause)}. Lower the rate, or the size of requests and answers.`;
    return `${busy}${busy === '' ? 'Something' : 'something'} else took the machine's time. ${quieter}${healthyRate(blocks)}.`;
};
/** The busiest stretch in which the loop was on time, where it was not at higher rates. */
const healthyRate = (blocks) => {
    const onTime = blocks.filter(({ loopDelay }) => (quantile(loopDelay, 0.99) ?? 0) <= ERROR_FLOOR_MS * 1_000);
    const best = Math.max(0, ...onTime.map((block) => rateOf([block])));
    const peak = Math.max(0, ...blocks.map((block) => rateOf([block])));
    return best > 0 && best < NEARLY * peak ? `; it held ${perSecond(best)} when that was the load` : '';
};
/** Requests released a second; 0 for no time. */
const rateOf = (blocks) => {
    const time = toSeconds(units_micros(blocks.reduce((sum, block) => sum + block.duration, 0)));
    return time > 0 ? blocks.reduce((sum, block) => sum + block.released, 0) / time : 0;
};
const percent = (share) => `${Math.round(share * 100)} %`;
const ms = (duration) => `${toMillis(duration).toFixed(1)} ms`;
/** Two digits: it is an estimate. */
const perSecond = (rate) => `${Number(rate.toPrecision(2)).toLocaleString('en-US')}/s`;

;// CONCATENATED MODULE: ./build/load/judge-generator.js





/** How the generator fared, and which scenarios it spoilt: each is judged by the blocks of the time in which it was measured. */
const judgeGenerator = ({ plan, loads, results, health }) => {
    const blocks = health.blocks();
    const problemOf = (load, { name, slices }) => whySaturated({
        scenario: name,
        lag: pooled(partsOf(slices, undefined), 'lag'),
        times: judgedTimes(plan.scenarios.find((each) => each.name === name)?.slos ?? [], slices),
        blocks: health.between(load.measuredFrom, units_micros(load.measuredFrom + load.measuredFor)),
    });
    const scenarioProblems = loads.flatMap((load) => load.plan.members.flatMap(({ scenario }) => {
        const run = results.get(scenario);
        const text = run === undefined ? undefined : problemOf(load, run);
        return text === undefined ? [] : [{ scenario, text }];
    }));
    return { ...NO_HEALTH, ...addGeneratorBlocks(blocks), blocks, scenarioProblems };
};

;// CONCATENATED MODULE: ./build/load/live-counts.js



/** Totals of the whole run, warm-up included unless it says otherwise. */
class LiveCounts {
    tokens = 0;
    #latency = new HistogramRecorder();
    #sent = 0;
    #inFlight = 0;
    #ok = 0;
    #throttled = 0;
    #errors = 0;
    #dropped = 0;
    #lastLook;
    released() { }
    sent() {
        this.#sent += 1;
        this.#inFlight += 1;
    }
    finished(flight, reading, at) {
        const { kind } = reading.outcome;
        this.#inFlight -= 1;
        this.tokens += tokensOf(reading, flight).total;
        if (kind === 'ok')
            this.#ok += 1;
        else if (kind === 'throttled')
            this.#throttled += 1;
        else
            this.#errors += 1;
        if (kind === 'ok' && !flight.isWarmup)
            this.#latency.record(at - flight.released);
    }
    dropped(flight) {
        this.#dropped += 1;
        if (flight.cancel !== undefined)
            this.#inFlight -= 1;
    }
    /** A look at the totals; the rate is that since the last look. */
    look(now) {
        const since = this.#lastLook === undefined ? 0 : toSeconds(units_micros(now - this.#lastLook.at));
        const rate = since > 0 ? (this.#sent - this.#lastLook.sent) / since : 0;
        this.#lastLook = { at: now, sent: this.#sent };
        return {
            sent: this.#sent,
            inFlight: this.#inFlight,
            ok: this.#ok,
            throttled: this.#throttled,
            errors: this.#errors,
            dropped: this.#dropped,
            rate,
            p95: quantile(this.#latency.snapshot(), 0.95),
        };
    }
}

;// CONCATENATED MODULE: ./build/plan/describe-arrival.js

/** An arrival in words, such as `20/s for 30s`, for reports. */
const describeArrival = (arrival) => {
    switch (arrival.kind) {
        case 'constant-rate':
            return `${formatRate(arrival.rate)}${processOf(arrival)} for ${quantities_formatDuration(arrival.duration)}`;
        case 'ramping-rate':
            return `ramp to ${arrival.stages.map(({ to, over }) => `${formatRate(to)} over ${quantities_formatDuration(over)}`).join(', then ')}${processOf(arrival)}`;
        case 'constant-users':
            return `${usersOf(arrival.users)}${thinkOf(arrival.think)} for ${quantities_formatDuration(arrival.duration)}`;
        case 'ramping-users':
            return `ramp to ${arrival.stages.map(({ to, over }) => `${usersOf(to)} over ${quantities_formatDuration(over)}`).join(', then ')}${thinkOf(arrival.think)}`;
        case 'steps':
            return `steps from ${formatRate(arrival.from)} to ${formatRate(arrival.to)} by ${formatRate(arrival.by)}, ${quantities_formatDuration(arrival.hold)} each`;
    }
};
const processOf = ({ process }) => process === 'poisson' ? ' (Poisson)' : '';
const usersOf = (count) => `${count} user${count === 1 ? '' : 's'}`;
const thinkOf = ({ min, max }) => {
    if (max === 0)
        return ' without think time';
    const range = min === max ? quantities_formatDuration(min) : `${quantities_formatDuration(min)} to ${quantities_formatDuration(max)}`;
    return ` thinking ${range}`;
};

;// CONCATENATED MODULE: ./build/plan/mix.js


/** Weights count to three decimals. */
const SCALE = 1_000;
/**
 * Whose turn it is, request by request: a function that names the next scenario. Its shares are exact: in every cycle (the
 * weights' sum in lowest terms: 3:1 is a cycle of 4, 0.5:1.5 as well) each member comes exactly as often as its weight
 * says, in an order shuffled from the seed. A weight above 0 is never rounded to nothing; a weight of 0 is never picked.
 * Throws `GateError` `internal` when no weight is above 0.
 */
function createMix(members, seed) {
    const weights = wholeWeights(members.map((member) => member.weight));
    const cycle = weights.reduce((sum, weight) => sum + weight, 0);
    if (!(cycle > 0))
        throw new errors_GateError('internal', 'a load without a scenario to send');
    const random = createRandom(seed);
    let left = [];
    let count = 0;
    return () => {
        if (count === 0)
            [left, count] = [[...weights], cycle];
        // Drawing without replacement is a shuffle that need not be stored: a cycle may be long.
        let place = random.int(0, count - 1);
        let member = 0;
        while (place >= left[member]) {
            place -= left[member];
            member += 1;
        }
        left[member] -= 1;
        count -= 1;
        return members[member].scenario;
    };
}
function wholeWeights(weights) {
    const scaled = weights.map((weight) => (weight > 0 ? Math.max(1, Math.round(weight * SCALE)) : 0));
    const divisor = scaled.reduce(greatestCommonDivisor, 0);
    return divisor === 0 ? scaled : scaled.map((weight) => weight / divisor);
}
function greatestCommonDivisor(left, right) {
    let [a, b] = [left, right];
    while (b > 0)
        [a, b] = [b, a % b];
    return a;
}

;// CONCATENATED MODULE: ./build/load/flight.js
/** One arrival, from its schedule to its record: a single object, so that a request stays cheap. */
class Flight {
    owner;
    scenario;
    recorder;
    request;
    /** As scheduled, on the run's clock. */
    intended;
    /** Block of its intended start; −1 in the warm-up. */
    block;
    state = 'planned';
    released = 0;
    /** Undefined until the request is written to a connection. */
    writtenAt;
    /** µs for a connection opened for this very request; undefined when there was one. */
    connectTime;
    deadline = 0;
    /** Neighbours in its list of deadlines. */
    sooner;
    later;
    reader;
    /** When its exchange was over; its answer may be read later. */
    endedAt = 0;
    /** Why it ended without a whole response; undefined = it has one. */
    failure;
    cancel;
    control;
    constructor(parts) {
        this.owner = parts.owner;
        this.scenario = parts.scenario;
        this.recorder = parts.recorder;
        this.request = parts.request;
        this.intended = parts.intended;
        this.block = parts.block;
    }
    get isWarmup() {
        return this.block < 0;
    }
    connected(took) {
        this.connectTime = took;
    }
    written(at) {
        this.writtenAt = at;
    }
    headers(status, headers, at) {
        this.reader?.headers(status, headers, at);
    }
    chunk(bytes, at) {
        this.reader?.chunk(bytes, at);
    }
    end(at) {
        this.control?.ended(this, at);
    }
    failed(failure, at) {
        this.control?.failed(this, failure, at);
    }
}

;// CONCATENATED MODULE: ./build/config/prose.js
/** Characters that one token of English stands for, about, with the byte-pair vocabularies in use. */
const CHARACTERS_PER_TOKEN = 4;
const OPENERS = [
    'After the last release',
    'Before the next review',
    'During the quiet hours',
    'For most of the customers',
    'From what we measured',
    'In a second experiment',
    'In the northern region',
    'On the first of the month',
    'Once the backlog was cleared',
    'Since the migration ended',
    'Under heavy traffic',
    'When the forecast changed',
];
const SUBJECTS = [
    'the support team',
    'a careful reader',
    'our oldest warehouse',
    'the billing service',
    'every regional office',
    'the new onboarding guide',
    'a small group of engineers',
    'the weekly report',
    'their insurance partner',
    'the harbour authority',
    'an independent auditor',
    'the research library',
    'each delivery driver',
    'the second supplier',
    'a visiting lecturer',
    'the planning committee',
];
const VERBS = [
    'described',
    'quietly replaced',
    'asked about',
    'could not explain',
    'carefully compared',
    'finally approved',
    'had already documented',
    'often mentions',
    'rewrote',
    'tends to postpone',
    'summarised',
    'will soon publish',
    'questioned',
    'relied on',
    'sent back',
    'kept improving',
];
const OBJECTS = [
    'a shorter route through the valley',
    'the terms of the warranty',
    'three unfinished invoices',
    'a table of seasonal prices',
    'the history of the old bridge',
    'several unusual measurements',
    'the instructions for returning a parcel',
    'a list of open questions',
    'the energy budget of the building',
    'two conflicting statements',
    'the minutes of the last meeting',
    'an early draft of the contract',
    'the steps for resetting a password',
    'a map of the underground cables',
    'the results of the customer survey',
    'the schedule for the evening shift',
];
const ENDINGS = [
    'because the numbers did not agree',
    'without telling the other departments',
    'and nobody noticed for a week',
    'so that the work could continue',
    'although the weather made it difficult',
    'which surprised almost everyone',
    'as the regulations require',
    'before the doors were opened',
    'in order to save a little time',
    'while the phones kept ringing',
    'and the answer was far from obvious',
    'with only minor corrections',
];
/**
 * Seeded English prose of about `tokens` tokens (whole, at least 1), counted as four characters each: real vocabularies
 * differ by some 20 %. Never empty, ends in a full stop, off by at most one word. Made from phrases rather than words, which
 * takes fewer draws, for a burst of long prompts must not cost the generator its time.
 */
function writeProse(tokens, random) {
    const length = tokens * CHARACTERS_PER_TOKEN;
    let text = '';
    while (text.length < length)
        text += (text === '' ? '' : ' ') + sentence(random);
    if (text.length === length)
        return text;
    const cut = text.lastIndexOf(' ', length);
    const words = text.slice(0, cut > 0 ? cut : text.indexOf(' '));
    return `${words.replace(/[.,]$/, '')}.`;
}
function sentence(random) {
    const clause = `${one(SUBJECTS, random)} ${one(VERBS, random)} ${one(OBJECTS, random)}`;
    const shape = random.int(0, 3);
    if (shape === 0)
        return capitalized(`${clause}.`);
    if (shape === 1)
        return `${one(OPENERS, random)}, ${clause}.`;
    if (shape === 2)
        return capitalized(`${clause}, ${one(ENDINGS, random)}.`);
    return `${one(OPENERS, random)}, ${clause}, ${one(ENDINGS, random)}.`;
}
const one = (phrases, random) => phrases[random.int(0, phrases.length - 1)];
const capitalized = (text) => text.charAt(0).toUpperCase() + text.slice(1);

;// CONCATENATED MODULE: ./build/config/template-render.js



/** What stands in a rendered body for a prompt that a probe puts there. */
const PROMPT_PLACE = '${prompt}';
/**
 * Text of a template. Throws `GateError` `internal` for a list or tenant variable that the context has not got: reading
 * the configuration has made sure of them.
 */
function renderTemplate(template, context) {
    let text = '';
    for (const part of template)
        text += typeof part === 'string' ? part : String(evaluate(part, context));
    return text;
}
/** The JSON value of a template, with the types that `JsonTemplate` promises. Throws as `renderTemplate` does. */
function renderJsonValue(json, context) {
    if (json === null || typeof json !== 'object')
        return json;
    if ('array' in json)
        return json.array.map((item) => renderJsonValue(item, context));
    if ('object' in json)
        return Object.fromEntries(json.object.map(([key, value]) => [key, renderJsonValue(value, context)]));
    const typed = typedExpression(json.template);
    return typed === undefined ? renderTemplate(json.template, context) : evaluate(typed, context);
}
/** The expression of a template that stands alone and whose value keeps its own type in JSON; undefined for a text. */
function typedExpression(template) {
    const [only] = template;
    if (template.length !== 1 || only === undefined || typeof only === 'string')
        return undefined;
    return only.kind === 'int' || only.kind === 'seq' || only.kind === 'tenant' ? only : undefined;
}
/** The value of one expression. */
function evaluate(expression, context) {
    switch (expression.kind) {
        case 'uuid':
            return template_render_uuid(context.random);
        case 'nonce':
            return context.nonce;
        case 'seq':
            return context.seq;
        case 'prompt':
            return PROMPT_PLACE;
        case 'int':
            return context.random.int(expression.min, expression.max);
        case 'text':
            return writeProse(expression.tokens, context.random);
        case 'pick':
            return template_render_pick(expression.list, context);
        case 'tenant':
            return tenantVariable(expression.variable, context);
    }
}
function template_render_pick(name, context) {
    const list = Object.hasOwn(context.lists, name) ? context.lists[name] : undefined;
    if (list === undefined || list.length === 0)
        throw new errors_GateError('internal', `there is no list ${name} to pick from`);
    return list[context.random.int(0, list.length - 1)];
}
function tenantVariable(variable, { tenant }) {
    if (tenant !== undefined && variable === 'id')
        return tenant.id;
    const value = tenant !== undefined && Object.hasOwn(tenant.vars, variable) ? tenant.vars[variable] : undefined;
    if (value === undefined)
        throw new errors_GateError('internal', `tenant ${tenant?.id ?? '(none)'} has no ${variable}`);
    return value;
}
/** Two hexadecimal digits of every byte: a UUID takes a fifth of the time that number formatting would. */
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
/** The low 16 bits of a word as four hexadecimal digits. */
const hex16 = (word) => HEX[(word >>> 8) & 0xff] + HEX[word & 0xff];
/** A version 4 UUID (RFC 9562 §5.4) from the stream. */
function template_render_uuid(random) {
    const word = () => random.int(0, 0xffff_ffff);
    const [a, b, c, d] = [word(), word(), word(), word()];
    const version = hex16((b & 0x0fff) | 0x4000);
    const variant = hex16(((c >>> 16) & 0x3fff) | 0x8000);
    return `${hex16(a >>> 16)}${hex16(a)}-${hex16(b >>> 16)}-${version}-${variant}-${hex16(c)}${hex16(d >>> 16)}${hex16(d)}`;
}
/**
 * The nonces of a scenario's requests, by request index (a whole number below 2^32): 18 letters and digits, the first 11
 * the scenario's and seed's, the last 7 unlike for every index. Neighbours look unlike, so that no cache takes them
 * for the same prompt.
 */
function createNonces(seed, scenario) {
    const name = seedOf(seed, scenario);
    const key = hashText(name, 1);
    const scope = (hashText(name, 2) * 0x20_0000 + (hashText(name, 3) >>> 11)).toString(36).padStart(11, '0');
    // A bijection of the index: two indexes never share a nonce.
    return (index) => scope + base36(mixBits(index ^ key));
}
const template_render_DIGITS = '0123456789abcdefghijklmnopqrstuvwxyz';
/** Every two digits of base 36: number formatting would take twenty times as long. */
const PAIRS = Array.from({ length: 1_296 }, (_, pair) => template_render_DIGITS[Math.floor(pair / 36)] + template_render_DIGITS[pair % 36]);
/** An unsigned 32-bit word as seven digits. */
const base36 = (word) => {
    const high = Math.floor(word / PAIRS.length ** 2);
    const low = word - high * PAIRS.length ** 2;
    const middle = (low / PAIRS.length) | 0;
    const first = (high / 36) | 0;
    return PAIRS[first] + template_render_DIGITS[high - first * 36] + PAIRS[middle] + PAIRS[low - middle * PAIRS.length];
};
/** The nonce of one request; see `createNonces`, which is cheaper for many. */
const nonceOf = (seed, scenario, index) => createNonces(seed, scenario)(index);

;// CONCATENATED MODULE: ./build/config/compile-json.js

/**
 * A function that renders the JSON text of a template: what is literal is escaped and joined once, so that a request costs
 * only its expressions. The text is that of `JSON.stringify(renderJsonValue(…))` on the same random stream, except that
 * keys keep the template's order even where they look like numbers, and that halves of a surrogate pair that only meet
 * in the middle stay escaped (the parsed value is the same).
 */
function compileJson(json) {
    const pieces = compile_json_joined(piecesOf(json));
    return (context) => {
        let text = '';
        for (const piece of pieces)
            text += typeof piece === 'string' ? piece : pieceText(piece, context);
        return text;
    };
}
function pieceText({ expression, whole }, context) {
    const value = evaluate(expression, context);
    return whole ? JSON.stringify(value) : escaped(String(value));
}
/** The text as it stands between the quotes of a JSON string. */
const escaped = (text) => (PLAIN.test(text) ? text : JSON.stringify(text).slice(1, -1));
/** What stands in a string of JSON as it is. */
const PLAIN = /^[ !#-[\]-~]*$/;
function piecesOf(json) {
    if (json === null || typeof json !== 'object')
        return [JSON.stringify(json)];
    if ('array' in json)
        return ['[', ...separated(json.array.map(piecesOf)), ']'];
    if ('object' in json) {
        const members = json.object.map(([key, value]) => [`${JSON.stringify(key)}:`, ...piecesOf(value)]);
        return ['{', ...separated(members), '}'];
    }
    const typed = typedExpression(json.template);
    if (typed !== undefined)
        return [{ expression: typed, whole: true }];
    const parts = json.template.map((part) => (typeof part === 'string' ? escaped(part) : { expression: part, whole: false }));
    return ['"', ...parts, '"'];
}
const separated = (items) => items.flatMap((item, index) => (index === 0 ? item : [',', ...item]));
function compile_json_joined(pieces) {
    const result = [];
    for (const piece of pieces) {
        const last = result.at(-1);
        if (typeof piece === 'string' && typeof last === 'string')
            result[result.length - 1] = last + piece;
        else
            result.push(piece);
    }
    return result;
}
/** Every expression of a template or JSON template, in the order in which they are rendered, repeats included. */
function expressionsOf(source) {
    if (source === null || typeof source !== 'object')
        return [];
    if ('template' in source)
        return expressionsOf(source.template);
    if ('array' in source)
        return source.array.flatMap(expressionsOf);
    if ('object' in source)
        return source.object.flatMap(([, value]) => expressionsOf(value));
    return source.filter((part) => typeof part !== 'string');
}
/** The lists that `${pick NAME}` names, each once. */
const templateLists = (source) => [
    ...new Set(expressionsOf(source).flatMap((each) => (each.kind === 'pick' ? [each.list] : []))),
];
/** The variables that `${tenant.VAR}` names, each once; `id`, which every tenant has, included. */
const templateVariables = (source) => [
    ...new Set(expressionsOf(source).flatMap((each) => (each.kind === 'tenant' ? [each.variable] : []))),
];

;// CONCATENATED MODULE: ./build/load/request-factory.js




/**
 * Compiles a scenario once, so that a request costs only its expressions: what is the same for every request of a tenant
 * (headers, body, expectation) is rendered once and shared.
 */
const createRequestFactory = (plan, scenario) => {
    const randoms = createRequestRandoms(plan.seed, scenario.name);
    const nonces = createNonces(plan.seed, scenario.name);
    const compiled = tenantsOf(scenario).map((tenant) => compile(plan, scenario, tenant));
    return (index, tenant = index % compiled.length) => {
        const { render, definition } = compiled[tenant];
        return render({
            random: randoms(index),
            seq: index,
            nonce: nonces(index),
            tenant: definition,
            lists: plan.lists,
        }, tenant);
    };
};
const tenantsOf = (scenario) => scenario.tenants.length === 0 ? [undefined] : scenario.tenants;
const compile = (plan, scenario, definition) => {
    const headers = onceIfSteady(headerRenderer(scenario, definition));
    const body = scenario.body === undefined ? () => undefined : compileJson(scenario.body);
    const reader = onceIfSteady(readerRenderer(plan, scenario));
    const path = pathOf(plan.target.url, scenario.path);
    const hasPrompt = scenario.endpoint !== 'models' && scenario.endpoint !== 'custom';
    const render = (context, tenant) => {
        const outgoing = { method: scenario.method, path, headers: headers(context), body: body(context) };
        const promptTokens = hasPrompt ? estimateTokens(outgoing.body?.length ?? 0) : 0;
        const worstTokens = promptTokens + scenario.maxCompletionTokens;
        return { outgoing, reader: reader(context), nonce: context.nonce, tenant, promptTokens, worstTokens };
    };
    return { definition, render };
};
const onceIfSteady = ({ steady, render }) => {
    let kept;
    if (!steady)
        return render;
    return (context) => {
        kept ??= { value: render(context) };
        return kept.value;
    };
};
/** Nothing in them but text and the tenant's own variables. */
const isSteady = (templates) => templates.every((template) => expressionsOf(template).every((expression) => expression.kind === 'tenant'));
const headerRenderer = (scenario, tenant) => {
    // By name, so that a later one wins and keeps the place of the first.
    const merged = new Map([...scenario.headers, ...(tenant?.headers ?? [])]);
    if (scenario.body !== undefined && !merged.has('content-type'))
        merged.set('content-type', ['application/json']);
    const entries = [...merged];
    const render = (context) => {
        const flat = [];
        for (const [name, value] of entries)
            flat.push(name, renderTemplate(value, context));
        return flat;
    };
    return { steady: isSteady(entries.map(([, value]) => value)), render };
};
const readerRenderer = (plan, scenario) => {
    const { endpoint, stream, expect } = scenario;
    const { dialect } = plan;
    const matchers = [...expect.headers, ...expect.body].map(({ matcher }) => matcher);
    const render = (context) => ({
        endpoint,
        stream,
        dialect,
        expected: renderExpectation(expect, context),
    });
    return { steady: isSteady(matchers.flatMap(templatesOf)), render };
};
const templatesOf = (matcher) => {
    switch (matcher.kind) {
        case 'equals':
            return [matcher.value];
        case 'oneOf':
        case 'not':
            return matcher.values;
        default:
            return [];
    }
};
const renderExpectation = (expect, context) => ({
    status: expect.status,
    headers: expect.headers.map(({ name, matcher }) => ({ name, matcher: renderMatcher(matcher, context) })),
    body: expect.body.map(({ path, matcher }) => ({ path, matcher: renderMatcher(matcher, context) })),
});
const renderMatcher = (matcher, context) => {
    const rendered = templatesOf(matcher).map((template) => renderJsonValue(template, context));
    switch (matcher.kind) {
        case 'equals':
            return { kind: 'equals', value: rendered[0] };
        case 'oneOf':
        case 'not':
            return { kind: matcher.kind, values: rendered };
        default:
            return matcher;
    }
};
/** The scenario's path behind that of the gateway's URL. */
const pathOf = (targetUrl, path) => {
    const base = new URL(targetUrl).pathname.replace(/\/+$/, '');
    return `${base}${path.startsWith('/') ? path : `/${path}`}`;
};

;// CONCATENATED MODULE: ./build/plan/has-nonce.js

/** Whether a scenario's requests can be told at a provider: a `${nonce}` is in their body. */
const hasNonce = ({ body }) => body !== undefined && expressionsOf(body).some(({ kind }) => kind === 'nonce');

;// CONCATENATED MODULE: ./build/load/failure-groups.js
/** Groups in the result. */
const MAX_GROUPS = 20;
/** Groups kept while counting; what is unlike all of them is counted under its class and status alone. */
const failure_groups_MAX_KEPT = 200;
const OTHER_DETAILS = 'other details';
/** Failures of one scenario, those that look alike together. Memory does not grow with their number. */
class FailureGroups {
    #groups = new Map();
    add(failure) {
        const entry = this.#entry(failure) ?? this.#entry({ ...failure, detail: OTHER_DETAILS }, true);
        entry.count += 1;
    }
    /** The most frequent first, at most 20. */
    result() {
        return [...this.#groups.values()]
            .sort((a, b) => b.count - a.count)
            .slice(0, MAX_GROUPS)
            .map(({ group, count }) => ({ ...group, count }));
    }
    #entry(failure, always = false) {
        const key = keyOf(failure.errorClass, failure.status, failure.detail);
        let entry = this.#groups.get(key);
        if (entry === undefined && (always || this.#groups.size < failure_groups_MAX_KEPT)) {
            entry = { group: { ...failure, count: 0 }, count: 0 };
            this.#groups.set(key, entry);
        }
        return entry;
    }
}
const keyOf = (errorClass, status, detail) => `${errorClass} ${status ?? ''} ${detail}`;

;// CONCATENATED MODULE: ./build/load/latency-limits.js
/** Which duration of a request a metric's limit is compared with. */
const DURATION_OF = {
    latency: (times) => times.latency,
    ttft: (times) => times.ttft,
    itl: (times) => times.longestGap,
    tpot: (times) => times.tpot,
    hit: (times) => (times.cache === 'hit' ? times.latency : undefined),
    miss: (times) => (times.cache === 'miss' ? times.latency : undefined),
    // Known only after the request was counted.
    overhead: () => undefined,
    'ttft-overhead': () => undefined,
};
/**
 * Whether one request, by itself, met every latency SLO (`<` and `<=` of quantiles) that speaks of its tenant or of all: what
 * goodput counts. An SLO on something that the request does not have does not speak of it; without SLOs all are good.
 */
const createLatencyLimits = (slos, tenant) => {
    const checks = slos
        .filter((slo) => slo.tenant === undefined || slo.tenant === tenant)
        .flatMap(({ subject, relation }) => subject.kind === 'quantile' && (relation.operator === '<' || relation.operator === '<=')
        ? [{ duration: DURATION_OF[subject.metric], limit: relation.limit, isClosed: relation.operator === '<=' }]
        : []);
    return (times) => checks.every(({ duration, limit, isClosed }) => {
        const value = duration(times);
        return value === undefined || value < limit || (isClosed && value === limit);
    });
};

;// CONCATENATED MODULE: ./build/load/block-recorder.js

/** Counts by name. A Map, as names come from outside (a provider may be called `constructor`). */
class Tally {
    #counts = new Map();
    add(name) {
        this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
    }
    toRecord() {
        return Object.fromEntries(this.#counts);
    }
}
/** What happens in one block of one slice, while it is open. */
class BlockRecorder {
    index;
    /** Released and not yet over. */
    open = 0;
    ok = 0;
    throttled = 0;
    good = 0;
    errors = new Tally();
    dropped = new Tally();
    status = new Tally();
    providers = new Tally();
    models = new Tally();
    cache = new Tally();
    tokens = { prompt: 0, completion: 0, estimated: 0 };
    #recorders = new Map();
    constructor(index) {
        this.index = index;
    }
    /** Records one value, µs. */
    record(metric, us) {
        let recorder = this.#recorders.get(metric);
        if (recorder === undefined) {
            recorder = new HistogramRecorder();
            this.#recorders.set(metric, recorder);
        }
        recorder.record(us);
    }
    toBlock(start, duration) {
        const histograms = [...this.#recorders].map(([metric, recorder]) => [metric, recorder.snapshot()]);
        return { index: this.index, start, duration, counts: this.#counts(), histograms: Object.fromEntries(histograms) };
    }
    #counts() {
        return {
            ok: this.ok,
            throttled: this.throttled,
            errors: this.errors.toRecord(),
            dropped: this.dropped.toRecord(),
            status: this.status.toRecord(),
            providers: this.providers.toRecord(),
            models: this.models.toRecord(),
            cache: this.cache.toRecord(),
            tokens: { ...this.tokens },
            good: this.good,
        };
    }
}

;// CONCATENATED MODULE: ./build/load/slice-recorder.js



/**
 * The blocks of one tenant. A block is turned into plain data as soon as time has moved past it and all its requests are
 * over, so that memory does not grow with the number of requests.
 */
class SliceRecorder {
    #tenant;
    #grid;
    #open = new Map();
    #sealed = [];
    #latest = 0;
    constructor(tenant, grid) {
        this.#tenant = tenant;
        this.#grid = grid;
    }
    /** The block, open. One that was sealed and is needed after all is added up at the end. */
    block(index) {
        let block = this.#open.get(index);
        if (block === undefined) {
            block = new BlockRecorder(index);
            this.#open.set(index, block);
            if (index > this.#latest)
                this.#moveTo(index);
        }
        return block;
    }
    /** One request of the block is over. */
    close(block) {
        block.open -= 1;
        if (block.open === 0 && block.index < this.#latest)
            this.#seal(block);
    }
    /** Everything recorded. `cutAt`: where the measured phase was cut short, µs from its start. */
    result(cutAt) {
        for (const block of [...this.#open.values()])
            this.#seal(block);
        const blocks = mergeBlocks(this.#sealed).map((block) => shorten(block, cutAt));
        return { tenant: this.#tenant, blocks };
    }
    #moveTo(index) {
        this.#latest = index;
        for (const block of [...this.#open.values()])
            if (block.index < index && block.open === 0)
                this.#seal(block);
    }
    #seal(block) {
        this.#open.delete(block.index);
        this.#sealed.push(block.toBlock(this.#grid.startOf(block.index), this.#grid.durationOf(block.index)));
    }
}
/** A block in which the load was cut was only that long; those behind it hold nothing but dropped arrivals. */
const shorten = (block, cutAt) => {
    if (cutAt === undefined || block.start >= cutAt || block.start + block.duration <= cutAt)
        return block;
    return { ...block, duration: units_micros(cutAt - block.start) };
};

;// CONCATENATED MODULE: ./build/load/scenario-recorder.js






/** Records one scenario: blocks × tenants × metrics. The warm-up is sent and counted, and left out of everything else. */
class ScenarioRecorder {
    warmupRequests = 0;
    #slices;
    #limits;
    #failures = new FailureGroups();
    #overhead;
    #hasNonce;
    #upstream = { joined: 0, hits: 0, unseen: 0 };
    constructor(scenario, grid, overhead) {
        this.#overhead = overhead;
        this.#hasNonce = hasNonce(scenario);
        const tenants = scenario.tenants.length === 0 ? [undefined] : scenario.tenants.map((tenant) => tenant.id);
        this.#slices = tenants.map((tenant) => new SliceRecorder(tenant, grid));
        this.#limits = tenants.map((tenant) => createLatencyLimits(scenario.slos, tenant));
    }
    released(flight) {
        if (flight.isWarmup)
            return;
        const block = this.#blockOf(flight);
        block.open += 1;
        block.record('lag', flight.released - flight.intended);
    }
    sent(flight) {
        if (flight.isWarmup)
            this.warmupRequests += 1;
    }
    finished(flight, reading, at) {
        if (this.#hasNonce)
            this.#overhead?.finished(flight, reading, at, this);
        if (flight.isWarmup)
            return;
        const block = this.#blockOf(flight);
        this.#count(block, flight, reading);
        if (flight.connectTime !== undefined)
            block.record('connect', flight.connectTime);
        if (reading.outcome.kind === 'ok')
            this.#recordOk(block, flight, reading, at);
        else if (reading.outcome.kind === 'throttled')
            block.record('throttled', at - flight.released);
        this.#slices[flight.request.tenant].close(block);
    }
    dropped(flight, reason) {
        if (flight.isWarmup)
            return;
        const block = this.#blockOf(flight);
        block.dropped.add(reason);
        this.#slices[flight.request.tenant].close(block);
    }
    upstream({ request, block: index }, { overhead, ttftOverhead }, calls) {
        const block = this.#slices[request.tenant].block(index);
        block.record('overhead', overhead);
        if (ttftOverhead !== undefined)
            block.record('ttft-overhead', ttftOverhead);
        if (calls > 0)
            this.#upstream.joined += 1;
        else
            this.#upstream.hits += 1;
    }
    upstreamUnseen() {
        this.#upstream.unseen += 1;
    }
    /** How many could be told at the providers; undefined where none is asked. */
    get upstreamTally() {
        return this.#overhead && { hasNonce: this.#hasNonce, ...this.#upstream };
    }
    /** Counts an arrival of the schedule that was never released. */
    unreleased(tenant, block, reason) {
        this.#slices[tenant].block(block).dropped.add(reason);
    }
    /** Notes how long connections took that were opened before the load, µs; they belong to its first block. */
    connections(took) {
        const block = took.length === 0 ? undefined : this.#slices[0].block(0);
        for (const each of took)
            block?.record('connect', each);
    }
    /** `cutAt`: where the measured phase was cut short, µs from its start; undefined = it ran to its end. */
    slices(cutAt) {
        return this.#slices.map((slice) => slice.result(cutAt));
    }
    failures() {
        return this.#failures.result();
    }
    #blockOf(flight) {
        return this.#slices[flight.request.tenant].block(flight.block);
    }
    #count(block, flight, reading) {
        const { outcome, status, requestId } = reading;
        if (status !== undefined)
            block.status.add(String(status));
        const cost = tokensOf(reading, flight);
        block.tokens.prompt += cost.prompt;
        block.tokens.completion += cost.completion;
        if (cost.estimated)
            block.tokens.estimated += 1;
        if (outcome.kind === 'throttled')
            block.throttled += 1;
        if (outcome.kind !== 'error')
            return;
        block.errors.add(outcome.errorClass);
        this.#failures.add({ errorClass: outcome.errorClass, status, detail: outcome.detail, requestId });
    }
    #recordOk(block, flight, reading, at) {
        const times = timesOf(flight, reading, at);
        block.ok += 1;
        block.record('latency', times.latency);
        if (flight.writtenAt !== undefined)
            block.record('service', at - flight.writtenAt);
        if (times.ttft !== undefined)
            block.record('ttft', times.ttft);
        for (const gap of reading.gaps)
            block.record('itl', gap);
        if (times.tpot !== undefined)
            block.record('tpot', times.tpot);
        const declared = declaredOverhead(reading, times.latency, flight.scenario);
        if (declared !== undefined)
            block.record('declared-overhead', declared);
        if (reading.cache !== undefined) {
            block.cache.add(reading.cache);
            block.record(reading.cache, times.latency);
        }
        if (reading.provider !== undefined)
            block.providers.add(reading.provider);
        if (reading.model !== undefined)
            block.models.add(reading.model);
        if (this.#limits[flight.request.tenant](times))
            block.good += 1;
    }
}
const timesOf = (flight, reading, at) => {
    const { firstContentAt, gaps } = reading;
    return {
        latency: at - flight.released,
        ttft: firstContentAt === undefined ? undefined : firstContentAt - flight.released,
        longestGap: gaps.length === 0 ? undefined : gaps.reduce((longest, gap) => Math.max(longest, gap), 0),
        tpot: firstContentAt === undefined ? undefined : timePerToken(at - firstContentAt, reading),
        cache: reading.cache,
    };
};
/** Of a stream, the upstream's time that gateways declare ends with its headers. */
const declaredOverhead = ({ gatewayTime, upstreamTime }, latency, { stream }) => {
    if (gatewayTime !== undefined)
        return gatewayTime;
    return upstreamTime === undefined || stream ? undefined : Math.max(0, latency - upstreamTime);
};
/** Undefined for an answer of one token. Where the gateway does not report the tokens, they are estimated. */
const timePerToken = (generating, reading) => {
    const tokens = reading.usage?.completion ?? estimateTokens(reading.outputChars);
    return tokens > 1 ? generating / (tokens - 1) : undefined;
};

;// CONCATENATED MODULE: ./build/load/load.js









const WHOLE = { index: 0, count: 1 };
/** One load of the plan under way: whose turn it is, where in time an arrival lies, what is still open. */
class Load {
    plan;
    /** Of the measured phase. */
    duration;
    /** Released and not yet settled. */
    open = 0;
    #grid;
    #isOpen;
    #share;
    #members;
    #turn;
    /** Arrivals so far, of all members. */
    turns = 0;
    /** Undefined before the start. */
    startedAt;
    /** End of the warm-up. */
    measuredFrom = units_micros(0);
    /** No arrival is intended then or later. */
    end = units_micros(0);
    #cutAt;
    constructor(plan, load, { grid = createBlockGrid(load), overhead } = {}) {
        this.plan = load;
        this.duration = schedule_arrivalDuration(load.arrival);
        this.#grid = grid;
        this.#isOpen = schedule_isOpen(load.arrival);
        this.#share = plan.share ?? WHOLE;
        this.#turn = createMix(load.members, seedOf(plan.seed, `mix ${load.name}`));
        this.#members = new Map(load.members.map(({ scenario: name }) => {
            const scenario = scenarioOf(plan, name);
            const recorder = new ScenarioRecorder(scenario, this.#grid, overhead);
            return [name, { scenario, factory: createRequestFactory(plan, scenario), recorder, count: 0 }];
        }));
    }
    /** Begins: all of it, or only a stretch from `offset` (warm-up included) on. Stretches are started in their order. */
    start(at, stretch) {
        const { offset, duration } = stretch ?? { offset: 0, duration: this.plan.warmup + this.duration };
        this.startedAt = units_micros(at - offset);
        this.measuredFrom = units_micros(this.startedAt + this.plan.warmup);
        this.end = units_micros(at + duration);
    }
    /**
     * Whether the next arrival of the schedule belongs to this share; ask once for each. One that does not has had its turn:
     * requests are numbered over all shares.
     */
    isNextOurs() {
        const { index, count } = this.#share;
        if (this.turns % count === index)
            return true;
        this.#takeTurn();
        return false;
    }
    /** Whether the user of that number belongs to this share. */
    isOurUser(number) {
        return number % this.#share.count === this.#share.index;
    }
    /** The next arrival, rendered, so that nothing stands between its release and its being sent. */
    createFlight(owner, intended) {
        const { member, request } = this.#takeTurn();
        const { scenario, recorder, factory } = member;
        const block = this.#grid.indexAt(intended - this.measuredFrom);
        return new Flight({ owner, scenario, recorder, request: factory(request), intended, block });
    }
    /** Counts an arrival of the schedule that never was released, without rendering it. `offset`: from the start of the load. */
    countUnreleased(offset, reason) {
        const { member, request } = this.#takeTurn();
        const block = this.#grid.indexAt(offset - this.plan.warmup);
        const tenants = Math.max(1, member.scenario.tenants.length);
        if (block >= 0)
            member.recorder.unreleased(request % tenants, block, reason);
    }
    /** Passes over requests until that many have had their turn. */
    skipTo(turns) {
        while (this.turns < turns)
            this.#takeTurn();
    }
    /** The measured phase ends here and not as planned. The first cut counts. */
    cut(at) {
        this.#cutAt ??= at;
    }
    connections(took) {
        this.#members.values().next().value?.recorder.connections(took);
    }
    results() {
        const { arrival } = this.plan;
        const duration = this.measuredFor;
        const cutAt = duration < this.duration ? duration : undefined;
        const common = {
            load: describeArrival(arrival),
            closed: !schedule_isOpen(arrival),
            duration,
            stepRates: arrival.kind === 'steps' ? stepRates(arrival) : [],
        };
        return new Map([...this.#members].map(([name, { scenario, recorder }]) => [
            name,
            {
                ...common,
                name,
                endpoint: scenario.endpoint,
                stream: scenario.stream,
                warmupRequests: recorder.warmupRequests,
                slices: recorder.slices(cutAt),
                failures: recorder.failures(),
                upstream: recorder.upstreamTally,
            },
        ]));
    }
    /** Length of the measured phase as far as it was run; call it after the end. */
    get measuredFor() {
        if (this.startedAt === undefined)
            return units_micros(0);
        if (this.#cutAt === undefined)
            return this.duration;
        return units_micros(Math.min(this.duration, Math.max(0, this.#cutAt - this.measuredFrom)));
    }
    /** Whose turn it is, and the number of its request. Users of different shares do not know of each other's: they count in steps. */
    #takeTurn() {
        this.turns += 1;
        const member = this.#members.get(this.#turn());
        const { index, count } = this.#share;
        const number = member.count++;
        return { member, request: this.#isOpen ? number : number * count + index };
    }
}
const scenarioOf = (plan, name) => {
    const scenario = plan.scenarios.find((each) => each.name === name);
    if (scenario === undefined)
        throw new errors_GateError('internal', `a load names the scenario ${name}, which is not there`);
    return scenario;
};

;// CONCATENATED MODULE: ./build/load/open-driver.js

/** How long arrivals that are late are released for at a time: answers, bounds and an abort have their turn in between. */
const LONGEST_STRETCH = fromMillis(10);
/**
 * Releases the arrivals of a schedule at their times, whatever becomes of those before. The next one is rendered ahead of
 * its time; if the loop comes late, those that fell due are released as fast as can be, each with its own lag.
 */
class OpenDriver {
    load;
    #parts;
    #schedule;
    #onTimer = () => this.#releaseDue();
    #next;
    #cancelTimer;
    #stopped = false;
    #releasing = false;
    constructor(parts, schedule) {
        this.load = parts.load;
        this.#parts = parts;
        this.#schedule = schedule;
    }
    start() {
        this.#prepare();
        this.#arm();
    }
    stop() {
        this.#stopped = true;
        this.#cancelTimer?.();
    }
    hasMore() {
        if (this.#stopped)
            return false;
        return this.load.startedAt === undefined || this.#releasing || this.#next !== undefined;
    }
    countRemaining() {
        const prepared = this.#next;
        this.#next = undefined;
        if (prepared !== undefined && !prepared.isWarmup)
            prepared.recorder.unreleased(prepared.request.tenant, prepared.block, 'bound');
        for (let offset = this.#nextOffset(); offset !== undefined; offset = this.#nextOffset())
            this.load.countUnreleased(offset, 'bound');
    }
    answered() { }
    settled() {
        this.load.open -= 1;
        this.#checkDone();
    }
    #prepare() {
        const offset = this.#nextOffset();
        this.#next = offset === undefined ? undefined : this.load.createFlight(this, this.#at(offset));
    }
    /** Of the next arrival that is ours. */
    #nextOffset() {
        let offset = this.#schedule.next();
        while (offset !== undefined && !this.load.isNextOurs())
            offset = this.#schedule.next();
        return offset;
    }
    #arm() {
        if (this.#stopped)
            return;
        if (this.#next === undefined)
            this.#checkDone();
        else
            this.#cancelTimer = this.#parts.clock.schedule(this.#next.intended, this.#onTimer);
    }
    #releaseDue() {
        const from = this.#parts.clock.now();
        let now = from;
        while (!this.#stopped && this.#next !== undefined && this.#next.intended <= now && now - from < LONGEST_STRETCH) {
            const flight = this.#next;
            this.#next = undefined;
            this.load.open += 1;
            this.#releasing = true;
            this.#parts.release(flight);
            this.#releasing = false;
            // A bound that this very flight met has stopped the driver and counted the rest.
            if (this.#stopped)
                return;
            this.#prepare();
            now = this.#parts.clock.now();
        }
        this.#arm();
    }
    #checkDone() {
        if (this.load.open === 0 && (this.#stopped || this.#next === undefined))
            this.#parts.onDone();
    }
    #at(offset) {
        return units_micros(this.load.startedAt + offset);
    }
}

;// CONCATENATED MODULE: ./build/load/burst.js












/** How often progress is told, and the circuit breaker asked. */
const TICK = fromMillis(250);
/** How long requests in flight may go on past the bound of duration, if their own timeout does not come first. */
const GRACE = fromSeconds(10);
/** One run of a plan: which loads run when, and how it all ends. */
class Burst {
    #plan;
    #ports;
    #onProgress;
    #budget;
    #breaker;
    #dispatcher;
    #counts = new LiveCounts();
    #health;
    #drivers;
    #pending;
    #running = new Set();
    #cancels = new Set();
    #ending = { kind: 'complete' };
    #hasSent = false;
    #isWatched = false;
    /** A bound was met: nothing starts any more, what is in flight may finish. */
    #isBounded = false;
    #isOver = false;
    #resolve = () => { };
    constructor(plan, ports, onProgress) {
        this.#plan = plan;
        this.#ports = ports;
        this.#onProgress = onProgress;
        this.#health = new HealthRecorder(ports.vitals);
        this.#budget = ports.budget;
        this.#breaker = new Breaker(plan.bounds.abort);
        this.#dispatcher = new Dispatcher({
            clock: ports.clock,
            transport: ports.transport,
            budget: this.#budget,
            boundsTokens: plan.bounds.tokens !== undefined,
            observer: this,
            onBound: (bound) => this.#meetBound(bound),
        });
        this.#drivers = plan.loads.map((load) => this.#createDriver(load));
        this.#pending = new Set(this.#drivers);
    }
    /** Once. The signal ends the burst at once; the result is then partial. */
    async run(signal) {
        const result = new Promise((resolve) => {
            this.#resolve = resolve;
        });
        const onAbort = () => this.#halt({ kind: 'cancelled', signal: String(signal.reason) });
        signal.addEventListener('abort', onAbort, { once: true });
        if (signal.aborted)
            onAbort();
        try {
            const first = this.#followersOf(undefined);
            // Not awaited beyond an abort: opening connections may take seconds.
            if (!this.#isOver)
                await Promise.race([this.#open(first).then(this.#ports.whenOpened), result]);
            this.#start(first);
            return await result;
        }
        finally {
            signal.removeEventListener('abort', onAbort);
        }
    }
    released(flight) {
        this.#health.released(flight);
        flight.recorder.released(flight);
    }
    sent(flight) {
        if (!this.#hasSent)
            this.#watchDuration();
        this.#counts.sent();
        flight.recorder.sent(flight);
    }
    finished(flight, reading, at) {
        this.#counts.finished(flight, reading, at);
        flight.recorder.finished(flight, reading, at);
        this.#breaker.record(at, reading.outcome.kind === 'error');
    }
    dropped(flight, reason) {
        this.#counts.dropped(flight);
        flight.recorder.dropped(flight, reason);
    }
    #createDriver(plan) {
        const load = new Load(this.#plan, plan, { overhead: this.#ports.overhead });
        const parts = {
            load,
            clock: this.#ports.clock,
            release: (flight) => this.#dispatcher.release(flight),
            onDone: () => this.#finishLoad(driver),
        };
        const { arrival, warmup, name } = plan;
        const driver = schedule_isOpen(arrival)
            ? new OpenDriver(parts, createSchedule({ arrival, warmup, seed: seedOf(this.#plan.seed, `arrivals ${name}`) }))
            : new ClosedDriver(parts, arrival, this.#plan.seed);
        return driver;
    }
    #followersOf(name) {
        return [...this.#pending].filter((driver) => driver.load.plan.after === name);
    }
    /** Opens connections for loads that are about to start; what each took is recorded with its load. */
    async #open(drivers) {
        let wanted = 0;
        for (const { load } of drivers) {
            wanted = Math.min(this.#plan.bounds.concurrency, wanted + connectionsFor(load.plan));
            load.connections(await this.#ports.transport.warm(wanted));
        }
    }
    /** Starts them together: they share one start. */
    #start(drivers) {
        if (this.#isOver || this.#isBounded)
            return;
        if (drivers.length === 0) {
            this.#finish();
            return;
        }
        const now = this.#ports.clock.now();
        for (const driver of drivers) {
            this.#pending.delete(driver);
            this.#running.add(driver);
            driver.load.start(now);
        }
        if (!this.#isWatched)
            this.#watch(drivers);
        for (const { load } of drivers) {
            for (const at of [load.measuredFrom, load.end])
                this.#at(at, () => this.#health.cut(this.#ports.clock.now()));
        }
        for (const driver of drivers)
            driver.start();
    }
    /** A load has no more arrivals and nothing open. It lasts until its time is over, even so. */
    #finishLoad(driver) {
        if (!this.#running.has(driver))
            return;
        const { load } = driver;
        if (!this.#isBounded && this.#ports.clock.now() < load.end) {
            this.#at(load.end, () => this.#finishLoad(driver));
            return;
        }
        this.#running.delete(driver);
        const followers = this.#isBounded ? [] : this.#followersOf(load.plan.name);
        if (followers.length > 0)
            void this.#startBehind(followers);
        else if (this.#running.size === 0 && (this.#isBounded || this.#pending.size === 0))
            this.#finish();
    }
    async #startBehind(followers) {
        try {
            await this.#open(followers);
        }
        catch {
            // The gateway was reachable before: from here on its refusals are results, counted request by request.
        }
        this.#start(followers);
    }
    /** Progress and breaker, and the generator's health from the end of the first warm-up. */
    #watch(drivers) {
        this.#isWatched = true;
        const measured = Math.min(...drivers.map((driver) => driver.load.measuredFrom));
        this.#at(units_micros(measured), () => {
            this.#health.begin(this.#ports.clock.now());
            this.#cutHealth(units_micros(measured));
        });
        this.#tick();
    }
    #cutHealth(due) {
        this.#health.cut(this.#ports.clock.now());
        const next = units_micros(due + healthBlockLength(expectedLength(this.#plan)));
        this.#at(next, () => this.#cutHealth(next));
    }
    #tick() {
        const now = this.#ports.clock.now();
        this.#onProgress(this.#progress(now));
        const reason = this.#breaker.tripped(now);
        if (reason !== undefined)
            this.#halt({ kind: 'aborted', reason });
        else
            this.#at(units_micros(now + TICK), () => this.#tick());
    }
    #progress(now) {
        const running = [...this.#running].map((driver) => driver.load);
        return {
            ...this.#counts.look(now),
            elapsed: units_micros(now - (this.#budget.startedAt ?? now)),
            expected: expectedLength(this.#plan),
            loads: running.map((load) => load.plan.name),
            warmup: running.length > 0 && running.every((load) => now < load.measuredFrom),
        };
    }
    #watchDuration() {
        this.#hasSent = true;
        const bound = units_micros(this.#budget.startedAt + this.#plan.bounds.duration);
        this.#at(bound, () => this.#meetBound('duration'));
        this.#at(units_micros(bound + GRACE), () => this.#dispatcher.cutOff());
    }
    /** Nothing more is sent. Every arrival that the schedules still held is counted as dropped. */
    #meetBound(bound) {
        if (this.#isOver || this.#isBounded)
            return;
        this.#isBounded = true;
        const isCut = bound !== 'duration' || this.#dispatcher.isWaiting || this.#drivers.some((each) => each.hasMore());
        if (isCut)
            this.#ending = { kind: 'bounded', bound };
        this.#stopAll(this.#ports.clock.now());
        for (const driver of this.#drivers)
            driver.countRemaining();
        this.#dispatcher.refuse('bound');
        for (const driver of [...this.#running])
            if (driver.load.open === 0)
                this.#finishLoad(driver);
        if (this.#running.size === 0)
            this.#finish();
    }
    /** Ends the burst here and now. */
    #halt(ending) {
        if (this.#isOver)
            return;
        this.#isBounded = true;
        this.#ending = ending;
        this.#stopAll(this.#ports.clock.now());
        this.#dispatcher.refuse('cancelled');
        this.#dispatcher.cutOff();
        this.#finish();
    }
    #stopAll(now) {
        for (const driver of this.#drivers) {
            if (driver.hasMore())
                driver.load.cut(now);
            driver.stop();
        }
    }
    #finish() {
        if (this.#isOver)
            return;
        this.#isOver = true;
        for (const cancel of this.#cancels)
            cancel();
        this.#health.end(this.#ports.clock.now());
        this.#dispatcher.close();
        // Later, as a flight may just be on its way to its record.
        queueMicrotask(async () => {
            this.#onProgress(this.#progress(this.#ports.clock.now()));
            if (this.#ending.kind !== 'cancelled')
                await this.#ports.overhead?.finish();
            this.#resolve(this.#result());
        });
    }
    #result() {
        const { bounds, scenarios } = this.#plan;
        const results = new Map(this.#drivers.flatMap(({ load }) => [...load.results()]));
        const { used } = this.#budget;
        return {
            probes: [],
            scenarios: scenarios.flatMap(({ name }) => results.get(name) ?? []),
            used: {
                ...used,
                duration: units_micros(Math.min(used.duration, bounds.duration)),
                tokens: bounds.tokens === undefined ? this.#counts.tokens : used.tokens,
            },
            ending: this.#ending,
            generator: judgeGenerator({
                plan: this.#plan,
                loads: this.#drivers.map(({ load }) => load),
                results,
                health: this.#health,
            }),
        };
    }
    /** Runs something later, unless the burst is over by then. */
    #at(at, run) {
        const cancel = this.#ports.clock.schedule(at, () => {
            this.#cancels.delete(cancel);
            if (!this.#isOver)
                run();
        });
        this.#cancels.add(cancel);
    }
}

;// CONCATENATED MODULE: ./build/load/upstream-time.js

/**
 * Response time less the time in which at least one provider was at work on the request, so that calls side by side (a
 * hedge, a shadow) are not counted twice and pauses between attempts are the gateway's; and time to first token less
 * that of the call that delivered it: of those whose content began before the client's, the last. Parts of a call outside
 * the request do not count. A call that has not ended is taken to go on.
 */
const gatewayTime = (request, calls) => ({
    overhead: units_micros(request.end - request.released - coveredTime(request, calls)),
    ttftOverhead: addedToFirstContent(request, calls),
});
/** How much of the request's time at least one call covers. */
const coveredTime = ({ released, end }, calls) => {
    let covered = 0;
    let until = released;
    for (const call of calls.toSorted((one, other) => one.received - other.received)) {
        const from = Math.max(until, call.received);
        until = Math.max(until, Math.min(end, call.end ?? end));
        covered += Math.max(0, until - from);
    }
    return covered;
};
const addedToFirstContent = (request, calls) => {
    const { firstContent, released } = request;
    if (firstContent === undefined)
        return undefined;
    const delivering = calls
        .filter((call) => call.firstContent !== undefined && call.firstContent <= firstContent)
        .toSorted((one, other) => one.firstContent - other.firstContent)
        .at(-1);
    if (delivering === undefined)
        return undefined;
    return units_micros(Math.max(0, firstContent - released - (delivering.firstContent - delivering.received)));
};

;// CONCATENATED MODULE: ./build/load/overhead-recorder.js


/** How often the providers are asked. */
const EVERY = fromMillis(250);
/** A provider may note the end of a call a little after the client has its last byte. */
const SETTLE = fromMillis(100);
/** A call of which no request becomes known is somebody else's. */
const FORGET = fromSeconds(60);
/** By how much a call may seem to lie outside its request: more than clocks of one job differ, less than a request takes to come again. */
const SLACK = fromMillis(2);
/**
 * Sets the calls that simulated providers saw against the requests of a burst, and records the gateway's own time with
 * the scenario. The two are joined by the request's nonce, which the gateway passes on in the body, and by time, since both
 * gateways of a comparison are sent the same nonce one after the other. Memory is bounded: a request leaves with the
 * first look at the logs after its end, a call with its request or after a minute.
 */
class OverheadRecorder {
    #feed;
    #clock;
    #calls = new Map();
    #ended = [];
    #cancel;
    #looking = Promise.resolve();
    #isOver = false;
    /** Some calls could not be told: that there was none is then no longer proven. */
    #isIncomplete = false;
    #warning;
    constructor(feed, clock) {
        this.#feed = feed;
        this.#clock = clock;
    }
    /** Before the first request. Never rejects. */
    async start() {
        await this.#guarded(() => this.#feed.open());
        this.#schedule();
    }
    /** A request is over whose body had its nonce; `target` is told of an ok one that was measured. */
    finished(flight, reading, at, target) {
        const isRecorded = !flight.isWarmup && reading.outcome.kind === 'ok';
        const kind = isRecorded ? (reading.cache === 'hit' ? 'hit' : 'ok') : undefined;
        const firstContent = flight.scenario.stream ? reading.firstContentAt : undefined;
        this.#ended.push({ flight, target, at, firstContent, kind });
    }
    /** After the last request: asks once more, and records what is left. Never rejects. */
    async finish() {
        this.stop();
        await this.#looking;
        await new Promise((resolve) => this.#clock.schedule(units_micros(this.#clock.now() + SETTLE), resolve));
        await this.#look();
    }
    /** Ends without another look. */
    stop() {
        this.#isOver = true;
        this.#cancel?.();
    }
    /** What went wrong, in a sentence each. */
    get warnings() {
        return this.#warning === undefined ? [] : [this.#warning];
    }
    #schedule() {
        if (this.#isOver)
            return;
        this.#cancel = this.#clock.schedule(units_micros(this.#clock.now() + EVERY), () => {
            this.#looking = this.#look().then(() => this.#schedule());
        });
    }
    async #look() {
        const asked = this.#clock.now();
        await this.#guarded(async () => {
            const { calls, missed } = await this.#feed.next();
            if (missed > 0)
                this.#lose(`${missed} calls had left the log of a simulated provider before they were read`);
            for (const call of calls)
                this.#keep(call, asked);
        });
        const settled = this.#ended.findIndex(({ at }) => at + SETTLE > asked);
        for (const ended of this.#ended.splice(0, settled === -1 ? this.#ended.length : settled))
            this.#record(ended);
        this.#forget(asked);
    }
    async #guarded(look) {
        try {
            await look();
        }
        catch (error) {
            this.#lose(`a simulated provider could not be asked: ${error.message}`);
        }
    }
    #lose(reason) {
        this.#isIncomplete = true;
        this.#warning ??= `The overhead is not that of all requests: ${reason}.`;
    }
    #keep(call, since) {
        for (const nonce of new Set(call.nonces)) {
            const known = this.#calls.get(nonce);
            if (known === undefined)
                this.#calls.set(nonce, { since, calls: [call] });
            else
                known.calls.push(call);
        }
    }
    #record({ flight, target, at, firstContent, kind }) {
        const { released } = flight;
        const calls = this.#claim(flight, at);
        if (kind === undefined)
            return;
        const isProvenHit = kind === 'hit' && !this.#isIncomplete;
        if (calls.length === 0 && !isProvenHit)
            target.upstreamUnseen(flight);
        else
            target.upstream(flight, gatewayTime({ released, end: at, firstContent }, calls), calls.length);
    }
    /** Takes out the calls of one request. */
    #claim({ request, released }, at) {
        const { nonce } = request;
        const known = this.#calls.get(nonce);
        if (known === undefined)
            return [];
        const isOwn = ({ received }) => received >= released - SLACK && received <= at + SLACK;
        const others = known.calls.filter((call) => !isOwn(call));
        if (others.length === 0)
            this.#calls.delete(nonce);
        else
            this.#calls.set(nonce, { since: known.since, calls: others });
        return known.calls.filter(isOwn);
    }
    /** The map is in the order of the first calls, apart from a few that were claimed in part. */
    #forget(now) {
        for (const [nonce, { since }] of this.#calls) {
            if (since + FORGET > now)
                return;
            this.#calls.delete(nonce);
        }
    }
}

;// CONCATENATED MODULE: ./build/plan/pair-schedule.js



/**
 * Cuts a plan into pairs. Every load has at least `pairs` of them in its measured phase, all of the same length where it runs
 * alone or beside loads as long as itself; an arrival in steps has one a step, as a step must last to show whether it can be
 * held. Warm-ups are sent in one piece as far as nothing else is being measured.
 *
 * Of every two pairs one begins with the candidate and one with the baseline, in an order drawn from the seed: a drift
 * cancels out, and nothing that comes in a rhythm can keep in step with one side.
 */
const createPairSchedule = ({ loads, pairs, seed }) => {
    const timed = loads.map((load) => pair_schedule_timesOf(load, loads));
    const edges = [...new Set(timed.flatMap(edgesOf))].toSorted((one, other) => one - other);
    const turns = createTurns(seed);
    const segments = edges.slice(1).flatMap((end, index) => {
        const start = edges[index];
        const running = timed.filter((each) => each.start <= start && each.end >= end);
        const measured = running.filter(({ measuredFrom }) => measuredFrom <= start).map(({ load }) => load);
        return cut(start, end, pair_schedule_piecesOf(end - start, measured, pairs)).map((piece) => ({
            ...piece,
            loads: running.map(({ load, start: from }) => ({ load, offset: units_micros(piece.start - from) })),
            first: turns(),
        }));
    });
    return { segments, gridOf: (load) => gridIn(segments, load) };
};
const pair_schedule_timesOf = (load, loads) => {
    const before = loads.find((other) => other.name === load.after);
    const start = before === undefined ? 0 : pair_schedule_timesOf(before, loads).end;
    const measuredFrom = start + load.warmup;
    return { load, start, measuredFrom, end: measuredFrom + schedule_arrivalDuration(load.arrival) };
};
/** Where a segment must end: what runs changes there, or a step is over. */
const edgesOf = ({ load, start, measuredFrom, end }) => {
    const { arrival } = load;
    if (arrival.kind !== 'steps')
        return [start, measuredFrom, end];
    return [
        start,
        ...Array.from({ length: stepRates(arrival).length + 1 }, (_, step) => measuredFrom + step * arrival.hold),
    ];
};
/** Below one segment; more than rounding, less than any cut. */
const pair_schedule_SLACK = 1e-9;
/** So many that no measured load's segments are longer than its share of time. */
const pair_schedule_piecesOf = (length, measured, pairs) => {
    const wanted = measured
        .filter(({ arrival }) => arrival.kind !== 'steps')
        .map(({ arrival }) => (length * pairs) / schedule_arrivalDuration(arrival));
    return Math.max(1, Math.ceil(Math.max(0, ...wanted) - pair_schedule_SLACK));
};
const cut = (start, end, pieces) => {
    const at = (index) => start + Math.ceil((index * (end - start)) / pieces);
    return Array.from({ length: pieces }, (_, index) => ({
        start: units_micros(at(index)),
        duration: units_micros(at(index + 1) - at(index)),
    }));
};
/** Which side comes first, pair by pair. */
const createTurns = (seed) => {
    const random = createRandom(seedOf(seed, 'order of pairs'));
    let second;
    return () => {
        const turn = second ?? (random.next() < 0.5 ? 'candidate' : 'baseline');
        second = second === undefined ? otherSide(turn) : undefined;
        return turn;
    };
};
/** The gateway that it is compared with. */
const otherSide = (side) => (side === 'candidate' ? 'baseline' : 'candidate');
const gridIn = (segments, load) => {
    if (load.arrival.kind === 'steps')
        return createBlockGrid(load);
    const starts = segments.flatMap(({ loads }) => loads.flatMap((each) => (each.load === load && each.offset >= load.warmup ? [each.offset - load.warmup] : [])));
    return createGrid(starts, schedule_arrivalDuration(load.arrival));
};
/** Blocks that begin at these offsets, the first at 0. */
const createGrid = (starts, duration) => {
    const startOf = (index) => units_micros(starts[index] ?? duration);
    return {
        count: starts.length,
        indexAt: (offset) => {
            let [low, high] = [0, starts.length];
            while (low < high) {
                const middle = (low + high) >>> 1;
                if (starts[middle] <= offset)
                    low = middle + 1;
                else
                    high = middle;
            }
            return low - 1;
        },
        startOf,
        durationOf: (index) => units_micros(startOf(index + 1) - startOf(index)),
    };
};

;// CONCATENATED MODULE: ./build/plan/expected-latency.js

/** Assumed of a response where no SLO says what it should be. */
const ASSUMED_LATENCY = fromSeconds(1);
/** What is assumed of one response beforehand: the strictest upper limit that an SLO sets to a quantile of the whole latency, else 1 s. */
const expectedLatency = ({ slos }) => {
    const limits = slos.flatMap(({ subject, relation }) => {
        if (subject.kind !== 'quantile' || subject.metric !== 'latency')
            return [];
        if (relation.operator === 'in')
            return [relation.high];
        return relation.operator === '<' || relation.operator === '<=' ? [relation.limit] : [];
    });
    return limits.length === 0 ? ASSUMED_LATENCY : units_micros(Math.min(...limits));
};
/** The scenarios that a load drives. */
const expected_latency_sharesOf = (load, { scenarios }) => {
    const total = load.members.reduce((sum, { weight }) => sum + weight, 0);
    return load.members.flatMap(({ scenario: name, weight }) => {
        const scenario = scenarios.find((each) => each.name === name);
        return scenario === undefined ? [] : [{ scenario, share: weight / total }];
    });
};
/** The mean over a load: a user takes its scenarios in turn, so that all of them set the pace of each. */
const expected_latency_meanLatency = (shares) => units_micros(shares.reduce((sum, { scenario, share }) => sum + expectedLatency(scenario) * share, 0));

;// CONCATENATED MODULE: ./build/config/slo-subject.js

/** Subjects that are one word. */
const NAMED = {
    throughput: { subject: { kind: 'per-second', of: 'throughput' }, unit: 'per-second' },
    goodput: { subject: { kind: 'per-second', of: 'goodput' }, unit: 'per-second' },
    tokens_per_second: { subject: { kind: 'per-second', of: 'tokens' }, unit: 'per-second' },
    knee: { subject: { kind: 'knee' }, unit: 'per-second' },
    error_rate: { subject: { kind: 'rate', of: 'error' }, unit: 'ratio' },
    throttled_rate: { subject: { kind: 'rate', of: 'throttled' }, unit: 'ratio' },
    dropped_rate: { subject: { kind: 'rate', of: 'dropped' }, unit: 'ratio' },
    'cache.hit_rate': { subject: { kind: 'rate', of: 'hit' }, unit: 'ratio' },
    auth_errors: { subject: { kind: 'tally', of: { errorClass: 'auth' } }, unit: 'count' },
    truncated_streams: { subject: { kind: 'tally', of: { errorClass: 'truncated' } }, unit: 'count' },
};
/** Metrics with quantiles, by prefix. */
const PREFIXES = {
    ttft: 'ttft',
    itl: 'itl',
    tpot: 'tpot',
    overhead: 'overhead',
    'overhead.ttft': 'ttft-overhead',
    hit: 'hit',
    miss: 'miss',
};
/** Probe subjects whose unit is known. A probe may have more; those take the unit of their limit. */
const PROBE_UNITS = {
    'cancel.delay.p95': 'us',
    'cancel.late_calls': 'count',
    'cancel.upstream_ended': 'ratio',
    'cache.amplification': 'count',
    'cache.cached_errors': 'count',
    'cache.changed_hits': 'count',
    'cache.false_hits': 'count',
    'cache.stale_hits': 'count',
    'cache.wrong_status': 'count',
    'failover.rescued': 'ratio',
    'failover.amplification': 'count',
    'failover.added.p95': 'us',
    'failover.silence.added': 'us',
    'failover.retried_400': 'count',
    'failover.recovery': 'us',
    'failover.midstream.hidden': 'count',
    'failover.midstream.rescued': 'ratio',
    'isolation.auth_errors': 'count',
    'isolation.cross_hits': 'count',
    'isolation.leaks': 'count',
    'semantic.false_hit_bound': 'ratio',
    'semantic.false_hit_rate': 'ratio',
    'semantic.false_hits': 'count',
    'semantic.recall': 'ratio',
    'semantic.wrong_hits': 'count',
    'limit.admitted': 'count',
    'limit.headers_wrong': 'count',
    'limit.missing_retry_after': 'count',
    'limit.rejection.p95': 'us',
    'limit.retry_after_error': 'us',
    'limit.sustained': 'count',
    'limit.unexpected_status': 'count',
    'stream.added_ttft.p95': 'us',
    'stream.altered': 'count',
    'stream.buffered': 'count',
    'stream.burst_share': 'ratio',
    'stream.truncated': 'count',
    'stream.usage_missing': 'count',
    'neighbour.noise_throttled': 'ratio',
    'neighbour.p95': 'us',
    'neighbour.slowdown': 'count',
    'neighbour.success': 'ratio',
    'routing.forbidden_not_refused': 'count',
    'routing.forbidden_reached': 'count',
    'routing.max_deviation': 'ratio',
    'routing.misattributed': 'count',
    'routing.p_value': 'ratio',
    'routing.wrong_model': 'count',
    'routing.wrong_usage': 'count',
};
/** Probe subjects that are known by name. */
const PROBE_SUBJECTS = Object.keys(PROBE_UNITS);
/** What a probe adds stands behind one of these. */
const PROBE_FAMILIES = (/* unused pure expression or super */ null && (['limit', 'isolation', 'neighbour', 'failover', 'stream', 'routing', 'cancel', 'semantic']));
const COMMON_QUANTILES = (/* unused pure expression or super */ null && (['p50', 'p90', 'p95', 'p99', 'p99.9', 'max']));
const ALLOWED = [
    'p50 p90 p95 p99 p99.9 max, also behind ttft. itl. tpot. overhead. overhead.ttft. hit. miss.',
    ...Object.keys(NAMED),
    'cache.delta.p50',
    'status.502',
    'provider.share.NAME',
    'model.share.NAME',
    ...PROBE_SUBJECTS,
].join(', ');
/** Reads a subject, without a tenant in front of it. */
function slo_subject_parseSubject(text) {
    const named = Object.hasOwn(NAMED, text) ? NAMED[text] : undefined;
    if (named !== undefined)
        return { ok: true, ...named };
    return readQuantile(text) ?? readStatus(text) ?? readShare(text) ?? readProbe(text) ?? slo_subject_unknown(text);
}
/** Whether a probe's subject has a unit of its own, whatever its limit looks like. */
const slo_subject_isFixedProbe = (name) => Object.hasOwn(PROBE_UNITS, name);
const failed = (message, allowed) => ({ ok: false, message, allowed });
function readQuantile(text) {
    const [whole, prefix, name] = /^(?:(.*)\.)?(p\d+(?:\.\d+)?|max)$/.exec(text) ?? [];
    if (whole === undefined || name === undefined)
        return undefined;
    const isDelta = prefix === 'cache.delta';
    const metric = prefix === undefined ? 'latency' : Object.hasOwn(PREFIXES, prefix) ? PREFIXES[prefix] : undefined;
    if (!isDelta && metric === undefined)
        return undefined;
    if (isDelta && name === 'max')
        return failed('cache.delta takes a percentile, not max', 'cache.delta.p50');
    // Shifted as a decimal, so that p99.9 is 0.999 and not 0.9990000000000001.
    const quantile = name === 'max' ? 1 : Number(`${name.slice(1)}e-2`);
    if (name !== 'max' && !(quantile > 0 && quantile < 1))
        return failed(`${name} is no percentile`, `one between p0 and p100: ${COMMON_QUANTILES.join(' ')}`);
    return {
        ok: true,
        subject: metric === undefined ? { kind: 'cache-delta', quantile } : { kind: 'quantile', metric, quantile },
        unit: 'us',
    };
}
function readStatus(text) {
    const [, code] = /^status\.(.*)$/.exec(text) ?? [];
    if (code === undefined)
        return undefined;
    if (!/^[1-5]\d\d$/.test(code))
        return failed(`${JSON.stringify(code)} is no status code`, 'status.NNN with a code from 100 to 599, such as status.502');
    return { ok: true, subject: { kind: 'tally', of: { status: Number(code) } }, unit: 'count' };
}
function readShare(text) {
    const [, of, name] = /^(provider|model)\.share(?:\.(.*))?$/.exec(text) ?? [];
    if (of !== 'provider' && of !== 'model')
        return undefined;
    if (name === undefined || name === '')
        return failed(`${of}.share needs the name of a ${of}`, `${of}.share.NAME`);
    return { ok: true, subject: { kind: 'share', of, name }, unit: 'ratio' };
}
function readProbe(text) {
    const isFamily = PROBE_FAMILIES.some((family) => text.startsWith(`${family}.`)) && /^[a-z]+(\.[a-z0-9_]+)+$/.test(text);
    if (!isFamily && !slo_subject_isFixedProbe(text))
        return undefined;
    return { ok: true, subject: { kind: 'probe', name: text }, unit: PROBE_UNITS[text] ?? 'count' };
}
function slo_subject_unknown(text) {
    if (text === '')
        return failed('the subject is missing', ALLOWED);
    if (/^(.*\.)?(avg|mean|average|med|median)$/.test(text))
        return failed(`${text} cannot be judged: an average hides the slow requests`, 'p50 for the median, or p95');
    const near = didYouMean(text, candidates());
    return failed(`unknown subject ${JSON.stringify(text)}${near === undefined ? '' : `; did you mean ${near}?`}`, ALLOWED);
}
const candidates = () => [
    ...Object.keys(NAMED),
    ...PROBE_SUBJECTS,
    ...COMMON_QUANTILES,
    ...[...Object.keys(PREFIXES), 'cache.delta'].flatMap((prefix) => COMMON_QUANTILES.map((each) => `${prefix}.${each}`)),
];

;// CONCATENATED MODULE: ./build/config/slo-limit.js


/** Reads the limit of a measure, which says what units it may have. */
function slo_limit_parseLimit(text, measure) {
    const { subject, unit, text: name } = measure;
    if (subject.kind === 'tally')
        return text.endsWith('%') ? slo_limit_share(text, name) : count(text, name);
    if (subject.kind === 'probe' && !isFixedProbe(subject.name))
        return byUnit(text, name);
    switch (unit) {
        case 'us':
            return slo_limit_duration(text, name);
        case 'ratio':
            return slo_limit_share(text, name);
        case 'per-second':
            return rate(text, name);
        case 'count':
            return slo_limit_number(text, name);
    }
}
const found = (limit, unit, message) => limit === undefined ? { ok: false, message } : { ok: true, limit, unit };
const slo_limit_duration = (text, name) => found(parseDuration(text), 'us', `${name} needs a duration such as 800ms, not ${quoted(text)}`);
const slo_limit_share = (text, name) => found(parsePercentage(text), 'ratio', `${name} needs a share such as 1%, or a number from 0 to 1, not ${quoted(text)}`);
const rate = (text, name) => found(parseRate(text), 'per-second', `${name} needs a rate such as 20/s, not ${quoted(text)}`);
const count = (text, name) => found(/^\d+$/.test(text) ? Number(text) : undefined, 'count', `${name} needs a whole number of requests, or a share such as 1%, not ${quoted(text)}`);
const slo_limit_number = (text, name) => found(/^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined, 'count', `${name} needs a plain number such as 0, not ${quoted(text)}`);
/** What a probe measures is known only to the probe; its unit is that of the limit. */
function byUnit(text, name) {
    if (text.endsWith('%'))
        return slo_limit_share(text, name);
    if (text.includes('/'))
        return rate(text, name);
    const asDuration = parseDuration(text);
    if (asDuration !== undefined)
        return { ok: true, limit: asDuration, unit: 'us' };
    return found(/^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined, 'count', `${name} needs a number, a share such as 1%, a duration such as 1s or a rate such as 20/s, not ${quoted(text)}`);
}
const quoted = (text) => (text === '' ? 'nothing' : JSON.stringify(text));

;// CONCATENATED MODULE: ./build/config/slo-grammar.js


const OPERATORS = (/* unused pure expression or super */ null && (['<', '<=', '>', '>=', '==', '!=']));
const RELATION_FORMS = (/* unused pure expression or super */ null && (`${OPERATORS.join(' ')} or in LOW..HIGH`));
/*
 * The grammar, in the notation of RFC 5234 where "/" is a choice. Blanks may stand between the parts of an slo and around
 * "..", never inside a measure, except in a tenant's name.
 *
 *   slo        = measure relation
 *   measure    = [ "tenant(" tenant-name ")." ] subject
 *   subject    = [ prefix "." ] quantile
 *              / "cache.delta." percentile
 *              / "error_rate" / "throttled_rate" / "dropped_rate" / "cache.hit_rate"
 *              / "auth_errors" / "truncated_streams" / "status." 3DIGIT
 *              / ( "provider" / "model" ) ".share." name
 *              / "throughput" / "goodput" / "tokens_per_second" / "knee"
 *              / probe
 *   prefix     = "ttft" / "itl" / "tpot" / "hit" / "miss"                   ; none: latency
 *              / "overhead" / "overhead.ttft"
 *   quantile   = percentile / "max"
 *   percentile = "p" number                                                ; above 0, below 100
 *   probe      = "cache." ( "false_hits" / "changed_hits" / "stale_hits" / "cached_errors" / "amplification" / "wrong_status" )
 *              / family "." name
 *   family     = "limit" / "isolation" / "neighbour" / "failover" / "stream" / "routing" / "cancel" / "semantic"
 *   relation   = operator limit / "in" limit ".." limit                    ; closed at both ends
 *   operator   = "<" / "<=" / ">" / ">=" / "==" / "!="
 *   limit      = number [ unit ]          ; in a range, a unit at one end holds for both
 *   unit       = "us" / "ms" / "s" / "m" / "h"                              ; durations: one is needed
 *              / "%"                                                       ; shares, without it 0 to 1; tallies, without it a count
 *              / "/s" / "/m" / "/h"                                        ; rates, without it a second
 *   name       = 1*( any character but blanks, "<", ">", "=", "!" )
 */
/** Reads one sentence of an `slo` list: `tenant(free).ttft.p95 < 800ms`, `throttled_rate in 0%..10%`. */
function parseSlo(text) {
    const sentence = text.trim();
    const { head, rest } = split(sentence);
    const parsed = slo_grammar_parseMeasure(head);
    if (!parsed.ok)
        return parsed;
    const read = parseRelation(rest, parsed.measure);
    if (!read.ok)
        return read;
    return { ok: true, slo: { ...parsed.measure, text: sentence, unit: read.unit, relation: read.relation } };
}
/** Reads what an SLO looks at, without a limit: `p95`, `tenant(free).error_rate`. The unit of a tally is then a count. */
function slo_grammar_parseMeasure(text) {
    const trimmed = text.trim();
    const [prefix = '', tenant] = /^tenant\(([^)]*)\)\./.exec(trimmed) ?? [];
    if (prefix === '' && trimmed.startsWith('tenant'))
        return {
            ok: false,
            message: `${slo_grammar_quoted(trimmed)} is not how a tenant is named`,
            allowed: 'tenant(NAME).SUBJECT, such as tenant(free).p95',
        };
    if (tenant?.trim() === '')
        return { ok: false, message: 'tenant() needs the name of a tenant', allowed: 'tenant(NAME).SUBJECT' };
    const read = parseSubject(trimmed.slice(prefix.length));
    if (!read.ok)
        return read;
    return { ok: true, measure: { text: trimmed, tenant: tenant?.trim(), subject: read.subject, unit: read.unit } };
}
/** A sentence cut before its relation: at the first character that no measure has. */
function split(sentence) {
    const [head = ''] = /^(?:tenant\([^)]*\)\.)?[^\s<>=!]*/.exec(sentence) ?? [];
    return { head, rest: sentence.slice(head.length).trim() };
}
function parseRelation(text, measure) {
    if (text === '')
        return {
            ok: false,
            message: `${measure.text} has no limit`,
            allowed: `${RELATION_FORMS}, such as ${measure.text} ${example(measure)}`,
        };
    const range = /^in\s+(.*)$/s.exec(text);
    if (range !== null)
        return parseRange(range[1], measure);
    const [sign] = /^[<>=!]+|^\S+/.exec(text);
    const operator = OPERATORS.find((each) => each === sign);
    if (operator === undefined)
        return { ok: false, message: `${slo_grammar_quoted(sign)} is no comparison`, allowed: RELATION_FORMS };
    return parseComparison(operator, text.slice(sign.length).trim(), measure);
}
function parseComparison(operator, text, measure) {
    const read = parseLimit(text, measure);
    if (!read.ok)
        return read;
    if ((operator === '<' || operator === '<=') && read.unit === 'ratio' && text === '1')
        return {
            ok: false,
            message: `${measure.text} ${operator} 1 allows everything, for 1 is 100%`,
            allowed: '1% for one percent, 100% for all',
        };
    return { ok: true, relation: { operator, limit: read.limit }, unit: read.unit };
}
function parseRange(text, measure) {
    const [low = '', high = '', ...more] = text.split('..').map((end) => end.trim());
    if (low === '' || high === '' || more.length > 0)
        return { ok: false, message: `${slo_grammar_quoted(text)} is no range`, allowed: 'in LOW..HIGH, such as in 0%..10%' };
    const from = parseLimit(withUnitOf(low, high), measure);
    const to = parseLimit(withUnitOf(high, low), measure);
    if (!from.ok)
        return from;
    if (!to.ok)
        return to;
    if (from.unit !== to.unit)
        return { ok: false, message: `the ends of the range ${text} have unlike units`, allowed: 'one kind of unit' };
    if (from.limit > to.limit)
        return { ok: false, message: `the range ${text} runs downward`, allowed: 'in LOW..HIGH' };
    return { ok: true, relation: { operator: 'in', low: from.limit, high: to.limit }, unit: to.unit };
}
/** A bare number takes over the unit of the range's other end. */
const withUnitOf = (end, other) => /^[\d.]+$/.test(end) ? end + (/^[\d.]+\s*([^\d.\s]+)$/.exec(other)?.[1] ?? '') : end;
function example({ unit }) {
    switch (unit) {
        case 'us':
            return '< 800ms';
        case 'ratio':
            return '< 1%';
        case 'per-second':
            return '>= 20/s';
        case 'count':
            return '== 0';
    }
}
const slo_grammar_quoted = (text) => JSON.stringify(text);

;// CONCATENATED MODULE: ./build/config/defaults.js


/** What holds for everything that the file leaves out. The descriptions of the schema quote these. */
const defaults_DEFAULTS = {
    profile: 'pr',
    limits: { requests: 6_000, duration: fromSeconds(300), concurrency: 100 },
    timeout: fromSeconds(30),
    load: { duration: fromSeconds(30), warmup: fromSeconds(5), blocks: 40 },
    noThink: { min: 0, max: 0 },
    status: [200],
    provider: {
        latency: { p50: fromSeconds(0.3), p95: fromSeconds(0.7) },
        outputTokens: 120,
        tokenInterval: fromSeconds(0.012),
    },
    fleet: { missing: 'invalid', late: fromSeconds(5), gather: fromSeconds(60) },
    /** Pairs of blocks of a comparison of two gateways. */
    pairs: 30,
    /** Completion tokens that a request is taken to cost when its body sets no maximum. */
    completionTokens: 1_024,
};
const MEASURES = (/* unused pure expression or super */ null && (['p95', 'ttft.p95', 'error_rate']));
/** 10 % and 10 ms, half a point of a share, 99 % one-sided for the family, a window of ten runs. */
const defaultRegression = () => ({
    metrics: MEASURES.flatMap((text) => {
        const parsed = parseMeasure(text);
        return parsed.ok ? [parsed.measure] : [];
    }),
    minChange: ratio(0.1),
    minChangeMs: 10,
    minChangeShare: ratio(0.005),
    confidence: ratio(0.99),
    requireBaseline: false,
    window: 10,
});

;// CONCATENATED MODULE: ./build/plan/plan-scenario.js

/** Where each wire format usually is. */
const PLACES = {
    chat: ['POST', '/v1/chat/completions'],
    responses: ['POST', '/v1/responses'],
    messages: ['POST', '/v1/messages'],
    embeddings: ['POST', '/v1/embeddings'],
    models: ['GET', '/v1/models'],
};
/** What one scenario sends and expects, with everything that goes without saying filled in. */
const plan_scenario_planScenario = (scenario, config) => {
    const { name, endpoint, stream, timeout, expect, slos } = scenario;
    const [method, path] = endpoint.kind === 'custom' ? [endpoint.method, endpoint.path] : PLACES[endpoint.kind];
    const tenants = config.tenants.filter(({ id }) => scenario.tenants.includes(id));
    const ordered = scenario.tenants.flatMap((id) => tenants.filter((tenant) => tenant.id === id));
    const body = stream ? streamedBody(endpoint.kind, scenario.body) : scenario.body;
    return {
        name,
        endpoint: endpoint.kind,
        method,
        path: pathBelow(config.gateway.url, path),
        stream,
        headers: plan_scenario_headersOf(config.gateway.headers, scenario),
        body,
        timeout,
        tenants: ordered.map(planTenant),
        expect,
        slos,
        maxCompletionTokens: maxCompletionTokens(endpoint.kind, body, ordered),
    };
};
/** A probe and what it sends. */
const plan_scenario_planProbe = (scenario, config, spec) => ({
    scenario: plan_scenario_planScenario(scenario, config),
    spec,
    ...(scenario.noise && { noise: plan_scenario_planScenario(scenario.noise, config) }),
});
/** A base URL is often given as SDKs want it, with /v1 at its end; the path must then not repeat it. */
const pathBelow = (url, path) => new URL(url).pathname.endsWith('/v1') && path.startsWith('/v1/') ? path.slice('/v1'.length) : path;
const plan_scenario_headersOf = (gateway, { body, headers }) => {
    const merged = new Map(body === undefined ? [] : [['content-type', ['application/json']]]);
    for (const { name, value } of [...gateway, ...headers])
        merged.set(name, value);
    return [...merged];
};
const planTenant = ({ id, headers, vars }) => ({
    id,
    headers: headers.map(({ name, value }) => [name, value]),
    vars,
});
/** Asks for a stream, and with chat for its usage, which is not sent otherwise. */
const streamedBody = (kind, body) => {
    const asked = withMember(body, 'stream', true);
    return kind === 'chat' ? withMember(asked, 'stream_options', { object: [['include_usage', true]] }) : asked;
};
const membersOf = (body) => typeof body === 'object' && body !== null && 'object' in body ? body.object : [];
/** The body with one more member, unless it has one of that name already. */
const withMember = (body, key, value) => {
    const members = membersOf(body);
    return { object: members.some(([name]) => name === key) ? members : [...members, [key, value]] };
};
const MAXIMA = (/* unused pure expression or super */ null && (['max_completion_tokens', 'max_output_tokens', 'max_tokens']));
/** What the body sets as the maximum (the largest that it can come to), times its `n`; nothing for formats without completions. */
const maxCompletionTokens = (kind, body, tenants) => {
    const members = new Map(membersOf(body));
    const maxima = MAXIMA.flatMap((key) => largestNumber(members.get(key), tenants) ?? []);
    const isCompletion = kind === 'chat' || kind === 'responses' || kind === 'messages';
    const fallback = isCompletion ? DEFAULTS.completionTokens : 0;
    return (maxima.length === 0 ? fallback : Math.max(...maxima)) * (largestNumber(members.get('n'), tenants) ?? 1);
};
const largestNumber = (json, tenants) => {
    if (typeof json === 'number')
        return Math.max(0, json);
    const [part, ...more] = typeof json === 'object' && json !== null && 'template' in json ? json.template : [];
    if (part === undefined || typeof part === 'string' || more.length > 0)
        return undefined;
    if (part.kind === 'int')
        return Math.max(0, part.max);
    if (part.kind !== 'tenant')
        return undefined;
    const values = tenants.map(({ vars }) => Number(vars[part.variable])).filter((value) => value >= 0);
    return values.length === 0 ? undefined : Math.max(...values);
};

;// CONCATENATED MODULE: ./build/plan/cache-needs.js

/** Prompts under way at the same time: enough to be quick, too few to be a load. */
const CACHE_LANES = 8;
/** Prompts on which each change is tried. */
const CHANGE_TRIES = 3;
/** Crowds that are released. */
const CROWDS = 2;
/** Prompts that fail, and prompts that are left to expire. */
const SMALL_SAMPLE = 3;
/** Requests at most that wait for healed providers to be used again. */
const HEALING_TRIES = 5;
/** Before the first repeat that looks for an answer in the cache; each pause is twice the one before. */
const FIRST_PAUSE = fromMillis(20);
/** Assumed of an answer by a provider. */
const ANSWER = fromSeconds(1);
/** Requests at most until an answer is found in the cache, the first included. */
const settlingRequests = (limit) => 1 + Math.max(0, Math.floor(Math.log2(limit / FIRST_PAUSE + 1)));
/** What a cache probe uses at most. */
const cacheNeeds = (spec) => {
    const changed = Math.min(spec.prompts, CHANGE_TRIES * spec.changes.length);
    const expiring = spec.ttl === undefined ? 0 : 2 * SMALL_SAMPLE;
    const failing = 2 * SMALL_SAMPLE + HEALING_TRIES;
    const answers = 2 + Math.ceil((spec.prompts + changed) / CACHE_LANES) + CROWDS + 3;
    return {
        requests: settlingRequests(spec.settle) + 2 * spec.prompts + changed + CROWDS * spec.crowd + failing + expiring,
        duration: units_micros(answers * ANSWER + (spec.ttl ?? 0)),
    };
};

;// CONCATENATED MODULE: ./build/plan/isolation-needs.js


/** Requests of the mix under way at the same time. */
const MIX_LANES = 16;
/** Assumed of an answer by a provider. */
const isolation_needs_ANSWER = fromSeconds(1);
/** What an isolation probe uses at most. */
const isolationNeeds = (spec) => {
    const { tenants, prompts, mixed } = spec;
    const brought = tenants * prompts;
    const answers = 2 + Math.ceil(brought / CACHE_LANES) * tenants + prompts + Math.ceil(mixed / MIX_LANES);
    return {
        // Each prompt is sent by its own tenant, by every other one, and by its own again.
        requests: settlingRequests(spec.settle) + brought * (tenants + 1) + prompts * tenants + mixed,
        duration: units_micros(answers * isolation_needs_ANSWER),
    };
};

;// CONCATENATED MODULE: ./build/plan/neighbour-needs.js

/** Requests that let the gateway warm up; they are not measured. */
const WARM_UP = 3;
/** Requests of the quiet tenant in each of its two parts. */
const quietRequests = ({ rate, duration }) => Math.max(1, Math.round(rate * toSeconds(duration)));
/** Two parts of the quiet tenant; noise before and during the second one, until it is over. */
const neighbourNeeds = (spec) => ({
    requests: WARM_UP + 2 * quietRequests(spec) + Math.ceil(3 * spec.noise * toSeconds(spec.duration)),
    duration: fromSeconds(Math.ceil(3 * toSeconds(spec.duration)) + 2),
});

;// CONCATENATED MODULE: ./build/plan/limit-shape.js

/** By limit and window: forty questions in a window, but never more than twenty a second. */
const limitShape = ({ limit, window }) => {
    const interval = units_micros(Math.max(50_000, window / 40));
    return {
        burst: limit + Math.max(10, Math.ceil(limit / 2)),
        interval,
        questions: Math.ceil(window / interval) + 2,
        slack: units_micros(Math.max(50_000, window / 100)),
    };
};
/** Whether a call got past the limit. */
const wasAdmitted = ({ status }) => status !== undefined && status >= 200 && status < 300;

;// CONCATENATED MODULE: ./build/plan/rate-limit-needs.js


/** Two bursts, two windows of asking, between them what is asked for at once, and in the end what a bucket brings back. */
const rateLimitNeeds = (spec) => {
    const { burst, questions, interval } = limitShape(spec);
    return {
        requests: 2 * (burst + questions + spec.limit),
        // One allowance is used up, one measured, and less than one is spent on asking and on what a bucket brings back in half a window.
        answered: 3 * spec.limit,
        duration: fromSeconds(Math.ceil(toSeconds(units_micros(2 * spec.window + 4 * interval)))),
    };
};

;// CONCATENATED MODULE: ./build/plan/routing-needs.js

/** Requests under way at the same time: enough to be quick, too few to be a load. */
const ROUTING_LANES = 8;
/** Requests for the forbidden model. */
const FORBIDDEN_TRIES = 3;
/** Assumed of an answer, s. */
const routing_needs_ANSWER = 0.5;
const routingNeeds = ({ requests, forbidden }) => ({
    requests: requests + (forbidden === undefined ? 0 : FORBIDDEN_TRIES),
    duration: fromSeconds(1 + Math.ceil((requests * routing_needs_ANSWER) / ROUTING_LANES)),
});

;// CONCATENATED MODULE: ./build/plan/semantic-cache-needs.js


/** Assumed of an answer by a provider. */
const semantic_cache_needs_ANSWER = fromSeconds(1);
/** What a semantic-cache probe uses at most. */
const semanticCacheNeeds = ({ pairs, settle }) => {
    const texts = pairs.flatMap(({ prompt, paraphrase, nearMiss }) => [prompt, paraphrase ?? [], nearMiss ?? []].flat());
    return {
        requests: settlingRequests(settle) + texts.length,
        duration: units_micros((2 + Math.ceil(texts.length / CACHE_LANES)) * semantic_cache_needs_ANSWER),
    };
};

;// CONCATENATED MODULE: ./build/plan/probe-needs.js







const NEEDS = {
    cache: cacheNeeds,
    'semantic-cache': semanticCacheNeeds,
    'rate-limit': rateLimitNeeds,
    neighbour: neighbourNeeds,
    // Two requests around each fault find out whether the primary serves; the fault behind the list is a client's error.
    failover: ({ faults, requests }) => ({
        requests: (faults.length + 1) * (requests + 2) + 2,
        duration: fromSeconds(2 * (faults.length + 1)),
    }),
    isolation: isolationNeeds,
    stream: ({ requests }) => ({ requests, duration: fromSeconds(Math.ceil(requests / 5)) }),
    routing: routingNeeds,
    cancel: ({ requests, within }) => ({ requests: 2 * requests, duration: units_micros(2 * within + 1_000_000) }),
};
/** What a probe is going to use of the run's bounds. */
const probeNeeds = (spec) => {
    // The table pairs each kind with its own spec; the pairing is lost to the type on the way.
    const needs = NEEDS[spec.kind];
    return needs?.(spec) ?? { requests: 0, duration: units_micros(0) };
};

;// CONCATENATED MODULE: ./build/plan/plan-comparison.js









/**
 * Plans the same load for a second gateway beside the first. `baseline` is the configuration as it reads with the URL of that
 * gateway. Both share the limits: where they leave no room for the load twice, with the pauses between blocks, the measured
 * phases of all loads are shortened by one factor, so that a load keeps its rates and shape; warm-ups are kept. Blocks that
 * would then be shorter than 100 ms are a problem.
 */
const planComparison = (plan, baseline) => {
    const configOf = ({ name }) => baseline.scenarios.find((each) => each.name === name);
    const whole = {
        ...plan,
        baseline: {
            target: { url: baseline.gateway.url, ca: baseline.gateway.ca, http2: baseline.gateway.http2 },
            scenarios: plan.scenarios.map((scenario) => planScenario(configOf(scenario), baseline)),
            probes: plan.probes.map(({ scenario, spec }) => planProbe(configOf(scenario), baseline, spec)),
        },
        pairs: baseline.pairs,
        loads: plan.loads.map((load) => ({ ...load, blocks: baseline.pairs })),
    };
    const least = leastFactor(whole);
    const withPauses = fitted(whole, BOUNDS);
    if (withPauses.factor >= least)
        return { ok: true, ...shortened(whole, withPauses) };
    // Pauses are assumed: with as much time for them as for the blocks, the run may at least begin.
    const bare = fitted(whole, BARE_BOUNDS);
    if (bare.factor < least)
        return { ok: false, problems: [noRoom(whole, bare.bound, baseline)] };
    const { plan: planned, warnings } = shortened(whole, bare);
    return { ok: true, plan: planned, warnings: [...warnings, noPauses(planned)] };
};
const fitted = (plan, bounds) => bounds
    .map((bound) => ({ bound, factor: largestFactor(plan, bound) }))
    .reduce((one, other) => (other.factor < one.factor ? other : one));
const shortened = (whole, { factor, bound }) => {
    const plan = factor === 1 ? whole : lasting(whole, factor);
    const cuts = factor === 1 ? [] : [cutInWords(whole, plan, bound)];
    return { plan, warnings: [...cuts, ...shortBlocks(plan)] };
};
const noPauses = ({ bounds }) => `limits.duration ${formatDuration(bounds.duration)} may leave too little time to wait for responses behind each block: the run then ends before all pairs are sent, and compares those that were.`;
const plan_comparison_count = (value) => Math.round(value).toLocaleString('en-US');
const REQUESTS = {
    key: 'requests',
    needs: (plan) => 2 * (requestsOfSide(plan) + probeNeedsOf(plan).requests),
    text: plan_comparison_count,
};
const plan_comparison_durationOf = (needs) => ({
    key: 'duration',
    needs: (plan) => needs(plan) + 2 * probeNeedsOf(plan).duration,
    text: (value) => quantities_formatDuration(tenths(value)),
});
const BOUNDS = [REQUESTS, plan_comparison_durationOf((plan) => comparisonLength(plan))];
/** For gateways that are faster than their SLOs ask. */
const BARE_BOUNDS = [REQUESTS, plan_comparison_durationOf((plan) => 4 * lengthOfSide(plan))];
const lengthOfSide = (plan) => createPairSchedule(plan).segments.reduce((sum, { duration }) => sum + duration, 0);
const probeNeedsOf = ({ probes }) => probes
    .map(({ spec }) => probeNeeds(spec))
    .reduce((sum, each) => ({ requests: sum.requests + each.requests, duration: sum.duration + each.duration }), NOTHING);
const NOTHING = { requests: 0, duration: 0 };
/** Of a random number of arrivals, so many standard deviations are allowed for. */
const POISSON_MARGIN = 3;
/** Expected of the loads of one gateway, warm-ups included; of random arrivals, as many as hardly ever come. */
const requestsOfSide = (plan) => plan.loads.reduce((sum, { arrival, warmup, members, ...load }) => {
    const latency = expected_latency_meanLatency(expected_latency_sharesOf({ arrival, warmup, members, ...load }, plan));
    const expected = expectedRequests(arrival, warmup, latency) ?? 0;
    const isRandom = 'process' in arrival && arrival.process === 'poisson';
    return sum + expected + (isRandom ? POISSON_MARGIN * Math.sqrt(expected) : 0);
}, 0);
/**
 * How long the loads of both sides take together: each block, and after it until nothing is in flight any more. What is in
 * flight at the end of a block has gone half its way, and limits of SLOs leave room: half of the expected latency is allowed for.
 */
const comparisonLength = (plan) => {
    const drainOf = (load) => Math.max(0, ...expected_latency_sharesOf(load, plan).map(({ scenario }) => expectedLatency(scenario)));
    return units_micros(createPairSchedule(plan).segments.reduce((sum, { duration, loads }) => {
        const drain = Math.max(0, ...loads.map(({ load }) => drainOf(load)));
        return sum + 2 * duration + drain;
    }, 0));
};
/** The plan with measured phases longer by a factor; rates and warm-ups stay. */
const lasting = (plan, factor) => ({
    ...plan,
    loads: plan.loads.map((load) => ({ ...load, arrival: scaleArrival(load.arrival, { duration: factor, rate: 1 }) })),
});
/** Factors are tried in steps of a thousandth. */
const STEPS = 1_000;
/** The largest factor on the measured phases with which the bound is kept; 1 = nothing to cut, 0 = not even the warm-ups fit. */
const largestFactor = (plan, { key, needs }) => {
    let [low, high] = [0, STEPS + 1];
    while (high - low > 1) {
        const middle = (low + high) >>> 1;
        if (needs(lasting(plan, middle / STEPS)) <= plan.bounds[key])
            low = middle;
        else
            high = middle;
    }
    return low / STEPS;
};
/** Too short to hold what is being measured. */
const SHORTEST_BLOCK = 100_000;
/** The factor at which a block of some load would be too short; no more than 1, as nobody is kept from planning short ones. */
const leastFactor = ({ loads, pairs }) => Math.min(1, Math.max(0, ...loads.map(({ arrival }) => (SHORTEST_BLOCK * pairs) / arrivalDuration(arrival))));
const noRoom = (plan, { key, needs, text }, config) => {
    const { line, path } = config.originOf(['limits', key]);
    return {
        file: config.file,
        line,
        path: formatPath(path),
        message: `leaves no room for two gateways in ${plan.pairs} pairs of blocks`,
        received: text(plan.bounds[key]),
        allowed: `${text(needs(plan))} for the whole load, or a shorter one`,
    };
};
const cutInWords = (whole, shortened, { key, text, needs }) => {
    const share = `limits.${key} ${text(whole.bounds[key])} leaves ${text(whole.bounds[key] / 2)} for each of the two gateways`;
    const pauses = key === 'duration' ? ', the pauses between blocks included' : '';
    const [only, ...more] = whole.loads.map((load, index) => {
        const after = tenths(arrivalDuration(shortened.loads[index].arrival));
        return `that of ${load.name} from ${formatDuration(arrivalDuration(load.arrival))} to ${formatDuration(after)}`;
    });
    const phases = `the measured phase is shortened, ${[only, ...more].join(', ')}`;
    return `${share}${pauses}: ${phases}; the whole load would take ${text(needs(whole))}.`;
};
/** To a tenth of a second, as these are estimates. */
const tenths = (duration) => units_micros(Math.round(duration / 100_000) * 100_000);
/** Loads whose blocks end before the gateway is as busy as the load says. */
const shortBlocks = (plan) => plan.loads.flatMap((load) => {
    const { arrival, name } = load;
    if (arrival.kind === 'steps')
        return [];
    const block = arrivalDuration(arrival) / plan.pairs;
    const think = isOpen(arrival) ? 0 : (arrival.think.min + arrival.think.max) / 2;
    const cycle = meanLatency(sharesOf(load, plan)) + think;
    if (block >= cycle)
        return [];
    return [
        `The blocks of ${name} take ${formatDuration(micros(block))}, and a request may take ${formatDuration(micros(cycle))}: both gateways see fewer requests at a time than the load has in one piece. A longer load has longer blocks.`,
    ];
});

;// CONCATENATED MODULE: ./build/load/queueing.js

/** Fewer requests, or blocks, tell nothing. */
const MIN_REQUESTS = 200;
const MIN_BLOCKS = 10;
/** The part of the requests that shows what a request takes when little stands in its way. */
const FREEST = 0.25;
/**
 * Whether requests wait behind one another in a gateway: those that are sent while many others are in flight then take longer
 * than those that found few. With t₀ the mean time of the quarter that found the fewest, the share of waiting in the mean
 * time t is 1 − t₀/t. For one server this is the share of time in which it is busy (up to three quarters of it), and for a
 * service without a queue it is 0. With many servers it stays small until nearly all are busy, so a small share is no proof
 * of room. Slow spells of the machine show here as well.
 */
class Queueing {
    #blocks = new Map();
    /** A request that succeeded: its block, how many others were in flight when it was sent, and what it took, s. */
    add(block, others, seconds) {
        let levels = this.#blocks.get(block);
        if (levels === undefined) {
            levels = new Map();
            this.#blocks.set(block, levels);
        }
        const level = levels.get(others);
        if (level === undefined)
            levels.set(others, { count: 1, time: seconds });
        else {
            level.count += 1;
            level.time += seconds;
        }
    }
    /** With the jackknife's error over blocks. Undefined with too little to tell, or where there were always as many others. */
    share() {
        const blocks = [...this.#blocks.values()];
        const all = blocks.reduce((sum, block) => combined(sum, block, 1), new Map());
        const requests = [...all.values()].reduce((sum, { count }) => sum + count, 0);
        if (blocks.length < MIN_BLOCKS || requests < MIN_REQUESTS || all.size < 2)
            return undefined;
        const share = waitingIn(all);
        const without = blocks.map((block) => waitingIn(combined(all, block, -1)));
        const mean = without.reduce((sum, each) => sum + each, 0) / without.length;
        const spread = without.reduce((sum, each) => sum + (each - mean) ** 2, 0);
        const error = Math.sqrt(((without.length - 1) / without.length) * spread);
        return { share: units_ratio(Math.min(1, Math.max(0, share))), error };
    }
}
const waitingIn = (levels) => {
    const ascending = [...levels].toSorted(([one], [other]) => one - other).map(([, level]) => level);
    const requests = ascending.reduce((sum, { count }) => sum + count, 0);
    const mean = ascending.reduce((sum, { time }) => sum + time, 0) / requests;
    let [count, time] = [0, 0];
    for (const level of ascending) {
        if (count >= FREEST * requests)
            break;
        count += level.count;
        time += level.time;
    }
    return mean > 0 ? 1 - time / count / mean : 0;
};
const combined = (one, other, sign) => {
    const sums = new Map([...one].map(([others, level]) => [others, { ...level }]));
    for (const [others, { count, time }] of other) {
        const level = sums.get(others) ?? { count: 0, time: 0 };
        sums.set(others, { count: level.count + sign * count, time: level.time + sign * time });
    }
    return sums;
};

;// CONCATENATED MODULE: ./build/load/schedule-cursor.js
/** Hands out a schedule in stretches, one after the other. */
class ScheduleCursor {
    #schedule;
    /** Taken from the schedule, and not handed out yet. */
    #held;
    constructor(schedule) {
        this.#schedule = schedule;
    }
    /** The arrivals below that offset which have not been handed out. */
    until(limit) {
        return {
            next: () => {
                this.#held ??= this.#schedule.next();
                if (this.#held === undefined || this.#held >= limit)
                    return undefined;
                const offset = this.#held;
                this.#held = undefined;
                return offset;
            },
        };
    }
}

;// CONCATENATED MODULE: ./build/load/side-load.js







/** One load on one of two gateways, sent segment by segment. */
class SideLoad {
    load;
    #plan;
    #grid;
    /** Undefined for users, who have no schedule. */
    #cursor;
    /** When each block was begun. */
    #begun = new Map();
    /** End of the last measured segment that was begun; 0 before the first. */
    measuredUntil = units_micros(0);
    constructor(plan, load, { grid, overhead }) {
        this.#plan = plan;
        this.#grid = grid;
        this.load = new Load(plan, load, { grid, overhead });
        const { arrival, warmup, name } = load;
        // Seeded by the load alone: both sides have the same arrivals.
        this.#cursor = schedule_isOpen(arrival)
            ? new ScheduleCursor(createSchedule({ arrival, warmup, seed: seedOf(plan.seed, `arrivals ${name}`) }))
            : undefined;
    }
    /** When the first measured block was begun; undefined before. */
    get measuredFrom() {
        return this.#begun.values().next().value;
    }
    /** A driver for one segment, which begins at `at`; not started. */
    begin({ offset }, { start, duration }, at, parts) {
        const { load } = this;
        const { arrival, warmup } = load.plan;
        load.start(at, { offset, duration });
        const block = this.#grid.indexAt(offset - warmup);
        if (block >= 0) {
            if (!this.#begun.has(block))
                this.#begun.set(block, at);
            this.measuredUntil = units_micros(at + duration);
        }
        return schedule_isOpen(arrival)
            ? new OpenDriver({ ...parts, load }, this.#cursor.until(offset + duration))
            : new ClosedDriver({ ...parts, load }, arrival, seedOf(this.#plan.seed, `from ${start}`));
    }
    /** Counts as dropped for a bound what the schedule still held. Users have none: who was not released was never there. */
    countRemaining() {
        const rest = this.#cursor?.until(Number.POSITIVE_INFINITY);
        for (let offset = rest?.next(); offset !== undefined; offset = rest?.next())
            this.load.countUnreleased(offset, 'bound');
    }
    /**
     * What was measured; the start of a block is when it was begun, from `origin` on. `until`, µs from the start of the measured
     * phase in the load's own time: only blocks that end by then.
     */
    results(origin, until = Number.POSITIVE_INFINITY) {
        const endOf = (index) => this.#grid.startOf(index) + this.#grid.durationOf(index);
        const ends = Array.from({ length: this.#grid.count }, (_, index) => endOf(index));
        const duration = Math.max(0, ...ends.filter((end) => end <= until));
        return [...this.load.results().values()].map((run) => ({
            ...run,
            duration: units_micros(Math.min(run.duration, duration)),
            slices: run.slices.map(({ tenant, blocks }) => ({
                tenant,
                blocks: blocks
                    .filter(({ index }) => endOf(index) <= until)
                    .map((block) => ({ ...block, start: this.#startOf(block, origin) })),
            })),
        }));
    }
    /** A block that was never begun holds nothing but dropped arrivals: it keeps its place in the plan. */
    #startOf({ index, start }, origin) {
        const begun = this.#begun.get(index);
        return begun === undefined ? start : units_micros(begun - origin);
    }
}

;// CONCATENATED MODULE: ./build/load/gateway-side.js






/** One of two gateways: its loads, its connections, its breaker. */
class GatewaySide {
    side;
    breaker;
    loads;
    /** By scenario. */
    queueing = new Map();
    #parts;
    #dispatcher;
    #drivers = [];
    /** How many others were in flight when it was sent. */
    #others = new WeakMap();
    constructor(parts) {
        const { side, plan, schedule, clock, transport, budget, overhead, onBound } = parts;
        this.#parts = parts;
        this.side = side;
        this.breaker = new Breaker(plan.bounds.abort);
        this.loads = plan.loads.map((load) => new SideLoad(plan, load, { grid: schedule.gridOf(load), overhead }));
        const boundsTokens = plan.bounds.tokens !== undefined;
        this.#dispatcher = new Dispatcher({ clock, transport, budget, boundsTokens, observer: this, onBound });
    }
    /** Opens connections that a segment needs and that are not open; what each took is recorded with a load that starts there. */
    async warm({ loads }) {
        const wanted = loads.reduce((sum, { load }) => sum + connectionsFor(load), 0);
        const took = await this.#parts.transport.warm(Math.min(this.#parts.plan.bounds.concurrency, wanted));
        const starting = loads.find(({ offset }) => offset === 0)?.load;
        this.loads.find(({ load }) => load.plan === starting)?.load.connections(took);
    }
    /** Sends a segment from `at` on. `onIdle` is called when it may have ended, perhaps more than once. */
    start(segment, at, onIdle) {
        const { clock } = this.#parts;
        const release = (flight) => this.#dispatcher.release(flight);
        this.#drivers = segment.loads.map((part) => {
            const load = this.loads.find((each) => each.load.plan === part.load);
            return load.begin(part, segment, at, { clock, release, onDone: onIdle });
        });
        for (const driver of this.#drivers)
            driver.start();
    }
    /** Arrivals of the segment are still to be sent. */
    get isPending() {
        return this.#dispatcher.isWaiting || this.#drivers.some((driver) => driver.hasMore());
    }
    /** Nothing of the segment is to come or in flight. */
    get isIdle() {
        return this.#drivers.every((driver) => !driver.hasMore() && driver.load.open === 0);
    }
    /** The segment is over: its drivers forget their timers. */
    rest() {
        for (const driver of this.#drivers)
            driver.stop();
    }
    /** Nothing more is sent: loads end where they are, what waits is dropped, for a bound also what the schedules still held. */
    stop(reason) {
        const now = this.#parts.clock.now();
        for (const { load } of this.loads) {
            const isUnderWay = this.#drivers.some((driver) => driver.load === load && driver.hasMore());
            load.cut(isUnderWay ? now : load.end);
        }
        for (const driver of this.#drivers)
            driver.stop();
        if (reason === 'bound')
            for (const each of [...this.#drivers, ...this.loads])
                each.countRemaining();
        this.#dispatcher.refuse(reason);
    }
    /** Cancels what is in flight. Call `stop` first. */
    cutOff() {
        this.#dispatcher.cutOff();
    }
    /** Forgets its timers. */
    close() {
        this.#dispatcher.close();
    }
    released(flight) {
        this.#parts.observer.released(flight);
        flight.recorder.released(flight);
    }
    sent(flight) {
        this.#parts.observer.sent(flight);
        flight.recorder.sent(flight);
        this.#others.set(flight, this.#parts.budget.inFlight - 1);
    }
    finished(flight, reading, at) {
        this.#parts.observer.finished(flight, reading, at);
        flight.recorder.finished(flight, reading, at);
        this.breaker.record(at, reading.outcome.kind === 'error');
        if (reading.outcome.kind !== 'ok' || flight.isWarmup)
            return;
        const took = toSeconds(units_micros(at - flight.released));
        this.#queueingOf(flight.scenario.name).add(flight.block, this.#others.get(flight) ?? 0, took);
    }
    dropped(flight, reason, at) {
        this.#parts.observer.dropped(flight, reason, at);
        flight.recorder.dropped(flight, reason);
    }
    #queueingOf(scenario) {
        const queueing = this.queueing.get(scenario) ?? new Queueing();
        this.queueing.set(scenario, queueing);
        return queueing;
    }
}

;// CONCATENATED MODULE: ./build/load/of-baseline.js

/** Says of a gateway that cannot be reached that it is the one compared with; other errors are left as they are. */
const ofBaseline = (error) => {
    if (!(error instanceof errors_GateError) || error.code !== 'unreachable')
        return error;
    const { message, hint, cause } = error;
    return new errors_GateError('unreachable', `The baseline gateway: ${message}`, {
        ...(hint === undefined ? {} : { hint }),
        cause,
    });
};

;// CONCATENATED MODULE: ./build/load/paired-result.js



/** Both sides as they were measured. The baseline's blocks are those of whole pairs; the candidate has all it was sent. */
const pairedResult = (inputs) => {
    const { plan, segments, sides } = inputs;
    const spans = plan.loads.map((load, index) => spanOf(load, index, sides));
    const scenariosOf = (side, until) => {
        const runs = side.loads.flatMap((each, index) => each.results(spans[index].measuredFrom, until(each.load.plan)));
        return plan.scenarios.flatMap(({ name }) => runs.filter((run) => run.name === name));
    };
    const scenarios = scenariosOf(sides.candidate, () => undefined);
    const baseline = { scenarios: scenariosOf(sides.baseline, (load) => wholeUntil(load, segments)), probes: [] };
    return { scenarios, probes: [], baseline, generator: generatorOf(inputs, spans, [scenarios, baseline.scenarios]) };
};
/** From the first measured block of either side to the end of the last. */
const spanOf = (plan, index, sides) => {
    const loads = Object.values(sides).map((side) => side.loads[index]);
    const from = loads.flatMap((load) => load.measuredFrom ?? []);
    const until = Math.max(0, ...loads.map((load) => load.measuredUntil));
    const measuredFrom = units_micros(from.length === 0 ? 0 : Math.min(...from));
    return { plan, measuredFrom, measuredFor: units_micros(Math.max(0, until - measuredFrom)) };
};
/** How far into its measured phase both sides came, in the load's own time. */
const wholeUntil = (load, segments) => {
    const ends = segments.flatMap(({ loads, duration }) => loads.flatMap((part) => (part.load === load ? [part.offset + duration - load.warmup] : [])));
    return units_micros(Math.max(0, ...ends));
};
const generatorOf = (inputs, loads, sides) => {
    const { plan, health, broken } = inputs;
    const [candidate, baseline] = sides.map((runs) => judgeGenerator({ plan, loads, results: new Map(runs.map((run) => [run.name, run])), health }));
    const known = new Set(candidate.scenarioProblems.map(({ scenario }) => scenario));
    const others = baseline.scenarioProblems.filter(({ scenario }) => !known.has(scenario));
    return {
        ...candidate,
        problems: broken === 'baseline' ? [BASELINE_FAILED] : [],
        scenarioProblems: [...candidate.scenarioProblems, ...others],
        warnings: plan.loads.filter(hasSteadyRate).flatMap((load) => queueWarnings(load, inputs.sides)),
    };
};
const BASELINE_FAILED = 'The baseline gateway failed so often that limits.abort ended the run: there is nothing to compare with; check that it is up, and run it again';
/** Steps are there to find the queue, and users make none that grows. */
const hasSteadyRate = ({ arrival }) => schedule_isOpen(arrival) && arrival.kind !== 'steps';
/** A larger part of the response time than this, and a comparison is one of queues as much as of gateways. */
const MAX_WAITING = 0.25;
const queueWarnings = ({ members }, sides) => members.flatMap(({ scenario }) => {
    const waiting = SIDES.flatMap(([side, name]) => {
        const found = sides[side].queueing.get(scenario)?.share();
        const isSure = found !== undefined && found.share - 2 * found.error > MAX_WAITING;
        return isSure ? [`${Math.round(found.share * 100)} % on the ${name}`] : [];
    });
    if (waiting.length === 0)
        return [];
    return [
        `${scenario}: requests wait behind one another (about ${waiting.join(' and ')} of the response time). A comparison is sharpest at no more than half of a gateway's capacity: a queue makes intervals wider, and a difference larger than that of the gateways' own work. A lower rate tells more.`,
    ];
});
const SIDES = [
    ['candidate', 'gateway under test'],
    ['baseline', 'baseline gateway'],
];

;// CONCATENATED MODULE: ./build/load/paired-watch.js



/** How often it looks. */
const paired_watch_TICK = fromMillis(250);
/** Looks on while two gateways are loaded, over both of them: progress, and the generator's own health. */
class PairedWatch {
    health;
    #parts;
    #counts = new LiveCounts();
    /** Under way. */
    #segment;
    #startedAt;
    #isMeasuring = false;
    constructor(parts) {
        this.#parts = parts;
        this.health = new HealthRecorder(parts.vitals);
    }
    /** Tokens of both sides. */
    get tokens() {
        return this.#counts.tokens;
    }
    get hasSent() {
        return this.#startedAt !== undefined;
    }
    /** Tells progress now and again and again; `look` is asked each time before the next. */
    tick(look) {
        const now = this.#parts.clock.now();
        this.#parts.onProgress(this.progress());
        this.#parts.timers.at(units_micros(now + paired_watch_TICK), () => this.tick(look));
        look(now);
    }
    /** A side begins with a segment. The generator's health is kept from the first measured one on. */
    begin(segment) {
        this.#segment = segment;
        if (this.#isMeasuring || isWarmup(segment))
            return;
        this.#isMeasuring = true;
        const now = this.#parts.clock.now();
        this.health.begin(now);
        this.#cutHealth(now);
    }
    progress() {
        const now = this.#parts.clock.now();
        return {
            ...this.#counts.look(now),
            elapsed: units_micros(now - (this.#startedAt ?? now)),
            expected: this.#parts.expected,
            loads: this.#segment?.loads.map(({ load }) => load.name) ?? [],
            warmup: this.#segment !== undefined && isWarmup(this.#segment),
        };
    }
    released(flight) {
        this.health.released(flight);
    }
    sent() {
        this.#counts.sent();
        if (this.#startedAt !== undefined)
            return;
        this.#startedAt = this.#parts.clock.now();
        this.#parts.onFirst();
    }
    finished(flight, reading, at) {
        this.#counts.finished(flight, reading, at);
    }
    dropped(flight) {
        this.#counts.dropped(flight);
    }
    #cutHealth(due) {
        this.health.cut(this.#parts.clock.now());
        const next = units_micros(due + healthBlockLength(this.#parts.expected));
        this.#parts.timers.at(next, () => this.#cutHealth(next));
    }
}
const isWarmup = ({ loads }) => loads.every(({ load, offset }) => offset < load.warmup);

;// CONCATENATED MODULE: ./build/load/timers.js
/** What is to happen later, unless it is all over by then. */
class Timers {
    #clock;
    #cancels = new Set();
    #isClosed = false;
    constructor(clock) {
        this.#clock = clock;
    }
    /** Runs it at that time or as soon as possible after, never at once. Nothing is run after `close`. */
    at(at, run) {
        if (this.#isClosed)
            return;
        const cancel = this.#clock.schedule(at, () => {
            this.#cancels.delete(cancel);
            run();
        });
        this.#cancels.add(cancel);
    }
    close() {
        this.#isClosed = true;
        for (const cancel of this.#cancels)
            cancel();
        this.#cancels.clear();
    }
}

;// CONCATENATED MODULE: ./build/load/paired-burst.js









/** How long requests in flight may go on past the bound of duration, if their own timeout does not come first. */
const paired_burst_GRACE = fromSeconds(10);
/**
 * One run of a plan on two gateways: each segment of the plan is sent to one side and drained, then to the other. Both sides
 * draw on the same bounds. What ends the run in the middle of a pair leaves the pairs before it.
 */
class PairedBurst {
    #plan;
    #ports;
    #onProgress;
    #budget;
    #schedule;
    #sides;
    #timers;
    #watch;
    #over = Promise.withResolvers();
    #ending = { kind: 'complete' };
    /** The side whose breaker ended the run. */
    #broken;
    #stretch;
    /** Segments that both sides went through. */
    #whole = 0;
    /** A bound was met or the run was ended: no arrival is released any more. */
    #isStopped = false;
    /** Throws `GateError` `internal` without a baseline and its transport. */
    constructor(plan, ports, onProgress) {
        const { clock, vitals } = ports;
        this.#plan = plan;
        this.#ports = ports;
        this.#onProgress = onProgress;
        this.#budget = ports.budget;
        this.#schedule = createPairSchedule(plan);
        this.#timers = new Timers(clock);
        const expected = units_micros(Math.min(plan.bounds.duration, comparisonLength(plan)));
        const onFirst = () => this.#boundDuration();
        this.#watch = new PairedWatch({ clock, timers: this.#timers, vitals, expected, onProgress, onFirst });
        this.#sides = { candidate: this.#createSide('candidate'), baseline: this.#createSide('baseline') };
    }
    /** Once. The signal ends the run at once; the result is then partial. */
    async run(signal) {
        const onAbort = () => this.#halt({ kind: 'cancelled', signal: String(signal.reason) });
        signal.addEventListener('abort', onAbort, { once: true });
        if (signal.aborted)
            onAbort();
        try {
            // Not awaited beyond an abort: opening connections may take seconds.
            await Promise.race([this.#conduct(), this.#over.promise]);
            return await this.#finish();
        }
        finally {
            signal.removeEventListener('abort', onAbort);
            this.#timers.close();
        }
    }
    #createSide(side) {
        const { transport, baselineTransport } = this.#ports;
        const own = side === 'candidate'
            ? { plan: this.#plan, transport }
            : { plan: this.#plan.baseline, transport: baselineTransport };
        if (own.plan === undefined || own.transport === undefined)
            throw new errors_GateError('internal', 'a comparison of two gateways was planned without the second one');
        return new GatewaySide({
            side,
            plan: { ...this.#plan, ...own.plan },
            schedule: this.#schedule,
            clock: this.#ports.clock,
            transport: own.transport,
            budget: this.#budget,
            overhead: this.#ports.overhead,
            observer: this.#watch,
            onBound: (bound) => this.#meetBound(bound),
        });
    }
    async #conduct() {
        const { segments } = this.#schedule;
        if (segments[0] !== undefined && !this.#isStopped)
            await this.#open(segments[0]);
        if (!this.#isStopped)
            this.#watch.tick((now) => this.#checkBreakers(now));
        for (const segment of segments)
            if (!(await this.#runPair(segment)))
                return;
    }
    /** Before anything is sent: the first gateway that takes no connection ends the run, unless it has answered before. */
    async #open(segment) {
        const { candidate, baseline } = this.#sides;
        if (this.#plan.baseline?.haveAnswered) {
            await reopen(candidate, segment);
            return reopen(baseline, segment);
        }
        await candidate.warm(segment);
        try {
            await baseline.warm(segment);
        }
        catch (error) {
            throw ofBaseline(error);
        }
    }
    /** Resolves with whether both sides went through all of the segment. */
    async #runPair(segment) {
        for (const name of [segment.first, otherSide(segment.first)]) {
            const side = this.#sides[name];
            // The peer may have closed connections that rested while the other side had its turn.
            if (this.#watch.hasSent && !this.#isStopped)
                await reopen(side, segment);
            if (this.#isStopped || !(await this.#runStretch(side, segment)))
                return false;
        }
        this.#whole += 1;
        this.#alignSides();
        return true;
    }
    /** Sends a segment to one side, and resolves when nothing is in flight any more, with whether all of it was sent. */
    async #runStretch(side, segment) {
        const now = this.#ports.clock.now();
        const end = units_micros(now + segment.duration);
        const { promise, resolve } = Promise.withResolvers();
        const stretch = { side, segment, end, isWhole: true, done: resolve };
        this.#stretch = stretch;
        this.#watch.begin(segment);
        this.#timers.at(end, () => this.#checkStretch());
        side.start(segment, now, () => this.#checkStretch());
        await promise;
        side.rest();
        return stretch.isWhole;
    }
    #checkStretch() {
        const { side, end, done } = this.#stretch;
        if (side.isIdle && (this.#isStopped || this.#ports.clock.now() >= end))
            done();
    }
    /** Users of the faster gateway sent more: the next pair begins with the same request on both sides all the same. */
    #alignSides() {
        const { candidate, baseline } = this.#sides;
        candidate.loads.forEach(({ load: one }, index) => {
            const { load: other } = baseline.loads[index];
            one.skipTo(other.turns);
            other.skipTo(one.turns);
        });
    }
    #checkBreakers(now) {
        for (const { side, breaker } of Object.values(this.#sides)) {
            const reason = breaker.tripped(now);
            if (reason === undefined || this.#isStopped)
                continue;
            this.#broken = side;
            this.#halt({ kind: 'aborted', reason: side === 'baseline' ? `the baseline gateway: ${reason}` : reason });
        }
    }
    #boundDuration() {
        const bound = units_micros(this.#budget.startedAt + this.#plan.bounds.duration);
        this.#timers.at(bound, () => this.#meetBound('duration'));
        this.#timers.at(units_micros(bound + paired_burst_GRACE), () => this.#cutOff());
    }
    /** Nothing more is sent; what is in flight may finish. */
    #meetBound(bound) {
        if (this.#isStopped)
            return;
        const stretch = this.#stretch;
        const isCut = bound !== 'duration' || stretch.side.isPending;
        if (isCut)
            stretch.isWhole = false;
        if (isCut || !this.#isLast(stretch))
            this.#ending = { kind: 'bounded', bound };
        this.#stop('bound');
        this.#checkStretch();
    }
    #isLast({ side, segment }) {
        return segment === this.#schedule.segments.at(-1) && side.side !== segment.first;
    }
    /** Ends the run here and now. */
    #halt(ending) {
        this.#ending = ending;
        if (this.#stretch !== undefined)
            this.#stretch.isWhole = false;
        this.#stop('cancelled');
        this.#cutOff();
        this.#over.resolve();
    }
    #stop(reason) {
        this.#isStopped = true;
        for (const side of Object.values(this.#sides))
            side.stop(reason);
    }
    #cutOff() {
        for (const side of Object.values(this.#sides))
            side.cutOff();
    }
    async #finish() {
        const { health, tokens } = this.#watch;
        health.end(this.#ports.clock.now());
        for (const side of Object.values(this.#sides))
            side.close();
        this.#timers.close();
        if (this.#ending.kind !== 'cancelled')
            await this.#ports.overhead?.finish();
        this.#onProgress(this.#watch.progress());
        const { bounds } = this.#plan;
        const { used } = this.#budget;
        return {
            ...pairedResult({
                plan: this.#plan,
                segments: this.#schedule.segments.slice(0, this.#whole),
                sides: this.#sides,
                health,
                broken: this.#broken,
            }),
            used: {
                ...used,
                duration: units_micros(Math.min(used.duration, bounds.duration)),
                tokens: bounds.tokens === undefined ? tokens : used.tokens,
            },
            ending: this.#ending,
        };
    }
}
const reopen = async (side, segment) => {
    try {
        await side.warm(segment);
    }
    catch {
        // The gateway was reachable before: from here on its refusals are results, counted request by request.
    }
};

;// CONCATENATED MODULE: ./build/load/run-load.js





/**
 * Runs a plan's burst in this thread, on two gateways where the plan has a baseline, and resolves with what was measured. The
 * signal ends it at once: what is in flight is cancelled, and the result is partial. `onProgress` is called about four times a
 * second.
 * Rejects with `GateError` `unreachable` when the gateway takes no connection.
 */
const runLoad = async (plan, { upstream, ...ports }, signal, onProgress) => {
    const overhead = upstream === undefined ? undefined : new OverheadRecorder(upstream, ports.clock);
    const budget = new Budget(plan.bounds);
    const defaults = { vitals: NO_VITALS, baselineTransport: undefined, budget, whenOpened: async () => { } };
    const all = { ...defaults, overhead, ...ports };
    const Conduct = plan.baseline === undefined ? Burst : PairedBurst;
    try {
        await overhead?.start();
        const result = await new Conduct(plan, all, onProgress).run(signal);
        const { generator } = result;
        return { ...result, generator: { ...generator, warnings: [...generator.warnings, ...(overhead?.warnings ?? [])] } };
    }
    finally {
        overhead?.stop();
    }
};

;// CONCATENATED MODULE: ./build/adapters/provider/server-thread.js


/**
 * Runs a spec in a thread, so that providers and gateway do not share the load's event loop. `workerUrl` is the bundled or
 * source entry `provider-worker`. Rejects with the `GateError` that a server's start gave, or `internal` for a crash.
 */
const startInThread = async (workerUrl, spec) => {
    const thread = createThread(new external_node_worker_threads_namespaceObject.Worker(workerUrl, { workerData: spec }));
    const { providers, gateway } = await thread.ready;
    return {
        url: gateway ?? Object.values(providers)[0] ?? '',
        providers,
        gateway,
        ask: thread.ask,
        stop: thread.stop,
    };
};
const createThread = (worker) => {
    const ready = Promise.withResolvers();
    const ended = Promise.withResolvers();
    // Whoever calls `stop` learns of a crash; before that there is nobody to tell.
    ended.promise.catch(() => { });
    const pending = new Map();
    let next = 0;
    let over = false;
    const end = (error) => {
        if (over)
            return;
        over = true;
        const reason = error ?? new errors_GateError('internal', 'the thread of the simulated providers has ended');
        ready.reject(reason);
        for (const { reject } of pending.values())
            reject(reason);
        if (error === undefined)
            ended.resolve();
        else
            ended.reject(error);
    };
    worker.on('error', (cause) => end(new errors_GateError('internal', 'the thread of the simulated providers crashed', { cause })));
    worker.on('exit', () => end(undefined));
    worker.on('message', (message) => {
        if (message.kind === 'ready')
            ready.resolve(message);
        else if (message.kind === 'failed')
            ready.reject(revived(message.error));
        else {
            const waiting = pending.get(message.id);
            pending.delete(message.id);
            if (message.kind === 'answer')
                waiting?.resolve(message.value);
            else
                waiting?.reject(revived(message.error));
        }
    });
    const tell = (message) => worker.postMessage(message);
    return {
        ready: ready.promise,
        ask: (name, query) => {
            if (over)
                return Promise.reject(new errors_GateError('internal', 'the thread of the simulated providers has ended'));
            next += 1;
            const answer = Promise.withResolvers();
            pending.set(next, answer);
            tell({ kind: 'ask', id: next, name, query });
            return answer.promise;
        },
        stop: () => {
            if (!over)
                tell({ kind: 'stop' });
            return ended.promise;
        },
    };
};
const revived = ({ code, message, hint }) => new errors_GateError(code, message, hint === undefined ? {} : { hint });

;// CONCATENATED MODULE: ./build/dialects/common-fields.js
/**
 * The words for a cache's status that proxies share (nginx's `$upstream_cache_status` among them). Stale content that was
 * sent without waiting is a hit; content that had to be fetched again is a miss.
 */
const COMMON_CACHE_WORDS = {
    hit: 'hit',
    stale: 'hit',
    updating: 'hit',
    revalidated: 'hit',
    miss: 'miss',
    expired: 'miss',
    refresh: 'miss',
    bypass: 'bypass',
    disabled: 'bypass',
};
/** All that the words of a gateway with only two say. */
const HIT_OR_MISS = { hit: 'hit', miss: 'miss' };
/** The model as the answer names it: in every API's own body. */
const BODY_MODEL = [{ body: 'model' }];
/** Ids that proxies and providers give a request; the answer's own id where there is no header. */
const COMMON_REQUEST_IDS = [
    { header: 'x-request-id' },
    { header: 'request-id' },
    { body: 'id' },
];
/**
 * OpenAI's: resets like `12ms` and `6m0s`, though others write plain seconds under the same names
 * (https://platform.openai.com/docs/guides/rate-limits).
 */
const OPENAI_LIMITS = ['requests', 'tokens'].map((of) => ({
    of,
    limit: `x-ratelimit-limit-${of}`,
    remaining: `x-ratelimit-remaining-${of}`,
    reset: { header: `x-ratelimit-reset-${of}` },
}));
/** Anthropic's: resets in RFC 3339 (https://docs.anthropic.com/en/api/rate-limits). */
const ANTHROPIC_LIMITS = [
    ['requests', 'requests'],
    ['tokens', 'tokens'],
    ['tokens', 'input-tokens'],
    ['tokens', 'output-tokens'],
].map(([of, name]) => ({
    of,
    limit: `anthropic-ratelimit-${name}-limit`,
    remaining: `anthropic-ratelimit-${name}-remaining`,
    reset: { header: `anthropic-ratelimit-${name}-reset`, format: 'rfc3339' },
}));
/** What providers say of their own limits, where a gateway passes it on. */
const PROVIDER_LIMITS = [...OPENAI_LIMITS, ...ANTHROPIC_LIMITS];
/** `Retry-After` is seconds or a date (RFC 9110 §10.2.3); OpenAI and Azure add a finer one in ms. */
const COMMON_RETRY_AFTER = [
    { header: 'retry-after-ms', format: 'millis' },
    { header: 'retry-after' },
];
/** 429 and nothing else. */
const TOO_MANY_REQUESTS = { rate: [429], quota: [] };
/** A gateway that says no more than the APIs that it speaks: each dialect is this and what its gateway adds. */
const PLAIN_GATEWAY = {
    cache: 'unsupported',
    provider: 'unsupported',
    model: BODY_MODEL,
    requestId: COMMON_REQUEST_IDS,
    attempts: 'unsupported',
    fallback: 'unsupported',
    gatewayTime: 'unsupported',
    upstreamTime: 'unsupported',
    limits: 'unsupported',
    providerLimits: PROVIDER_LIMITS,
    retryAfter: COMMON_RETRY_AFTER,
    rejections: TOO_MANY_REQUESTS,
    cacheControls: { enable: [], bypass: 'unsupported', ttl: 'unsupported', namespace: 'unsupported' },
};

;// CONCATENATED MODULE: ./build/entry/worker-url.js
/**
 * Where a worker's entry is: beside this file in the sources, in a bundle folder of its own in dist/. The URL is kept from
 * the bundler's eyes, which would ship the worker's file unbundled.
 */
const workerUrl = (name) => {
    const here = import.meta.url;
    return new URL(here.endsWith('.ts') ? `${name}.ts` : `../${name}/index.js`, here);
};

;// CONCATENATED MODULE: ./build/entry/floor-probe.js







/** 180 requests in 0.6 s, the first 30 of them as warm-up. */
const floor_probe_RATE = 300;
const WARMUP = fromMillis(100);
const DURATION = fromMillis(500);
/**
 * What this generator measures where the truth is next to nothing: a brief load on a simulated provider that answers at once,
 * on loopback, in a thread beside it. The gateway sees none of it, so it counts against no limit. Never rejects.
 */
const probeFloor = async (ports) => {
    if (ports.signal.aborted)
        return { floor: undefined, warnings: [] };
    try {
        return { floor: await measure(ports), warnings: [] };
    }
    catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        return { floor: undefined, warnings: [`The generator's own floor was not measured: ${reason}.`] };
    }
};
const measure = async (ports) => {
    const server = await startInThread(ports.providerUrl ?? workerUrl('provider-worker'), INSTANT);
    try {
        return await measureAt({ url: server.url, ca: undefined }, ports);
    }
    finally {
        await server.stop();
    }
};
const measureAt = async (target, { clock, connect, signal }) => {
    const transport = connect(target);
    try {
        const { scenarios, generator, ending } = await runLoad(planFor(target), { clock, transport }, signal, () => { });
        if (ending.kind === 'cancelled')
            return undefined;
        const blocks = scenarios.flatMap((scenario) => scenario.slices.flatMap((slice) => slice.blocks));
        const latency = addHistograms(blocks.flatMap((block) => block.histograms.latency ?? []));
        if (countOf(latency) === 0)
            throw new errors_GateError('internal', 'the simulated provider answered nothing');
        return { latency, lag: generator.lag };
    }
    finally {
        await transport.close();
    }
};
const NO_TIME = fromMillis(0);
const INSTANT = {
    providers: [
        {
            name: 'floor',
            listen: { host: '127.0.0.1', port: 0 },
            latency: { p50: NO_TIME, p95: NO_TIME },
            tokenInterval: NO_TIME,
            outputTokens: 1,
            seed: 'floor',
        },
    ],
};
const planFor = (target) => ({
    seed: 'floor',
    digest: '',
    target,
    instruments: [],
    share: undefined,
    // It says nothing, so that nothing is looked for.
    dialect: { ...PLAIN_GATEWAY, name: 'generic', model: 'unsupported', requestId: [] },
    baseline: undefined,
    pairs: 0,
    bounds: { requests: 200, duration: fromSeconds(1), concurrency: 50, tokens: undefined, abort: undefined },
    loads: [
        {
            name: 'floor',
            arrival: { kind: 'constant-rate', rate: floor_probe_RATE, process: 'uniform', duration: DURATION },
            warmup: WARMUP,
            after: undefined,
            blocks: 1,
            members: [{ scenario: 'floor', weight: 1 }],
        },
    ],
    scenarios: [
        {
            name: 'floor',
            endpoint: 'models',
            method: 'GET',
            path: '/v1/models',
            stream: false,
            headers: [],
            body: undefined,
            timeout: fromSeconds(1),
            tenants: [],
            expect: { status: [200], headers: [], body: [] },
            slos: [],
            maxCompletionTokens: 0,
        },
    ],
    lists: {},
    probes: [],
});

;// CONCATENATED MODULE: ./build/probes/cache-changes.js

/** What the scenario's requests look like with each of the spec's changes. */
const planChanges = (spec, scenario) => spec.changes.map((change) => {
    const planned = PLANS[change](spec, scenario);
    const name = NAMES[change];
    return typeof planned === 'string' ? { name, reason: planned } : { name, variant: { name, ...planned } };
});
const NAMES = {
    model: 'changed model',
    temperature: 'changed temperature',
    system: 'changed system prompt',
    stream: 'changed stream flag',
    bypass: 'request to pass the cache by',
};
const PLANS = {
    model: ({ otherModel }, { body }) => hasModel(body)
        ? { body: (from) => ({ ...from, model: otherModel ?? `${String(from.model)}-other` }) }
        : 'the body names no model',
    temperature: (_, { endpoint }) => isConversation(endpoint)
        ? { body: (from) => ({ ...from, temperature: from.temperature === 1 ? 0.5 : 1 }) }
        : `${endpoint} has none`,
    system: (_, { endpoint }) => {
        const write = SYSTEM[endpoint];
        return write === undefined ? `${endpoint} has none` : { body: write };
    },
    stream: (_, { endpoint, stream }) => (isConversation(endpoint) ? { stream: !stream } : `${endpoint} is not streamed`),
    bypass: ({ bypass }) => (bypass.length === 0 ? 'neither the probe nor the dialect says how' : withControls(bypass)),
};
const withControls = (controls) => ({
    headers: controls.flatMap((control) => ('header' in control ? [[control.header, control.value]] : [])),
    body: (from) => controls.reduce((body, control) => ('body' in control ? setAt(body, control.body, control.value) : body), from),
});
/** The object with a value at a dotted path; what stands in its way and is no object goes. */
const setAt = (object, path, value) => {
    const [key = '', ...rest] = path.split('.');
    const inner = object[key];
    return {
        ...object,
        [key]: rest.length === 0 ? value : setAt(isJsonObject(inner) ? inner : {}, rest.join('.'), value),
    };
};
const isConversation = (endpoint) => SYSTEM[endpoint] !== undefined;
const hasModel = (body) => typeof body === 'object' && body !== null && 'object' in body && body.object.some(([key]) => key === 'model');
/** What is asked of the model beside what the scenario asks of it. */
const INSTRUCTION = 'Answer as if you had never been asked this before.';
/** Where each API has its system prompt. */
const SYSTEM = {
    chat: (body) => ({ ...body, messages: [{ role: 'system', content: INSTRUCTION }, ...listOf(body.messages)] }),
    responses: (body) => ({ ...body, instructions: cache_changes_joined(body.instructions) }),
    messages: (body) => ({
        ...body,
        system: Array.isArray(body.system) ? [{ type: 'text', text: INSTRUCTION }, ...body.system] : cache_changes_joined(body.system),
    }),
};
const listOf = (value) => (Array.isArray(value) ? value : []);
const cache_changes_joined = (value) => typeof value === 'string' ? `${INSTRUCTION} ${value}` : INSTRUCTION;

;// CONCATENATED MODULE: ./build/probes/in-lanes.js
/** Runs `0 … count − 1` in this order, at most `lanes` at the same time. Rejects as soon as one does; no more are then begun. */
const inLanes = async (count, lanes, run) => {
    let next = 0;
    const lane = async () => {
        while (next < count) {
            const index = next;
            next += 1;
            await run(index).catch((error) => {
                next = count;
                throw error;
            });
        }
    };
    await Promise.all(Array.from({ length: Math.min(lanes, count) }, lane));
};

;// CONCATENATED MODULE: ./build/probes/settling.js


/**
 * How long after an answer a repeat is sure to find it in the cache: cache writes may be asynchronous. Sends a prompt of its
 * own (step `settle`) and repeats it, ever later, until it hits; then twice what that took, never more than `limit`. Without
 * anybody to tell a hit, or without one, `limit`.
 */
const findSettling = async (prober, { limit, ...asked }) => {
    const request = { ...asked, step: 'settle', request: prober.fresh() };
    const first = await prober.call(request);
    const isKnown = first.cache !== undefined || prober.instruments !== undefined;
    for (let pause = FIRST_PAUSE; isKnown && prober.now() + pause < first.end + limit; pause = units_micros(pause * 2)) {
        await prober.sleep(pause);
        const before = await callsUpstream(prober, first.nonce);
        const repeat = await prober.call(request);
        if (!(await isHit(prober, repeat, before)))
            continue;
        const took = units_micros(repeat.released - first.end);
        prober.mark(`an answer was in the cache ${Math.max(1, Math.round(took / 1_000))} ms after it`);
        return units_micros(Math.min(limit, 2 * took));
    }
    return limit;
};
const callsUpstream = async ({ instruments }, nonce) => (await instruments?.calls({ nonce }))?.length ?? 0;
/** By the provider's count, where it saw the prompt at all, else by what the gateway says. */
const isHit = async (prober, { nonce, cache }, before) => before === 0 ? cache === 'hit' : (await callsUpstream(prober, nonce)) === before;

;// CONCATENATED MODULE: ./build/probes/spec-of.js

/** The spec of a probe whose kind is known. Throws `GateError` `internal` for one of another kind. */
const specOf = ({ plan }, kind) => {
    const { spec } = plan;
    // A kind picks one member of the union; the comparison alone does not tell the compiler so for a type parameter.
    if (spec.kind === kind)
        return spec;
    throw new errors_GateError('internal', `a ${spec.kind} probe was given to the ${kind} choreography`);
};

;// CONCATENATED MODULE: ./build/probes/cache.js






/** Of the time to live that settling may take. */
const SETTLING_SHARE = 0.25;
const HEALING_PAUSE = fromMillis(500);
/** Gateways count the age of answers in whole seconds. */
const TTL_MARGIN = fromSeconds(1);
/**
 * First requests and their repeats, changed repeats, crowds of identical cold requests, repeats of what failed, repeats
 * of what has expired. Steps: `settle`, `kept`, `prime`, `repeat`, `change`, `crowd`, `fail`, `healed`, `again`, `expired`.
 */
const probeCache = async (prober) => {
    const { settle, ttl } = specOf(prober, 'cache');
    await prober.warm(CACHE_LANES);
    // A repeat must find its answer alive, however slow the machine was while the settling was looked for.
    const limit = units_micros(Math.min(settle, (ttl ?? Number.POSITIVE_INFINITY) * SETTLING_SHARE));
    const wait = await findSettling(prober, { limit });
    const kept = ttl === undefined ? [] : await inSmallSample(prober, 'kept');
    await repeatAll(prober, wait);
    await releaseCrowds(prober);
    await repeatFailures(prober, wait);
    if (ttl === undefined)
        return;
    await prober.sleepUntil(units_micros(Math.max(...kept.map(({ end }) => end)) + ttl + wait + TTL_MARGIN));
    await Promise.all(kept.map(({ request, group }) => prober.call({ step: 'expired', group, request })));
};
/** Each prompt is repeated as soon as its answer can be in the cache, so that a short time to live does no harm. */
const repeatAll = async (prober, wait) => {
    const spec = specOf(prober, 'cache');
    const variants = [];
    for (const planned of planChanges(spec, prober.plan.scenario)) {
        if ('variant' in planned)
            variants.push(planned.variant);
        else
            prober.skip(planned.name, planned.reason);
    }
    await inLanes(spec.prompts, CACHE_LANES, async (index) => {
        const request = prober.fresh();
        const group = request;
        await prober.call({ step: 'prime', group, request });
        await prober.sleep(wait);
        await prober.call({ step: 'repeat', group, request });
        const variant = index < CHANGE_TRIES * variants.length ? variants[index % variants.length] : undefined;
        if (variant !== undefined)
            await prober.call({ step: 'change', group, request, variant });
    });
};
const releaseCrowds = async (prober) => {
    const { crowd } = specOf(prober, 'cache');
    for (let round = 0; round < CROWDS; round += 1) {
        const request = prober.fresh();
        await prober.warm(crowd);
        await Promise.all(Array.from({ length: crowd }, () => prober.call({ step: 'crowd', group: request, request })));
    }
};
/** Lets every provider fail, heals them, and asks the same again. */
const repeatFailures = async (prober, wait) => {
    const { instruments } = prober;
    if (instruments === undefined)
        return prober.skip('cached errors', 'no simulated provider is there to fail on command; name one under providers: behind the gateway');
    const plant = (faults) => Promise.all(instruments.providers.map((provider) => instruments.setFaults(provider, faults)));
    await plant([{ name: 'status', status: 503 }]);
    prober.mark('every provider answers with status 503');
    const failed = await inSmallSample(prober, 'fail');
    await plant([]);
    prober.mark('the providers are healed');
    await prober.sleep(wait);
    await waitUntilHealed(prober);
    await Promise.all(failed.map(({ request, group }) => prober.call({ step: 'again', group, request })));
};
/** A gateway may keep off a provider that failed: until a new prompt gets through, a repeat would say nothing. */
const waitUntilHealed = async (prober) => {
    for (let tries = 0; tries < HEALING_TRIES; tries += 1) {
        const request = prober.fresh();
        const { outcome } = await prober.call({ step: 'healed', group: request, request });
        if (outcome.kind === 'ok')
            return;
        await prober.sleep(HEALING_PAUSE);
    }
};
const inSmallSample = (prober, step) => Promise.all(Array.from({ length: SMALL_SAMPLE }, () => {
    const request = prober.fresh();
    return prober.call({ step, group: request, request });
}));

;// CONCATENATED MODULE: ./build/probes/cancel.js


/** When clients hang up: time enough for the gateway to have sent the request on, or for an answer to have begun. */
const PATIENCE = fromMillis(100);
/** Providers leave that many times their usual pause between tokens, so that no stream is over before it is ended. */
const DRIP = 30;
/**
 * Hangs up on requests before the first byte of their answer, then on others behind it, and waits for the end of their
 * upstream calls. The providers are slow meanwhile, so that none ends by itself. Steps: `early`, `midstream`.
 */
const probeCancel = async (prober) => {
    const { instruments } = prober;
    if (instruments === undefined)
        return prober.skip('cancel', 'no simulated provider is there to see its calls end; name one under providers: behind the gateway');
    const { within } = specOf(prober, 'cancel');
    await hangUp(prober, instruments, {
        step: 'early',
        hangUp: { from: 'written', after: PATIENCE },
        fault: { name: 'slow', add: units_micros(2 * (within + PATIENCE)) },
        done: 'every provider waits before its first byte',
    });
    if (!prober.plan.scenario.stream)
        return prober.skip('midstream', 'the scenario asks for no stream; set stream: true');
    await hangUp(prober, instruments, {
        step: 'midstream',
        hangUp: { from: 'first-byte', after: PATIENCE },
        fault: { name: 'drip', factor: DRIP },
        done: 'every provider leaves long pauses between its tokens',
    });
};
const hangUp = async (prober, instruments, phase) => {
    const { requests, within } = specOf(prober, 'cancel');
    const plant = (faults) => Promise.all(instruments.providers.map((provider) => instruments.setFaults(provider, faults)));
    await prober.warm(requests);
    await plant([phase.fault]);
    prober.mark(phase.done);
    const { step, hangUp: when } = phase;
    await Promise.all(Array.from({ length: requests }, () => prober.call({ step, request: prober.fresh(), hangUp: when })));
    prober.mark('every client has hung up');
    await prober.sleep(within);
    await plant([]);
};

;// CONCATENATED MODULE: ./build/probes/failover.js


/** Between two questions whether the gateway is back on the primary. */
const PAUSE = fromMillis(200);
/** A client's own error, which no retry can help. */
const CLIENT_ERROR = 400;
/**
 * Makes the primary provider fail in one way after another, each time heals it, and asks until the gateway is back on it.
 * Steps: the name of the fault (`503`, `reset`, `400`) for requests meanwhile, `back` for those that look whether the
 * primary serves again; `group` counts the faults from 1, and 0 is before the first.
 */
const probeFailover = async (prober) => {
    const { instruments } = prober;
    if (instruments === undefined)
        return prober.skip('failover', 'no simulated provider is there to fail on command; name one under providers: behind the gateway');
    const { primary, faults } = specOf(prober, 'failover');
    if (!(await isBack(0, prober, instruments)))
        return prober.skip('failover', `no request came to ${primary}, although it was healthy; let the gateway prefer it`);
    const tried = [...faults, CLIENT_ERROR];
    for (const [index, fault] of tried.entries()) {
        const variant = variantFor(fault, prober);
        if (typeof variant === 'string') {
            prober.skip(String(fault), variant);
            continue;
        }
        await fail({ fault, variant, group: index + 1 }, prober, instruments);
        if (await isBack(index + 1, prober, instruments))
            continue;
        const left = tried.slice(index + 1);
        if (left.length > 0)
            prober.skip(left.join(', '), `the gateway did not come back to ${primary} after ${fault}; raise recovery, or shorten its cooldown`);
        return;
    }
};
/** What a request needs for a fault to show, or why it cannot have it. */
const variantFor = (fault, { plan }) => {
    const { stream, endpoint } = plan.scenario;
    if (fault !== 'cut' || stream)
        return undefined;
    return endpoint === 'chat' || endpoint === 'responses' || endpoint === 'messages'
        ? { name: 'streamed', stream: true }
        : 'the scenario asks for no stream; set stream: true';
};
const fail = async ({ fault, variant, group }, prober, instruments) => {
    const { primary, requests } = specOf(prober, 'failover');
    await prober.warm(requests);
    await instruments.setFaults(primary, [plantable(fault)]);
    prober.mark(`${primary} ${IN_WORDS[fault]}`);
    await Promise.all(Array.from({ length: requests }, () => prober.call({
        step: String(fault),
        group,
        request: prober.fresh(),
        ...(variant === undefined ? {} : { variant }),
    })));
    await instruments.setFaults(primary, []);
    prober.mark(`${primary} is healthy again`);
};
/** Asks one request at a time, until the primary has served one or the time for it is over. */
const isBack = async (group, prober, instruments) => {
    const { primary, recovery } = specOf(prober, 'failover');
    const until = units_micros(prober.now() + recovery);
    for (;;) {
        const call = await prober.call({ step: 'back', group, request: prober.fresh() });
        if (await wasServedBy(primary, call, instruments))
            return true;
        if (prober.now() + PAUSE > until)
            return false;
        await prober.sleep(PAUSE);
    }
};
const wasServedBy = async (provider, { nonce }, instruments) => (await instruments.calls({ provider, nonce })).length > 0;
const plantable = (fault) => typeof fault === 'number' ? { name: 'status', status: fault } : { name: fault };
const IN_WORDS = {
    400: 'answers with status 400',
    429: 'answers with status 429',
    500: 'answers with status 500',
    503: 'answers with status 503',
    reset: 'closes every connection without an answer',
    silence: 'does not answer any more',
    cut: 'loses its connections mid-stream',
};

;// CONCATENATED MODULE: ./build/probes/isolation.js





/**
 * Each tenant brings prompts that all others repeat; all tenants send the same prompt together; all send prompts of their
 * own at the same time. Steps: `settle`, `prime`, `other`, `own`, `together`, `mix`.
 */
const probeIsolation = async (prober) => {
    const { settle } = specOf(prober, 'isolation');
    await prober.warm(CACHE_LANES);
    await repeatOthers(prober, await findSettling(prober, { limit: settle }));
    await sendTogether(prober);
    await mix(prober);
};
/** For every ordered pair of tenants. The owner's repeat comes last: it shows whether there was an answer to be had. */
const repeatOthers = async (prober, wait) => {
    const { prompts } = specOf(prober, 'isolation');
    const { tenants } = prober;
    await inLanes(tenants.length * prompts, CACHE_LANES, async (index) => {
        const owner = tenants[index % tenants.length];
        const request = prober.fresh();
        const group = request;
        await prober.call({ step: 'prime', group, request, tenant: owner });
        await prober.sleep(wait);
        for (const tenant of tenants.filter((each) => each !== owner))
            await prober.call({ step: 'other', group, request, tenant });
        await prober.call({ step: 'own', group, request, tenant: owner });
    });
};
const sendTogether = async (prober) => {
    const { prompts } = specOf(prober, 'isolation');
    for (let round = 0; round < prompts; round += 1) {
        const request = prober.fresh();
        await prober.warm(prober.tenants.length);
        await Promise.all(prober.tenants.map((tenant) => prober.call({ step: 'together', group: request, request, tenant })));
    }
};
const mix = async (prober) => {
    const { mixed } = specOf(prober, 'isolation');
    await prober.warm(MIX_LANES);
    await inLanes(mixed, MIX_LANES, async (index) => {
        const request = prober.fresh();
        await prober.call({ step: 'mix', group: request, request, tenant: prober.tenants[index % prober.tenants.length] });
    });
};

;// CONCATENATED MODULE: ./build/probes/room.js



/**
 * Whether the run's bounds leave room for the whole probe. If not, that is noted as the part that was left out, and nothing
 * need be sent: half a window says nothing about a limit.
 */
const hasRoom = (prober) => {
    const needs = probeNeeds(prober.plan.spec);
    const { requests, duration } = prober.room();
    if (needs.requests > requests) {
        prober.skip('the whole probe', `it needs up to ${needs.requests} requests, and limits.requests leaves ${requests}; raise it`);
        return false;
    }
    if (needs.duration > duration) {
        const [needed, left] = [needs.duration, duration].map((each) => quantities_formatDuration(fromSeconds(Math.ceil(toSeconds(each)))));
        prober.skip('the whole probe', `it needs about ${needed}, and limits.duration leaves ${left}; raise it`);
        return false;
    }
    return true;
};

;// CONCATENATED MODULE: ./build/probes/neighbour.js




/**
 * The quiet side alone, at an even rate; then again beside the noise: another tenant that sends more than it may, or requests
 * to another endpoint. The second part begins at the first rejection of the noise, and without one when it has lasted as
 * long as the first part. Steps: `warm-up`, `alone`, `noise`, `beside`.
 */
const probeNeighbour = async (prober) => {
    if (!hasRoom(prober))
        return;
    const { rate, noise, duration, noiseEndpoint } = specOf(prober, 'neighbour');
    // A single tenant, or none, makes the noise and is disturbed by it.
    const [noisy, quiet = noisy] = prober.tenants;
    const source = noiseEndpoint === undefined ? noisy : `noise (${noiseEndpoint})`;
    await prober.warm(Math.min(Math.ceil((rate + noise) / 4), prober.room().concurrency));
    for (let done = 0; done < WARM_UP; done += 1)
        await send(prober, 'warm-up', quiet);
    const count = quietRequests({ rate, duration });
    await atRate(prober, { step: 'alone', tenant: quiet, count, rate });
    prober.mark(`${source} begins to send ${noise}/s`);
    const din = startNoise(prober, { tenant: noisy, rate: noise, longest: units_micros(3 * duration) });
    const isThrottled = await Promise.race([din.throttled, prober.sleep(duration).then(() => false)]);
    if (!isThrottled && noiseEndpoint === undefined)
        prober.mark(`${noisy} was not throttled yet`);
    await atRate(prober, { step: 'beside', tenant: quiet, count, rate });
    await din.stop();
};
const send = (prober, step, tenant) => prober.call({ step, tenant, request: prober.fresh(), isNoise: step === 'noise' });
/** Releases requests evenly, whatever becomes of those before, and waits for all of them. */
const atRate = async (prober, { step, tenant, count, rate }) => {
    const start = prober.now();
    const calls = [];
    for (let index = 0; index < count; index += 1) {
        await prober.sleepUntil(units_micros(start + (index * 1_000_000) / rate));
        calls.push(send(prober, step, tenant));
    }
    await Promise.all(calls);
};
/** Makes noise until it is stopped, or for the longest time. */
const startNoise = (prober, { tenant, rate, longest }) => {
    let isOver = false;
    let tell = () => { };
    const throttled = new Promise((resolve) => {
        tell = resolve;
    });
    const run = async () => {
        const start = prober.now();
        const calls = [];
        for (let index = 0; !isOver && index * 1_000_000 < longest * rate; index += 1) {
            await prober.sleepUntil(units_micros(start + (index * 1_000_000) / rate));
            calls.push(send(prober, 'noise', tenant).then((call) => (call.throttled ? tell(true) : undefined)));
            // A probe that is stopped rejects this one while nobody waits for it yet.
            calls.at(-1).catch(() => { });
        }
        await Promise.all(calls);
    };
    const running = run();
    running.catch(() => { });
    return {
        throttled,
        stop: async () => {
            isOver = true;
            await running;
        },
    };
};

;// CONCATENATED MODULE: ./build/probes/release.js
/** Releases that many requests at once, each with content of its own. Whoever waits for one of them need not wait for all. */
const releaseTogether = (prober, count, what) => {
    const calls = Array.from({ length: count }, () => prober.call({ ...what, request: prober.fresh() }));
    // A probe that is stopped rejects all of them, also those that nobody waits for yet.
    void Promise.allSettled(calls);
    return calls;
};
/** The first to end of those that `matches`; undefined when all have ended without one. */
const release_firstOf = (calls, matches) => new Promise((resolve) => {
    for (const each of calls)
        void each.then((call) => (matches(call) ? resolve(call) : undefined), () => undefined);
    void Promise.allSettled(calls).then(() => resolve(undefined));
});

;// CONCATENATED MODULE: ./build/probes/refill.js


/**
 * How much a bucket brings back in half a window: once that has passed since the emptiest moment of `measured`, as many
 * requests as a whole window admits, released together. Step `refill`.
 */
const measureRefill = async (prober, { limit, window }, measured) => {
    await prober.sleepUntil(units_micros(Math.max(...measured.map(({ end }) => end)) + window / 2));
    await Promise.all(releaseTogether(prober, limit, { step: 'refill', group: 4 }));
};

;// CONCATENATED MODULE: ./build/probes/rate-limit.js





/**
 * Uses the allowance up, asks until requests are admitted again (which shows where the window begins, or that the allowance
 * comes back bit by bit), waits until it is whole, measures it with one burst, holds Retry-After against the clock, and then sees how much a bucket
 * brings back.
 */
const probeRateLimit = async (prober) => {
    const { spec } = prober.plan;
    if (spec.kind !== 'rate-limit' || !hasRoom(prober))
        return;
    const stage = { prober, spec, shape: limitShape(spec) };
    await prober.warm(Math.min(stage.shape.burst, prober.room().concurrency));
    const used = await useUp(stage);
    if (used === undefined) {
        prober.mark('not one of the last requests was rejected: there is no limit here to be measured');
        return;
    }
    const until = units_micros(used.last + spec.window + 2 * stage.shape.interval);
    const back = await askUntilAdmitted(stage, { after: used.empty, until }, { step: 'ask', group: 1 });
    const whole = back === undefined ? { at: silence(stage), isBucket: false } : await whenWhole(stage, used, back);
    await prober.sleepUntil(whole.at);
    const calls = releaseTogether(prober, stage.shape.burst, { step: 'measure', group: 2 });
    const rejection = await release_firstOf(calls, (call) => isRejected(call) && call.retryAfter !== undefined);
    if (rejection === undefined)
        prober.skip('Retry-After against the clock', 'no rejection had one');
    else
        await holdToPromise(stage, rejection, back !== undefined);
    const measured = await Promise.all(calls);
    if (whole.isBucket)
        await measureRefill(prober, spec, measured.filter(isRejected));
};
/** Bursts that are spent on using the allowance up: a window may begin in the middle of one, and then it is not used up. */
const MAX_BURSTS = 3;
/** `Retry-After` comes in whole seconds, rounded up: so much earlier it must not be admitted. */
const rate_limit_ROUNDING = units_micros(1_000_000);
/** For clocks and connections, before and after the promised moment. */
const MARGIN = units_micros(100_000);
const useUp = async (stage) => {
    const { prober, spec, shape } = stage;
    const first = prober.now();
    for (let burst = 0; burst < MAX_BURSTS; burst += 1) {
        const begun = prober.now();
        const calls = releaseTogether(prober, shape.burst, { step: 'use-up', group: 0 });
        if ((await release_firstOf(calls, isRejected)) === undefined)
            continue;
        // A busy gateway may still have some of them before it: what they take must not be taken for the next window's.
        await Promise.race([Promise.all(calls), prober.sleep(units_micros(spec.window / 4))]);
        const after = await askForMore(stage, begun, { step: 'use-up', group: 0 });
        const rejected = after.find(isRejected);
        if (rejected !== undefined)
            return { first, empty: rejected.written ?? rejected.released, last: lastEnd(after) };
    }
    return undefined;
};
/** More requests at once than a bucket can have refilled since then: if all are admitted, it was no bucket that let them in. */
const askForMore = ({ prober, spec }, since, what) => {
    const refilled = ((prober.now() - since) * spec.limit) / spec.window;
    return Promise.all(releaseTogether(prober, Math.min(spec.limit, Math.ceil(2 * refilled) + 1), what));
};
const isRejected = (call) => !wasAdmitted(call);
/** When the last of them was answered: a busy gateway may decide on a request long after it was written. */
const lastEnd = (calls) => units_micros(Math.max(...calls.map(({ end }) => end)));
/** Asks one request at a time; undefined when none was admitted until then. `after`: one was still rejected. */
const askUntilAdmitted = async ({ prober, shape }, { after, until }, what) => {
    let rejected = after;
    for (let at = units_micros(prober.now() + shape.interval); at <= until; at = units_micros(prober.now() + shape.interval)) {
        await prober.sleepUntil(at);
        const call = await prober.call({ ...what, request: prober.fresh() });
        if (wasAdmitted(call))
            return { call, after: rejected };
        rejected = call.written ?? call.released;
    }
    return undefined;
};
/** Some limiters count what they reject: asking again and again then keeps the door shut, and only silence opens it. */
const silence = ({ prober, spec, shape }) => {
    prober.mark('no request was admitted while asking went on: silent for a whole window now');
    return units_micros(prober.now() + spec.window + shape.slack);
};
/**
 * The moment from which the whole allowance is there. If more requests than a bucket can have refilled are all admitted, a
 * window has begun; this one is used where most of it is still to come, else a later one. If not, the allowance comes back
 * bit by bit, and is whole a window after the last admission.
 */
const whenWhole = async (stage, used, back) => {
    const { prober, spec, shape } = stage;
    const { window } = spec;
    const begun = back.call.written ?? back.call.released;
    const calls = await askForMore(stage, back.after, { step: 'ask-more', group: 1 });
    const spent = units_micros(lastEnd([back.call, ...calls]) + window + shape.slack);
    // A window that has begun may have no more than was asked for.
    const isBucket = calls.filter(wasAdmitted).length + 1 < spec.limit;
    if (calls.some(isRejected))
        return { at: spent, isBucket };
    // A sliding window opens as it was used up: a window after the first request, and is whole a window after the last.
    const isSliding = begun >= used.first + window - 2 * shape.interval;
    const soonest = units_micros(Math.max(prober.now(), isSliding ? used.last + window + shape.slack : 0));
    if (soonest - back.after <= window / 2)
        return { at: soonest, isBucket: false };
    // What the questions took of a sliding window must be back as well, and a fixed one must still be in its first half.
    const windows = 1 + Math.max(0, Math.ceil((spent - begun - window) / window - 1 / 4));
    return { at: units_micros(Math.max(begun + windows * window + shape.slack, spent)), isBucket: false };
};
/**
 * Asks shortly before the promised moment and shortly after it, and then on until a request is admitted, so that it is seen
 * how far a promise is off. A promise beyond the window is not waited for: then it is asked all along.
 */
const holdToPromise = async (stage, rejection, canAskEarly) => {
    const { prober, spec, shape } = stage;
    const what = { step: 'retry', group: 3 };
    const until = units_micros(prober.now() + spec.window + 2 * shape.interval);
    const promised = units_micros(rejection.end + rejection.retryAfter);
    if (promised + MARGIN <= until) {
        const early = units_micros(promised - rate_limit_ROUNDING - MARGIN);
        const moments = canAskEarly && early > prober.now() ? [early, units_micros(promised + MARGIN)] : [units_micros(promised + MARGIN)];
        for (const at of moments) {
            await prober.sleepUntil(at);
            const call = await prober.call({ ...what, request: prober.fresh() });
            if (wasAdmitted(call))
                return;
        }
    }
    await askUntilAdmitted(stage, { after: rejection.end, until }, what);
};

;// CONCATENATED MODULE: ./build/probes/routing.js




/**
 * Many requests of the first tenant, so that it shows who serves them and what is said about that; then a few for a
 * model that their tenant may not use. Steps: `ask`, `forbidden`.
 */
const probeRouting = async (prober) => {
    if (!hasRoom(prober))
        return;
    const { requests, forbidden } = specOf(prober, 'routing');
    await prober.warm(Math.min(ROUTING_LANES, prober.room().concurrency));
    await inLanes(requests, ROUTING_LANES, async () => {
        await prober.call({ step: 'ask', request: prober.fresh() });
    });
    if (forbidden === undefined)
        return;
    const { tenant, model } = forbidden;
    const variant = { name: `model ${model}`, body: (body) => ({ ...body, model }) };
    for (let tries = 0; tries < FORBIDDEN_TRIES; tries += 1)
        await prober.call({ step: 'forbidden', request: prober.fresh(), tenant, variant });
};

;// CONCATENATED MODULE: ./build/probes/semantic-cache.js





/** Like none of any set, so that it finds nothing and is found by nothing. */
const SETTLING_PROMPT = 'Which three colours did the lighthouse have before the storm of 1911?';
/**
 * Sends each labelled prompt, then what must not hit its answer, then what should. A group is the place of the pair in the
 * list. Steps: `settle`, `prime`, `near-miss`, `paraphrase`.
 */
const probeSemanticCache = async (prober) => {
    const { pairs, settle } = specOf(prober, 'semantic-cache');
    await prober.warm(CACHE_LANES);
    const wait = await findSettling(prober, { limit: settle, variant: saying(SETTLING_PROMPT, 'settling prompt') });
    await inLanes(pairs.length, CACHE_LANES, async (group) => {
        const { prompt, nearMiss, paraphrase } = pairs[group];
        // One request for all three: they share their nonce, and with it everything but the prompt.
        const request = prober.fresh();
        await prober.call({ step: 'prime', group, request, variant: saying(prompt, 'prompt') });
        await prober.sleep(wait);
        if (nearMiss !== undefined)
            await prober.call({ step: 'near-miss', group, request, variant: saying(nearMiss, 'near miss') });
        if (paraphrase !== undefined)
            await prober.call({ step: 'paraphrase', group, request, variant: saying(paraphrase, 'paraphrase') });
    });
};
const saying = (prompt, name) => ({ name, body: (body) => withPrompt(body, prompt) });
const withPrompt = (body, prompt) => Object.fromEntries(Object.entries(body).map(([key, value]) => [key, filled(value, prompt)]));
const filled = (value, prompt) => {
    if (typeof value === 'string')
        return value.replaceAll(PROMPT_PLACE, () => prompt);
    if (Array.isArray(value))
        return value.map((item) => filled(item, prompt));
    return typeof value === 'object' && value !== null ? withPrompt(value, prompt) : value;
};

;// CONCATENATED MODULE: ./build/probes/stream.js


/** Streams at one time: few, so that the generator reads each event when it comes. */
const LANES = 5;
/** Asks for one stream after another, a few at a time. Step: `stream`. */
const probeStream = async (prober) => {
    const { requests } = specOf(prober, 'stream');
    await prober.warm(LANES);
    await inLanes(requests, LANES, async (index) => {
        await prober.call({ step: 'stream', group: index, request: prober.fresh() });
    });
};

;// CONCATENATED MODULE: ./build/probes/choreographies.js









/** How each probe goes about it. */
const CHOREOGRAPHIES = {
    cache: probeCache,
    'semantic-cache': probeSemanticCache,
    'rate-limit': probeRateLimit,
    neighbour: probeNeighbour,
    failover: probeFailover,
    isolation: probeIsolation,
    stream: probeStream,
    routing: probeRouting,
    cancel: probeCancel,
};

;// CONCATENATED MODULE: ./build/probes/probe-progress.js


/** How often progress is told. */
const probe_progress_TICK = fromMillis(250);
/** Tells which probe is under way and how far it is, from its creation to its end. */
class ProbeProgress {
    #parts;
    #cancel = () => { };
    constructor(parts) {
        this.#parts = parts;
        this.#tick();
    }
    end() {
        this.#cancel();
    }
    #tick() {
        const { clock, onProgress } = this.#parts.ports;
        onProgress(this.#look());
        this.#cancel = clock.schedule(units_micros(clock.now() + probe_progress_TICK), () => this.#tick());
    }
    #look() {
        const { plan, session } = this.#parts;
        const { scenario, spec } = session.plan;
        return {
            elapsed: session.now(),
            expected: probeNeeds(spec).duration,
            sent: session.requests,
            inFlight: session.inFlight,
            ok: session.requests - session.inFlight - session.errors,
            throttled: 0,
            errors: session.errors,
            dropped: 0,
            rate: 0,
            p95: undefined,
            loads: [],
            warmup: false,
            probe: {
                name: scenario.name,
                kind: spec.kind,
                place: plan.probes.indexOf(session.plan) + 1,
                of: plan.probes.length,
            },
        };
    }
}

;// CONCATENATED MODULE: external "node:crypto"
const external_node_crypto_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");
;// CONCATENATED MODULE: ./build/wire/when.js

/**
 * µs from now until what a header's value says, 0 for the past; undefined when it is not written in that format. `wallNow`:
 * the wall clock, µs since 1970, which only dates need. Formats: see `WhenHeader`.
 */
const readWhen = (value, format, wallNow) => {
    const text = value.trim();
    const read = format === 'any' ? readAny(text, wallNow) : READERS[format](text, wallNow);
    return read === undefined || !Number.isSafeInteger(read) ? undefined : units_micros(Math.max(0, read));
};
/** Above, a bare number is no time to wait (more than 30 years) but a date. */
const FIRST_EPOCH = 1_000_000_000;
/** From there on, an epoch is in ms: as seconds it would be in the year 5138. */
const FIRST_EPOCH_MILLIS = 100_000_000_000;
const readNumber = (text) => (/^\d+(?:\.\d+)?$/.test(text) ? Number(text) : undefined);
const scaled = (scale) => (text) => {
    const value = readNumber(text);
    return value === undefined ? undefined : scale(value);
};
const readEpoch = (text, wallNow) => {
    const value = readNumber(text);
    if (value === undefined)
        return undefined;
    return units_micros((value >= FIRST_EPOCH_MILLIS ? fromMillis(value) : fromSeconds(value)) - wallNow);
};
/** `Sun, 06 Nov 1994 08:49:37 GMT`, the one form that may be sent. */
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;
const RFC_3339 = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2})$/;
const dated = (form) => (text, wallNow) => {
    const at = form.test(text) ? Date.parse(text) : Number.NaN;
    return Number.isNaN(at) ? undefined : units_micros(fromMillis(at) - wallNow);
};
/** Of Go's `time.Duration`, in µs. */
const GO_UNITS = {
    h: 3_600_000_000,
    m: 60_000_000,
    s: 1_000_000,
    ms: 1_000,
    us: 1,
    µs: 1,
    ns: 0.001,
};
const readGoDuration = (text) => {
    if (text === '0')
        return units_micros(0);
    if (!/^(?:\d+(?:\.\d+)?(?:h|m|s|ms|us|µs|ns))+$/.test(text))
        return undefined;
    const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|us|µs|ns|h|m|s)/g)];
    return units_micros(parts.reduce((sum, [, number, unit]) => sum + Number(number) * GO_UNITS[unit], 0));
};
const READERS = {
    seconds: scaled(fromSeconds),
    millis: scaled(fromMillis),
    epoch: readEpoch,
    'http-date': dated(HTTP_DATE),
    'go-duration': readGoDuration,
    rfc3339: dated(RFC_3339),
};
const readAny = (text, wallNow) => {
    const value = readNumber(text);
    if (value !== undefined)
        return value >= FIRST_EPOCH ? readEpoch(text, wallNow) : fromSeconds(value);
    return readGoDuration(text, wallNow) ?? READERS.rfc3339(text, wallNow) ?? READERS['http-date'](text, wallNow);
};

;// CONCATENATED MODULE: ./build/wire/limits.js





/** The longest name of a limit that is kept, in UTF-16 units. */
const limits_MAX_NAME = 60;
/**
 * Reads what a response says about limits: for throttled responses and probes, since no other response needs it. `flat`:
 * name in lower case, value, name, value … `wallNow`: the wall clock, µs since 1970, for values that are dates.
 */
const readLimits = (dialect, flat, wallNow) => {
    const headers = { flat, header: headerLookup(flat), wallNow };
    const own = dialect.limits === 'unsupported' ? [] : dialect.limits;
    const limits = own.flatMap((fields) => readFields(fields, headers));
    const when = dialect.retryAfter === 'unsupported' ? [] : dialect.retryAfter;
    return {
        limit: limits.find(({ of }) => of === 'requests') ?? limits[0],
        limits,
        providerLimits: dialect.providerLimits.flatMap((fields) => readFields(fields, headers)),
        retryAfter: firstWhen(when, headers),
    };
};
const firstWhen = (when, headers) => {
    for (const { header: pattern, format } of when)
        for (const { value } of matching(pattern, headers)) {
            const read = readWhen(value, format ?? 'any', headers.wallNow);
            if (read !== undefined)
                return read;
        }
    return undefined;
};
const readFields = (fields, headers) => {
    if ('structured' in fields)
        return readStructured(fields, headers.header);
    const { of, limit, remaining, reset } = fields;
    const states = new Map();
    const stateOf = (name) => {
        const state = states.get(name) ?? { of, name: name || undefined, ...limits_NOTHING };
        states.set(name, state);
        return state;
    };
    for (const { name, value } of matching(limit, headers))
        stateOf(name).limit = leadingNumber(value);
    for (const { name, value } of matching(remaining, headers))
        stateOf(name).remaining = leadingNumber(value);
    for (const { name, value } of matching(reset?.header, headers))
        stateOf(name).reset = readWhen(value, reset?.format ?? 'any', headers.wallNow);
    return [...states.values()].filter(saysSomething);
};
const limits_NOTHING = { limit: undefined, remaining: undefined, reset: undefined, window: undefined };
const saysSomething = ({ limit, remaining, reset }) => limit !== undefined || remaining !== undefined || reset !== undefined;
/** The headers whose names fit a pattern with at most one `*`. */
const matching = (pattern, { flat, header }) => {
    if (pattern === undefined)
        return [];
    const [before, after] = pattern.split('*', 2);
    if (after === undefined) {
        const value = header(pattern);
        return value === undefined ? [] : [{ name: '', value }];
    }
    const names = flat.filter((_, index) => index % 2 === 0).filter((name) => fits(name, before, after));
    return [...new Set(names)].map((name) => ({
        name: oneLine(name.slice(before.length, name.length - after.length), limits_MAX_NAME),
        value: header(name),
    }));
};
const fits = (name, before, after) => name.length > before.length + after.length && name.startsWith(before) && name.endsWith(after);
/** The number in front: some put the policy behind it, `100, 100;w=60`. */
const leadingNumber = (value) => {
    const [number] = /^\s*\d+(?:\.\d+)?/.exec(value ?? '') ?? [];
    return number === undefined ? undefined : Number(number);
};
/** A member of the newer drafts is a policy with its state; of the older ones, one of `limit=`, `remaining=` and `reset=`. */
const readStructured = ({ of, structured }, header) => {
    const state = readStructuredList(header(structured.state) ?? '');
    const policies = readStructuredList(header(structured.policy) ?? '');
    const older = new Map(state.map(({ value }) => [value.split('=', 1)[0], value.slice(value.indexOf('=') + 1)]));
    if (older.has('remaining') || older.has('limit')) {
        const window = seconds(policies[0]?.parameters.get('w'));
        const limit = leadingNumber(older.get('limit') ?? policies[0]?.value);
        const remaining = leadingNumber(older.get('remaining'));
        return [{ of, name: undefined, limit, remaining, reset: seconds(older.get('reset')), window }];
    }
    return state
        .map(({ value, parameters }) => {
        const policy = policies.find((each) => each.value === value)?.parameters;
        return {
            of,
            name: oneLine(value, limits_MAX_NAME) || undefined,
            limit: leadingNumber(policy?.get('q')),
            remaining: leadingNumber(parameters.get('r')),
            reset: seconds(parameters.get('t')),
            window: seconds(policy?.get('w')),
        };
    })
        .filter(saysSomething);
};
const seconds = (text) => {
    const number = leadingNumber(text);
    return number === undefined ? undefined : fromSeconds(number);
};

;// CONCATENATED MODULE: ./build/probes/call-record.js




/** Gaps that are kept of one stream. */
const MAX_GAPS = 2_000;
/** The longest header that is kept, in UTF-16 units. */
const MAX_HEADER = 200;
/** Nonces that are kept of one answer. */
const MAX_ECHOES = 100;
/** Headers that are kept: what a gateway says about limits, retries, caches and times. */
const KEPT = /limit|retry|remaining|reset|cache|age$|attempt|fallback|route|provider|upstream|timing|latency|duration|step/;
/** What a nonce looks like. */
const NONCE = /\b[0-2][a-z0-9]{17}\b/g;
/** The record of one call that has ended. */
const createCallRecord = (evidence) => {
    const { asked, id, nonce, nonces, flight, end, since } = evidence;
    // Of one that was hung up on, what had come by then.
    const reading = end.kind === 'finished' ? end.reading : flight.wasHungUp ? flight.reader?.end(end.at) : undefined;
    const text = call_record_textOf(reading?.answer);
    const optional = (at) => (at === undefined ? undefined : since(at));
    return {
        id,
        step: asked.step,
        group: asked.group ?? 0,
        tenant: asked.tenant,
        request: asked.request,
        nonce,
        variant: asked.variant?.name,
        released: since(flight.released),
        written: optional(flight.writtenAt),
        firstContent: optional(reading?.firstContentAt),
        end: since(end.at),
        outcome: end.kind === 'finished' ? end.reading.outcome : { kind: 'dropped', reason: end.reason },
        headers: keptHeaders(flight.responseHeaders),
        content: text === '' ? undefined : (0,external_node_crypto_namespaceObject.hash)('sha256', text, 'hex').slice(0, 16),
        contentLength: text.length,
        echoes: [...new Set(text.match(NONCE) ?? [])].filter((found) => nonces.has(found)).slice(0, MAX_ECHOES),
        hungUp: flight.wasHungUp,
        ...signalsOf(reading),
        askedModel: modelIn(flight.request.outgoing.body),
        ...limitsOf(evidence),
    };
};
const signalsOf = (reading) => ({
    status: reading?.status,
    cache: reading?.cache,
    provider: reading?.provider,
    model: reading?.model,
    requestId: reading?.requestId,
    usage: reading?.usage,
    finishReason: reading?.finishReason === undefined ? undefined : call_record_cut(reading.finishReason),
    contentEvents: reading?.contentEvents ?? 0,
    gaps: (reading?.gaps ?? []).slice(0, MAX_GAPS),
});
const modelIn = (body) => {
    const parsed = body === undefined ? undefined : parseJson(body);
    return isJsonObject(parsed) && typeof parsed.model === 'string' ? call_record_cut(parsed.model) : undefined;
};
const limitsOf = ({ flight, end, wallNow }) => {
    const { dialect } = flight.request.reader;
    const { limits, retryAfter } = readLimits(dialect, flight.responseHeaders, wallNow);
    const onRequests = limits.find(({ of }) => of === 'requests');
    const status = end.kind === 'finished' ? end.reading.status : undefined;
    const { rate, quota } = dialect.rejections;
    return {
        throttled: status !== undefined && [...rate, ...quota].includes(status),
        limit: onRequests && { limit: onRequests.limit, remaining: onRequests.remaining },
        retryAfter,
    };
};
/** What the model wrote; of embeddings, the vectors. */
const call_record_textOf = (answer) => {
    const text = contentText(answer);
    return text === '' && isJsonObject(answer) && answer.data !== undefined ? jsonText(answer.data) : text;
};
const keptHeaders = (flat) => {
    const kept = {};
    for (let index = 0; index + 1 < flat.length; index += 2) {
        const name = flat[index];
        if (KEPT.test(name))
            kept[name] = call_record_cut(flat[index + 1]);
    }
    return kept;
};
/** With an ellipsis, which tells whoever masks secrets that one may have been cut in two. */
const call_record_cut = (text) => (text.length > MAX_HEADER ? `${text.slice(0, MAX_HEADER)}…` : text);

;// CONCATENATED MODULE: ./build/probes/lateness.js


/** How late this thread was, from its vitals; undefined where they know nothing. */
const latenessOf = (reading) => {
    const at = (q) => {
        const value = reading === undefined ? undefined : quantile(reading.loopDelay, q);
        return value === undefined ? undefined : units_micros(value);
    };
    const [p50, p95, p99, max] = [at(0.5), at(0.95), at(0.99), at(1)];
    if (p50 === undefined || p95 === undefined || p99 === undefined || max === undefined)
        return undefined;
    return { p50, p95, p99, max };
};

;// CONCATENATED MODULE: ./build/probes/probe-flight.js

/** A flight that keeps its response's headers and tells its end. */
class ProbeFlight extends Flight {
    /** Flat: name in lower case, value, …; empty while none have come. */
    responseHeaders = [];
    ended;
    /** Called once, when the request is on its way. */
    onWritten;
    /** Called once, at the first byte of the body. */
    onFirstByte;
    /** The probe closed the connection on purpose. */
    wasHungUp = false;
    #end = () => { };
    constructor(parts) {
        super({ ...parts, owner: NOBODY, recorder: NO_RECORDER, intended: parts.at, block: 0 });
        this.ended = new Promise((resolve) => {
            this.#end = resolve;
        });
    }
    settle(end) {
        this.#end(end);
    }
    written(at) {
        super.written(at);
        this.onWritten?.();
    }
    headers(status, headers, at) {
        this.responseHeaders = headers;
        super.headers(status, headers, at);
    }
    chunk(bytes, at) {
        super.chunk(bytes, at);
        const tell = this.onFirstByte;
        this.onFirstByte = undefined;
        tell?.();
    }
}
const NOBODY = { answered: () => { }, settled: () => { } };
/** A probe keeps every call as it is: nothing of it is recorded by block. */
const NO_RECORDER = {
    released: () => { },
    sent: () => { },
    finished: () => { },
    dropped: () => { },
    unreleased: () => { },
};

;// CONCATENATED MODULE: ./build/probes/probe-instruments.js


/** A provider may note the end of a call a moment after its client has seen it: how often, and after how long, it is asked again. */
const LATE_ENDS = { tries: 5, pause: fromMillis(20) };
/** The instruments as one probe uses them: its own clock, and no provider is left as the probe made it. */
class ProbeInstruments {
    providers;
    #parts;
    #changed = new Set();
    #changing = new Set();
    constructor(parts) {
        this.#parts = parts;
        this.providers = parts.instruments.providers;
    }
    async calls(query) {
        this.#refuseStopped();
        return (await this.#parts.instruments.calls(query)).filter((call) => this.#isOurs(call)).map(this.#onOurTime);
    }
    async setFaults(...[provider, faults]) {
        this.#refuseStopped();
        this.#changed.add(provider);
        const change = this.#parts.instruments.setFaults(provider, faults);
        this.#changing.add(change);
        await change.finally(() => this.#changing.delete(change));
    }
    restoreFaults(provider) {
        this.#refuseStopped();
        return this.#parts.instruments.restoreFaults(provider);
    }
    /** Gives every provider that was changed its own faults back. Why that failed, in a clause; undefined = it did not. */
    async restoreAll() {
        // One that is still on its way would come behind what follows.
        await Promise.allSettled(this.#changing);
        const restored = await Promise.allSettled([...this.#changed].map((provider) => this.#parts.instruments.restoreFaults(provider)));
        const failed = restored.find((each) => each.status === 'rejected');
        return failed === undefined ? undefined : `a provider still has its faults: ${probe_instruments_textOf(failed.reason)}`;
    }
    /** All calls since the start of the probe, or why they cannot be had, in a clause. */
    async seen() {
        const { clock, instruments } = this.#parts;
        try {
            for (let tries = 1;; tries += 1) {
                const calls = (await instruments.calls({})).filter((call) => this.#isOurs(call));
                if (tries > LATE_ENDS.tries || calls.every(({ end }) => end !== undefined))
                    return calls.map(this.#onOurTime);
                await new Promise((resolve) => clock.schedule(units_micros(clock.now() + LATE_ENDS.pause), resolve));
            }
        }
        catch (error) {
            return probe_instruments_textOf(error);
        }
    }
    #refuseStopped() {
        const stopped = this.#parts.stopped();
        if (stopped !== undefined)
            throw stopped;
    }
    #isOurs({ received }) {
        return received >= this.#parts.startedAt;
    }
    #onOurTime = (call) => {
        const since = (at) => units_micros(at - this.#parts.startedAt);
        const optional = (at) => (at === undefined ? undefined : since(at));
        return {
            ...call,
            received: since(call.received),
            firstByte: optional(call.firstByte),
            firstContent: optional(call.firstContent),
            end: optional(call.end),
        };
    };
}
/** What a provider that cannot be asked says of itself; anything else is a fault of our own. */
const probe_instruments_textOf = (error) => {
    if (error instanceof errors_GateError)
        return error.message;
    throw error;
};

;// CONCATENATED MODULE: ./build/probes/prober.js
/** The probe cannot go on: a bound was met, or the run was ended. The message is a clause. */
class ProbeStopped extends Error {
    name = 'ProbeStopped';
}

;// CONCATENATED MODULE: ./build/probes/variant.js

/** A rendered request with something changed; the same request without a variant. What is not a JSON object keeps its body. */
const applyVariant = (prepared, variant) => {
    if (variant === undefined)
        return prepared;
    const { outgoing, reader } = prepared;
    const stream = variant.stream ?? reader.stream;
    return {
        ...prepared,
        outgoing: {
            ...outgoing,
            headers: replaceHeaders(outgoing.headers, variant.headers ?? []),
            body: changeBody(outgoing.body, variant, stream !== reader.stream ? stream : undefined),
        },
        reader: { ...reader, stream },
    };
};
const changeBody = (body, variant, stream) => {
    const parsed = body === undefined ? undefined : parseJson(body);
    if (parsed === undefined || !isJsonObject(parsed))
        return body;
    const changed = variant.body?.(parsed) ?? parsed;
    if (stream === undefined)
        return JSON.stringify(changed);
    const { stream_options, ...rest } = changed;
    return JSON.stringify(stream ? { ...changed, stream } : { ...rest, stream });
};
const replaceHeaders = (flat, changes) => {
    if (changes.length === 0)
        return flat;
    const merged = new Map();
    for (let index = 0; index + 1 < flat.length; index += 2)
        merged.set(flat[index], flat[index + 1]);
    for (const [name, value] of changes)
        merged.set(name, value);
    return [...merged].flat();
};

;// CONCATENATED MODULE: ./build/probes/probe-session.js










/** How long requests in flight may go on past the bound of duration, if their own timeout does not come first. */
const probe_session_GRACE = fromSeconds(10);
/** One probe under way: sends for it within the bounds, and keeps what came of every call. */
class ProbeSession {
    plan;
    tenants;
    instruments;
    /** Tokens spent so far, as far as they are known. */
    tokens = 0;
    /** Requests that are released and not yet ended. */
    inFlight = 0;
    /** Requests that ended as errors. */
    errors = 0;
    #ports;
    #bounds;
    #startedAt;
    #dispatcher;
    #factory;
    #noiseFactory;
    #nonceOf;
    #nonces = new Set();
    #calls = [];
    #marks = [];
    #skipped = [];
    #wakers = new Set();
    #timers = new Set();
    #next = 0;
    #stopped;
    #isWatched = false;
    constructor(run, plan, ports) {
        const { clock, transport, budget, instruments } = ports;
        const { scenario } = plan;
        this.plan = plan;
        this.tenants = scenario.tenants.map(({ id }) => id);
        this.#ports = ports;
        this.#bounds = run.bounds;
        this.#factory = createRequestFactory(run, scenario);
        this.#noiseFactory = plan.noise === undefined ? this.#factory : createRequestFactory(run, plan.noise);
        this.#nonceOf = createNonces(run.seed, scenario.name);
        this.#dispatcher = new Dispatcher({
            clock,
            transport,
            budget,
            boundsTokens: run.bounds.tokens !== undefined,
            observer: OBSERVER,
            onBound: (bound) => this.stop(boundText(bound)),
        });
        this.#startedAt = clock.now();
        this.instruments =
            instruments === undefined
                ? undefined
                : new ProbeInstruments({ clock, instruments, startedAt: this.#startedAt, stopped: () => this.#stopped });
        ports.vitals?.start();
        this.#watchDuration();
    }
    /** Why it ended before its time, in a clause; undefined = it did not. */
    get stopReason() {
        return this.#stopped?.message;
    }
    /** Requests released so far. */
    get requests() {
        return this.#calls.length;
    }
    room() {
        const { budget, clock } = this.#ports;
        const spent = budget.startedAt === undefined ? 0 : clock.now() - budget.startedAt;
        return {
            requests: this.#bounds.requests - budget.used.requests,
            duration: units_micros(Math.max(0, this.#bounds.duration - spent)),
            concurrency: this.#bounds.concurrency,
        };
    }
    now() {
        return this.#since(this.#ports.clock.now());
    }
    sleep(duration) {
        return this.sleepUntil(units_micros(this.now() + duration));
    }
    sleepUntil(at) {
        return this.#unlessStopped(new Promise((resolve) => this.#at(units_micros(this.#startedAt + at), resolve)));
    }
    fresh() {
        return this.#next++;
    }
    async warm(connections) {
        await this.#unlessStopped(this.#ports.transport.warm(Math.min(connections, this.#bounds.concurrency)));
    }
    call(asked) {
        if (this.#stopped !== undefined)
            return Promise.reject(this.#stopped);
        const call = this.#send(asked, this.#calls.length);
        this.#calls.push(call);
        // A choreography may look at it later, or never.
        call.catch(() => { });
        return call;
    }
    mark(text) {
        this.#marks.push({ at: this.now(), text });
    }
    skip(part, reason) {
        this.#skipped.push({ part, reason });
    }
    /** Ends it: nothing more is sent, what is in flight may come to its end. The first reason counts. */
    stop(reason) {
        if (this.#stopped !== undefined)
            return;
        this.#stopped = new ProbeStopped(reason);
        for (const wake of this.#wakers)
            wake(this.#stopped);
        this.#dispatcher.refuse('bound');
    }
    /** Cuts off what is in flight. Call `stop` first. */
    cutOff() {
        this.#dispatcher.refuse('cancelled');
        this.#dispatcher.cutOff();
    }
    /**
     * Waits for what is in flight, gives the providers their own faults back, asks them what they saw, and hands over
     * everything. `failure`: why it broke off, if it did. Never rejects for what a provider does.
     */
    async finish(failure) {
        const calls = (await Promise.allSettled(this.#calls)).flatMap((each) => each.status === 'fulfilled' ? [each.value] : []);
        const duration = this.now();
        const lateness = latenessOf(this.#ports.vitals?.take());
        this.#ports.vitals?.stop();
        for (const cancel of this.#timers)
            cancel();
        this.#dispatcher.close();
        const unrestored = await this.instruments?.restoreAll();
        const upstream = await this.instruments?.seen();
        return {
            scenario: this.plan.scenario.name,
            spec: this.plan.spec,
            duration,
            calls,
            upstream: typeof upstream === 'string' ? undefined : upstream,
            marks: this.#marks,
            skipped: this.#skipped,
            incomplete: failure ?? this.stopReason ?? unrestored ?? (typeof upstream === 'string' ? upstream : undefined),
            lateness,
        };
    }
    async #send(asked, id) {
        const tenant = asked.tenant === undefined ? 0 : Math.max(0, this.tenants.indexOf(asked.tenant));
        const { scenario: own, noise = own } = this.plan;
        const [scenario, factory] = asked.isNoise === true ? [noise, this.#noiseFactory] : [own, this.#factory];
        const request = applyVariant(factory(asked.request, tenant), asked.variant);
        const nonce = this.#nonceOf(asked.request);
        this.#nonces.add(nonce);
        const flight = new ProbeFlight({ scenario, request, at: this.#ports.clock.now() });
        this.#planHangUp(flight, asked.hangUp);
        this.inFlight += 1;
        this.#dispatcher.release(flight);
        this.#watchDuration();
        const end = await flight.ended;
        this.inFlight -= 1;
        if (end.kind === 'dropped' && !flight.wasHungUp && this.#stopped !== undefined)
            throw this.#stopped;
        this.#count(end, request);
        return createCallRecord({
            asked: { ...asked, tenant: this.tenants[tenant] },
            id,
            nonce,
            nonces: this.#nonces,
            flight,
            end,
            since: (at) => this.#since(at),
            wallNow: fromMillis(this.#ports.clock.date().getTime()),
        });
    }
    #planHangUp(flight, hangUp) {
        if (hangUp === undefined)
            return;
        const arm = () => this.#at(units_micros(this.#ports.clock.now() + hangUp.after), () => {
            if (flight.state !== 'sent')
                return;
            flight.wasHungUp = true;
            this.#dispatcher.hangUp(flight);
        });
        if (hangUp.from === 'written')
            flight.onWritten = arm;
        else
            flight.onFirstByte = arm;
    }
    #count(end, request) {
        if (end.kind !== 'finished')
            return;
        const { usage, outcome } = end.reading;
        this.tokens += usage === undefined ? request.promptTokens : usage.prompt + usage.completion;
        if (outcome.kind === 'error')
            this.errors += 1;
    }
    /** The clock of the bound runs from the run's first request, which may be one of this probe. */
    #watchDuration() {
        const { startedAt } = this.#ports.budget;
        if (this.#isWatched || startedAt === undefined)
            return;
        this.#isWatched = true;
        const bound = units_micros(startedAt + this.#bounds.duration);
        this.#at(bound, () => this.stop(boundText('duration')));
        this.#at(units_micros(bound + probe_session_GRACE), () => this.cutOff());
    }
    /** Runs something later, unless the probe is over by then. */
    #at(at, run) {
        const cancel = this.#ports.clock.schedule(at, () => {
            this.#timers.delete(cancel);
            run();
        });
        this.#timers.add(cancel);
    }
    /** Rejects as soon as the probe is stopped. */
    async #unlessStopped(promise) {
        if (this.#stopped !== undefined)
            throw this.#stopped;
        const { promise: stopped, reject } = Promise.withResolvers();
        this.#wakers.add(reject);
        try {
            return await Promise.race([promise, stopped]);
        }
        finally {
            this.#wakers.delete(reject);
        }
    }
    #since(at) {
        return units_micros(at - this.#startedAt);
    }
}
const boundText = (bound) => `limits.${bound} was reached; raise it`;
/** Tells each flight its own end. */
const OBSERVER = {
    released: () => { },
    sent: () => { },
    finished: (flight, reading, at) => flight.settle({ kind: 'finished', reading, at }),
    dropped: (flight, reason, at) => flight.settle({ kind: 'dropped', reason, at }),
};

;// CONCATENATED MODULE: ./build/probes/run-probes.js






/**
 * Runs a plan's probes one after the other, each alone. The signal ends the one under way at once; it and those behind it are
 * then incomplete. Never rejects for what a gateway or a provider does.
 */
const runProbes = async (plan, ports, signal) => {
    const probes = [];
    let tokens = 0;
    let over = signal.aborted ? ended(signal) : undefined;
    for (const probe of plan.probes) {
        if (over !== undefined) {
            probes.push(notBegun(probe, over));
            continue;
        }
        const session = new ProbeSession(plan, probe, ports);
        const progress = new ProbeProgress({ plan, session, ports });
        probes.push(await runProbe(session, ports, signal).finally(() => progress.end()));
        tokens += session.tokens;
        // A bound that was met, or a run that was ended, ends the probes behind as well; a provider that cannot be asked does not.
        over = session.stopReason;
    }
    return { probes, tokens };
};
const runProbe = async (session, ports, signal) => {
    const { [session.plan.spec.kind]: choreography } = ports.choreographies ?? CHOREOGRAPHIES;
    const onAbort = () => {
        session.stop(ended(signal));
        session.cutOff();
    };
    signal.addEventListener('abort', onAbort, { once: true });
    try {
        await choreography?.(session);
        return await session.finish(undefined);
    }
    catch (error) {
        // Also after a fault of our own: no provider stays as the probe made it.
        const run = await session.finish(error.message);
        if (error instanceof ProbeStopped || error instanceof errors_GateError)
            return run;
        throw error;
    }
    finally {
        signal.removeEventListener('abort', onAbort);
    }
};
const ended = (signal) => `the run was ended (${String(signal.reason)})`;
const notBegun = ({ scenario, spec }, reason) => ({
    scenario: scenario.name,
    spec,
    duration: units_micros(0),
    calls: [],
    upstream: undefined,
    marks: [],
    skipped: [],
    incomplete: `it was not begun: ${reason}`,
});

;// CONCATENATED MODULE: ./build/entry/with-probes.js



/**
 * Runs the plan's probes behind its loads, and adds what they found and used. After a burst that was cut short they are not
 * begun. Where two gateways are compared, each probe runs on one after the other. Rejects with `GateError` `unreachable` when
 * there was no load to find that out.
 */
const withProbes = async (plan, load, ports, signal) => {
    if (plan.probes.length === 0)
        return load;
    if (plan.loads.length === 0 && !signal.aborted)
        await reach(ports);
    const stopped = load.ending.kind === 'complete' ? signal : AbortSignal.abort(WHY_NOT[load.ending.kind]);
    const { probes, baseline, tokens } = await probeAll(plan, ports, stopped);
    const { used } = ports.budget;
    return {
        ...load,
        probes,
        ...(load.baseline === undefined ? {} : { baseline: { ...load.baseline, probes: baseline } }),
        used: {
            ...used,
            duration: units_micros(Math.min(used.duration, plan.bounds.duration)),
            tokens: plan.bounds.tokens === undefined ? load.used.tokens + tokens : used.tokens,
        },
        ending: signal.aborted ? { kind: 'cancelled', signal: String(signal.reason) } : load.ending,
    };
};
const reach = async ({ transport, baselineTransport }) => {
    await transport.warm(1);
    try {
        await baselineTransport?.warm(1);
    }
    catch (error) {
        throw ofBaseline(error);
    }
};
const probeAll = async (plan, ports, signal) => {
    const { baseline: other } = plan;
    const { baselineTransport } = ports;
    if (other === undefined || baselineTransport === undefined)
        return { ...(await runProbes(plan, ports, signal)), baseline: [] };
    const probes = [];
    const baseline = [];
    let tokens = 0;
    for (const [index, probe] of plan.probes.entries()) {
        const here = await runProbes({ ...plan, probes: [probe] }, ports, signal);
        const there = { ...plan, ...other, probes: other.probes.slice(index, index + 1) };
        const beside = await runProbes(there, { ...ports, transport: baselineTransport }, signal);
        probes.push(...here.probes);
        baseline.push(...beside.probes);
        tokens += here.tokens + beside.tokens;
    }
    return { probes, baseline, tokens };
};
const WHY_NOT = {
    bounded: 'the loads before it met a bound; raise limits',
    aborted: 'the loads before it were stopped; see why requests fail',
    unreachable: 'the gateway could not be reached; check that it is up',
    cancelled: 'cancelled; run it again',
};

;// CONCATENATED MODULE: ./build/entry/load-worker.js











const run = async (plan, { signal, onProgress, whenToStart }) => {
    const clock = createSystemClock();
    const connect = (target) => connectTransport(target, clock);
    const floor = plan.measuresFloor !== false ? await probeFloor({ clock, connect, signal }) : { warnings: [] };
    const transport = connect(plan.target);
    const baselineTransport = plan.baseline && connect(plan.baseline.target);
    const budget = new Budget(plan.bounds);
    const whenOpened = async () => {
        if (plan.share !== undefined)
            await reached(await whenToStart(), clock);
    };
    try {
        const isInstrumented = plan.instruments.length > 0;
        const upstream = isInstrumented ? createCallFeed(plan.instruments) : undefined;
        const ports = { clock, transport, baselineTransport, vitals: createThreadVitals(), budget };
        const load = await runLoad(plan, { ...ports, upstream, whenOpened }, signal, onProgress);
        const instruments = isInstrumented ? createInstruments(plan.instruments) : undefined;
        const { generator, ...result } = await withProbes(plan, load, { ...ports, instruments, onProgress }, signal);
        const warnings = [...floor.warnings, ...generator.warnings];
        return { ...result, generator: { ...generator, ...floor, warnings } };
    }
    finally {
        await Promise.all([transport.close(), baselineTransport?.close()]);
    }
};
const reached = (at, clock) => new Promise((resolve) => {
    clock.schedule(at, resolve);
});
/** The entry of the thread that `createLoadThread` starts: its whole input is plain data. */
if (external_node_worker_threads_namespaceObject.parentPort === null)
    throw new Error('load-worker is the entry of a worker thread');
void serveLoad(external_node_worker_threads_namespaceObject.workerData, external_node_worker_threads_namespaceObject.parentPort, run);

