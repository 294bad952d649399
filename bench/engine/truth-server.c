/*
 * The server that knows the truth: HTTP/1.1 with keep-alive on loopback, one thread, epoll, a log of its own times.
 *
 *   truth-server LOG_FILE
 *
 * Prints "listening PORT". Reads commands, one a line, from standard input, and answers each with "ok":
 *   delay N      µs from a request to its answer (of a stream: to its first token); 0 = at once
 *   interval N   µs between two tokens of a stream; there are as many as the body's "max_tokens" says (at most 1000)
 *   stall N K    when K more requests have come, no byte leaves for N µs: what falls due is written when they are over
 *   reset        forgets the log, and ends a stall
 *   dump         writes the log to LOG_FILE
 * Ends when standard input does, and by itself 15 minutes after the last command.
 *
 * Times are CLOCK_MONOTONIC, ns. `received`: epoll reported the request's first byte. `first`, `last` and those of the
 * tokens: just before the write that took that byte to the system, so that what the writing costs is the client's path.
 * The log is little-endian 64-bit integers: the number of requests R and of token times T; R × (id, received, first, last,
 * tokens, index of the first token time); T token times. The id is the number behind "user":"r in the body, or -1.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define MAX_CONNECTIONS 16384
#define MAX_REQUEST 65536
#define MAX_TOKENS 1000
#define MAX_RECORDS 4000000
#define LIFETIME_S 900
#define SHORT_WAIT_NS 1000000000LL

typedef int64_t ns_t;

typedef struct {
  int64_t id, received, first, last, tokens, token_at;
} record_t;

typedef struct {
  int fd, open, busy, stream, http10, wanted, sent, closing, heap_at;
  char *in;
  size_t in_size, in_used;
  char *out;
  size_t out_size, out_used, out_done;
  /* `arrived`: the first byte in the buffer; `received`: that of the request under way. */
  ns_t arrived, received, first, due;
  int64_t id;
  ns_t *times;
} connection_t;

static connection_t connections[MAX_CONNECTIONS];
static connection_t *heap[MAX_CONNECTIONS];
static int heap_size, epoll_fd;
static record_t *records;
static size_t record_count, record_room;
static int64_t *tokens;
static size_t token_count, token_room;
static ns_t delay_ns, interval_ns = 10000000, stall_until, stall_ns;
static long long stall_after;
static const char *log_file;

static const char ANSWER[] =
    "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":1700000000,\"model\":\"bench-model\",\"choices\":[{\"index\":0,"
    "\"message\":{\"role\":\"assistant\",\"content\":\"The parcel left the warehouse this morning.\"},\"finish_reason\":\"stop\"}],"
    "\"usage\":{\"prompt_tokens\":24,\"completion_tokens\":8,\"total_tokens\":32}}";
static const char TOKEN[] =
    "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,\"model\":\"bench-model\",\"choices\":[{"
    "\"index\":0,\"delta\":{\"content\":\" word\"},\"finish_reason\":null}]}\n\n";
static const char STREAM_END[] =
    "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,\"model\":\"bench-model\",\"choices\":[{"
    "\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";

static ns_t now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (ns_t)t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void die(const char *what) {
  perror(what);
  exit(1);
}

/* Room for at least `wanted` items; doubling keeps the copies rare. */
static void *grown(void *items, size_t *room, size_t wanted, size_t size) {
  if (wanted <= *room) return items;
  while (*room < wanted) *room = *room ? *room * 2 : 1024;
  items = realloc(items, *room * size);
  if (!items) die("realloc");
  return items;
}

/* ---- what is due, the earliest first: a binary heap that knows where each connection stands ---- */

static void heap_put(int at, connection_t *c) {
  heap[at] = c;
  c->heap_at = at;
}

static void heap_move(int at, connection_t *c) {
  while (at > 0 && heap[(at - 1) / 2]->due > c->due) {
    heap_put(at, heap[(at - 1) / 2]);
    at = (at - 1) / 2;
  }
  for (;;) {
    int child = 2 * at + 1;
    if (child >= heap_size) break;
    if (child + 1 < heap_size && heap[child + 1]->due < heap[child]->due) child++;
    if (heap[child]->due >= c->due) break;
    heap_put(at, heap[child]);
    at = child;
  }
  heap_put(at, c);
}

