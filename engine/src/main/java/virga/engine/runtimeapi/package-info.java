/**
 * Lambda's Runtime API (version 2018-06-01) over a loopback socket: one port per worker, because the official clients accept only
 * {@code host:port} and so a path could not tell workers apart.
 *
 * <p>Source: "Using the Lambda runtime API for custom runtimes", AWS Lambda Developer Guide.
 */
package virga.engine.runtimeapi;
