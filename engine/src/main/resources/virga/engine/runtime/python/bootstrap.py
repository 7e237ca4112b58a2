"""The Python runtime: asks the Runtime API for events and hands them to the user's handler, as Lambda's own does.

A worker that was started ahead first waits to be told which function it is; nothing of a function is loaded before.
"""

import json
import logging
import os
import socket
import struct
import sys
import time
import traceback

FRAME_TEXT = 0xA55A0003
API = "/2018-06-01/runtime/"


# A copy: a function may close its standard output, and what it opens next would get the number.
LOG = os.dup(1)


def flush_output():
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        pass  # The function has closed it.


def write_frame(text):
    """Writes one log event, so that one with several lines stays one: type, length and microseconds, then the text."""
    message = text.encode("utf-8", "replace")
    flush_output()
    view = memoryview(struct.pack(">IIQ", FRAME_TEXT, len(message), int(time.time() * 1_000_000)) + message)
    while view:
        view = view[os.write(LOG, view):]


class RuntimeClient:
    """HTTP over one kept connection. A connection that breaks means that Virga is gone: then so is this worker."""

    def __init__(self, address):
        host, port = address.rsplit(":", 1)
        self.address = address
        self.socket = socket.create_connection((host, int(port)))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.reader = self.socket.makefile("rb")
        self.unsent = b""
        self.unanswered = 0

    def post(self, path, body, headers=()):
        """Posts with the next call, in one go: nobody here looks at what is answered to it."""
        headers = [("Content-Type", "application/json"), *headers, *outside.headers()]
        self.unsent += self.request("POST", API + path, body, headers)
        self.unanswered += 1

    def post_error(self, path, error):
        self.post(path, json.dumps(error).encode("utf-8"), [("Lambda-Runtime-Function-Error-Type", error["errorType"])])

    def get(self, path):
        """The headers and body of an answer, after those to what was posted before."""
        self.unsent += self.request("GET", path, b"", ())
        self.flush()
        return self.answer()

    def flush(self):
        try:
            self.socket.sendall(self.unsent)
            self.unsent = b""
            while self.unanswered > 0:
                self.answer()
                self.unanswered -= 1
        except OSError:
            os._exit(1)

    def request(self, method, path, body, headers):
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self.address}", f"Content-Length: {len(body)}"]
        lines.extend(f"{name}: {value}" for name, value in headers)
        return "\r\n".join(lines).encode("latin-1", "replace") + b"\r\n\r\n" + body

    def answer(self):
        try:
            status = self.reader.readline()
            if not status:
                os._exit(1)
            headers = {}
            while True:
                line = self.reader.readline().strip()
                if not line:
                    break
                name, _, value = line.decode("utf-8").partition(":")
                headers[name.strip().lower()] = value.strip()
            return headers, self.reader.read(int(headers.get("content-length", "0")))
        except OSError:
            os._exit(1)


class Outside:
    """Where this process connects to outside Virga: a replay must not call a function safe whose effects it cannot see."""

    def __init__(self):
        self.names = {}
        self.addresses = []
        sys.addaudithook(self.see)

    def see(self, event, arguments):
        if event == "socket.getaddrinfo":
            self.names[str(arguments[1])] = arguments[0]
        elif event == "socket.connect" and isinstance(arguments[1], tuple):
            host, port = arguments[1][0], str(arguments[1][1])
            if f"{host}:{port}" not in self.own():
                name = self.names.get(port) or host
                if isinstance(name, bytes):
                    name = name.decode("ascii", "replace")
                if f"{name}:{port}" not in self.addresses:
                    self.addresses.append(f"{name}:{port}")

    @staticmethod
    def own():
        return os.environ.get("AWS_LAMBDA_RUNTIME_API", ""), os.environ.get("AWS_ENDPOINT_URL", "").partition("//")[2]

    def headers(self):
        return [("Virga-Outside", ",".join(self.addresses[:20]))] if self.addresses else []


class Identity:
    def __init__(self, values):
        self.cognito_identity_id = values.get("cognitoIdentityId")
        self.cognito_identity_pool_id = values.get("cognitoIdentityPoolId")


class Client:
    def __init__(self, values):
        for name in ("installation_id", "app_title", "app_version_name", "app_version_code", "app_package_name"):
            setattr(self, name, values.get(name))


class ClientContext:
    def __init__(self, values):
        self.custom = values.get("custom")
        self.env = values.get("env")
        self.client = Client(values["client"]) if values.get("client") else None


class Context:
    """What the handler gets beside the event. Source: "Using the Lambda context object", AWS Lambda Developer Guide (Python)."""

    def __init__(self, headers):
        self.aws_request_id = headers["lambda-runtime-aws-request-id"]
        self.invoked_function_arn = headers["lambda-runtime-invoked-function-arn"]
        self.function_name = os.environ.get("AWS_LAMBDA_FUNCTION_NAME")
        self.function_version = os.environ.get("AWS_LAMBDA_FUNCTION_VERSION")
        self.memory_limit_in_mb = os.environ.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
        self.log_group_name = os.environ.get("AWS_LAMBDA_LOG_GROUP_NAME")
        self.log_stream_name = os.environ.get("AWS_LAMBDA_LOG_STREAM_NAME")
        client = headers.get("lambda-runtime-client-context")
        self.client_context = ClientContext(json.loads(client)) if client else None
        self.identity = Identity(json.loads(headers.get("lambda-runtime-cognito-identity") or "{}"))
        self._deadline = int(headers["lambda-runtime-deadline-ms"])

    def get_remaining_time_in_millis(self):
        return max(self._deadline - int(time.time() * 1000), 0)

    def log(self, message):
        write_frame(str(message))


