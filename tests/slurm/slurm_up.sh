#!/bin/sh
# Starts a Slurm of one node that listens on this machine only:
#   slurm_up.sh FOLDER CPUS
# Needs root and the Debian packages munge, slurmctld, slurmd and slurm-client.
# The process ids are in FOLDER/run/*.pid.
set -eu
folder=$(realpath -m "$1")
cpus=$2
host=$(hostname -s)
memory=$(awk '/MemTotal/ { print int($2 / 1024 * 0.9) }' /proc/meminfo)
mkdir -p "$folder/ctld" "$folder/slurmd" "$folder/log" "$folder/run" "$folder/munge"
chmod 755 "$folder"
chmod 700 "$folder/munge"
(umask 077 && head -c 128 /dev/urandom > "$folder/munge/munge.key")

cat > "$folder/slurm.conf" <<CONF
ClusterName=one
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$folder/run/munge.socket
CredType=cred/munge
SlurmctldPort=16817
SlurmdPort=16818
CommunicationParameters=NoInAddrAny,NoCtldInAddrAny
StateSaveLocation=$folder/ctld
SlurmdSpoolDir=$folder/slurmd
SlurmctldPidFile=$folder/run/slurmctld.pid
SlurmdPidFile=$folder/run/slurmd.pid
SlurmctldLogFile=$folder/log/slurmctld.log
SlurmdLogFile=$folder/log/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/filetxt
JobCompLoc=$folder/log/jobs.txt
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU_Memory
DefMemPerCPU=512
SchedulerType=sched/backfill
SchedulerParameters=batch_sched_delay=0,sched_interval=2,bf_interval=2
MinJobAge=86400
ReturnToService=2
MpiDefault=none
SwitchType=switch/none
PropagateResourceLimits=NONE
NodeName=$host NodeAddr=127.0.0.1 CPUs=$cpus RealMemory=$memory State=UNKNOWN
PartitionName=main Nodes=$host Default=YES MaxTime=INFINITE State=UP
CONF

# Snakemake's jobs drop all SLURM_ variables, so the file has to be found here.
link=/etc/slurm/slurm.conf
if [ -e "$link" ] && [ ! -L "$link" ]; then
  echo "$link belongs to another Slurm" >&2
  exit 1
fi
mkdir -p /etc/slurm
ln -sfn "$folder/slurm.conf" "$link"

munged --force --key-file="$folder/munge/munge.key" \
  --socket="$folder/run/munge.socket" --pid-file="$folder/run/munged.pid" \
  --log-file="$folder/log/munged.log" --seed-file="$folder/munge/munged.seed"
slurmctld -f "$folder/slurm.conf"
slurmd -f "$folder/slurm.conf"
for _ in $(seq 120); do
  sinfo --noheader --format=%T 2>/dev/null | grep -q '^idle' && exit 0
  sleep 0.5
done
echo "Slurm does not answer; see $folder/log" >&2
exit 1
