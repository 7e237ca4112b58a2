/** The command behind {@code ./dev sim}. */
package virga.simulator.cli;
