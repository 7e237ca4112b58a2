'use strict';
// Errors in the two shapes that Lambda gives them: the answer's (errorType, errorMessage, trace) and the log's (with every own property).

/** An error of the runtime's own making about the user's code. */
class UserError extends Error {
  constructor(name, message) {
    super(message);
    this.name = name;
    Object.defineProperty(this, 'name', { enumerable: false });
  }
}

function isError(value) {
  return value instanceof Error || (value && value.name && value.message && value.stack);
}

function describe(error) {
  if (isError(error)) {
    return {
      errorType: error.name?.replaceAll('\x7F', '%7F') ?? 'Error',
      errorMessage: error.message,
      trace: typeof error.stack === 'string' ? error.stack.split('\n').map((line) => line.trim()) : [],
    };
  }
  return { errorType: typeof error, errorMessage: String(error), trace: [] };
}

function logged(error) {
  if (!isError(error)) {
    return JSON.stringify({ errorType: typeof error, errorMessage: String(error), stack: [] });
  }
  const text = { errorType: error.name ?? 'UnknownError', errorMessage: error.message ?? 'Unknown Error' };
  for (const key of Object.keys(error)) {
    text[key] = error[key];
  }
  text.stack = typeof error.stack === 'string' ? error.stack.split('\n') : [];
  const seen = new Set();
  return JSON.stringify(text, (key, value) => {
    if (typeof value === 'bigint') return String(value);
    if (typeof value === 'object' && value !== null) {
      if (seen.has(value)) return '[Circular]';
      seen.add(value);
    }
    return value;
  });
}

module.exports = { describe, logged, UserError };
