/*
 * A disk that is slow or whose quota is used up, for a program that is started with
 * LD_PRELOAD. It applies to files below the folder DISK_FOLDER:
 *
 *   DISK_QUOTA     number of bytes after which a process cannot write: EDQUOT
 *   DISK_DELAY_MS  time that opening, reading, writing, flushing and locking take
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#define NEXT(name) ((__typeof__(&name)) dlsym(RTLD_NEXT, #name))

static long number(const char *name, long otherwise) {
  const char *text = getenv(name);
  return text == NULL ? otherwise : atol(text);
}

static int is_below(const char *path) {
  const char *folder = getenv("DISK_FOLDER");
  size_t length = folder == NULL ? 0 : strlen(folder);
  return length > 0 && strncmp(path, folder, length) == 0 &&
    path[length] == '/';
}

static int is_file(int fd) {
  char link[64], path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return is_below(path);
}

static void wait_for_disk(void) {
  long ms = number("DISK_DELAY_MS", 0);
  struct timespec time = {ms / 1000, ms % 1000 * 1000000};
  if (ms > 0) nanosleep(&time, NULL);
}

static long written = 0;

ssize_t write(int fd, const void *bytes, size_t count) {
  if (is_file(fd)) {
    wait_for_disk();
    if (__atomic_add_fetch(&written, count, __ATOMIC_SEQ_CST) >
        number("DISK_QUOTA", LONG_MAX)) {
      errno = EDQUOT;
      return -1;
    }
  }
  return NEXT(write)(fd, bytes, count);
}

ssize_t read(int fd, void *bytes, size_t count) {
  if (is_file(fd)) wait_for_disk();
  return NEXT(read)(fd, bytes, count);
}

int fsync(int fd) {
  if (is_file(fd)) wait_for_disk();
  return NEXT(fsync)(fd);
}

int flock(int fd, int operation) {
  if (is_file(fd)) wait_for_disk();
  return NEXT(flock)(fd, operation);
}

int open64(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  int fd = NEXT(open64)(path, flags, mode);
  if (fd >= 0 && is_file(fd)) wait_for_disk();
  return fd;
}
