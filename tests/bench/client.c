/* Many screens in one thread: connects N WebSockets, and notes when the last of them has each message.
 *
 * usage: client key=value …
 *   port, n          where to, and how many
 *   inflight=64      connections being opened at a time
 *   hello, watch     Socket.IO texts to send: on the Engine.IO open packet (empty: none is expected, and a
 *                    connection is ready at once), and when the namespace has answered (empty: none)
 *   match            a message counts once for each time its text contains this
 *   count            messages to wait for
 *   control, window  if given, a message is ordered by a byte to this port, `window` of them outstanding
 *   deadline=60      seconds after which it gives up, for connecting and for the run
 * It prints "ready SECONDS" when all are connected, waits for a line, and prints when the last screen had each
 * message as JSON, in ns of CLOCK_MONOTONIC: {"sent": […], "done": […], "lost": connections that were closed};
 * a message that some screen never had is 0.
 * When it has run, a further line makes it end.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { OPENING, HTTP, OPEN, NAMESPACE, WATCH, READY, GONE };
struct screen {
    int fd, state, got;
    size_t held, room;
    unsigned char *bytes;
};

static struct screen *screens;
static int n, port, inflight = 64, count, control, window = 2, ready, opened, lost, loop, control_fd = -1;
static const char *hello = "", *watch_text = "", *match = "\"entries\"";
static int *done_by;
static int64_t *sent_at, *done_at, deadline_ns = 60000000000LL;
static int sent, done;

static int64_t now(void) {
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return at.tv_sec * 1000000000LL + at.tv_nsec;
}

static void fail(const char *what) {
    fprintf(stderr, "%s: %s (%d of %d ready, %d lost)\n", what, strerror(errno), ready, n, lost);
    exit(1);
}

static int dial(int to, int flags) {
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK), .sin_port = htons(to)};
    int fd = socket(AF_INET, SOCK_STREAM | flags, 0), one = 1;
    if (fd < 0) fail("socket");
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (connect(fd, (struct sockaddr *)&at, sizeof at) && errno != EINPROGRESS) fail("connect");
    return fd;
}

static void open_more(void) {
    while (opened < n && opened - ready - lost < inflight) {
        struct screen *screen = &screens[opened++];
        struct epoll_event event = {.events = EPOLLOUT, .data.ptr = screen};
        screen->fd = dial(port, SOCK_NONBLOCK);
        if (epoll_ctl(loop, EPOLL_CTL_ADD, screen->fd, &event)) fail("epoll_ctl");
    }
}

static void put(struct screen *screen, const char *bytes, size_t size) {
    if (send(screen->fd, bytes, size, MSG_NOSIGNAL) != (ssize_t)size && errno != EPIPE && errno != ECONNRESET)
        fail("send");
}

static void put_text(struct screen *screen, const char *text) {
    char frame[65600];
    size_t size = strlen(text), head = size < 126 ? 6 : 8;
    frame[0] = (char)0x81;
    frame[1] = (char)(0x80 | (size < 126 ? size : 126));
    frame[2] = (char)(size >> 8);
    frame[3] = (char)size;
    memset(frame + head - 4, 0, 4); /* a mask of zeros */
    memcpy(frame + head, text, size);
    put(screen, frame, head + size);
}

static void arrived(struct screen *screen) {
    int number = screen->got++;
    if (number < count && ++done_by[number] == n - lost) {
        done_at[number] = now();
        done++;
    }
}

static void become_ready(struct screen *screen) {
    screen->state = READY;
    ready++;
    open_more();
}

static int starts(const unsigned char *text, size_t size, const char *with) {
    return size >= strlen(with) && !memcmp(text, with, strlen(with));
}

static void message(struct screen *screen, const unsigned char *text, size_t size) {
    if (size == 1 && *text == '2') {
        put_text(screen, "3");
    } else if (screen->state == OPEN && size && *text == '0') {
        screen->state = NAMESPACE;
        put_text(screen, hello);
    } else if (screen->state == NAMESPACE && starts(text, size, "40/live")) {
        if (*watch_text) {
            screen->state = WATCH;
            put_text(screen, watch_text);
        } else {
            become_ready(screen);
        }
    } else if (screen->state == WATCH && starts(text, size, "43/live")) {
        become_ready(screen);
    } else if (starts(text, size, "44")) {
        fprintf(stderr, "refused: %.*s\n", (int)size, text);
        exit(1);
    } else if (screen->state == READY) {
        const unsigned char *at = text, *end = text + size;
        while ((at = memmem(at, end - at, match, strlen(match)))) {
            arrived(screen);
            at += strlen(match);
        }
    }
}

static void hang_up(struct screen *screen) {
    close(screen->fd);
    if (screen->state != READY) fail("a connection was closed while it was being opened");
    screen->state = GONE;
    lost++;
    ready--;
}

