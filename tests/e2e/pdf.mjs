// What is painted on the pages of a PDF, as Chromium writes them.

import { inflateSync } from 'node:zlib';

/**
 * The pages of a PDF, each as the operators that paint it, forms of it included.
 *
 * @param {Buffer} pdf
 * @returns {string[]}
 */
export function pagesOf(pdf) {
  const text = pdf.toString('latin1');
  const heads = new Map();
  for (const match of text.matchAll(/(?:^|\n)(\d+) 0 obj\n/g)) {
    heads.set(match[1], match.index + match[0].length);
  }
  const headOf = (number) => text.slice(heads.get(number), heads.get(number) + 4000);
  const streamOf = (number) => {
    const head = headOf(number);
    const begin = heads.get(number) + head.indexOf('stream\n') + 'stream\n'.length;
    const length = Number(/\/Length (\d+)/.exec(head)[1]);
    return inflateSync(pdf.subarray(begin, begin + length)).toString('latin1');
  };
  const isPage = (number) => /^<<\/Type \/Page\n/.test(headOf(number));
  return [...heads.keys()].filter(isPage).map((number) => {
    const head = headOf(number).split('endobj')[0];
    const contents = streamOf(/\/Contents (\d+) 0 R/.exec(head)[1]);
    const forms = [...head.matchAll(/\/X\d+ (\d+) 0 R/g)].map(([, form]) => form);
    const isForm = (form) => headOf(form).split('stream\n')[0].includes('/Subtype /Form');
    return [contents, ...forms.filter(isForm).map(streamOf)].join('\n');
  });
}

/** How many shapes of a page are filled with a colour, written `#a71b6b`. */
export function countFilled(operators, colour) {
  const parts = colour.slice(1).match(/../g).map((part) => Number.parseInt(part, 16) / 255);
  const isIt = (found) => found.every((part, idx) => Math.abs(part - parts[idx]) < 0.002);
  let [fill, count] = [[0, 0, 0], 0];
  for (const line of operators.split('\n')) {
    const set = /(\S+) (\S+) (\S+) rg$/.exec(line);
    if (set) fill = set.slice(1).map(Number);
    if (/^f\*?$/.test(line.trim()) && isIt(fill)) count += 1;
  }
  return count;
}

/** How many pieces of text are on a page. */
export const countTexts = (operators) => (operators.match(/ T[jJ]$/gm) ?? []).length;
