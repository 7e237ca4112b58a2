/**
 * Virtual threads that a seed puts in order, and time that passes only when the simulation says so. One carrier runs everything; each
 * time a thread waits or gives way, chance picks who goes on.
 */
package virga.simulator.schedule;
