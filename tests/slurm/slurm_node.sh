#!/bin/sh
# Ends the node of the Slurm in FOLDER as a loss of power would, or starts it
# again:
#   slurm_node.sh FOLDER die | return
set -eu
folder=$(realpath -m "$1")
host=$(hostname -s)

# All processes below those that carry the jobs of slurmd.
jobs() {
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
  kill -KILL "$(cat "$folder/run/slurmd.pid")" $(jobs)
  scontrol update NodeName="$host" State=DOWN Reason=died
else
  slurmd -f "$folder/slurm.conf"
  scontrol update NodeName="$host" State=RESUME
fi
