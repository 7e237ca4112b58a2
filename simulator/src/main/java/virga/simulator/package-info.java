/**
 * A whole cloud on seeded threads and virtual time. Clients work on it, it is killed between commits and opened again on the same state,
 * and ledgers of what was acknowledged are checked as each answer arrives. One seed gives one history.
 */
package virga.simulator;
