'use strict';
// The Node.js runtime: asks the Runtime API for events and hands them to the user's handler, as Lambda's own does.
// A worker that was started ahead first waits to be told which function it is; nothing of a function is loaded before.

const net = require('node:net');
const { RuntimeClient } = require('./client.cjs');
const { installConsole, writeFrame } = require('./console.cjs');
const { loadHandler } = require('./loader.cjs');
const { describe, logged, UserError } = require('./errors.cjs');
const { installStreaming, isStreaming, runStreaming } = require('./streaming.cjs');

const runtimeApi = process.env.AWS_LAMBDA_RUNTIME_API;
const API = '/2018-06-01/runtime/';

/** Where this process connects to outside Virga: a replay must not call a function safe whose effects it cannot see. */
const outside = new Set();
const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...given) {
  const first = Array.isArray(given[0]) ? given[0][0] : given[0];
  const { host: name, port: number, path } = first !== null && typeof first === 'object' ? first : { port: first, host: given[1] };
  const address = `${typeof name === 'string' ? name : 'localhost'}:${number}`;
  const own = [process.env.AWS_LAMBDA_RUNTIME_API, runtimeApi, (process.env.AWS_ENDPOINT_URL ?? '').split('//')[1]];
  if (path == null && number !== undefined && !own.includes(address) && outside.size < 20) outside.add(address);
  return connect.apply(this, given);
};
const outsideHeader = () => (outside.size > 0 ? { 'Virga-Outside': [...outside].join(',') } : {});

/** The event being handled, for console lines and for errors nobody caught. */
const current = { requestId: undefined };
let atEmptyLoop = () => {};

const client = new RuntimeClient(runtimeApi);
const NOTHING = Buffer.alloc(0);

function post(target, body, headers, then) {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(body);
  client.send('POST', API + target, bytes, { 'Content-Type': 'application/json', ...outsideHeader(), ...headers }, then);
}

function postError(target, error, then) {
  const described = describe(error);
  post(target, JSON.stringify(described), { 'Lambda-Runtime-Function-Error-Type': described.errorType }, then);
}

function takeIdentity() {
  // What every SDK loads, in time that nobody waits for.
  require('node:https');
  require('node:crypto');
  client.send('GET', '/virga/identity', NOTHING, {}, (body) => {
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
  client.send('GET', `${API}invocation/next`, NOTHING, {}, (body, headers) => {
    // The handler's stack traces begin here, not within the client.
    setImmediate(() => handle(handler, body, headers));
  });
}

function handle(handler, body, headers) {
  const requestId = headers['lambda-runtime-aws-request-id'];
  current.requestId = requestId;
  process.env._X_AMZN_TRACE_ID = headers['lambda-runtime-trace-id'] ?? '';
  let answered = false;
  let waits = true;

  // The next event is asked for at once: both requests go out together.
  const answer = (body, given) => {
    post(`invocation/${requestId}/response`, body, given, () => {});
    next(handler);
  };
  const succeed = (result) => {
    let text;
    try {
      text = JSON.stringify(result === undefined ? null : result) ?? 'null';
    } catch (error) {
      fail(new UserError('Runtime.MarshalError', `Unable to stringify response body: ${error.message}`));
      return;
    }
    answer(text, {});
  };
  const fail = (error) => {
    writeFrame(`${new Date().toISOString()}\t${requestId}\tERROR\tInvoke Error \t${logged(error)}`, 'error');
    postError(`invocation/${requestId}/error`, error, () => {});
    next(handler);
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
        ({ bytes, contentType }) => answer(bytes,
          { 'Content-Type': contentType, 'Lambda-Runtime-Function-Response-Mode': 'streaming' }),
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

setImmediate(process.env.VIRGA_STARTED_AHEAD ? takeIdentity : start);