/* Take one whole unit from the bytes held (an HTTP head or a frame); how many bytes it was, 0 if not whole yet. */
static size_t take(struct screen *screen, unsigned char *bytes, size_t size) {
    if (screen->state == HTTP) {
        unsigned char *end = memmem(bytes, size, "\r\n\r\n", 4);
        if (!end) return 0;
        if (!memmem(bytes, 16, " 101 ", 5)) {
            fprintf(stderr, "no upgrade: %.*s\n", (int)size, bytes);
            exit(1);
        }
        if (*hello) screen->state = OPEN;
        else become_ready(screen);
        return end + 4 - bytes;
    }
    if (size < 2) return 0;
    size_t head = bytes[1] < 126 ? 2 : bytes[1] == 126 ? 4 : 10, length = bytes[1] < 126 ? bytes[1] : 0;
    if (size < head) return 0;
    for (size_t i = 2; i < head; i++) length = length << 8 | bytes[i];
    if (size < head + length) return 0;
    if (bytes[0] == 0x81) message(screen, bytes + head, length);
    else if (bytes[0] != 0x88) fail("a frame that is neither text nor close");
    return head + length;
}

static void readable(struct screen *screen) {
    if (screen->room - screen->held < 2048) {
        screen->room = screen->room ? screen->room * 2 : 4096;
        if (!(screen->bytes = realloc(screen->bytes, screen->room))) fail("memory");
    }
    ssize_t size = recv(screen->fd, screen->bytes + screen->held, screen->room - screen->held, 0);
    if (size < 0 && errno == EAGAIN) return;
    if (size <= 0) {
        hang_up(screen);
        return;
    }
    screen->held += size;
    size_t used = 0, step;
    while (used < screen->held && (step = take(screen, screen->bytes + used, screen->held - used))) used += step;
    memmove(screen->bytes, screen->bytes + used, screen->held - used);
    screen->held -= used;
}

static void connected(struct screen *screen) {
    char request[512];
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = screen};
    int size = sprintf(request, "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n"
                       "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
                       "Sec-WebSocket-Version: 13\r\n\r\n", port);
    screen->state = HTTP;
    put(screen, request, size);
    epoll_ctl(loop, EPOLL_CTL_MOD, screen->fd, &event);
}

static void order_more(void) {
    while (control_fd >= 0 && sent < count && sent - done < window) {
        sent_at[sent++] = now();
        if (write(control_fd, "!", 1) != 1) fail("control");
    }
}

/* Turn the loop until `wanted` reaches `target` or time is up. */
static void turn(const int *wanted, int target) {
    struct epoll_event events[512];
    int64_t until = now() + deadline_ns;
    while (*wanted < target && now() < until) {
        int some = epoll_wait(loop, events, 512, 100);
        for (int i = 0; i < some; i++) {
            struct screen *screen = events[i].data.ptr;
            if (screen->state == OPENING) connected(screen);
            else if (screen->state != GONE) readable(screen);
        }
        if (wanted == &done) order_more();
    }
}

static void list(const char *name, const int64_t *times, int size) {
    printf("\"%s\": [", name);
    for (int i = 0; i < size; i++) printf("%s%lld", i ? "," : "", (long long)times[i]);
    printf("]");
}

static void option(const char *text) {
    const char *value = strchr(text, '=');
    if (!value) fail("key=value");
    value++;
    if (starts((const unsigned char *)text, strlen(text), "port=")) port = atoi(value);
    else if (!strncmp(text, "n=", 2)) n = atoi(value);
    else if (!strncmp(text, "inflight=", 9)) inflight = atoi(value);
    else if (!strncmp(text, "hello=", 6)) hello = value;
    else if (!strncmp(text, "watch=", 6)) watch_text = value;
    else if (!strncmp(text, "match=", 6)) match = value;
    else if (!strncmp(text, "count=", 6)) count = atoi(value);
    else if (!strncmp(text, "control=", 8)) control = atoi(value);
    else if (!strncmp(text, "window=", 7)) window = atoi(value);
    else if (!strncmp(text, "deadline=", 9)) deadline_ns = atoi(value) * 1000000000LL;
    else fail(text);
}

int main(int argc, char **argv) {
    struct rlimit files;
    char line[16];
    for (int i = 1; i < argc; i++) option(argv[i]);
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    screens = calloc(n, sizeof *screens);
    done_by = calloc(count + 1, sizeof *done_by);
    sent_at = calloc(count + 1, sizeof *sent_at);
    done_at = calloc(count + 1, sizeof *done_at);
    loop = epoll_create1(0);
    if (control) control_fd = dial(control, 0);
    int64_t began = now();
    open_more();
    turn(&ready, n);
    if (ready < n) fail("not all connected in time");
    printf("ready %.6f\n", (now() - began) / 1e9);
    fflush(stdout);
    if (!fgets(line, sizeof line, stdin)) return 0;
    order_more();
    turn(&done, count);
    printf("{");
    list("sent", sent_at, sent);
    printf(", ");
    list("done", done_at, count);
    printf(", \"lost\": %d}\n", lost);
    fflush(stdout);
    return !fgets(line, sizeof line, stdin) && ferror(stdin);
}
