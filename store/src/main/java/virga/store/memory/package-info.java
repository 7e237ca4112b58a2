/**
 * State that lives in memory only: for tests, simulations and environments that may evaporate. Versions of an immutable tree make
 * snapshots and forks free.
 */
package virga.store.memory;
