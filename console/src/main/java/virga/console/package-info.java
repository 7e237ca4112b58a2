/**
 * The pages that show people what happened: the map of an environment's resources, its traces, and every hop of one trace with its log
 * lines, its event and its answer. All of it is read from the call records; the pages keep nothing and change nothing.
 *
 * <p>{@link virga.console.ConsoleApi} is a function from a path to an answer, so that a server only has to mount it. The page itself is one
 * HTML file and a few modules, served from the class path: it works without a network, and needs no build step of its own.
 */
package virga.console;
