'use strict';
// Finds the handler: CommonJS or ES module, `folder/file.function` or a deeper name, errors as Lambda's.

const fs = require('node:fs');
const path = require('node:path');
const { createRequire } = require('node:module');
const { pathToFileURL } = require('node:url');
const { UserError } = require('./errors.cjs');

async function loadHandler(root, handler) {
  if (!handler || handler.includes('..')) {
    throw new UserError('Runtime.MalformedHandlerName', `'${handler}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`);
  }
  const base = path.basename(handler);
  const dot = base.indexOf('.');
  if (dot < 1) {
    throw new UserError('Runtime.MalformedHandlerName', 'Bad handler');
  }
  const folder = path.resolve(root, handler.substring(0, handler.length - base.length));
  const names = base.substring(dot + 1).split('.');
  const module = await loadModule(root, folder, base.substring(0, dot));
  const found = names.reduce((value, name) => value?.[name], module) ?? names.reduce((value, name) => value?.[name], module.default);
  if (found === undefined) {
    throw new UserError('Runtime.HandlerNotFound', `${handler} is undefined or not exported`);
  }
  if (typeof found !== 'function') {
    throw new UserError('Runtime.HandlerNotFound', `${handler} is not a function`);
  }
  return found;
}

async function loadModule(root, folder, name) {
  const file = path.resolve(folder, name);
  try {
    for (const [candidate, isModule] of [
      [file, false], [`${file}.js`, undefined], [`${file}.mjs`, true], [`${file}.cjs`, false], [path.join(file, 'index.js'), undefined],
    ]) {
      if (!fs.statSync(candidate, { throwIfNoEntry: false })?.isFile()) continue;
      const esm = isModule ?? isModulePackage(path.dirname(candidate));
      if (esm || /\bimport\s*\(/.test(fs.readFileSync(candidate, 'utf8'))) installResolution();
      return esm ? await import(pathToFileURL(candidate).href) : require(candidate);
    }
    // What is not in the package may be in a layer: NODE_PATH.
    return createRequire(path.join(root, 'index.js'))(name);
  } catch (error) {
    if (error instanceof SyntaxError) {
      const syntax = new UserError('Runtime.UserCodeSyntaxError', String(error));
      syntax.stack = error.stack;
      throw syntax;
    }
    if (error?.code === 'MODULE_NOT_FOUND' || error?.code === 'ERR_MODULE_NOT_FOUND') {
      const missing = new UserError('Runtime.ImportModuleError', `Error: ${error.message}`);
      missing.stack = `${missing.name}: ${missing.message}\n${String(error.stack).split('\n').filter((line) => line.startsWith('    at')).join('\n')}`;
      throw missing;
    }
    throw error;
  }
}

function isModulePackage(folder) {
  for (let at = folder; ; at = path.dirname(at)) {
    if (path.basename(at) === 'node_modules') return false;
    const file = path.join(at, 'package.json');
    if (fs.existsSync(file)) {
      try {
        return JSON.parse(fs.readFileSync(file, 'utf8')).type === 'module';
      } catch {
        return false;
      }
    }
    if (at === path.dirname(at)) return false;
  }
}

/**
 * ES modules ignore NODE_PATH; Lambda makes them heed it, and so does this. The hook costs a thread in older versions of Node.js, so
 * it is installed only where a folder of NODE_PATH has something that is not found without it.
 */
function installResolution() {
  const beside = path.resolve(process.env.LAMBDA_TASK_ROOT, '..', 'node_modules');
  const found = fs.existsSync(beside) ? fs.realpathSync(beside) : '';
  const nodePath = (process.env.NODE_PATH ?? '').split(path.delimiter)
    .filter((folder) => path.basename(folder) === 'node_modules' && fs.existsSync(folder) && fs.realpathSync(folder) !== found);
  if (nodePath.length === 0) return;
  const hooks = require('node:module');
  if (typeof hooks.registerHooks === 'function') {
    hooks.registerHooks({ resolve: require('./resolve.cjs').resolver(nodePath) });
  } else if (typeof hooks.register === 'function') {
    hooks.register(pathToFileURL(path.join(__dirname, 'resolve.mjs')).href, { data: { nodePath } });
  }
}

module.exports = { loadHandler };
