#!/bin/sh
# Stops the Slurm that slurm_up.sh has started in FOLDER: its own processes only.
folder=$(realpath -m "$1")
timeout 20 scancel --user="$(id -un)" 2>/dev/null
sleep 1
for name in slurmd slurmctld munged; do
  [ -s "$folder/run/$name.pid" ] || continue
  pid=$(cat "$folder/run/$name.pid")
  kill "$pid" 2>/dev/null
  for _ in $(seq 40); do
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.25
  done
done
link=/etc/slurm/slurm.conf
[ "$(readlink "$link")" = "$folder/slurm.conf" ] && rm "$link"
exit 0
