'use strict';
// The Node.js runtime: asks the Runtime API for events and hands them to the user's handler, as Lambda's own does.
// A worker that was started ahead first waits to be told which function it is; nothing of a function is loaded before.

const http = require('node:http');
const net = require('node:net');
const { installConsole, writeFrame } = require('./console.cjs');
const { loadHandler } = require('./loader.cjs');
const { describe, logged, UserError } = require('./errors.cjs');
const { installStreaming, isStreaming, runStreaming } = require('./streaming.cjs');

const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':');
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
const API = '/2018-06-01/runtime/';

/** Where this process connects to outside Virga: a replay must not call a function safe whose effects it cannot see. */
const outside = new Set();
const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...given) {
  const first = Array.isArray(given[0]) ? given[0][0] : given[0];
  const { host: name, port: number, path } = first !== null && typeof first === 'object' ? first : { port: first, host: given[1] };
  const address = `${typeof name === 'string' ? name : 'localhost'}:${number}`;
  const own = [process.env.AWS_LAMBDA_RUNTIME_API, `${host}:${port}`, (process.env.AWS_ENDPOINT_URL ?? '').split('//')[1]];
  if (path == null && number !== undefined && !own.includes(address) && outside.size < 20) outside.add(address);
  return connect.apply(this, given);
};
const outsideHeader = () => (outside.size > 0 ? { 'Virga-Outside': [...outside].join(',') } : {});

/** The event being handled, for console lines and for errors nobody caught. */
const current = { requestId: undefined };
let atEmptyLoop = () => {};

/** One request to the Runtime API. A connection that breaks means that Virga is gone: then so is this worker. */
function request(method, target, body, headers, then) {
  const outgoing = http.request({ host, port, agent, method, path: target, headers }, (response) => {
    const chunks = [];
    response.on('data', (chunk) => chunks.push(chunk));
    response.on('error', () => process.exit(1));
    response.on('end', () => then(Buffer.concat(chunks), response));
  });
  outgoing.on('error', () => process.exit(1));
  outgoing.end(body);
}

function post(target, body, headers, then) {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(body);
  request('POST', API + target, bytes, { 'Content-Type': 'application/json', 'Content-Length': bytes.length, ...outsideHeader(), ...headers }, then);
}

function postError(target, error, then) {
  const described = describe(error);
  post(target, JSON.stringify(described), { 'Lambda-Runtime-Function-Error-Type': described.errorType }, then);
}

function takeIdentity() {
  request('GET', '/virga/identity', undefined, {}, (body) => {
    const identity = JSON.parse(body);
    for (const name of Object.keys(process.env)) {
      delete process.env[name];
    }
    Object.assign(process.env, identity.environment);
    process.chdir(identity.directory);
    require('node:module')._initPaths();
    start();
  });
}

async function start() {
  const task = process.env.LAMBDA_TASK_ROOT;
  installConsole(current);
  installStreaming();
  process.on('beforeExit', () => atEmptyLoop());
  process.on('uncaughtException', (error) => fatal(error, 'Uncaught Exception', 129));
  process.on('unhandledRejection', (reason) => {
    const error = new UserError('Runtime.UnhandledPromiseRejection', String(reason?.stack ? reason : reason));
    error.reason = reason instanceof Error ? describe(reason) : reason;
    if (reason instanceof Error) error.stack = `${error.name}: ${error.message}\n${reason.stack}`;
    fatal(error, 'Unhandled Promise Rejection', 128);
  });
  let handler;
  try {
    handler = await loadHandler(task, process.env._HANDLER);
  } catch (error) {
    fatal(error, 'Uncaught Exception', 1);
    return;
  }
  next(handler);
}

function fatal(error, title, status) {
  writeFrame(`${new Date().toISOString()}\t${current.requestId}\tERROR\t${title} \t${logged(error)}`, 'error');
  const target = current.requestId === undefined ? 'init/error' : `invocation/${current.requestId}/error`;
  postError(target, error, () => process.exit(status));
}

function next(handler) {
  current.requestId = undefined;
  atEmptyLoop = () => {};
  request('GET', `${API}invocation/next`, undefined, {}, (body, response) => {
    // The socket is free again before the handler runs, so that it does not keep the event loop alive.
    setImmediate(() => handle(handler, body, response.headers));
  });
}

function handle(handler, body, headers) {
  const requestId = headers['lambda-runtime-aws-request-id'];
  current.requestId = requestId;
  process.env._X_AMZN_TRACE_ID = headers['lambda-runtime-trace-id'] ?? '';
  let answered = false;
  let waits = true;

  const succeed = (result) => {
    let text;
    try {
      text = JSON.stringify(result === undefined ? null : result) ?? 'null';
    } catch (error) {
      fail(new UserError('Runtime.MarshalError', `Unable to stringify response body: ${error.message}`));
      return;
    }
    post(`invocation/${requestId}/response`, text, {}, () => next(handler));
  };
  const fail = (error) => {
    writeFrame(`${new Date().toISOString()}\t${requestId}\tERROR\tInvoke Error \t${logged(error)}`, 'error');
    postError(`invocation/${requestId}/error`, error, () => next(handler));
  };
  const finish = (error, result, atOnce) => {
    if (answered) return;
    answered = true;
    const failed = error !== undefined && error !== null;
    if (failed || atOnce || !waits) {
      setImmediate(() => (failed ? fail(error) : succeed(result)));
    } else {
      atEmptyLoop = () => setImmediate(() => succeed(result));
    }
    if (failed || atOnce || !waits) atEmptyLoop = () => {};
  };
  // A handler that ends without an answer, with nothing left to wait for, has answered null.
  atEmptyLoop = () => finish(null, null, true);

  const deadline = Number(headers['lambda-runtime-deadline-ms']);
  const context = {
    get callbackWaitsForEmptyEventLoop() { return waits; },
    set callbackWaitsForEmptyEventLoop(value) { waits = value; },
    done: (error, result) => finish(error, result, true),
    fail: (error) => finish(error ?? 'handled', undefined, true),
    succeed: (result) => finish(null, result, true),
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    clientContext: parsed(headers['lambda-runtime-client-context']),
    identity: parsed(headers['lambda-runtime-cognito-identity']),
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    awsRequestId: requestId,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
  try {
    const event = JSON.parse(body);
    if (isStreaming(handler)) {
      runStreaming(handler, event, context).then(
        ({ bytes, contentType }) => post(`invocation/${requestId}/response`, bytes,
          { 'Content-Type': contentType, 'Lambda-Runtime-Function-Response-Mode': 'streaming' }, () => next(handler)),
        fail);
      return;
    }
    const result = handler(event, context, (error, value) => finish(error, value, false));
    if (typeof result?.then === 'function') {
      result.then((value) => finish(null, value, true), (error) => finish(error ?? new Error(String(error)), undefined, true));
    }
  } catch (error) {
    finish(error ?? new Error(String(error)), undefined, true);
  }
}

function parsed(header) {
  return header ? JSON.parse(header) : undefined;
}

// A connection that carries nothing: it tells that the process runs, and its end that Virga is gone, even while a handler works.
net.connect({ host, port }).on('close', () => process.exit(1)).on('error', () => process.exit(1)).unref();
setImmediate(process.env.VIRGA_STARTED_AHEAD ? takeIdentity : start);
