/** A real cloud in memory whose functions are Java: for tests of replays and rules. */
package virga.reviewer.testing;
