/** The {@code virga} commands: small classes over the running cloud's own interface. */
package virga.server.cli;