static void heap_add(connection_t *c, ns_t due) {
  c->due = due;
  heap_size++;
  heap_move(heap_size - 1, c);
}

static void heap_remove(connection_t *c) {
  int at = c->heap_at;
  if (at < 0) return;
  c->heap_at = -1;
  heap_size--;
  if (at < heap_size) heap_move(at, heap[heap_size]);
}

/* ---- connections ---- */

static void watch(connection_t *c, int operation, uint32_t events) {
  struct epoll_event event = {.events = events, .data.ptr = c};
  epoll_ctl(epoll_fd, operation, c->fd, &event);
}

static void close_connection(connection_t *c) {
  heap_remove(c);
  close(c->fd);
  c->open = 0;
}

static void append(connection_t *c, const char *bytes, size_t length) {
  c->out = grown(c->out, &c->out_size, c->out_used + length, 1);
  memcpy(c->out + c->out_used, bytes, length);
  c->out_used += length;
}

/* Writes what it can; -1 when the connection is gone, 1 when something is left. */
static int flush(connection_t *c) {
  while (c->out_done < c->out_used) {
    ssize_t n = send(c->fd, c->out + c->out_done, c->out_used - c->out_done, MSG_NOSIGNAL);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
      watch(c, EPOLL_CTL_MOD, EPOLLIN | EPOLLOUT);
      return 1;
    }
    if (n < 0) return -1;
    c->out_done += (size_t)n;
  }
  c->out_done = c->out_used = 0;
  return 0;
}

static void record(connection_t *c, ns_t last) {
  if (record_count >= MAX_RECORDS) return;
  records = grown(records, &record_room, record_count + 1, sizeof *records);
  int kept = c->stream ? c->sent : 0;
  tokens = grown(tokens, &token_room, token_count + (size_t)kept, sizeof *tokens);
  if (kept) memcpy(tokens + token_count, c->times, (size_t)kept * sizeof *tokens);
  records[record_count++] = (record_t){c->id, c->received, c->first, last, kept, (int64_t)token_count};
  token_count += (size_t)kept;
}

static void append_chunk(connection_t *c, const char *bytes, size_t length) {
  char size[16];
  int n = snprintf(size, sizeof size, "%zx\r\n", length);
  append(c, size, (size_t)n);
  append(c, bytes, length);
  append(c, "\r\n", 2);
}

static void append_answer(connection_t *c) {
  char head[256];
  const char *kept = c->closing ? "Connection: close\r\n" : c->http10 ? "Connection: keep-alive\r\n" : "";
  int n = snprintf(head, sizeof head, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n%sContent-Length: %zu\r\n\r\n", kept,
                   sizeof ANSWER - 1);
  append(c, head, (size_t)n);
  append(c, ANSWER, sizeof ANSWER - 1);
}

/* The next piece of an answer is due. Returns 0 when the connection is gone. */
static int deliver(connection_t *c) {
  if (!c->stream) append_answer(c);
  else {
    static const char HEAD[] = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
    if (c->sent == 0) append(c, HEAD, sizeof HEAD - 1);
    append_chunk(c, TOKEN, sizeof TOKEN - 1);
    if (c->sent + 1 == c->wanted) {
      append_chunk(c, STREAM_END, sizeof STREAM_END - 1);
      append(c, "0\r\n\r\n", 5);
    }
  }
  ns_t at = now_ns();
  if (c->first == 0) c->first = at;
  if (c->stream) c->times[c->sent++] = at;
  if (flush(c) < 0) {
    close_connection(c);
    return 0;
  }
  if (c->stream && c->sent < c->wanted) {
    heap_add(c, c->due + interval_ns);
    return 1;
  }
  record(c, at);
  c->busy = 0;
  if (c->closing && c->out_used == 0) {
    close_connection(c);
    return 0;
  }
  return 1;
}

