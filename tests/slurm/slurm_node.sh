#!/bin/sh
# Ends the node of the Slurm in FOLDER as a loss of power would, or starts it
# again:
#   slurm_node.sh FOLDER die | return
set -eu
folder=$(realpath -m "$1")
host=$(hostname -s)

# The processes that carry the jobs of slurmd, and all below them.
processes() {
  ps -e -o pid= -o ppid= -o comm= | awk '
    { parent[$1] = $2; if ($3 == "slurmstepd") job[$1] = 1 }
    END {
      for (pid in parent) {
        for (at = pid; at in parent; at = parent[at]) {
          if (at in job) { print pid; break }
        }
      }
    }'
}

if [ "$2" = die ]; then
  # One that has just ended is no failure.
  kill -KILL "$(cat "$folder/run/slurmd.pid")" $(processes) || true
  scontrol update NodeName="$host" State=DOWN Reason=died
else
  slurmd -f "$folder/slurm.conf"
  # Slurm takes it back by itself, or waits to be told.
  until sinfo --noheader --format=%T | grep -q '^idle'; do
    scontrol update NodeName="$host" State=RESUME 2>/dev/null || sleep 0.5
  done
fi
