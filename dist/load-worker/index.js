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

;// CONCATENATED MODULE: external "node:buffer"
const external_node_buffer_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:buffer");
;// CONCATENATED MODULE: external "node:net"
const external_node_net_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");
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
const units_toSeconds = (value) => value / 1_000_000;
/** Brands a number as a share from 0 to 1. The caller guarantees the range. */
const units_ratio = (value) => value;

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

;// CONCATENATED MODULE: ./build/model/errors.js
/** The one exception class of the program. The message never carries a secret; the hint says what to do next. */
class GateError extends Error {
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
class ConfigError extends GateError {
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
    return new GateError('unreachable', `The gateway at ${origin} cannot be reached: ${reason}${suffix}.`, {
        hint,
        cause,
    });
};

;// CONCATENATED MODULE: ./build/adapters/http/socket-transport.js







/** Connections that are opened at the same moment; more at once would be a burst of TLS handshakes before the test. */
const OPEN_AT_ONCE = 32;
/** How long opening connections may take in all before the gateway counts as unreachable. */
const OPENING_LIMIT = fromMillis(4_000);
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
        warm: (count) => pool.warm(count, options.openingLimit ?? OPENING_LIMIT),
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

;// CONCATENATED MODULE: ./build/adapters/load-thread/serve-load.js

/** The thread's side of `createLoadThread`: runs the plan, tells progress and result, and hears of an abort. */
const serveLoad = async (plan, owner, runner) => {
    const say = (message) => owner.postMessage(message);
    const controller = new AbortController();
    owner.on('message', ({ reason }) => controller.abort(reason));
    try {
        const result = await runner.run(plan, controller.signal, (progress) => say({ kind: 'progress', progress }));
        say({ kind: 'result', result });
    }
    catch (error) {
        say(failure(error));
    }
};
const failure = (error) => {
    const known = error instanceof GateError ? error : new GateError('internal', 'the load engine failed', { cause: error });
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
        const indexes = [];
        const counts = [];
        this.#chunks.forEach((chunk, at) => {
            chunk?.forEach((count, offset) => {
                if (count === 0)
                    return;
                indexes.push(at * CHUNK_SIZE + offset);
                counts.push(count);
            });
        });
        return { indexes: Uint32Array.from(indexes), counts: Float64Array.from(counts) };
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
    const dense = new Float64Array(last - first + 1);
    for (const { indexes, counts } of filled)
        for (let i = 0; i < indexes.length; i++)
            dense[indexes[i] - first] += counts[i];
    return fromDense(dense, first);
};
/** Turns counters of consecutive buckets, from bucket `first` on, into a histogram. */
const fromDense = (dense, first = 0) => {
    const used = dense.reduce((sum, count) => (count > 0 ? sum + 1 : sum), 0);
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
const countOf = (histogram) => histogram.counts.reduce((sum, count) => sum + count, 0);
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
function parseDuration(text) {
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
function parseRate(value) {
    if (typeof value === 'number')
        return Number.isFinite(value) && value >= 0 ? value : undefined;
    const [whole, amount, unit] = RATE.exec(value.trim()) ?? [];
    return whole === undefined ? undefined : Number(amount) / RATE_UNITS[unit ?? 's'];
}
/** A share: `50%`, or a number from 0 to 1. Undefined outside 0–100 %. */
function parsePercentage(value) {
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
    const min = parseDuration(low);
    const max = high === undefined ? min : parseDuration(high);
    if (min === undefined || max === undefined || more.length > 0 || min > max)
        return undefined;
    return { min, max };
}
/** A duration in the shortest notation that `parseDuration` reads back exactly: `250us`, `12.5ms`, `2.5s`, `1m30s`. */
function formatDuration(duration) {
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
            throw new GateError('internal', 'a request finished that was never admitted');
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
        return `${errors} of ${finished} requests failed in the last ${formatDuration(over)}, which is at or above the limit of ${Number((errorRate * 100).toFixed(3))}%`;
    }
    #sliceNumber(now, over) {
        return Math.floor(((now - this.#firstAt) * SLICES) / over);
    }
}

;// CONCATENATED MODULE: ./build/plan/rate-curve.js
/** The area under a leg: for a rate, the arrivals expected in it. */
const rate_curve_areaOf = ({ from, to, seconds }) => ((from + to) / 2) * seconds;
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
            if (leg.seconds > 0 && within <= rate_curve_areaOf(leg) + ROUNDING)
                return secondsBefore + secondsToArea(leg, within);
            areaBefore += rate_curve_areaOf(leg);
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
const isOpen = (arrival) => arrival.kind === 'constant-rate' || arrival.kind === 'ramping-rate' || arrival.kind === 'steps';
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
    const area = legs.reduce((sum, leg) => sum + rate_curve_areaOf(leg), 0);
    const end = units_micros(warmup + arrivalDuration(arrival));
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
    return warmup > 0 ? [{ from: first, to: first, seconds: units_toSeconds(warmup) }, ...measured] : measured;
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
const flat = (level, duration) => ({ from: level, to: level, seconds: units_toSeconds(duration) });
const rampLegs = (stages) => stages.map((stage, index) => ({ from: stages[index - 1]?.to ?? 0, to: stage.to, seconds: units_toSeconds(stage.over) }));
function firstLevel(arrival) {
    const legs = measuredLegs(arrival).filter((leg) => leg.seconds > 0 && leg.from + leg.to > 0);
    const [leg] = legs;
    if (leg === undefined)
        return 0;
    return leg.from > 0 ? leg.from : leg.to / 2;
}
/** Length of the measured phase. */
function arrivalDuration(arrival) {
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
    return Math.round(levelAt(measuredLegs(arrival), units_toSeconds(offset)) ?? 0);
}
/**
 * Requests of a load, warm-up included: of an open arrival its total. Of users, each of whom sends one request a cycle of mean
 * think time and `latency` (the mean; 0 = the most there can be), rounded up; undefined when that cycle has no length.
 */
function expectedRequests(arrival, warmup, latency = micros(0)) {
    const area = legsOf(arrival, warmup).reduce((sum, leg) => sum + areaOf(leg), 0);
    if (isOpen(arrival))
        return Math.round(area);
    const cycle = toSeconds(micros((arrival.think.min + arrival.think.max) / 2 + latency));
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
    const duration = arrivalDuration(load.arrival);
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
    #users = [];
    #wanted = 0;
    /** Users who think or wait for an answer. */
    #present = 0;
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
            user.leave();
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
            this.#user(number).join(units_micros(now + delay(number, this.#wanted)));
        for (const user of this.#users.slice(this.#wanted))
            user.leave();
        this.checkDone();
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
        this.#goAway();
    }
    answered(_flight, at) {
        this.#state = 'thinking';
        if (this.#driver.wants(this.#number)) {
            const think = this.#driver.thinkTime(this.#random);
            this.#sendAt(units_micros(at + think), think === 0);
        }
        else
            this.#goAway();
    }
    settled() {
        this.#parts.load.open -= 1;
        this.#driver.checkDone();
    }
    #goAway() {
        this.#state = 'away';
        this.#driver.left();
    }
    #sendAt(at, isNow = false) {
        if (at >= this.#parts.load.end) {
            this.#goAway();
            return;
        }
        const flight = this.#parts.load.createFlight(this, at);
        // Without think time the next request goes out within the very callback of the answer.
        if (isNow)
            this.#send(flight);
        else
            this.#cancelTimer = this.#parts.clock.schedule(at, () => this.#send(flight));
    }
    #send(flight) {
        this.#state = 'waiting';
        this.#parts.load.open += 1;
        this.#parts.release(flight);
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
    for (const step of stepsOf(path)) {
        if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step))
            return undefined;
        // An array's `length` is an own property of the language, not of the JSON.
        if (Array.isArray(value) && !/^\d+$/.test(step))
            return undefined;
        value = value[step];
    }
    return value;
};
/** Paths come from dialects, expectations and this code, so there are few, and each is split once. */
const splitPaths = new Map();
const stepsOf = (path) => {
    let steps = splitPaths.get(path);
    if (steps === undefined) {
        steps = path.split('.');
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
/** Status codes that count as throttled where the scenario accepts them. */
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
const classifyStatus = (status, accepted) => {
    if (!accepted.includes(status))
        return classOfStatus(status);
    return THROTTLING.includes(status) ? 'throttled' : 'ok';
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

;// CONCATENATED MODULE: ./build/wire/cache-status.js
/** What RFC 9211 §2.2 gives as reasons to forward a request, as far as they mean that the cache was passed by on purpose. */
const BYPASSING = ['bypass', 'method', 'request'];
/**
 * Reads a Cache-Status header (RFC 9211): a list of caches, the last of which is the nearest to the client and decides.
 * `hit` is a hit; `fwd=bypass`, `method` and `request` are a bypass, every other `fwd` (miss, uri-miss, vary-miss, stale,
 * partial) a miss. Undefined when the member says neither.
 */
const parseCacheStatus = (header) => {
    const members = splitOutsideQuotes(header, ',').filter((member) => member.trim() !== '');
    const parameters = splitOutsideQuotes(members.at(-1) ?? '', ';').slice(1);
    const values = new Map(parameters.map((parameter) => splitParameter(parameter)));
    const hit = values.get('hit');
    if (hit === '' || hit === '?1')
        return 'hit';
    const forward = values.get('fwd');
    if (forward === undefined)
        return undefined;
    return BYPASSING.includes(forward) ? 'bypass' : 'miss';
};
/** Name and value of a parameter; a bare name is true and has the empty value. */
const splitParameter = (parameter) => {
    const equals = parameter.indexOf('=');
    const [name, value] = equals === -1 ? [parameter, ''] : [parameter.slice(0, equals), parameter.slice(equals + 1)];
    return [name.trim().toLowerCase(), value.trim().toLowerCase()];
};
/** Splits a structured header (RFC 9651) where the separator does not stand in a quoted string. */
const splitOutsideQuotes = (text, separator) => text.match(separator === ',' ? /(?:"(?:\\.|[^"\\])*"|[^,])+/g : /(?:"(?:\\.|[^"\\])*"|[^;])+/g) ?? [];

;// CONCATENATED MODULE: ./build/wire/signals.js



/** The longest name that is kept, in UTF-16 units. */
const MAX_NAME = 120;
/**
 * Reads a dialect's fields. `bodies` are the places that a body field is looked up in, in order: the JSON body; of a
 * stream, the answer put together from it and its last event.
 */
const readSignals = (dialect, header, bodies) => {
    const read = (field) => {
        const value = 'header' in field ? header(field.header) : firstFound(bodies, field.body);
        if (value === undefined || value === null || typeof value === 'object')
            return undefined;
        return String(value).trim() || undefined;
    };
    const name = (fields) => fields === 'unsupported' ? undefined : firstName(fields, read);
    return {
        cache: readCache(dialect.cache, read),
        provider: name(dialect.provider),
        model: name(dialect.model),
        requestId: name(dialect.requestId),
    };
};
/** Whether any of the dialect's fields is in the body, so that the body must be kept and parsed. */
const readsBody = (dialect) => [
    dialect.cache === 'unsupported' ? [] : dialect.cache.fields,
    dialect.provider,
    dialect.model,
    dialect.requestId,
].some((fields) => fields !== 'unsupported' && fields.some((field) => 'body' in field));
const firstFound = (bodies, path) => {
    for (const body of bodies) {
        const found = lookUp(body, path);
        if (found !== undefined)
            return found;
    }
    return undefined;
};
const firstName = (fields, read) => {
    for (const field of fields) {
        const value = read(field);
        if (value !== undefined)
            return partOf(oneLine(value, MAX_NAME), field.part);
    }
    return undefined;
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
const readCache = (cache, read) => {
    if (cache === 'unsupported')
        return undefined;
    for (const field of cache.fields) {
        const value = read(field);
        if (value !== undefined)
            return cacheStatusOf(value, field.format, cache.values);
    }
    return undefined;
};
const cacheStatusOf = (value, format, values) => {
    if (format === 'rfc9211')
        return parseCacheStatus(value);
    if (format === 'age')
        return Number(value) > 0 ? 'hit' : undefined;
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

;// CONCATENATED MODULE: ./build/wire/body-plan.js




/** Endpoints whose streams can be read; the others are asked for whole answers, whatever the scenario says. */
const STREAMING = ['chat', 'responses', 'messages', 'custom'];
/**
 * Decides by status, endpoint and content type. A stream that comes without a content type is read as one, since the
 * APIs' own clients do not look either; one that comes as anything else is not a stream.
 */
const planBody = (spec, status, header) => {
    if (classifyStatus(status, spec.expected.status) !== 'ok')
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

;// CONCATENATED MODULE: ./build/wire/stream-answer.js

/**
 * The text in a delta: a string, or a list of parts with `text` or `thinking` in them (which Mistral nests once more);
 * empty for anything else.
 */
const textOf = (value, depth = 0) => {
    if (typeof value === 'string')
        return value;
    if (depth > MAX_DEPTH)
        return '';
    if (Array.isArray(value))
        return value.map((part) => textOf(part, depth + 1)).join('');
    return isJsonObject(value) ? textOf(value.text ?? value.thinking, depth + 1) : '';
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
    content: '',
    reasoning: '',
    refusal: '',
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
    const content = textOf(delta.content);
    // Gateways that send both send the same text twice.
    const reasoning = textOf(delta.reasoning_content) || textOf(delta.reasoning);
    const refusal = textOf(delta.refusal);
    choice.content += content;
    choice.reasoning += reasoning;
    choice.refusal += refusal;
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
        const call = entryAt(choice.calls, part.index, () => ({ id: null, name: '', arguments: '' }));
        if (typeof part.id === 'string')
            call.id = part.id;
        const [name, args] = [textOf(part.function.name), textOf(part.function.arguments)];
        call.name += name;
        call.arguments += args;
        chars += name.length + args.length;
    }
    return chars;
};
const wholeChoice = (index, choice) => {
    const calls = [...choice.calls.values()].map((call) => ({
        id: call.id,
        type: 'function',
        function: { name: call.name, arguments: call.arguments },
    }));
    const message = {
        role: choice.role,
        content: choice.content === '' && calls.length > 0 ? null : choice.content,
        ...(choice.reasoning === '' ? {} : { reasoning_content: choice.reasoning }),
        ...(choice.refusal === '' ? {} : { refusal: choice.refusal }),
        ...(calls.length === 0 ? {} : { tool_calls: calls }),
    };
    return { index, message, finish_reason: choice.finishReason };
};

;// CONCATENATED MODULE: ./build/wire/messages-answer.js


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
            this.#blocks.set(event.index, { start: event.content_block, text: '', thinking: '', input: '' });
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
        const block = this.#blocks.get(index) ?? { start: { type: 'text' }, text: '', thinking: '', input: '' };
        this.#blocks.set(index, block);
        const [text, thinking, input] = [textOf(delta.text), textOf(delta.thinking), textOf(delta.partial_json)];
        block.text += text;
        block.thinking += thinking;
        block.input += input;
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
const wholeBlock = ({ start, text, thinking, input }) => ({
    ...start,
    ...(text === '' ? {} : { text: textOf(start.text) + text }),
    ...(thinking === '' ? {} : { thinking: textOf(start.thinking) + thinking }),
    // Cut-off arguments are not JSON; the text as it came says more than nothing.
    ...(input === '' ? {} : { input: parseJson(input) ?? input }),
});

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
        return type.endsWith('.delta') ? textOf(event.delta).length : 0;
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
        this.#data = this.#data === undefined ? value : `${this.#data}\n${value}`;
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
        if (text.startsWith('[DONE]')) {
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
/** Anthropic gives a tool's arguments as JSON, not as text. */
const toolInputChars = (block) => block.type === 'tool_use' && block.input !== undefined ? jsonText(block.input).length : 0;
/** Why the model stopped, by the first place that says it; undefined when none does. */
const finishReasonOf = (answer) => {
    if (!isJsonObject(answer))
        return undefined;
    const places = [
        lookUp(answer, 'choices.0.finish_reason'),
        answer.stop_reason,
        lookUp(answer, 'incomplete_details.reason'),
        answer.object === 'response' ? answer.status : undefined,
    ];
    return places.find((reason) => typeof reason === 'string');
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
        return {
            outcome: this.#judge(failure, text, answer),
            status: this.#status,
            firstContentAt: stream?.firstContentAt,
            lastContentAt: stream?.lastContentAt,
            gaps: stream?.gaps ?? [],
            contentEvents: stream?.contentEvents ?? 0,
            usage: isWhole ? readUsage(lookUp(answer, 'usage')) : undefined,
            outputChars: stream?.outputChars ?? contentChars(answer),
            ...readSignals(this.#spec.dialect, this.#header, [answer, stream?.lastEvent]),
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
        const meaning = classifyStatus(this.#status, status);
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
    #refusing;
    #sending;
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
                if (flight.state !== 'sent')
                    continue;
                flight.cancel?.();
                this.#parts.budget.finish(undefined, this.#reservation(flight));
                this.#drop(flight, 'cancelled', now);
            }
        }
    }
    /** Forgets its timers. */
    close() {
        for (const list of this.#deadlines.values())
            list.close();
    }
    ended(flight, at) {
        if (flight.state === 'sent')
            this.#conclude(flight, at, (reader) => reader.end(at));
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
        this.#conclude(flight, at, (reader) => reader.failed(failure, at));
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
     * The order matters. First the place is given to the next request, then the user behind this one may go on; only then
     * is the answer read and recorded, so that no parsing stands before a send.
     */
    #conclude(flight, at, read) {
        const { budget, boundsTokens, observer } = this.#parts;
        this.#close(flight);
        let reading;
        if (boundsTokens) {
            reading = read(flight.reader);
            budget.finish(tokensOf(reading, flight).total, this.#reservation(flight));
        }
        else
            budget.finish(0, 0);
        this.#advance();
        flight.owner.answered(flight, at);
        reading ??= read(flight.reader);
        flight.reader = undefined;
        observer.finished(flight, reading, at);
        flight.owner.settled();
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
            this.#conclude(flight, now, (reader) => reader.timedOut(now));
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

;// CONCATENATED MODULE: ./build/load/expected-length.js


/** How long the burst takes as planned: its longest chain of loads, at most the bound. Draining is not in it. */
const expectedLength = (plan) => {
    const endOf = (load) => {
        const before = plan.loads.find((each) => each.name === load.after);
        return (before === undefined ? 0 : endOf(before)) + load.warmup + arrivalDuration(load.arrival);
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
 * - `throttled`: release → last byte of expected rejections. `overhead`: gateway time where the provider's is known.
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
    if (tenant !== undefined)
        return slices.find((slice) => slice.tenant === tenant)?.blocks ?? [];
    return slices.length === 1 ? slices[0].blocks : mergeBlocks(slices.flatMap((slice) => slice.blocks));
};
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
        const value = quantile(pooled(blocksOf(slices, tenant), metric), q);
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
    return `${busy}something else took the machine's time. ${quieter}${healthyRate(blocks)}.`;
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
    const time = units_toSeconds(units_micros(blocks.reduce((sum, block) => sum + block.duration, 0)));
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
    const problemOf = (load, { name, slices, duration }) => whySaturated({
        scenario: name,
        lag: pooled(blocksOf(slices, undefined), 'lag'),
        times: judgedTimes(plan.scenarios.find((each) => each.name === name)?.slos ?? [], slices),
        blocks: health.between(load.measuredFrom, units_micros(load.measuredFrom + duration)),
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
        const since = this.#lastLook === undefined ? 0 : units_toSeconds(units_micros(now - this.#lastLook.at));
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
            return `${formatRate(arrival.rate)}${processOf(arrival)} for ${formatDuration(arrival.duration)}`;
        case 'ramping-rate':
            return `ramp to ${arrival.stages.map(({ to, over }) => `${formatRate(to)} over ${formatDuration(over)}`).join(', then ')}${processOf(arrival)}`;
        case 'constant-users':
            return `${usersOf(arrival.users)}${thinkOf(arrival.think)} for ${formatDuration(arrival.duration)}`;
        case 'ramping-users':
            return `ramp to ${arrival.stages.map(({ to, over }) => `${usersOf(to)} over ${formatDuration(over)}`).join(', then ')}${thinkOf(arrival.think)}`;
        case 'steps':
            return `steps from ${formatRate(arrival.from)} to ${formatRate(arrival.to)} by ${formatRate(arrival.by)}, ${formatDuration(arrival.hold)} each`;
    }
};
const processOf = ({ process }) => process === 'poisson' ? ' (Poisson)' : '';
const usersOf = (count) => `${count} user${count === 1 ? '' : 's'}`;
const thinkOf = ({ min, max }) => {
    if (max === 0)
        return ' without think time';
    const range = min === max ? formatDuration(min) : `${formatDuration(min)} to ${formatDuration(max)}`;
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
        throw new GateError('internal', 'a load without a scenario to send');
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
            return uuid(context.random);
        case 'nonce':
            return context.nonce;
        case 'seq':
            return context.seq;
        case 'int':
            return context.random.int(expression.min, expression.max);
        case 'text':
            return writeProse(expression.tokens, context.random);
        case 'pick':
            return pick(expression.list, context);
        case 'tenant':
            return tenantVariable(expression.variable, context);
    }
}
function pick(name, context) {
    const list = Object.hasOwn(context.lists, name) ? context.lists[name] : undefined;
    if (list === undefined || list.length === 0)
        throw new GateError('internal', `there is no list ${name} to pick from`);
    return list[context.random.int(0, list.length - 1)];
}
function tenantVariable(variable, { tenant }) {
    if (tenant !== undefined && variable === 'id')
        return tenant.id;
    const value = tenant !== undefined && Object.hasOwn(tenant.vars, variable) ? tenant.vars[variable] : undefined;
    if (value === undefined)
        throw new GateError('internal', `tenant ${tenant?.id ?? '(none)'} has no ${variable}`);
    return value;
}
/** Two hexadecimal digits of every byte: a UUID takes a fifth of the time that number formatting would. */
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
/** The low 16 bits of a word as four hexadecimal digits. */
const hex16 = (word) => HEX[(word >>> 8) & 0xff] + HEX[word & 0xff];
/** A version 4 UUID (RFC 9562 §5.4) from the stream. */
function uuid(random) {
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
    return (index) => scope +
        mixBits(index ^ key)
            .toString(36)
            .padStart(7, '0');
}
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
    const pieces = joined(piecesOf(json));
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
function joined(pieces) {
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
    return (index) => {
        const tenant = index % compiled.length;
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
        return { outgoing, reader: reader(context), tenant, promptTokens, worstTokens };
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
    // Not known for a single request.
    overhead: () => undefined,
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
    constructor(scenario, grid) {
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
/** Undefined for an answer of one token. Where the gateway does not report the tokens, they are estimated. */
const timePerToken = (generating, reading) => {
    const tokens = reading.usage?.completion ?? estimateTokens(reading.outputChars);
    return tokens > 1 ? generating / (tokens - 1) : undefined;
};

;// CONCATENATED MODULE: ./build/load/load.js









/** One load of the plan under way: whose turn it is, where in time an arrival lies, what is still open. */
class Load {
    plan;
    /** Of the measured phase. */
    duration;
    /** Released and not yet settled. */
    open = 0;
    #grid;
    #members;
    #turn;
    /** Undefined before the start. */
    startedAt;
    /** End of the warm-up. */
    measuredFrom = units_micros(0);
    /** No arrival is intended then or later. */
    end = units_micros(0);
    #cutAt;
    constructor(plan, load) {
        this.plan = load;
        this.duration = arrivalDuration(load.arrival);
        this.#grid = createBlockGrid(load);
        this.#turn = createMix(load.members, seedOf(plan.seed, `mix ${load.name}`));
        this.#members = new Map(load.members.map(({ scenario: name }) => {
            const scenario = scenarioOf(plan, name);
            const recorder = new ScenarioRecorder(scenario, this.#grid);
            return [name, { scenario, factory: createRequestFactory(plan, scenario), recorder, count: 0 }];
        }));
    }
    start(at) {
        this.startedAt = at;
        this.measuredFrom = units_micros(at + this.plan.warmup);
        this.end = units_micros(this.measuredFrom + this.duration);
    }
    /** The next arrival, rendered, so that nothing stands between its release and its being sent. */
    createFlight(owner, intended) {
        const member = this.#members.get(this.#turn());
        const { scenario, recorder } = member;
        const block = this.#grid.indexAt(intended - this.measuredFrom);
        return new Flight({ owner, scenario, recorder, request: member.factory(member.count++), intended, block });
    }
    /** Counts an arrival of the schedule that never was released, without rendering it. `offset`: from the start of the load. */
    countUnreleased(offset, reason) {
        const member = this.#members.get(this.#turn());
        const tenant = member.count++ % Math.max(1, member.scenario.tenants.length);
        const block = this.#grid.indexAt(offset - this.plan.warmup);
        if (block >= 0)
            member.recorder.unreleased(tenant, block, reason);
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
        const duration = this.#measured();
        const cutAt = duration < this.duration ? duration : undefined;
        const common = {
            load: describeArrival(arrival),
            closed: !isOpen(arrival),
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
            },
        ]));
    }
    #measured() {
        if (this.startedAt === undefined)
            return units_micros(0);
        if (this.#cutAt === undefined)
            return this.duration;
        return units_micros(Math.min(this.duration, Math.max(0, this.#cutAt - this.measuredFrom)));
    }
}
const scenarioOf = (plan, name) => {
    const scenario = plan.scenarios.find((each) => each.name === name);
    if (scenario === undefined)
        throw new GateError('internal', `a load names the scenario ${name}, which is not there`);
    return scenario;
};

;// CONCATENATED MODULE: ./build/load/open-driver.js

/**
 * Releases the arrivals of a schedule at their times, whatever becomes of those before. The next one is rendered ahead of
 * its time; if the loop comes late, all that fell due are released at once, each with its own lag.
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
        for (let offset = this.#schedule.next(); offset !== undefined; offset = this.#schedule.next())
            this.load.countUnreleased(offset, 'bound');
    }
    answered() { }
    settled() {
        this.load.open -= 1;
        this.#checkDone();
    }
    #prepare() {
        const offset = this.#schedule.next();
        this.#next = offset === undefined ? undefined : this.load.createFlight(this, this.#at(offset));
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
        let now = this.#parts.clock.now();
        while (!this.#stopped && this.#next !== undefined && this.#next.intended <= now) {
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
        this.#budget = new Budget(plan.bounds);
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
                await Promise.race([this.#open(first), result]);
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
        const load = new Load(this.#plan, plan);
        const parts = {
            load,
            clock: this.#ports.clock,
            release: (flight) => this.#dispatcher.release(flight),
            onDone: () => this.#finishLoad(driver),
        };
        const { arrival, warmup, name } = plan;
        const seed = seedOf(this.#plan.seed, `arrivals ${name}`);
        const driver = isOpen(arrival)
            ? new OpenDriver(parts, createSchedule({ arrival, warmup, seed }))
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
        const now = this.#ports.clock.now();
        const isCut = bound !== 'duration' || this.#dispatcher.isWaiting || this.#drivers.some((each) => each.hasMore());
        if (isCut)
            this.#ending = { kind: 'bounded', bound };
        this.#stopAll(now);
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
        queueMicrotask(() => {
            this.#onProgress(this.#progress(this.#ports.clock.now()));
            this.#resolve(this.#result());
        });
    }
    #result() {
        const { bounds, scenarios } = this.#plan;
        const results = new Map(this.#drivers.flatMap(({ load }) => [...load.results()]));
        const { used } = this.#budget;
        return {
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

;// CONCATENATED MODULE: ./build/load/run-load.js


/**
 * Runs a plan's burst in this thread and resolves with what was measured. The signal ends it at once: what is in flight is
 * cancelled, and the result is partial. `onProgress` is called about four times a second.
 * Rejects with `GateError` `unreachable` when the gateway takes no connection.
 */
const runLoad = (plan, ports, signal, onProgress) => new Burst(plan, { vitals: NO_VITALS, ...ports }, onProgress).run(signal);

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
        const reason = error ?? new GateError('internal', 'the thread of the simulated providers has ended');
        ready.reject(reason);
        for (const { reject } of pending.values())
            reject(reason);
        if (error === undefined)
            ended.resolve();
        else
            ended.reject(error);
    };
    worker.on('error', (cause) => end(new GateError('internal', 'the thread of the simulated providers crashed', { cause })));
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
                return Promise.reject(new GateError('internal', 'the thread of the simulated providers has ended'));
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
const revived = ({ code, message, hint }) => new GateError(code, message, hint === undefined ? {} : { hint });

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
            throw new GateError('internal', 'the simulated provider answered nothing');
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
    dialect: { name: 'generic', cache: { fields: [], values: {} }, provider: [], model: [], requestId: [] },
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
    notMeasured: [],
});

;// CONCATENATED MODULE: ./build/entry/load-worker.js







/** The entry of the thread that `createLoadThread` starts: its whole input is plain data. */
if (external_node_worker_threads_namespaceObject.parentPort === null)
    throw new Error('load-worker is the entry of a worker thread');
void serveLoad(external_node_worker_threads_namespaceObject.workerData, external_node_worker_threads_namespaceObject.parentPort, {
    run: async (plan, signal, onProgress) => {
        const clock = createSystemClock();
        const connect = (target) => createSocketTransport(target, clock);
        const floor = await probeFloor({ clock, connect, signal });
        const transport = connect(plan.target);
        try {
            const result = await runLoad(plan, { clock, transport, vitals: createThreadVitals() }, signal, onProgress);
            return { ...result, generator: { ...result.generator, ...floor } };
        }
        finally {
            await transport.close();
        }
    },
});