static int64_t number_behind(const char *body, size_t length, const char *key, int64_t otherwise) {
  const char *found = memmem(body, length, key, strlen(key));
  if (!found) return otherwise;
  const char *at = found + strlen(key), *end = body + length;
  while (at < end && *at == ' ') at++;
  if (at >= end || !isdigit((unsigned char)*at)) return otherwise;
  int64_t value = 0;
  while (at < end && isdigit((unsigned char)*at) && value < 1000000000000000LL) value = value * 10 + (*at++ - '0');
  return value;
}

/* Takes whole requests out of the buffer, one at a time: the next one only when the one before is answered. */
static void take_requests(connection_t *c, ns_t at) {
  while (!c->busy && c->in_used > 0) {
    char *end = memmem(c->in, c->in_used, "\r\n\r\n", 4);
    if (!end) return;
    size_t head = (size_t)(end - c->in) + 4;
    c->in[head - 1] = 0;
    const char *length = strcasestr(c->in, "content-length:");
    const char *connection = strcasestr(c->in, "connection:");
    int http10 = strstr(c->in, "HTTP/1.0\r") != NULL;
    size_t body = length ? strtoul(length + 15, NULL, 10) : 0;
    if (body > MAX_REQUEST) {
      close_connection(c);
      return;
    }
    c->in[head - 1] = '\n';
    if (c->in_used < head + body) return;
    const char *text = c->in + head;
    c->http10 = http10;
    c->closing = connection ? strncasecmp(connection + 11 + strspn(connection + 11, " "), "close", 5) == 0 : http10;
    c->id = number_behind(text, body, "\"user\":\"r", -1);
    c->stream = memmem(text, body, "\"stream\":true", 13) || memmem(text, body, "\"stream\": true", 14);
    c->sent = 0;
    c->first = 0;
    if (c->stream) {
      int64_t wanted = number_behind(text, body, "\"max_tokens\":", 20);
      c->wanted = wanted < 1 ? 1 : wanted > MAX_TOKENS ? MAX_TOKENS : (int)wanted;
      if (!c->times) c->times = malloc(MAX_TOKENS * sizeof *c->times);
    }
    c->busy = 1;
    c->received = c->arrived;
    if (stall_after > 0 && --stall_after == 0) stall_until = at + stall_ns;
    memmove(c->in, c->in + head + body, c->in_used - head - body);
    c->in_used -= head + body;
    if (delay_ns > 0 || c->stream || at < stall_until) heap_add(c, c->received + delay_ns);
    else {
      c->due = at;
      if (!deliver(c)) return;
    }
  }
}

static void readable(connection_t *c, ns_t at) {
  for (;;) {
    c->in = grown(c->in, &c->in_size, c->in_used + 4096, 1);
    size_t room = c->in_size - c->in_used;
    ssize_t n = recv(c->fd, c->in + c->in_used, room, 0);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) break;
    if (n <= 0 || c->in_used > 2 * MAX_REQUEST) {
      close_connection(c);
      return;
    }
    if (c->in_used == 0) c->arrived = at;
    c->in_used += (size_t)n;
    if ((size_t)n < room) break;
  }
  take_requests(c, at);
}

static void accept_all(int listener) {
  for (;;) {
    int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd < 0) return;
    int on = 1, slot = 0;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    while (slot < MAX_CONNECTIONS && connections[slot].open) slot++;
    if (slot == MAX_CONNECTIONS) {
      close(fd);
      continue;
    }
    connection_t *c = &connections[slot];
    c->fd = fd;
    c->open = 1;
    c->busy = c->closing = 0;
    c->in_used = c->out_used = c->out_done = 0;
    c->heap_at = -1;
    watch(c, EPOLL_CTL_ADD, EPOLLIN);
  }
}

/* ---- commands ---- */

