// Sides that are programs of their own: a line in, a line out.

import { spawn } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Ticks of a process's clock in a second, on every Linux. */
const TICKS_PER_S = 100;

/**
 * Starts a program and waits for its first line.
 *
 * @param {string} program
 * @param {string[]} args
 */
export async function openProcess(program, args) {
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = new Promise((_, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`${program} ended with ${code}`)));
  });
  ended.catch(() => {});
  const next = async () => JSON.parse((await Promise.race([lines.next(), ended])).value);
  const ask = (line) => {
    child.stdin.write(`${line}\n`);
    return next();
  };
  const opened = await next();
  return {
    opened,
    facts: async () => opened,
    peak: async () => (await ask('peak')).gflops,
    async mu() {
      const path = join(tmpdir(), `carto-bench-mu-${process.pid}-${child.pid}`);
      await ask(`mu ${path}`);
      const bytes = await readFile(path);
      await rm(path);
      return Array.from({ length: bytes.length / 4 }, (_, idx) => bytes.readFloatLE(4 * idx));
    },
    async encode() {
      const before = await cpuS(child.pid);
      const { wallS } = await ask('encode');
      return { wallS, cpuS: (await cpuS(child.pid)) - before };
    },
    close: () => child.kill(),
  };
}

/** Processor time of a process so far, s; NaN where there is no /proc. */
async function cpuS(pid) {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The name in brackets may hold spaces; user and system time are the 14th and 15th.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_S;
}