class CurrentRequest(logging.Filter):
    request_id = None

    def filter(self, record):
        record.aws_request_id = self.request_id or ""
        return True


class FrameHandler(logging.Handler):
    def emit(self, record):
        write_frame(self.format(record))


def install_logging():
    current = CurrentRequest()
    handler = FrameHandler()
    handler.addFilter(current)
    formatter = logging.Formatter(
        "[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s\n", "%Y-%m-%dT%H:%M:%S")
    formatter.converter = time.gmtime
    handler.setFormatter(formatter)
    logging.getLogger().addHandler(handler)
    return current


class UserError(Exception):
    """What is wrong with the user's code, in Lambda's words."""

    def __init__(self, kind, message, trace=()):
        super().__init__(message)
        self.kind = kind
        self.trace = list(trace)


def load_handler(name):
    try:
        module_name, function_name = name.rsplit(".", 1)
    except ValueError:
        raise UserError("Runtime.MalformedHandlerName", f"Bad handler '{name}': not enough values to unpack (expected 2, got 1)") from None
    try:
        import importlib
        if module_name.split(".")[0] in sys.builtin_module_names:
            raise UserError("Runtime.BuiltInModuleConflict", f"Cannot use built-in module {module_name} as a handler module")
        module = importlib.import_module(module_name.replace("/", "."))
    except ImportError as error:
        raise UserError("Runtime.ImportModuleError", f"Unable to import module '{module_name}': {error}") from None
    except SyntaxError as error:
        trace = [f'  File "{error.filename}" Line {error.lineno}\n    {error.text}']
        raise UserError("Runtime.UserCodeSyntaxError", f"Syntax error in module '{module_name}': {error}", trace) from None
    try:
        return getattr(module, function_name)
    except AttributeError:
        raise UserError("Runtime.HandlerNotFound", f"Handler '{function_name}' missing on module '{module_name}'") from None


def described(error, request_id):
    if isinstance(error, UserError):
        return {"errorMessage": str(error), "errorType": error.kind, "requestId": request_id or "", "stackTrace": error.trace}
    # The frames of this file are Virga's, not the user's.
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename != __file__ and not frame.filename.startswith("<frozen importlib")]
    return {
        "errorMessage": str(error),
        "errorType": type(error).__name__,
        "requestId": request_id or "",
        "stackTrace": traceback.format_list(frames),
    }


def log_error(error):
    text = f"[ERROR] {error['errorType']}: {error['errorMessage']}" if error["errorMessage"] else f"[ERROR] {error['errorType']}"
    write_frame(text + "\nTraceback (most recent call last):\n" + "".join(error["stackTrace"]))


def to_json(value):
    def other(item):
        import decimal
        if isinstance(item, decimal.Decimal):
            return float(item)
        raise TypeError(f"Object of type {type(item).__name__} is not JSON serializable")
    return json.dumps(value, default=other).encode("utf-8")


def handle(client, handler, headers, body):
    request_id = headers["lambda-runtime-aws-request-id"]
    path = f"invocation/{request_id}/"
    os.environ["_X_AMZN_TRACE_ID"] = headers.get("lambda-runtime-trace-id", "")
    try:
        result = handler(json.loads(body), Context(headers))
    except Exception as error:
        described_error = described(error, request_id)
        log_error(described_error)
        client.post_error(path + "error", described_error)
        return
    try:
        answer = to_json(result)
    except Exception as error:
        described_error = described(UserError("Runtime.MarshalError", f"Unable to marshal response: {error}"), request_id)
        log_error(described_error)
        client.post_error(path + "error", described_error)
        return
    flush_output()
    client.post(path + "response", answer)


def take_identity(client):
    _, body = client.get("/virga/identity")
    identity = json.loads(body)
    # Python itself sets this one when it starts, in every worker.
    own = {name: os.environ[name] for name in ("LC_CTYPE",) if name in os.environ}
    os.environ.clear()
    os.environ.update(own)
    os.environ.update(identity["environment"])
    os.chdir(identity["directory"])
    time.tzset()
    sys.path[1:1] = [path for path in os.environ.get("PYTHONPATH", "").split(":") if path]


def main():
    # Output of the function is seen line by line while it runs.
    sys.stdout.reconfigure(encoding="utf-8", line_buffering=True)
    sys.stderr.reconfigure(encoding="utf-8", line_buffering=True)
    client = RuntimeClient(os.environ["AWS_LAMBDA_RUNTIME_API"])
    if "VIRGA_STARTED_AHEAD" in os.environ:
        take_identity(client)
    current = install_logging()
    sys.path[0] = os.environ["LAMBDA_TASK_ROOT"]
    sys.path[1:1] = os.environ.pop("VIRGA_PYTHON_FIRST").split(":")
    sys.path.append(os.environ.pop("VIRGA_PYTHON_LAST"))
    try:
        handler = load_handler(os.environ["_HANDLER"])
    except Exception as error:
        failure = described(error, "")
        log_error(failure)
        client.post_error("init/error", failure)
        client.flush()
        sys.exit(1)
    while True:
        current.request_id = None
        headers, body = client.get(API + "invocation/next")
        current.request_id = headers["lambda-runtime-aws-request-id"]
        handle(client, handler, headers, body)


outside = Outside()
main()