static void dump(void) {
  FILE *file = fopen(log_file, "wb");
  if (!file) die("log");
  int64_t counts[2] = {(int64_t)record_count, (int64_t)token_count};
  fwrite(counts, sizeof *counts, 2, file);
  fwrite(records, sizeof *records, record_count, file);
  fwrite(tokens, sizeof *tokens, token_count, file);
  if (fclose(file) != 0) die("log");
}

static void obey(const char *line) {
  alarm(LIFETIME_S);
  long long value = 0, count = 0;
  char word[32] = "";
  sscanf(line, "%31s %lld %lld", word, &value, &count);
  if (!strcmp(word, "delay")) delay_ns = value * 1000;
  else if (!strcmp(word, "interval")) interval_ns = value * 1000;
  else if (!strcmp(word, "stall")) stall_ns = value * 1000, stall_after = count;
  else if (!strcmp(word, "reset")) record_count = token_count = 0, stall_after = 0, stall_until = 0;
  else if (!strcmp(word, "dump")) dump();
  else return;
  printf("ok\n");
  fflush(stdout);
}

static void read_commands(void) {
  static char text[1024];
  static size_t used;
  ssize_t n = read(0, text + used, sizeof text - 1 - used);
  if (n == 0) exit(0);
  if (n < 0) return;
  used += (size_t)n;
  text[used] = 0;
  char *at = text, *end;
  while ((end = strchr(at, '\n'))) {
    *end = 0;
    obey(at);
    at = end + 1;
  }
  used = strlen(at);
  memmove(text, at, used + 1);
  if (used == sizeof text - 1) used = 0;
}

static int listen_on_loopback(void) {
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), on = 1;
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t length = sizeof address;
  if (fd < 0) die("socket");
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (bind(fd, (struct sockaddr *)&address, sizeof address) < 0 || listen(fd, 4096) < 0) die("listen");
  getsockname(fd, (struct sockaddr *)&address, &length);
  printf("listening %d\n", ntohs(address.sin_port));
  fflush(stdout);
  return fd;
}

/* Delivers what is due; returns ns until the next piece is. */
static ns_t deliver_due(void) {
  ns_t at = now_ns();
  if (at < stall_until) return stall_until - at;
  while (heap_size > 0 && heap[0]->due <= at) {
    connection_t *c = heap[0];
    heap_remove(c);
    if (deliver(c) && !c->busy) take_requests(c, at);
    at = now_ns();
  }
  return heap_size > 0 ? heap[0]->due - at : SHORT_WAIT_NS;
}

int main(int count, char **arguments) {
  static struct epoll_event events[512];
  if (count != 2) return fprintf(stderr, "usage: truth-server LOG_FILE\n"), 2;
  log_file = arguments[1];
  alarm(LIFETIME_S);
  /* The default slack would add 50 µs to every wait. */
  prctl(PR_SET_TIMERSLACK, 1000UL);
  epoll_fd = epoll_create1(EPOLL_CLOEXEC);
  int listener = listen_on_loopback();
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = &listener};
  epoll_ctl(epoll_fd, EPOLL_CTL_ADD, listener, &event);
  event.data.ptr = &epoll_fd;
  epoll_ctl(epoll_fd, EPOLL_CTL_ADD, 0, &event);
  for (;;) {
    ns_t wait = deliver_due();
    struct timespec timeout = {wait / 1000000000LL, wait > 0 ? wait % 1000000000LL : 0};
    int n = epoll_pwait2(epoll_fd, events, 512, &timeout, NULL);
    ns_t at = now_ns();
    for (int i = 0; i < n; i++) {
      void *who = events[i].data.ptr;
      connection_t *c = who;
      if (who == &listener) accept_all(listener);
      else if (who == &epoll_fd) read_commands();
      else if (c->open) {
        if (events[i].events & EPOLLOUT) {
          int left = flush(c);
          if (left == 0) watch(c, EPOLL_CTL_MOD, EPOLLIN);
          if (left < 0 || (left == 0 && c->closing && !c->busy)) {
            close_connection(c);
            continue;
          }
        }
        if (events[i].events & ~(uint32_t)EPOLLOUT) readable(c, at);
      }
    }
  }
}
