/**
 * Forks: changes in memory over a state that no longer changes, whatever backend holds that. A fork costs nothing until it is
 * written to, and what is written to it evaporates with it.
 */
package virga.store.overlay;
