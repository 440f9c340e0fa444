/**
 * Runs the built command once for each message `{ args, cwd, env }`, in this one process: its modules are read once, which is
 * most of the time that a command takes. Answers with `{ stdout }` and `{ stderr }` as they are written, then `{ code }`.
 */
import { fileURLToPath } from 'node:url';

const main = new URL('../../dist/main.js', import.meta.url).href;
const bin = fileURLToPath(new URL('../../bin/store.js', import.meta.url));
let runs = 0;

for (const name of ['stdout', 'stderr']) {
  process[name].write = (chunk, encoding, callback) => {
    process.send({ [name]: Buffer.from(chunk).toString('utf8') });
    (typeof encoding === 'function' ? encoding : callback)?.();
    return true;
  };
}

process.on('message', async ({ args, cwd, env }) => {
  process.chdir(cwd);
  for (const name of Object.keys(process.env)) Reflect.deleteProperty(process.env, name);
  Object.assign(process.env, env);
  process.argv = [process.execPath, bin, ...args];
  process.exitCode = undefined;
  // Those of the run before.
  for (const signal of ['SIGINT', 'SIGTERM']) process.removeAllListeners(signal);
  for (const name of ['stdout', 'stderr']) process[name].removeAllListeners('error');
  runs += 1;
  // Under another address, the file is run again.
  await import(`${main}?${runs}`);
  const code = process.exitCode ?? 0;
  process.exitCode = undefined;
  process.send({ code });
});
