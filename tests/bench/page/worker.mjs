// One worker of a side. Messages come one at a time, each is answered.

import { open } from './encoders.mjs';

let encoder;
let mu;

const methods = {
  async open(kind, options) {
    encoder = await open(kind, options);
    return encoder.facts();
  },
  async encode() {
    mu = await encoder.encode();
  },
  mu: () => Array.from(mu),
  facts: () => encoder.facts(),
  peak: () => encoder.peak(),
};

onmessage = async ({ data }) => {
  try {
    postMessage({ result: await methods[data.method](...data.args) });
  } catch (error) {
    postMessage({ error: String(error?.stack ?? error) });
  }
};
