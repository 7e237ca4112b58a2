/** The command behind {@code ./dev bench}. */
package virga.bench.cli;
