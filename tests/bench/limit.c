/* The least a server can do for a fan-out: one thread, one epoll, the frame built once, one send for each client.
 *
 * usage: limit FRAME_BYTES
 * It prints "PORT CONTROL_PORT". Every client that ends its HTTP head is answered 101; every byte that comes on a
 * control connection sends one WebSocket text frame, 42/live,["entries",{"n":…}], to all of them.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MAX_FD = 65536, EVENTS = 512 };
enum { FREE, HEAD, CLIENT, CONTROL };
static unsigned char kind[MAX_FD];
static int clients[MAX_FD], client_count, loop;
static char frame[65536];
static size_t frame_size;

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static int listener(int *port) {
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), one = 1;
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof at;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (fd < 0 || bind(fd, (struct sockaddr *)&at, size) || listen(fd, 4096)) fail("listen");
    getsockname(fd, (struct sockaddr *)&at, &size);
    *port = ntohs(at.sin_port);
    return fd;
}

static void watch(int fd) {
    struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
    if (epoll_ctl(loop, EPOLL_CTL_ADD, fd, &event)) fail("epoll_ctl");
}

static void accept_all(int from, int as) {
    for (int fd; (fd = accept4(from, NULL, NULL, SOCK_NONBLOCK)) >= 0;) {
        if (fd >= MAX_FD) fail("too many clients");
        kind[fd] = as;
        watch(fd);
    }
}

static void build_frame(size_t total) {
    char *text = frame + 4;
    size_t length = total - 4;
    int head = sprintf(text, "42/live,[\"entries\",{\"n\":1,\"pad\":\"");
    memset(text + head, 'x', length - head);
    memcpy(text + length - 3, "\"}]", 3);
    frame[0] = (char)0x81;
    frame[1] = 126;
    frame[2] = (char)(length >> 8);
    frame[3] = (char)length;
    frame_size = total;
}

static void leave(int fd) {
    for (int i = 0; i < client_count; i++)
        if (clients[i] == fd) clients[i] = clients[--client_count];
    kind[fd] = FREE;
    close(fd);
}

static void broadcast(void) {
    for (int i = 0; i < client_count; i++)
        if (send(clients[i], frame, frame_size, MSG_DONTWAIT | MSG_NOSIGNAL) != (ssize_t)frame_size && errno == EAGAIN)
            fail("a client does not read");
}

static void readable(int fd) {
    static const char hello[] = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n";
    char bytes[4096];
    ssize_t size = recv(fd, bytes, sizeof bytes, 0);
    if (size <= 0) {
        if (size == 0 || errno != EAGAIN) leave(fd);
    } else if (kind[fd] == CONTROL) {
        while (size--) broadcast();
    } else if (kind[fd] == HEAD && size >= 4 && !memcmp(bytes + size - 4, "\r\n\r\n", 4)) {
        if (send(fd, hello, sizeof hello - 1, MSG_NOSIGNAL) < 0) fail("hello");
        kind[fd] = CLIENT;
        clients[client_count++] = fd;
    }
}

int main(int argc, char **argv) {
    struct rlimit files;
    struct epoll_event events[EVENTS];
    int port, control_port;
    if (argc != 2 || atoi(argv[1]) < 160 || atoi(argv[1]) > 60000) return 2;
    signal(SIGPIPE, SIG_IGN);
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    build_frame(atoi(argv[1]));
    loop = epoll_create1(0);
    int door = listener(&port), control = listener(&control_port);
    watch(door);
    watch(control);
    printf("%d %d\n", port, control_port);
    fflush(stdout);
    for (;;) {
        int ready = epoll_wait(loop, events, EVENTS, -1);
        for (int i = 0; i < ready; i++) {
            int fd = events[i].data.fd;
            if (fd == door) accept_all(door, HEAD);
            else if (fd == control) accept_all(control, CONTROL);
            else readable(fd);
        }
    }
}
