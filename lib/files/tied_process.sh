#!/bin/sh
# Runs a command and sends it SIGINT when standard input ends, because the
# program that started this one has closed it or was killed: the command then
# stops its work instead of going on alone.
exec 3<&0
(cat <&3 && kill -INT $$) >/dev/null 2>&1 &
exec "$@" </dev/null 3<&-
