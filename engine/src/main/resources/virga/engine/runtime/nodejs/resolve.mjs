// The resolve hook for Node.js versions whose hooks run on a thread of their own.
import { createRequire } from 'node:module';

const { folders, retry } = createRequire(import.meta.url)('./resolve.cjs');
let places = [];

export function initialize({ nodePath }) {
  places = folders(nodePath);
}

export async function resolve(specifier, context, nextResolve) {
  try {
    return await nextResolve(specifier, context);
  } catch (error) {
    for (const parentURL of retry(specifier, error, places)) {
      try {
        return await nextResolve(specifier, { ...context, parentURL });
      } catch (again) {
        if (again.code !== 'ERR_MODULE_NOT_FOUND') throw again;
      }
    }
    throw error;
  }
}
