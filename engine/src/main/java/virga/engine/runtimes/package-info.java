/**
 * What the machine can run and how: the interpreters it has, the runtime files that Virga brings, and the command and environment
 * with which a worker of each runtime family starts.
 */
package virga.engine.runtimes;
