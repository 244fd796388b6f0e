// The programs and folders that a driver needs. None outlives the tests, however they end.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What is left to undo, the latest last. */
const pending = new Set();

/**
 * Undoes something when this process ends, by a signal too.
 *
 * @param {() => void} undo cannot wait for anything
 * @returns {() => void} for what is undone already
 */
export function onExit(undo) {
  pending.add(undo);
  return () => pending.delete(undo);
}

function undoAll() {
  for (const undo of [...pending].reverse()) undo();
  pending.clear();
}

process.on('exit', undoAll);
for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    undoAll();
    process.kill(process.pid, signal);
  });
}

/** Sends a signal to a program and all that it started. */
export function signalGroup(child, signal) {
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    // They may have ended by themselves.
    if (error.code !== 'ESRCH') throw error;
  }
}

/**
 * Starts a program as the head of a process group, so that what it starts ends with it.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 */
export async function startProgram(program, args, options = {}) {
  const child = spawn(program, args, { stdio: 'ignore', ...options, detached: true });
  await once(child, 'spawn');
  const ended = once(child, 'exit');
  // Not SIGKILL, after which an X server would leave its lock.
  const forget = onExit(() => signalGroup(child, 'SIGTERM'));
  return {
    child,
    async stop() {
      signalGroup(child, 'SIGTERM');
      await ended;
      forget();
    },
  };
}

/** Starts an X server without a screen, on a display that nobody uses. */
export async function startDisplay() {
  const args = ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'];
  const stdio = ['ignore', 'ignore', 'ignore', 'pipe'];
  const { child, stop } = await startProgram('Xvfb', args, { stdio });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`Xvfb ended with ${code}`);
  });
  // It says which display it found when it is ready.
  const [number] = await Promise.race([once(child.stdio[3], 'data'), ended]);
  ended.catch(() => {});
  return { display: `:${String(number).trim()}`, stop };
}

/** A port of this machine that nobody listened at a moment ago. */
export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** A home for a browser: what it keeps and saves lies there, and goes with it. */
export async function makeHome() {
  const path = await mkdtemp(join(tmpdir(), 'carto-browser-'));
  const options = { recursive: true, force: true, maxRetries: 5 };
  const forget = onExit(() => rmSync(path, options));
  return {
    path,
    async remove() {
      // The browser's helpers may still write; what is left lies in the system's temporary folder.
      await rm(path, options).catch(() => {});
      forget();
    },
  };
}
